"""Facts about orders of an order server: asked for, left, taken with all their lines, a mark given to one of these."""

from cashier.core.facts._base import Fact
from cashier.core.receipt import Line


class OrderAsked(Fact, frozen=True):
    """The order server is about to be asked for an order; `OrderTaken` or `OrderLeft` follows."""

    number: str
    token: str
    receipt: str
    """GUID of the receipt it is for; opened with the order where none is open."""
    at: str


class OrderLeft(Fact, frozen=True):
    """The order did not come in: it was not to be had, could not be sold, or nobody waits for it any more."""

    token: str
    reason: str


class OrderTaken(Fact, frozen=True):
    """All lines of an order stand in the receipt."""

    receipt: str
    token: str
    number: str
    identifier: str
    """The order server's own name for it; may be empty."""
    lines: tuple[Line, ...]
    at: str


class LineMarked(Fact, frozen=True):
    """A line of an order has its mark, or has it no more."""

    receipt: str
    line: Line
    """As it stands now: with mark, barcode, minimum price, and what gates hold of it."""
