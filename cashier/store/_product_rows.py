"""From rows of the dictionaries to `Product`: flags of `op_mode`, kinds of goods, ages and taxes."""

from collections.abc import Sequence
from decimal import Decimal
from enum import IntFlag
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from cashier.core.catalogue import ADULT, Kind, Period, Product
from cashier.core.money import ZERO
from cashier.core.quantity import ONE, Thousandths
from cashier.store._price_rows import Price, alternatives, own_prices
from cashier.store.connect import kopecks_out

OLDEST: Final = 150
"""An age beyond it is none."""


class Option(IntFlag):
    """Bits of `tmc.op_mode` the till looks at (domain/artix.md 5.2)."""

    HIDDEN = 2
    NOT_FOR_SALE = 4
    NOT_FOR_REFUND = 8
    AGE = 32
    IGNORE_MARKING = 262144


class _Tax(msgspec.Struct):
    """One of `taxgroup.taxes`."""

    name: str | int | None = None
    rate: Decimal | None = None


_PERCENT: Final = 100
_VAT: Final = ("ндс", "vat")
_NO_TAX: Final = "без"


class Goods(NamedTuple):
    """A row of goods as they are found; an integrator may have put anything into its columns."""

    code: str
    name: str
    barcode: str
    unit: str
    fractional: int
    kind: int
    price: float | None
    minprice: float | None
    quantity: float
    group: str | None
    tax: str | None
    op_mode: int
    taxes: str | None
    age: object
    parent: str | None
    """Group above its own."""
    grandparent: str | None
    """Group above that one."""
    restricted: int
    """Whether it has periods; so on of the two below."""
    dated: int
    others: int


class Besides(NamedTuple):
    """What other rows than its own say of an item."""

    prices: Sequence[Price] = ()
    """Live ones, of the item and of its barcodes."""
    listed: Sequence[float] = ()
    """Other prices it may be sold at, in roubles."""
    above: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()


def product(row: Goods, besides: Besides) -> Product:
    """Build an item from a row of goods and what stands beside it; without a price it is found but cannot be sold."""
    options = Option(row.op_mode)
    own = own_prices(besides.prices, row.barcode)
    amount = own[0].price if own else row.price
    cost = kopecks_out(amount)
    # Zero is "not set", and a price that says no minimum leaves the one that stands behind it.
    floor = next((price.minprice for price in own if price.minprice), row.minprice)
    return Product(
        code=row.code,
        name=row.name,
        price=cost,
        barcode=row.barcode,
        unit=_unit(row.unit),
        fractional=bool(row.fractional),
        kind=Kind.PLAIN if Option.IGNORE_MARKING in options else Kind(row.kind),
        min_price=kopecks_out(floor),
        alternatives=alternatives(besides.prices, besides.listed, amount),
        quantity=ONE if row.fractional else Thousandths(round(float(row.quantity) * ONE)),
        group=row.group or "",
        above=besides.above,
        tax=row.tax or "",
        vat=vat(row.taxes or "[]"),
        sale_allowed=cost > ZERO and Option.NOT_FOR_SALE not in options,
        refund_allowed=Option.NOT_FOR_REFUND not in options,
        min_age=_age(row.age, options),
        periods=besides.periods,
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


def _age(said: object, options: Option) -> int:
    """Return the age that goods are sold from, as the dictionaries say; what kind of goods it is says nothing of it.

    Which goods are restricted is for the shop to set (seed ukm5-tobacco, its last sentence).
    """
    if not said:
        return ADULT if Option.AGE in options else 0
    return said if isinstance(said, int) and 0 < said <= OLDEST else ADULT


def _unit(text: str) -> str:
    return text if text and not text.isdigit() else "шт"
