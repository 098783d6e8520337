"""From a closed receipt to paper: fiscal port first, then the printer, and one outcome of both."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cashier.core.effects import Print
from cashier.core.events import Printed
from cashier.core.paper import Letterhead, Row, receipt_paper
from cashier.core.receipt import Receipt
from cashier.core.say import Say
from devices.fiscal import FiscalDocument, FiscalLine, FiscalOutcome, FiscalPort
from devices.printing import PaperLine, Printer, PrintJob, SimulatedPrinter, to_text

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
    fiscal: FiscalPort | None = None

    async def print(self, order: Print) -> Printed:
        """Register and print a receipt; a copy is not registered again. Nothing is raised: faults are outcomes."""
        number = order.fiscal
        if self.fiscal and not (order.copy or number):
            outcome = await self._registered(self.fiscal, order.receipt)
            if outcome.document is None:
                result: Literal["failed", "unknown"] = "unknown" if outcome.result == "unknown" else "failed"
                return Printed(order.token, result, "fiscal")
            number = outcome.document.number
        return await self._printed(order, number)

    async def _printed(self, order: Print, number: int) -> Printed:
        rows = receipt_paper(order.receipt, self.head, copy=order.copy, fiscal=number)
        paper = tuple(self._line(row) for row in rows)
        name = f"{order.receipt.identifier}-copy" if order.copy else order.receipt.identifier
        made = await self.printer.print(PrintJob(name, paper, drawer=order.drawer))
        if made.detail:
            log.info("printer %s: %s", self.printer.name, made.detail)
        shown = to_text(paper, self.width) if isinstance(self.printer, SimulatedPrinter) else ""
        return Printed(order.token, made.result, made.trouble, number, shown)

    async def open_drawer(self) -> None:
        """Pulse the drawer."""
        made = await self.printer.open_drawer()
        if made.result != "printed":
            log.warning("drawer: %s %s", made.trouble, made.detail)

    async def unregistered(self, receipt: Receipt) -> bool:
        """Tell whether the fiscal device knows for sure that it has not registered a receipt."""
        if self.fiscal is None:
            return False
        try:
            last = await self.fiscal.last_document()
        except OSError:
            return False
        return last is None or last.receipt != receipt.identifier

    async def _registered(self, fiscal: FiscalPort, receipt: Receipt) -> FiscalOutcome:
        """Register once: a receipt that the device has as its last document is not sent to it again."""
        try:
            last: FiscalDocument | None = await fiscal.last_document()
        except OSError as error:
            return FiscalOutcome("failed", detail=str(error))
        if last and last.receipt == receipt.identifier:
            return FiscalOutcome("registered", last)
        lines = [FiscalLine(line.product.name, Decimal(line.quantity) / 1000, line.sum) for line in receipt.live]
        return await fiscal.register(receipt.identifier, receipt.total, lines)

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
