"""Receipts put aside and the sums and numbers of shifts (spec R4, R5)."""

from datetime import timedelta

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.gate import Gate
from cashier.core.receipt import Receipt
from tests.core.aside import Z, aside, bread, free
from tests.core.gates import gate
from tests.core.goods import MILK
from tests.core.hand import Hand


def next_day(hand: Hand) -> Hand:
    """Come in the next morning."""
    hand.clock += timedelta(days=1)
    return hand


class TestTotals:
    def test_aside_counts_for_nothing(self) -> None:
        """Given receipts aside, then the shift has sold nothing and the drawer is empty, until one is paid."""
        hand = bread(Hand.signed_in(), 2).press("f11")
        shift = hand.till.ledger.shift
        assert shift is not None
        assert (shift.totals.sold, shift.totals.sales, shift.totals.cancelled, hand.till.ledger.drawer) == (0, 0, 0, 0)
        hand.press("f11", "1", "plus", "enter")
        shift = hand.till.ledger.shift
        assert shift is not None
        assert (shift.totals.sold, shift.totals.sales, hand.till.ledger.drawer) == (9100, 1, 9100)

    def test_given_up_counts_once(self) -> None:
        """Given one taken up and given up, then the shift has it once among those given up."""
        hand = bread(Hand.signed_in(rules=free()), 2).press("f11", "f11", "1", "f4", "enter")
        shift = hand.till.ledger.shift
        assert shift is not None
        assert (shift.totals.cancelled, shift.totals.cancelled_sum, shift.totals.sold) == (1, 9100, 0)

    def test_number_is_not_used_twice(self) -> None:
        """Given receipts put aside and taken up in any order, then each number was given once."""
        hand = bread(bread(Hand.signed_in()).press("f11"), 2).press("f11", "f11", "2", "plus", "enter")
        bread(hand, 3).press("plus", "enter", "f11", "1", "plus", "enter")
        opened = [own.number for own in hand.facts if isinstance(own, f.ReceiptOpened)]
        assert opened == [1, 2, 3]
        assert bread(hand).receipt.number == 4


class TestAnotherShift:
    def kept(self, *gates: Gate) -> Hand:
        """Put two aside, close the shift and leave both for the next one."""
        hand = bread(bread(Hand.signed_in(rules=free(*gates))).press("f11"), 2).press("f11")
        hand.press(*Z, "1", "1", "enter", "enter")
        assert (hand.till.ledger.shift, len(aside(hand)), hand.till.mode) == (None, 2, m.Selling())
        return hand

    def moved(self, hand: Hand) -> list[tuple[int, int]]:
        """Return shift and number that receipts went on under."""
        return [(own.shift, own.number) for own in hand.facts if isinstance(own, f.ReceiptMoved)]

    def test_taken_up_it_is_not_moved_yet(self) -> None:
        """Given receipts of a closed shift, when one is taken up, then no shift is opened by that alone."""
        hand = self.kept().press("f11", "1")
        assert (hand.wrote, hand.till.ledger.shift) == (["ReceiptRestored"], None)

    def test_next_line_moves_it(self) -> None:
        """Given one taken up, when goods are scanned, then it goes on in a shift that opens for it, as number 1."""
        hand = self.kept().press("f11", "2").scan(MILK.barcode)
        assert hand.wrote == ["ShiftOpened", "ReceiptMoved", "LineAdded"]
        assert (hand.receipt.shift, hand.receipt.number, hand.receipt.sold) == (2, 1, 2)

    def test_payment_moves_it(self) -> None:
        """Given one taken up, when it is paid as it is, then it is a receipt of the new shift."""
        hand = self.kept().press("f11", "1", "plus")
        assert hand.wrote == ["ShiftOpened", "ReceiptMoved", "PaymentBegun"]
        hand.press("enter")
        shift = hand.till.ledger.shift
        assert shift is not None
        assert (shift.number, shift.receipts, shift.totals.sales) == (2, 1, 1)
        assert hand.farewell == (1, 4550, 0)

    def test_numbers_of_the_new_shift(self) -> None:
        """Given a new shift with receipts of its own, when old ones are taken up, then they get the next numbers."""
        hand = bread(self.kept()).press("plus", "enter", "f11", "1", "plus", "enter", "f11", "1", "plus", "enter")
        assert self.moved(hand) == [(2, 2), (2, 3)]
        assert bread(hand).receipt.number == 4

    def test_is_moved_once(self) -> None:
        """Given one that was moved, when it goes aside and back in the same shift, then it keeps its number."""
        hand = self.kept().press("f11", "1").scan(MILK.barcode).press("f11", "f11", "2", "plus")
        assert self.moved(hand) == [(2, 1)]
        assert (hand.receipt.number, hand.receipt.sold) == (1, 2)

    def test_the_same_after_a_power_cut(self) -> None:
        """Given one moved, when the power is cut, then the journal gives the same receipt and the same shift."""
        hand = self.kept().press("f11", "1").scan(MILK.barcode)
        assert hand.restarted().till.ledger == hand.till.ledger

    def test_old_shift_must_be_closed_first(self) -> None:
        """Given one aside and a shift of yesterday, when it is taken up, then no line gets in before the Z report."""
        hand = next_day(bread(Hand.signed_in(rules=free())).press("f11")).press("f11", "1").scan(MILK.barcode)
        assert (hand.problem, hand.receipt.sold) == ("shift_outlived", 1)
        hand.press("enter", "plus")
        assert (hand.problem, hand.receipt.in_payment) == ("shift_outlived", False)
        hand.press("enter", *Z, "enter", "enter", "plus", "enter")
        assert hand.farewell == (1, 4550, 0)
        assert self.moved(hand) == [(2, 1)]

    def test_gates_hear_the_new_number_and_the_same_receipt(self) -> None:
        """Given one moved, when it is paid, then gates complete it under the identifier they have known all along."""
        hand = self.kept(gate("g")).press("f11", "1")
        identifier = hand.receipt.identifier
        hand.press("plus", "enter")
        assert "g completed 1" in hand.messages
        last: Receipt | None = hand.till.ledger.last
        assert last is not None
        assert last.identifier == identifier
