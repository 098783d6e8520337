"""States of returns: the sale receipt is looked for, its positions are chosen, the reason is given."""

from typing import Final, Literal

from msgspec import Struct

from cashier.core.return_form import ReturnForm
from cashier.core.sales import SaleHead

SEEK_ROWS: Final = ("seek_number", "seek_date", "seek_today", "seek_code")
"""Ways to find a sale receipt whose code is not scanned: keys of the text catalogue."""

Way = Literal["", "number", "date", "code"]
"""What is typed; empty while the way is chosen."""

SEEK_FIELDS: Final[dict[Way, tuple[str, ...]]] = {
    "": (),
    "number": ("till", "shift", "number"),
    "date": ("date", "number"),
    "code": ("code",),
}
"""What is typed one after the other, by way."""


class Seeking(Struct, frozen=True):
    """«Возврат по чеку продажи»: its code is scanned or typed, or a way to find it is taken."""

    way: Way = ""
    typed: tuple[str, ...] = ()
    """Fields that were typed already."""
    entry: str = ""
    chosen: int = 0
    token: str = ""
    """Of what is being looked for; empty while nothing is."""

    @property
    def field(self) -> str:
        """What is being typed."""
        return SEEK_FIELDS[self.way][len(self.typed)] if self.way else ""


class ListingSales(Struct, frozen=True):
    """Sale receipts of which one is taken."""

    heads: tuple[SaleHead, ...] = ()
    chosen: int = 0


class Returning(Struct, frozen=True):
    """The form of position choice."""

    form: ReturnForm


class CountingBack(Struct, frozen=True):
    """How much of a position comes back is typed."""

    form: ReturnForm
    entry: str = ""


class GivingReason(Struct, frozen=True):
    """Why goods come back: asked before money is given back."""

    chosen: int = 0
