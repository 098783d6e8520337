"""Orders of the order server: asked for by number, taken with all their lines, given back (spec S9)."""

import msgspec
import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.catalogue import Product
from cashier.core.effects import FetchOrder, Signal
from cashier.core.events import OrderFetched, OrderFound, Ticked
from cashier.core.ledger import MOST_ORDERS
from cashier.core.money import Kopecks
from cashier.core.orders import MOST_LINES
from cashier.core.quantity import ONE
from cashier.core.receipt import Line, Taken
from cashier.core.rights import LOWEST_ROLES
from cashier.core.state import Rules
from tests.core.goods import APPLES, BANNED, BREAD, MILK, PRICELESS
from tests.core.hand import SCANNER
from tests.gates.marked import KEFIR
from tests.gates.ordered import CHEAP_BREAD, MARKED, NUMBER, PLAIN, ROW, WHOLE, OrderShop, of


def shop() -> OrderShop:
    """Start at the sale screen."""
    return OrderShop.behind()


def told(shop: OrderShop) -> list[dict[str, str]]:
    """Bodies of the messages that give orders back, worded by the latest input."""
    return [msgspec.json.decode(body) for body in shop.messages]


class TestNumber:
    def test_it_is_typed(self) -> None:
        """Given the dialog, when digits and letters are typed, then Enter asks for that order."""
        asked = shop().press(*ROW).write(" ab-10.7 ").press("enter")
        assert asked.asked(FetchOrder).number == "ab-10.7"

    def test_it_is_scanned(self) -> None:
        """Given the dialog, when the barcode on the order's paper is scanned, then that is its number."""
        asked = shop().press(*ROW).scan("]C1ORDER-1001")
        assert asked.asked(FetchOrder).number == "ORDER-1001"
        assert Signal(accepted=True, device=SCANNER) in asked.effects

    def test_garbage_is_none(self) -> None:
        """Given the dialog, when a scan is no barcode, then it is refused and the dialog stands."""
        asked = shop().press(*ROW).scan(b"\x1b[2J")
        assert (asked.notice, asked.till.mode) == ("scan_no_order", m.Ordering())

    def test_escape_clears_then_leaves(self) -> None:
        """Given a number half typed, then Esc clears it, and once more leaves; nothing was asked."""
        asked = shop().press(*ROW).write("10").press("escape")
        assert asked.till.mode == m.Ordering()
        assert asked.press("escape").till.mode == m.Selling()
        assert asked.happened(f.OrderAsked) == []

    def test_nothing_typed_asks_nothing(self) -> None:
        """Given the dialog, when Enter comes without a number, or with blanks, then nobody is asked."""
        assert shop().press(*ROW).press("enter").happened(f.OrderAsked) == []
        assert shop().press(*ROW).write("  ").press("enter").happened(f.OrderAsked) == []

    def test_no_server_no_dialog(self) -> None:
        """Given a till without an order server, when the row is taken, then it says so."""
        hand = OrderShop.signed_in(rules=Rules()).press(*ROW)
        assert (hand.notice, hand.till.mode) == ("orders_off", m.Selling())

    def test_shift_must_be_of_today(self) -> None:
        """Given a shift of yesterday, when an order is wanted, then the shift is to be closed first."""
        own = shop().scan(BREAD.barcode).wait(25 * 3600).press(*ROW)
        assert own.problem == "shift_outlived"


class TestComing:
    def test_intent_is_durable_first(self) -> None:
        """Given an order asked for, then that is written down before anybody hears of it, with the receipt's GUID."""
        asked = shop().wants()
        assert asked.wrote == ["OrderAsked"]
        (fact,) = asked.happened(f.OrderAsked)
        assert isinstance(fact, f.OrderAsked)
        came = asked.come()
        assert came.receipt.identifier == fact.receipt

    def test_all_lines_are_one_record(self) -> None:
        """Given an order that is found, then shift, receipt and all lines are written together."""
        came = shop().wants().come()
        assert came.wrote == ["ShiftOpened", "ReceiptOpened", "OrderTaken"]
        assert came.lines == [("Хлеб по заказу", 2000, False), ("Яблоки", 745, False)]
        assert (came.notice, came.till.mode, came.till.cursor) == ("order_taken", m.Selling(), 1)

    def test_prices_are_the_orders(self) -> None:
        """Given an order dearer or cheaper than the catalogue, then its lines keep its prices."""
        came = shop().wants().come()
        assert [line.price for line in came.ordered] == [CHEAP_BREAD.price, APPLES.price]
        assert came.receipt.total == 2 * CHEAP_BREAD.price + 9611

    def test_positions_go_on(self) -> None:
        """Given goods in the receipt, when an order comes, then its lines follow them under its number."""
        came = shop().scan(BREAD.barcode).wants().come()
        assert [(line.position, line.order) for line in came.receipt.lines] == [(1, ""), (2, NUMBER), (3, NUMBER)]
        assert came.receipt.orders == (NUMBER,)

    def test_scanned_goods_are_lines_of_their_own(self) -> None:
        """Given an order with bread at the catalogue's price, when bread is scanned, then that is another line."""
        came = shop().wants().come(replace(PLAIN, lines=(of(BREAD), of(BREAD)))).scan(BREAD.barcode)
        assert [line.order for line in came.receipt.lines] == [NUMBER, NUMBER, ""]

    def test_two_orders_in_one_receipt(self) -> None:
        """Given an order in the receipt, when another one comes, then both stand, and both go back in the end."""
        came = OrderShop.having().wants("1002").come(replace(PLAIN, number="1002", identifier="d-2"))
        assert came.receipt.orders == (NUMBER, "1002")
        came.press("f4", "enter")
        assert came.returns == [NUMBER, "1002"]

    def test_marked_goods_come_piece_by_piece(self) -> None:
        """Given two packs in one position, then each is a line that waits for its mark; the notice counts them."""
        came = OrderShop.having(MARKED)
        assert came.lines == [("Хлеб по заказу", 1000, False), *[("Кефир по заказу", 1000, False)] * 2]
        assert [line.waits_for_mark for line in came.ordered] == [False, True, True]
        assert came.notice == "order_taken_marks"

    def test_without_marks_quantity_stays(self) -> None:
        """Given a till that asks for no marks, then two packs are one line."""
        came = OrderShop.behind(marks=False).wants().come(MARKED)
        assert [(line.quantity, line.single) for line in came.ordered] == [(1000, False), (2000, False)]

    def test_restored_receipt_has_its_order(self) -> None:
        """Given an order put aside and taken up after a restart, then its lines are what they were."""
        came = OrderShop.having(MARKED).press("f11")
        kept = came.till.ledger.postponed[0].lines
        again = came.restarted().sign_in().press("f11", "enter")
        assert again.receipt.lines == kept
        assert again.receipt.holds(NUMBER)


class TestNotComing:
    @pytest.mark.parametrize(("outcome", "problem"), [("silent", "order_silent"), ("unreadable", "order_unreadable")])
    def test_what_may_be_given_out_goes_back(self, outcome: str, problem: str) -> None:
        """Given a server that may have given the order out, then one popup, no line, and the order goes back."""
        asked = shop().wants()
        asked.fail(outcome)  # type: ignore[arg-type]  # of the parameters above
        assert (asked.problem, asked.till.ledger.receipt) == (problem, None)
        assert asked.wrote == ["OrderLeft", "MessageQueued"]
        (fact,) = asked.happened(f.OrderAsked)
        assert isinstance(fact, f.OrderAsked)
        assert told(asked) == [{"number": NUMBER, "receipt": fact.receipt}]

    @pytest.mark.parametrize(
        ("outcome", "problem"),
        [
            ("missing", "order_missing"),
            ("busy", "order_busy"),
            ("down", "order_silent"),
            ("returning", "order_returning"),
            ("off", "orders_off"),
        ],
    )
    def test_what_was_not_given_out_is_left(self, outcome: str, problem: str) -> None:
        """Given a server that certainly gave nothing out, then nothing goes back: another till may have the order."""
        asked = shop().wants()
        asked.fail(outcome)  # type: ignore[arg-type]  # of the parameters above
        assert (asked.problem, asked.wrote, asked.returns) == (problem, ["OrderLeft"], [])
        again = shop().wants().press("escape")
        again.fail(outcome)  # type: ignore[arg-type]  # of the parameters above
        assert (again.problem, again.wrote, again.returns) == ("", ["OrderLeft"], [])

    def test_one_that_goes_back_does_so_once(self) -> None:
        """Given a silent server, when the order is wanted again before it is back, then no second message is worded."""
        asked = shop().wants().fail("silent").press("enter")
        for _ in range(3):
            asked.wants().fail("returning").press("enter")
        assert asked.returns == [NUMBER]

    def test_unknown_goods_sold_by_mark(self) -> None:
        """Given marked goods that the dictionaries do not have, then no mark fits: the order does not come in."""
        strange = replace(PLAIN, lines=(of(BREAD), replace(of(KEFIR), known=False)))
        asked = shop().wants().come(strange)
        assert (asked.problem, asked.till.ledger.receipt, asked.returns) == ("order_unknown_marked", None, [NUMBER])
        assert len(OrderShop.behind(marks=False).wants().come(strange).ordered) == 2

    @pytest.mark.parametrize(
        ("lines", "problem"),
        [
            ((), "order_empty"),
            ((of(PRICELESS),), "price_missing"),
            ((of(replace(BREAD, price=Kopecks(-100))),), "price_missing"),
            ((of(BANNED),), "sale_forbidden"),
            ((of(BREAD, 0),), "quantity_out_of_range"),
            ((of(BREAD, -1000),), "quantity_out_of_range"),
            ((of(BREAD, 1500),), "quantity_not_whole"),
            ((of(BREAD), of(KEFIR, (MOST_LINES + 1) * 1000)), "order_too_long"),
        ],
    )
    def test_what_cannot_be_sold(self, lines: tuple[Product, ...], problem: str) -> None:
        """Given one position that cannot be sold, then nothing of the order comes in, and it goes back."""
        asked = OrderShop.behind().wants().come(replace(PLAIN, lines=(of(MILK), *lines) if lines else ()))
        assert (asked.problem, asked.till.ledger.receipt, asked.returns) == (problem, None, [NUMBER])

    def test_found_without_an_order(self) -> None:
        """Given an answer that contradicts itself, then it is unreadable."""
        asked = shop().wants()
        assert asked.give(OrderFetched(asked.order_token, "found")).problem == "order_unreadable"

    def test_shift_outlived_meanwhile(self) -> None:
        """Given a shift that outlived itself while the server was asked, then the order goes back."""
        asked = shop().scan(BREAD.barcode).wants().wait(25 * 3600).come()
        assert (asked.problem, asked.returns) == ("shift_outlived", [NUMBER])

    def test_same_order_is_not_asked_twice(self) -> None:
        """Given an order in the receipt, when its number is typed again, then nobody is asked and nothing goes back."""
        came = OrderShop.having().wants()
        assert (came.problem, came.fetches, came.returns) == ("order_in_receipt", False, [])

    def test_nor_one_put_aside(self) -> None:
        """Given an order in a receipt put aside, then likewise."""
        came = OrderShop.having().press("f11").wants()
        assert (came.problem, came.fetches, came.returns) == ("order_in_postponed", False, [])

    def test_nor_one_that_was_sold(self) -> None:
        """Given an order that was paid, then it is not asked for in this shift: it could only be freed for others."""
        sold = OrderShop.having().press("plus", "enter").wants()
        assert (sold.problem, sold.fetches, sold.returns) == ("order_sold", False, [])
        other = sold.press("enter").wants("01001").come(replace(PLAIN, number="01001"))
        assert (other.problem, other.returns) == ("order_sold", [])
        again = other.restarted()
        assert again.till.ledger.ordered == other.till.ledger.ordered != ()
        again.sign_in().press("f10", *("down",) * m.MENU.index("menu_z_report"), "enter", "enter")
        assert again.till.ledger.ordered == ()

    def test_sold_ones_are_not_remembered_without_end(self) -> None:
        """Given very many orders sold in one shift, then the latest are remembered."""
        own = OrderShop.having()
        own.till = replace(own.till, ledger=replace(own.till.ledger, ordered=(Taken("7", "d-7"),) * MOST_ORDERS))
        remembered = own.press("plus", "enter").till.ledger.ordered
        assert (len(remembered), remembered[-1].number) == (MOST_ORDERS, NUMBER)

    def test_same_order_under_another_spelling(self) -> None:
        """Given an order the server knows under two numbers, then the second does not come in, nor does it go back."""
        came = OrderShop.having().wants("01001").come(replace(PLAIN, number="01001"))
        assert (came.problem, came.returns) == ("order_in_receipt", [])
        assert came.till.ledger.ordering is None

    def test_same_order_under_another_spelling_given_up(self) -> None:
        """Given likewise, when the wait for the second was given up, then what comes does not go back, either."""
        came = OrderShop.having().wants("01001").press("escape").come(replace(PLAIN, number="01001"))
        assert (came.wrote, came.returns) == (["OrderLeft"], [])

    def test_order_taken_out_line_by_line_is_still_here(self) -> None:
        """Given an order all of whose lines were taken out, then it is not asked for before its receipt has ended."""
        came = OrderShop.having().scan(BREAD.barcode).press("home", "delete", "down", "delete").wants()
        assert (came.problem, came.fetches) == ("order_taken_out", False)
        came.press("enter", "f11").wants()
        assert (came.problem, came.fetches) == ("order_in_postponed", False)
        assert came.press("enter", "f11", "enter", "plus", "enter").returns == [NUMBER]
        assert came.wants().come().receipt.orders == (NUMBER,)

    def test_order_taken_out_goes_back_once(self) -> None:
        """Given likewise, when the receipt is given up after the order was wanted again, then one message is worded."""
        came = OrderShop.having().press("delete", "down", "delete").wants().press("enter", "f4", "enter")
        assert came.returns == [NUMBER]


class TestWaiting:
    def test_escape_gives_it_up(self) -> None:
        """Given a wait, when Esc is pressed, then the sale goes on; what comes goes back."""
        asked = shop().wants().press("escape")
        assert (asked.till.mode, asked.notice, asked.returns) == (m.Selling(), "order_given_up", [])
        asked.come()
        assert (asked.till.ledger.receipt, asked.till.ledger.ordering, asked.returns) == (None, None, [NUMBER])

    def test_other_keys_and_scans_are_refused(self) -> None:
        """Given a server that thinks, then keys do nothing and a scan is refused."""
        asked = shop().wants()
        mode = asked.till.mode
        assert asked.press("5", "enter").till.mode == mode
        assert asked.scan(BREAD.barcode).notice == "scan_no_order"

    def test_next_one_waits_for_that(self) -> None:
        """Given an order given up whose answer is still to come, then no other one is asked for."""
        asked = shop().wants().press("escape").press(*ROW)
        assert (asked.notice, asked.till.mode) == ("order_under_way", m.Selling())

    def test_locked_meanwhile(self) -> None:
        """Given a till that locks itself while the server thinks, then the order that comes goes back."""
        asked = shop().wants().give(Ticked(idle=True))
        assert isinstance(asked.till.mode, m.EnteringCode)
        assert asked.come().returns == [NUMBER]

    def test_answer_comes_once(self) -> None:
        """Given an answer that comes a second time, then nothing is written."""
        came = OrderShop.having()
        assert came.come().wrote == []

    def test_power_cut(self) -> None:
        """Given a power cut while the server thinks, then the order goes back at the start, once."""
        again = shop().wants().restarted()
        assert (again.returns, again.till.ledger.ordering) == ([NUMBER], None)
        assert again.give(OrderFound()).wrote == []


class TestEnd:
    def test_paid_order_stays_sold(self) -> None:
        """Given an order, when it is paid, then nothing is given back."""
        assert OrderShop.having().press("plus", "enter").returns == []

    def test_cancelled_receipt(self) -> None:
        """Given an order, when its receipt is given up, then it goes back, told in the same record."""
        came = OrderShop.having().press("f4", "enter")
        assert came.wrote == ["ReceiptCancelled", "MessageQueued"]
        assert came.returns == [NUMBER]

    def test_cancelled_before_z(self) -> None:
        """Given an order put aside, when its receipt is given up before Z, then it goes back."""
        came = OrderShop.having().press("f11", "f10", *("down",) * m.MENU.index("menu_z_report"), "enter", "2")
        assert came.returns == [NUMBER]

    def test_all_taken_out_and_others_sold(self) -> None:
        """Given an order whose lines were taken out, when other goods are paid, then it goes back with the closing."""
        came = OrderShop.having().press("delete", "down", "delete").scan(BREAD.barcode).press("plus", "enter")
        assert came.returns == [NUMBER]
        assert "ReceiptClosed" in came.wrote

    def test_part_of_it_sold(self) -> None:
        """Given an order of which one line is sold, then it does not go back."""
        assert OrderShop.having().press("delete").press("plus", "enter").returns == []


class TestFixed:
    """An order that may not be changed."""

    def test_no_storno(self) -> None:
        """Given such an order, when one line is to go, then it stays; the whole receipt may go."""
        came = OrderShop.having(WHOLE).press("delete")
        assert (came.notice, came.wrote) == ("order_fixed", [])
        assert came.press("f4", "enter").returns == [NUMBER]

    def test_no_other_quantity(self) -> None:
        """Given such an order, when a quantity is to change, then it stays."""
        came = OrderShop.having(replace(PLAIN, dont_change=True)).press("f6")
        assert (came.notice, came.till.mode) == ("order_fixed_quantity", m.Selling())

    def test_no_discount(self) -> None:
        """Given such an order alone, when a discount is asked for, then there is none to be given."""
        came = OrderShop.having(WHOLE).press("/")
        assert (came.notice, came.till.mode) == ("order_fixed", m.Selling())

    def test_nobody_is_asked_to_allow_it(self) -> None:
        """Given a cashier without the right, when such an order is to be cheaper, then no senior is called for it."""
        came = OrderShop.having(WHOLE)
        came.till = replace(came.till, rules=replace(came.till.rules, rights=LOWEST_ROLES))
        assert came.press("/").notice == "order_fixed"

    def test_discount_of_the_receipt_is_for_the_others(self) -> None:
        """Given bread beside such an order, when the receipt gets ten percent, then they are of that bread alone."""
        came = OrderShop.having(WHOLE).scan(BREAD.barcode).press("home", "/")
        assert came.till.mode == m.Discounting(whole=True)
        came.press("up")
        assert came.till.mode == m.Discounting(whole=True)
        came.write("10").press("enter")
        assert [line.discount for line in came.receipt.lines] == [0, 0, 0, 455]

    def test_others_may_be_changed(self) -> None:
        """Given an order that may be changed, then quantity and discount of its lines work at its price."""
        came = OrderShop.having().press("f6").write("3").press("enter")
        assert (came.line.quantity, came.line.price) == (3 * ONE, CHEAP_BREAD.price)
        came.press("/").write("10").press("enter")
        assert came.line.discount == 1200


def test_line_of_an_order_is_late_only_as_it_stands() -> None:
    """Given a line of an order, then with another quantity it is changed, and one of no order never is late."""
    line = Line(1, BREAD, ONE, BREAD.price, order=NUMBER)
    assert line.is_late(line)
    assert not replace(line, quantity=2 * ONE).is_late(line)
    assert not replace(line, order="").is_late(replace(line, order=""))
    assert not line.is_late(None)
