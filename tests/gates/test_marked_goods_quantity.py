"""Marked goods go one by one, and by weight as their mark has it (spec M6)."""

import pytest
from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.catalogue import Product
from cashier.core.gate import Asked, Refuse
from cashier.core.money import Kopecks
from cashier.core.reading import Reading
from cashier.core.say import say
from cashier.core.state import Rules
from tests.core.hand import EVENT, NOON
from tests.gates.marked import BRIE, CRATE, FREE, KEFIR, LENIENT, STRICT, Shop, gate, mark

MARK = mark(KEFIR)
DEAR = replace(BRIE, price=Kopecks(90_000_000))
NO = ("quantity_of_marked", "quantity_of_marked_advice")


class TestOnePiece:
    def test_times_before_the_barcode(self) -> None:
        """Given `3*`, when the barcode of marked goods is scanned, then it is refused with the agreed words."""
        shop = Shop.selling(without_mark=True).write("3*").scan(KEFIR.barcode)
        assert shop.popup == NO
        assert shop.sentence == "Изменение количества маркированного товара запрещено"
        assert shop.lines == []

    def test_times_before_the_mark(self) -> None:
        """Given `3*`, when the mark is scanned, then it is refused, and the server has not been asked."""
        shop = Shop.selling(STRICT).write("3*").take(MARK)
        assert shop.popup == NO
        assert shop.waits == ""

    @pytest.mark.parametrize("typed", ["1*", "0.25*"])
    @pytest.mark.parametrize("reading", [MARK, mark(BRIE)], ids=["piece", "weight"])
    def test_any_quantity_typed_before_it(self, reading: Reading, typed: str) -> None:
        """Given any quantity typed, when a mark is scanned, by weight or not, then it is refused before a dialog."""
        shop = Shop.selling(STRICT).write(typed).take(reading)
        assert (shop.popup, shop.waits, shop.lines) == (NO, "", [])
        assert shop.press("enter").till.mode == m.Selling()

    def test_barcode_of_a_box(self) -> None:
        """Given a barcode that stands for six, when it is scanned, then it is refused: each has its own mark."""
        assert Shop.selling().scan(CRATE.barcode).popup == NO
        assert Shop.selling().take(mark(CRATE)).popup == NO

    @pytest.mark.parametrize("key", ["insert", "f6"])
    @pytest.mark.parametrize("marked", [True, False], ids=["marked", "without mark"])
    def test_change_of_weight(self, key: str, marked: bool) -> None:  # noqa: FBT001 - drawn
        """Given a line of marked goods by weight, when its weight is to be changed, then not either."""
        shop = Shop.selling(without_mark=True).scan(BRIE.barcode).write("0,5").press("enter")
        shop = shop.take(mark(BRIE)) if marked else shop.press("1")
        assert shop.lines == [("Бри", 500, False)]
        assert shop.press(key).popup == NO

    @pytest.mark.parametrize("key", ["insert", "f6"])
    @pytest.mark.parametrize("marked", [True, False], ids=["marked", "without mark"])
    def test_change_of_quantity(self, key: str, marked: bool) -> None:  # noqa: FBT001 - drawn
        """Given a line of marked goods, with or without its mark, when its quantity is to be changed, then not."""
        shop = Shop.selling(without_mark=True).scan(KEFIR.barcode)
        shop = shop.take(MARK) if marked else shop.press("1")
        assert shop.press(key).popup == NO
        assert shop.press("enter").till.mode == m.Selling()

    @pytest.mark.parametrize("key", ["insert", "f6"])
    @pytest.mark.parametrize("product", [KEFIR, BRIE], ids=["piece", "weight"])
    def test_line_from_before_the_module(self, product: Product, key: str) -> None:
        """Given marked goods sold while the module was off, when it is on, then their quantity stands as it is."""
        shop = Shop.behind(marks=False).scan(product.barcode)
        shop = shop.write("0,5").press("enter") if product.fractional else shop
        (line,) = shop.receipt.lines
        assert (line.single, line.mark) == (False, "")
        shop.rules = Rules(gates=(gate(),), reads_marks=True, rights=shop.rules.rights)
        shop = shop.restarted().sign_in()
        assert shop.press(key).popup == NO
        shop.press("enter").take(mark(product, properties=(("weight", "300"),)))
        assert [own.mark != "" for own in shop.receipt.lines] == [False, True]

    @pytest.mark.parametrize("product", [KEFIR, BRIE], ids=["piece", "weight"])
    def test_gate_alone_changes_none(self, product: Product) -> None:
        """Given the gate alone, when a line is to become more or less of itself, then never, whatever its goods."""
        receipt = Shop.selling().take(mark(product, properties=(("weight", "300"),))).receipt
        (line,) = receipt.lines
        assert gate().enter(Asked(receipt, line, NOON, EVENT, before=line)) == Refuse(say(NO[0]), say(NO[1]))

    def test_two_packs_are_two_lines(self) -> None:
        """Given two packs of one item, when both are sold, then they never merge."""
        shop = Shop.selling().take(MARK, mark(KEFIR, "b"))
        assert shop.lines == [("Кефир", 1000, False), ("Кефир", 1000, False)]


def brie(weight: str) -> Reading:
    """Read the mark of a piece of cheese with its weight in grams."""
    return mark(BRIE, properties=(("weight", weight), ("expiry", "271231")))


class TestWeight:
    def test_of_the_mark_is_the_quantity(self) -> None:
        """Given a mark with a weight, when it is scanned, then the grams are the quantity and no weight is asked."""
        shop = Shop.selling().take(brie("000345"))
        assert shop.lines == [("Бри", 345, False)]
        assert shop.line.sum == 31050
        assert dict(shop.line.properties) == {"weight": "000345", "expiry": "271231"}

    def test_typed_before_the_mark_must_be_that_of_the_mark(self) -> None:
        """Given barcode and typed weight, when the mark has another weight, then neither is sold (M6)."""
        shop = Shop.selling(STRICT).scan(BRIE.barcode).write("1,2").press("enter").take(brie("000345")).reply(FREE)
        assert shop.popup == ("mark_weight_differs", "mark_weight_differs_advice")
        assert "0,345" in shop.sentence
        assert "1,2" in shop.sentence
        assert (shop.lines, shop.waits, shop.queued) == ([], "", [])

    def test_typed_before_the_mark_and_the_same(self) -> None:
        """Given barcode and typed weight, when the mark has that weight, then it is sold."""
        shop = Shop.selling().scan(BRIE.barcode).write("0,345").press("enter").take(brie("000345"))
        assert (shop.lines, shop.marks) == ([("Бри", 345, False)], [brie("000345").ki])

    def test_is_typed_where_the_mark_has_none(self) -> None:
        """Given a mark without a weight, when the weight is typed, then no mark is asked for once more."""
        shop = Shop.selling().take(mark(BRIE))
        assert isinstance(shop.till.mode, m.Weighing)
        shop.write("0,5").press("enter")
        assert (shop.lines, shop.marks) == ([("Бри", 500, False)], [mark(BRIE).ki])

    @pytest.mark.parametrize("weight", ["0", "000000", "12a", "-5", "1.5", "٣", "99999999999", "9" * 5000])
    def test_that_cannot_be(self, weight: str) -> None:
        """Given a weight of nothing, or one no scale shows, when the mark is scanned, then it is refused."""
        shop = Shop.selling().take(brie(weight))
        assert shop.popup == ("mark_weight_bad", "mark_weight_bad_advice")
        assert shop.lines == []

    def test_that_costs_too_much(self) -> None:
        """Given a weight that is possible, when its price passes all bounds, then it is refused."""
        shop = Shop.selling().take(mark(DEAR, properties=(("weight", "99000000"),)))
        assert shop.popup == ("mark_weight_bad", "mark_weight_bad_advice")

    def test_after_the_server_was_asked(self) -> None:
        """Given a bad weight, when the server allows the mark, then nothing is sold and nothing reserved."""
        shop = Shop.selling(STRICT).take(brie("0")).reply("NOT_REGISTERED")
        assert shop.popup == ("mark_weight_bad", "mark_weight_bad_advice")
        assert shop.condition == "status_marks"
        assert (shop.waits, shop.queued) == ("", [])

    def test_after_a_silent_server(self) -> None:
        """Given a bad weight, when the server does not answer, then the status line says so all the same."""
        assert Shop.selling(LENIENT).take(brie("0")).no_reply().condition == "status_marks_unchecked"

    def test_of_goods_by_the_piece_plays_no_part(self) -> None:
        """Given goods by the piece, when their mark tells a weight, then the quantity is one."""
        shop = Shop.selling().take(mark(KEFIR, properties=(("weight", "930"),)))
        assert shop.lines == [("Кефир", 1000, False)]
