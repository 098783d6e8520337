"""Sale receipts that goods come back by: those of this till by its own documents, the others by the cash server.

What came back is what this till knows of its own returns, and what the server knows of all others (spec R6).
"""

import asyncio
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol
from uuid import UUID

from msgspec.structs import replace

from cashier.core.catalogue import Product
from cashier.core.effects import FindSale
from cashier.core.events import SaleFound
from cashier.core.money import Kopecks
from cashier.core.quantity import ONE
from cashier.core.sales import Sale, SaleHead, SoldLine, Wanted
from cashier.ports import NoAnswerError
from cashier.remote.receipts import Known, Told, Word
from cashier.store.connect import StoreError
from cashier.store.past_sales import Back, Instead, PastSales

log = logging.getLogger("cashier")

BREATH: Final = 50
"""Lines that are looked up before the screen has its turn again."""

QUICK: Final = 2.0
"""Seconds at most for what the server knows besides of a sale that was found here."""

LONGEST: Final = 64
"""Signs of an identifier at most."""

_GUID: Final = re.compile("[0-9a-f]{32}", re.IGNORECASE)

_Here = Sale | Instead | Word

_FIRST: Final[tuple[Instead | Word, ...]] = ("open", "cancelled", "unreadable", "no_sale", "other_shop")
"""What is said where several receipts were found and none to go by."""


class Server(Protocol):
    """Who knows the receipts of all tills."""

    @property
    def deadline(self) -> float:
        """Seconds that the cashier waits for it."""
        ...

    async def find(self, query: Mapping[str, str | int], known: Known, deadline: float, /) -> tuple[Told | Word, ...]:
        """Return what it has, or raise `NoAnswerError`."""
        ...


class Goods(Protocol):
    """What the shop sells."""

    def by_code(self, code: str, now: datetime, /) -> Product | None:
        """Find goods by their inventory code."""
        ...

    def by_barcode(self, barcode: str, now: datetime, /) -> tuple[Product, ...]:
        """Find all goods of a barcode."""
        ...


@dataclass(frozen=True, slots=True)
class Seeking:
    """Finds sale receipts."""

    documents: Path
    shop: str
    till: str
    goods: Goods
    clock: Callable[[], datetime]
    server: Server | None = None
    """None where no address is set."""

    async def __call__(self, asked: FindSale) -> SaleFound:
        """Look a receipt up; whatever comes of it is an answer."""
        try:
            found = await self._found(_plain(asked.wanted, self.till))
        except StoreError as error:
            log.warning("sale receipt: %s", error)
            found = SaleFound("", "unreadable")
        except Exception:
            log.exception("sale receipt")
            found = SaleFound("", "unreadable")
        return replace(found, token=asked.token)

    async def _found(self, wanted: Wanted) -> SaleFound:
        if wanted.date and not wanted.number:
            heads = await asyncio.to_thread(self._day, wanted.date)
            return SaleFound("", "several", heads=heads) if heads else SaleFound("", "missing")
        if not (wanted.identifier or wanted.number):
            return SaleFound("", "missing")
        here = await asyncio.to_thread(self._here, wanted)
        sales = {own.identifier.casefold(): own for own in here if isinstance(own, Sale)}
        words = [own for own in here if not isinstance(own, Sale)]
        if self.server and (wanted.date or not words):
            told = await self._told(self.server, wanted, tuple(sales.values()))
            if told is None:
                return SaleFound("", "silent")
            words += [own for own in told if not isinstance(own, Told)]
            sales = await self._together(sales, [own for own in told if isinstance(own, Told)])
        match tuple(sales.values()):
            case ():
                return SaleFound("", next((own for own in _FIRST if own in words), "missing"))
            case (sale,):
                return SaleFound("", "found", await self._as_allowed(sale))
            case several:
                return SaleFound("", "several", heads=_heads(several))

    def _day(self, date: str) -> tuple[SaleHead, ...]:
        with closing(PastSales(self.documents)) as past:
            return past.of_day(date)

    def _here(self, wanted: Wanted) -> list[_Here]:
        """Look into the till's own documents; from a thread."""
        with closing(PastSales(self.documents)) as past:
            found: Iterable[Sale | Instead]
            if wanted.identifier:
                found = [past.of(wanted.identifier)]
            elif wanted.date:
                found = past.dated(wanted.date, wanted.number)
            else:
                found = [past.numbered(wanted.shift, wanted.number, wanted.till, own=wanted.till == self.till)]
        return [self._judged(own) for own in found if own != "missing"]

    def _judged(self, own: Sale | Instead) -> _Here:
        return "other_shop" if isinstance(own, Sale) and own.shop not in {"", self.shop} else own

    async def _told(self, server: Server, wanted: Wanted, sales: tuple[Sale, ...]) -> tuple[Told | Word, ...] | None:
        """Ask the server what it knows, besides or at all; None for silence that leaves the cashier without answer."""
        deadline = min(server.deadline, QUICK) if sales else server.deadline
        if sales and not wanted.date:
            wanted = Wanted(sales[0].identifier)
        try:
            found = await server.find(self._query(wanted), self._known, deadline)
        except NoAnswerError as error:
            log.warning("sale receipt: %s", error)
            return () if sales else None
        return tuple(own for own in found if not isinstance(own, Told) or _fits(own.sale, wanted))

    def _query(self, wanted: Wanted) -> dict[str, str | int]:
        if wanted.identifier:
            return {"identifier": wanted.identifier}
        if wanted.date:
            return {"date": wanted.date, "number": wanted.number}
        return {"shopcode": self.shop, "cashcode": wanted.till, "shift": wanted.shift, "number": wanted.number}

    async def _together(self, sales: dict[str, Sale], told: list[Told]) -> dict[str, Sale]:
        """Put what is known here and there together; of its own returns the till knows more than the server."""
        known = await asyncio.to_thread(self._backs, [own.sale.identifier for own in told])
        for own in {own.sale.identifier.casefold(): own for own in told}.values():
            name = own.sale.identifier
            sale = sales.get(name.casefold()) or known[name].on(own.sale)
            sales = {**sales, name.casefold(): own.back(but=known[name].returns).on(sale)}
        return sales

    def _backs(self, names: list[str]) -> dict[str, Back]:
        """Tell what came back here of sales; from a thread."""
        with closing(PastSales(self.documents)) as past:
            return {name: past.back(name) for name in names}

    async def _as_allowed(self, sale: Sale) -> Sale:
        """Let the dictionaries say which goods may come back now; what they do not know may."""
        lines: list[SoldLine] = []
        for place, line in enumerate(sale.lines):
            if place and place % BREATH == 0:
                await asyncio.sleep(0)
            known = self.goods.by_code(line.product.code, self.clock())
            is_allowed = known is None or known.refund_allowed
            lines.append(replace(line, product=replace(line.product, refund_allowed=is_allowed)))
        return replace(sale, lines=tuple(lines))

    def _known(self, code: str, barcode: str) -> Product | None:
        """Find goods by their code, under the receipt's barcode where they have it: the kind is a barcode's.

        A code nobody knows leaves the barcode to tell, if only one article has it.
        """
        now = self.clock()
        of_barcode = self.goods.by_barcode(barcode, now) if barcode else ()
        named = [own for own in of_barcode if own.code == code]
        of_code = named[0] if named else (self.goods.by_code(code, now) if code else None)
        found = of_code or (of_barcode[0] if len({own.code for own in of_barcode}) == 1 else None)
        return found and replace(found, quantity=ONE)


def _plain(wanted: Wanted, till: str) -> Wanted:
    """Write what may have been typed by hand as documents have it; a GUID with blanks, capitals or no dashes is one."""
    typed = wanted.identifier.strip()
    if typed:
        bare = "".join(typed.split()).replace("-", "")
        name = str(UUID(bare)) if _GUID.fullmatch(bare) else typed
        return Wanted(name if name.isprintable() and len(name) <= LONGEST else "")
    asked = wanted.till.strip()
    return replace(wanted, identifier="", till=asked.lstrip("0") or till)


def _fits(sale: Sale, wanted: Wanted) -> bool:
    """Tell whether a receipt is what was asked for: nothing comes back by another one."""
    if wanted.identifier:
        return sale.identifier.casefold() == wanted.identifier.casefold()
    if wanted.date:
        return sale.number == wanted.number
    return (sale.till, sale.shift, sale.number) == (wanted.till, wanted.shift, wanted.number)


def _heads(sales: Iterable[Sale]) -> tuple[SaleHead, ...]:
    """List sales, the newest first."""
    heads = (
        SaleHead(
            own.identifier,
            own.till,
            own.shift,
            own.number,
            own.at,
            Kopecks(sum(line.sum for line in own.lines)),
            is_back=not any(line.left for line in own.lines),
        )
        for own in sales
    )
    return tuple(sorted(heads, key=lambda own: own.at, reverse=True))
