"""A shop that takes orders: its orders, and a hand that asks for them."""

from typing import Any, Final, Literal, Self

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.catalogue import Product
from cashier.core.effects import FetchOrder
from cashier.core.events import OrderFetched, OrderFound
from cashier.core.gate import Gate
from cashier.core.ledger import fold
from cashier.core.modes import MENU
from cashier.core.money import Kopecks
from cashier.core.orders import DESTINATION, Order, OrderLine
from cashier.core.quantity import ONE, Thousandths
from cashier.core.receipt import Line
from cashier.core.rights import CASHIER, Right
from cashier.core.state import Rules
from tests.core.goods import APPLES, BREAD, IVANOVA
from tests.gates.marked import KEFIR, UNASKED, Shop, gate

NUMBER: Final = "1001"
ROW: Final = ("f10", *("down",) * MENU.index("menu_order"), "enter")
CHEAP_BREAD: Final = replace(BREAD, name="Хлеб по заказу", price=Kopecks(4000))
CHEAP_KEFIR: Final = replace(KEFIR, name="Кефир по заказу", price=Kopecks(8000))


def of(product: Product, quantity: int = ONE) -> OrderLine:
    """Make a position of an order."""
    return OrderLine(product, Thousandths(quantity))


PLAIN: Final = Order(NUMBER, "d-1", (of(CHEAP_BREAD, 2000), of(APPLES, 745)))
"""Nothing in it is sold by mark."""
MARKED: Final = Order(NUMBER, "d-1", (of(CHEAP_BREAD), of(CHEAP_KEFIR, 2000)))
"""Bread, and two packs of kefir that wait for their marks."""
WHOLE: Final = replace(MARKED, dont_change=True)

Outcome = Literal["found", "missing", "busy", "down", "silent", "unreadable", "returning", "off"]


class OrderShop(Shop):
    """One till that takes orders."""

    @classmethod
    def behind(cls, *gates: Gate, marks: bool = True, **rules: Any) -> Self:
        """Start with gates of one's own."""
        rights = dict.fromkeys(Right, CASHIER)
        own = Rules(gates=gates, reads_marks=marks, rights=rights, orders=True, **rules)
        return cls.signed_in(rules=own)

    @classmethod
    def having(cls, order: Order = PLAIN, *gates: Gate) -> Self:
        """Start with an order that came in."""
        return cls.behind(*(gates or (gate(UNASKED),))).wants().come(order)

    def wants(self, number: str = NUMBER) -> Self:
        """Ask for an order by its number."""
        return self.press(*ROW).write(number).press("enter")

    @property
    def order_token(self) -> str:
        """Token of the order asked for last."""
        asked = [fact for fact in self.facts if isinstance(fact, f.OrderAsked)]
        return asked[-1].token

    def come(self, order: Order = PLAIN) -> Self:
        """Let the server give the order out."""
        return self.give(OrderFetched(self.order_token, "found", order))

    def give_age(self, age: int) -> Self:
        """Let a date of birth have said how old the buyer is."""
        fact = f.AgeConfirmed(self.receipt.identifier, age, "2026-11-21T12:00:00", IVANOVA, entered=True)
        self.till = replace(self.till, ledger=fold(self.till.ledger, (fact,)))
        return self

    def fail(self, outcome: Outcome) -> Self:
        """Let the server not give it out."""
        return self.give(OrderFetched(self.order_token, outcome))

    def restarted(self) -> "OrderShop":
        """Start the till again; the house finds an order that was asked for."""
        other = super().restarted()
        again = OrderShop(rules=self.rules, ledger=other.till.ledger)
        again.__dict__.update(other.__dict__)
        if again.till.ledger.ordering:
            again.give(OrderFound())
        return again

    @property
    def returns(self) -> list[str]:
        """Numbers of the orders given back, in order; a message worded twice goes out once."""
        told = [fact for fact in self.facts if isinstance(fact, f.MessageQueued) and fact.destination == DESTINATION]
        return [fact.key for fact in {fact.identifier: fact for fact in told}.values()]

    @property
    def ordered(self) -> tuple[Line, ...]:
        """Lines of the open receipt that came with orders."""
        return tuple(line for line in self.receipt.lines if line.order)

    @property
    def fetches(self) -> bool:
        """The latest input asked the order server."""
        return any(isinstance(effect, FetchOrder) for effect in self.effects)
