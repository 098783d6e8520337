"""What the shop sells, as the dictionaries tell it at the moment of asking."""

from datetime import datetime, time
from enum import IntEnum
from typing import Final

from msgspec import Struct

from cashier.core.money import ZERO, Kopecks
from cashier.core.quantity import ONE, Thousandths


class Kind(IntEnum):
    """Value of `barcodes.tmctype` (domain/artix.md 5.1)."""

    PLAIN = 0
    ALCOHOL = 1
    ALCOHOL_SET = 2
    TOBACCO = 3
    SHOES = 4
    MEDICINE = 5
    PROTECTIVE = 6
    MARKED = 7
    DRAFT_BEER = 8


ADULT: Final = 18
"""Years from which the law lets people buy tobacco, alcohol and energy drinks."""

MARKED_KINDS = frozenset({Kind.TOBACCO, Kind.SHOES, Kind.MARKED})


class Period(Struct, frozen=True):
    """When goods may not be sold (`sellrestrictperiods` of AIF, `[Restriction.<name>]`); shop's local time."""

    weekdays: tuple[int, ...] = ()
    """Days on which it begins, 1 = Monday; empty: every day."""
    begins: time = time.min
    ends: time = time.min
    """Sale is allowed again from this moment: on the next day where it is not after `begins`."""
    since: datetime | None = None
    until: datetime | None = None
    """Between these two alone, without a zone; None: without end."""


class Product(Struct, frozen=True):
    """One item of the dictionary under one of its barcodes."""

    code: str
    """Inventory code (`inventcode`); `sku` of СКО."""
    name: str
    price: Kopecks
    """Catalogue price of a unit without discounts."""
    barcode: str = ""
    """The barcode it was found by; its main one when it was found by code or name."""
    unit: str = "шт"
    fractional: bool = False
    """Sold by weight or measure: the quantity may have three digits after the point."""
    kind: Kind = Kind.PLAIN
    min_price: Kopecks = ZERO
    """No discount goes below it; zero means none is set."""
    alternatives: tuple[Kopecks, ...] = ()
    """Other prices the item may be sold at (`additionalprices`)."""
    quantity: Thousandths = ONE
    """Quantity that one scan of this barcode stands for (`cquant` of a barcode: a box of six)."""
    group: str = ""
    """Group it belongs to, by its code."""
    above: tuple[str, ...] = ()
    """Groups above that one, nearest first."""
    tax: str = ""
    """Tax group of the item as the trade system codes it."""
    vat: int | None = None
    """VAT of the tax group in hundredths of a percent, zero for «НДС 0 %»; None for goods without VAT."""
    sale_allowed: bool = True
    refund_allowed: bool = True
    min_age: int = 0
    """Buyer's age in years from which it may be sold; zero means no limit."""
    periods: tuple[Period, ...] = ()
    """When it may not be sold."""

    @property
    def groups(self) -> tuple[str, ...]:
        """All groups it belongs to, nearest first."""
        return (self.group, *self.above) if self.group else ()


class Folder(Struct, frozen=True):
    """One entry of the pick-list: a folder, or goods shown under a short name."""

    code: str
    name: str
    product: str = ""
    """Inventory code of the goods; empty for a folder."""


class Person(Struct, frozen=True):
    """A user of the till as the dictionaries know it, without the password."""

    code: str
    name: str
    role: int
    """1 cashier, 2 senior cashier, 3 administrator."""
