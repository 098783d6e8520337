"""Facts about a receipt and its lines, from its opening to its end."""

from cashier.core.catalogue import Person
from cashier.core.discounts import Discount
from cashier.core.facts._base import Fact
from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths
from cashier.core.receipt import DocumentType, Line
from cashier.core.sales import Sale


class ReceiptOpened(Fact, frozen=True):
    """A sale or a return was begun; its GUID is durable before anybody outside hears of it (spec S1).

    Shop and till are those of the settings at that moment; journals of earlier programs do not say them.
    """

    identifier: str
    number: int
    shift: int
    at: str
    cashier: Person
    shop: str = ""
    till: str = ""
    kind: DocumentType = DocumentType.SALE
    sale: Sale | None = None
    """What is given back, in a return by receipt."""


class ReasonGiven(Fact, frozen=True):
    """Somebody has said why goods come back."""

    receipt: str
    reason: str
    """One of `cashier.core.sales.REASONS`."""


class CashierChanged(Fact, frozen=True):
    """Another cashier goes on with an open receipt."""

    receipt: str
    cashier: Person


class ReceiptMoved(Fact, frozen=True):
    """A receipt that outlived its shift goes on in the open one, under a number of that."""

    receipt: str
    shift: int
    number: int


class ReceiptPostponed(Fact, frozen=True):
    """The receipt was put aside with all it holds."""

    receipt: str
    at: str
    by: Person


class ReceiptRestored(Fact, frozen=True):
    """A receipt put aside is the open one again."""

    receipt: str
    at: str
    by: Person


class LineAdded(Fact, frozen=True):
    """A line stands in the receipt."""

    receipt: str
    line: Line


class QuantityChanged(Fact, frozen=True):
    """A line has another quantity: by the cashier's wish, or because an equal line was merged into it."""

    receipt: str
    position: int
    quantity: Thousandths
    gross: Kopecks
    """Sum of the line before discounts, at the new quantity."""
    held: tuple[tuple[str, str], ...]
    source: str = ""


class DiscountGranted(Fact, frozen=True):
    """A discount was given on a position or on the receipt, or taken back."""

    receipt: str
    position: int
    """0 is the whole receipt."""
    discount: Discount | None
    at: str
    by: Person


class DiscountsSpread(Fact, frozen=True):
    """What is taken off lines was reckoned anew."""

    receipt: str
    shares: tuple[tuple[int, Kopecks, Kopecks], ...]
    """Position, what is taken off it, and the sum of the line after that."""


class LineStornoed(Fact, frozen=True):
    """A line was taken out; it stays visible."""

    receipt: str
    position: int
    at: str
    by: Person
    leaving: bool = False
    """Gates are still to let it go; `LineLeft` follows."""


class LineLeft(Fact, frozen=True):
    """All gates have let a storno'd line go."""

    receipt: str
    position: int


class ReceiptCancelled(Fact, frozen=True):
    """The whole receipt was given up."""

    receipt: str
    at: str
    by: Person
