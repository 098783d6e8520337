"""A payment terminal that only pretends, with the faults of real ones."""

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Literal

from devices._durable import Records
from devices.payment.port import CardSlip, TerminalOutcome

Fault = Literal["", "declined", "silent", "late", "dead_between", "lost"]
"""declined: by the bank. silent: nothing reaches it, nothing is answered. lost: nothing reaches it, but it tells of its
last operation. late: it goes on when the till has given up waiting. dead_between: dies between charging and answering,
and answers nothing more."""

Kind = Literal["pay", "reverse", "refund"]
Status = Literal["pending", "approved", "declined"]

UNKNOWN = TerminalOutcome("unknown")
TITLES: dict[Kind, str] = {"pay": "Оплата", "reverse": "Отмена оплаты", "refund": "Возврат"}


@dataclass(frozen=True, slots=True)
class _Operation:
    """An operation; `begun` in seconds of the wall clock, since it outlives the program; `of` is what it gives back."""

    number: int
    token: str
    kind: Kind
    amount: int
    begun: float
    status: Status = "pending"
    reason: str = ""
    of: str = ""

    @property
    def name(self) -> str:
        """The number as the slip has it."""
        return f"{self.number:06}"


NONE_YET = _Operation(0, "", "pay", 0, 0.0, "declined")


class SimulatedTerminal:
    """Keeps its operations in `terminal.jsonl`, durably: one is still known when the till's program starts anew.

    Like a real one it charges a repeat a second time. It does one thing at a time: what still goes on when the next
    begins is charged first. `delay` is for how many seconds it waits for a card.
    """

    def __init__(self, folder: Path, delay: float = 0.0) -> None:
        self._records = Records(folder / "terminal.jsonl", _Operation)
        self._turn = Lock()
        self._delay = delay
        self._stop = asyncio.Event()
        self.fault: Fault = ""
        """What is wrong with it from now on."""
        self.reason = "Недостаточно средств"
        """What it says when the bank declines."""
        self.lingers = 10.0
        """Seconds after `delay` in which an operation that nobody waits for is still pending; then it is charged."""

    async def pay(self, token: str, amount: int) -> TerminalOutcome:
        """Charge; see `PaymentTerminal`."""
        return await self._operated(_Operation(0, token, "pay", amount, time.time()))

    async def reverse(self, token: str, operation: str, amount: int) -> TerminalOutcome:
        """Cancel; see `PaymentTerminal`. What was reversed, or was not charged, or was another sum, is declined."""
        return await self._operated(_Operation(0, token, "reverse", amount, time.time(), of=operation))

    async def refund(self, token: str, operation: str, amount: int) -> TerminalOutcome:
        """Give back; see `PaymentTerminal`. More than is left of an operation is declined.

        Of one that it has no record of it only knows what the card tells, so that is approved, however often.
        """
        return await self._operated(_Operation(0, token, "refund", amount, time.time(), of=operation))

    async def last(self, token: str) -> TerminalOutcome:
        """Tell; see `PaymentTerminal`."""
        if self.fault in {"silent", "dead_between"}:
            return UNKNOWN
        try:
            last = await asyncio.to_thread(self._settled)
        except OSError as error:
            return TerminalOutcome("unknown", os.strerror(error.errno or 0))
        return _outcome(last) if last.token == token else TerminalOutcome("absent")

    def cancel(self) -> None:
        """Abort; see `PaymentTerminal`."""
        self._stop.set()

    def finish(self) -> None:
        """Charge the operation that is still under way, if any: the card has come. For tests."""
        with self._turn:
            self._end(self._last(), "approved")

    def operations(self) -> list[tuple[str, Kind, int, Status]]:
        """Return token, kind, kopecks and status of each operation, oldest first, for tests."""
        latest = {record.number: record for record in [*self._records.newest_first()][::-1]}
        return [(record.token, record.kind, record.amount, record.status) for record in latest.values()]

    async def _operated(self, wanted: _Operation) -> TerminalOutcome:
        if self.fault in {"silent", "lost"}:
            return UNKNOWN
        self._stop = stop = asyncio.Event()
        try:
            operation = await asyncio.to_thread(self._begun, wanted)
            if operation.status == "pending":
                operation = await self._waited(operation, stop)
        except OSError as error:
            return TerminalOutcome("unknown", os.strerror(error.errno or 0))
        given_up = operation.status == "pending" or self.fault == "dead_between"
        return UNKNOWN if given_up else _outcome(operation)

    async def _waited(self, operation: _Operation, stop: asyncio.Event) -> _Operation:
        """Wait for the card and end the operation, unless it is to go on without us."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._delay):
                await stop.wait()
        if stop.is_set():
            return await asyncio.to_thread(self._ended, operation, "declined", "cancelled")
        if self.fault == "late":
            return operation
        if self.fault == "declined":
            return await asyncio.to_thread(self._ended, operation, "declined", self.reason)
        return await asyncio.to_thread(self._ended, operation, "approved")

    def _begun(self, wanted: _Operation) -> _Operation:
        with self._turn:
            last = self._end(self._last(), "approved")
            operation = replace(wanted, number=last.number + 1)
            if reason := self._refusal(wanted):
                operation = replace(operation, status="declined", reason=reason)
            self._records.add(operation)
            return operation

    def _ended(self, operation: _Operation, status: Status, reason: str = "") -> _Operation:
        """End it, unless it has come to its end without us; return it as it is now."""
        with self._turn:
            latest = next(record for record in self._records.newest_first() if record.number == operation.number)
            return self._end(latest, status, reason)

    def _settled(self) -> _Operation:
        """Return the last operation, which was charged if its time is over; so it was if the clock went back."""
        with self._turn:
            last = self._last()
            waiting = last.begun <= time.time() < last.begun + self._delay + self.lingers
            return last if waiting else self._end(last, "approved")

    def _end(self, operation: _Operation, status: Status, reason: str = "") -> _Operation:
        if operation.status != "pending":
            return operation
        ended = replace(operation, status=status, reason=reason)
        self._records.add(ended)
        return ended

    def _last(self) -> _Operation:
        return next(self._records.newest_first(), NONE_YET)

    def _refusal(self, wanted: _Operation) -> str:
        """Say why the operation certainly moves no money; empty where nothing hinders it."""
        if wanted.kind == "reverse" and not self._reversible(wanted):
            return "Операция не найдена"
        if wanted.kind == "refund" and not self._refundable(wanted):
            return "Сумма возврата больше остатка"
        return ""

    def _reversible(self, wanted: _Operation) -> bool:
        for record in self._charged():
            if record.of == wanted.of:
                return False
            if record.name == wanted.of:
                return record.kind == "pay" and record.amount == wanted.amount
        return False

    def _refundable(self, wanted: _Operation) -> bool:
        """Tell whether so much is left of an operation; it has no say where it was made at another terminal."""
        if wanted.of not in {record.name for record in self._records.newest_first()}:
            return True
        left = 0
        for record in self._charged():
            if record.kind == "pay" and record.name == wanted.of:
                left += record.amount
            elif record.of == wanted.of:
                left -= record.amount
        return wanted.amount <= left

    def _charged(self) -> Iterator[_Operation]:
        return (record for record in self._records.newest_first() if record.status == "approved")


def _outcome(operation: _Operation) -> TerminalOutcome:
    slip = _slip(operation) if operation.status == "approved" else None
    return TerminalOutcome(operation.status, operation.reason, slip)


def _slip(operation: _Operation) -> CardSlip:
    """Return a slip whose figures follow from the operation's number."""
    authorisation = f"{operation.number * 7919 % 1_000_000:06}"
    card = f"**** {(1233 + operation.number) % 10_000:04}"
    roubles, kopecks = divmod(operation.amount, 100)
    text = (
        "Заглушка терминала",
        f"{TITLES[operation.kind]} {roubles}.{kopecks:02}",
        f"Карта {card}",
        f"Операция {operation.name}, код {authorisation}",
    )
    return CardSlip(operation.name, authorisation, card, text)
