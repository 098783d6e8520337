"""Goods that stand in a receipt and may not be paid: nobody was asked about the buyer, or the clock has leapt."""

from datetime import timedelta

import pytest

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.receipt import DocumentType
from cashier.core.say import say
from cashier.core.state import Rules
from tests.core.goods import BREAD
from tests.core.hand import NOON
from tests.gates.restricted import BEER, ICE, RUM, TONIC, Kiosk, rules_of

BACK = NOON - timedelta(days=20)
NIGHT = NOON.replace(hour=23, minute=10)


def ungated() -> Kiosk:
    """Sell an energy drink and bread at a till without the gate, and start it again with it."""
    kiosk = Kiosk.signed_in(rules=Rules()).want(TONIC, BREAD)
    kiosk.rules = rules_of()
    return kiosk.cut()


class TestAge:
    def test_nobody_was_asked(self) -> None:
        """Given a receipt of a till without the gate, then it cannot be paid, and the line stands selected."""
        kiosk = ungated().press("plus")
        assert isinstance(kiosk.till.mode, m.Popup)
        assert kiosk.till.mode.reason == say("age_unanswered", name="Энергетик")
        assert (kiosk.advice, kiosk.wrote, kiosk.till.cursor) == ("sale_again_advice", [], 1)

    def test_sold_again(self) -> None:
        """Given the same, when the line is storno'd and wanted again, then the age is asked, and all is paid."""
        kiosk = ungated().press("plus", "escape", "delete").want(TONIC)
        assert kiosk.asks == "age_title"
        assert "ReceiptClosed" in kiosk.press("enter").cash().wrote

    def test_without_the_line(self) -> None:
        """Given the same, when the line is storno'd, then the rest is paid."""
        assert "ReceiptClosed" in ungated().press("plus", "escape", "delete").cash().wrote

    def test_another_line_that_asks(self) -> None:
        """Given the same, when the age is answered for with other goods, then the first ones may be paid too."""
        assert "ReceiptClosed" in ungated().want(BEER).press("enter").cash().wrote

    def test_age_of_the_line_counts(self) -> None:
        """Given a buyer of 18 and rum from 21 on that nobody asked about, then rum is named."""
        kiosk = Kiosk.signed_in(rules=Rules()).want(RUM)
        kiosk.rules = rules_of()
        kiosk = kiosk.cut().want(TONIC).press("enter", "plus")
        assert (kiosk.problem, kiosk.till.cursor) == ("age_unanswered", 1)

    def test_buyer_turns_out_too_young(self) -> None:
        """Given 18 by a word and then a date that says 17, then what came in by the word cannot be paid."""
        kiosk = Kiosk.open().want(BREAD, TONIC).press("enter").want(RUM).press("2").write("22112008")
        kiosk.press("enter", "escape", "plus")
        assert (kiosk.problem, kiosk.advice, kiosk.till.cursor) == ("age_unanswered", "sale_again_advice", 2)
        kiosk.press("escape", "delete").cash()
        assert kiosk.till.ledger.last is not None
        assert [line.product.name for line in kiosk.till.ledger.last.live] == ["Хлеб"]

    def test_returns(self) -> None:
        """Given goods that come back, then nobody's age is missed."""
        assert ungated().returning(DocumentType.RETURN).press("plus").problem == ""


class TestClock:
    def test_leap_after_the_line(self) -> None:
        """Given an energy drink in the receipt, when the clock leaps, then it cannot be paid before somebody looks."""
        kiosk = Kiosk.open().want(TONIC).press("enter").want(BREAD).at(BACK).press("plus")
        assert isinstance(kiosk.till.mode, m.Popup)
        assert kiosk.till.mode.reason == say("clock_unanswered", name="Энергетик")
        assert (kiosk.advice, kiosk.wrote, kiosk.till.cursor) == ("sale_again_advice", [], 1)

    def test_sold_again(self) -> None:
        """Given the same, when the line is storno'd and wanted again, then a senior answers, and all is paid."""
        kiosk = Kiosk.open().want(TONIC).press("enter").at(BACK).press("plus", "escape", "delete").want(TONIC)
        assert kiosk.asks == "clock_title"
        assert "ReceiptClosed" in kiosk.press("enter").approve().cash().wrote

    def test_goods_of_no_age(self) -> None:
        """Given ice alone, which the hours restrict, then its clock is doubted too; bread's is not."""
        assert Kiosk.open().want(ICE).at(BACK).press("plus").problem == "clock_unanswered"
        assert Kiosk.open().want(BREAD).at(BACK).press("plus").problem == ""

    @pytest.mark.parametrize("key", ["enter", "f2"])
    def test_leap_in_the_payment(self, key: str) -> None:
        """Given a payment nobody has paid of, when the clock leaps, then no money is taken."""
        kiosk = Kiosk.open().want(ICE, BREAD).press("plus").at(BACK).press(key)
        assert (kiosk.problem, kiosk.wrote, kiosk.till.cursor) == ("clock_unanswered", ["PaymentLeft"], 1)
        assert kiosk.happened(f.TenderTaken) == []

    def test_put_right(self) -> None:
        """Given the same, when the clock is put right, then the receipt is paid."""
        kiosk = Kiosk.open().want(ICE).at(BACK).press("plus", "escape").at(NOON + timedelta(minutes=1))
        assert "ReceiptClosed" in kiosk.cash().wrote

    def test_returns(self) -> None:
        """Given goods that come back, then the clock may be any."""
        kiosk = Kiosk.open().want(ICE).returning(DocumentType.RETURN).at(BACK).press("plus")
        assert kiosk.problem == ""


class TestOrder:
    def test_what_cannot_be_helped_comes_first(self) -> None:
        """Given hours, a clock and an age that all stand against it, then the hours are named, then the clock."""
        kiosk = Kiosk.signed_in(rules=Rules()).want(BEER)
        kiosk.rules = rules_of()
        kiosk = kiosk.cut().at(NIGHT - timedelta(days=20)).press("plus")
        assert (kiosk.problem, kiosk.advice) == ("sale_hours", "sale_hours_unpayable_advice")
        assert kiosk.press("escape").at(BACK).press("plus").problem == "clock_unanswered"
        assert kiosk.press("escape").at(NOON + timedelta(hours=1)).press("plus").problem == "age_unanswered"

    def test_first_line_is_named(self) -> None:
        """Given two lines that cannot be paid, then one is named after the other."""
        kiosk = Kiosk.signed_in(rules=Rules()).want(BREAD, BEER, TONIC)
        kiosk.rules = rules_of()
        kiosk = kiosk.cut().press("plus")
        assert kiosk.till.cursor == 2
        assert kiosk.press("escape", "delete", "plus").till.cursor == 3
