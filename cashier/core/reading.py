"""What a scan was read as: a plain barcode, a mark with all that is known of it here, or a mark that is damaged.

Masks, dictionaries and past receipts lie outside the core; whoever reads a scan puts their answers into one value.
"""

from enum import StrEnum

from msgspec import Struct

from cashier.core.catalogue import Product


class Standing(StrEnum):
    """What the closed receipts of this till say of a mark last (spec M10)."""

    UNKNOWN = ""
    SOLD = "sold"
    RETURNED = "returned"


class Reading(Struct, frozen=True):
    """A scan, read. It is a mark when a mask accepts it: then `category` is the name of the mask's category."""

    barcode: str = ""
    """What goods were looked for by: the scan itself, or what the mask captured of the mark; may be empty."""
    products: tuple[Product, ...] = ()
    """Goods found by it."""
    code: str = ""
    """Full mark code, repaired, GS included; empty for a plain barcode."""
    ki: str = ""
    """Its identification code."""
    gtin: str = ""
    category: str | None = None
    """Name of the category whose mask accepts the code, empty for the mask of `[MarkedGoods]`; None: no mask does."""
    named: bool = False
    """The mask captures a barcode: the item of the code must be the item sold (spec M5)."""
    properties: tuple[tuple[str, str], ...] = ()
    """What else the mask captured: `weight`, `mrc`, `price`, `expiry`, any other (spec M3)."""
    standing: Standing = Standing.UNKNOWN
    white: bool | None = None
    """In the white list of the till; None where the category does not ask."""
    damage: str = ""
    """Why it cannot be read as a mark, which it seems to be: a value of `marks.Damage`; empty when it can."""

    @property
    def accepted(self) -> bool:
        """A mask accepts the code."""
        return self.category is not None

    @property
    def known_as(self) -> str:
        """How the cashier is told of a code that no goods were found for."""
        return self.barcode or self.gtin or self.ki

    def of(self, name: str) -> str:
        """Return what the mask captured under a name; empty when it did not."""
        return dict(self.properties).get(name, "")
