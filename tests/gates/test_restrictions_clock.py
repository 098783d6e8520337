"""A clock that is more than a day off the last document: restricted goods wait for a senior, others do not."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from cashier.core import facts as f
from cashier.core.receipt import DocumentType
from cashier.core.say import Moment, say
from tests.core.aside import Z
from tests.core.goods import BREAD, IVANOVA, PETROV
from tests.core.hand import NOON
from tests.gates.restricted import BEER, ICE, TONIC, Kiosk

CLOCK, AGE = "clock_title", "age_title"
BACK = NOON - timedelta(days=20)
DAY = timedelta(days=1)


def sold(code: str = IVANOVA.code, **roles: Any) -> Kiosk:
    """Sell bread at noon: the last document is of then."""
    return Kiosk.open(code=code, **roles).want(BREAD).cash()


def leapt(code: str = IVANOVA.code, **roles: Any) -> Kiosk:
    """Let the clock go back twenty days after that."""
    return sold(code, **roles).at(BACK)


def closed() -> Kiosk:
    """Sell bread and close the shift."""
    kiosk = sold(code=PETROV.code).press(*Z).press("enter")
    assert isinstance(kiosk.facts[-1], f.ShiftClosed | f.PrintBegun)
    return kiosk.press("escape")


class TestDoubted:
    def test_names_both_times(self) -> None:
        """Given a clock gone back, when restricted goods are wanted, then its time and the last document's stand."""
        kiosk = leapt()
        last = kiosk.till.ledger.dated
        question = kiosk.want(TONIC).question
        assert question is not None
        assert question.title.key == CLOCK
        assert question.lines == (
            say("clock_now", now=Moment(kiosk.clock.isoformat())),
            say("clock_last", last=Moment(last)),
        )

    def test_senior_is_asked_for_and_written_down(self) -> None:
        """Given the question, when a senior answers, then that is written at once, and the age is the cashier's."""
        kiosk = leapt().want(TONIC).press("enter")
        assert kiosk.approving
        kiosk.approve()
        assert kiosk.wrote == ["Approved", "ClockConfirmed"]
        assert kiosk.happened(f.ClockConfirmed) == [f.ClockConfirmed(kiosk.clock.isoformat(), PETROV)]
        assert kiosk.asks == AGE
        kiosk.press("enter")
        assert kiosk.names == ["Энергетик"]
        assert kiosk.answered_for == [(18, "Иванова", False)]

    def test_senior_at_the_till_answers(self) -> None:
        """Given a senior at the till, then Enter is enough."""
        kiosk = leapt(PETROV.code).want(TONIC).press("enter")
        assert (kiosk.approving, kiosk.clocks, kiosk.asks) == (False, ["Петров"], AGE)

    def test_goods_of_no_age(self) -> None:
        """Given goods that only the hours restrict, when a senior answers for the clock, then they are in."""
        kiosk = leapt().want(ICE).press("enter").approve()
        assert (kiosk.names, kiosk.clocks) == (["Лёд"], ["Петров"])
        assert kiosk.wrote == ["Approved", "ClockConfirmed", "ReceiptOpened", "LineAdded"]

    def test_two_answer_for_two_things(self) -> None:
        """Given an age that needs a senior too, when another one comes for it, then each answers for one thing."""
        kiosk = leapt(confirm_age=2).want(TONIC).press("enter").approve().press("enter")
        assert kiosk.approving
        kiosk.approve("9")
        assert (kiosk.clocks, kiosk.answered_for) == (["Петров"], [(18, "Сидорова", False)])

    def test_answer_is_kept_when_the_sale_is_not(self) -> None:
        """Given the clock answered for, when the buyer turns out too young, then no senior is asked for again."""
        kiosk = leapt().want(TONIC).press("enter").approve().press("escape")
        assert (kiosk.till.ledger.receipt, kiosk.clocks) == (None, ["Петров"])
        assert kiosk.want(TONIC).asks == AGE

    def test_answer_is_kept_when_the_hours_forbid_it(self) -> None:
        """Given the clock answered for at night, then beer is refused, and the answer stands."""
        kiosk = sold().at(BACK.replace(hour=23)).want(BEER).press("enter").approve()
        assert (kiosk.problem, kiosk.clocks) == ("sale_hours", ["Петров"])
        assert kiosk.press("escape").want(TONIC).asks == AGE

    def test_is_given_up(self) -> None:
        """Given the question, when it is given up, or nobody comes, then nothing is sold or written."""
        kiosk = leapt().want(TONIC).press("escape")
        assert (kiosk.asks, kiosk.names, kiosk.clocks) == ("", [], [])
        kiosk.want(TONIC).press("enter", "escape")
        assert (kiosk.asks, kiosk.clocks) == (CLOCK, [])
        assert kiosk.press("escape").names == []

    def test_cashier_may_not(self) -> None:
        """Given the question, when another cashier answers, then a senior is asked for still."""
        kiosk = leapt().want(TONIC).press("enter").approve("6")
        assert (kiosk.approving, kiosk.clocks) == (True, [])

    def test_settings_may_let_a_cashier(self) -> None:
        """Given a shop where cashiers answer for the clock, then Enter is enough."""
        assert leapt(confirm_clock=1).want(TONIC).press("enter").clocks == ["Иванова"]

    def test_ahead(self) -> None:
        """Given a shift closed more than a day ago, then the clock is doubted on that side too."""
        kiosk = closed()
        assert kiosk.at(kiosk.clock + 2 * DAY).want(TONIC).asks == CLOCK


class TestEdge:
    @pytest.mark.parametrize(("seconds", "asks"), [(0, AGE), (1, CLOCK)])
    def test_a_day_sharp_is_none(self, seconds: int, asks: str) -> None:
        """Given a day since the last document, then nothing is asked of the clock; a second later it is."""
        kiosk = closed()
        last = datetime.fromisoformat(kiosk.till.ledger.dated)
        # Two digits, Enter and the answer of the dictionaries take a second each.
        kiosk.at(last + DAY + timedelta(seconds=seconds - 4)).want(TONIC)
        assert kiosk.asks == asks

    @pytest.mark.parametrize(("seconds", "asks"), [(0, AGE), (-1, CLOCK)])
    def test_a_day_back_is_none(self, seconds: int, asks: str) -> None:
        """Given a clock a day before the last document, then nothing is asked of it; a second earlier it is."""
        kiosk = sold()
        last = datetime.fromisoformat(kiosk.till.ledger.dated)
        kiosk.at(last - DAY + timedelta(seconds=seconds - 4)).want(TONIC)
        assert kiosk.asks == asks

    def test_first_document_ever(self) -> None:
        """Given a till that has never sold anything, then its clock is not asked about."""
        assert Kiosk.open().at(BACK).want(TONIC).asks == AGE


class TestLasts:
    def test_others_are_sold(self) -> None:
        """Given a doubted clock, then bread is sold and paid without a question."""
        kiosk = leapt().want(BREAD).cash()
        assert "ReceiptClosed" in kiosk.wrote

    def test_sales_of_others_do_not_end_it(self) -> None:
        """Given bread sold since the leap, then restricted goods ask still, and name the document before it."""
        kiosk = leapt().want(BREAD).cash().want(BREAD).cash().want(TONIC)
        assert kiosk.asks == CLOCK
        assert kiosk.question is not None
        assert dict(kiosk.question.lines[1].places)["last"] == Moment(kiosk.till.ledger.astray)
        assert kiosk.till.ledger.astray.startswith("2026-11-21")

    def test_clock_put_right_does_not_end_it(self) -> None:
        """Given bread sold since the leap, when the clock is put right, then a senior has to say so."""
        kiosk = leapt().want(BREAD).cash().at(NOON + timedelta(hours=1)).want(TONIC)
        assert kiosk.asks == CLOCK

    def test_clock_put_right_before_anything_was_sold(self) -> None:
        """Given nothing sold since the leap, when the clock is put right, then nothing is asked of it."""
        kiosk = leapt().want(TONIC).press("escape").at(NOON + timedelta(hours=1)).want(TONIC)
        assert kiosk.asks == AGE

    def test_power_cut_does_not_end_it(self) -> None:
        """Given bread sold since the leap and a power cut, then restricted goods ask still."""
        assert leapt().want(BREAD).cash().cut().want(TONIC).asks == CLOCK

    def test_answer_ends_it(self) -> None:
        """Given a senior who has answered, then nothing more is asked in this receipt, the next, or after a cut."""
        kiosk = leapt().want(BREAD).cash().want(TONIC).press("enter").approve().press("enter").want(BEER)
        assert kiosk.names == ["Энергетик", "Пиво"]
        assert kiosk.cash().cut().want(TONIC).asks == AGE

    def test_closed_shift_ends_it(self) -> None:
        """Given bread sold since the leap, when a senior closes the shift, then nothing is asked of the clock."""
        kiosk = leapt(PETROV.code).want(BREAD).cash().press(*Z).press("enter", "escape")
        assert kiosk.till.ledger.shift is None
        assert kiosk.want(TONIC).asks == AGE

    def test_closed_shift_alone_does_not_end_it(self) -> None:
        """Given a leap forward over the end of a shift, which must be closed first, then the clock is asked about."""
        kiosk = sold(PETROV.code).at(NOON + 3 * DAY).press(*Z).press("enter", "escape")
        assert kiosk.want(TONIC).asks == CLOCK

    def test_more_of_a_line(self) -> None:
        """Given a line that came in before the leap, when more is wanted, then the clock is asked about."""
        kiosk = sold().want(TONIC).press("enter").at(BACK).want(TONIC)
        assert kiosk.asks == CLOCK
        assert kiosk.press("enter").approve().line.quantity == 2000

    def test_returns_are_not_asked(self) -> None:
        """Given a doubted clock, when goods come back, then nothing is asked of it."""
        kiosk = leapt().want(BREAD).returning(DocumentType.RETURN).want(TONIC)
        assert kiosk.names == ["Хлеб", "Энергетик"]

    def test_leap_while_the_age_is_asked(self) -> None:
        """Given the age asked in an open receipt, when the clock leaps before the answer, then that is kept."""
        kiosk = sold().want(BREAD, TONIC).at(BACK).press("enter")
        assert kiosk.asks == CLOCK
        assert kiosk.press("enter").approve().names == ["Хлеб", "Энергетик"]
        assert kiosk.answered_for == [(18, "Иванова", False)]


class TestPowerCut:
    def test_before_the_answer(self) -> None:
        """Given a power cut while the clock is asked about, then it is asked again, and nothing was sold."""
        for keys in ((), ("enter",), ("enter", "8", "enter")):
            kiosk = leapt().want(TONIC).press(*keys).cut()
            assert (kiosk.till.ledger.receipt, kiosk.clocks) == (None, [])
            assert kiosk.want(TONIC).asks == CLOCK

    def test_after_the_answer(self) -> None:
        """Given a power cut after the answer and before that of the age, then the clock is good and nothing sold."""
        kiosk = leapt().want(TONIC).press("enter").approve().cut()
        assert (kiosk.till.ledger.receipt, kiosk.clocks) == (None, ["Петров"])
        assert kiosk.want(TONIC).asks == AGE
