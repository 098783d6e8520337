"""X and Z on the screen and on paper: who may, what is asked first, and what the fiscal device answers."""

from typing import Literal

import pytest

from cashier.core import modes as m
from cashier.core.effects import Print, Signal
from cashier.core.events import Printed, Scanned
from cashier.core.money import Kopecks
from cashier.core.rights import Errand, Right
from cashier.core.say import Sum, say
from cashier.core.shifts import Shift
from cashier.core.state import Rules
from tests.core.goods import BREAD, IVANOVA, MILK, PETROV
from tests.core.hand import SCANNER
from tests.core.registry import Registry

ALONE = Rules(terminal=True)


class TestX:
    def test_no_shift(self) -> None:
        """Given no shift, when X is asked for, then a word says so and nothing is printed."""
        hand = Registry.senior().press("f10", "6")
        assert (hand.till.mode, hand.notice, hand.wrote) == (m.Selling(), "no_shift", [])

    def test_sums_on_the_screen_and_on_paper(self) -> None:
        """Given two sales, when a cashier asks for X, then both show their sum, and the shift is as it was."""
        hand = Registry(rules=ALONE)
        hand.sign_in().sell().sell(MILK)
        shift = hand.shift
        hand.press("f10", "6")
        mode = hand.till.mode
        assert isinstance(mode, m.Reporting)
        report = mode.report
        assert (report.kind, report.number, report.totals.sold, report.totals.sales) == ("x", 1, 13540, 2)
        assert (report.drawer, report.cashier, report.opened) == (13540, IVANOVA, shift.opened)
        assert (hand.asked(Print).document, hand.asked(Print).copy) == (report, True)
        assert (hand.wrote, hand.shift) == (["PrintBegun"], shift)
        assert hand.press("enter").till.mode == m.Selling()

    def test_leaves_the_open_receipt(self) -> None:
        """Given a receipt in work, when X is read, then the receipt goes on, and is not in the sums."""
        hand = Registry(rules=ALONE)
        hand.sign_in().sell().scan(MILK.barcode).press("f10", "6")
        assert isinstance(hand.till.mode, m.Reporting)
        assert hand.till.mode.report.totals.sold == 4550
        assert hand.press("escape").lines == [("Молоко", 1000, False)]

    def test_paper_that_fails_is_owed_by_nobody(self) -> None:
        """Given X at a printer that is off, when it fails, then nothing is owed: X can be asked for again."""
        hand = Registry(rules=ALONE)
        hand.sign_in().sell().press("f10", "6")
        hand.give(Printed(hand.asked(Print).token, "failed", "off"))
        assert (hand.till.ledger.owed, hand.till.warning) == ((), say("copy_failed"))

    def test_report_takes_no_other_key(self) -> None:
        """Given X on the screen, when goods are scanned or keys pressed, then it stays until it is read."""
        hand = Registry(rules=ALONE)
        hand.sign_in().sell().press("f10", "6").press("f4", "f10", "plus", "1", "f11")
        assert isinstance(hand.till.mode, m.Reporting)
        hand.give(Scanned(SCANNER, 9, BREAD.barcode.encode()))
        assert (hand.notice, hand.wrote) == ("scan_in_dialog", [])

    def test_right_is_a_setting(self) -> None:
        """Given settings that keep X for seniors, when a cashier asks for it, then another user is asked."""
        rights = dict.fromkeys(Right, 2)
        hand = Registry(rules=Rules(rights=rights))
        hand.sign_in().sell().press("f10", "6")
        assert hand.till.mode == m.Approving(Errand.X_REPORT, m.Selling())
        assert isinstance(hand.approve().till.mode, m.Reporting)


class TestAskingForZ:
    def test_no_shift(self) -> None:
        """Given no shift, when Z is asked for, then a word says so."""
        assert Registry.senior().ask_z().notice == "no_shift"

    def test_cashier_needs_a_senior(self) -> None:
        """Given a cashier, when Z is asked for, then a senior's word is, and then the question stands."""
        hand = Registry(rules=ALONE)
        hand.sign_in().sell().ask_z()
        assert hand.till.mode == m.Approving(Errand.Z_REPORT, m.Selling())
        question = say("z_question", number=1, total=Sum(Kopecks(4550)))
        asked = hand.approve().till.mode
        assert (asked, hand.wrote) == (m.Confirming(question, m.Purpose.CLOSE_SHIFT), ["Approved"])

    def test_no_leaves_the_shift_open(self) -> None:
        """Given the question, when Esc is pressed, then nothing has happened."""
        hand = Registry.senior().sell().ask_z()
        shift = hand.shift
        hand.press("escape")
        assert (hand.till.mode, hand.shift, hand.reports, hand.asked_for) == (m.Selling(), shift, [], [])

    @pytest.mark.parametrize("outcome", ["failed", "unknown"])
    def test_receipt_that_is_not_registered(self, outcome: Literal["failed", "unknown"]) -> None:
        """Given a receipt that the device has not registered, when Z is asked for, then it is refused with advice."""
        hand = Registry.senior().scan(BREAD.barcode).press("plus", "enter")
        hand.give(Printed(hand.asked(Print).token, outcome, "fiscal")).ask_z()
        assert hand.asked_for == []
        assert hand.till.mode == m.Popup(say("not_registered", number=1), say("not_registered_advice"), m.Selling())
        assert hand.press("enter").till.mode == m.Selling()

    def test_receipt_on_its_way_to_the_device(self) -> None:
        """Given a receipt that is being registered, when Z is asked for, then a word says to wait, and then it goes."""
        hand = Registry.senior().scan(BREAD.barcode).press("plus", "enter")
        order = hand.asked(Print)
        hand.ask_z()
        assert (hand.till.mode, hand.till.notice) == (m.Selling(), say("z_wait_receipt", number=1))
        assert (hand.wrote, hand.asked_for) == ([], [])
        hand.give(Printed(order.token, "printed", fiscal=1)).ask_z()
        assert isinstance(hand.till.mode, m.Confirming)

    def test_receipt_that_failed_is_not_waited_for(self) -> None:
        """Given one receipt that failed and one on its way, when Z is asked for, then the failed one needs a hand."""
        hand = Registry.senior().scan(BREAD.barcode).press("plus", "enter")
        hand.give(Printed(hand.asked(Print).token, "failed", "fiscal"))
        hand.scan(MILK.barcode).press("plus", "enter").ask_z()
        assert isinstance(hand.till.mode, m.Popup)
        assert hand.till.mode.reason == say("not_registered", number=1)

    def test_registered_paper_that_is_owed_is_no_obstacle(self) -> None:
        """Given a receipt that is registered and did not come out, when Z is asked for, then the question stands."""
        hand = Registry.senior().scan(BREAD.barcode).press("plus", "enter")
        hand.give(Printed(hand.asked(Print).token, "failed", "off", fiscal=1)).ask_z()
        assert isinstance(hand.till.mode, m.Confirming)

    def test_till_without_a_device(self) -> None:
        """Given no fiscal device, when a paper is owed, then Z is closed all the same."""
        hand = Registry.senior(rules=ALONE).scan(BREAD.barcode).press("plus", "enter")
        hand.give(Printed(hand.asked(Print).token, "failed", "off")).ask_z()
        assert isinstance(hand.till.mode, m.Confirming)


class TestWithoutDevice:
    def test_yes_closes_it(self) -> None:
        """Given no fiscal device, when the question is answered with yes, then the shift is closed in one commit."""
        hand = Registry.senior(rules=ALONE).sell().ask_z().press("enter")
        (report,) = hand.reports
        assert hand.wrote == ["ShiftClosed", "PrintBegun"]
        assert Signal(accepted=True) in hand.effects
        assert hand.till.mode == m.Reporting(report)
        assert hand.asked(Print).document == report
        assert (hand.till.ledger.shift, hand.till.ledger.shifts) == (None, 1)
        assert (report.kind, report.totals.sold, report.drawer, report.cashier) == ("z", 4550, 4550, PETROV)

    def test_paper_that_fails_is_owed(self) -> None:
        """Given Z at a printer that is off, when it fails, then the report is owed, and is printed again."""
        hand = Registry.senior(rules=ALONE).sell().ask_z().press("enter")
        hand.give(Printed(hand.asked(Print).token, "failed", "off"))
        assert [paper.document for paper in hand.till.ledger.owed] == hand.reports
        assert hand.till.warning == say("print_report_failed", number=1)
        hand.press("enter", "f10", "2", "1").print()
        assert (hand.till.ledger.owed, len(hand.reports)) == ((), 1)

    def test_next_shift_begins_empty(self) -> None:
        """Given a closed shift, when goods are sold, then the next one has its own number and sums; cash is kept."""
        hand = Registry.senior(rules=ALONE).sell().ask_z().press("enter", "enter").scan(MILK.barcode)
        assert hand.shift == Shift(2, hand.receipt.opened, 1)
        assert (hand.receipt.number, hand.receipt.shift, hand.till.ledger.drawer) == (1, 2, 4550)
