"""A buyer whose date of birth was typed: that age is the buyer's, and nobody's word goes beyond it."""

import pytest

from cashier.core.catalogue import Product
from cashier.core.say import say
from tests.core.goods import BREAD
from tests.gates.restricted import BEER, CRACKERS, RUM, TONIC, Kiosk

AGE, BIRTH = "age_title", "entry_birth"


def young(*first: Product) -> Kiosk:
    """Sell something first, then find the buyer of an energy drink to be seventeen."""
    return Kiosk.open().want(*(first or (BREAD,)), TONIC).press("2").write("21112008").press("enter", "escape")


class TestMinor:
    def test_a_word_is_offered_no_more(self) -> None:
        """Given a known minor, when the goods are wanted again, then another date of birth is the only row."""
        kiosk = young().want(TONIC)
        assert kiosk.asks == AGE
        assert kiosk.question is not None
        assert [choice.caption for choice in kiosk.question.choices] == [say("age_date")]

    @pytest.mark.parametrize("key", ["enter", "1"])
    def test_enter_sells_nothing(self, key: str) -> None:
        """Given the same, when Enter is pressed, then the date is asked for, and nothing was sold."""
        kiosk = young().want(TONIC).press(key)
        assert (kiosk.asks, kiosk.names, kiosk.wrote) == (BIRTH, ["Хлеб"], [])
        assert kiosk.press("enter").names == ["Хлеб"]

    def test_second_row_is_none(self) -> None:
        """Given the same, when 2 is pressed, then it is refused."""
        kiosk = young().want(TONIC).press("2")
        assert (kiosk.asks, kiosk.names) == (AGE, ["Хлеб"])

    def test_every_goods_of_that_age(self) -> None:
        """Given the same, then other goods from 18 on offer the date alone, those from 16 on are in."""
        kiosk = young().want(BEER).press("enter")
        assert kiosk.asks == BIRTH
        assert kiosk.press("escape").want(CRACKERS).names == ["Хлеб", "Хлопушка"]

    def test_another_date(self) -> None:
        """Given the same, when another date is typed, then that is the buyer's, and the journal has both."""
        kiosk = young().want(TONIC).press("1").write("20.11.2008").press("enter")
        assert (kiosk.names, kiosk.receipt.age) == (["Хлеб", "Энергетик"], 18)
        assert kiosk.answered_for == [(17, "Иванова", True), (18, "Иванова", True)]

    def test_power_cut(self) -> None:
        """Given the same and a power cut, then the till knows it still; so of a receipt put aside."""
        assert young().cut().want(TONIC).press("enter").asks == BIRTH
        assert young().press("f11").cut().press("f11", "1").want(TONIC).press("enter").asks == BIRTH

    def test_next_buyer(self) -> None:
        """Given the same receipt paid, then the next buyer is believed."""
        kiosk = young().cash().want(TONIC)
        assert kiosk.question is not None
        assert len(kiosk.question.choices) == 2
        assert kiosk.press("enter").names == ["Энергетик"]

    def test_receipt_that_was_not_begun(self) -> None:
        """Given nothing sold yet, when a date is too young, then nothing is kept: the next may be somebody else."""
        kiosk = Kiosk.open().want(TONIC).press("2").write("21112008").press("enter", "escape").want(TONIC)
        assert kiosk.press("enter").names == ["Энергетик"]


class TestDateAndWord:
    def test_date_goes_before_a_word(self) -> None:
        """Given 18 by somebody's word, when a date of birth says 17, then 17 it is, and beer is asked about."""
        kiosk = Kiosk.open().want(TONIC).press("enter").want(RUM).press("2").write("22112008").press("enter", "escape")
        assert (kiosk.receipt.age, kiosk.names) == (17, ["Энергетик"])
        assert kiosk.want(BEER).press("enter").asks == BIRTH

    def test_younger_than_before_but_old_enough(self) -> None:
        """Given a date that proves 18 and no more, when rum is wanted, then a word is not enough."""
        kiosk = Kiosk.open().want(TONIC).press("2").write("20112008").press("enter").want(RUM)
        assert kiosk.asks == AGE
        assert kiosk.press("enter").asks == BIRTH
        assert kiosk.write("20112005").press("enter").names == ["Энергетик", "Ром"]

    def test_date_too_young_for_one_is_enough_for_another(self) -> None:
        """Given a date that proves 18, too young for rum, then beer needs no more."""
        kiosk = Kiosk.open().want(BREAD, RUM).press("2").write("20112008").press("enter")
        assert (kiosk.problem, kiosk.advice) == ("age_too_young", "age_too_young_advice")
        assert kiosk.press("escape").want(BEER).names == ["Хлеб", "Пиво"]
