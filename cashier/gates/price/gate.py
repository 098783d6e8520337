"""The gate: at which price a line enters, and which minimum holds for it.

It comes after marked goods: what the mask captured of the mark stands on the line by then.
"""

from typing import Final

from msgspec.structs import replace

from cashier.core.catalogue import Kind
from cashier.core.gate import Ask, Asked, Choice, Enter, Pass, Picked, Question, Refuse
from cashier.core.max_price import max_price, names_max_price
from cashier.core.money import ZERO, Kopecks
from cashier.core.receipt import DocumentType, Line
from cashier.core.rights import Errand
from cashier.core.say import Say, Sum, say
from cashier.gates.entering import EnteringGate
from cashier.gates.price._legal import LegalKind, legal_minimum
from cashier.gates.price._rule import Prices, allowed

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
        if asked.before or asked.receipt.kind is DocumentType.RETURN_BY_RECEIPT:
            return Pass(line)
        legal = self._legal(asked)
        if not self._is_ruled(line):
            return self._at(asked, line.price, line.min_price, legal)
        most = max_price(dict(line.properties))
        prices = allowed(line.product.price, line.product.min_price, line.product.alternatives, most)
        rows = tuple(own for own in prices.rows if own >= legal)
        match asked.answer:
            case Picked(value) if int(value) in rows:
                return self._at(asked, Kopecks(int(value)), prices.floor, legal)
            case _ if len(rows) > 1:
                return _ask(line, rows, most)
            case _ if rows:
                return self._at(asked, rows[0], prices.floor, legal)
            case _:
                return _unsaleable(line, prices, legal)

    def _is_ruled(self, line: Line) -> bool:
        """Tell whether the price of a line goes by its mark (spec T6)."""
        tobacco = self.marks and line.product.kind is Kind.TOBACCO
        return tobacco or names_max_price(dict(line.properties))

    def _legal(self, asked: Asked) -> Kopecks:
        """Return the lowest lawful price of what is sold; what comes back was sold already."""
        if asked.receipt.kind is not DocumentType.SALE:
            return ZERO
        carton = "price" in dict(asked.line.properties)
        return legal_minimum(self.legal, asked.line.product, asked.at.date(), carton=carton)

    def _at(self, asked: Asked, price: Kopecks, floor: Kopecks, legal: Kopecks) -> Pass | Refuse:
        """Let a line in at a price, if the law does."""
        line = asked.line
        if price < legal:
            return _unlawful(line, price, legal)
        return Pass(replace(line, price=price, min_price=max(floor, legal)))


def _ask(line: Line, rows: tuple[Kopecks, ...], most: Kopecks | None) -> Ask:
    own = line.product.price
    remarks = {own: say("price_of_catalogue")}
    choices = tuple(Choice(str(price), say("price", price=Sum(price)), remarks.get(price)) for price in rows)
    named = say("price_item", name=line.product.name, price=Sum(most)) if most else _unread(line)
    chosen = rows.index(own) if own in rows else 0
    return Ask(Question(say("price_choose"), (named,), choices, chosen, errand=Errand.CHOOSE_PRICE))


def _unread(line: Line) -> Say:
    return say("price_item_unread", name=line.product.name)


def _unsaleable(line: Line, prices: Prices, legal: Kopecks) -> Refuse:
    """No price is left: the law forbids all of them, or the dictionary's own is below its minimum."""
    if prices.rows:
        return _unlawful(line, prices.rows[-1], legal)
    reason = say(
        "price_below_minimum", name=line.product.name, price=Sum(line.product.price), minimum=Sum(prices.floor)
    )
    return Refuse(reason, say("price_below_minimum_advice"))


def _unlawful(line: Line, price: Kopecks, legal: Kopecks) -> Refuse:
    reason = say("price_below_legal", name=line.product.name, price=Sum(price), minimum=Sum(legal))
    return Refuse(reason, say("price_below_legal_advice"))
