"""Whatever happens, an order is held by a receipt, sold, or given back; and its lines keep their prices (spec S9)."""

from typing import ClassVar, cast

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.catalogue import Product
from cashier.core.events import OrderFetched
from cashier.core.facts import MessageQueued
from cashier.core.money import Kopecks
from cashier.core.orders import DESTINATION, Order, Returned
from tests.core.goods import BANNED, BREAD
from tests.gates.marked import KEFIR, WATER, Shop
from tests.gates.ordered import OrderShop, Outcome, of
from tests.gates.test_marked_goods_property import Market

OFF = 100
"""Kopecks by which each order's price is below the catalogue's."""


def cheaper(product: Product) -> Product:
    """Give goods the price of an order."""
    return replace(product, price=Kopecks(product.price - OFF))


BOOK = {
    "1": Order("1", "d-1", (of(cheaper(KEFIR), 2000), of(cheaper(BREAD), 3000))),
    "2": Order("2", "d-2", (of(cheaper(WATER)),), dont_change=True),
    "3": Order("3", "d-3", (of(cheaper(BREAD)), of(BANNED))),
}
"""Orders by their numbers: one goes as a whole, one cannot be sold."""


class OrderMarket(Market):
    """The same market, with an order server."""

    shops: ClassVar[type[Shop]] = OrderShop

    def __init__(self) -> None:
        super().__init__()
        self.out: set[str] = set()
        """Identifiers of the orders that the server has given out and not got back."""
        self.returned = 0

    @property
    def own_shop(self) -> OrderShop:
        """The shop, as one that takes orders."""
        return cast("OrderShop", self.shop)

    @property
    def messages(self) -> list[MessageQueued]:
        """What the outbox has had for the order server; one that was worded twice goes out once."""
        told = [fact for fact in self.shop.facts if isinstance(fact, MessageQueued) and fact.destination == DESTINATION]
        return list({fact.identifier: fact for fact in told}.values())

    @rule(number=st.sampled_from(sorted(BOOK)))
    @precondition(lambda self: self.selling)
    def wants_an_order(self, number: str) -> None:
        """Type the number of an order."""
        self.own_shop.wants(number)
        self._close_popup()

    @rule(number=st.sampled_from(sorted(BOOK)))
    @precondition(lambda self: self.selling)
    def gets_an_order(self, number: str) -> None:
        """Type the number of an order, and the server is quick."""
        self.wants_an_order(number)
        self.order_comes("found")

    @rule(outcome=st.sampled_from(["found", "silent", "down", "busy"]))
    @precondition(lambda self: self.shop.till.ledger.ordering)
    def order_comes(self, outcome: Outcome) -> None:
        """Let the server give the order out, or not; the answer may be lost. One on its way back is not asked for."""
        asked = self.shop.till.ledger.ordering
        if asked is None:
            return
        order = BOOK[asked.number]
        if any(message.key == order.number for message in self.messages[self.returned :]):
            outcome = "returning"
        words = len(self.messages)
        answer = OrderFetched(asked.token, outcome, order if outcome == "found" else None)
        self.out |= {order.identifier} if answer.given else set()
        self.shop.give(answer)
        assert answer.given or len(self.messages) == words
        self._close_popup()

    @rule()
    @precondition(lambda self: isinstance(self.shop.till.mode, m.Ordering))
    def waits_no_longer(self) -> None:
        """Press Esc."""
        self.shop.press("escape")

    @rule()
    @precondition(lambda self: self.shop.till.ledger.ordering)
    def power_goes_after_the_order_was_given_out(self) -> None:
        """Cut the power between the server's answer and the till."""
        asked = self.shop.till.ledger.ordering
        self.out |= {BOOK[asked.number].identifier} if asked else set()
        self.power_goes("answer lost")

    @rule()
    @precondition(lambda self: len(self.messages) > self.returned)
    def order_goes_back(self) -> None:
        """Deliver one message to the order server; its order goes to anybody then."""
        body = msgspec.json.decode(self.messages[self.returned].body, type=Returned)
        self.out.discard(BOOK[body.number].identifier)
        self.returned += 1

    def comes_to_rest(self) -> None:
        """Let what was asked of the order server end, too."""
        if self.shop.till.ledger.ordering:
            self.order_comes("found")
        super().comes_to_rest()
        while len(self.messages) > self.returned:
            self.order_goes_back()
        assert self.shop.till.ledger.ordering is None
        assert self.out == self._held() | self._sold()

    def _held(self) -> set[str]:
        return {own.identifier for receipt in self._open() for own in receipt.taken}

    def _sold(self) -> set[str]:
        return {BOOK[number].identifier for receipt in self.closed.values() for number in receipt.orders}

    @invariant()
    def prices_are_kept(self) -> None:
        """Each line of an order costs what the order says, and no order is in two receipts."""
        receipts = self._open() if hasattr(self, "shop") else ()
        for receipt in (*receipts, *getattr(self, "closed", {}).values()):
            for line in receipt.lines:
                ordered = {own.product.code: own.product.price for own in BOOK[line.order].lines} if line.order else {}
                assert line.price == ordered.get(line.product.code, line.product.price)
        held = [own for receipt in receipts for own in receipt.orders]
        assert len(held) == len({BOOK[number].identifier for number in held})

    @invariant()
    def every_order_asked_for_has_one_end(self) -> None:
        """Each order that was asked for has come, was left, or is being waited for."""
        facts = self.shop.facts if hasattr(self, "shop") else []
        asked = [fact.token for fact in facts if isinstance(fact, f.OrderAsked)]
        ended = [fact.token for fact in facts if isinstance(fact, f.OrderTaken | f.OrderLeft)]
        waiting = self.shop.till.ledger.ordering if facts else None
        assert sorted(asked) == sorted([*ended, *([waiting.token] if waiting else [])])


OrderMarket.TestCase.settings = settings(
    max_examples=150, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestOrderMarket = OrderMarket.TestCase
