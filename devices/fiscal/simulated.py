"""A fiscal device that only pretends, and can die at each state of a document."""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from devices._durable import Records, decoded, remove_file, replace_file
from devices.fiscal.port import FiscalDocument, FiscalLine, FiscalOutcome, FiscalPayment, FiscalState, Kind

T = TypeVar("T")

Fault = Literal["", "off", "dies_opened", "dies_lines", "dies_paid", "dies_registered", "dead"]
"""off: cannot be reached. dies_…: each document stops after that state, without an answer; questions are answered.
dead: the next document is registered, and from then on nothing at all is answered."""

Stage = Literal["opened", "lines", "paid"]
STAGES: tuple[Stage, ...] = ("opened", "lines", "paid")
"""The states of a document before it is registered; an opening or closing of a shift passes them too."""

UNANSWERED = FiscalOutcome("unknown", detail="no answer")
NONE_YET = FiscalDocument(0, "shift_close", "", 0, 0)


@dataclass(frozen=True, slots=True)
class _Standing:
    """A document that is not registered, and how far it has come."""

    document: FiscalDocument
    stage: Stage


class SimulatedFiscal:
    """Keeps documents in `fiscal.jsonl`, one that stands open in `open.json`, durably.

    Numbers go on after a crash, have no gaps and are never used twice. One document is made at a time.
    """

    def __init__(self, folder: Path) -> None:
        self._registered = Records(folder / "fiscal.jsonl", FiscalDocument)
        self._open = folder / "open.json"
        self._turn = asyncio.Lock()
        self._fault: Fault = ""
        self._silent = False

    @property
    def fault(self) -> Fault:
        """What is wrong with it, until it is set anew."""
        return self._fault

    @fault.setter
    def fault(self, fault: Fault) -> None:
        self._fault, self._silent = fault, False

    async def state(self) -> FiscalState:
        """Tell it; see `FiscalPort`."""
        return await self._answered(self._state)

    async def documents_after(self, number: int) -> list[FiscalDocument]:
        """Read them from the end; see `FiscalPort`."""
        return await self._answered(partial(self._after, number))

    async def annul(self) -> None:
        """Drop it; see `FiscalPort`."""
        await self._answered(self._drop)

    async def open_shift(self) -> FiscalOutcome:
        """Register it; see `FiscalPort`."""
        return await self._made("shift_open", "")

    async def register(
        self,
        receipt: str,
        total: int,
        lines: Sequence[FiscalLine],
        payments: Sequence[FiscalPayment],
        kind: Literal["receipt", "refund"] = "receipt",
    ) -> FiscalOutcome:
        """Register it; see `FiscalPort`."""
        if detail := _disagreement(kind, total, lines, payments):
            return FiscalOutcome("failed", detail=detail)
        return await self._made(kind, receipt, total)

    async def close_shift(self, reference: str) -> FiscalOutcome:
        """Register it; see `FiscalPort`."""
        return await self._made("shift_close", reference)

    def documents(self) -> list[FiscalDocument]:
        """Return all documents, oldest first, for tests."""
        return self._after(0)

    def standing(self) -> Stage | None:
        """Return how far the document has come that stands open, None if there is none, for tests."""
        try:
            standing = decoded(self._open.read_bytes(), _Standing)
        except FileNotFoundError:
            return None
        # The file of a document that came to its end stays until the next one.
        return standing.stage if standing.document.number > self._last().number else None

    async def _answered(self, ask: Callable[[], T]) -> T:
        async with self._turn:
            if self._silent or self._fault == "off":
                raise ConnectionError
            return await _finished(ask)

    async def _made(self, kind: Kind, reference: str, total: int = 0) -> FiscalOutcome:
        async with self._turn:
            if self._fault == "off":
                return FiscalOutcome("failed", detail="off")
            if self._silent:
                return UNANSWERED
            try:
                return await _finished(partial(self._make, kind, reference, total))
            except OSError as error:
                return FiscalOutcome("unknown", detail=os.strerror(error.errno or 0))

    def _make(self, kind: Kind, reference: str, total: int) -> FiscalOutcome:
        """Take a document through its states, as far as the fault lets it."""
        last, fault = self._last(), self._fault
        if detail := _refusal(kind, self._state()):
            return FiscalOutcome("failed", detail=detail)
        if kind == "shift_close":
            total = sum(map(_kept, self._of_this_shift()))
        document = FiscalDocument(last.number + 1, kind, reference, total, last.shift + (kind == "shift_open"))
        for stage in STAGES:
            self._stand(_Standing(document, stage))
            if fault == f"dies_{stage}":
                return UNANSWERED
        self._registered.add(document)
        self._silent = self._fault == "dead"
        return FiscalOutcome("registered", document) if fault == "" else UNANSWERED

    def _stand(self, standing: _Standing) -> None:
        self._open.parent.mkdir(parents=True, exist_ok=True)
        replace_file(self._open, msgspec.json.encode(standing))

    def _drop(self) -> None:
        if self.standing():
            remove_file(self._open)

    def _state(self) -> FiscalState:
        last = self._last()
        return FiscalState(last.number, 0 if last.kind == "shift_close" else last.shift, self.standing() is not None)

    def _last(self) -> FiscalDocument:
        return next(self._registered.newest_first(), NONE_YET)

    def _after(self, number: int) -> list[FiscalDocument]:
        return [*takewhile(lambda document: document.number > number, self._registered.newest_first())][::-1]

    def _of_this_shift(self) -> Iterator[FiscalDocument]:
        return takewhile(lambda document: document.kind != "shift_open", self._registered.newest_first())


def _refusal(kind: Kind, state: FiscalState) -> str:
    if state.pending:
        return "a document stands open"
    if kind == "shift_open":
        return "a shift is open" if state.shift else ""
    return "" if state.shift else "no shift is open"


def _kept(document: FiscalDocument) -> int:
    """Return what stays in the shop by a document."""
    return -document.total if document.kind == "refund" else document.total


def _disagreement(kind: Kind, total: int, lines: Sequence[FiscalLine], payments: Sequence[FiscalPayment]) -> str:
    paid = sum(payment.amount for payment in payments)
    if total != sum(line.total for line in lines):
        return "the lines do not add up to the total"
    if total > paid:
        return "the payments are less than the total"
    if kind == "refund" and total < paid:
        return "more is given back than the total"
    if total < sum(payment.amount for payment in payments if payment.kind == "card"):
        return "the cards paid more than the total"
    return ""


async def _finished(work: Callable[[], T]) -> T:
    """Do the work in a thread, to its end even when cancelled: the next one must not write beside it."""
    working = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.gather(working, return_exceptions=True)
        raise
