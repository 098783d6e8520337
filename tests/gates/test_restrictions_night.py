"""Hours at the till: goods are refused while they may not be sold, and what came in before cannot be paid."""

from datetime import datetime, timedelta

import pytest

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.receipt import DocumentType
from cashier.core.say import Moment, say
from tests.core.goods import BREAD
from tests.gates.restricted import BANNED, BEER, ICE, RUM, Kiosk

EVENING = datetime(2026, 11, 21, 22, 30)  # noqa: DTZ001 - shop's local time
NIGHT = EVENING + timedelta(minutes=40)


def evening() -> Kiosk:
    """Sell ice and bread in the evening."""
    return Kiosk.open().at(EVENING).want(ICE, BREAD)


class TestWanted:
    def test_refused_with_the_hour_it_ends(self) -> None:
        """Given the night, when ice is wanted, then it is refused, and the morning is named."""
        kiosk = Kiosk.open().at(NIGHT).want(ICE)
        assert isinstance(kiosk.till.mode, m.Popup)
        assert kiosk.till.mode.reason == say("sale_hours", name="Лёд")
        assert kiosk.till.mode.advice == say("sale_hours_advice", end=Moment("2026-11-22T08:00:00"))
        assert (kiosk.names, kiosk.wrote, kiosk.till.ledger.receipt) == ([], [], None)

    def test_last_second_and_first_one(self) -> None:
        """Given goods wanted about 23:00 and about 8:00, then the last second before is good, and 8:00 sharp is."""
        for hour, minute, second, sold in ((22, 59, 59, True), (23, 0, 0, False), (7, 59, 59, False), (8, 0, 0, True)):
            at = EVENING.replace(hour=hour, minute=minute, second=second)
            # Code, Enter and the answer of the dictionaries take a second each.
            kiosk = Kiosk.open().at(at - timedelta(seconds=4)).want(ICE)
            assert kiosk.clock == at
            assert kiosk.names == (["Лёд"] if sold else [])

    def test_goods_that_may_never_be_sold(self) -> None:
        """Given goods forbidden at every hour, then no hour is named: a senior knows."""
        kiosk = Kiosk.open().want(BANNED)
        assert (kiosk.problem, kiosk.advice) == ("sale_hours", "sale_hours_long_advice")

    def test_hours_come_before_the_age(self) -> None:
        """Given the night, when beer is wanted, then nobody is asked for an age in vain."""
        kiosk = Kiosk.open().at(NIGHT).want(BEER)
        assert (kiosk.asks, kiosk.problem) == ("", "sale_hours")

    def test_hours_that_begin_while_the_age_is_asked(self) -> None:
        """Given beer wanted in the evening, when the age is confirmed or typed at night, then it is refused."""
        for keys in (("enter",), ("2", *"20112008", "enter")):
            kiosk = Kiosk.open().at(EVENING).want(BEER).at(NIGHT).press(*keys)
            assert (kiosk.problem, kiosk.till.ledger.receipt) == ("sale_hours", None)

    def test_hours_of_a_group_further_above(self) -> None:
        """Given rum with an age on its nearest group and hours on the next, then it is refused at night."""
        assert Kiosk.open().at(NIGHT).want(RUM).problem == "sale_hours"

    def test_more_of_a_line(self) -> None:
        """Given ice of the evening, when more is wanted at night, then that is refused and the line stands."""
        kiosk = evening().at(NIGHT).want(ICE)
        assert kiosk.problem == "sale_hours"
        assert kiosk.press("escape").names == ["Лёд", "Хлеб"]
        assert kiosk.receipt.lines[0].quantity == 1000

    def test_less_of_a_line(self) -> None:
        """Given three bags of ice of the evening, when it is to be two at night, then it is; four are refused."""
        kiosk = Kiosk.open().at(EVENING).want(ICE).press("f6", "3", "enter").at(NIGHT).press("f6", "4", "enter")
        assert (kiosk.problem, kiosk.receipt.lines[0].quantity) == ("sale_hours", 3000)
        kiosk.press("escape", "f6", "2", "enter")
        assert (kiosk.problem, kiosk.receipt.lines[0].quantity) == ("", 2000)

    def test_others_are_sold(self) -> None:
        """Given the night, then bread is sold."""
        assert Kiosk.open().at(NIGHT).want(BREAD).names == ["Хлеб"]

    def test_returns_are_taken_at_any_hour(self) -> None:
        """Given the night, when ice comes back, then it is taken, and its receipt may be closed."""
        kiosk = Kiosk.open().at(NIGHT).want(BREAD).returning(DocumentType.RETURN).want(ICE)
        assert kiosk.names == ["Хлеб", "Лёд"]
        assert kiosk.press("plus").problem == ""


class TestPayment:
    def test_cannot_begin_until_the_line_is_out(self) -> None:
        """Given ice of the evening, when it is to be paid at night, then only the rest can be, once it is storno'd."""
        kiosk = evening().at(NIGHT).press("plus")
        assert isinstance(kiosk.till.mode, m.Popup)
        assert kiosk.till.mode.reason == say("sale_hours", name="Лёд")
        assert (kiosk.advice, kiosk.wrote) == ("sale_hours_unpayable_advice", [])
        kiosk.press("escape", "up", "delete").cash()
        assert kiosk.till.ledger.last is not None
        assert [line.product.name for line in kiosk.till.ledger.last.live] == ["Хлеб"]

    @pytest.mark.parametrize("key", ["enter", "f2"])
    def test_that_stood_when_the_hours_began(self, key: str) -> None:
        """Given a payment nobody has paid of, when money is taken at night, then it is left and the line named."""
        kiosk = evening().press("plus")
        kiosk.at(NIGHT).press(key)
        assert (kiosk.problem, kiosk.wrote) == ("sale_hours", ["PaymentLeft"])
        assert isinstance(kiosk.press("escape").till.mode, m.Selling)
        assert kiosk.happened(f.TenderTaken) == []

    def test_that_was_begun_goes_on(self) -> None:
        """Given a buyer who has paid a part in the evening, when the rest comes at night, then it is taken."""
        kiosk = evening().press("plus").write("10").press("enter").at(NIGHT).press("enter")
        assert "ReceiptClosed" in kiosk.wrote

    def test_before_the_hours(self) -> None:
        """Given the evening still, then the receipt is paid."""
        assert "ReceiptClosed" in evening().cash().wrote

    def test_receipt_put_aside(self) -> None:
        """Given a receipt put aside in the evening, when it is back at night, then it cannot be paid either."""
        kiosk = evening().press("f11").at(NIGHT).press("f11", "1")
        assert kiosk.names == ["Лёд", "Хлеб"]
        assert kiosk.press("plus").problem == "sale_hours"

    def test_after_a_power_cut(self) -> None:
        """Given a power cut in the evening, when the till starts at night, then the line cannot be paid."""
        assert evening().at(NIGHT).cut().press("plus").problem == "sale_hours"
