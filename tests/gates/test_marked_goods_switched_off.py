"""The module switched off while it still holds something: it asks for nothing more and lets go of what it has."""

import json

import pytest
from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.catalogue import Product
from cashier.core.events import Answered, Reply
from cashier.core.state import Rules
from cashier.gates.marked_goods import MarkedGoodsGate
from tests.core.goods import BREAD
from tests.gates.marked import FREE, KEFIR, SMOKES, STRICT, WATER, Shop, gate, mark

FIRST, SECOND = mark(KEFIR), mark(WATER)


def off() -> MarkedGoodsGate:
    """The gate of a till whose settings say `markedgoods = off`."""
    return replace(gate(STRICT), asks=False)


def switched_off(shop: Shop) -> Shop:
    """End the till, switch the module off, start it again and sign in."""
    shop.rules = Rules(gates=(off(),), rights=shop.rules.rights)
    return shop.restarted().sign_in()


def held() -> Shop:
    """A receipt with two reserved marks and bread, begun before."""
    return switched_off(Shop.selling(STRICT).sell(FIRST).scan(BREAD.barcode).sell(SECOND))


class TestNothingIsAsked:
    @pytest.mark.parametrize("product", [KEFIR, SMOKES])
    def test_marked_goods_are_sold_as_any(self, product: Product) -> None:
        """Given the module off, when marked goods are scanned, then they are sold without a mark and without a word."""
        shop = held().scan(product.barcode)
        assert shop.till.mode == m.Selling()
        assert (shop.line.product.code, shop.line.mark) == (product.code, "")
        assert shop.requests == []

    def test_line_with_a_mark_goes_without_a_scan(self) -> None:
        """Given a line with its mark, when Del is pressed, then it goes at once without a scan and is released."""
        shop = held().press("end", "delete")
        assert shop.till.mode == m.Selling()
        assert (shop.marks, shop.sent) == ([FIRST.ki, ""], [("markReleased", SECOND.ki)])


class TestSeenToItsEnd:
    def test_sold(self) -> None:
        """Given reserved marks, when the receipt is paid, then the server hears that they are sold."""
        assert held().press("plus", "enter").sent == [("markSold", FIRST.ki), ("markSold", SECOND.ki)]

    def test_given_up(self) -> None:
        """Given reserved marks, when the receipt is given up, then both are released."""
        assert held().press("f4", "enter").sent == [("markReleased", FIRST.ki), ("markReleased", SECOND.ki)]

    @pytest.mark.parametrize(("answer", "marks"), [("RESERVED", [FIRST.ki]), ("SOLD", [])])
    def test_open_intent(self, answer: str, marks: list[str]) -> None:
        """Given a reserve nobody knows the outcome of, then it is asked for again, and its line follows the answer."""
        shop = switched_off(Shop.selling(STRICT).take(FIRST).reply(FREE))
        (again,) = shop.requests
        assert json.loads(again.body)["request"]["operation"] == "reserve"
        shop.give(Answered(again.token, Reply(answer)))
        assert (shop.marks, shop.till.ledger.intents) == (marks, ())
