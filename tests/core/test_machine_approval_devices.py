"""Rights asked for over a silent device, an owed paper, and receipts put aside at the close of the shift."""

from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.events import (
    CardAnswered,
    FiscalReady,
    Printed,
    ShiftShut,
    Ticked,
)
from cashier.core.rights import CASHIER, SENIOR, Errand
from cashier.core.state import Rules
from tests.core.approving import approvals, menu, needing, selling, stage
from tests.core.goods import BREAD
from tests.core.hand import Hand


class TestTerminal:
    def silent_card(self) -> Hand:
        """Charge a card and let the terminal be silent, twice."""
        hand = Hand.signed_in(rules=Rules(terminal=True)).scan(BREAD.barcode).press("plus", "f2")
        charge = hand.till.ledger.charge
        assert charge is not None
        return hand.give(CardAnswered(charge.token, "unknown")).give(CardAnswered(charge.token, "unknown"))

    def test_card_done(self) -> None:
        """Given a silent terminal, when the cashier says it has paid, then a senior must say so too."""
        hand = self.silent_card().press("2")
        assert hand.till.mode == m.Approving(Errand.CARD_DONE, m.Charging("silent"))
        assert hand.approve().till.mode == m.Selling()
        assert hand.wrote[:4] == ["Approved", "ChargeEnded", "TenderTaken", "ReceiptClosed"]

    def test_card_not_done(self) -> None:
        """Given a silent terminal, when a senior says that it has not paid, then it is the payment again."""
        hand = self.silent_card().press("down", "down", "enter")
        assert hand.till.mode == m.Approving(Errand.CARD_NOT_DONE, m.Charging("silent", 2))
        assert hand.approve().till.mode == m.Paying()
        assert hand.wrote == ["Approved", "ChargeEnded"]

    def test_card_esc(self) -> None:
        """Given that question, when Esc is pressed, then the terminal is still silent and the charge stands."""
        hand = self.silent_card().press("2", "escape")
        assert hand.till.mode == m.Charging("silent")
        assert hand.till.ledger.charge is not None

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
        hand.approve()
        assert hand.wrote[:2] == ["Approved", "ShiftClosed"]
        assert isinstance(hand.till.mode, m.Reporting)

    def test_closing_not_done(self) -> None:
        """Given a silent fiscal device, when a senior says that nothing was closed, then the shift goes on."""
        hand = self.silent_closing().press("3", "escape")
        assert isinstance(hand.till.mode, m.Closing)
        assert hand.press("3").approve().till.mode == m.Selling()
        assert hand.wrote == ["Approved", "ClosingLeft"]
        assert hand.till.ledger.shift is not None


class TestPapersAndReceipts:
    def test_paper_seen(self) -> None:
        """Given a receipt that nobody knows to be registered, when it is said to be out, then a senior says so."""
        hand = Hand.signed_in(rules=Rules(fiscal=True)).scan(BREAD.barcode).press("plus", "enter")
        hand.give(Printed(hand.till.ledger.prints[-1].token, "unknown", "power"))
        hand.press(*menu("menu_paper"), "2")
        assert stage(hand) == "code"
        hand.press("escape")
        assert isinstance(hand.till.mode, m.Owing)
        assert hand.press("2").approve().till.mode == m.Selling()
        assert hand.wrote == ["Approved", "PaperSeen"]

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
