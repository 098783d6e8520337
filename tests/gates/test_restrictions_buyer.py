"""Age of the buyer: asked once per receipt and age, answered for by somebody, or the date of birth compared."""

from typing import Any

import pytest

from cashier.core import facts as f
from cashier.core.catalogue import Product
from cashier.core.receipt import DocumentType
from cashier.core.say import Day, say
from tests.core.goods import BREAD, IVANOVA, PETROV
from tests.gates.restricted import BEER, CRACKERS, RUM, TONIC, Kiosk

AGE, BIRTH = "age_title", "entry_birth"


def asked(**roles: Any) -> Kiosk:
    """Want the energy drink."""
    return Kiosk.open(**roles).want(TONIC)


class TestDialog:
    def test_names_goods_age_and_latest_date(self) -> None:
        """Given 21 November 2026, when goods from 18 on are wanted, then the latest date of birth is the 20th."""
        question = asked().question
        assert question is not None
        assert question.lines == (
            say("age_goods", name="Энергетик", age=18),
            say("age_born", day=Day("2008-11-20")),
        )
        assert [choice.caption for choice in question.choices] == [say("age_sure", age=18), say("age_date")]
        assert question.chosen == 0

    @pytest.mark.parametrize("key", ["enter", "1"])
    def test_confirmed(self, key: str) -> None:
        """Given the question, when somebody answers for the age, then the goods are in and the journal says who."""
        kiosk = asked().press(key)
        assert kiosk.names == ["Энергетик"]
        assert kiosk.wrote == ["ShiftOpened", "ReceiptOpened", "AgeConfirmed", "LineAdded"]
        assert kiosk.happened(f.AgeConfirmed) == [
            f.AgeConfirmed(kiosk.receipt.identifier, 18, kiosk.clock.isoformat(), IVANOVA)
        ]
        assert kiosk.receipt.age == 18

    def test_confirmed_in_an_open_receipt(self) -> None:
        """Given an open receipt, when the age is confirmed, then that and the line are written at once."""
        kiosk = Kiosk.open().want(BREAD, TONIC).press("enter")
        assert kiosk.wrote == ["AgeConfirmed", "LineAdded"]

    @pytest.mark.parametrize("first", [(), (BREAD,)])
    def test_given_up(self, first: tuple[Product, ...]) -> None:
        """Given the question, when it is given up, then nothing is sold, written or remembered."""
        kiosk = Kiosk.open().want(*first).want(TONIC).press("escape")
        assert kiosk.names == ["Хлеб"] * len(first)
        assert kiosk.wrote == []
        assert kiosk.answered_for == []
        assert (kiosk.till.ledger.receipt is None) is not bool(first)
        assert kiosk.want(TONIC).asks == AGE

    @pytest.mark.parametrize("key", ["3", "0", "9", "plus", "delete", "я"])
    def test_other_keys(self, key: str) -> None:
        """Given the question, when another key is pressed, then it is refused and the question stands."""
        kiosk = asked().press(key)
        assert (kiosk.asks, kiosk.names, kiosk.wrote) == (AGE, [], [])

    def test_scan_is_refused(self) -> None:
        """Given the question, when something is scanned, then it is refused and the question stands."""
        kiosk = asked().scan(BREAD.barcode)
        assert (kiosk.asks, kiosk.names) == (AGE, [])
        assert kiosk.press("enter").names == ["Энергетик"]

    def test_second_row_by_arrow(self) -> None:
        """Given the question, when the second row is taken with the arrow, then the date of birth is asked."""
        assert asked().press("down", "enter").asks == BIRTH


class TestOnce:
    def test_same_age_and_lower(self) -> None:
        """Given 18 confirmed, then goods from 18 and from 16 on are in without a question, those from 21 on ask."""
        kiosk = asked().press("enter").want(BEER, CRACKERS, TONIC)
        assert kiosk.names == ["Энергетик", "Пиво", "Хлопушка"]
        assert kiosk.line.quantity == 2000
        assert kiosk.want(RUM).asks == AGE
        assert kiosk.press("enter").answered_for == [(18, "Иванова", False), (21, "Иванова", False)]

    def test_higher_age_asks(self) -> None:
        """Given 16 confirmed, when goods from 18 on are wanted, then their age is asked, and the higher one counts."""
        kiosk = Kiosk.open().want(CRACKERS).press("enter").want(TONIC)
        assert kiosk.asks == AGE
        assert kiosk.press("enter").want(CRACKERS).asks == ""
        assert kiosk.receipt.age == 18

    def test_date_of_birth_answers_for_more(self) -> None:
        """Given a date of birth 45 years ago, then goods from 21 on do not ask either."""
        kiosk = asked().press("2").write("01011981").press("enter").want(RUM)
        assert (kiosk.asks, kiosk.names) == ("", ["Энергетик", "Ром"])

    def test_refused_to_be_confirmed_keeps_what_is_known(self) -> None:
        """Given 18 confirmed, when 21 is given up, then 18 still is."""
        kiosk = asked().press("enter").want(RUM).press("escape").want(BEER)
        assert kiosk.names == ["Энергетик", "Пиво"]

    def test_quantity_does_not_ask(self) -> None:
        """Given the age confirmed, when the quantity is changed, then nothing is asked."""
        kiosk = asked().press("enter", "f6", "3", "enter")
        assert (kiosk.asks, kiosk.line.quantity) == ("", 3000)

    def test_new_receipt_asks_again(self) -> None:
        """Given a receipt paid or given up, when the next begins, then its buyer is another one."""
        kiosk = asked().press("enter").cash().want(TONIC)
        assert kiosk.asks == AGE
        kiosk.press("enter", "f4").approve()
        assert kiosk.press("enter").till.ledger.receipt is None
        assert kiosk.want(TONIC).asks == AGE

    def test_storno_does_not_forget(self) -> None:
        """Given the only line storno'd, when the goods are wanted again, then nothing is asked."""
        kiosk = asked().press("enter", "delete").want(TONIC)
        assert (kiosk.asks, kiosk.names) == ("", ["Энергетик"])

    def test_receipt_put_aside_remembers(self) -> None:
        """Given a receipt put aside, then the next buyer is asked, and the first is not once it is back."""
        kiosk = asked().press("enter", "f11").want(TONIC)
        assert kiosk.asks == AGE
        kiosk.press("escape").want(BREAD).press("f11", "f11", "1").want(BEER)
        assert (kiosk.asks, kiosk.names) == ("", ["Энергетик", "Пиво"])

    def test_returns_are_not_asked(self) -> None:
        """Given goods that come back, then nobody's age is asked."""
        for kind in (DocumentType.RETURN, DocumentType.RETURN_BY_RECEIPT):
            kiosk = Kiosk.open().want(BREAD).returning(kind).want(TONIC)
            assert (kiosk.asks, kiosk.names) == ("", ["Хлеб", "Энергетик"])

    def test_free_goods_are_not_asked(self) -> None:
        """Given goods that anybody may have, then they are in."""
        assert Kiosk.open().want(BREAD).names == ["Хлеб"]


class TestWho:
    def test_another_answers(self) -> None:
        """Given an age that a senior answers for, when one does, then the journal names the senior."""
        kiosk = asked(confirm_age=2).press("enter")
        assert kiosk.approving
        assert kiosk.approve().names == ["Энергетик"]
        assert kiosk.answered_for == [(18, "Петров", False)]
        assert [own.right for own in kiosk.facts if isinstance(own, f.Approved)] == ["confirm_age"]

    def test_another_types_the_date(self) -> None:
        """Given the same, when the date is typed, then the senior who allowed it answers for it."""
        kiosk = asked(confirm_age=2).press("2").approve()
        assert kiosk.asks == BIRTH
        assert kiosk.write("20112008").press("enter").answered_for == [(18, "Петров", True)]

    def test_nobody_comes(self) -> None:
        """Given the same, when nobody comes, then the question stands again with the row that was taken."""
        kiosk = asked(confirm_age=2).press("2", "escape")
        assert (kiosk.asks, kiosk.names, kiosk.answered_for) == (AGE, [], [])
        assert kiosk.press("enter").approve().asks == BIRTH

    def test_cashier_has_no_right_to_let_oneself(self) -> None:
        """Given the same, when the cashier's own code is typed, then the sale does not go on."""
        kiosk = asked(confirm_age=2).press("enter").approve(IVANOVA.code)
        assert (kiosk.approving, kiosk.answered_for) == (True, [])

    def test_senior_at_the_till_is_not_asked_for_another(self) -> None:
        """Given a senior at the till, when the age is confirmed, then the senior answers."""
        kiosk = Kiosk.open(code=PETROV.code, confirm_age=2).want(TONIC).press("enter")
        assert kiosk.answered_for == [(18, "Петров", False)]

    def test_word_holds_for_one_line(self) -> None:
        """Given an age a senior has answered for, when a higher one is asked, then a senior is asked for anew."""
        kiosk = asked(confirm_age=2).press("enter").approve().want(RUM).press("enter")
        assert kiosk.approving


class TestPowerCut:
    @pytest.mark.parametrize("keys", [(), ("2",), ("2", "2", "1"), ("2", "1", "enter")])
    def test_in_the_dialog(self, keys: tuple[str, ...]) -> None:
        """Given a power cut while the age is asked, when the till starts, then nothing was sold or confirmed."""
        kiosk = Kiosk.open().want(BREAD, TONIC).press(*keys).cut()
        assert (kiosk.names, kiosk.receipt.age, kiosk.answered_for) == (["Хлеб"], 0, [])
        assert kiosk.want(TONIC).asks == AGE

    def test_after_the_answer(self) -> None:
        """Given a power cut after the answer, when the till starts, then the receipt knows the age still."""
        kiosk = asked().press("enter").cut()
        assert (kiosk.names, kiosk.receipt.age) == (["Энергетик"], 18)
        assert kiosk.want(BEER).asks == ""

    def test_put_aside(self) -> None:
        """Given a receipt put aside before the power cut, when it is back, then it knows the age."""
        kiosk = asked().press("enter", "f11").cut().press("f11", "1")
        assert kiosk.receipt.age == 18
