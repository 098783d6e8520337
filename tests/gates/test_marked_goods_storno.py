"""Storno by mark: the line of the scanned mark goes, whichever is selected (spec M8)."""

import json

import pytest
from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.effects import Log
from cashier.core.reading import Reading
from cashier.core.rights import CASHIER, Right
from cashier.core.say import Sum, say
from tests.core.discounted import on_line
from tests.core.goods import BREAD
from tests.gates.marked import KEFIR, RUSSIAN, STRICT, WATER, Shop, damaged, mark

FIRST, SECOND, THIRD = mark(KEFIR, "a"), mark(KEFIR, "b"), mark(WATER)


def full(**rules: bool) -> Shop:
    """Sell two packs of kefir, water and bread; the water is selected."""
    return Shop.selling(STRICT, **rules).sell(FIRST, SECOND).scan(BREAD.barcode).sell(THIRD)


def gone(shop: Shop) -> list[int]:
    """Return positions that were storno'd."""
    return [line.position for line in shop.receipt.lines if line.storno]


class TestByMark:
    def test_selected_line(self) -> None:
        """Given a marked line selected, when Del is pressed, then its mark is asked for, and then it goes."""
        shop = full().press("delete")
        assert shop.question is not None
        goes = say("mark_goes_out", position=4, name="Вода", price=Sum(WATER.price))
        assert (shop.question.title, shop.question.lines) == (say("mark_scan"), (goes,))
        assert gone(shop) == []
        shop.take(THIRD)
        assert (gone(shop), shop.till.mode, shop.till.cursor) == ([4], m.Selling(), 4)

    @pytest.mark.parametrize(("scanned", "position"), [(FIRST, 1), (SECOND, 2), (THIRD, 4)])
    @pytest.mark.parametrize("ups", [0, 2, 3])
    def test_line_of_the_mark_goes(self, ups: int, scanned: Reading, position: int) -> None:
        """Given any marked line selected, when a mark of the receipt is scanned, then the line of that mark goes."""
        shop = full().press(*("up",) * ups, "delete").take(scanned)
        assert gone(shop) == [position]
        assert shop.till.cursor == position
        assert len(shop.sent) == 1

    def test_another_line_is_named(self) -> None:
        """Given a line selected, when the mark of another one is scanned, then it is said which one went."""
        assert full().press("delete").take(FIRST).till.notice == say("storno_of_other", position=1)
        assert full().press("delete").take(THIRD).notice == ""

    def test_what_the_line_costs(self) -> None:
        """Given a discount on the line, then the dialog names what it costs with that."""
        shop = full()
        shop.till = replace(shop.till, rules=replace(shop.till.rules, rights=dict.fromkeys(Right, CASHIER)))
        on_line(shop, "10")
        shop.press("delete")
        assert shop.question is not None
        assert dict(shop.question.lines[0].places)["price"] == Sum(shop.line.sum)
        assert shop.line.sum < WATER.price

    def test_releases_what_was_reserved(self) -> None:
        """Given a reserved mark, when its line goes, then its release is queued with it, once."""
        shop = full()
        own = shop.receipt.lines[1]
        shop.press("delete").take(SECOND)
        assert shop.wrote == ["LineStornoed", "LineLeft", "MessageQueued"]
        assert shop.sent == [("markReleased", SECOND.ki)]
        assert json.loads(shop.messages[0])["reserve"] == json.loads(own.memory("marked_goods"))["key"]

    def test_mark_not_in_the_receipt(self) -> None:
        """Given the dialog, when another mark is scanned, then it says so, waits, and takes the right one."""
        shop = full().press("delete").take(mark(KEFIR, "z"))
        assert shop.wrong == ("mark_not_in_receipt", "mark_not_in_receipt_advice")
        assert shop.question is not None
        assert shop.question.problem is not None
        assert RUSSIAN.text(shop.question.problem).startswith("Позиция с таким кодом маркировки не найдена в чеке")
        assert gone(shop) == []
        assert gone(shop.take(FIRST)) == [1]

    def test_mark_of_a_line_that_went_already(self) -> None:
        """Given a line that went, when its mark is scanned for another, then it is not in the receipt."""
        shop = full().press("delete").take(FIRST).press("end", "delete").take(FIRST)
        assert shop.wrong[0] == "mark_not_in_receipt"

    def test_plain_barcode(self) -> None:
        """Given the dialog, when a plain barcode is scanned, then the mark is still asked for."""
        shop = full().press("delete").scan(WATER.barcode)
        assert shop.wrong == ("mark_unread", "mark_not_one_advice")

    @pytest.mark.parametrize("damage", ["no_gs", "glued", "alphabet", "structure"])
    def test_damaged(self, damage: str) -> None:
        """Given the dialog, when the code is damaged, then it says what to do, and the line stays."""
        shop = full().press("delete").take(damaged(damage))
        assert shop.wrong[0] == "mark_unread"
        assert gone(shop) == []

    def test_mark_that_no_mask_accepts_any_more(self) -> None:
        """Given masks that were changed meanwhile, when the mark of a line is scanned, then it goes."""
        shop = full().press("delete").take(mark(WATER, category=None, products=()))
        assert gone(shop) == [4]

    def test_layout_that_nobody_knows_any_more(self) -> None:
        """Given a mark by its mask alone, when no mask takes it any more, then the line goes by the plain text."""
        text = "WATER-0001"
        odd = Reading(code=text, ki=text, category="Milk", products=(WATER,), named=True)
        shop = Shop.selling(STRICT).sell(FIRST, odd).press("up", "delete")
        shop.readings[text.encode()] = Reading(text)
        shop.scan(text)
        assert gone(shop) == [2]
        assert shop.sent == [("markReleased", text)]

    def test_plain_text_takes_no_line_without_a_mark(self) -> None:
        """Given lines without marks, when a scan is nothing at all, then none of them goes."""
        shop = Shop.selling(STRICT, without_mark=True).scan(KEFIR.barcode).press("1").sell(SECOND).press("delete")
        shop.readings[b"\xff"] = Reading()
        shop.scan(b"\xff")
        assert gone(shop) == []
        assert shop.wrong == ("mark_unread", "mark_not_one_advice")

    def test_esc_leaves_the_line(self) -> None:
        """Given the dialog, when Esc is pressed, then nothing goes and nothing is released."""
        shop = full().press("delete", "escape")
        assert (gone(shop), shop.queued, shop.till.mode) == ([], [], m.Selling())

    def test_nothing_but_a_scan_takes_it_out(self) -> None:
        """Given the dialog, when Enter, digits and arrows are pressed, then it stands."""
        shop = full(without_mark=True).press("delete", "enter", "1", "down", "up", "plus")
        assert shop.question is not None
        assert shop.question.choices == ()
        assert gone(shop) == []


class TestWithoutMark:
    def test_line_added_without_one_goes_without_one(self) -> None:
        """Given a line without its mark, when Del is pressed, then it goes at once and nothing is released."""
        shop = Shop.selling(STRICT, without_mark=True).scan(KEFIR.barcode).press("1", "delete")
        assert (gone(shop), shop.queued) == ([1], [])

    def test_bread_beside_marked_goods(self) -> None:
        """Given goods that are not marked, when Del is pressed on them, then they go at once."""
        assert gone(full().press("up", "delete")) == [3]


class TestWholeReceipt:
    def test_no_mark_is_asked_for(self) -> None:
        """Given marked goods, when the whole receipt is storno'd, then no mark is asked for and each is released."""
        shop = full().press("delete").take(FIRST).press("f4", "enter")
        assert shop.wrote[0] == "ReceiptCancelled"
        assert shop.sent == [("markReleased", SECOND.ki), ("markReleased", THIRD.ki)]
        assert shop.till.ledger.receipt is None

    def test_without_reserves_nobody_is_told(self) -> None:
        """Given marks the server was never asked about, when the receipt is storno'd, then nothing is released."""
        shop = Shop.selling(told=True).take(FIRST).press("f4", "enter")
        assert (shop.wrote, shop.queued) == (["ReceiptCancelled"], [])


class TestDoubleRead:
    def test_right_after_a_storno_is_no_sale(self) -> None:
        """Given a storno by mark, when the pack is read again at once, then it is not sold again, and quietly so."""
        shop = full().press("delete").held_up(THIRD, 500.0).held_up(THIRD, 500.5)
        assert (gone(shop), shop.notice, shop.problem, shop.waits) == ([4], "mark_read_twice", "", "")
        assert isinstance(shop.effects[-1], Log)
        assert shop.held_up(THIRD, 502.0).waits == "mark_checking"
