"""Which of the prices of an item is the one it is sold at, and which others it may be sold at."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

from cashier.core.money import Kopecks
from cashier.store.connect import kopecks_out


class Scope(IntEnum):
    """What `prices.key` names."""

    ITEM = 0
    BARCODE = 1
    EITHER = 2
    """AIF `addPrice`: a barcode or the code of the item."""


class Price(NamedTuple):
    """A row of `prices`."""

    key: str
    scope: int
    promo: int
    datefrom: str
    dateto: str
    price: float
    minprice: float | None


def live(rows: Iterable[Price], now: datetime) -> list[Price]:
    """Return the prices whose interval holds this moment."""
    moment = now.replace(tzinfo=None).isoformat(timespec="seconds")
    return [row for row in rows if row.datefrom <= moment and (not row.dateto or moment <= row.dateto)]


def own_prices(rows: Iterable[Price], barcode: str) -> list[Price]:
    """Order live prices of an item, the one it is sold at first: of the barcode, promotional, of a later start.

    The rule is domain/ukm5.md 6.2. A price of another barcode of the item is none of these.
    """
    own = [row for row in rows if row.scope != Scope.BARCODE or row.key == barcode]
    return sorted(own, key=lambda row: (_is_of(row, barcode), row.promo, row.datefrom), reverse=True)


def alternatives(rows: Sequence[Price], listed: Collection[float], price: float | None) -> tuple[Kopecks, ...]:
    """Return the other prices that an item may be sold at, in order.

    They are those the trade system lists, and in УКМ 5 the price of the item and of each barcode that holds the same
    quantity (domain/ukm5.md 4.3): one for each of them, by the rule of `own_prices`, for what that one supersedes is
    no price any more. AIF lists its own (`additionalprices`), so `addPrice` makes none.

    Args:
        rows: live prices.
        listed: those the trade system lists, in roubles.
        price: the one the item is sold at, in roubles.
    """
    if not {row.price for row in rows}.union(listed) - {price}:
        return ()
    best: dict[tuple[str, int], Price] = {}
    for row in sorted(rows, key=lambda row: (row.promo, row.datefrom)):
        best[row.key, row.scope] = row
    amounts = {row.price for row in best.values() if row.scope != Scope.EITHER}
    return tuple(sorted(kopecks_out(amount) for amount in amounts.union(listed) - {0, price}))


def _is_of(row: Price, barcode: str) -> bool:
    return row.scope != Scope.ITEM and row.key == barcode
