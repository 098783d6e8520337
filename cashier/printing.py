"""From a document to paper: receipts go to the fiscal device first; one outcome tells of both."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, assert_never

from cashier.core.effects import Print
from cashier.core.events import FiscalReady, Printed, ShiftShut
from cashier.core.fiscal import Absent, Registered, Strange, Verdict
from cashier.core.paper import Letterhead, Row, receipt_paper
from cashier.core.paper_reports import cash_paper, report_paper
from cashier.core.receipt import Receipt
from cashier.core.say import Say
from cashier.core.shifts import CashMove, ShiftReport
from cashier.registering import Registrar
from devices.printing import FilePrinter, PaperLine, Printer, PrintJob, SimulatedPrinter, to_text

log = logging.getLogger("cashier")

Text = Callable[[Say], str]

_STYLES: dict[str, tuple[Literal["normal", "bold", "big"], Literal["left", "center"]]] = {
    "title": ("bold", "center"),
    "big": ("big", "left"),
}


@dataclass(frozen=True, slots=True)
class Press:
    """The till's way to paper."""

    printer: Printer
    head: Letterhead
    text: Text
    width: int = 42
    registrar: Registrar | None = None

    async def print(self, order: Print) -> Printed | FiscalReady:
        """Register and print a document. Nothing is raised: faults are outcomes.

        A receipt whose number from before is not known yet is not registered: the device is made ready and tells it.
        One that turns out to be registered already may have its paper: a person looks, a file is written over.
        """
        receipt = self._to_register(order)
        if self.registrar is None or receipt is None:
            return await self._printed(order, order.fiscal)
        if order.before is None:
            return await self.registrar.ready(order.token)
        return await self._pressed(order, await self.registrar.register(receipt, order.before))

    async def repeat(self, order: Print) -> Printed | FiscalReady:
        """Print what a crash interrupted where that cannot double it, else say what is known.

        A file is written over. A receipt that was not registered was not printed either.
        """
        receipt = self._to_register(order)
        if isinstance(self.printer, FilePrinter):
            return await self.print(order)
        if self.registrar is None or receipt is None:
            return Printed(order.token, "unknown", "no_answer", order.fiscal)
        return await self.print(order)

    def _to_register(self, order: Print) -> Receipt | None:
        """Return the receipt that must be registered before it is printed."""
        known = self.registrar is None or order.copy or order.fiscal
        return order.document if isinstance(order.document, Receipt) and not known else None

    async def _pressed(self, order: Print, verdict: Verdict | None) -> Printed:
        match verdict:
            case Registered(number, earlier=True) if not isinstance(self.printer, FilePrinter):
                return Printed(order.token, "unknown", "no_answer", number)
            case Registered(number):
                return await self._printed(order, number)
            case Absent():
                return Printed(order.token, "failed", "fiscal")
            case Strange():
                return Printed(order.token, "unknown", "fiscal_strange")
            case None:
                return Printed(order.token, "unknown", "fiscal")
            case _:
                assert_never(verdict)

    async def _printed(self, order: Print, number: int) -> Printed:
        paper = tuple(self._line(row) for row in self._rows(order, number))
        identifier = order.document.identifier
        name = f"{identifier}-copy" if order.copy and isinstance(order.document, Receipt) else identifier
        made = await self.printer.print(PrintJob(name, paper))
        if made.detail:
            log.info("printer %s: %s", self.printer.name, made.detail)
        shown = to_text(paper, self.width) if isinstance(self.printer, SimulatedPrinter) else ""
        return Printed(order.token, made.result, made.trouble, number, shown)

    def _rows(self, order: Print, number: int) -> tuple[Row, ...]:
        match order.document:
            case Receipt() as receipt:
                return receipt_paper(receipt, self.head, copy=order.copy, fiscal=number)
            case ShiftReport() as report:
                return report_paper(report, self.head, number)
            case CashMove() as move:
                return cash_paper(move, self.head)
            case _:
                assert_never(order.document)

    async def last_document(self, token: str) -> FiscalReady:
        """Ask the fiscal device for its last document; where there is no device, nothing answers."""
        return await self.registrar.last(token) if self.registrar else FiscalReady(token, None)

    async def shut_shift(self, token: str, before: int) -> ShiftShut:
        """Close the fiscal device's shift; where there is no device, it is certainly not closed."""
        return await self.registrar.shut(token, before) if self.registrar else ShiftShut(token, "failed")

    async def open_drawer(self) -> None:
        """Pulse the drawer."""
        made = await self.printer.open_drawer()
        if made.result != "printed":
            log.warning("drawer: %s %s", made.trouble, made.detail)

    def _line(self, row: Row) -> PaperLine:
        if row.kind in {"rule", "qr", "cut"}:
            return PaperLine(self.text(row.text) if row.kind == "qr" else "", kind=_kind(row))
        style, align = _STYLES.get(row.kind, ("normal", "left"))
        return PaperLine(self.text(row.text), style, align, right=self.text(row.right) if row.right else "")


def _kind(row: Row) -> Literal["qr", "rule", "cut"]:
    match row.kind:
        case "qr":
            return "qr"
        case "cut":
            return "cut"
        case _:
            return "rule"
