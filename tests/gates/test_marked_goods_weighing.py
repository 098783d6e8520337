"""Marked goods by weight that come by their barcode: the weight is typed, or their mark says it (spec M6)."""

import pytest

from cashier.core import modes as m
from cashier.core.effects import Signal
from cashier.core.events import Found
from cashier.core.reading import Reading
from cashier.core.view import view
from tests.core.goods import APPLES
from tests.core.hand import SCANNER
from tests.gates.marked import BRIE, FREE, KEFIR, RUSSIAN, STRICT, Shop, damaged, mark

HEAVY = mark(BRIE, properties=(("weight", "000345"),))
LIGHT = mark(BRIE, "b")


def weighing(shop: Shop | None = None) -> Shop:
    """Scan the barcode of cheese with marking."""
    return (shop or Shop.selling()).scan(BRIE.barcode)


def wants_scan(shop: Shop) -> bool:
    """Tell whether the dialog asks for the scanner."""
    panel = view(shop.till).dialog
    assert panel is not None
    return panel.scan


class TestMarkFirst:
    def test_weight_in_it_is_the_quantity(self) -> None:
        """Given the weight asked for, when a mark with its weight is scanned, then it is sold and nothing is asked."""
        shop = weighing().take(HEAVY)
        assert (shop.lines, shop.marks, shop.till.mode) == ([("Бри", 345, False)], [HEAVY.ki], m.Selling())

    def test_begun_weight_gives_way(self) -> None:
        """Given a weight half typed, when a mark with its weight is scanned, then that of the mark is sold."""
        assert weighing().write("1,2").take(HEAVY).lines == [("Бри", 345, False)]

    def test_server_is_asked_all_the_same(self) -> None:
        """Given the server, when the mark comes there, then status and reserve are asked as ever."""
        shop = weighing(Shop.selling(STRICT)).take(HEAVY)
        assert shop.waits == "mark_checking"
        assert shop.reply(FREE).waits == "mark_reserving"

    def test_without_weight_it_is_remembered(self) -> None:
        """Given a mark without weight, when it is scanned, then it is kept, said so, and the weight is still typed."""
        shop = weighing().write("0,5").take(LIGHT)
        assert isinstance(shop.till.mode, m.Weighing)
        assert (shop.notice, shop.till.mode.entry, shop.lines) == ("mark_taken_weigh", "0.5", [])
        assert shop.effects[-1] == Signal(accepted=True, device=SCANNER)
        shop.press("enter")
        assert (shop.lines, shop.marks, shop.question) == ([("Бри", 500, False)], [LIGHT.ki], None)

    def test_dialog_asks_for_the_scanner_until_it_has_the_mark(self) -> None:
        """Given the weight asked for, then the dialog asks for a scan until it has the mark."""
        shop = weighing()
        assert wants_scan(shop)
        assert not wants_scan(shop.take(LIGHT))

    def test_esc_forgets_the_mark(self) -> None:
        """Given a mark remembered, when Esc is pressed, then nothing is sold and the pack may be scanned again."""
        shop = weighing().take(LIGHT).press("escape")
        assert (shop.lines, shop.wrote, shop.till.mode) == ([], [], m.Selling())
        assert weighing(shop).take(LIGHT).notice == "mark_taken_weigh"

    def test_typed_weight_alone_asks_for_the_mark(self) -> None:
        """Given no mark, when the weight is typed, then the mark is asked for as of any marked goods."""
        shop = weighing().write("0,5").press("enter")
        assert shop.question is not None
        assert shop.take(LIGHT).lines == [("Бри", 500, False)]


class TestWrongScans:
    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            (mark(KEFIR), "Код маркировки относится к другому товару: Кефир"),
            (damaged("no_gs"), "Код маркировки не распознан"),
            (mark(BRIE, category=None, products=()), "Код маркировки не распознан"),
        ],
    )
    def test_tone_and_a_quiet_line(self, wrong: Reading, words: str) -> None:
        """Given the weight asked for, when a scan is no mark of the goods, then a tone and a line say so; it waits."""
        shop = weighing().write("1").take(wrong)
        assert isinstance(shop.till.mode, m.Weighing)
        assert (shop.till.mode.entry, shop.till.mode.reading) == ("1", None)
        assert Signal(accepted=False, device=SCANNER) in shop.effects
        assert shop.till.notice is not None
        assert RUSSIAN.text(shop.till.notice).startswith(words)
        assert shop.take(HEAVY).lines == [("Бри", 345, False)]

    def test_barcode_again(self) -> None:
        """Given the weight asked for, when the barcode is scanned once more, then it is no mark and nothing is sold."""
        shop = weighing()
        shop.readings[BRIE.barcode.encode()] = Reading(BRIE.barcode, (BRIE,))
        shop.scan(BRIE.barcode)
        assert isinstance(shop.till.mode, m.Weighing)
        assert (shop.notice, shop.lines) == ("problem", [])

    def test_read_twice(self) -> None:
        """Given a mark remembered or refused, when it is read again within a second, then that is no other scan."""
        refused = weighing().held_up(mark(KEFIR), 10.0).held_up(mark(KEFIR), 10.5)
        assert (refused.notice, isinstance(refused.till.mode, m.Weighing)) == ("mark_read_twice", True)
        sold = weighing().held_up(HEAVY, 10.0).held_up(HEAVY, 10.5)
        assert (sold.notice, sold.lines) == ("mark_read_twice", [("Бри", 345, False)])

    def test_second_mark(self) -> None:
        """Given a mark remembered, when another is scanned, then it is refused and the first is sold."""
        shop = weighing().take(LIGHT, HEAVY)
        assert shop.notice == "scan_in_dialog"
        assert shop.write("0,5").press("enter").marks == [LIGHT.ki]

    def test_bad_weight(self) -> None:
        """Given the weight asked for, when the mark says one that cannot be, then it is refused, none is sold."""
        shop = weighing().take(mark(BRIE, properties=(("weight", "000000"),)))
        assert shop.popup == ("mark_weight_bad", "mark_weight_bad_advice")
        assert shop.lines == []


class TestBarcodeOfLetters:
    """Such a barcode is read before it is looked up, and is no mark."""

    def weighing(self) -> Shop:
        """Scan cheese by a barcode with letters."""
        shop = Shop.selling()
        shop.readings[b"BRIE-26"] = Reading("BRIE-26", (BRIE,))
        return shop.scan("BRIE-26")

    def test_mark_is_taken(self) -> None:
        """Given such a barcode, when the mark comes in the dialog of the weight, then it is taken."""
        assert wants_scan(self.weighing())
        assert self.weighing().take(HEAVY).lines == [("Бри", 345, False)]

    def test_typed_weight_must_be_that_of_the_mark(self) -> None:
        """Given such a barcode and a typed weight, when the mark has another weight, then it is refused."""
        shop = self.weighing().write("1,2").press("enter").take(HEAVY)
        assert (shop.popup[0], shop.lines) == ("mark_weight_differs", [])


class TestElsewhere:
    def test_goods_without_marking(self) -> None:
        """Given goods by weight without marking, when a scan comes in their dialog, then it is refused as ever."""
        shop = Shop.selling()
        shop.answers_at_once = False
        shop.scan(APPLES.barcode).give(Found((APPLES,)))
        assert not wants_scan(shop)
        assert shop.take(HEAVY).notice == "scan_in_dialog"

    def test_without_the_module(self) -> None:
        """Given marks that are not read, when a mark comes in the dialog, then it is refused as ever."""
        shop = weighing(Shop.selling(marks=False))
        assert not wants_scan(shop)
        assert shop.scan(HEAVY.code).notice == "scan_in_dialog"
