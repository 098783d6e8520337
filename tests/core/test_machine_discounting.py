"""Discounts on a position and on the receipt: granted, spread anew with every change, never below a minimum price."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.discounts import Discount
from cashier.core.effects import Signal
from cashier.core.money import Kopecks, from_roubles
from cashier.core.say import Sum, say
from cashier.core.state import Rules
from tests.core.discounted import (
    DEAR,
    FREE,
    at_the_till,
    off_line,
    off_receipt,
    on_line,
    on_receipt,
    sell,
    taken,
)
from tests.core.gates import memories, three, told
from tests.core.goods import BREAD, CHEESE, IVANOVA, MILK, PETROV
from tests.core.hand import Hand


class TestPosition:
    @pytest.mark.parametrize(
        ("percent", "kopecks"), [("10", 455), ("100", 4550), ("0.01", 0), ("12.5", 569), ("99.99", 4550), ("7,5", 341)]
    )
    def test_percent(self, percent: str, kopecks: int) -> None:
        """Given bread of 45.50, when a percentage is given, then so much is off, halves of a kopeck up."""
        hand = on_line(at_the_till(BREAD), percent)
        assert (taken(hand), hand.receipt.total) == ([kopecks], 4550 - kopecks)
        assert hand.till.mode == m.Selling()

    @pytest.mark.parametrize(("roubles", "kopecks"), [("5", 500), ("0.01", 1), ("45.50", 4550), ("45.5", 4550)])
    def test_sum(self, roubles: str, kopecks: int) -> None:
        """Given bread of 45.50, when a sum is given, then exactly that is off."""
        hand = off_line(at_the_till(BREAD), roubles)
        assert (taken(hand), hand.receipt.total) == ([kopecks], 4550 - kopecks)

    def test_journal(self) -> None:
        """Given a discount, then one record says who gave it, and the line's sum after it."""
        hand = on_line(at_the_till(MILK, BREAD), "10")
        granted = f.DiscountGranted(hand.receipt.identifier, 2, Discount(percent=1000), hand.clock.isoformat(), IVANOVA)
        own = f.DiscountsSpread(hand.receipt.identifier, ((2, Kopecks(455), Kopecks(4095)),))
        assert hand.facts[-2:] == [granted, own]
        assert hand.wrote == ["DiscountGranted", "DiscountsSpread"]
        assert Signal(accepted=True) in hand.effects
        assert hand.till.notice == say("discount_granted_line", discount=Sum(Kopecks(455)))

    def test_only_the_selected(self) -> None:
        """Given three lines, when the middle one is selected, then only it becomes cheaper, and stays selected."""
        hand = on_line(at_the_till(BREAD, MILK, CHEESE).press("up"), "50")
        assert (taken(hand), hand.till.cursor) == ([0, 4495, 0], 2)

    def test_new_one_takes_the_place_of_the_old(self) -> None:
        """Given a discount, when another is given on the same line, then it is not added."""
        assert taken(off_line(on_line(at_the_till(BREAD), "50"), "1")) == [100]

    @pytest.mark.parametrize(("number", "key"), [("0", "enter"), ("0", "plus"), ("0.00", "enter"), ("0.00", "plus")])
    def test_nought_takes_it_back(self, number: str, key: str) -> None:
        """Given a discount, when nought is given, then there is none any more."""
        hand = on_line(at_the_till(BREAD), "50").press("/").write(number).press(key)
        assert (taken(hand), hand.receipt.total, hand.notice) == ([0], 4550, "discount_taken_back")
        assert hand.receipt.lines[0].granted is None

    def test_nought_where_none_was(self) -> None:
        """Given no discount, when nought is given, then nothing is taken off and nothing breaks afterwards."""
        hand = on_line(at_the_till(BREAD), "0")
        assert (taken(hand), hand.wrote, hand.notice) == ([0], ["DiscountGranted"], "discount_none")
        assert taken(sell(hand, MILK)) == [0, 0]


class TestReceipt:
    def test_percent_is_shared_out(self) -> None:
        """Given two lines, when a percentage is given on the receipt, then each bears its part, to the kopeck."""
        hand = on_receipt(at_the_till(BREAD, MILK), "10")
        assert (taken(hand), hand.receipt.total) == ([455, 899], 12186)
        assert hand.receipt.granted == Discount(percent=1000)

    def test_sum_is_shared_out(self) -> None:
        """Given three lines, when a sum is given, then the parts make it exactly."""
        hand = off_receipt(at_the_till(BREAD, MILK, CHEESE), "100")
        assert sum(taken(hand)) == 10_000
        assert hand.receipt.total == 4550 + 8990 + 28000 - 10_000

    def test_on_top_of_that_of_a_position(self) -> None:
        """Given a discount on a position, when one on the receipt follows, then it is of what was left."""
        hand = on_receipt(on_line(at_the_till(BREAD, MILK), "50"), "10")
        assert taken(hand) == [455, 4495 + 450]
        assert hand.receipt.total == 4550 + 8990 - 455 - 4495 - 450

    def test_journal(self) -> None:
        """Given a discount on the receipt, then its position in the journal is none."""
        hand = on_receipt(at_the_till(BREAD), "10")
        (fact,) = hand.happened(f.DiscountGranted)
        assert isinstance(fact, f.DiscountGranted)
        assert (fact.position, fact.discount) == (0, Discount(percent=1000))

    def test_taken_back(self) -> None:
        """Given both kinds, when that of the receipt is taken back, then that of the position stays."""
        hand = on_receipt(on_receipt(on_line(at_the_till(BREAD, MILK), "50"), "10"), "0")
        assert (taken(hand), hand.receipt.granted) == ([0, 4495], None)
        assert hand.notice == "discount_taken_back"

    def test_nought_where_only_a_position_has_one(self) -> None:
        """Given a discount on a position, when nought is given on the receipt, then there was none to take back."""
        hand = on_receipt(on_line(at_the_till(BREAD, MILK), "50"), "0")
        assert (taken(hand), hand.notice) == ([0, 4495], "discount_none")

    @pytest.mark.parametrize("number", ["10", "0.01"])
    def test_only_its_own_effect_is_said(self, number: str) -> None:
        """Given a discount on a position, when another is given, then what is said is what that one takes off."""
        hand = off_receipt(on_line(at_the_till(BREAD, MILK), "50"), number)
        assert hand.till.notice == say("discount_granted_receipt", discount=Sum(from_roubles(number)))
        hand = on_line(hand.press("up"), "20")
        assert hand.till.notice == say("discount_granted_line", discount=Sum(Kopecks(910)))

    def test_all_of_it(self) -> None:
        """Given a hundred percent, then the receipt costs nothing and can still be closed."""
        hand = on_receipt(at_the_till(BREAD, MILK), "100")
        assert hand.receipt.total == 0
        assert hand.press("plus", "enter").farewell == (1, 0, 0)


class TestRight:
    def test_asks_for_a_senior(self) -> None:
        """Given a cashier, when a discount is wanted, then a senior confirms, and the journal has both people."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("/").approve()
        assert hand.wrote == ["Approved"]
        hand.write("10").press("enter")
        (fact,) = hand.happened(f.DiscountGranted)
        assert isinstance(fact, f.DiscountGranted)
        assert fact.by == IVANOVA
        (word,) = hand.happened(f.Approved)
        assert isinstance(word, f.Approved)
        assert (word.by, word.right) == (PETROV, "discount")

    def test_taking_back_needs_it_too(self) -> None:
        """Given a discount of a senior, when a cashier wants it away, then he asks as well."""
        hand = on_line(Hand.signed_in(code=PETROV.code).scan(BREAD.barcode), "10").press("-").sign_in().press("/")
        assert isinstance(hand.till.mode, m.Approving)


class TestSpreadAnew:
    def test_line_added(self) -> None:
        """Given ten percent on the receipt, when goods are added, then they are cheaper too, in the same record."""
        hand = sell(on_receipt(at_the_till(BREAD), "10"), MILK)
        assert (taken(hand), hand.wrote) == ([455, 899], ["LineAdded", "DiscountsSpread"])

    def test_sum_moves_over_to_the_new_line(self) -> None:
        """Given ten roubles off the receipt, when goods are added, then it is still ten, shared anew."""
        hand = sell(off_receipt(at_the_till(BREAD), "10"), MILK)
        assert (sum(taken(hand)), hand.receipt.total) == (1000, 12540)
        assert hand.facts[-1] == f.DiscountsSpread(
            hand.receipt.identifier, ((1, Kopecks(336), Kopecks(4214)), (2, Kopecks(664), Kopecks(8326)))
        )

    def test_line_storno(self) -> None:
        """Given ten roubles off, when a line is storno'd, then the other has its part of it."""
        hand = off_receipt(at_the_till(BREAD, MILK), "10").press("delete")
        assert (taken(hand), hand.receipt.total) == ([336], 4214)

    def test_storno_of_what_had_a_discount(self) -> None:
        """Given a discount on a position, when it is storno'd, then nothing is off the receipt any more."""
        hand = on_line(at_the_till(BREAD, MILK), "50").press("delete")
        assert (hand.receipt.discount, hand.receipt.total) == (0, 4550)

    def test_storno_of_all(self) -> None:
        """Given a discount on the receipt, when all is storno'd and goods follow, then they have it."""
        hand = on_receipt(at_the_till(BREAD), "10").press("delete")
        assert hand.receipt.total == 0
        assert taken(sell(hand, MILK)) == [899]

    def test_quantity_keeps_a_percentage_right(self) -> None:
        """Given ten percent on a position, when there are seven, then it is ten percent of seven."""
        hand = on_line(at_the_till(BREAD), "10").press("f6", "7", "enter")
        assert (taken(hand), hand.receipt.total) == ([3185], 28665)
        assert hand.wrote == ["QuantityChanged", "DiscountsSpread"]

    def test_quantity_leaves_a_sum(self) -> None:
        """Given five roubles off a position, when there are seven, then it is still five."""
        assert taken(off_line(at_the_till(BREAD), "5").press("f6", "7", "enter")) == [500]

    def test_less_than_the_discount(self) -> None:
        """Given a hundred roubles off seven loaves, when one is left, then a seventh of it is off."""
        hand = off_line(at_the_till(BREAD).press("f6", "7", "enter"), "100").press("f6", "1", "enter")
        assert (taken(hand), hand.receipt.total) == ([1429], 3121)
        assert taken(hand.press("f6", "7", "enter")) == [10_000]

    def test_aside_and_back(self) -> None:
        """Given discounts, when the receipt was aside, then nothing is reckoned anew until a line changes."""
        hand = off_receipt(at_the_till(BREAD, MILK), "10").press("f11", "f11", "1")
        assert (hand.wrote, sum(taken(hand))) == (["ReceiptRestored"], 1000)
        assert sum(taken(sell(hand, CHEESE))) == 1000

    def test_next_receipt_has_none(self) -> None:
        """Given a receipt with a discount, when it is paid, then the next one costs what it costs."""
        hand = sell(on_receipt(at_the_till(BREAD), "10").press("plus", "enter"), BREAD)
        assert (taken(hand), hand.receipt.discounted) == ([0], False)

    def test_payment_freezes_it(self) -> None:
        """Given a discount, when the payment is begun and left, then nothing was reckoned in between."""
        hand = on_receipt(at_the_till(BREAD, MILK), "10").press("plus")
        assert hand.wrote == ["PaymentBegun"]
        assert hand.press("escape").wrote == ["PaymentLeft"]

    def test_gates_are_not_asked(self) -> None:
        """Given gates, when a discount is given, then none of them is asked or told, and they hold what they held."""
        gates = three()
        hand = at_the_till(BREAD, MILK, rules=Rules(gates=gates))
        told(*gates)
        on_receipt(on_line(hand, "10"), "5")
        assert told(*gates) == []
        assert memories(hand.receipt.lines[0]) == dict.fromkeys("abc", "holds 1000")

    def test_line_a_gate_throws_out_again(self) -> None:
        """Given a sum off the receipt, when a new line is thrown out by a gate, then the first bears it all again."""
        gates = three(added="refuse")
        hand = Hand.signed_in(rules=Rules(rights=FREE)).scan(BREAD.barcode)
        off_receipt(hand, "10")
        hand.till = replace(hand.till, rules=replace(hand.till.rules, gates=gates))
        hand.scan(MILK.barcode)
        assert (hand.problem, taken(hand), hand.receipt.total) == ("no", [1000], 3550)


class TestMerging:
    def test_discount_of_the_receipt_does_not_hinder(self) -> None:
        """Given a discount on the receipt, when equal goods come, then they are one line, and its part grows."""
        hand = sell(on_receipt(at_the_till(BREAD), "10"), BREAD)
        assert (hand.lines, taken(hand)) == ([("Хлеб", 2000, False)], [910])

    def test_discount_of_a_position_stays_its_own(self) -> None:
        """Given a discount on a position, when equal goods come, then they are a line of their own without it."""
        hand = sell(on_line(at_the_till(BREAD), "10"), BREAD, BREAD)
        assert hand.lines == [("Хлеб", 1000, False), ("Хлеб", 2000, False)]
        assert taken(hand) == [455, 0]

    def test_discount_taken_back_merges_again(self) -> None:
        """Given a discount taken back, when equal goods come, then they are one line again."""
        hand = sell(on_line(on_line(at_the_till(BREAD), "10"), "0"), BREAD)
        assert (hand.lines, taken(hand)) == ([("Хлеб", 2000, False)], [0])


class TestAfterAPowerCut:
    def test_same_sums(self) -> None:
        """Given discounts of both kinds, when the power is cut, then every line costs the same to the kopeck."""
        hand = off_receipt(on_line(at_the_till(BREAD, DEAR, CHEESE), "33.33"), "7.77")
        again = hand.restarted().sign_in()
        assert again.receipt == hand.receipt
        assert taken(sell(again, MILK)) == taken(sell(hand, MILK))

    def test_payment_of_it(self) -> None:
        """Given a discount, when the receipt is paid and the power cut, then the shift has the sums to the kopeck."""
        hand = on_receipt(at_the_till(BREAD, MILK), "10").press("plus", "enter")
        shift = hand.restarted().till.ledger.shift
        assert shift is not None
        assert (shift.totals.sold, shift.totals.discounts) == (12186, 1354)
