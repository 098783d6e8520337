"""Orders that a till fetches from the stand-in cash server (interfaces.md, `[Orders]`), made of the demo's goods.

The form is that of a receipt made elsewhere (domain/artix.md 3.5); sums are roubles, quantities units.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from cashier.core.money import Kopecks, from_roubles
from cashier.core.quantity import Thousandths, cost
from cashier.demo.book import Book
from cashier.demo.goods import GOODS

CONTENTS: Final[Mapping[str, tuple[tuple[str, Thousandths], ...]]] = {
    "1001": (("1001", Thousandths(2000)), ("2001", Thousandths(1000)), ("2069", Thousandths(350))),
    "1002": (("1001", Thousandths(1000)), ("9001", Thousandths(1000)), ("9001", Thousandths(1000))),
    "1003": (("9101", Thousandths(1000)), ("6002", Thousandths(1000))),
}
"""Number → articles and quantities: plain goods; milk with marks; cigarettes, from 18 years on. Marks are scanned at
the till."""

_TYPES: Final = {3: "tobacco", 4: "shoes", 7: "markedgoods"}
"""`tmctype` in files → in orders (domain/artix.md 5.1)."""
_FRACTIONAL: Final = frozenset({166})
"""Codes of units that are weighed."""
_RATES: Final = {"10": 10, "22": 22}
"""Tax group → VAT in per cent."""


class Position(Struct, frozen=True, kw_only=True):
    """A line of an order; names and values as in domain/artix.md 3.5."""

    posnum: int
    code: str
    barcode: str
    name: str
    price: float
    minprice: float
    quant: float
    measure: int
    measurename: str
    isfractionalmeasure: bool
    vatcode: str = "301"
    vatrate: int
    vatsum: float
    dept: int = 1
    paymentmethod: int = 4
    paymentobject: int = 1
    taramode: int = 0
    tmctype: str
    excisemark: str = ""
    catalogcode: str = ""


class Order(Struct, frozen=True, rename="camel"):
    """An order of the order server."""

    identifier: str
    sum: float
    positions: tuple[Position, ...]
    dont_change: bool = True
    payments: tuple[()] = ()


class OrderState(Struct, frozen=True):
    """Where an order is."""

    number: str
    state: Literal["free", "taken"]


class Orders:
    """Orders for ever, and which of them a till has; to be asked for twice is no mistake."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def take(self, number: str) -> Order | None:
        """Give an order to a till; None: there is no such order."""
        if number not in CONTENTS:
            return None
        with self._book.transaction():
            self._book.run("INSERT OR IGNORE INTO orders_taken VALUES (?)", number)
        return document(number)

    def release(self, number: str) -> bool:
        """Take an order back, also one that nobody has; tell whether there is such an order."""
        with self._book.transaction():
            self._book.run("DELETE FROM orders_taken WHERE number = ?", number)
        return number in CONTENTS

    def all(self) -> list[OrderState]:
        """Return all orders."""
        with self._book.transaction():
            taken = {number for (number,) in self._book.run("SELECT number FROM orders_taken")}
        return [OrderState(number, "taken" if number in taken else "free") for number in CONTENTS]


def document(number: str) -> Order:
    """Return an order as a till reads it."""
    positions = tuple(_position(place, *line) for place, line in enumerate(CONTENTS[number], 1))
    total = sum(cost(_price(code), quantity) for code, quantity in CONTENTS[number])
    return Order(f"order-{number}", total / 100, positions)


def _position(place: int, code: str, quantity: Thousandths) -> Position:
    item = _items()[code]
    rate, total = _RATES[item["taxgroupcode"]], cost(_price(code), quantity)
    fractional = item["measurecode"] in _FRACTIONAL
    return Position(
        posnum=place,
        code=code,
        barcode=item["barcode"],
        name=item["name"],
        price=item["price"],
        minprice=item.get("minprice", 0.0),
        quant=quantity / 1000,
        measure=item["measurecode"],
        measurename="кг" if fractional else "шт",
        isfractionalmeasure=fractional,
        vatrate=rate,
        vatsum=round(total * rate / (100 + rate)) / 100,
        tmctype=_TYPES.get(item.get("tmctype", 0), "basic"),
    )


def _price(code: str) -> Kopecks:
    return from_roubles(_items()[code]["price"])


@cache
def _items() -> dict[str, dict[str, Any]]:
    """Read the articles of the demo, by code."""
    records = (msgspec.json.decode(line) for line in GOODS.read_bytes().splitlines() if line.startswith(b"{"))
    return {each["invent"]["inventcode"]: each["invent"] for each in records if each["command"] == "addInventItem"}
