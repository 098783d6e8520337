"""Files that are whole after a power cut, or not there."""

import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Generic, TypeVar

import msgspec

T = TypeVar("T")

PIECE = 4096
"""Bytes read at once from the end of a file: some thirty records, of which mostly the last is wanted."""


class Records(Generic[T]):
    """A file of records, a JSON line each, only ever added to; one that a crash left unfinished never was.

    Reading begins at the end of the file and goes back no further than it is asked to. It and adding raise an OSError
    for a disk that fails; reading also for a whole line that is no such record. One thread at a time may add.
    """

    def __init__(self, path: Path, kind: type[T]) -> None:
        self._path, self._kind = path, kind

    def add(self, record: T) -> None:
        """Add a record durably; a repeat after an error may double it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a+b") as file:
            file.truncate(_whole(file))
            file.write(msgspec.json.encode(record) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        sync_folder(self._path.parent)

    def newest_first(self) -> Iterator[T]:
        """Yield the records, the last one first."""
        try:
            with self._path.open("rb") as file:
                yield from (decoded(line, self._kind) for line in _lines_back(file))
        except FileNotFoundError:
            return


def decoded(data: bytes, kind: type[T]) -> T:
    """Return the value written as JSON.

    Raises:
        OSError: it is no such value, so the file is damaged.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError as error:
        raise OSError(errno.EIO, str(error)) from error


def replace_file(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file, or its pieces, so that at any moment the old one or the whole new one is found under its name.

    Raises:
        OSError: the disk is full or broken; the old file is still there.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        with fresh.open("wb") as file:
            file.writelines((data,) if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    sync_folder(path.parent)


def remove_file(path: Path) -> None:
    """Remove a file durably; do nothing if it is not there."""
    path.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the folder's names durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _pieces_back(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield where each piece of the file begins and its bytes, the last piece first."""
    start = file.seek(0, os.SEEK_END)
    while start:
        end, start = start, max(start - PIECE, 0)
        file.seek(start)
        yield start, file.read(end - start)


def _whole(file: BinaryIO) -> int:
    """Return the length of the whole lines, in bytes."""
    ends = (start + piece.rindex(b"\n") + 1 for start, piece in _pieces_back(file) if b"\n" in piece)
    return next(ends, 0)


def _lines_back(file: BinaryIO) -> Iterator[bytes]:
    end, head = _whole(file), b""
    for start, piece in _pieces_back(file):
        # What a crash left unfinished stands behind the end.
        head, *lines = (piece[: max(end - start, 0)] + head).split(b"\n")
        yield from (line for line in reversed(lines) if line)
    if head:
        yield head
