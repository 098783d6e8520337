"""Closings over power cuts, and what becomes of receipts that are not done when a shift ends."""

from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import Print, ShutShift, Signal
from cashier.core.events import FiscalReady, Printed, ShiftShut, Ticked
from cashier.core.machines import shift
from cashier.core.receipt import Receipt
from cashier.core.rights import Errand
from cashier.core.say import Moment, Sum, say
from cashier.core.state import Rules, Step
from cashier.core.view_money import dialog_of
from tests.core.gates import gate
from tests.core.goods import BREAD, CHEESE, IVANOVA, MILK, PETROV
from tests.core.registry import DEVICE, Registry, doubled

ALONE = Rules(terminal=True)


class TestPowerCut:
    @pytest.mark.parametrize("done", [False, True])
    @pytest.mark.parametrize("silences", [0, 1])
    def test_closing_is_asked_for_again(self, silences: int, *, done: bool) -> None:
        """Given a power cut after the intent, when the till starts, then the same is asked, and it closes once."""
        hand = Registry.senior().sell().begin()
        order = hand.asked_for[-1]
        for _ in range(silences):
            hand.give(ShiftShut(order.token, "unknown"))
        hand = hand.close(tells=False) if done else hand
        again = hand.cut()
        assert again.effects == (order,)
        assert isinstance(order, ShutShift)
        again.close()
        assert (again.wrote, again.till.mode) == (["ShiftClosed", "PrintBegun"], m.EnteringCode())
        assert (doubled(again), len(again.closed), again.reports[0].cashier) == ("", 1, PETROV)
        assert again.cut().effects == ()

    def test_before_the_intent(self) -> None:
        """Given a power cut before the device has told its number, when the till starts, then nothing is asked."""
        hand = Registry.senior().sell().ask_z().press("enter").cut()
        assert (hand.effects, hand.till.ledger.closing, hand.shift.number) == ((), None, 1)
        assert len(hand.sign_in(PETROV.code).begin().close().reports) == 1

    def test_next_one_in_sees_it(self) -> None:
        """Given a closing that is open over a power cut, when somebody signs in, then the device is asked for him."""
        hand = Registry.senior().sell().begin().cut().sign_in()
        assert hand.till.mode == m.Closing(hand.asked_for[-1].token, "waiting")
        assert isinstance(hand.close().till.mode, m.Reporting)

    @pytest.mark.parametrize("outcome", ["failed", "unknown", "strange"])
    def test_before_anybody_is_in(self, outcome: Literal["failed", "unknown", "strange"]) -> None:
        """Given a closing that was asked for at a start, when the device has not closed, then nobody is let in."""
        hand = Registry.senior().sell().begin().cut()
        hand.give(ShiftShut(hand.asked_for[-1].token, outcome))
        assert (hand.till.mode, hand.shift.number) == (m.EnteringCode(), 1)
        standing = hand.sign_in(PETROV.code).till.mode
        assert isinstance(standing, m.Selling if outcome == "failed" else m.Closing)

    def test_paper_is_owed_after_it(self) -> None:
        """Given a power cut after the closing, when the till starts, then the paper is still under way."""
        hand = Registry.senior().sell().begin().close()
        token = hand.asked(Print).token
        again = hand.cut()
        assert [begun.token for begun in again.till.ledger.prints] == [token]
        assert [paper.document for paper in again.till.ledger.papers] == hand.reports

    def test_control_a_till_that_closes_anew(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given a till that asks under another token after a power cut, when it was closed, then the check tells."""

        def anew(step: Step) -> Step:
            return step.then(ShutShift("another", 1))

        monkeypatch.setattr(shift, "again", anew)
        hand = Registry.senior().sell().begin().close(tells=False).cut().close()
        assert doubled(hand) == "the device closed 2 shifts, the till 0"


ACTIONS = ("sell", "z", "number", "nothing", "closed", "lost", "unknown", "failed", "cut", "lock", "sign in", "word")


def act(hand: Registry, action: str) -> Registry:
    """Do one thing, if it can happen now; the device tells no lies."""
    order = hand.asked_for[-1] if hand.asked_for else None
    done = order is not None and order.token in hand.closed
    match action:
        case "sell" if hand.till.mode == m.Selling():
            return hand.sell()
        case "z" if isinstance(hand.till.mode, m.Selling | m.Reporting):
            return hand.press("enter").ask_z().press("enter")
        case "number" | "nothing" if order and not isinstance(order, ShutShift):
            return hand.give(FiscalReady(order.token, hand.number if action == "number" else None))
        case "closed" | "lost" if isinstance(order, ShutShift) and hand.till.ledger.closing:
            return hand.close(tells=action == "closed")
        case "unknown" if isinstance(order, ShutShift):
            return hand.give(ShiftShut(order.token, "unknown"))
        case "failed" if isinstance(order, ShutShift) and not done:
            return hand.give(ShiftShut(order.token, "failed"))
        case "cut":
            return hand.cut()
        case "lock":
            return hand.give(Ticked(idle=True))
        case "sign in" if hand.till.mode == m.EnteringCode():
            return hand.sign_in(PETROV.code)
        case "word" if isinstance(hand.till.mode, m.Closing) and hand.till.mode.stage == "silent":
            return hand.press("2" if done else "3", "enter")
        case _:
            return hand.press("enter") if isinstance(hand.till.mode, m.Popup | m.Reporting) else hand


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(ACTIONS), max_size=25))
def test_exactly_one_closing(actions: list[str]) -> None:
    """Given answers, silence and power cuts in any order, then till and device close each shift once, with its sums."""
    hand = Registry.senior()
    for action in ("sell", "z", *actions):
        hand = act(hand, action)
        assert doubled(hand) == ""
    sold = sum(fact.total for fact in hand.facts if isinstance(fact, f.ReceiptClosed))
    open_now = hand.shift.totals.sold if hand.till.ledger.shift else 0
    assert sum(report.totals.sold for report in hand.reports) + open_now == sold
    assert [report.number for report in hand.reports] == list(range(1, len(hand.reports) + 1))


def put_aside(*codes: str, rules: Rules = ALONE, by: str = PETROV.code) -> Registry:
    """Sell a loaf, and put a receipt aside for each code."""
    hand = Registry(rules=rules)
    hand.sign_in(by).sell()
    for code in codes:
        hand.scan(code).press("f11")
    return hand


class TestPostponed:
    def test_each_is_asked_about(self) -> None:
        """Given two receipts put aside, when Z is asked for, then each is asked about, the oldest first."""
        hand = put_aside(MILK.barcode, BREAD.barcode).ask_z()
        first, second = hand.till.ledger.postponed
        assert hand.till.mode == m.SettlingPostponed()
        panel = dialog_of(hand.till, m.SettlingPostponed())
        assert panel is not None
        assert panel.title == say("title_settling", number=first.number)
        assert panel.body[0] == say("postponed_sum", total=Sum(first.total), time=Moment(first.opened))
        hand.press("1")
        assert hand.till.mode == m.SettlingPostponed((first.identifier,))
        hand.press("enter")
        assert isinstance(hand.till.mode, m.Confirming)
        assert hand.till.ledger.postponed == (first, second)
        assert hand.press("enter").reports[0].totals.cancelled == 0

    def test_kept_ones_go_on_in_the_new_shift(self) -> None:
        """Given a receipt that was kept, when it is taken up in the new shift, then it gets a number of that."""
        hand = put_aside(MILK.barcode).ask_z().press("1", "enter", "enter", "f11", "1")
        assert (hand.receipt.shift, hand.receipt.number) == (1, 2)
        hand.press("plus")
        assert hand.wrote == ["ShiftOpened", "ReceiptMoved", "PaymentBegun"]
        assert (hand.receipt.shift, hand.receipt.number) == (2, 1)
        assert hand.press("enter").shift.totals.sold == MILK.price

    def test_cancelled_with_the_right(self) -> None:
        """Given a senior, when a receipt is given up, then gates hear of it, Z counts it, and the question stands."""
        rules = Rules(gates=(gate("stock"),))
        hand = put_aside(MILK.barcode, rules=rules).ask_z().press("2")
        assert hand.wrote == ["ReceiptCancelled", "MessageQueued"]
        assert hand.messages == ["stock cancelled 2"]
        assert Signal(accepted=True) in hand.effects
        assert (isinstance(hand.till.mode, m.Confirming), hand.till.ledger.postponed) == (True, ())
        (report,) = hand.press("enter").reports
        assert (report.totals.cancelled, report.totals.cancelled_sum) == (1, MILK.price)

    def test_cashier_needs_a_senior_for_each(self) -> None:
        """Given a cashier who was allowed Z, when receipts are given up, then a senior is asked for each of them."""
        hand = put_aside(MILK.barcode, BREAD.barcode, by=IVANOVA.code).ask_z().approve()
        assert hand.till.mode == m.SettlingPostponed()
        assert hand.press("2").till.mode == m.Approving(Errand.CANCEL_POSTPONED, m.SettlingPostponed())
        hand.approve()
        assert hand.wrote == ["Approved", "ReceiptCancelled"]
        assert (hand.till.mode, len(hand.till.ledger.postponed)) == (m.SettlingPostponed(), 1)
        assert isinstance(hand.press("2").approve().till.mode, m.Confirming)

    def test_one_enter_gives_up_one(self) -> None:
        """Given two receipts, when one is given up by arrows, then «keep» is selected for the next."""
        hand = put_aside(MILK.barcode, BREAD.barcode).ask_z().press("down", "enter")
        assert hand.till.mode == m.SettlingPostponed()
        hand.press("enter")
        assert len([fact for fact in hand.facts if isinstance(fact, f.ReceiptCancelled)]) == 1

    def test_escape_stops(self) -> None:
        """Given three receipts, when one was given up and Esc is pressed at the next, then the shift stays open."""
        hand = put_aside(MILK.barcode, BREAD.barcode, CHEESE.barcode).ask_z().press("2", "1", "escape")
        assert (hand.till.mode, hand.reports, len(hand.till.ledger.postponed)) == (m.Selling(), [], 2)
        assert hand.ask_z().till.mode == m.SettlingPostponed()

    def test_power_cut_in_the_middle(self) -> None:
        """Given one given up, when the power is cut, then the others are there, and are asked about again."""
        hand = put_aside(MILK.barcode, BREAD.barcode).ask_z().press("2").cut().sign_in(PETROV.code)
        assert [len(receipt.lines) for receipt in hand.till.ledger.postponed] == [1]
        assert hand.ask_z().till.mode == m.SettlingPostponed()

    @pytest.mark.parametrize("key", ["3", "9", "x", "f2", "delete"])
    def test_other_keys_decide_nothing(self, key: str) -> None:
        """Given the rows, when another key is pressed, then there is a tone and nothing is decided."""
        hand = put_aside(MILK.barcode).ask_z().press(key)
        assert (hand.till.mode, hand.wrote) == (m.SettlingPostponed(), [])
        assert hand.scan(BREAD.barcode).notice == "scan_in_list"

    def test_unregistered_comes_before_them(self) -> None:
        """Given a receipt that is not registered and one put aside, when Z is asked for, then the first is told."""
        hand = Registry.senior(rules=DEVICE).scan(MILK.barcode).press("f11").scan(BREAD.barcode).press("plus", "enter")
        hand.give(Printed(hand.asked(Print).token, "failed", "fiscal"))
        assert hand.ask_z().problem == "not_registered"


class TestOpenReceipt:
    """A receipt that is open when the shift is closed."""

    def closed_over(self) -> Registry:
        """Close the shift over a receipt with a loaf; it was the second."""
        return Registry.senior(rules=ALONE).sell().scan(BREAD.barcode).ask_z().press("enter", "enter")

    def test_survives(self) -> None:
        """Given a receipt in work, when Z is closed, then it stands with its lines, and over a power cut too."""
        hand = self.closed_over()
        assert (hand.lines, hand.till.ledger.shift, hand.receipt.number) == ([("Хлеб", 1000, False)], None, 2)
        assert hand.cut().sign_in(PETROV.code).receipt == hand.receipt

    def test_gets_a_number_with_its_next_line(self) -> None:
        """Given such a receipt, when a line is added, then it is in the new shift with a number of that, just once."""
        hand = self.closed_over().scan(MILK.barcode)
        assert hand.wrote == ["ShiftOpened", "ReceiptMoved", "LineAdded"]
        assert hand.facts[-2] == f.ReceiptMoved(hand.receipt.identifier, 2, 1)
        assert (hand.receipt.shift, hand.receipt.number, hand.shift.receipts) == (2, 1, 1)
        assert hand.scan(BREAD.barcode).press("plus").wrote == ["PaymentBegun"]
        assert hand.press("enter").shift.totals.sales == 1

    def test_more_of_the_same_waits_for_the_payment(self) -> None:
        """Given such a receipt, when a line only gets more, then it is in the new shift with its payment."""
        hand = self.closed_over().scan(BREAD.barcode)
        assert hand.wrote == ["QuantityChanged"]
        assert hand.press("plus").wrote == ["ShiftOpened", "ReceiptMoved", "PaymentBegun"]

    def test_gets_a_number_with_its_payment(self) -> None:
        """Given such a receipt, when the subtotal is struck, then it is in the new shift before money is taken."""
        hand = self.closed_over().press("plus")
        assert hand.wrote == ["ShiftOpened", "ReceiptMoved", "PaymentBegun"]
        hand.press("enter").scan(MILK.barcode)
        assert (hand.receipt.number, hand.reports[0].totals.sold, hand.shift.totals.sold) == (2, 4550, 4550)

    def test_may_be_given_up_without_a_shift(self) -> None:
        """Given such a receipt, when lines go or all of it is given up, then no shift is opened for that."""
        hand = self.closed_over().press("delete", "f4", "enter")
        assert (hand.till.ledger.receipt, hand.till.ledger.shift) == (None, None)
        assert hand.cut().till.ledger.receipt is None

    def test_given_up_between_shifts_counts_in_the_next(self) -> None:
        """Given such a receipt given up, when the next shift is closed, then its Z has it, a power cut or not."""
        hand = self.closed_over().press("f4", "enter").cut().sign_in(PETROV.code).sell(MILK).ask_z().press("enter")
        told = [(report.totals.cancelled, report.totals.cancelled_sum) for report in hand.reports]
        assert told == [(0, 0), (1, BREAD.price)]
        assert [report.totals.sold for report in hand.reports] == [BREAD.price, MILK.price]

    def test_paper_has_the_new_number(self) -> None:
        """Given such a receipt, when it is paid, then its paper has number and shift of the new one."""
        hand = self.closed_over().press("plus", "enter")
        document = hand.asked(Print).document
        assert isinstance(document, Receipt)
        assert (document.shift, document.number) == (2, 1)
