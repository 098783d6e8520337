"""A person answers for a payment terminal: one that is silent, one that answers late, one that stands alone."""

from typing import Literal

import pytest

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import AskTerminal, Log, Signal
from cashier.core.events import CardAnswered
from cashier.core.modes import CHARGE_ROWS
from cashier.core.money import Kopecks
from cashier.core.receipt import Tender, TenderKind
from cashier.core.rights import Errand, Right
from cashier.core.say import Sum, say
from cashier.core.state import Rules
from tests.core.bank import AT_COUNTER, SLIP, Counter, silent, sums, waiting
from tests.core.goods import BREAD, IVANOVA, PETROV

CARD = TenderKind.CARD


class TestWord:
    """A person answers for a silent terminal."""

    def test_three_rows(self) -> None:
        """Given a silent terminal, when arrows and Esc are pressed, then three rows can be chosen and none left."""
        hand = silent()
        assert len(CHARGE_ROWS["silent"]) == 3
        assert hand.press("down", "down", "down").till.mode == m.Charging("silent", 2)
        hand.press("escape")
        assert (hand.till.mode, hand.notice) == (m.Charging("silent", 2), "charge_must_end")
        assert hand.press("9", "0", "x").till.mode == m.Charging("silent", 2)

    @pytest.mark.parametrize("key", ["1", "enter"])
    def test_ask_again(self, key: str) -> None:
        """Given a silent terminal, when it is asked again, then it is a question and no order."""
        hand = silent().press(key)
        assert (hand.effects, hand.till.mode) == ((AskTerminal(hand.charge.token),), m.Charging("asking"))
        assert hand.answer("unknown").till.mode == m.Charging("silent")
        assert len(hand.press("1").orders) == 1
        assert sums(hand.card()) == [(CARD, 4550)]

    @pytest.mark.parametrize(("key", "errand"), [("2", Errand.CARD_DONE), ("3", Errand.CARD_NOT_DONE)])
    def test_needs_the_right(self, key: str, errand: Errand) -> None:
        """Given a cashier without the right, when it has passed or not by word, then a senior is asked; Esc leaves."""
        hand = silent().press(key)
        assert hand.till.mode == m.Approving(errand, m.Charging("silent"))
        assert hand.wrote == []
        assert hand.press("escape").till.mode == m.Charging("silent")

    def test_done_by_word(self) -> None:
        """Given a senior who has seen the slip, when he says that it passed, then both are in the journal."""
        hand = silent().press("2").approve()
        at, token = hand.clock.isoformat(), hand.orders[0]
        assert hand.wrote == ["Approved", "ChargeEnded", "TenderTaken", "ReceiptClosed", "PrintBegun"]
        approved = f.Approved(Right.CARD_OUTCOME.value, PETROV, IVANOVA, at)
        ended = f.ChargeEnded(token, "approved", by=IVANOVA)
        assert [fact for fact in hand.facts if isinstance(fact, f.Approved | f.ChargeEnded)] == [approved, ended]
        assert hand.last.tenders == (Tender(CARD, BREAD.price, token),)

    def test_not_done_by_word(self) -> None:
        """Given a senior who has seen that it failed, when he says so, then the payment goes on without it."""
        hand = silent().press("3").approve()
        assert hand.wrote == ["Approved", "ChargeEnded"]
        assert hand.facts[-1] == f.ChargeEnded(hand.orders[0], "declined", by=IVANOVA)
        assert (hand.till.mode, hand.notice, hand.receipt.tenders) == (m.Paying(), "charge_left", ())

    def test_senior_needs_nobody(self) -> None:
        """Given a senior at the till, when he answers for the terminal, then nobody else is asked."""
        hand = Counter(rules=AT_COUNTER)
        hand.sign_in(PETROV.code).scan(BREAD.barcode).press("plus", "f2").answer("unknown").answer("unknown")
        hand.press("2")
        assert hand.wrote == ["ChargeEnded", "TenderTaken", "ReceiptClosed", "PrintBegun"]

    def test_answer_comes_while_a_senior_is_asked(self) -> None:
        """Given a password half typed, when the terminal answers after all, then its word counts and only once."""
        hand = waiting().lock().sign_in().answer("unknown").press("2").write("8").press("enter").write("22")
        assert sums(hand.card()) == [(CARD, 4550)]
        assert (hand.till.mode, hand.wrote[0]) == (m.Selling(), "ChargeEnded")
        assert len([fact for fact in hand.facts if isinstance(fact, f.TenderTaken)]) == 1

    def test_silence_leaves_the_senior_typing(self) -> None:
        """Given a password half typed, when the terminal says once more that it knows nothing, then it stays typed.

        Were the question back under his fingers, the digits that follow would answer it.
        """
        hand = waiting().lock().sign_in().answer("unknown").press("2").write("8").press("enter").write("22")
        before = hand.till.mode
        assert hand.answer("unknown").till.mode == before
        assert hand.write("22").press("enter").wrote[:2] == ["Approved", "ChargeEnded"]


class TestLate:
    """The terminal answers after a person has answered for it."""

    def test_says_otherwise(self) -> None:
        """Given «not passed» by word, when the terminal says that it charged, then the till warns until it is seen."""
        hand = silent().press("3").approve()
        hand.give(CardAnswered(hand.orders[0], "approved", "", SLIP))
        assert hand.till.warning == say("card_late")
        assert Signal(accepted=False) in hand.effects
        assert any(isinstance(effect, Log) and hand.orders[0] in effect.text for effect in hand.effects)
        assert (hand.wrote, hand.receipt.tenders) == ([], ())

    @pytest.mark.parametrize("outcome", ["declined", "absent", "unknown", "pending"])
    def test_agrees_that_nothing_passed(self, outcome: Literal["declined", "absent", "unknown", "pending"]) -> None:
        """Given «not passed» by word, when the terminal says the same or nothing, then it is logged and that is all."""
        hand = silent().press("3").approve()
        hand.give(CardAnswered(hand.orders[0], outcome))
        assert (hand.till.warning, [type(effect) for effect in hand.effects]) == (None, [Log])

    @pytest.mark.parametrize("typed", ["", "20"])
    def test_counted_money_was_never_charged(self, typed: str) -> None:
        """Given «passed» by word, when the terminal says that it declined, then the till warns with the sum."""
        hand = silent(typed).press("2").approve()
        hand.give(CardAnswered(hand.orders[0], "declined", "нет денег"))
        amount = Kopecks(2000) if typed else BREAD.price
        assert hand.till.warning == say("card_declined", sum=Sum(amount))
        assert (Signal(accepted=False) in hand.effects, hand.wrote) == (True, [])

    def test_agrees_that_it_passed(self) -> None:
        """Given «passed» by word, when the terminal says so too, then nothing is warned of or taken twice."""
        hand = silent().press("2").approve()
        hand.give(CardAnswered(hand.orders[0], "approved", "", SLIP))
        assert (hand.till.warning, hand.wrote) == (None, [])


class TestManual:
    """A terminal that stands alone."""

    def manual(self) -> Counter:
        """Begin to take the rest by card, with no terminal connected."""
        return Counter.paying(rules=Rules()).press("f2")

    def test_two_rows_and_no_order(self) -> None:
        """Given no terminal, when F2 is pressed, then the cashier is asked what it did, and nothing is sent."""
        hand = self.manual()
        assert (hand.till.mode, len(CHARGE_ROWS["manual"])) == (m.Charging("manual"), 2)
        assert [type(effect).__name__ for effect in hand.effects] == ["Record"]
        assert hand.charge.manual
        assert hand.press("escape").notice == "charge_must_end"
        assert hand.press("3").till.mode == m.Charging("manual")

    @pytest.mark.parametrize("keys", [("1",), ("enter",), ("down", "up", "enter")])
    def test_it_passed(self, keys: tuple[str, ...]) -> None:
        """Given the question, when it has passed, then the tender counts; a cashier needs no right for that."""
        hand = self.manual().press(*keys)
        assert hand.wrote == ["ChargeEnded", "TenderTaken", "ReceiptClosed", "PrintBegun"]
        assert sums(hand) == [(CARD, 4550)]

    @pytest.mark.parametrize("keys", [("2",), ("down", "enter")])
    def test_it_did_not_pass(self, keys: tuple[str, ...]) -> None:
        """Given the question, when it has not passed, then the payment goes on."""
        hand = self.manual().press(*keys)
        assert (hand.till.mode, hand.wrote, hand.receipt.tenders) == (m.Paying(), ["ChargeEnded"], ())

    def test_question_is_there_after_a_power_cut(self) -> None:
        """Given the question, when the power is cut, then it is asked again, and no terminal is."""
        hand = self.manual().cut()
        assert (hand.questions, hand.effects) == ([], ())
        assert hand.sign_in().till.mode == m.Charging("manual")
        assert sums(hand.press("1")) == [(CARD, 4550)]
