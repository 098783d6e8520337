"""Facts about money for a receipt: the payment, tenders, payment terminals."""

from typing import Literal

from cashier.core.catalogue import Person
from cashier.core.facts._base import Fact
from cashier.core.money import Kopecks
from cashier.core.tender import CardSlip, TenderKind


class PaymentBegun(Fact, frozen=True):
    """The subtotal was struck: lines are frozen until the payment is left."""

    receipt: str


class PaymentLeft(Fact, frozen=True):
    """The cashier went back to the lines before any money was taken."""

    receipt: str


class TenderTaken(Fact, frozen=True):
    """Money was taken."""

    receipt: str
    kind: TenderKind
    amount: Kopecks
    at: str
    token: str = ""
    """Of the charge that brought it; empty for cash."""
    slip: CardSlip | None = None


class ChargeBegun(Fact, frozen=True):
    """A payment terminal is about to be asked to move money; `ChargeEnded` follows, whatever happens."""

    token: str
    receipt: str
    amount: Kopecks
    at: str
    reverses: str = ""
    """Token of the charge that is taken back; empty for a payment."""
    manual: bool = False
    """The terminal stands alone: the cashier says what it did."""
    refund: bool = False
    """Money goes back to the card, for goods that come back."""

    @property
    def gives_back(self) -> bool:
        """Money goes to the card, whatever for."""
        return self.refund or bool(self.reverses)


class ChargeEnded(Fact, frozen=True):
    """The outcome of a charge is known; with `approved` the tender is taken or reversed in the same commit."""

    token: str
    outcome: Literal["approved", "declined", "absent"]
    reason: str = ""
    by: Person | None = None
    """Who said so in the place of the terminal."""


class ChargeDisputed(Fact, frozen=True):
    """A terminal has answered late, and otherwise than the person who had spoken for it."""

    token: str
    outcome: Literal["approved", "declined", "absent"]
    at: str


class TenderReversed(Fact, frozen=True):
    """A card payment was taken back by the terminal."""

    receipt: str
    token: str
    """Of the charge that had brought it."""
    amount: Kopecks
    at: str


class TendersReturned(Fact, frozen=True):
    """Cash taken for a receipt was given back before it was paid in full."""

    receipt: str
    amount: Kopecks
    at: str


class ReceiptClosed(Fact, frozen=True):
    """The receipt is paid in full; the change was given from cash."""

    receipt: str
    total: Kopecks
    change: Kopecks
    at: str
