"""The gates in the order of the till: restrictions, marked goods, price. The whole way of a pack of tobacco."""

from typing import Any

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.ledger import Ledger
from cashier.gates.marked_goods import Category
from cashier.gates.price import PriceGate
from cashier.plugins import gates_of
from cashier.settings import Settings
from tests.core.goods import BREAD
from tests.gates.marked import FREE, STRICT, UNASKED, gate, mark
from tests.gates.restricted import PACK, TONIC, Kiosk

AGE, BIRTH, PRICE = "age_title", "entry_birth", "price_choose"
SMOKES = mark(PACK, properties=(("mrc", "ADI8"),))
"""A pack whose greatest price is 199 roubles; in the dictionary it is 189, and 199 besides."""
OTHER = mark(PACK, "b", properties=(("mrc", "ADI8"),))


def kiosk(category: Category = UNASKED, **roles: Any) -> Kiosk:
    """Start with all three gates."""
    return Kiosk.open(gate(category), PriceGate(), marks=True, **roles)


def at_the_price(category: Category = STRICT) -> Kiosk:
    """Scan a pack, confirm the age, and let the server answer that it is free: the window of prices stands."""
    return kiosk(category).want(BREAD).take(SMOKES).press("enter").reply(FREE)


def test_order_of_the_till() -> None:
    """Given the settings with all of them on, then the gates stand in this order."""
    usual = Settings()
    every = replace(usual, plugins=replace(usual.plugins, markedgoods=True, restrictions=True, price=True))
    assert [own.name for own in gates_of(every, Ledger())] == ["restrictions", "marked_goods", "price", "returns"]
    without = replace(usual, plugins=replace(usual.plugins, restrictions=False))
    assert "restrictions" not in [own.name for own in gates_of(without, Ledger())]


class TestWholeWay:
    def test_mark_first(self) -> None:
        """Given a pack under the scanner, then the age is asked, then the price, and the line has all of it."""
        till = kiosk().take(SMOKES)
        assert till.asks == AGE
        assert till.press("enter").asks == PRICE
        till.press("2")
        assert till.wrote[:4] == ["ShiftOpened", "ReceiptOpened", "AgeConfirmed", "LineAdded"]
        assert (till.line.price, till.line.ki, till.receipt.age) == (19900, SMOKES.ki, 18)

    def test_barcode_first(self) -> None:
        """Given the barcode of a pack, then the age is asked before its mark is."""
        till = kiosk().scan(PACK.barcode)
        assert till.asks == AGE
        assert till.press("2").write("20112008").press("enter").asks == "mark_scan"
        assert till.take(SMOKES).asks == PRICE
        till.press("enter")
        assert (till.line.price, till.line.ki) == (18900, SMOKES.ki)
        assert till.answered_for == [(18, "Иванова", True)]

    def test_second_pack_asks_no_age(self) -> None:
        """Given a pack in the receipt, when another comes, then only its price is asked."""
        till = kiosk().take(SMOKES).press("enter", "enter").take(OTHER)
        assert till.asks == PRICE
        assert till.press("enter").names == ["Сигареты", "Сигареты"]

    def test_everything_may_be_another_s(self) -> None:
        """Given a shop where age and price are a senior's, then each asks for one, and each names the right."""
        till = kiosk(confirm_age=2, choose_price=2).take(SMOKES).press("enter").approve()
        assert till.asks == PRICE
        till.press("2")
        assert till.approving
        till.approve("9")
        assert (till.line.price, till.answered_for) == (19900, [(18, "Петров", False)])
        rights = [(own.right, own.by.name) for own in till.facts if isinstance(own, f.Approved)]
        assert rights == [("confirm_age", "Петров"), ("choose_price", "Сидорова")]


class TestStopped:
    def test_at_the_age(self) -> None:
        """Given a pack under the scanner, when the age is given up, then the server was not asked about its mark."""
        till = kiosk(STRICT).take(SMOKES).press("escape")
        assert (till.requests, till.facts[1:], till.asks) == ([], [], "")
        assert till.take(SMOKES).asks == AGE

    def test_too_young(self) -> None:
        """Given a buyer too young, then the mark is free, and may be sold to another one."""
        till = kiosk().take(SMOKES).press("2").write("21112008").press("enter", "escape")
        assert till.till.ledger.receipt is None
        assert till.take(SMOKES).press("enter", "enter").names == ["Сигареты"]

    def test_at_the_price_of_the_first_line(self) -> None:
        """Given the first line, when the price is given up, then there is no receipt, and nobody has answered."""
        till = kiosk().take(SMOKES).press("enter").press("escape")
        assert (till.till.ledger.receipt, till.facts[1:]) == (None, [])
        assert till.take(SMOKES).asks == AGE

    def test_at_the_price_of_a_later_line(self) -> None:
        """Given an open receipt, when the price is given up, then the buyer's age is known still."""
        till = at_the_price().press("escape")
        assert till.names == ["Хлеб"]
        assert till.answered_for == [(18, "Иванова", False)]
        assert till.want(TONIC).names == ["Хлеб", "Энергетик"]

    @pytest.mark.parametrize(("keys", "first"), [((), AGE), (("enter",), PRICE)])
    def test_power_cut(self, keys: tuple[str, ...], first: str) -> None:
        """Given a power cut at the age, then it is asked again; given one at the price, then the age is known."""
        till = kiosk().want(BREAD).take(SMOKES).press(*keys).cut()
        assert till.names == ["Хлеб"]
        assert till.take(SMOKES).asks == first
