"""«Проверка цены»: how goods are found and shown, and that nothing at all comes of it (spec S8)."""

import pytest

from cashier.core import modes as m
from cashier.core.effects import Log, Signal
from cashier.core.quantity import Thousandths
from cashier.core.reading import Reading
from cashier.core.say import Say, say
from tests.core.checking import asking, searched, shown
from tests.core.goods import BANNED, BREAD, MILK, RED, WHITE
from tests.core.hand import SCANNER, Hand
from tests.gates.marked import KEFIR, STRICT, Shop, damaged, mark

THREE = Thousandths(3000)


class TestOpening:
    def test_between_receipts(self) -> None:
        """Given no receipt, when F2 is pressed, then the dialog stands, and neither shift nor receipt is opened."""
        hand = Hand.signed_in()
        before = len(hand.facts)
        hand.press("f2")
        assert hand.till.mode == m.CheckingPrice(m.Selling())
        assert len(hand.facts) == before

    def test_inside_a_receipt(self) -> None:
        """Given a receipt with a quantity typed for the next line, then both are there again when it is closed."""
        hand = Hand.signed_in().scan(MILK.barcode).write("3*")
        ledger = hand.till.ledger
        hand.press("f2").scan(BREAD.barcode).press("escape")
        assert hand.till.mode == m.Selling(times=THREE)
        assert hand.till.ledger == ledger

    def test_typed_code_is_taken_along(self) -> None:
        """Given a typed code, when F2 is pressed, then its goods are shown; no later scan is refused over it."""
        hand = Hand.signed_in().write(BREAD.barcode).press("f2")
        assert shown(hand) == BREAD
        assert hand.press("escape").till.mode == m.Selling()

    def test_typed_code_of_several(self) -> None:
        """Given a typed code of two goods, then both are in the list."""
        assert searched(Hand.signed_in().write(RED.barcode).press("f2")).products == (RED, WHITE)

    def test_typed_words_are_taken_along(self) -> None:
        """Given words typed in the sale, then they are looked up as those of a name."""
        search = searched(Hand.signed_in().write("роза").press("f2"))
        assert (search.products, search.problem) == ((RED, WHITE), None)

    def test_typed_code_of_nothing(self) -> None:
        """Given a typed code that nobody knows, then the dialog says so and stands, with what was typed."""
        search = searched(Hand.signed_in().write("12").press("f2"))
        assert (search.entry, search.problem) == ("12", say("goods_unknown", code="12"))

    def test_payment_has_its_card_there(self) -> None:
        """Given a payment, then F2 is the card as ever."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("plus", "f2")
        assert isinstance(hand.till.mode, m.Charging)


class TestSearch:
    def test_list_follows_the_typing(self) -> None:
        """Given the dialog, when words are typed, then the list follows, and Enter takes the row that is selected."""
        hand = Hand.signed_in().press("f2").write("роза")
        assert searched(hand).products == (RED, WHITE)
        assert shown(hand.press("down", "enter")) == WHITE

    def test_digits_are_text(self) -> None:
        """Given a list, then a digit takes no row of it: it is typed."""
        assert searched(Hand.signed_in().press("f2").write("роза1")).entry == "роза1"

    def test_enter_on_nothing_found(self) -> None:
        """Given words that nothing goes by, when Enter is pressed, then a tone, and the dialog says what is missing."""
        hand = Hand.signed_in().press("f2").write("ъ").press("enter")
        assert searched(hand).problem == say("goods_missing", text="ъ")
        assert hand.effects == (Signal(accepted=False),)
        assert searched(hand.press("backspace")).problem is None

    def test_code_that_nobody_knows_is_called_one(self) -> None:
        """Given digits alone, then they are a code; anything else are words."""
        for typed, told in (("77777", say("goods_unknown", code="77777")), ("7ъ", say("goods_missing", text="7ъ"))):
            assert searched(Hand.signed_in().press("f2").write(typed).press("enter")).problem == told
            assert searched(Hand.signed_in().write(typed).press("f2")).problem == told

    def test_typing_after_nothing_found_starts_afresh(self) -> None:
        """Given goods that were not found, when the next ones are typed, then not behind the others."""
        hand = Hand.signed_in().press("f2").write("77777").press("enter").write("роза")
        search = searched(hand)
        assert (search.entry, search.products, search.problem) == ("роза", (RED, WHITE), None)
        assert searched(Hand.signed_in().write("77777").press("f2").write("роза")).entry == "роза"

    def test_what_was_not_found_may_be_mended(self) -> None:
        """Given the same, when the last sign is erased, then the others stay and may be typed on."""
        hand = Hand.signed_in().press("f2").write("розъ").press("enter", "backspace").write("а")
        assert searched(hand).entry == "роза"

    def test_escape_clears_then_closes(self) -> None:
        """Given something typed, then Esc takes it back first, as in the directory search, and closes then."""
        hand = Hand.signed_in().press("f2").write("роза").press("escape")
        assert hand.till.mode == m.CheckingPrice(m.Selling())
        assert hand.press("escape").till.mode == m.Selling()

    def test_enter_on_nothing_typed_closes(self) -> None:
        """Given the empty dialog, then Enter closes it as Esc does."""
        assert Hand.signed_in().press("f2", "enter").till.mode == m.Selling()

    def test_other_keys_are_refused(self) -> None:
        """Given the dialog, then a key of the sale means nothing in it, nor does the panel where there is none."""
        hand = Hand.signed_in().press("f2")
        for key in ("f12", "f10", "delete", "f3", "f2"):
            assert hand.press(key).effects == (Signal(accepted=False),)
            assert hand.till.mode == m.CheckingPrice(m.Selling())


class TestScans:
    def test_goods_are_shown(self) -> None:
        """Given the dialog, when goods are scanned, then they are shown, with a tone and a line in the log."""
        hand = Hand.signed_in().press("f2").scan(BREAD.barcode)
        assert shown(hand) == BREAD
        assert Signal(accepted=True, device=SCANNER) in hand.effects
        assert BREAD.barcode in hand.asked(Log).text

    def test_next_goods_take_the_place(self) -> None:
        """Given a card or a list, when other goods are scanned, then theirs is the card."""
        hand = Hand.signed_in().press("f2").scan(BREAD.barcode).scan(MILK.barcode)
        assert shown(hand) == MILK
        assert shown(hand.write("роза").scan(BREAD.barcode)) == BREAD

    def test_several_goods_are_a_list(self) -> None:
        """Given a code of two goods, then one is taken of the list, and Esc on it closes the dialog."""
        hand = Hand.signed_in().press("f2").scan(RED.barcode)
        assert searched(hand).products == (RED, WHITE)
        assert shown(hand.press("enter")) == RED
        assert hand.scan(RED.barcode).press("escape").till.mode == m.Selling()

    @pytest.mark.parametrize(
        ("data", "problem"),
        [
            (b"4600000000000", say("goods_unknown", code="4600000000000")),
            (b"\x1b[2J", say("problem", what=say("scan_unreadable"), advice=say("scan_unreadable_advice"))),
        ],
    )
    def test_what_cannot_be_shown(self, data: bytes, problem: object) -> None:
        """Given an unknown or unreadable code, then a tone, a line in the log, and the dialog says why; no old card."""
        hand = Hand.signed_in().press("f2").scan(BREAD.barcode).scan(data)
        assert searched(hand).problem == problem
        assert hand.till.notice is None
        assert Signal(accepted=False, device=SCANNER) in hand.effects
        assert "refused" in hand.asked(Log).text

    @pytest.mark.parametrize(
        ("reading", "advice"),
        [
            (damaged("no_gs"), say("mark_no_gs_advice")),
            (mark(KEFIR, category=None), say("mark_no_mask_advice")),
        ],
    )
    def test_unread_mark(self, reading: Reading, advice: Say) -> None:
        """Given a mark that cannot be used, then the dialog says what to do with it."""
        hand = Shop.selling(STRICT).press("f2").take(reading)
        assert searched(hand).problem == say("problem", what=say("mark_unread"), advice=advice)

    def test_mark_is_shown_and_still_sold(self) -> None:
        """Given a mark whose price was checked twice in a row, then it is sold as if nobody had looked at it."""
        hand = Shop.selling(STRICT).press("f2").take(mark(KEFIR)).take(mark(KEFIR))
        assert shown(hand) == KEFIR
        assert mark(KEFIR).ki in hand.asked(Log).text
        assert hand.till.last_mark is None
        hand.press("escape").take(mark(KEFIR))
        assert isinstance(hand.till.mode, m.Passing)

    def test_mark_without_goods(self) -> None:
        """Given a mark of goods nobody knows, then it is told by what was looked for."""
        reading = mark(KEFIR, products=())
        assert searched(Shop.selling(STRICT).press("f2").take(reading)).problem == say(
            "goods_unknown", code=reading.known_as
        )


class TestCard:
    @pytest.mark.parametrize("key", ["enter", "escape"])
    def test_closes(self, key: str) -> None:
        """Given a card, then Enter and Esc lead back to the sale."""
        assert Hand.signed_in().press("f2").scan(BREAD.barcode).press(key).till.mode == m.Selling()

    def test_typing_begins_a_new_search(self) -> None:
        """Given a card, when something is typed, then the next search has begun with it."""
        hand = Hand.signed_in().press("f2").scan(BREAD.barcode).write("роза")
        assert (searched(hand).entry, searched(hand).products) == ("роза", (RED, WHITE))

    def test_no_other_key_works(self) -> None:
        """Given a card, then other keys are refused."""
        hand = Hand.signed_in().press("f2").scan(BREAD.barcode)
        assert hand.press("delete").effects == (Signal(accepted=False),)
        assert hand.press("f3").effects == (Signal(accepted=False),)
        assert shown(hand) == BREAD

    def test_is_read_from_another_line(self) -> None:
        """Given more than fits, then arrows and ends move within what there is."""
        hand = asking().press("f2").scan(BREAD.barcode)
        firsts = [hand.press(key).till.mode for key in ("down", "down", "up", "end", "pageup")]
        assert [mode.first for mode in firsts if isinstance(mode, m.ShowingPrice)] == [1, 1, 0, 1, 0]

    def test_goods_that_may_not_be_sold_are_shown(self) -> None:
        """Given goods whose sale is forbidden, then their price can be told all the same."""
        assert shown(Hand.signed_in().press("f2").scan(BANNED.barcode)) == BANNED
