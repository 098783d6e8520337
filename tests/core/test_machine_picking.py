"""Lists of goods and typed quantities: several behind one code, search, pick-list, weight, new quantity."""

import pytest

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import FindCode, FindName, ListFolder, Signal
from cashier.core.events import Found
from cashier.core.quantity import Thousandths
from tests.core.goods import APPLES, BAKERY, BREAD, RED, RYE
from tests.core.hand import Hand

THREE = Thousandths(3000)


class TestSeveralGoodsOfOneCode:
    def test_digit_takes_a_row(self) -> None:
        """Given two goods of one barcode, when a digit is pressed, then that one becomes the line, with its scan."""
        hand = Hand.signed_in().scan(RED.barcode)
        assert isinstance(hand.till.mode, m.Choosing)
        hand.press("2")
        assert hand.lines == [("Роза белая", 1000, False)]
        assert hand.line.source.startswith("scanner#")

    def test_arrow_and_enter_take_a_row(self) -> None:
        """Given two goods of one barcode, when the second is selected and accepted, then it becomes the line."""
        assert Hand.signed_in().scan(RED.barcode).press("down", "enter").lines == [("Роза белая", 1000, False)]

    def test_first_row_stands_selected(self) -> None:
        """Given two goods of one barcode, when Enter is pressed at once, then it is the first."""
        assert Hand.signed_in().scan(RED.barcode).press("enter").lines == [("Роза красная", 1000, False)]

    def test_quantity_before_is_kept(self) -> None:
        """Given `3 *`, when one of two goods is taken, then its line has quantity three."""
        assert Hand.signed_in().write("3*").scan(RED.barcode).press("1").lines == [("Роза красная", 3000, False)]

    def test_escape_adds_nothing(self) -> None:
        """Given the list, when Esc is pressed, then nothing is added."""
        hand = Hand.signed_in().scan(RED.barcode).press("escape")
        assert (hand.till.mode, hand.lines) == (m.Selling(), [])

    def test_escape_keeps_the_quantity_before(self) -> None:
        """Given `3 *` and the list, when Esc is pressed, then the next goods have quantity three."""
        hand = Hand.signed_in().write("3*").scan(RED.barcode).press("escape")
        assert hand.till.mode == m.Selling(times=THREE)
        assert hand.scan(BREAD.barcode).lines == [("Хлеб", 3000, False)]

    @pytest.mark.parametrize("key", ["3", "0", "a", "f9", "f1"])
    def test_other_keys_are_refused(self, key: str) -> None:
        """Given the list, when a key has no row, then there is a tone and the list stays."""
        hand = Hand.signed_in().scan(RED.barcode).press(key)
        assert isinstance(hand.till.mode, m.Choosing)
        assert hand.effects == (Signal(accepted=False),)


class TestSearch:
    def test_list_follows_the_typing(self) -> None:
        """Given the search, when letters are typed and erased, then the dictionaries are asked each time."""
        hand = Hand.signed_in().press("f5").write("роза")
        assert hand.effects == (FindName("роза"),)
        assert isinstance(hand.till.mode, m.Searching)
        assert [p.name for p in hand.till.mode.products] == ["Роза красная", "Роза белая"]
        assert hand.press("backspace").effects == (FindName("роз"),)

    def test_digits_are_letters_here(self) -> None:
        """Given the search, when a digit is pressed, then it is a part of the name."""
        assert Hand.signed_in().press("f5").write("1").till.mode == m.Searching("1")

    def test_selected_goods_become_a_line(self) -> None:
        """Given `3 *` and a search, when the second row is accepted, then it is a line of quantity three."""
        hand = Hand.signed_in().write("3*").press("f5").write("роза").press("down", "enter")
        assert hand.lines == [("Роза белая", 3000, False)]
        assert hand.line.source == ""

    def test_new_list_starts_at_its_top(self) -> None:
        """Given a selected row, when the list changes, then its first row is selected."""
        hand = Hand.signed_in().press("f5").write("роза").press("down")
        assert isinstance(hand.till.mode, m.Searching)
        assert hand.till.mode.chosen == 1
        hand.give(Found((BREAD,)))
        assert isinstance(hand.till.mode, m.Searching)
        assert hand.till.mode.chosen == 0

    def test_escape_clears_then_leaves_with_the_quantity(self) -> None:
        """Given `3 *` and words, when Esc is pressed twice, then the words go first and the quantity stays."""
        hand = Hand.signed_in().write("3*").press("f5").write("хлеб").press("escape")
        assert hand.till.mode == m.Searching(times=THREE)
        assert hand.press("escape").till.mode == m.Selling(times=THREE)

    def test_enter_without_rows_is_refused(self) -> None:
        """Given a search that found nothing, when Enter is pressed, then there is a tone."""
        assert Hand.signed_in().press("f5").write("ъ").press("enter").effects == (Signal(accepted=False),)


class TestPickList:
    def test_walk_down_and_up(self) -> None:
        """Given the pick-list, when folders are opened and left, then the path follows."""
        hand = Hand.signed_in().press("f7")
        assert hand.effects == (ListFolder(""),)
        assert hand.press("1").effects == (ListFolder("f1"),)
        assert hand.press("enter").effects == (ListFolder("f2"),)
        assert hand.till.mode == m.Browsing((BAKERY, RYE))
        assert hand.press("escape").effects == (ListFolder("f1"),)
        assert hand.press("escape").effects == (ListFolder(""),)
        assert hand.press("escape").till.mode == m.Selling()

    def test_goods_are_looked_up_by_their_code(self) -> None:
        """Given `3 *` and goods in the pick-list, when they are taken, then they are a line of quantity three."""
        hand = Hand.signed_in().write("3*").press("f7", "down", "enter")
        assert hand.lines == [("Хлеб", 3000, False)]
        assert FindCode("1") in hand.effects

    def test_quantity_before_survives_folders(self) -> None:
        """Given `3 *`, when goods are taken in a folder or the list is left, then the quantity is still three."""
        assert Hand.signed_in().write("3*").press("f7", "1", "2").lines == [("Хлеб", 3000, False)]
        left = Hand.signed_in().write("3*").press("f7", "1", "escape", "escape")
        assert left.till.mode == m.Selling(times=THREE)

    @pytest.mark.parametrize("key", ["enter", "1", "f9"])
    def test_empty_folder_has_nothing_to_take(self, key: str) -> None:
        """Given an empty folder, when something is to be taken, then there is a tone."""
        hand = Hand.signed_in().press("f7", "1", "1").press(key)
        assert hand.effects == (Signal(accepted=False),)
        assert hand.till.mode == m.Browsing((BAKERY, RYE))


class TestWeight:
    def test_goods_by_weight_ask_for_it(self) -> None:
        """Given apples, when they are scanned, then the weight is asked and the line has it."""
        hand = Hand.signed_in().scan(APPLES.barcode)
        assert hand.till.mode == m.Weighing(APPLES, hand.till.mode.source)  # type: ignore[union-attr]
        hand.write("0.745").press("enter")
        assert hand.lines == [("Яблоки", 745, False)]
        assert hand.receipt.total == 9611
        assert hand.line.source.startswith("scanner#")

    def test_slip_is_erased(self) -> None:
        """Given a weight, when its last digit is erased, then the rest counts."""
        assert Hand.signed_in().scan(APPLES.barcode).write("15").press("backspace", "enter").lines[0][1] == 1000

    @pytest.mark.parametrize("typed", ["", "0", ".", "1.2345"])
    def test_no_weight_is_refused(self, typed: str) -> None:
        """Given nothing, zero or too many digits, when Enter is pressed, then the weight is still asked."""
        hand = Hand.signed_in().scan(APPLES.barcode).write(typed).press("enter")
        assert isinstance(hand.till.mode, m.Weighing)
        assert hand.till.mode.entry == typed
        assert hand.notice == "quantity_bad"

    def test_letters_and_second_points_are_refused(self) -> None:
        """Given a weight, when a letter or a second point is typed, then there is a tone without words."""
        hand = Hand.signed_in().scan(APPLES.barcode).write("1.5")
        for key in (".", "я", "²", "f9"):
            hand.press(key)
            assert hand.effects == (Signal(accepted=False),)
            assert hand.notice == ""
        assert isinstance(hand.till.mode, m.Weighing)
        assert hand.till.mode.entry == "1.5"

    def test_escape_adds_nothing(self) -> None:
        """Given the question for a weight, when Esc is pressed, then nothing is added."""
        hand = Hand.signed_in().scan(APPLES.barcode).write("1").press("escape")
        assert (hand.till.mode, hand.lines) == (m.Selling(), [])


class TestNewQuantity:
    @pytest.mark.parametrize("key", ["insert", "f6"])
    def test_selected_line_gets_it(self, key: str) -> None:
        """Given a line, when a new quantity is typed, then line and sum have it, and no scan is counted for it."""
        hand = Hand.signed_in().scan(BREAD.barcode).press(key).write("3").press("enter")
        assert hand.lines == [("Хлеб", 3000, False)]
        assert hand.receipt.total == 13650
        (fact,) = hand.happened(f.QuantityChanged)
        assert isinstance(fact, f.QuantityChanged)
        assert (fact.quantity, fact.gross, fact.source) == (3000, 13650, "")
        assert hand.till.mode == m.Selling()

    def test_weight_can_be_corrected(self) -> None:
        """Given apples, when a new weight is typed, then the line has it."""
        hand = Hand.signed_in().write("1*").scan(APPLES.barcode).press("f6").write("0.5").press("enter")
        assert hand.lines == [("Яблоки", 500, False)]

    def test_same_quantity_writes_nothing(self) -> None:
        """Given a line of one, when one is typed, then nothing is written."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("f6").write("1").press("enter")
        assert (hand.wrote, hand.till.mode) == ([], m.Selling())

    def test_part_of_a_piece_is_refused(self) -> None:
        """Given goods by the piece, when half a piece is typed, then a popup says so and the line stays."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("f6").write("0.5").press("enter")
        assert hand.problem == "quantity_not_whole"
        assert hand.lines == [("Хлеб", 1000, False)]

    def test_too_much_is_refused(self) -> None:
        """Given a line, when a quantity beyond all bounds is typed, then it is refused."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("f6").write("100001").press("enter")
        assert hand.notice == "quantity_bad"
        assert isinstance(hand.till.mode, m.Requantifying)

    def test_escape_changes_nothing(self) -> None:
        """Given a new quantity half typed, when Esc is pressed, then the line is as it was."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("f6").write("3").press("escape")
        assert hand.lines == [("Хлеб", 1000, False)]

    @pytest.mark.parametrize("key", ["insert", "f6"])
    def test_what_is_typed_is_the_new_quantity(self, key: str) -> None:
        """Given a line and a number typed, when its quantity is to be changed, then the number stands there already."""
        hand = Hand.signed_in().scan(BREAD.barcode).write("3").press(key)
        assert hand.till.mode == m.Requantifying(1, "3")
        assert hand.press("enter").lines == [("Хлеб", 3000, False)]

    @pytest.mark.parametrize("typed", ["", "0", "abc", BREAD.barcode])
    def test_what_is_no_quantity_is_not_taken_along(self, typed: str) -> None:
        """Given a code or words typed, when the quantity is to be changed, then the dialog begins empty."""
        hand = Hand.signed_in().scan(BREAD.barcode).write(typed).press("insert")
        assert hand.till.mode == m.Requantifying(1)

    def test_stornoed_line_has_none(self) -> None:
        """Given a storno'd line, when its quantity is to be changed, then there is a tone and a word."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("delete", "f6")
        assert (hand.till.mode, hand.notice) == (m.Selling(), "line_is_stornoed")

    def test_no_line_has_none(self) -> None:
        """Given no receipt, when a quantity is to be changed, then there is a tone and a word."""
        hand = Hand.signed_in().press("insert")
        assert (hand.till.mode, hand.notice) == (m.Selling(), "no_line_selected")
