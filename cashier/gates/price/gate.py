"""The gate: at which price a line enters, and which minimum holds for it.

It comes after marked goods: what the mask captured of the mark stands on the line by then.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from cashier.core.catalogue import Kind, Product
from cashier.core.gate import Ask, Asked, Enter, Inquiry, Known, Pass, Refuse, Unpayable
from cashier.core.max_price import max_price, names_max_price
from cashier.core.money import ZERO, Kopecks
from cashier.core.quantity import ONE, cost
from cashier.core.question import Choice, Picked, Question
from cashier.core.receipt import DocumentType, Line, Receipt
from cashier.core.rights import Errand
from cashier.core.say import Say, Sum, say
from cashier.gates.entering import EnteringGate
from cashier.gates.price._known import known_of, known_of_pack
from cashier.gates.price._legal import LegalKind, legal_minimum
from cashier.gates.price._rule import Prices, prices_of

NAME: Final = "price"
"""Of the gate in facts."""


class PriceGate(EnteringGate, frozen=True):
    """The gate `price`; serves sales and returns without a receipt, one by receipt has the prices it was sold at."""

    marks: bool = True
    """Marks are asked for; else kinds of goods play no part (spec M1)."""
    legal: tuple[LegalKind, ...] = ()

    @property
    def name(self) -> str:
        """Name in facts and in `[plugins]`."""
        return NAME

    def enter(self, asked: Asked, /) -> Enter:
        """Settle the price of a line; more of one that stands costs what that does."""
        line = asked.line
        if line.is_late(asked.before) and asked.receipt.kind is not DocumentType.RETURN_BY_RECEIPT:
            return self._of_order(asked)
        if asked.before or asked.receipt.kind is DocumentType.RETURN_BY_RECEIPT:
            return Pass(line)
        legal = self._minimum(asked.receipt, line, asked.at)
        if not self._is_ruled(line):
            return _at(line, line.price, line.min_price, legal)
        prices, most = prices_of(line.product, dict(line.properties))
        if not prices.rows or prices.rows[-1] < legal:
            return _unsaleable(line, prices, legal)
        match asked.answer:
            case Picked(value) if int(value) in prices.rows and int(value) >= legal:
                return _at(line, Kopecks(int(value)), prices.floor, legal)
            case Picked(value) if int(value) in prices.rows:
                return _ask(line, prices.rows, most, legal, _below(line, Kopecks(int(value)), legal))
            case _ if len(prices.rows) > 1:
                return _ask(line, prices.rows, most, legal)
            case _:
                return _at(line, prices.rows[0], prices.floor, legal)

    def about(self, inquiry: Inquiry, /) -> Known:
        """Tell the prices that goods may be sold at: those of the pack if its mark was scanned, else all there are."""
        product, reading = inquiry.product, inquiry.reading
        properties = dict(reading.properties) if reading else {}
        legal = self._lawful(product, properties, inquiry.at)
        if reading is None or not (reading.accepted and self._goes_by_mark(product, properties)):
            return known_of(product, legal)
        return known_of_pack(product, *prices_of(product, properties), legal)

    def _of_order(self, asked: Asked) -> Pass | Refuse:
        """Keep the price of an order; a pack whose МРЦ is below it, or a price below the legal one, is refused."""
        line, most = asked.line, max_price(dict(asked.line.properties))
        if most is not None and line.price > most:
            above = say("order_above_max", name=line.product.name, price=Sum(line.price), most=Sum(most))
            return Refuse(above, say("order_above_max_advice"))
        floor = line.min_price if most is None else min(line.min_price, most)
        return _at(line, line.price, floor, self._minimum(asked.receipt, line, asked.at))

    def _is_ruled(self, line: Line) -> bool:
        """Tell whether the price of a line goes by its mark (spec T6)."""
        return self._goes_by_mark(line.product, dict(line.properties))

    def _goes_by_mark(self, product: Product, properties: Mapping[str, str]) -> bool:
        return (self.marks and product.kind is Kind.TOBACCO) or names_max_price(properties)

    def _minimum(self, receipt: Receipt, line: Line, at: datetime) -> Kopecks:
        """Return the lowest lawful price of a unit that is sold; what comes back was sold already."""
        if receipt.gives_back:
            return ZERO
        return self._lawful(line.product, dict(line.properties), at)

    def _lawful(self, product: Product, properties: Mapping[str, str], at: datetime) -> Kopecks:
        """Return the lowest lawful price of a unit; the code of a carton of tobacco has a price in kopecks (8005)."""
        if not self.legal:
            return ZERO
        carton = product.kind is Kind.TOBACCO and "price" in properties
        return legal_minimum(self.legal, product, at.date(), carton=carton)

    def unpayable(self, receipt: Receipt, at: datetime, _doubted: str, /) -> Unpayable | None:
        """Refuse the payment of a line that a new legal minimum has come over since it came in."""
        for line in receipt.live if self.legal else ():
            legal = self._minimum(receipt, line, at)
            if line.sum < cost(legal, line.quantity):
                unit = Kopecks(line.sum * ONE // line.quantity)
                return Unpayable(line.position, _below(line, unit, legal), say("sale_again_advice"))
        return None


def _at(line: Line, price: Kopecks, floor: Kopecks, legal: Kopecks) -> Pass | Refuse:
    """Let a line in at a price, if the law does."""
    if price < legal:
        return _unlawful(line, price, legal)
    return Pass(replace(line, price=price, min_price=max(floor, legal)))


def _ask(
    line: Line, rows: tuple[Kopecks, ...], most: Kopecks | None, legal: Kopecks, problem: Say | None = None
) -> Ask:
    """Offer all prices; one that the law forbids says so, and taken all the same it leaves the window as it is."""
    own = line.product.price
    choices = tuple(Choice(str(price), say("price", price=Sum(price)), _remark(price, own, legal)) for price in rows)
    name = line.product.name
    named = say("price_item", name=name, price=Sum(most)) if most else say("price_item_unread", name=name)
    chosen = next((row for row, price in enumerate(rows) if price >= max(own, legal)), len(rows) - 1)
    return Ask(Question(say("price_choose"), (named,), choices, chosen, errand=Errand.CHOOSE_PRICE, problem=problem))


def _remark(price: Kopecks, catalogue: Kopecks, legal: Kopecks) -> Say | None:
    if price < legal:
        return say("price_unlawful", minimum=Sum(legal))
    return say("price_of_catalogue") if price == catalogue else None


def _unsaleable(line: Line, prices: Prices, legal: Kopecks) -> Refuse:
    """No price is left: the law forbids all of them, or the dictionary's own is below its minimum."""
    if prices.rows:
        return _unlawful(line, prices.rows[-1], legal)
    price, minimum = Sum(line.product.price), Sum(prices.floor)
    reason = say("price_below_minimum", name=line.product.name, price=price, minimum=minimum)
    return Refuse(reason, say("price_below_minimum_advice"))


def _unlawful(line: Line, price: Kopecks, legal: Kopecks) -> Refuse:
    return Refuse(_below(line, price, legal), say("price_below_legal_advice"))


def _below(line: Line, price: Kopecks, legal: Kopecks) -> Say:
    return say("price_below_legal", name=line.product.name, price=Sum(price), minimum=Sum(legal))
