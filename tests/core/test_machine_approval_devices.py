"""Rights asked for over a silent device, an owed paper, and receipts put aside at the close of the shift."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.events import (
    CardAnswered,
    FiscalReady,
    ShiftShut,
    Ticked,
)
from cashier.core.money import Kopecks
from cashier.core.rights import CASHIER, SENIOR, Errand
from cashier.core.say import Say, Sum, say
from cashier.core.state import Rules
from tests.core.approving import approvals, menu, needing, selling, stage
from tests.core.goods import BREAD, IVANOVA, PETROV
from tests.core.hand import Hand


def word(question: Say, errand: Errand, back: m.Mode) -> m.Confirming:
    """Return the question whether a person's word is meant."""
    return m.Confirming(question, m.Purpose.WORD, back, errand)


class TestTerminal:
    def silent_card(self) -> Hand:
        """Charge a card and let the terminal be silent, twice."""
        hand = Hand.signed_in(rules=Rules(terminal=True)).scan(BREAD.barcode).press("plus", "f2")
        charge = hand.till.ledger.charge
        assert charge is not None
        return hand.give(CardAnswered(charge.token, "unknown")).give(CardAnswered(charge.token, "unknown"))

    def test_card_done(self) -> None:
        """Given a silent terminal, when the cashier says it has paid, then a senior must say so too, and mean it."""
        hand = self.silent_card().press("2")
        assert hand.till.mode == m.Approving(Errand.CARD_DONE, m.Charging("silent"))
        question = say("word_card_done", sum=Sum(Kopecks(4550)))
        assert hand.approve().till.mode == word(question, Errand.CARD_DONE, m.Charging("silent"))
        assert hand.wrote == ["Approved"]
        assert hand.press("enter").till.mode == m.Selling()
        assert hand.wrote[:3] == ["ChargeEnded", "TenderTaken", "ReceiptClosed"]

    def test_card_not_done(self) -> None:
        """Given a silent terminal, when a senior says that it has not paid, then it is the payment again."""
        hand = self.silent_card().press("down", "down", "enter")
        assert hand.till.mode == m.Approving(Errand.CARD_NOT_DONE, m.Charging("silent", 2))
        question = say("word_card_not_done", sum=Sum(Kopecks(4550)))
        assert hand.approve().till.mode == word(question, Errand.CARD_NOT_DONE, m.Charging("silent", 2))
        assert hand.press("enter").till.mode == m.Paying()
        assert hand.wrote == ["ChargeEnded"]

    def test_card_esc(self) -> None:
        """Given that question, when Esc is pressed, then the terminal is still silent and the charge stands."""
        hand = self.silent_card().press("2", "escape")
        assert hand.till.mode == m.Charging("silent")
        assert hand.till.ledger.charge is not None

    @pytest.mark.parametrize("key", ["2", "3"])
    def test_card_not_meant(self, key: str) -> None:
        """Given the question whether it is meant, when Esc is pressed, then a word needs a senior once more."""
        hand = self.silent_card().press(key).approve().press("escape")
        assert (hand.till.mode, hand.wrote) == (m.Charging("silent"), [])
        assert stage(hand.press(key)) == "code"

    def test_card_answers_meanwhile(self) -> None:
        """Given that question, when the terminal answers after all, then its word counts and nobody is asked."""
        hand = self.silent_card()
        charge = hand.till.ledger.charge
        assert charge is not None
        hand.press("3", "8", "enter").give(CardAnswered(charge.token, "approved"))
        assert hand.till.mode == m.Selling()
        assert hand.till.ledger.last is not None
        assert approvals(hand) == []

    def test_card_locks_and_comes_back(self) -> None:
        """Given that question, when the till locks itself, then after the sign-in the terminal is asked again."""
        hand = self.silent_card().press("2").give(Ticked(idle=True)).sign_in()
        assert hand.till.mode == m.Charging("asking")


class TestFiscalDevice:
    def silent_closing(self) -> Hand:
        """Close a shift and let the fiscal device be silent."""
        hand = Hand.signed_in(rules=replace(needing(CASHIER, card_outcome=SENIOR), fiscal=True)).scan(BREAD.barcode)
        hand.press(*menu("menu_z_report"), "enter")
        assert isinstance(hand.till.mode, m.Closing)
        token = hand.till.mode.token
        return hand.give(FiscalReady(token, 5)).give(ShiftShut(token, "unknown"))

    def test_closing_done(self) -> None:
        """Given a silent fiscal device, when a senior says that the shift is closed, then it is."""
        hand = self.silent_closing().press("2")
        assert isinstance(hand.till.mode, m.Approving)
        assert isinstance(hand.till.mode.back, m.Closing)
        back = hand.till.mode.back
        assert hand.approve().till.mode == word(say("word_closing_done", number=1), Errand.CLOSING_DONE, back)
        assert hand.wrote == ["Approved"]
        hand.press("enter")
        (closed,) = hand.happened(f.ShiftClosed)
        assert isinstance(closed, f.ShiftClosed)
        assert (closed.by, closed.report.cashier, hand.wrote[0]) == (PETROV, IVANOVA, "ShiftClosed")
        assert isinstance(hand.till.mode, m.Reporting)

    def test_closing_not_done(self) -> None:
        """Given a silent fiscal device, when a senior says that nothing was closed, then the shift goes on."""
        hand = self.silent_closing().press("3", "escape")
        assert isinstance(hand.till.mode, m.Closing)
        back = hand.till.mode
        assert hand.press("3").approve().till.mode == word(
            say("word_closing_not_done", number=1), Errand.CLOSING_NOT_DONE, back
        )
        assert hand.press("enter").till.mode == m.Selling()
        (left,) = hand.happened(f.ClosingLeft)
        assert isinstance(left, f.ClosingLeft)
        assert (left.by, hand.wrote) == (PETROV, ["ClosingLeft"])
        assert hand.till.ledger.shift is not None

    @pytest.mark.parametrize("key", ["2", "3"])
    def test_closing_not_meant(self, key: str) -> None:
        """Given the question whether it is meant, when Esc is pressed, then the rows stand and the shift is open."""
        hand = self.silent_closing()
        back = hand.till.mode
        assert hand.press(key).approve().press("escape").till.mode == back
        assert (hand.wrote, hand.till.ledger.closing is None) == ([], False)

    def test_device_answers_while_it_is_asked_whether_it_is_meant(self) -> None:
        """Given «not closed» about to be said, when the device says that it has closed, then its word counts."""
        hand = self.silent_closing().press("3").approve()
        closing = hand.till.ledger.closing
        assert closing is not None
        hand.give(ShiftShut(closing.token, "closed", 6))
        assert (hand.wrote[0], type(hand.till.mode)) == ("ShiftClosed", m.Reporting)


class TestPapersAndReceipts:
    def test_unregistered(self) -> None:
        """Given a receipt that a silent device has not registered, when it is to stay so, then a senior says so."""
        hand = Hand.signed_in(rules=Rules(fiscal=True)).scan(BREAD.barcode).press("plus", "enter")
        hand.give(FiscalReady(hand.till.ledger.prints[-1].token, None))
        hand.press(*menu("menu_paper"), "2")
        assert stage(hand) == "code"
        hand.press("escape")
        back = hand.till.mode
        assert isinstance(back, m.Owing)
        question = say("word_unregistered", number=1)
        assert hand.press("2").approve().till.mode == word(question, Errand.PAPER_SEEN, back)
        assert hand.press("escape").till.mode == back
        assert hand.press("2").approve().press("enter").till.mode == m.Selling()
        assert hand.wrote == ["PaperSeen"]
        assert hand.facts[-1] == f.PaperSeen(back.document, PETROV)

    def test_cancel_postponed(self) -> None:
        """Given a receipt put aside, when it is to be given up at the close of the shift, then a senior must agree."""
        hand = selling(needing(CASHIER, storno_receipt=SENIOR)).press("f11", *menu("menu_z_report"), "2")
        assert hand.till.mode == m.Approving(Errand.CANCEL_POSTPONED, m.SettlingPostponed())
        assert hand.press("escape").till.mode == m.SettlingPostponed()
        assert type(hand.press("2").approve().till.mode) is m.Confirming
        assert hand.wrote == ["Approved", "ReceiptCancelled"]
        assert hand.till.ledger.postponed == ()

    def test_next_postponed_is_not_given_up_by_the_same_keys(self) -> None:
        """Given two put aside, when one is given up by arrows, then for the other the harmless row stands first."""
        hand = selling(needing(CASHIER)).press("f11").scan(BREAD.barcode).press("f11", *menu("menu_z_report"))
        hand.press("down", "enter")
        assert hand.till.mode == m.SettlingPostponed()
        hand.press("enter")
        assert len(hand.till.ledger.postponed) == 1
