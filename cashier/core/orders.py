"""Orders of an order server (spec S9): what comes in, which lines it becomes, and the word that gives it back.

Its goods were put aside elsewhere: their lines come in at once, keep the order's prices and pass no gate by coming in.
"""

from collections.abc import Callable
from typing import Final
from uuid import UUID, uuid5

import msgspec
from msgspec import Struct

from cashier.core.catalogue import Product
from cashier.core.facts import MessageQueued
from cashier.core.quantity import ONE, Thousandths
from cashier.core.receipt import Line, Receipt

DESTINATION: Final = "orders"

MOST_LINES: Final = 10_000
"""Positions of an order, and lines it becomes: more is a broken document."""

_NAMES: Final = UUID("b1c5a9de-6d0f-4c1b-9a53-3f5f0f0f7c62")
"""Message identifiers are named in it: the same message is never two, whoever words it."""


class OrderLine(Struct, frozen=True):
    """One position of an order."""

    product: Product
    """With the order's name and price; what the dictionaries know of the goods besides."""
    quantity: Thousandths
    known: bool = True
    """The dictionaries have the goods: a mark can be told to be theirs."""


class Order(Struct, frozen=True):
    """What the order server gave out under a number."""

    number: str
    identifier: str
    """Its own name for the document; empty where it says none."""
    lines: tuple[OrderLine, ...] = ()
    dont_change: bool = False
    """The order goes as a whole: no line of it is taken out, counted anew or made cheaper."""


class Returned(Struct, frozen=True):
    """Body of the message that gives an order back."""

    number: str
    receipt: str


WantsMark = Callable[[Product], bool]


def lines_of(order: Order, first: int, wants_mark: WantsMark) -> tuple[Line, ...]:
    """Return the lines an order becomes, from a position on; goods sold by mark become a line for each piece."""
    pieces = (own for own in order.lines for _ in range(_count(own, wants_mark)))
    return tuple(
        _line(order, position, own, marked=wants_mark(own.product)) for position, own in enumerate(pieces, first)
    )


def _line(order: Order, position: int, own: OrderLine, *, marked: bool) -> Line:
    product = own.product
    return Line(
        position,
        product,
        ONE if marked and not product.fractional else own.quantity,
        product.price,
        min_price=product.min_price,
        single=marked,
        order=order.number,
        fixed=order.dont_change,
    )


def count_of(order: Order, wants_mark: WantsMark) -> int:
    """Count the lines an order would become."""
    return sum(_count(own, wants_mark) for own in order.lines)


def _count(own: OrderLine, wants_mark: WantsMark) -> int:
    is_split = wants_mark(own.product) and not own.product.fractional
    return own.quantity // ONE if is_split else 1


def returned(number: str, receipt: str, token: str = "") -> MessageQueued:
    """Word the return of an order: of the one asked for under a token, else of the one the receipt held to its end."""
    body = msgspec.json.encode(Returned(number, receipt)).decode()
    identifier = str(uuid5(_NAMES, f"{token or receipt}/{number}"))
    return MessageQueued(identifier, DESTINATION, "orderReleased", body, key=number)


def given_up(receipt: Receipt) -> tuple[MessageQueued, ...]:
    """Give all orders back that came into a receipt which is given up."""
    return tuple(returned(number, receipt.identifier) for number in _taken(receipt))


def left_out(receipt: Receipt) -> tuple[MessageQueued, ...]:
    """Give those orders back of which nothing is sold with a receipt that is paid."""
    return tuple(returned(own, receipt.identifier) for own in _taken(receipt) if own not in receipt.orders)


def _taken(receipt: Receipt) -> tuple[str, ...]:
    return tuple(dict.fromkeys(own.number for own in receipt.taken))
