"""Goods that become a line in a quantity given before, and goods that do not become one."""

import pytest
from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.effects import FindCode, Log, Signal
from cashier.core.events import Found
from cashier.core.quantity import Thousandths
from cashier.core.say import Count, say
from tests.core.goods import APPLES, BANNED, BOX, BREAD, CHEAP, CHEESE, GOLD, MILK, PRICELESS
from tests.core.hand import Hand


def hand_times(count: int) -> Thousandths:
    """Return 99999 boxes of so many as a quantity."""
    return Thousandths(99_999_000 * count)


class TestQuantityBefore:
    def test_times_then_scan(self) -> None:
        """Given `3 *`, when goods are scanned, then the line has quantity three and the next one again one."""
        hand = Hand.signed_in().write("3*")
        assert hand.till.mode == m.Selling(times=hand.till.mode.times)  # type: ignore[union-attr]
        hand.scan(BREAD.barcode).scan(MILK.barcode)
        assert hand.lines == [("Хлеб", 3000, False), ("Молоко", 1000, False)]

    def test_times_then_code(self) -> None:
        """Given `3 *`, when an inventory code is typed, then the line has quantity three."""
        assert Hand.signed_in().write("3*2").press("enter").lines == [("Молоко", 3000, False)]

    def test_times_gives_the_weight(self) -> None:
        """Given `0.745 *`, when apples are scanned, then the weight is not asked and the sum is to the kopeck."""
        hand = Hand.signed_in().write("0.745*").scan(APPLES.barcode)
        assert hand.lines == [("Яблоки", 745, False)]
        assert hand.receipt.total == 9611

    def test_times_multiplies_a_box(self) -> None:
        """Given `2 *`, when the barcode of a box of six is scanned, then the line has twelve."""
        assert Hand.signed_in().write("2*").scan(BOX.barcode).lines == [("Вода, 6 шт", 12000, False)]

    def test_pack_whose_barcode_knows_the_weight_is_not_asked_for_it(self) -> None:
        """Given a pack of 350 g, when it is scanned, then that is the weight; `2 *` gives two of them."""
        assert Hand.signed_in().scan(CHEESE.barcode).lines == [("Сыр, упаковка", 350, False)]
        assert Hand.signed_in().write("2*").scan(CHEESE.barcode).lines == [("Сыр, упаковка", 700, False)]

    @pytest.mark.parametrize("typed", ["", "0", "abc", "1.2.3", "1.2345", "100000.001"])
    def test_bad_quantity_is_refused(self, typed: str) -> None:
        """Given no number, zero or too much, when `*` is pressed, then it is refused, and the next digits are new."""
        hand = Hand.signed_in().write(typed).press("asterisk")
        assert (hand.till.mode, hand.notice) == (m.Selling(), "quantity_bad")
        assert hand.effects == (Signal(accepted=False),)
        assert hand.write("3*").scan(BREAD.barcode).lines == [("Хлеб", 3000, False)]

    @pytest.mark.parametrize("key", ["escape", "backspace"])
    def test_escape_and_backspace_forget_it(self, key: str) -> None:
        """Given `3 *`, when Esc or Backspace is pressed, then the next line has quantity one."""
        assert Hand.signed_in().write("3*").press(key).scan(BREAD.barcode).lines == [("Хлеб", 1000, False)]

    def test_backspace_takes_the_entry_first(self) -> None:
        """Given `3 * 1`, when Backspace is pressed, then the digit goes; pressed again, the quantity."""
        hand = Hand.signed_in().write("3*1").press("backspace")
        assert hand.till.mode == m.Selling(times=Thousandths(3000))
        assert hand.press("backspace").till.mode == m.Selling()
        assert hand.press("backspace").effects == (Signal(accepted=False),)

    def test_part_of_a_piece_is_refused(self) -> None:
        """Given `0.5 *`, when goods by the piece are scanned, then a popup says so and no receipt is opened."""
        hand = Hand.signed_in().write("0.5*").scan(BREAD.barcode)
        assert hand.problem == "quantity_not_whole"
        assert hand.till.ledger.receipt is None
        assert hand.wrote == []

    def test_quantity_out_of_range_is_refused(self) -> None:
        """Given `99999 *`, when a box of six is scanned, then a popup names the quantity."""
        hand = Hand.signed_in().write("99999*").scan(BOX.barcode)
        assert isinstance(hand.till.mode, m.Popup)
        assert hand.till.mode.reason == say("quantity_out_of_range", quantity=Count(hand_times(6)))
        assert hand.till.mode.back == m.Selling()

    def test_sum_out_of_range_is_refused(self) -> None:
        """Given bars of gold, when a line would cost more than a sum may be, then it is refused."""
        assert Hand.signed_in().write("12*").scan(GOLD.barcode).problem == "quantity_out_of_range"
        assert Hand.signed_in().write("11*").scan(GOLD.barcode).problem == ""


class TestRefusedGoods:
    def test_unknown_barcode(self) -> None:
        """Given a barcode nobody knows, when it is scanned, then a popup names it and nothing is written."""
        hand = Hand.signed_in().scan("4600000000001")
        assert isinstance(hand.till.mode, m.Popup)
        assert hand.till.mode.reason == say("goods_unknown", code="4600000000001")
        assert hand.wrote == []
        kinds = [type(effect) for effect in hand.effects]
        assert kinds == [FindCode, Signal, Log]

    def test_markup_and_controls_stay_data(self) -> None:
        """Given a barcode of markup, when it is scanned, then it is a code nobody knows, as it was scanned."""
        hand = Hand.signed_in().scan("[@click=app.quit]x[/]")
        assert isinstance(hand.till.mode, m.Popup)
        assert hand.till.mode.reason == say("goods_unknown", code="[@click=app.quit]x[/]")

    @pytest.mark.parametrize("data", [b"", b"\x00", b"46\x1b[2J", "хлеб".encode(), b"x" * 49, b"a b", b"\xff\xfe"])
    def test_unreadable_scan(self, data: bytes) -> None:
        """Given what is no barcode, when it is scanned, then a popup alone says so and `3 ×` stays under it."""
        hand = Hand.signed_in().write("3*").scan(data)
        assert (hand.problem, hand.notice) == ("scan_unreadable", "")
        assert [type(effect) for effect in hand.effects] == [Signal, Log]
        assert hand.press("escape").till.mode == m.Selling(times=Thousandths(3000))

    def test_aim_identifier_is_no_part_of_the_barcode(self) -> None:
        """Given a scanner that sends AIM identifiers, when bread is scanned, then it is found."""
        assert Hand.signed_in().scan("]E0" + BREAD.barcode + "\r\n").lines == [("Хлеб", 1000, False)]

    def test_goods_not_for_sale(self) -> None:
        """Given goods whose sale is forbidden, when they are scanned, then a popup says so."""
        assert Hand.signed_in().scan(BANNED.barcode).problem == "sale_forbidden"

    def test_goods_without_price(self) -> None:
        """Given goods without a price, when they are scanned, then a popup says so."""
        assert Hand.signed_in().scan(PRICELESS.barcode).problem == "price_missing"

    def test_missing_price_is_said_before_a_forbidden_sale(self) -> None:
        """Given goods with neither price nor leave to be sold, when they come, then the price is spoken of first."""
        hand = Hand.signed_in()
        hand.answers_at_once = False
        hand.scan(PRICELESS.barcode).give(Found((replace(PRICELESS, sale_allowed=False),)))
        assert hand.problem == "price_missing"

    @pytest.mark.parametrize(
        ("typed", "code", "advice"),
        [
            ("", "000", "goods_unknown_advice"),
            ("", BANNED.barcode, "sale_forbidden_advice"),
            ("", PRICELESS.barcode, "price_missing_advice"),
            ("99999*", BOX.barcode, "quantity_advice"),
            ("0.5*", BREAD.barcode, "quantity_advice"),
            ("", "\x1b", "scan_unreadable_advice"),
        ],
    )
    def test_popup_says_what_to_do(self, typed: str, code: str, advice: str) -> None:
        """Given goods that cannot be sold, when they are scanned, then the popup says what to do, too."""
        hand = Hand.signed_in().write(typed).scan(code)
        assert isinstance(hand.till.mode, m.Popup)
        assert hand.till.mode.advice == say(advice)

    def test_goods_of_one_kopeck_can_be_sold(self) -> None:
        """Given goods of one kopeck, when a kilogram is sold, then it costs one kopeck."""
        assert Hand.signed_in().write("1*").scan(CHEAP.barcode).receipt.total == 1

    def test_popup_waits_for_enter_or_escape(self) -> None:
        """Given a popup, when other keys are pressed, then it stays; Enter and Esc close it."""
        hand = Hand.signed_in().scan("000").press("1", "f10", "delete")
        assert hand.problem == "goods_unknown"
        assert hand.press("enter", "enter").till.mode == m.Selling()
        assert Hand.signed_in().scan("000").press("escape").till.mode == m.Selling()
