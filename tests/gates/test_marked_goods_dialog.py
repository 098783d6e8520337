"""The scan-mark dialog: what was wrong with a code is said at once and the dialog keeps waiting (spec M5, M7)."""

import pytest
from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.catalogue import Product
from cashier.core.events import Answered, Reply, Ticked
from cashier.core.reading import Reading
from cashier.core.say import Say
from tests.core.goods import BREAD
from tests.gates.marked import BOOTS, KEFIR, RUSSIAN, SMOKES, STRICT, WATER, Shop, damaged, mark

WRONG_SCANS = [
    (mark(WATER), "mark_of_other_item_named", "mark_of_other_item_advice"),
    (mark(WATER, products=()), "mark_of_other_item", "mark_of_other_item_advice"),
    (damaged("no_gs"), "mark_unread", "mark_no_gs_advice"),
    (damaged("glued"), "mark_unread", "mark_glued_advice"),
    (damaged("alphabet"), "mark_unread", "mark_alphabet_advice"),
    (damaged("structure"), "mark_unread", "mark_unread_advice"),
    (damaged("too_long"), "mark_unread", "mark_unread_advice"),
    (mark(KEFIR, category=None), "mark_unread", "mark_no_mask_advice"),
]


class TestWrongScans:
    @pytest.mark.parametrize(("wrong", "what", "advice"), WRONG_SCANS)
    def test_is_said_and_the_next_scan_is_taken(self, wrong: Reading, what: str, advice: str) -> None:
        """Given a code that will not do, when it is scanned, then the dialog says why, and the right one goes."""
        shop = Shop.selling().scan(KEFIR.barcode).take(wrong)
        assert shop.wrong == (what, advice)
        assert shop.lines == []
        assert shop.take(mark(KEFIR)).marks == [mark(KEFIR).ki]

    def test_plain_barcode_is_not_a_mark(self) -> None:
        """Given the dialog, when the barcode of the pack is scanned, then it is told from the mark."""
        shop = Shop.selling().scan(KEFIR.barcode).scan(KEFIR.barcode)
        assert shop.wrong == ("mark_unread", "mark_not_one_advice")
        assert shop.lines == []

    def test_mark_in_the_own_receipt(self) -> None:
        """Given a mark sold in this receipt, when it comes again for another pack, then the dialog says so."""
        shop = Shop.selling().take(mark(KEFIR)).scan(KEFIR.barcode).take(mark(KEFIR))
        assert shop.wrong == ("mark_in_receipt", "mark_in_receipt_advice")
        assert shop.take(mark(KEFIR, "b")).marks == [mark(KEFIR).ki, mark(KEFIR, "b").ki]

    def test_other_barcode_of_the_same_item(self) -> None:
        """Given an item of two barcodes, when its mark carries the other one, then it is the item's mark."""
        other = mark(replace(KEFIR, barcode="4600000000299"))
        shop = Shop.selling(STRICT).scan(KEFIR.barcode).take(other)
        assert shop.order["request"]["barcode"] == KEFIR.barcode
        assert shop.reply("NOT_REGISTERED").reply("RESERVED").marks == [other.ki]

    def test_serial_is_case_sensitive(self) -> None:
        """Given a serial that differs by case alone, when it comes, then it is another piece (M15)."""
        shop = Shop.selling().take(mark(KEFIR, "a"), mark(KEFIR, "A"))
        assert len(shop.marks) == 2

    def test_words_of_interfaces(self) -> None:
        """Given wrong codes one after the other, then each is told in the words that are agreed on, with what to do."""
        shop = Shop.selling().take(mark(KEFIR)).scan(KEFIR.barcode)

        def told() -> str:
            assert shop.question is not None
            assert isinstance(shop.question.problem, Say)
            return RUSSIAN.text(shop.question.problem)

        shop.take(mark(WATER, products=()))
        assert told().startswith("Код маркировки относится к другому товару")
        shop.take(mark(KEFIR))
        assert told().startswith("Код маркировки уже добавлен в чек")
        shop.take(damaged("structure"))
        assert told().startswith("Код маркировки не распознан. Протрите код")
        assert shop.question is not None
        assert RUSSIAN.text(shop.question.title) == "Считайте код маркировки"

    def test_wrong_scan_tells_nobody_outside(self) -> None:
        """Given a category the server is asked for, when a wrong code is scanned, then the server is not asked."""
        shop = Shop.selling(STRICT).scan(KEFIR.barcode).take(mark(WATER))
        assert shop.wrong == ("mark_of_other_item_named", "mark_of_other_item_advice")
        assert (shop.waits, shop.requests) == ("", [])

    def test_esc_after_a_wrong_scan_adds_nothing(self) -> None:
        """Given a wrong code, when Esc is pressed, then nothing is sold."""
        shop = Shop.selling().scan(KEFIR.barcode).take(mark(WATER)).press("escape")
        assert (shop.lines, shop.till.mode) == ([], m.Selling())


class TestLeftAlone:
    def test_idle_till_is_locked_and_nothing_is_sold(self) -> None:
        """Given the dialog, when nobody is there for too long, then the till locks and the item is given up."""
        shop = Shop.selling().scan(KEFIR.barcode).give(Ticked(idle=True))
        assert (shop.till.mode, shop.lines) == (m.EnteringCode(), [])

    def test_check_under_way_is_waited_for(self) -> None:
        """Given a mark that is checked or reserved, when nobody is there for too long, then the till waits."""
        shop = Shop.selling(STRICT).take(mark(KEFIR))
        for answer in ("NOT_REGISTERED", "RESERVED"):
            token = shop.token
            shop.give(Ticked(idle=True))
            assert shop.waits
            shop.give(Answered(token, Reply(answer)))
        assert shop.marks == [mark(KEFIR).ki]


class TestWithoutMark:
    def test_row_is_offered_where_allowed(self) -> None:
        """Given `addWithoutScanMark`, when key 1 is pressed, then the line stands without mark, one piece (M7)."""
        shop = Shop.selling(STRICT, without_mark=True).scan(KEFIR.barcode)
        assert shop.question is not None
        assert [RUSSIAN.text(row.caption) for row in shop.question.choices] == ["Без маркировки"]
        shop.press("1")
        assert shop.lines == [("Кефир", 1000, False)]
        assert (shop.line.mark, shop.line.ki, shop.line.single) == ("", "", True)
        assert shop.waits == ""

    @pytest.mark.parametrize("product", [KEFIR, BOOTS, SMOKES], ids=lambda own: own.name)
    def test_nothing_but_its_digit_takes_it(self, product: Product) -> None:
        """Given the row or not, when Enter and arrows are pressed, then nothing is sold without its mark."""
        shop = Shop.selling(without_mark=True).scan(product.barcode)
        shop.press("enter", "down", "enter", "up", "enter", "home", "enter", "end", "enter", "2", "0", "plus")
        assert shop.question is not None
        assert shop.lines == []

    def test_row_stays_after_a_wrong_scan(self) -> None:
        """Given the row, when a wrong code was scanned, then it can still be taken."""
        shop = Shop.selling(without_mark=True).scan(KEFIR.barcode).take(damaged("structure")).press("1")
        assert shop.lines == [("Кефир", 1000, False)]

    def test_not_where_it_is_not_allowed(self) -> None:
        """Given no `addWithoutScanMark`, when key 1 is pressed, then the dialog stands."""
        shop = Shop.selling().scan(KEFIR.barcode).press("1")
        assert shop.question is not None
        assert shop.lines == []

    def test_never_for_tobacco(self) -> None:
        """Given `addWithoutScanMark`, when it is tobacco, then no row is offered and key 1 means nothing (T3)."""
        shop = Shop.selling(without_mark=True).scan(SMOKES.barcode)
        assert shop.question is not None
        assert shop.question.choices == ()
        assert shop.press("1").lines == []

    def test_does_not_merge_with_its_like(self) -> None:
        """Given two packs without mark, when both are sold, then they are two lines, and bread beside them merges."""
        shop = Shop.selling(without_mark=True)
        for _ in range(2):
            shop.scan(KEFIR.barcode).press("1").scan(BREAD.barcode)
        assert [name for name, _, _ in shop.lines] == ["Кефир", "Хлеб", "Кефир"]
        assert shop.line.quantity == 2000
