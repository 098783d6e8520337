"""A receipt that came to its end, as other systems hear of it (spec S4, S5)."""

from msgspec import Struct

from cashier.core.catalogue import Person
from cashier.core.facts import Approved
from cashier.core.receipt import Receipt


class Ended(Struct, frozen=True):
    """What there is to tell of a receipt that was paid, or given up as a whole."""

    receipt: Receipt
    """As it stood at its end."""
    completed: bool
    """It was paid; else it was given up."""
    at: str
    """When it ended: shop's local time, ISO 8601 to the second."""
    by: Person
    """Who has ended it: the cashier of a paid one, or who gave it up."""
    shop: str
    till: str
    ordinal: int
    """Number of the document over all shifts of the till."""
    fiscal: int = 0
    """Number of its fiscal document; 0 where none is known."""
    allowed: tuple[Approved, ...] = ()
    """What others have allowed while it was the open one, in order."""
