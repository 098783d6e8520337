"""From rows of the dictionaries to `Product`: flags of `op_mode`, kinds of goods, the live one of several prices."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from enum import IntEnum, IntFlag
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from cashier.core.catalogue import Kind, Product
from cashier.core.money import ZERO, Kopecks
from cashier.core.quantity import ONE, Thousandths
from cashier.store.connect import kopecks_out

ADULT: Final = 18


class Scope(IntEnum):
    """What `prices.key` names."""

    ITEM = 0
    BARCODE = 1
    EITHER = 2
    """AIF `addPrice`: a barcode or the code of the item."""


class Option(IntFlag):
    """Bits of `tmc.op_mode` the till looks at (domain/artix.md 5.2)."""

    HIDDEN = 2
    NOT_FOR_SALE = 4
    NOT_FOR_REFUND = 8
    AGE = 32
    IGNORE_MARKING = 262144


class Price(NamedTuple):
    """A row of `prices`."""

    key: str
    scope: int
    promo: int
    datefrom: str
    dateto: str
    price: float
    minprice: float | None


class _Tax(msgspec.Struct):
    """One of `taxgroup.taxes`."""

    name: str | int | None = None
    rate: Decimal | None = None


_PERCENT: Final = 100
_VAT: Final = ("ндс", "vat")
_NO_TAX: Final = "без"

GOODS: Final = """SELECT t.code, coalesce(nullif(b.name, ''), t.name) AS name, coalesce(b.barcode, t.bcode) AS barcode,
    coalesce(u.name, b.measure, t.measure, '') AS unit, coalesce(t.fractional, u.flag, 0) AS fractional,
    {kind} AS kind, coalesce(b.price, t.price) AS price, coalesce(b.minprice, t.minprice) AS minprice,
    coalesce(nullif(b.cquant, 0), nullif(b.quantdefault, 0), 1) AS quantity,
    t.groupcode, t.vatcode1, t.op_mode, t.age, x.taxes"""
KIND_OF_BARCODE: Final = "coalesce(b.tmctype, t.tmctype, 0)"
KIND_OF_ITEM: Final = (
    "max(coalesce(t.tmctype, 0), coalesce((SELECT max(tmctype) FROM barcodes WHERE code = t.code), 0))"
)
"""An item typed by code or picked from a list has the strictest kind of its barcodes."""
BESIDES: Final = """LEFT JOIN units u ON u.code = coalesce(b.measure, t.measure)
    LEFT JOIN taxgroup x ON x.idtaxgroup = t.vatcode1"""
"""What an item has by its codes of other tables; a changed tax group counts from the next look-up on."""


def live_price(rows: Iterable[Price], barcode: str, now: datetime) -> Price | None:
    """Choose among the prices of an item: of the barcode before promotional before regular, later start first.

    The rule is domain/ukm5.md 6.2; only prices whose interval holds this moment count.
    """
    moment = now.replace(tzinfo=None).isoformat(timespec="seconds")
    live = [row for row in rows if row.datefrom <= moment and (not row.dateto or moment <= row.dateto)]
    return max(live, key=lambda row: (_is_of(row, barcode), row.promo, row.datefrom), default=None)


def product(row: sqlite3.Row, price: Price | None, alternatives: tuple[Kopecks, ...]) -> Product:
    """Build an item from a row of `GOODS` and its live price; without a price it is found but cannot be sold."""
    options = Option(row["op_mode"])
    cost = kopecks_out(price.price if price else row["price"])
    floor = price.minprice if price and price.minprice is not None else row["minprice"]
    return Product(
        code=row["code"],
        name=row["name"],
        price=cost,
        barcode=row["barcode"],
        unit=_unit(row["unit"]),
        fractional=bool(row["fractional"]),
        kind=Kind.PLAIN if Option.IGNORE_MARKING in options else Kind(row["kind"]),
        min_price=kopecks_out(floor),
        alternatives=alternatives,
        quantity=ONE if row["fractional"] else Thousandths(round(float(row["quantity"]) * ONE)),
        group=row["groupcode"] or "",
        tax=row["vatcode1"] or "",
        vat=vat(row["taxes"] or "[]"),
        sale_allowed=cost > ZERO and Option.NOT_FOR_SALE not in options,
        refund_allowed=Option.NOT_FOR_REFUND not in options,
        min_age=row["age"] or (ADULT if Option.AGE in options else 0),
    )


@lru_cache(64)
def vat(taxes: str) -> int | None:
    """Read the VAT of a tax group from its taxes, in hundredths of a percent; None where it has none that is plain.

    It is the only tax of the group, or the only one called НДС among several; «Без НДС» is none.
    """
    try:
        listed = msgspec.json.decode(taxes, type=list[_Tax])
    except msgspec.MsgspecError:
        return None
    named = [tax for tax in listed if any(word in str(tax.name).casefold() for word in _VAT)]
    own = named if len(listed) > 1 else listed
    return _rate(own[0]) if len(own) == 1 else None


def _rate(tax: _Tax) -> int | None:
    percent = tax.rate
    if percent is None or not percent.is_finite() or str(tax.name).casefold().startswith(_NO_TAX):
        return None
    whole = 0 <= percent < _PERCENT and percent * _PERCENT == int(percent * _PERCENT)
    return int(percent * _PERCENT) if whole else None


def _is_of(row: Price, barcode: str) -> bool:
    return row.scope != Scope.ITEM and row.key == barcode


def _unit(text: str) -> str:
    return text if text and not text.isdigit() else "шт"
