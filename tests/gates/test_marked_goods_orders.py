"""Marks of goods that came with an order (spec S9): each goes to the line that waits for it."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.catalogue import Kind
from cashier.core.events import NoReply, Reply
from cashier.core.facts import IntentMade
from cashier.core.money import Kopecks
from cashier.core.orders import Order
from cashier.gates.marked_goods import RESERVED
from tests.core.goods import BREAD
from tests.gates.marked import BRIE, FREE, KEFIR, LENIENT, STRICT, UNASKED, WATER, bare, gate, mark
from tests.gates.ordered import CHEAP_BREAD, MARKED, NUMBER, WHOLE, OrderShop, of

A, B, C = mark(KEFIR), mark(KEFIR, "b"), mark(KEFIR, "c")
TAKEN = "RESERVED_SALE"


def reserving(order: Order = MARKED) -> OrderShop:
    """Give the first pack of an order its mark, as far as its reserve."""
    return OrderShop.having(order, gate(STRICT)).take(A).reply(FREE)


class TestAttaching:
    def test_mark_goes_to_the_line_that_waits(self) -> None:
        """Given an order of two packs, when one mark is scanned, then no line comes, and the first pack has it."""
        shop = OrderShop.having(MARKED).take(A)
        assert shop.wrote == ["LineMarked"]
        assert [line.ki for line in shop.ordered] == ["", A.ki, ""]
        assert (shop.till.cursor, shop.till.mode) == (2, m.Selling())

    def test_next_mark_to_the_next_one(self) -> None:
        """Given one pack that has its mark, when the next is scanned, then the other pack has that; a third is sold."""
        shop = OrderShop.having(MARKED).take(A, B, C)
        assert [(line.ki, line.order, line.price) for line in shop.receipt.lines[1:]] == [
            (A.ki, NUMBER, Kopecks(8000)),
            (B.ki, NUMBER, Kopecks(8000)),
            (C.ki, "", KEFIR.price),
        ]

    def test_price_and_quantity_stay(self) -> None:
        """Given an order, when all its marks are in, then its sum is what it was."""
        shop = OrderShop.having(MARKED)
        before = shop.receipt.total
        assert shop.take(A, B).receipt.total == before == 4000 + 2 * 8000

    def test_other_goods_are_sold(self) -> None:
        """Given an order of kefir, when water is scanned, then it is a line of its own."""
        shop = OrderShop.having(MARKED).take(mark(WATER))
        assert [line.order for line in shop.receipt.lines] == [NUMBER] * 3 + [""]

    def test_barcode_asks_for_the_mark(self) -> None:
        """Given an order, when the barcode of its goods is scanned, then their mark is asked for, and goes to it."""
        shop = OrderShop.having(MARKED).scan(KEFIR.barcode)
        assert shop.question is not None
        assert shop.take(A).wrote == ["LineMarked"]
        assert shop.marks == ["", A.ki, ""]

    def test_mark_that_names_no_goods(self) -> None:
        """Given marks whose mask names no barcode, then the barcode comes first, as in a sale."""
        shop = OrderShop.having(MARKED).scan(KEFIR.barcode).take(bare(KEFIR))
        assert shop.marks == ["", A.ki, ""]

    def test_same_pack_twice(self) -> None:
        """Given a pack of the order, when it is scanned once more, then it is refused."""
        shop = OrderShop.having(MARKED).take(A).press("left").take(A)
        assert (shop.problem, shop.marks) == ("mark_in_receipt", ["", A.ki, ""])

    def test_escape_leaves_all_as_it_was(self) -> None:
        """Given the mark of an order asked for, when Esc is pressed, then nothing is written."""
        shop = OrderShop.having(MARKED).scan(KEFIR.barcode).press("escape")
        assert (shop.till.mode, shop.wrote, shop.marks) == (m.Selling(), [], ["", "", ""])

    def test_without_mark(self) -> None:
        """Given a shop that may sell without a mark, then the cashier may say so, and the line waits no more."""
        shop = OrderShop.having(MARKED, gate(UNASKED, without_mark=True)).scan(KEFIR.barcode).press("1")
        assert shop.wrote == ["LineMarked"]
        assert [line.waits_for_mark for line in shop.ordered] == [False, False, True]
        assert shop.take(A).marks == ["", "", A.ki]
        assert shop.press("plus").problem == ""
        assert isinstance(shop.till.mode, m.Paying)

    def test_times_is_refused(self) -> None:
        """Given a quantity typed ahead, then the mark is refused as in a sale."""
        assert OrderShop.having(MARKED).write("2*").take(A).problem == "quantity_of_marked"


class TestPayment:
    def test_waiting_line_is_asked_for(self) -> None:
        """Given a pack without its mark, when payment begins, then its mark is asked for, and paying goes on then."""
        shop = OrderShop.having(MARKED).take(A).press("home", "plus")
        assert shop.question is not None
        assert (shop.question.wants_scan, shop.till.cursor, shop.popup) == (True, 3, ("", ""))
        assert shop.take(B).marks == ["", A.ki, B.ki]
        assert isinstance(shop.press("plus").till.mode, m.Paying)

    def test_mark_is_asked_for_as_often_as_wanted(self) -> None:
        """Given the dialog closed by Esc, then the sale stands without an error; the next payment asks again."""
        shop = OrderShop.having(MARKED)
        for _ in range(3):
            assert shop.press("plus").question is not None
            assert shop.till.cursor == 2
            assert shop.press("escape").till.mode == m.Selling()
            assert (shop.wrote, shop.marks) == ([], ["", "", ""])

    def test_all_marks_in(self) -> None:
        """Given all marks, when the receipt is paid, then they are told sold and nothing is given back."""
        shop = OrderShop.having(MARKED, gate(UNASKED, told=True)).take(A, B).press("plus", "enter")
        assert [fact.key for fact in shop.queued] == [A.ki, B.ki]
        assert shop.returns == []

    def test_storno_of_a_waiting_line(self) -> None:
        """Given a pack without a mark, when it is taken out, then no mark is asked for, and the rest may be paid."""
        shop = OrderShop.having(MARKED).take(A).press("end", "delete")
        assert [line.storno for line in shop.ordered] == [False, False, True]
        assert isinstance(shop.press("plus").till.mode, m.Paying)

    def test_marks_switched_off_wait_for_nothing(self) -> None:
        """Given marks that are not asked for any more, then a line without one may be paid."""
        own = OrderShop.having(MARKED).receipt
        assert replace(gate(), asks=False).unpayable(own, OrderShop.behind().clock, "") is None


class TestGoodsPlainInDictionaries:
    """An order says of bread that it is sold by mark, the dictionaries do not."""

    ORDER = Order(NUMBER, "d-1", (of(replace(BREAD, kind=Kind.MARKED)),))

    def test_mark(self) -> None:
        """Given the mark of such goods, when it is scanned, then the line of the order has it, and is paid."""
        shop = OrderShop.having(self.ORDER).take(mark(BREAD))
        assert (shop.problem, shop.marks) == ("", [mark(BREAD).ki])
        assert isinstance(shop.press("plus").till.mode, m.Paying)

    def test_barcode(self) -> None:
        """Given their barcode, when it is scanned, then the mark is asked for; the next piece is plain again."""
        shop = OrderShop.having(self.ORDER).scan(BREAD.barcode).take(mark(BREAD)).scan(BREAD.barcode)
        assert [(line.order, bool(line.mark)) for line in shop.receipt.live] == [(NUMBER, True), ("", False)]


class TestReserve:
    def test_mark_and_intent_are_one_record(self) -> None:
        """Given a mark that may be sold, when the line has it, then the intent to reserve it is with it."""
        shop = reserving()
        assert shop.wrote == ["LineMarked", "IntentMade"]
        assert shop.reply(RESERVED).wrote == ["IntentSettled"]
        assert shop.marks == ["", A.ki, ""]

    def test_refused_one_leaves_the_line_waiting(self) -> None:
        """Given a mark another till was quicker with, then the line stands without it, and takes another pack."""
        shop = reserving().reply(TAKEN)
        assert shop.wrote == ["LineMarked", "IntentSettled"]
        assert (shop.problem, shop.marks) == ("mark_status_reserved", ["", "", ""])
        assert shop.ordered[1] == replace(OrderShop.having(MARKED).ordered[1], source="")
        assert shop.sent == []
        shop.press("enter").take(B).reply(FREE).reply(RESERVED)
        assert shop.marks == ["", B.ki, ""]

    def test_unknown_outcome_is_released(self) -> None:
        """Given a strict server that is silent about the reserve, then the mark is off the line and released."""
        shop = reserving().no_reply()
        assert (shop.problem, shop.marks) == ("mark_server_silent", ["", "", ""])
        assert shop.sent == [("markReleased", A.ki)]

    def test_each_pack_of_a_line_is_released_by_a_message_of_its_own(self) -> None:
        """Given a line that had one pack, then another, then that again, then all three reserves are undone."""
        shop = reserving().no_reply().press("enter").take(B).reply(FREE).reply(RESERVED).press("delete").take(B)
        assert [fact.key for fact in shop.queued] == [A.ki, B.ki]
        shop = reserving().no_reply().press("enter").take(A).reply(FREE).no_reply()
        assert [fact.key for fact in shop.queued] == [A.ki, A.ki]

    def test_escape(self) -> None:
        """Given a reserve under way, when Esc is pressed, then likewise."""
        shop = reserving().press("escape")
        assert (shop.till.mode, shop.marks) == (m.Selling(), ["", "", ""])
        assert shop.sent == [("markReleased", A.ki)]

    def test_escape_while_the_status_is_asked(self) -> None:
        """Given a status that is asked for, when Esc is pressed, then the line waits as before."""
        shop = OrderShop.having(MARKED, gate(STRICT)).take(A).press("escape")
        assert (shop.till.mode, shop.wrote, shop.marks) == (m.Selling(), [], ["", "", ""])

    def test_status_that_forbids(self) -> None:
        """Given a mark that was sold, then the line waits as before."""
        shop = OrderShop.having(MARKED, gate(STRICT)).take(A).reply("SOLD")
        assert (shop.problem, shop.wrote, shop.marks) == ("mark_status_sold", [], ["", "", ""])

    def test_lenient_server_is_silent(self) -> None:
        """Given a shop that sells without an answer, then the line keeps its mark."""
        shop = OrderShop.having(MARKED, gate(LENIENT)).take(A).no_reply().no_reply()
        assert shop.marks == ["", A.ki, ""]

    def test_storno_asks_for_the_mark(self) -> None:
        """Given a line of an order with its mark, then a storno asks for it and releases it."""
        shop = reserving().reply(RESERVED).press("delete").take(A)
        assert [line.storno for line in shop.ordered] == [False, True, False]
        assert shop.sent == [("markReleased", A.ki)]

    def test_cancelled_receipt_releases_marks_and_order(self) -> None:
        """Given a reserve and an order, when the receipt is given up, then both are let go."""
        shop = reserving().reply(RESERVED).press("f4", "enter")
        assert shop.sent == [("markReleased", A.ki), ("orderReleased", NUMBER)]

    def test_storno_by_the_mark_of_a_fixed_line(self) -> None:
        """Given an order that may not be changed, when another line's storno is answered by its mark, then it stays."""
        shop = OrderShop.having(WHOLE).take(A, B, C).press("end", "delete").take(A)
        assert (shop.problem, shop.wrote) == ("order_fixed", [])
        assert shop.marks == ["", A.ki, B.ki, C.ki]


class TestPowerCut:
    def test_reserve_is_asked_for_again(self) -> None:
        """Given a power cut before the answer, then it is asked for again; refused, the line stays without it."""
        again = reserving().restarted()
        assert again.receipt.lines[1].ki == A.ki
        again.reply(TAKEN)
        assert sorted(again.wrote) == ["IntentSettled", "LineMarked", "MessageQueued"]
        assert again.marks == ["", "", ""]
        assert again.warned.startswith("Считайте другой код: Кефир по заказу")

    def test_silent_server(self) -> None:
        """Given a strict server silent again, then the mark is released and off the line, which takes another one."""
        again = reserving().restarted().no_reply()
        assert (again.marks, again.sent) == (["", "", ""], [("markReleased", A.ki)])
        again.sign_in().take(B).reply(FREE).reply(RESERVED)
        assert again.marks == ["", B.ki, ""]

    def test_reserve_of_a_mark_that_is_off_the_line(self) -> None:
        """Given an intent for a mark that the line has no more, then the reserve is only released."""
        shop = reserving()
        (intent,) = shop.happened(IntentMade)
        assert isinstance(intent, IntentMade)
        line = replace(shop.ordered[1], mark=B.code, ki=B.ki)
        for answer in (None, Reply(TAKEN), NoReply("late")):
            settlement = gate(STRICT).settle(intent, line, answer)
            assert [fact.key for fact in settlement.messages] == [A.ki]
            assert not settlement.withdraw


class TestWeight:
    ORDER = Order(NUMBER, "d-1", (of(BRIE, 500), of(BRIE, 700)))

    @pytest.mark.parametrize(("weight", "position"), [("500", 1), ("0700", 2)])
    def test_mark_goes_to_the_line_of_its_weight(self, weight: str, position: int) -> None:
        """Given two pieces of cheese, when a mark names a weight, then the piece of that weight has it."""
        shop = OrderShop.having(self.ORDER).take(mark(BRIE, properties=(("weight", weight),)))
        assert [bool(line.mark) for line in shop.ordered] == [position == 1, position == 2]

    def test_other_weight_is_refused(self) -> None:
        """Given a mark of another weight than was ordered, then it is refused."""
        shop = OrderShop.having(self.ORDER).take(mark(BRIE, properties=(("weight", "600"),)))
        assert (shop.problem, shop.marks) == ("order_weight_differs", ["", ""])

    def test_mark_without_weight(self) -> None:
        """Given a mark that names no weight, then nobody asks for one: the order has it."""
        shop = OrderShop.having(self.ORDER).take(mark(BRIE))
        assert [(line.quantity, bool(line.mark)) for line in shop.ordered] == [(500, True), (700, False)]


def test_mark_of_an_order_survives_a_restart() -> None:
    """Given a marked line, when the till starts again, then it is what it was, barcode and properties too."""
    shop = OrderShop.having(replace(MARKED, lines=(of(CHEAP_BREAD), of(replace(KEFIR, barcode="")))))
    shop.take(mark(KEFIR, properties=(("expiry", "261231"),)))
    line = shop.ordered[1]
    assert (line.product.barcode, line.properties) == (KEFIR.barcode, (("expiry", "261231"),))
    assert shop.restarted().receipt.lines[1] == line
    assert isinstance(shop.facts[-1], f.LineMarked)
