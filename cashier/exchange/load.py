"""Import of files of the trade system into the dictionaries, beside a running till."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from cashier.exchange import aif, ukm5
from cashier.exchange._framing import unreadable
from cashier.exchange.intake import Intake
from cashier.exchange.report import Report
from cashier.store.connect import plain_words
from cashier.store.dictionaries import prepare_dictionaries
from cashier.store.loading import Loading

Progress = Callable[[str, int, int], None]
"""Told the stage (`READING`, in bytes; `WRITING`, in rows), how much is done and of how much."""
READING: Final = "reading"
WRITING: Final = "writing"

_Read = Callable[[Path, BinaryIO, Intake], None]
_HEAD: Final = 1 << 16
_COMMAND: Final = re.compile(rb'"command"\s*:', re.IGNORECASE)
_OPENING: Final = re.compile(ukm5.OPENING.pattern.encode(), re.IGNORECASE)
_BOM: Final = b"\xef\xbb\xbf"


def import_files(paths: Sequence[Path], dictionaries_path: Path, progress: Progress) -> Report:
    """Read all the files, then write what they say.

    Args:
        paths: AIF or УКМ 5 JSON files, in the order in which they count.
        dictionaries_path: dictionaries.db; made where missing.
        progress: called often with the stage, the part done and the whole.

    Raises:
        UnreadableError: a file cannot be read; nothing is changed.
        StoreError: the database cannot be used.
    """
    report = Report()
    total = sum(_size(path) for path in paths)
    conn = prepare_dictionaries(dictionaries_path)
    try:
        with plain_words(dictionaries_path), Loading(conn) as loading:
            _read_all(paths, Intake(loading, report), lambda done: progress(READING, done, total))
            loading.write(lambda done, rows: progress(WRITING, done, rows))
    finally:
        conn.close()
    return report


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise unreadable(path, str(error.strerror), "Проверьте имя файла") from None


def _read_all(paths: Sequence[Path], intake: Intake, told: Callable[[int], None]) -> None:
    before = 0
    for path in paths:
        try:
            with path.open("rb") as source:
                read = _reader(path, source)
                intake.begin(path.name, partial(_tell, told, before, source))
                read(path, source, intake)
                before += source.tell()
        except OSError as error:
            raise unreadable(path, str(error.strerror), "Проверьте файл и право его читать") from None
        told(before)


def _tell(told: Callable[[int], None], before: int, source: BinaryIO) -> None:
    told(before + source.tell())


def _reader(path: Path, source: BinaryIO) -> _Read:
    head = source.read(_HEAD).removeprefix(_BOM).lstrip()
    source.seek(0)
    if head.startswith(b"["):
        return aif.read_array
    if _OPENING.match(head):
        return ukm5.read
    if head.startswith(b"###") or (head.startswith(b"{") and _COMMAND.search(head)):
        return aif.read_lines
    what = "формат не AIF и не JSON УКМ 5" if head else "пустой файл"
    raise unreadable(path, what, "Проверьте, что выгружено из товароучётной системы")
