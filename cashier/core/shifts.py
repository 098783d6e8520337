"""The shift: what was done in it, counted as it happens, and the papers that tell of it."""

from typing import Literal, assert_never

from msgspec import Struct
from msgspec.structs import replace

from cashier.core.catalogue import Person
from cashier.core.money import ZERO, Kopecks
from cashier.core.receipt import Receipt
from cashier.core.say import Say, say
from cashier.core.tender import TenderKind


class Totals(Struct, frozen=True):
    """Sums of a shift; what was given as change is not in them."""

    sales: int = 0
    """Sales paid; what stands to `stornos` is theirs alone."""
    cash: Kopecks = ZERO
    card: Kopecks = ZERO
    discounts: Kopecks = ZERO
    stornos: int = 0
    """Lines storno'd, in sales that were paid."""
    cancelled: int = 0
    """Receipts given up."""
    cancelled_sum: Kopecks = ZERO
    cash_in: Kopecks = ZERO
    cash_out: Kopecks = ZERO
    refunds: int = 0
    """Returns whose money was given back."""
    refund_cash: Kopecks = ZERO
    refund_card: Kopecks = ZERO

    @property
    def sold(self) -> Kopecks:
        """Sum of all sales."""
        return Kopecks(self.cash + self.card)

    @property
    def refunded(self) -> Kopecks:
        """Sum of all returns."""
        return Kopecks(self.refund_cash + self.refund_card)

    @property
    def takings(self) -> Kopecks:
        """What stays of the sales; below zero where more came back than was sold."""
        return Kopecks(self.sold - self.refunded)

    def with_sale(self, receipt: Receipt) -> "Totals":
        """Count a sale that was paid."""
        kept = receipt.tendered
        return replace(
            self,
            sales=self.sales + 1,
            cash=Kopecks(self.cash + kept[TenderKind.CASH]),
            card=Kopecks(self.card + kept[TenderKind.CARD]),
            discounts=Kopecks(self.discounts + receipt.discount),
            stornos=self.stornos + len(receipt.lines) - receipt.sold,
        )

    def with_refund(self, receipt: Receipt) -> "Totals":
        """Count a return whose money was given back; its discounts and stornos are none of the sales'."""
        back = receipt.tendered
        return replace(
            self,
            refunds=self.refunds + 1,
            refund_cash=Kopecks(self.refund_cash + back[TenderKind.CASH]),
            refund_card=Kopecks(self.refund_card + back[TenderKind.CARD]),
        )

    def with_cancelled(self, receipt: Receipt) -> "Totals":
        """Count a receipt that was given up."""
        total = Kopecks(self.cancelled_sum + receipt.total)
        return replace(self, cancelled=self.cancelled + 1, cancelled_sum=total)

    def with_cash(self, direction: "Direction", amount: Kopecks) -> "Totals":
        """Count money put into the drawer or taken out of it without a sale."""
        if direction == "in":
            return replace(self, cash_in=Kopecks(self.cash_in + amount))
        return replace(self, cash_out=Kopecks(self.cash_out + amount))


Direction = Literal["in", "out"]
"""Of money, seen from the drawer."""


class Shift(Struct, frozen=True):
    """The open shift."""

    number: int
    opened: str
    """Local time of the shop, ISO 8601 to the second."""
    receipts: int = 0
    """Documents begun in it; the next one gets the next number."""
    totals: Totals = Totals()


class ShiftReport(Struct, frozen=True, tag=True):
    """An X or Z report."""

    identifier: str
    kind: Literal["x", "z"]
    number: int
    """Of the shift."""
    opened: str
    at: str
    cashier: Person
    totals: Totals
    drawer: Kopecks
    """Cash in the drawer."""


class CashMove(Struct, frozen=True, tag=True):
    """Cash put into the drawer or taken out of it without a sale."""

    identifier: str
    number: int
    shift: int
    direction: Direction
    amount: Kopecks
    at: str
    cashier: Person


Document = Receipt | ShiftReport | CashMove
"""Whatever comes out on paper."""


def caption(document: Document) -> Say:
    """Name a document."""
    match document:
        case Receipt():
            return say("document_receipt", number=document.number)
        case CashMove():
            return say("document_cash", number=document.number)
        case ShiftReport():
            return say("document_report", number=document.number)
        case _:
            assert_never(document)
