"""Two ways in: barcode and then its mark, or the mark alone (spec M4, M5)."""

import pytest

from cashier.core import modes as m
from cashier.core.catalogue import Product
from cashier.core.effects import FindCode, Log, Signal
from cashier.core.quantity import pieces
from cashier.core.reading import Reading
from cashier.core.say import say
from tests.core.goods import BREAD
from tests.gates.marked import (
    BOOTS,
    BRIE,
    KEFIR,
    RUSSIAN,
    SMOKES,
    SOAP,
    UNASKED,
    WATER,
    WINE,
    Shop,
    bare,
    damaged,
    mark,
)


class TestBarcodeThenMark:
    def test_dialog_shows_the_item_and_takes_its_mark(self) -> None:
        """Given the barcode of marked goods, when its mark is scanned, then the line has the full code and the КИ."""
        shop = Shop.selling().scan(KEFIR.barcode)
        assert shop.question is not None
        assert (shop.question.title, shop.question.choices) == (say("mark_scan"), ())
        (item,) = map(RUSSIAN.text, shop.question.lines)
        assert item.startswith("Кефир")
        assert item.endswith("90,00 ₽")
        assert shop.lines == []
        own = mark(KEFIR)
        shop.take(own)
        assert shop.lines == [("Кефир", 1000, False)]
        assert (shop.line.mark, shop.line.ki) == (own.code, own.ki)
        assert "\x1d" in shop.line.mark
        assert shop.till.mode == m.Selling()

    @pytest.mark.parametrize("product", [KEFIR, BOOTS, SMOKES], ids=lambda own: own.name)
    def test_kinds_that_demand_a_mark(self, product: Product) -> None:
        """Given goods of kind 7, 4 or 3, when the barcode is scanned, then the mark is asked for (M4)."""
        shop = Shop.selling().scan(product.barcode)
        assert shop.question is not None
        assert shop.take(mark(product)).marks == [mark(product).ki]

    @pytest.mark.parametrize("product", [BREAD, WINE], ids=lambda own: own.name)
    def test_kinds_that_do_not(self, product: Product) -> None:
        """Given goods of another kind, when the barcode is scanned, then the line stands at once."""
        shop = Shop.selling().scan(product.barcode)
        assert (shop.lines, shop.line.single) == ([(product.name, 1000, False)], False)

    def test_code_typed_and_goods_found_by_name(self) -> None:
        """Given marked goods by their typed code, when Enter is pressed, then the mark is asked for likewise."""
        shop = Shop.selling().write(KEFIR.code).press("enter")
        assert shop.question is not None

    def test_barcode_of_letters(self) -> None:
        """Given marked goods whose barcode has letters, when it is scanned, then the mark is asked for likewise."""
        shop = Shop.selling()
        shop.readings[b"SOAP-28"] = Reading("SOAP-28", (SOAP,))
        shop.scan("SOAP-28")
        assert shop.problem == ""
        assert shop.question is not None
        assert shop.take(mark(SOAP)).marks == [mark(SOAP).ki]

    def test_barcode_of_letters_on_goods_without_marking(self) -> None:
        """Given goods that are not marked by a barcode with letters, when it is scanned, then they are sold."""
        shop = Shop.selling()
        shop.readings[b"BREAD-1"] = Reading("BREAD-1", (BREAD,))
        assert shop.scan("BREAD-1").lines == [("Хлеб", 1000, False)]

    def test_esc_adds_nothing(self) -> None:
        """Given the dialog, when Esc is pressed, then nothing is sold and nothing is written."""
        shop = Shop.selling().scan(KEFIR.barcode).press("escape")
        assert (shop.lines, shop.wrote, shop.till.mode) == ([], [], m.Selling())


class TestMarkAlone:
    def test_sells_at_once(self) -> None:
        """Given a mark whose mask names the barcode, when it is scanned, then no question is asked."""
        shop = Shop.selling().take(mark(KEFIR))
        assert (shop.lines, shop.marks) == ([("Кефир", 1000, False)], [mark(KEFIR).ki])

    def test_nobody_knows_the_item(self) -> None:
        """Given a mark of goods that are in no dictionary, then it says so by the barcode, with no word of another."""
        shop = Shop.selling().take(mark(KEFIR, products=()))
        assert shop.popup == ("goods_unknown", "goods_unknown_advice")
        assert shop.sentence == "Товар со штрих-кодом 4600000000213 не найден"

    def test_mask_without_barcode(self) -> None:
        """Given a mark whose mask names no barcode, when it comes alone, then the barcode is asked for first (M5)."""
        shop = Shop.selling().take(bare(KEFIR))
        assert shop.popup == ("goods_unknown", "goods_of_mark_advice")
        assert shop.sentence == "Товар со штрих-кодом 04600000000213 не найден"
        assert shop.lines == []

    def test_mark_of_another_barcode_after_the_barcode(self) -> None:
        """Given the barcode first, when the mark of a mask without one carries another, then it is taken (M5)."""
        shop = Shop.selling().scan(WATER.barcode).take(bare(KEFIR))
        assert shop.marks == [bare(KEFIR).ki]
        assert shop.lines == [("Вода", 1000, False)]

    def test_mark_on_goods_that_are_not_marked(self) -> None:
        """Given a mark of goods the dictionary does not call marked, then they are not sold by it."""
        shop = Shop.selling().take(mark(BREAD))
        assert shop.popup == ("goods_not_marked", "goods_not_marked_advice")
        assert shop.sentence == "Товар не маркирован: Хлеб"
        assert shop.lines == []
        assert shop.press("escape").scan(BREAD.barcode).lines == [("Хлеб", 1000, False)]

    def test_mark_already_in_the_receipt(self) -> None:
        """Given a mark in the receipt, when it comes alone once more, then an error says so."""
        shop = Shop.selling().take(mark(KEFIR)).take(mark(KEFIR))
        assert shop.popup == ("mark_in_receipt", "mark_in_receipt_advice")
        assert shop.lines == [("Кефир", 1000, False)]

    def test_scan_that_is_nothing(self) -> None:
        """Given a scan that is neither barcode nor mark, when it comes, then it is told like any unreadable one."""
        shop = Shop.selling()
        shop.readings[b"\x00\xff"] = Reading()
        shop.write("2*").scan(b"\x00\xff")
        assert shop.popup == ("scan_unreadable", "scan_unreadable_advice")
        assert [type(effect) for effect in shop.effects[-2:]] == [Signal, Log]
        assert shop.press("escape").till.mode == m.Selling(times=pieces(2))

    def test_damaged_mark_leaves_the_quantity_typed(self) -> None:
        """Given a quantity before a damaged mark, when the error is closed, then the quantity stands."""
        shop = Shop.selling().write("2*").take(damaged("structure"))
        assert shop.popup == ("mark_unread", "mark_unread_advice")
        assert shop.press("escape").till.mode == m.Selling(times=pieces(2))


class TestSeveralItems:
    def test_choosing_keeps_the_reading(self) -> None:
        """Given a mark that several items answer to, when one is chosen, then its line has the mark."""
        both = mark(KEFIR, products=(KEFIR, WATER))
        shop = Shop.selling().take(both)
        assert isinstance(shop.till.mode, m.Choosing)
        shop.press("2")
        assert (shop.lines, shop.marks) == ([("Вода", 1000, False)], [both.ki])

    def test_esc_out_of_the_choice(self) -> None:
        """Given the choice, when Esc is pressed, then nothing is sold and the next scan is free."""
        shop = Shop.selling().take(mark(KEFIR, products=(KEFIR, WATER))).press("escape")
        assert (shop.lines, shop.till.mode) == ([], m.Selling())

    def test_any_of_them_has_the_mark_in_the_dialog(self) -> None:
        """Given one of them by its barcode, when the common mark is scanned, then it fits."""
        shop = Shop.selling().scan(WATER.barcode).take(mark(KEFIR, products=(KEFIR, WATER)))
        assert shop.lines == [("Вода", 1000, False)]


class TestWithoutTheModule:
    def test_kind_plays_no_part(self) -> None:
        """Given no gate and no reading of marks, when marked goods are scanned, then they are sold as any (M1)."""
        shop = Shop.behind(marks=False).scan(KEFIR.barcode).scan(SMOKES.barcode)
        assert shop.lines == [("Кефир", 1000, False), ("Сигареты", 1000, False)]

    def test_marks_are_not_read(self) -> None:
        """Given no reading of marks, when a mark is scanned, then it is a scan nobody can use, as ever."""
        shop = Shop.behind(marks=False)
        shop.scan(mark(KEFIR).code)
        assert shop.problem == "scan_unreadable"

    def test_reading_of_marks_alone_changes_no_plain_barcode(self) -> None:
        """Given marks that are read, when plain digits are scanned, then they wait for no reading."""
        shop = Shop.selling(UNASKED)
        shop.answers_at_once = False
        shop.scan(BRIE.barcode)
        assert isinstance(shop.till.mode, m.Finding)
        assert shop.till.mode.text == BRIE.barcode
        assert shop.effects == (FindCode(BRIE.barcode),)
