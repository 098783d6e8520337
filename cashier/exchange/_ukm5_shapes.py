"""Shapes of УКМ 5 import objects (domain/ukm5.md 6.2): the fields that the till keeps, in small letters."""

from decimal import Decimal
from typing import Annotated

import msgspec

from cashier.exchange._fields import Code

Flag = bool | int
Digits = Annotated[int, msgspec.Meta(ge=0, le=9)]


class Deletable(msgspec.Struct):
    """What the trade system takes back by naming it with `delete` (in some objects `deleted`)."""

    delete: Flag = False
    deleted: Flag = False

    @property
    def gone(self) -> bool:
        """Whether the object is taken back."""
        return bool(self.delete or self.deleted)


class Group(Deletable, kw_only=True):
    """Element of `groupItems`."""

    id: Code
    owner: Code | None = None
    name: Code | None = None


class Attribute(Deletable, kw_only=True):
    """One of `attributes` of an item."""

    id: Code


class Barcode(Deletable, kw_only=True):
    """One of `barcodes` of an item."""

    id: Code
    quantity: Decimal | None = None


class Item(Deletable, kw_only=True):
    """Element of `items`."""

    id: Code
    name: Code | None = None
    measure: Code | None = None
    measprec: Digits = 0
    itemgroup: Code | None = None
    taxgroupid: Code | None = None
    barcodes: list[Barcode] = []
    attributes: list[Attribute] = []
    alternativeprices: list[Decimal] | None = None
    """Own addition: other prices the item may be sold at."""


class Price(Deletable, kw_only=True):
    """Element of `itemPrices` and `barcodePrices`."""

    itemid: Code | None = None
    barcodeid: Code | None = None
    price: Decimal | None = None
    minprice: Decimal | None = None
    ispromoprice: Flag | None = None
    datefrom: str | None = None
    dateto: str | None = None
    alternativeprices: list[Decimal] | None = None
    """As of an item."""


class Picklist(Deletable, kw_only=True):
    """Element of `picklists`."""

    id: Code
    name: Code | None = None
    items: list[Code] = []
