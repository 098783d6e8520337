"""The fiscal device: what a till may ask of one, and one that only pretends."""

import asyncio
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal, Protocol

from devices._durable import sync_folder


@dataclass(frozen=True, slots=True)
class FiscalLine:
    """A line of the fiscal document; `total` in kopecks."""

    name: str
    quantity: Decimal
    total: int


@dataclass(frozen=True, slots=True)
class FiscalDocument:
    """A document that the device has registered under its own number; `total` in kopecks."""

    number: int
    receipt: str
    total: int


@dataclass(frozen=True, slots=True)
class FiscalOutcome:
    """What came of registering.

    registered: with the document. failed: certainly nothing was registered. unknown: ask `last_document`, and compare
    its number with the one before and its receipt with ours.
    """

    result: Literal["registered", "failed", "unknown"]
    document: FiscalDocument | None = None
    detail: str = ""


class FiscalPort(Protocol):
    """A fiscal device of any kind."""

    async def last_document(self) -> FiscalDocument | None:
        """Return the last document registered, None if there is none.

        Raises:
            OSError: the device does not answer, so nothing is known.
        """
        ...

    async def register(self, receipt: str, total: int, lines: Sequence[FiscalLine]) -> FiscalOutcome:
        """Register a receipt (identifier, kopecks). Like the real ones it registers a repeat a second time."""
        ...


Fault = Literal["", "off", "dies_before", "dies_after"]

TAIL = 4096
"""Bytes read from the end of the file at first: some fifty documents, of which the last is wanted."""


class SimulatedFiscal:
    """Keeps its documents in `fiscal.jsonl`, durably: numbers go on after a crash and are never used twice."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "fiscal.jsonl"
        self._turn = asyncio.Lock()
        self.fault: Fault = ""
        """What is wrong with it from now on; dies_before and dies_after registering both leave the outcome unknown."""

    async def last_document(self) -> FiscalDocument | None:
        """Read it; see `FiscalPort`."""
        if self.fault == "off":
            raise ConnectionError
        return (await asyncio.to_thread(self._end))[0]

    async def register(self, receipt: str, total: int, lines: Sequence[FiscalLine]) -> FiscalOutcome:
        """Register, one receipt at a time; see `FiscalPort`."""
        async with self._turn:
            return await self._register(receipt, total, lines)

    def documents(self) -> list[FiscalDocument]:
        """Return all documents, oldest first. A line that a crash left unfinished was never registered."""
        content = self._path.read_bytes() if self._path.exists() else b""
        return [_document(line) for line in content[: content.rfind(b"\n") + 1].splitlines()]

    async def _register(self, receipt: str, total: int, lines: Sequence[FiscalLine]) -> FiscalOutcome:
        if self.fault == "off":
            return FiscalOutcome("failed", detail="off")
        if total != sum(line.total for line in lines):
            return FiscalOutcome("failed", detail="the lines do not add up to the total")
        if self.fault == "dies_before":
            return FiscalOutcome("unknown", detail="no answer")
        try:
            document = await _finished(asyncio.ensure_future(asyncio.to_thread(self._append, receipt, total)))
        except OSError as error:
            return FiscalOutcome("unknown", detail=os.strerror(error.errno or 0))
        return FiscalOutcome("unknown", detail="no answer") if self.fault else FiscalOutcome("registered", document)

    def _append(self, receipt: str, total: int) -> FiscalDocument:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        last, length = self._end()
        document = FiscalDocument(last.number + 1 if last else 1, receipt, total)
        with self._path.open("ab") as file:
            file.truncate(length)
            file.write(json.dumps(asdict(document)).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        sync_folder(self._path.parent)
        return document

    def _end(self) -> tuple[FiscalDocument | None, int]:
        """Return the last document and the length of the whole lines, in bytes."""
        if not self._path.exists():
            return None, 0
        with self._path.open("rb") as file:
            size, span = file.seek(0, os.SEEK_END), TAIL
            while True:
                start = file.seek(max(size - span, 0))
                # What stands before the last whole line shows that the line was read from its beginning.
                *_, before, last, torn = (b"", b"", *file.read(size - start).split(b"\n"))
                if start == 0 or before:
                    return (_document(last) if last else None), size - len(torn)
                span *= 2


async def _finished(writing: "asyncio.Future[FiscalDocument]") -> FiscalDocument:
    """Await a thread that writes to its end even when cancelled: the next one must not write beside it."""
    try:
        return await asyncio.shield(writing)
    except asyncio.CancelledError:
        await asyncio.gather(writing, return_exceptions=True)
        raise


def _document(line: bytes) -> FiscalDocument:
    return FiscalDocument(**json.loads(line))
