"""A person answers for a payment terminal: one that is silent, one that answers late, one that stands alone."""

from typing import Literal

import pytest

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import AskTerminal, Log, Signal
from cashier.core.events import CardAnswered
from cashier.core.modes import CHARGE_ROWS
from cashier.core.rights import Errand, Right
from cashier.core.say import Sum, say
from cashier.core.state import Rules
from cashier.core.tender import Tender, TenderKind
from cashier.core.view import view
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

    def test_asked_once_more(self) -> None:
        """Given a senior who has agreed, then it is asked whether the word is meant; only Enter writes it down."""
        hand = silent().press("2").approve()
        question = say("word_card_done", sum=Sum(BREAD.price))
        assert hand.till.mode == m.Confirming(question, m.Purpose.WORD, m.Charging("silent"), Errand.CARD_DONE)
        assert hand.press("2", "3", "down").wrote == []
        assert hand.press("escape").till.mode == m.Charging("silent")
        assert (hand.wrote, hand.receipt.tenders) == ([], ())

    def test_done_by_word(self) -> None:
        """Given a senior who has seen the slip, when he says that it passed, then he is in the journal for it."""
        hand = silent().press("2").approve()
        at, token = hand.clock.isoformat(), hand.orders[0]
        hand.press("enter")
        assert hand.wrote == ["ChargeEnded", "TenderTaken", "ReceiptClosed", "PrintBegun"]
        approved = f.Approved(Right.CARD_OUTCOME.value, PETROV, IVANOVA, at)
        ended = f.ChargeEnded(token, "approved", by=PETROV)
        assert [fact for fact in hand.facts if isinstance(fact, f.Approved | f.ChargeEnded)] == [approved, ended]
        assert hand.last.tenders == (Tender(CARD, BREAD.price, token),)
        assert hand.till.approver is None

    def test_not_done_by_word(self) -> None:
        """Given a senior who has seen that it failed, when he says so, then the payment goes on without it."""
        hand = silent().word("3")
        assert hand.wrote == ["ChargeEnded"]
        assert hand.facts[-1] == f.ChargeEnded(hand.orders[0], "declined", by=PETROV)
        assert (hand.till.mode, hand.notice, hand.receipt.tenders) == (m.Paying(), "charge_left", ())

    def test_senior_needs_nobody(self) -> None:
        """Given a senior at the till, when he answers for the terminal, then he is asked only whether he means it."""
        hand = Counter(rules=AT_COUNTER)
        hand.sign_in(PETROV.code).scan(BREAD.barcode).press("plus", "f2").answer("unknown").answer("unknown")
        assert isinstance(hand.press("2").till.mode, m.Confirming)
        assert hand.press("enter").wrote == ["ChargeEnded", "TenderTaken", "ReceiptClosed", "PrintBegun"]
        assert hand.till.ledger.words == (f.ChargeEnded(hand.orders[0], "approved", by=PETROV),)

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
        assert hand.write("22").press("enter").wrote == ["Approved"]
        assert hand.answer("unknown").press("enter").wrote[0] == "ChargeEnded"

    @pytest.mark.parametrize("asked", ["rows", "code", "meant"])
    def test_terminal_is_at_it_after_all(self, asked: str) -> None:
        """Given a question to a person, when the terminal says that it is still at it, then no person is asked."""
        hand = silent()
        _ = hand if asked == "rows" else hand.press("3") if asked == "code" else hand.press("3").approve()
        hand.answer("pending")
        assert (hand.till.mode, hand.notice) == (m.Charging("asking"), "")
        assert hand.asked(AskTerminal).token == hand.orders[0]
        assert hand.press("3", "enter").wrote == []
        assert sums(hand.card()) == [(CARD, 4550)]

    def test_answer_comes_while_it_is_asked_whether_it_is_meant(self) -> None:
        """Given «not passed» about to be said, when the terminal says that it charged, then that counts, and once."""
        hand = silent().press("3").approve()
        assert sums(hand.card()) == [(CARD, 4550)]
        assert (hand.till.mode, hand.press("enter").wrote) == (m.Selling(), [])
        assert (hand.till.ledger.words, hand.till.ledger.disputed) == ((), ())


class TestLate:
    """The terminal answers after a person has answered for it."""

    def otherwise(self) -> Counter:
        """Let the terminal say that it charged what a senior has said not to be charged."""
        hand = silent().word("3")
        return hand.give(CardAnswered(hand.orders[0], "approved", "", SLIP))

    def test_says_otherwise(self) -> None:
        """Given «not passed» by word, when the terminal says that it charged, then it is written and stays in sight."""
        hand = self.otherwise()
        disputed = f.ChargeDisputed(hand.orders[0], "approved", hand.clock.isoformat())
        assert (hand.wrote, hand.facts[-1], hand.till.ledger.disputed) == (["ChargeDisputed"], disputed, (disputed,))
        assert Signal(accepted=False) in hand.effects
        assert any(isinstance(effect, Log) and hand.orders[0] in effect.text for effect in hand.effects)
        assert (hand.till.mode, hand.receipt.tenders) == (m.Paying(), ())
        hand.press("enter").scan(BREAD.barcode)
        said = say("card_taken_after_all", count=1)
        assert view(hand.till).notice == said == view(hand.cut().sign_in().till).notice

    def test_said_twice_is_written_once(self) -> None:
        """Given an answer that says otherwise, when it comes again, then it is only logged."""
        hand = self.otherwise()
        hand.give(CardAnswered(hand.orders[0], "approved", "", SLIP))
        assert [type(effect) for effect in hand.effects] == [Log]

    def test_it_stands_until_the_shift_is_closed(self) -> None:
        """Given an answer that says otherwise, when the shift is closed, then it is not spoken of any more."""
        hand = self.otherwise().press("enter", "-").sign_in(PETROV.code).press("f10", "7", "enter", "enter")
        assert hand.till.ledger.shift is None
        assert (hand.till.ledger.disputed, hand.till.ledger.words) == ((), ())

    @pytest.mark.parametrize("outcome", ["declined", "absent", "unknown"])
    def test_agrees_that_nothing_passed(self, outcome: Literal["declined", "absent", "unknown"]) -> None:
        """Given «not passed» by word, when the terminal says the same or nothing, then it is logged and that is all."""
        hand = silent().word("3")
        hand.give(CardAnswered(hand.orders[0], outcome))
        assert (hand.till.ledger.disputed, [type(effect) for effect in hand.effects]) == ((), [Log])

    @pytest.mark.parametrize("row", ["2", "3"])
    def test_still_at_it(self, row: str) -> None:
        """Given a word, when the terminal says that it is still at it, then it is asked until it knows."""
        hand = silent().word(row)
        hand.give(CardAnswered(hand.orders[0], "pending"))
        assert (hand.wrote, hand.asked(AskTerminal)) == ([], AskTerminal(hand.orders[0]))

    @pytest.mark.parametrize("outcome", ["declined", "absent"])
    @pytest.mark.parametrize("typed", ["", "20"])
    def test_counted_money_was_never_charged(self, typed: str, outcome: Literal["declined", "absent"]) -> None:
        """Given «passed» by word, when the terminal says that nothing was charged, then a senior is called."""
        hand = silent(typed).word("2")
        hand.give(CardAnswered(hand.orders[0], outcome, "нет денег"))
        assert view(hand.till).notice == say("card_not_taken_after_all", count=1)
        assert (Signal(accepted=False) in hand.effects, hand.wrote) == (True, ["ChargeDisputed"])

    def test_agrees_that_it_passed(self) -> None:
        """Given «passed» by word, when the terminal says so too, then nothing is warned of or taken twice."""
        hand = silent().word("2")
        hand.give(CardAnswered(hand.orders[0], "approved", "", SLIP))
        assert (hand.till.ledger.disputed, hand.wrote) == ((), [])

    def test_word_for_a_reversal(self) -> None:
        """Given a reversal «not made» by word, when the terminal says that it was, then it is written down."""
        hand = waiting("20").card().press("escape", "enter").answer("unknown").answer("unknown").word("3")
        hand.give(CardAnswered(hand.orders[-1], "approved", "", SLIP))
        assert (hand.wrote, hand.receipt.paid) == (["ChargeDisputed"], 2000)


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

    @pytest.mark.parametrize("keys", [("2", "enter"), ("down", "enter")])
    def test_it_passed(self, keys: tuple[str, ...]) -> None:
        """Given the question, when it has passed, then the tender counts; a cashier needs no right for that."""
        hand = self.manual().press(*keys)
        assert hand.wrote == ["ChargeEnded", "TenderTaken", "ReceiptClosed", "PrintBegun"]
        assert sums(hand) == [(CARD, 4550)]
        assert [own.by for own in hand.facts if isinstance(own, f.ChargeEnded)] == [IVANOVA]

    @pytest.mark.parametrize("keys", [("1", "enter"), ("enter",), ("down", "up", "enter")])
    def test_it_did_not_pass(self, keys: tuple[str, ...]) -> None:
        """Given the question, when it has not passed, then the payment goes on; a bounced Enter says no more."""
        hand = self.manual().press(*keys)
        assert (hand.till.mode, hand.wrote, hand.receipt.tenders) == (m.Paying(), ["ChargeEnded"], ())

    def test_digits_of_a_sum_take_nothing(self) -> None:
        """Given the question, when a sum is typed into it, then rows are selected and nothing is said to be paid."""
        hand = self.manual().write("2000")
        assert (hand.till.mode, hand.receipt.tenders) == (m.Charging("manual", chosen=1), ())
        assert "ChargeEnded" not in hand.wrote

    def test_question_is_there_after_a_power_cut(self) -> None:
        """Given the question, when the power is cut, then it is asked again, and no terminal is."""
        hand = self.manual().cut()
        assert (hand.questions, hand.effects) == ([], ())
        assert hand.sign_in().till.mode == m.Charging("manual")
        assert sums(hand.press("2", "enter")) == [(CARD, 4550)]
