"""The dialog of discounts: what it is for, how it is meant, and what it does not take."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import Signal
from cashier.core.events import Ticked
from cashier.core.keys import Action, Context, key_map
from cashier.core.money import Kopecks
from cashier.core.presets import PRESETS
from cashier.core.quantity import Thousandths
from cashier.core.say import Count, Say, Sum, say
from cashier.core.state import Rules
from cashier.core.view import view
from tests.core.discounted import DEAR, at_the_till, off_line, off_receipt, on_line, on_receipt, taken
from tests.core.goods import BREAD, CHEESE, MILK
from tests.core.hand import Hand


def body(hand: Hand) -> tuple[Say, ...]:
    """Return what the dialog tells."""
    dialog = view(hand.till).dialog
    assert dialog is not None
    return dialog.body


class TestDialog:
    def test_position_first(self) -> None:
        """Given a selected line, when `/` is pressed, then its discount is asked for; arrows and `/` change over."""
        hand = at_the_till(BREAD).press("/")
        assert hand.till.mode == m.Discounting()
        for key, wanted in (("down", True), ("up", False), ("/", True), ("/", False)):
            assert hand.press(key).till.mode == m.Discounting(wanted)

    def test_what_is_typed_stays_when_it_changes_over(self) -> None:
        """Given a number typed, when it is meant for the receipt instead, then it need not be typed again."""
        assert at_the_till(BREAD).press("/").write("15").press("down").till.mode == m.Discounting(
            whole=True, entry="15"
        )

    def test_receipt_where_the_selected_line_is_storno(self) -> None:
        """Given a storno'd line selected, then there is only the receipt to give a discount on."""
        hand = at_the_till(BREAD, MILK).press("delete", "/")
        assert hand.till.mode == m.Discounting(whole=True)
        for key in ("up", "down", "/"):
            assert hand.press(key).till.mode == m.Discounting(whole=True)
        assert taken(hand.write("10").press("enter")) == [455]

    @pytest.mark.parametrize("storno", [False, True])
    def test_empty(self, storno: bool) -> None:  # noqa: FBT001 - drawn
        """Given no receipt, or one with nothing sold, when `/` is pressed, then it is said, and what is typed stays."""
        hand = at_the_till(BREAD).press("delete") if storno else at_the_till()
        hand.write("10").press("/")
        assert (hand.till.mode, hand.notice, hand.wrote) == (m.Selling("10"), "receipt_empty", [])

    @pytest.mark.parametrize("name", list(PRESETS))
    def test_typed_number_is_taken_over(self, name: str) -> None:
        """Given a number typed, when the key of the discount follows, then it stands in the dialog: `10 /`."""
        keymap = key_map(preset=PRESETS[name])
        hand = at_the_till(BREAD, rules=Rules(keymap=keymap)).write("10")
        hand.press(keymap.keys_of(Context.SALE, Action.DISCOUNT)[0])
        assert hand.till.mode == m.Discounting(entry="10")
        assert hand.press("enter").till.mode == m.Selling()
        assert taken(hand) == [455]

    @pytest.mark.parametrize("typed", ["4600-1", "1.2.3", "1.234", "99999999999999"])
    def test_what_is_no_number_is_not(self, typed: str) -> None:
        """Given what is no sum, when the key of the discount follows, then the dialog is empty."""
        assert at_the_till(BREAD).write(typed).press("/").till.mode == m.Discounting()

    def test_typed_number_outlives_the_question_of_rights(self) -> None:
        """Given a number typed and no right, when a senior agrees, then the number stands; on Esc the sale has it."""
        hand = Hand.signed_in().scan(BREAD.barcode).write("10").press("/")
        assert hand.press("escape").till.mode == m.Selling("10")
        assert hand.press("/").approve().till.mode == m.Discounting(entry="10")

    @pytest.mark.parametrize("name", list(PRESETS))
    def test_key_of_each_preset(self, name: str) -> None:
        """Given any preset, then its key of the discount opens it, percent and sum are given, Esc leaves."""
        keymap = key_map(preset=PRESETS[name])
        hand = at_the_till(BREAD, rules=Rules(keymap=keymap))
        key, away = keymap.keys_of(Context.SALE, Action.DISCOUNT)[0], keymap.keys_of(Context.DIALOG, Action.CANCEL)[0]
        assert hand.press(key).till.mode == m.Discounting()
        assert hand.press(away).till.mode == m.Selling()
        assert taken(hand.press(key).write("10").press("enter")) == [455]
        assert taken(hand.press(key).write("10").press("plus")) == [1000]

    def test_esc_clears_then_leaves(self) -> None:
        """Given a number typed, when Esc is pressed, then it is gone; once more, and the sale is as it was."""
        hand = at_the_till(BREAD, MILK).press("up", "/").write("10").press("escape")
        assert hand.till.mode == m.Discounting()
        assert hand.press("escape").till.mode == m.Selling()
        assert (hand.till.cursor, hand.receipt.total) == (1, 13540)
        assert hand.happened(f.DiscountGranted) == []

    @pytest.mark.parametrize("percent", ["", ".", "100.01", "101", "1000", "10.001", "999999999999"])
    def test_no_percentage(self, percent: str) -> None:
        """Given nothing, or more than a hundred, or too fine a number, then it is refused and stays to be put right."""
        hand = on_line(at_the_till(BREAD), percent)
        assert (hand.notice, hand.wrote, taken(hand)) == ("percent_bad", [], [0])
        assert hand.till.mode == m.Discounting(entry=percent)

    def test_second_point_is_not_typed(self) -> None:
        """Given a number with its point, when another is pressed, then there is a tone and the number stands."""
        hand = at_the_till(BREAD).press("/").write("1.2.")
        assert (hand.till.mode, hand.effects) == (m.Discounting(entry="1.2"), (Signal(accepted=False),))

    @pytest.mark.parametrize("roubles", ["", ".", "1.001", "99999999999999"])
    def test_no_sum(self, roubles: str) -> None:
        """Given no sum of money, when it is meant in roubles, then it is refused."""
        hand = off_line(at_the_till(BREAD), roubles)
        assert (hand.notice, hand.wrote, taken(hand)) == ("sum_bad", [], [0])

    def test_more_than_the_line(self) -> None:
        """Given more than the line costs, then it is refused, and said how much there is."""
        hand = off_line(at_the_till(MILK, BREAD), "45.51")
        assert hand.till.notice == say("discount_too_big", most=Sum(Kopecks(4550)))
        assert (hand.wrote, taken(hand)) == ([], [0, 0])

    def test_more_than_the_receipt(self) -> None:
        """Given more than all live lines cost, then it is refused; storno'd ones do not count."""
        hand = off_receipt(at_the_till(BREAD, MILK, CHEESE).press("delete", "up"), "135.41")
        assert hand.till.notice == say("discount_too_big", most=Sum(Kopecks(13540)))
        assert taken(hand) == [0, 0]

    @pytest.mark.parametrize("key", ["x", "-", "delete", "f4", "f5", "f10", "f11", "f1", "asterisk"])
    def test_other_keys(self, key: str) -> None:
        """Given the dialog, when a key means nothing there, then it stays as it is."""
        hand = at_the_till(BREAD).press("/", "1", key)
        assert (hand.till.mode, hand.effects) == (m.Discounting(entry="1"), (Signal(accepted=False),))

    def test_scan(self) -> None:
        """Given the dialog, when goods are scanned, then that is refused aloud."""
        hand = at_the_till(BREAD).press("/").scan(MILK.barcode)
        assert (hand.till.mode, hand.notice, hand.receipt.sold) == (m.Discounting(), "scan_in_dialog", 1)

    def test_idle(self) -> None:
        """Given the dialog, when nobody comes, then the till locks and nothing is given."""
        hand = at_the_till(BREAD).press("/").write("10").give(Ticked(idle=True)).sign_in()
        assert (hand.till.mode, taken(hand)) == (m.Selling(), [0])

    def test_not_in_payment(self) -> None:
        """Given a payment, when `/` is pressed, then lines stay as they are: they are frozen."""
        hand = at_the_till(BREAD).press("plus", "/")
        assert (hand.till.mode, hand.wrote, taken(hand)) == (m.Paying(), [], [0])

    def test_view_names_what_it_is_for(self) -> None:
        """Given the dialog, then its title says whether it is for the position or for the receipt."""
        hand = at_the_till(BREAD).press("/")
        for key, title in (("", "title_discount_line"), ("down", "title_discount_receipt")):
            dialog = view(hand.press(*([key] if key else [])).till).dialog
            assert dialog is not None
            assert dialog.title.key == title

    def test_view_tells_what_stands(self) -> None:
        """Given a percentage on a position and a sum on the receipt, then each is told where a new one replaces it."""
        hand = off_receipt(on_line(at_the_till(BREAD, DEAR), "2.5"), "5").press("/")
        minimum = say("discount_least", price=Sum(DEAR.min_price))
        cost = say("discount_changed", total=Sum(Kopecks(8500)), before=Sum(Kopecks(8990)))
        stands = say("discount_stands_percent", percent=Count(Thousandths(2500)))
        assert body(hand) == (say("external", text=DEAR.name), cost, stands, minimum)
        cost = say("discount_changed", total=Sum(Kopecks(12815)), before=Sum(Kopecks(13540)))
        stands = say("discount_stands_sum", sum=Sum(Kopecks(500)))
        assert body(hand.press("down")) == (say("discount_of_receipt"), cost, stands)

    def test_view_leaves_out_what_there_is_not(self) -> None:
        """Given no discount, then only the sum is told; given one on the receipt alone, then none of the position."""
        hand = at_the_till(BREAD).press("/")
        assert [row.key for row in body(hand)] == ["external", "discount_total"]
        hand = on_receipt(hand.press("escape"), "10").press("/")
        assert [row.key for row in body(hand)] == ["external", "discount_changed"]

    @pytest.mark.parametrize("key", ["enter", "plus"])
    @pytest.mark.parametrize("whole", [False, True])
    def test_receipt_that_is_gone(self, key: str, whole: bool) -> None:  # noqa: FBT001 - drawn
        """Given the dialog without its receipt, when a number is accepted, then it is the sale and nothing breaks."""
        hand = at_the_till()
        hand.till = replace(hand.till, mode=m.Discounting(whole, "0"))
        assert (hand.press(key).till.mode, hand.wrote) == (m.Selling(), [])
