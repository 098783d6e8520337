"""Receipts put aside and taken up again, exactly as they were (spec R4)."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import Signal
from cashier.core.events import Answered, Reply
from cashier.core.gate import Gate
from cashier.core.money import Kopecks
from cashier.core.say import Sum, say
from tests.core.aside import aside, bread, free
from tests.core.gates import gate, memories, message, three, told
from tests.core.goods import APPLES, BREAD, CHEESE, MILK, PETROV
from tests.core.hand import Hand


def full(*gates: Gate) -> Hand:
    """Sell and change about everything a receipt can have: storno, weight, quantity, both kinds of discount."""
    hand = Hand.signed_in(rules=free(*gates)).scan(BREAD.barcode).scan(MILK.barcode).press("delete")
    hand.write("0.745*").scan(APPLES.barcode).write("3*").scan(BREAD.barcode).scan(CHEESE.barcode)
    return hand.press("/").write("5").press("enter", "/", "down").write("10").press("plus")


class TestPuttingAside:
    def test_sale_is_empty(self) -> None:
        """Given a receipt, when it is put aside, then the sale stands ready for the next, and it is said which."""
        hand = bread(Hand.signed_in(), 2).press("f11")
        assert (hand.till.ledger.receipt, hand.till.cursor, hand.till.mode) == (None, 0, m.Selling())
        assert hand.till.notice == say("receipt_postponed", number=1, total=Sum(Kopecks(9100)))
        assert Signal(accepted=True) in hand.effects
        assert hand.wrote == ["ReceiptPostponed"]

    def test_journal_says_who_and_when(self) -> None:
        """Given another cashier than the one who began, when the receipt is put aside, then the fact names that one."""
        hand = bread(Hand.signed_in()).press("-").sign_in(PETROV.code)
        identifier = hand.receipt.identifier
        hand.press("f11")
        assert hand.facts[-1] == f.ReceiptPostponed(identifier, hand.clock.isoformat(), PETROV)

    def test_next_receipt_has_the_next_number(self) -> None:
        """Given a receipt put aside, when goods are scanned, then a receipt of its own is begun."""
        hand = bread(bread(Hand.signed_in()).press("f11"))
        assert (hand.receipt.number, hand.receipt.sold, aside(hand)) == (2, 1, [(1, 4550)])

    def test_right_is_not_needed(self) -> None:
        """Given a cashier, when he puts aside and takes up, then nobody else is asked."""
        hand = bread(Hand.signed_in()).press("f11", "f11", "1")
        assert (hand.receipt.number, hand.happened(f.Approved)) == (1, [])

    def test_what_is_typed_is_dropped(self) -> None:
        """Given something typed, when the receipt is put aside, then the next buyer does not have it."""
        assert bread(Hand.signed_in()).write("12").press("f11").till.mode == m.Selling()

    def test_from_the_menu(self) -> None:
        """Given a keyboard without F11, when the row of the menu is taken, then it does the same."""
        row = ("f10", *("down",) * m.MENU.index("menu_postponed"), "enter")
        hand = bread(Hand.signed_in()).press(*row)
        assert (hand.wrote, hand.till.mode) == (["ReceiptPostponed"], m.Selling())
        assert hand.press(*row).till.mode == m.Restoring()


class TestNothingToPutAside:
    def test_no_receipt_and_none_aside(self) -> None:
        """Given nothing at all, when F11 is pressed, then there is a tone and a word, and what is typed stays."""
        hand = Hand.signed_in().write("12").press("f11")
        assert (hand.notice, hand.wrote, hand.till.mode) == ("nothing_postponed", [], m.Selling("12"))
        assert hand.effects == (Signal(accepted=False),)

    def test_all_storno(self) -> None:
        """Given a receipt where all is storno'd, when F11 is pressed, then it stays, even if others are aside."""
        hand = bread(bread(Hand.signed_in()).press("f11")).press("delete", "f11")
        assert (hand.notice, hand.wrote, hand.receipt.number) == ("receipt_empty", [], 2)

    def test_payment(self) -> None:
        """Given a payment, with money taken or without, when F11 is pressed, then nothing happens."""
        hand = bread(Hand.signed_in()).press("plus", "f11")
        assert (hand.till.mode, hand.wrote, aside(hand)) == (m.Paying(), [], [])
        hand.write("10").press("enter", "f11")
        assert (hand.till.mode, hand.wrote, hand.receipt.paid) == (m.Paying(), [], 1000)

    @pytest.mark.parametrize("keys", [("f10",), ("f5",), ("f7",), ("f6",), ("f1",), ("f4",), ("/",), ("3", "asterisk")])
    def test_dialogs(self, keys: tuple[str, ...]) -> None:
        """Given something over the sale, when F11 is pressed, then what stands stays; a quantity given is dropped."""
        hand = bread(Hand.signed_in(rules=free())).press(*keys)
        mode = hand.till.mode
        hand.press("f11")
        if isinstance(mode, m.Selling):
            assert aside(hand) == [(1, 4550)]
        else:
            stands = replace(mode, stray=True) if isinstance(mode, m.Confirming) else mode
            assert (hand.till.mode, hand.wrote) == (stands, [])

    def test_line_on_its_way(self) -> None:
        """Given a line before a gate, when F11 is pressed, then the receipt stays open until the gate has answered."""
        hand = Hand.signed_in(gate(enter="do")).scan(BREAD.barcode).reply().scan(MILK.barcode)
        token = hand.token
        hand.press("f11")
        assert (type(hand.till.mode), hand.wrote) == (m.Passing, [])
        hand.give(Answered(token, Reply("yes"))).press("f11")
        assert aside(hand) == [(1, 13540)]


class TestExactlyAsItWas:
    def test_all_it_has(self) -> None:
        """Given a receipt with all there is, when it is put aside and taken up, then not a kopeck is otherwise."""
        hand = full()
        before = hand.receipt
        assert before.discount > 0
        assert [line.storno for line in before.lines] == [False, True, False, False]
        hand.press("f11", "f11", "1")
        assert hand.receipt == before
        assert hand.wrote == ["ReceiptRestored"]
        assert (hand.till.cursor, hand.till.mode) == (len(before.lines), m.Selling())
        assert hand.till.notice == say("receipt_restored", number=1, total=Sum(before.total))
        assert hand.effects[1:] == (Signal(accepted=True),)

    def test_power_cut_while_aside(self) -> None:
        """Given a receipt aside, when the power is cut, then it is there after the sign-in, exactly."""
        hand = full()
        before = hand.receipt
        again = hand.press("f11").restarted()
        assert again.till.ledger.postponed == (before,)
        assert again.sign_in().till.mode == m.Selling()
        assert again.press("f11", "1").receipt == before

    def test_many_times(self) -> None:
        """Given a receipt that goes aside and back again and again, then it is still the same."""
        hand = full()
        before = hand.receipt
        for _ in range(5):
            hand.press("f11", "f11", "enter")
        assert hand.receipt == before

    def test_it_can_be_sold_on_and_paid(self) -> None:
        """Given a receipt taken up, when more is sold and it is paid, then its sum is that of all its lines."""
        hand = bread(bread(Hand.signed_in(), 2).press("f11")).press("plus", "enter", "f11", "1").scan(BREAD.barcode)
        assert hand.lines == [("Хлеб", 3000, False)]
        hand.press("plus", "enter")
        assert hand.farewell == (1, 13650, 0)
        assert hand.till.ledger.postponed == ()

    def test_lines_can_be_changed(self) -> None:
        """Given a receipt taken up, then storno and quantity work on it as before."""
        hand = bread(Hand.signed_in()).scan(MILK.barcode).press("f11", "f11", "1", "delete", "up", "f6", "4", "enter")
        assert hand.lines == [("Хлеб", 4000, False), ("Молоко", 1000, True)]


class TestGates:
    def test_nobody_is_asked_or_told(self) -> None:
        """Given gates, when a receipt goes aside and back, then no gate is asked and nothing is sent: all is held."""
        gates = three()
        hand = Hand.signed_in(*gates).scan(BREAD.barcode).scan(MILK.barcode).press("up", "delete")
        before, _ = hand.receipt, told(*gates)
        hand.press("f11")
        assert (hand.wrote, told(*gates)) == (["ReceiptPostponed"], [])
        hand.press("f11", "1")
        assert (hand.wrote, told(*gates), hand.receipt) == (["ReceiptRestored"], [], before)
        assert memories(hand.receipt.lines[1]) == dict.fromkeys("abc", "holds 1000")

    def test_storno_lets_go_what_was_held(self) -> None:
        """Given a receipt taken up, when a line is storno'd, then gates let go of what they held since before."""
        gates = three()
        hand = Hand.signed_in(*gates).write("2*").scan(BREAD.barcode).press("f11", "f11", "1")
        told(*gates)
        hand.press("delete")
        assert told(*gates)[-3:] == ["c leave pass", "b leave pass", "a leave pass"]
        assert hand.lines == [("Хлеб", 2000, True)]

    def test_giving_up_tells_them(self) -> None:
        """Given a receipt taken up, when the whole is given up, then gates send what they would have sent before."""
        hand = Hand.signed_in(rules=free(gate("first"), gate("second"))).scan(BREAD.barcode)
        hand.press("f11").scan(MILK.barcode).press("plus", "enter", "f11", "1", "f4", "enter")
        assert hand.wrote == ["ReceiptCancelled", "MessageQueued", "MessageQueued"]
        assert hand.messages == ["second cancelled 1", "first cancelled 1"]

    def test_paying_tells_them(self) -> None:
        """Given a receipt taken up, when it is paid, then gates send that it is completed, with all its lines."""
        hand = Hand.signed_in(gate("only")).scan(BREAD.barcode).press("f11", "f11", "1", "plus", "enter")
        assert "only completed 1" in hand.messages

    def test_lines_that_are_still_leaving_go_first(self) -> None:
        """Given a storno that a power cut stopped, when the receipt is put aside, then gates are told by the outbox."""
        hand = Hand.signed_in(gate("stock", leave="do")).scan(BREAD.barcode).scan(MILK.barcode).press("delete")
        again = hand.restarted().sign_in()
        assert again.till.ledger.leaving == (2,)
        assert again.press("f11").till.ledger.leaving == ()
        assert again.wrote == ["LineLeft", "MessageQueued", "ReceiptPostponed"]
        assert again.messages == ["stock cancelled 1"]

    def test_each_gives_up_its_own(self) -> None:
        """Given one aside and one open, when the open one is given up, then nobody hears of the one aside."""
        hand = Hand.signed_in(rules=free(gate("g"))).scan(BREAD.barcode).press("f11").scan(MILK.barcode)
        hand.press("f4", "enter")
        assert hand.facts[-1] == message("g cancelled 2")
        assert aside(hand) == [(1, 4550)]
