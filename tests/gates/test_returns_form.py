"""The form of a return by receipt: positions ticked, counted, scanned; the whole receipt; what is refused (R6, M9)."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import Signal
from cashier.core.ledger import fold
from cashier.core.money import Kopecks
from cashier.core.quantity import pieces
from cashier.core.rights import LOWEST_ROLES
from cashier.core.say import Count, Sum, say
from cashier.core.words import allowed
from tests.core.goods import APPLES, BOX, BREAD, IVANOVA, MILK, PETROV
from tests.gates.marked import gate, mark
from tests.gates.returned import BANNED_BACK, MIXED, THREE, ReturnShop, returns, sale, sold

WATER = sale(sold(1, replace(BOX, quantity=pieces(1)), pieces(8)))


class TestTicks:
    def test_space_ticks_all_that_is_left(self) -> None:
        """Given three loaves, when Space is pressed, then three are ticked; pressed again, none."""
        shop = ReturnShop.having().press("space")
        assert shop.picked == {1: 3000}
        assert shop.press("space").picked == {}

    def test_digit_ticks_its_row(self) -> None:
        """Given the form, when 3 is pressed, then the third row is ticked, whatever its position was."""
        shop = ReturnShop.having().press("3")
        assert shop.picked == {4: 745}
        assert shop.form.chosen == 2

    def test_enter_counts_pieces(self) -> None:
        """Given three loaves, when Enter, 2, Enter are pressed, then two are ticked."""
        assert ReturnShop.having().press("enter", "2", "enter").picked == {1: 2000}

    def test_enter_ticks_a_single_piece(self) -> None:
        """Given one milk, when Enter is pressed on it, then there is nothing to count."""
        assert ReturnShop.having().press("down", "enter").picked == {2: 1000}

    def test_part_of_a_weight(self) -> None:
        """Given 0.745 kg of apples, when a part of it is typed, then so much is ticked."""
        assert ReturnShop.having().press("end", "f6").write("0.5").press("enter").picked == {4: 500}

    def test_empty_count_is_all(self) -> None:
        """Given the question how much, when Enter answers it, then it is all."""
        assert ReturnShop.having().press("f6", "enter").picked == {1: 3000}

    def test_zero_takes_the_tick_away(self) -> None:
        """Given a tick, when nought is typed, then there is none."""
        assert ReturnShop.having().press("space", "f6", "0", "enter").picked == {}

    def test_more_than_was_sold(self) -> None:
        """Given three loaves, when four are typed, then it is refused in the exact words, and three are the most."""
        shop = ReturnShop.having().press("f6", "4", "enter")
        mode = shop.till.mode
        assert isinstance(mode, m.Popup)
        assert mode.reason.key == "return_exceeds"
        assert dict(mode.advice.places)["left"] == Count(pieces(3))
        assert isinstance(shop.press("enter").till.mode, m.CountingBack)

    @pytest.mark.parametrize("typed", ["1.5", ".", "0.0001"])
    def test_part_of_a_piece(self, typed: str) -> None:
        """Given loaves, when no whole number is typed, then it is refused and stands."""
        shop = ReturnShop.having().press("f6").write(typed).press("enter")
        assert shop.notice == "quantity_bad"
        assert shop.press("escape").picked == {}

    def test_other_keys(self) -> None:
        """Given the form, when a key means nothing there, then there is a tone and the form stands."""
        shop = ReturnShop.having()
        for key in ("f4", "delete", "9", "f2", "asterisk"):
            shop.press(key)
            assert shop.effects == (Signal(accepted=False),)
            assert shop.picked == {}

    def test_help_comes_back_to_the_form(self) -> None:
        """Given a tick, when help is opened and closed, then the tick is still there."""
        assert ReturnShop.having().press("space", "f1", "escape").picked == {1: 3000}

    def test_nothing_left_of_a_row(self) -> None:
        """Given a loaf that came back before, when it is ticked, then it is refused in the exact words."""
        back = sold(1, BREAD, returned=pieces(1), returned_sum=BREAD.price)
        shop = ReturnShop.having(sale(back, sold(2, MILK))).press("up", "space")
        assert shop.notice == "return_exceeds"
        assert shop.picked == {}

    def test_goods_that_may_not_come_back(self) -> None:
        """Given underwear, which the dictionary forbids to return, when it is ticked or scanned, then that is said."""
        shop = ReturnShop.having(sale(sold(1, BREAD), sold(2, BANNED_BACK))).press("down", "space")
        assert shop.notice == "return_forbidden"
        assert shop.scan(BANNED_BACK.barcode).problem == "return_forbidden"


class TestScans:
    def test_barcode_ticks_one_piece_more(self) -> None:
        """Given three loaves, when two are scanned, then two are ticked; a fourth scan is one too many."""
        shop = ReturnShop.having().scan(BREAD.barcode).scan(BREAD.barcode)
        assert shop.picked == {1: 2000}
        shop.scan(BREAD.barcode)
        assert shop.scan(BREAD.barcode).problem == "return_exceeds"
        assert shop.press("enter").picked == {1: 3000}

    def test_weighed_goods_come_back_as_they_were_sold(self) -> None:
        """Given apples, when their barcode is scanned, then all of them are ticked."""
        assert ReturnShop.having().scan(APPLES.barcode).picked == {4: 745}

    def test_second_row_of_the_same_goods(self) -> None:
        """Given two rows of bread, when two loaves are scanned, then each row has one."""
        shop = ReturnShop.having(sale(sold(1, BREAD), sold(2, BREAD))).scan(BREAD.barcode).scan(BREAD.barcode)
        assert shop.picked == {1: 1000, 2: 1000}

    def test_goods_of_another_receipt(self) -> None:
        """Given a sale of bread, when milk is scanned, then it is not in the receipt."""
        assert ReturnShop.having(sale(sold(1, BREAD))).scan(MILK.barcode).problem == "return_not_in_sale"

    def test_unknown_and_unreadable(self) -> None:
        """Given the form, when nothing known is scanned, then it is said, and nothing is ticked."""
        shop = ReturnShop.having()
        assert shop.scan("4600000000000").problem == "return_not_in_sale"
        assert shop.press("enter").scan(b"\x00\xff").problem == "scan_unreadable"
        assert shop.press("enter").picked == {}


class TestForming:
    def test_ticks_become_lines(self) -> None:
        """Given two loaves and apples ticked, when + is pressed, then they stand in a return at their prices."""
        shop = ReturnShop.having().press("enter", "2", "enter", "3", "plus")
        assert shop.till.mode == m.Selling()
        assert shop.back == [(1, 2000, 9100), (4, 745, 9611)]
        (opened,) = shop.happened(f.ReceiptOpened)
        assert isinstance(opened, f.ReceiptOpened)
        assert (opened.kind, opened.sale) == ("returnByReceipt", THREE)

    def test_all_in_one_commit(self) -> None:
        """Given ticks, when the receipt is formed, then one record has all of it: a power cut leaves all or nothing."""
        assert ReturnShop.having().press("space", "3", "plus").wrote == ["ReceiptOpened", "LineAdded", "LineAdded"]

    def test_nothing_ticked(self) -> None:
        """Given no tick, when + is pressed, then there is a word and nothing is opened."""
        shop = ReturnShop.having().press("plus")
        assert shop.notice == "return_nothing_picked"
        assert shop.happened(f.ReceiptOpened) == []

    def test_left_by_escape(self) -> None:
        """Given ticks, when Esc is pressed, then the sale stands and nothing was written down."""
        shop = ReturnShop.having().press("space", "escape")
        assert shop.till.mode == m.Selling()
        assert shop.till.ledger.receipt is None

    def test_form_comes_again(self) -> None:
        """Given a return in work, when F9 is pressed, then the form stands, and what is in the receipt stays there."""
        shop = ReturnShop.having().press("space", "plus", "f9")
        assert shop.form.sale == THREE
        assert shop.press("1").notice == "return_in_receipt"
        assert shop.press("2", "plus").back == [(1, 3000, 13650), (2, 1000, 8990)]

    def test_plus_without_a_new_tick_goes_back_to_the_receipt(self) -> None:
        """Given a return in work, when its form is opened and + pressed, then the receipt stands as it was."""
        shop = ReturnShop.having().press("space", "plus", "f9", "plus")
        assert shop.till.mode == m.Selling()
        assert shop.back == [(1, 3000, 13650)]

    def test_storno_frees_the_row(self) -> None:
        """Given a line of a return, when it is storno'd, then no mark is asked for, and its row may be ticked again."""
        shop = ReturnShop.having().press("space", "plus", "delete")
        assert shop.back == []
        assert shop.press("f9", "f6", "1", "enter", "plus").back == [(1, 1000, 4550)]

    def test_discount_to_the_kopeck_over_several_returns(self) -> None:
        """Given three loaves for 100 roubles, when they come back one by one, then the sums are 33.33, 33.34, 33.33."""
        sums, back, money = [], 0, 0
        for _ in range(3):
            line = sold(1, BREAD, pieces(3), 10000, returned=pieces(back), returned_sum=Kopecks(money))
            shop = ReturnShop.having(sale(line)).press("f6", "1", "enter", "plus")
            sums.append(shop.back[0][2])
            assert shop.receipt.lines[0].price == BREAD.price
            back, money = back + 1, money + sums[-1]
        assert sums == [3333, 3334, 3333]

    def test_less_given_back_before_than_it_was_worth(self) -> None:
        """Given a till that gave less back for one of two, when the other comes back, then the rest is made good."""
        back = sold(1, BREAD, pieces(2), returned=pieces(1), returned_sum=Kopecks(4000))
        assert ReturnShop.having(sale(back)).press("f12").back == [(1, 1000, 5100)]

    def test_power_cut_leaves_the_return(self) -> None:
        """Given a return in work, when the power goes, then after the sign-in it stands, and its form can be opened."""
        again = ReturnShop.having().press("space", "plus").restarted().sign_in()
        assert [(line.origin, line.sum) for line in again.receipt.live] == [(1, 13650)]
        mode = again.press("f9").till.mode
        assert isinstance(mode, m.Returning)
        assert mode.form.sale == THREE


class TestWholeReceipt:
    def test_f12_takes_all(self) -> None:
        """Given a receipt without marks, when F12 is pressed, then all of it stands in the return receipt."""
        shop = ReturnShop.having().press("f12")
        assert shop.back == [(1, 3000, 13650), (2, 1000, 8990), (4, 745, 9611)]
        assert shop.receipt.total == 32251

    def test_marked_goods_are_left_out_and_told(self) -> None:
        """Given marked goods in it, when F12 is pressed, then they are left out, and the cashier reads which (M9)."""
        shop = ReturnShop.having(MIXED).press("f12")
        assert shop.back == [(1, 1000, 4550)]
        mode = shop.till.mode
        assert isinstance(mode, m.Telling)
        assert [dict(row.places)["name"] for row in mode.lines] == ["Кефир", "Кефир", "Сигареты"]
        assert shop.press("down").till.mode == replace(mode, first=1)
        assert shop.press("enter").till.mode == m.Selling()

    def test_nothing_but_marked_goods_left(self) -> None:
        """Given nothing else, when F12 is pressed, then nothing is opened and the marks are asked for."""
        shop = ReturnShop.having(sale(*MIXED.lines[1:])).press("f12")
        assert shop.notice == "return_only_marked"
        assert shop.till.ledger.receipt is None

    def test_what_may_not_come_back_is_left(self) -> None:
        """Given forbidden and returned goods, when F12 is pressed, then only the rest comes back."""
        back = sold(3, MILK, returned=pieces(1), returned_sum=MILK.price)
        shop = ReturnShop.having(sale(sold(1, BREAD), sold(2, BANNED_BACK), back)).press("f12")
        assert shop.back == [(1, 1000, 4550)]

    def test_part_that_was_counted_stays(self) -> None:
        """Given one of three loaves counted, when F12 is pressed, then that is not thrown away: a word says how."""
        shop = ReturnShop.having().press("f6", "1", "enter", "f12")
        assert shop.notice == "return_part_picked"
        assert shop.picked == {1: 1000}
        assert len(shop.press("space", "space", "f12").back) == len(THREE.lines)

    def test_forbidden_goods_are_told(self) -> None:
        """Given goods that may not come back, when F12 is pressed, then the cashier reads which, beside marked ones."""
        own = sale(sold(1, BREAD), sold(2, BANNED_BACK))
        mode = ReturnShop.having(own).press("f12").till.mode
        row = say("left_row_forbidden", name="Бельё")
        assert mode == m.Telling(say("return_left_forbidden"), lines=(row,))
        mode = ReturnShop.having(sale(*own.lines, MIXED.lines[2])).press("f12").till.mode
        kefir = say("left_row", name="Кефир", price=Sum(MIXED.lines[2].price))
        assert mode == m.Telling(say("return_left_out"), lines=(row, kefir))
        assert ReturnShop.having(sale(own.lines[1])).press("f12").notice == "return_forbidden"

    def test_marks_play_no_part_where_they_are_not_asked_for(self) -> None:
        """Given `markedgoods = off`, when F12 is pressed, then kefir comes back like bread (M1)."""
        shop = ReturnShop.having(MIXED, returns(), reads_marks=False).press("f12")
        assert [origin for origin, _, _ in shop.back] == [1, 2, 3, 4]


class TestRights:
    def test_cashier_asks_a_senior(self) -> None:
        """Given a cashier without the right, when the return is formed, then a senior agrees, written down."""
        shop = ReturnShop.having(rights=LOWEST_ROLES).press("space", "plus")
        assert isinstance(shop.till.mode, m.Approving)
        shop.approve(PETROV.code)
        assert shop.back == [(1, 3000, 13650)]
        assert shop.wrote == ["Approved", "ReceiptOpened", "LineAdded"]
        (word,) = shop.happened(f.Approved)
        assert word == f.Approved("refund", PETROV, IVANOVA, word.at)  # type: ignore[union-attr]

    def test_nobody_agrees(self) -> None:
        """Given the question for a senior, when Esc is pressed, then the form keeps its ticks."""
        shop = ReturnShop.having(rights=LOWEST_ROLES).press("space", "plus", "escape")
        assert shop.picked == {1: 3000}
        assert shop.till.ledger.receipt is None
        assert shop.press("down").till.ledger.receipt is None

    def test_what_was_refused_does_not_come_along(self) -> None:
        """Given F12 that nobody agreed to, when one position is allowed afterwards, then the form stays for more."""
        shop = ReturnShop.having(MIXED, rights=LOWEST_ROLES).press("f12", "escape")
        assert shop.press("down").form.left_out == ()
        shop.take(mark(MIXED.lines[1].product)).approve(PETROV.code)
        assert [line.origin for line in shop.receipt.live] == [2]
        assert isinstance(shop.till.mode, m.Returning)

    def test_right_is_asked_for_once(self) -> None:
        """Given a return that a senior allowed, when more goes in, then nobody is asked again."""
        shop = ReturnShop.having(rights=LOWEST_ROLES).press("space", "plus").approve(PETROV.code)
        assert [own[0] for own in shop.press("f9", "2", "plus").back] == [1, 2]

    def test_another_cashier_has_to_ask(self) -> None:
        """Given a senior's return, when a cashier without the right takes the till over, then a senior agrees again.

        Once for what is added, and then it is settled for the money too.
        """
        shop = self.taken_over()
        assert isinstance(shop.press("f9", "2", "plus").till.mode, m.Approving)
        shop.approve(PETROV.code)
        assert [own[0] for own in shop.back] == [1, 2]
        assert shop.press("plus").till.mode == m.GivingReason()

    def test_another_cashier_has_to_ask_for_the_money(self) -> None:
        """Given such a return, when the cashier strikes the total, then a senior agrees before money goes back."""
        shop = self.taken_over().press("plus")
        mode = shop.till.mode
        assert isinstance(mode, m.Approving)
        assert allowed(shop.till, mode.errand) == say("refund_open", sum=Sum(shop.receipt.total))
        assert shop.approve(PETROV.code).till.mode == m.GivingReason()

    def test_another_cashier_at_the_payment(self) -> None:
        """Given a senior's payment of a return, when a cashier goes on with it, then a senior agrees once more."""
        shop = ReturnShop.having(rights=LOWEST_ROLES).press("space", "plus").approve(PETROV.code).paying()
        shop = self.taken_over(shop).press("enter")
        assert isinstance(shop.till.mode, m.Approving)
        assert shop.approve(PETROV.code).till.mode == m.Paying()
        assert shop.press("enter").till.ledger.receipt is None

    @staticmethod
    def taken_over(shop: ReturnShop | None = None) -> ReturnShop:
        """Let another cashier sign in over a return that was allowed."""
        shop = shop or ReturnShop.having(rights=LOWEST_ROLES).press("space", "plus").approve(PETROV.code)
        name = shop.receipt.identifier
        shop.till = replace(shop.till, ledger=fold(shop.till.ledger, (f.CashierChanged(name, IVANOVA),)))
        return shop

    def test_mark_waits_for_the_word(self) -> None:
        """Given a mark scanned by a cashier without the right, when a senior agrees, then that pack comes back."""
        shop = ReturnShop.having(MIXED, gate(), returns(), rights=LOWEST_ROLES).take(mark(MIXED.lines[1].product))
        assert isinstance(shop.till.mode, m.Approving)
        shop.approve(PETROV.code)
        assert [line.ki for line in shop.receipt.live] == [MIXED.lines[1].ki]


class TestReceiptScreen:
    def test_scan_there_gives_back_too(self) -> None:
        """Given a return in work, when another of its goods is scanned on its screen, then that comes back as well."""
        shop = ReturnShop.having().press("space", "plus").scan(MILK.barcode)
        assert shop.back == [(1, 3000, 13650), (2, 1000, 8990)]

    def test_other_goods_never_come_in(self) -> None:
        """Given a return of bread, when goods are scanned that are not in the sale, then they are refused."""
        shop = ReturnShop.having(sale(sold(1, BREAD, pieces(2)))).press("f6", "1", "enter", "plus")
        assert shop.scan(MILK.barcode).problem == "return_not_in_sale"

    def test_times_before_a_scan(self) -> None:
        """Given eight bottles sold, when 3 * and the barcode come on the receipt's screen, then three come back."""
        shop = ReturnShop.having(sale(sold(1, BREAD, pieces(5)), sold(2, MILK))).press("2", "plus")
        assert shop.write("3*").scan(BREAD.barcode).back == [(2, 1000, 8990), (1, 3000, 13650)]

    def test_part_of_a_piece(self) -> None:
        """Given a loaf sold, when half of one is typed before the scan, then nothing comes back."""
        shop = ReturnShop.having(sale(sold(1, BREAD, pieces(5)), sold(2, MILK))).press("2", "plus")
        assert shop.write("0.5*").scan(BREAD.barcode).problem == "quantity_not_whole"

    def test_times_before_marked_goods(self) -> None:
        """Given kefir, when 2 * is typed before its scan, then each pack has to come by itself."""
        shop = ReturnShop.having(MIXED).press("1", "plus")
        assert shop.write("2*").take(mark(MIXED.lines[1].product)).problem == "quantity_of_marked"

    def test_quantity_and_discount_stay(self) -> None:
        """Given a line of a return, when its quantity or a discount is asked for, then it is refused with a word."""
        shop = ReturnShop.having().press("space", "plus")
        assert shop.press("f6").notice == "return_quantity"
        assert shop.press("/").notice == "discount_of_return"

    def test_return_is_not_put_aside(self) -> None:
        """Given a return in work, when F11 is pressed, then it is refused with a word."""
        assert ReturnShop.having().press("space", "plus", "f11").notice == "return_not_postponed"

    def test_whole_return_is_given_up(self) -> None:
        """Given a return in work, when F4 and Enter are pressed, then it is cancelled, and all may come back later."""
        shop = ReturnShop.having().press("space", "plus", "f4", "enter")
        assert shop.till.ledger.receipt is None
        assert shop.till.ledger.drawer == 1_000_000
