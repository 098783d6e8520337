"""A fiscal device at the till in a test, what it was given, and a press that registers with it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from cashier.core.effects import Print
from cashier.core.events import FiscalReady, Printed
from cashier.core.receipt import Receipt
from cashier.printing import Press
from cashier.registering import Registrar
from devices import FiscalDocument, FiscalLine, FiscalOutcome, FiscalPayment, FiscalState, SimulatedFiscal
from devices.printing import Printer
from tests.runtime.documents import HEAD, RECEIPT, RUSSIAN

AT_ONCE = (0.0, 0.0, 0.0)
"""Waits of a registrar that waits for nothing."""


class Recording(SimulatedFiscal):
    """A fiscal device that remembers what it was given."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.lines: list[FiscalLine] = []
        self.payments: list[FiscalPayment] = []

    async def register(
        self,
        receipt: str,
        total: int,
        lines: Sequence[FiscalLine],
        payments: Sequence[FiscalPayment],
        kind: Literal["receipt", "refund"] = "receipt",
    ) -> FiscalOutcome:
        """Register and remember."""
        self.lines += lines
        self.payments += payments
        return await super().register(receipt, total, lines, payments, kind)


class Fading(SimulatedFiscal):
    """A fiscal device that tells of its documents, and then goes silent."""

    async def state(self) -> FiscalState:
        """Be silent."""
        raise ConnectionError


def of_kind(device: SimulatedFiscal, kind: str) -> list[FiscalDocument]:
    """Return the device's documents of a kind."""
    return [document for document in device.documents() if document.kind == kind]


def references(device: SimulatedFiscal, kind: str = "receipt") -> list[str]:
    """Return our identifiers of the device's documents of a kind, in order."""
    return [document.reference for document in of_kind(device, kind)]


def press(printer: Printer, fiscal: SimulatedFiscal) -> Press:
    """Make a press with a fiscal device."""
    return Press(printer, HEAD, RUSSIAN.text, registrar=Registrar(fiscal, AT_ONCE))


async def pressed(press: Press, before: int, receipt: Receipt = RECEIPT) -> Printed:
    """Register and print a receipt."""
    made = await press.print(Print("token", receipt, before=before))
    assert isinstance(made, Printed)
    assert made.token == "token"
    return made


async def asked(press: Press) -> int:
    """Let the device be made ready for the receipt; return the number of its last document."""
    ready = await press.print(Print("token", RECEIPT))
    assert isinstance(ready, FiscalReady)
    assert ready.before is not None
    return ready.before
