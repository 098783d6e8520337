"""From receipts and shifts to the fiscal device: each is asked for once, and judged by what the device has."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from cashier.core.events import FiscalReady, ShiftShut
from cashier.core.fiscal import Absent, Registered, Strange, Verdict, Wanted, judge
from cashier.core.quantity import ONE
from cashier.core.receipt import Receipt
from cashier.core.tender import TenderKind
from devices.fiscal import FiscalLine, FiscalOutcome, FiscalPayment, FiscalPort, FiscalState

log = logging.getLogger("cashier")

WAITS = (0.0, 0.3, 1.0)
"""Seconds before each question to a device that is silent, or was while it should have registered."""

_KINDS: dict[TenderKind, Literal["cash", "card"]] = {TenderKind.CASH: "cash", TenderKind.CARD: "card"}


@dataclass(frozen=True, slots=True)
class Registrar:
    """The till's way to its fiscal device: one thing at a time, and nothing is raised for a device that is silent."""

    device: FiscalPort
    waits: tuple[float, ...] = WAITS
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ready(self, token: str) -> FiscalReady:
        """Bring the device to where it takes a receipt, and tell the number of its last document."""
        async with self._turn:
            try:
                state = await self._opened()
            except OSError as error:
                return _silent(token, error)
            return FiscalReady(token, state.last if state.shift else None)

    async def last(self, token: str) -> FiscalReady:
        """Drop what stands open, and tell the number of the last document."""
        async with self._turn:
            try:
                return FiscalReady(token, (await self._cleared()).last)
            except OSError as error:
                return _silent(token, error)

    async def register(self, receipt: Receipt, before: int) -> Verdict | None:
        """Register a receipt unless the device has it after the number from before; None while that is not known."""

        async def send() -> FiscalOutcome:
            lines, payments = _lines(receipt), _payments(receipt)
            return await self.device.register(receipt.identifier, receipt.total, lines, payments, _kind(receipt))

        async with self._turn:
            wanted = _wanted(receipt)
            verdict = await self._judged(wanted, before)
            if isinstance(verdict, Registered):
                return Registered(verdict.number, earlier=True)
            if not isinstance(verdict, Absent):
                return verdict
            try:
                state = await self._opened()
            except OSError:
                return Absent()
            return await self._sent(wanted, before, send) if state.shift else Absent()

    async def shut(self, token: str, before: int) -> ShiftShut:
        """Close the device's shift unless it is closed by this token, or was not open at all."""
        wanted = Wanted("shift_close", token)
        async with self._turn:
            verdict = await self._judged(wanted, before)
            if isinstance(verdict, Absent):
                verdict = await self._closed(wanted, before)
        match verdict:
            case Registered(number):
                return ShiftShut(token, "closed", number)
            case Absent():
                return ShiftShut(token, "failed")
            case Strange():
                return ShiftShut(token, "strange")
            case None:
                return ShiftShut(token, "unknown")

    async def _closed(self, wanted: Wanted, before: int) -> Verdict | None:
        try:
            state = await self._cleared()
        except OSError:
            return Absent()
        if not state.shift:
            return Registered(0)
        return await self._sent(wanted, before, lambda: self.device.close_shift(wanted.reference))

    async def _sent(self, wanted: Wanted, before: int, send: Callable[[], Awaitable[FiscalOutcome]]) -> Verdict | None:
        """Ask for a document, once; where no outcome comes back, see what the device has."""
        outcome = await send()
        if outcome.detail:
            log.warning("fiscal device: %s", outcome.detail)
        if outcome.result == "unknown":
            return await self._judged(wanted, before, patient=True)
        return Registered(outcome.document.number) if outcome.document else Absent()

    async def _judged(self, wanted: Wanted, before: int, *, patient: bool = False) -> Verdict | None:
        """Judge by what the device has, None if it stays silent.

        Patient: it was just asked for the document. It drops what it did not finish, and is asked again while it has
        nothing, since it may be slow.
        """
        verdict: Verdict | None = None
        for wait in self.waits:
            await asyncio.sleep(wait)
            try:
                if patient:
                    await self._cleared()
                verdict = judge(await self.device.documents_after(before), wanted)
            except OSError as error:
                log.warning("fiscal device is silent: %s", error)
                verdict = None
            if verdict and not (patient and isinstance(verdict, Absent)):
                break
        return verdict

    async def _opened(self) -> FiscalState:
        """Drop what stands open and open the shift if it is closed; the state tells whether that came about.

        Raises:
            OSError: the device does not answer.
        """
        state = await self._cleared()
        if state.shift:
            return state
        await self.device.open_shift()
        return await self._cleared()

    async def _cleared(self) -> FiscalState:
        """Drop what stands open and tell the state after that.

        Raises:
            OSError: the device does not answer.
        """
        state = await self.device.state()
        if not state.pending:
            return state
        await self.device.annul()
        return await self.device.state()


def _silent(token: str, error: OSError) -> FiscalReady:
    log.warning("fiscal device is silent: %s", error)
    return FiscalReady(token, None)


def _kind(receipt: Receipt) -> Literal["receipt", "refund"]:
    return "receipt" if not receipt.gives_back else "refund"


def _wanted(receipt: Receipt) -> Wanted:
    return Wanted(_kind(receipt), receipt.identifier, receipt.total)


def _lines(receipt: Receipt) -> list[FiscalLine]:
    return [
        FiscalLine(line.product.name, Decimal(line.quantity) / ONE, line.sum, line.product.vat, line.mark)
        for line in receipt.live
    ]


def _payments(receipt: Receipt) -> list[FiscalPayment]:
    return [FiscalPayment(_KINDS[tender.kind], tender.amount) for tender in receipt.tenders]
