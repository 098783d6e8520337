"""What the other gates say of goods that came with an order: age, hours, clock, МРЦ, the legal minimum (spec S9)."""

from datetime import datetime

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.catalogue import Product
from cashier.core.gate import Gate
from cashier.core.marks.mrc import mrc_text
from cashier.core.money import Kopecks
from cashier.core.orders import Order
from cashier.core.question import Question
from cashier.core.reading import Reading
from cashier.gates.price import PriceGate
from cashier.gates.restrictions import RestrictionsGate
from tests.core.goods import BREAD
from tests.gates.marked import SMOKES, gate, mark
from tests.gates.ordered import NUMBER, OrderShop, of
from tests.gates.priced import kind
from tests.gates.restricted import BEER, RULES, TONIC

RESTRICTIONS = RestrictionsGate(RULES)
OFFERED = replace(SMOKES, min_age=18)


def having(*gates: Gate, goods: tuple[Product, ...]) -> OrderShop:
    """Take an order of goods, one of each."""
    return OrderShop.having(Order(NUMBER, "d-1", tuple(map(of, goods))), *gates)


def title(question: Question | None) -> str:
    """Return the text key of what is asked."""
    return question.title.key if question else ""


def pack(most: int) -> Reading:
    """Read a pack of cigarettes by its МРЦ in kopecks."""
    return mark(SMOKES, properties=(("mrc", mrc_text(most)),))


class TestAge:
    def test_it_is_asked_when_payment_begins(self) -> None:
        """Given an order with beer, when it is paid, then the buyer's age is asked for once, and then it is paid."""
        shop = having(RESTRICTIONS, goods=(BREAD, BEER, TONIC)).press("plus")
        assert title(shop.question) == "age_title"
        shop.press("1")
        assert (shop.wrote, shop.notice, shop.till.cursor) == (["AgeConfirmed"], "order_line_answered", 2)
        assert shop.press("plus", "enter").returns == []

    def test_who_is_too_young_gets_none(self) -> None:
        """Given a date of birth that is too late, then the beer stays unpaid, until it is taken out of the receipt."""
        shop = having(RESTRICTIONS, goods=(BREAD, BEER)).press("plus", "2").write("01012015").press("enter")
        assert (shop.problem, shop.wrote) == ("age_too_young", ["AgeConfirmed"])
        shop.press("enter", "plus")
        assert title(shop.question) == "age_title"
        assert isinstance(shop.press("escape", "delete", "plus").till.mode, m.Paying)

    def test_escape_leaves_the_lines(self) -> None:
        """Given the question, when Esc is pressed, then nothing is written."""
        shop = having(RESTRICTIONS, goods=(BEER,)).press("plus", "escape")
        assert (shop.till.mode, shop.wrote, len(shop.receipt.live)) == (m.Selling(), [], 1)

    def test_marked_goods_are_asked_for_age_and_mark(self) -> None:
        """Given cigarettes without a mark, when payment begins, then first the age is asked for, then the mark."""
        shop = having(RESTRICTIONS, gate(), PriceGate(), goods=(OFFERED,)).press("plus")
        assert title(shop.question) == "age_title"
        assert title(shop.press("1").question) == "mark_scan"
        shop.take(pack(25000))
        assert shop.wrote == ["LineMarked"]
        assert isinstance(shop.press("plus").till.mode, m.Paying)

    def test_age_is_asked_at_the_mark(self) -> None:
        """Given cigarettes, when their mark is scanned first, then the age is asked for then, and not again."""
        shop = having(RESTRICTIONS, gate(), PriceGate(), goods=(OFFERED,)).take(pack(25000))
        assert title(shop.question) == "age_title"
        assert shop.press("1").wrote == ["AgeConfirmed", "LineMarked"]
        assert isinstance(shop.press("plus").till.mode, m.Paying)

    def test_date_that_was_too_late_is_asked_for_again(self) -> None:
        """Given a marked line, when a younger buyer is found out, then a date is asked for, and the mark stays."""
        shop = having(RESTRICTIONS, gate(), PriceGate(), goods=(OFFERED, BEER)).take(pack(25000)).press("1")
        shop.give_age(17)
        before = shop.ordered[0]
        shop.press("plus", "1").write("01011990").press("enter")
        assert shop.wrote == ["AgeConfirmed"]
        assert shop.ordered[0] == before


class TestHours:
    def test_night(self) -> None:
        """Given an order with beer, when it is paid at night, then it is refused; nothing is asked."""
        shop = having(RESTRICTIONS, goods=(BEER,))
        shop.clock = datetime(2026, 11, 21, 23, 30)  # noqa: DTZ001 - the shop's local time
        assert shop.press("plus").popup == ("sale_hours", "sale_hours_unpayable_advice")

    def test_fewer_are_no_sale(self) -> None:
        """Given two cans, when one is taken back, then nobody is asked."""
        shop = OrderShop.having(Order(NUMBER, "d-1", (of(BEER, 2000),)), RESTRICTIONS)
        shop.press("f6").write("1").press("enter")
        assert (shop.till.mode, shop.line.quantity) == (m.Selling(), 1000)


class TestClock:
    def test_it_is_asked_for(self) -> None:
        """Given a clock that leapt, when an order with beer is paid, then clock and age are asked for."""
        shop = having(RESTRICTIONS, goods=(BREAD,)).press("plus", "enter")
        shop.clock = shop.clock.replace(month=10)
        shop.wants("1002").come(Order("1002", "d-2", (of(TONIC),))).press("plus")
        assert title(shop.question) == "clock_title"
        assert title(shop.press("1").question) == "age_title"


class TestPrice:
    @pytest.mark.parametrize("most", [20000, 25000])
    def test_orders_price_stays(self, most: int) -> None:
        """Given a pack whose МРЦ is the order's price or above it, then it is sold at the order's price, unasked."""
        shop = having(gate(), PriceGate(), goods=(replace(SMOKES, alternatives=(Kopecks(21000),)),)).take(pack(most))
        assert (shop.till.mode, shop.line.price, shop.line.mark != "") == (m.Selling(), SMOKES.price, True)

    def test_pack_below_the_orders_price(self) -> None:
        """Given a pack whose МРЦ is below the order's price, then it is refused, and another one is waited for."""
        shop = having(gate(), PriceGate(), goods=(SMOKES,)).take(pack(19900))
        assert (shop.popup, shop.marks) == (("order_above_max", "order_above_max_advice"), [""])
        assert shop.press("enter").take(replace(pack(20000), ki="other", code="other")).marks == ["other"]

    def test_minimum_of_the_law(self) -> None:
        """Given a legal minimum above the order's price, then the pack is refused; a lower one binds discounts."""
        shop = having(gate(), PriceGate(legal=(kind(20100),)), goods=(SMOKES,)).take(pack(25000))
        assert shop.problem == "price_below_legal"
        shop = having(gate(), PriceGate(legal=(kind(15000),)), goods=(SMOKES,)).take(pack(25000))
        assert shop.line.min_price == 15000

    def test_minimum_is_never_above_the_pack(self) -> None:
        """Given an order's minimum above МРЦ, then МРЦ is what no discount goes beneath."""
        shop = having(gate(), PriceGate(), goods=(replace(SMOKES, min_price=Kopecks(22000)),)).take(pack(21000))
        assert shop.line.min_price == 21000


def test_order_of_nothing_special_passes_unasked() -> None:
    """Given an order of bread behind all gates, then it is paid without a question."""
    shop = having(RESTRICTIONS, gate(), PriceGate(), goods=(BREAD,)).press("plus", "enter")
    assert len(shop.happened(f.ReceiptClosed)) == 1
