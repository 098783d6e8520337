"""Orders as the till sells them: what the order server says of each position, with what the dictionaries know of it.

Name, price and quantity are the order's. Unit, group, tax, age and hours are those of the dictionaries; of goods that
they do not know the order itself has to tell. Of two kinds, or two minimum prices, the stricter one counts.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, Protocol

from msgspec.structs import replace

from cashier.core.catalogue import ADULT, MARKED_KINDS, Kind, Product
from cashier.core.effects import FetchOrder
from cashier.core.events import OrderFetched
from cashier.core.money import ZERO, Kopecks, from_roubles
from cashier.core.orders import Order, OrderLine
from cashier.core.quantity import ONE, Thousandths
from cashier.ports import NoAnswerError
from cashier.remote.errors import LateError, UnreachableError
from cashier.remote.orders import BusyError, Document, MissingError, Number, Position, UnreadableError
from cashier.store.connect import StoreError

log = logging.getLogger("cashier")

BREATH: Final = 50
"""Positions that are looked up before the screen has its turn again."""

LONGEST: Final = 200
"""Characters of a name at most (`tmc.name`)."""

_KINDS: Final = {
    "alcohol": Kind.ALCOHOL,
    "alcohol_set": Kind.ALCOHOL_SET,
    "tobacco": Kind.TOBACCO,
    "shoes": Kind.SHOES,
    "medicinal": Kind.MEDICINE,
    "protectivemeans": Kind.PROTECTIVE,
    "markedgoods": Kind.MARKED,
    "draftbeer": Kind.DRAFT_BEER,
}
"""Words of online receipts (domain/artix.md 5.1)."""

_OF_ADULTS: Final = frozenset({Kind.ALCOHOL, Kind.ALCOHOL_SET, Kind.TOBACCO, Kind.DRAFT_BEER})
"""Kinds that the law sells to adults alone, where no dictionary says so."""

_STRICTNESS: Final = {kind: (kind in MARKED_KINDS, kind in _OF_ADULTS, kind is not Kind.PLAIN) for kind in Kind}
"""What a kind demands, the most important first: a mark, an age, anything at all."""

_NO: Final = frozenset({"", "0", "false", "none", "no"})


class Server(Protocol):
    """Who gives orders out."""

    async def get(self, number: str, /) -> Document:
        """Return the document, or raise `NoAnswerError`."""
        ...


class Goods(Protocol):
    """What the shop sells."""

    def by_code(self, code: str, now: datetime, /) -> Product | None:
        """Find goods by their inventory code."""
        ...

    def by_barcode(self, barcode: str, now: datetime, /) -> tuple[Product, ...]:
        """Find all goods of a barcode."""
        ...


async def _never(_number: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Ordering:
    """Fetches orders."""

    server: Server
    goods: Goods
    clock: Callable[[], datetime]
    returning: Callable[[str], Awaitable[bool]] = _never
    """Whether the word that gives an order back is still to be delivered: asked for before that it would be lost."""

    async def __call__(self, asked: FetchOrder) -> OrderFetched:
        """Ask for an order and put it together; whatever comes of it is an answer."""
        try:
            if await self.returning(asked.number):
                return OrderFetched(asked.token, "returning")
            document = await self.server.get(asked.number)
            order = await self._order(asked.number, document)
        except MissingError:
            return OrderFetched(asked.token, "missing")
        except (UnreadableError, ValueError) as error:
            log.warning("order not readable: %s", error)
            return OrderFetched(asked.token, "unreadable")
        except BusyError:
            return OrderFetched(asked.token, "busy")
        except (NoAnswerError, StoreError) as error:
            log.warning("order: %s", error)
            return OrderFetched(asked.token, "silent" if _is_sent(error) else "down")
        return OrderFetched(asked.token, "found", order)

    async def _order(self, number: str, document: Document) -> Order:
        """Put an order together.

        Raises:
            ValueError: a number in it is none, or goods have neither code nor barcode.
        """
        lines: list[OrderLine] = []
        for place, position in enumerate(document.positions):
            if place and place % BREATH == 0:
                await asyncio.sleep(0)
            lines.append(self._line(position))
        return Order(number, _text(document.identifier), tuple(lines), dont_change=_flag(document.dont_change))

    def _line(self, own: Position) -> OrderLine:
        known = self._known(_text(own.code), _text(own.barcode))
        product = known or _unknown(own)
        priced = replace(
            product,
            name=_text(own.name) or product.name,
            price=_roubles(own.price),
            barcode=_text(own.barcode) or product.barcode,
            min_price=max(product.min_price, _roubles(own.minprice)),
            alternatives=(),
            quantity=ONE,
        )
        return OrderLine(_strict(priced, _kind(own.tmctype)), _quantity(own.quant), known=known is not None)

    def _known(self, code: str, barcode: str) -> Product | None:
        """Find goods by their code, under the order's barcode where they have it: the kind is a barcode's.

        A code nobody knows, as one that lost its zeros, leaves the barcode to tell, if only one article has it.
        """
        now = self.clock()
        of_barcode = self.goods.by_barcode(barcode, now) if barcode else ()
        named = [own for own in of_barcode if own.code == code or not code]
        if named:
            return named[0]
        of_code = self.goods.by_code(code, now) if code else None
        return of_code or (of_barcode[0] if len({own.code for own in of_barcode}) == 1 else None)


def _is_sent(error: NoAnswerError | StoreError) -> bool:
    """Tell whether the server may have heard the request and nobody has heard its answer."""
    return isinstance(error, LateError | UnreachableError) and error.sent


def _strict(product: Product, told: Kind) -> Product:
    """Give goods the stricter of their kind and the one the order tells, with the age that goes with that."""
    kind = max(product.kind, told, key=lambda own: _STRICTNESS[own])
    return replace(product, kind=kind, min_age=max(product.min_age, ADULT if told in _OF_ADULTS else 0))


def _unknown(own: Position) -> Product:
    """Make goods of what the order says of them.

    Raises:
        ValueError: neither code nor barcode.
    """
    code = _text(own.code) or _text(own.barcode)
    if not code:
        raise ValueError(own)
    return Product(
        code,
        code,
        ZERO,
        unit=_text(own.measurename) or "шт",
        fractional=_flag(own.isfractionalmeasure),
        vat=_vat(own.vatrate),
    )


def _kind(word: Number) -> Kind:
    """Read a kind of goods: its word, or its number; what nobody knows is plain."""
    text = _text(word).lower()
    numbers = {str(kind.value): kind for kind in Kind}
    return _KINDS.get(text) or numbers.get(text) or Kind.PLAIN


def _vat(percent: Number) -> int | None:
    """Read a rate in hundredths of a percent; below zero, as some write it, is without VAT.

    Raises:
        ValueError: no number.
    """
    rate = None if percent is None else _decimal(percent)
    return None if rate is None or rate < 0 else int(rate * 100)


def _text(value: Number) -> str:
    """Write a value as one line of printable characters."""
    text = "" if value is None else str(value)
    return "".join(own if own.isprintable() else " " for own in text).strip()[:LONGEST]


def _flag(value: bool | Number) -> bool:  # noqa: FBT001 - what servers write, not how the call is meant
    return str(value).strip().lower() not in _NO


def _roubles(value: Number) -> Kopecks:
    """Read a price; none is zero, which nothing is sold at.

    Raises:
        ValueError: no number.
    """
    return ZERO if value is None else from_roubles(value)


def _quantity(value: Number) -> Thousandths:
    """Read a quantity; none is zero.

    Raises:
        ValueError: no number, or finer than a thousandth.
    """
    thousandths = _decimal(0 if value is None else value) * 1000
    if thousandths != int(thousandths) or abs(thousandths) > 10**12:
        raise ValueError(value)
    return Thousandths(int(thousandths))


def _decimal(value: float | str) -> Decimal:
    try:
        read = Decimal(str(value).strip())
    except ArithmeticError:
        raise ValueError(value) from None
    # A comparison, not `abs`: that overflows where the exponent is absurd.
    if not read.is_finite() or not -(10**12) <= read <= 10**12:
        raise ValueError(value)
    return read
