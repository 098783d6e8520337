"""Orders as the till sells them: the document of the server, and what the dictionaries know of its goods."""

from datetime import datetime
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from cashier.core.catalogue import Kind, Period, Product
from cashier.core.effects import FetchOrder
from cashier.core.events import OrderFetched
from cashier.core.money import Kopecks
from cashier.core.orders import Order, OrderLine, lines_of
from cashier.core.quantity import Thousandths
from cashier.ordering import BREATH, Ordering
from cashier.ports import NoAnswerError
from cashier.remote.errors import BadAnswerError, LateError, UnreachableError
from cashier.remote.orders import BusyError, Document, MissingError, UnreadableError
from cashier.store.connect import StoreError
from tests.core.goods import BREAD

NOON = datetime(2026, 11, 21, 12)  # noqa: DTZ001 - the shop's local time
KEFIR = Product(
    "21",
    "Кефир",
    Kopecks(9000),
    barcode="4600000000213",
    kind=Kind.MARKED,
    group="milk",
    tax="t1",
    vat=1000,
    min_age=16,
    periods=(Period(),),
    min_price=Kopecks(5000),
    alternatives=(Kopecks(9500),),
)
BOX = replace(KEFIR, barcode="4600000000299", kind=Kind.PLAIN, quantity=Thousandths(6000))
SHARED = "4600000000305"
SHELF = (KEFIR, BOX, BREAD, *(replace(BREAD, code=code, barcode=SHARED) for code in ("31", "32")))


class Shelf:
    """Dictionaries with a few goods."""

    def by_code(self, code: str, _now: datetime, /) -> Product | None:
        """Find by code."""
        return next((own for own in SHELF if own.code == code), None)

    def by_barcode(self, barcode: str, _now: datetime, /) -> tuple[Product, ...]:
        """Find by barcode."""
        return tuple(own for own in SHELF if own.barcode == barcode)


class Given:
    """A server that gives out what a test wants."""

    def __init__(self, answer: Document | NoAnswerError) -> None:
        self.answer = answer

    async def get(self, _number: str, /) -> Document:
        """Answer."""
        if isinstance(self.answer, NoAnswerError):
            raise self.answer
        return self.answer


async def fetched(answer: Document | NoAnswerError) -> OrderFetched:
    """Fetch an order from such a server."""
    return await Ordering(Given(answer), Shelf(), lambda: NOON)(FetchOrder("t", "1001"))


async def order(*positions: dict[str, Any], **besides: Any) -> Order:
    """Fetch an order of positions; each has a price and a quantity."""
    full = [{"price": 100, "quant": 1, **own} for own in positions]
    answer = await fetched(msgspec.convert({"positions": full, **besides}, Document))
    assert answer.order is not None, answer
    return answer.order


async def line(**position: Any) -> OrderLine:
    """Fetch an order of one position."""
    return (await order(position)).lines[0]


class TestKnownGoods:
    async def test_name_and_price_are_the_orders(self) -> None:
        """Given goods of the dictionaries, then name, price and quantity are the order's, all else is theirs."""
        own = await line(code="21", name="Кефир к заказу", price="80.05", quant=2)
        assert own.quantity == 2000
        assert own.product == replace(KEFIR, name="Кефир к заказу", price=Kopecks(8005), alternatives=())

    async def test_name_is_the_dictionarys_where_there_is_none(self) -> None:
        """Given a position without a name, then the dictionaries have one."""
        assert (await line(code=21, name=" ")).product.name == "Кефир"

    async def test_minimum_price(self) -> None:
        """Given a minimum of the order, then the greater of both counts, and never one below zero."""
        assert (await line(code="21", minprice="70")).product.min_price == 7000
        assert (await line(code="21", minprice="0")).product.min_price == 5000
        assert (await line(code="x", minprice=-70)).product.min_price == 0

    async def test_price_below_the_minimum_is_kept(self) -> None:
        """Given an order cheaper than the dictionary's minimum, then its price stays, and no discount goes below it."""
        own = await line(code="21", price="40")
        (sold,) = lines_of(Order("1001", "d", (own,)), 1, lambda _product: False)
        assert (own.product.price, own.product.min_price, sold.floor) == (4000, 5000, 4000)

    async def test_kind_is_the_barcodes(self) -> None:
        """Given a code with a barcode that is of another kind, then that one counts; a box counts as one."""
        own = (await line(code="21", barcode=BOX.barcode)).product
        assert (own.kind, own.barcode, own.quantity) == (Kind.PLAIN, BOX.barcode, 1000)

    async def test_barcode_alone(self) -> None:
        """Given only a barcode, then the goods are found by it."""
        assert (await line(barcode=int(BREAD.barcode))).product.code == BREAD.code

    async def test_barcode_of_other_goods(self) -> None:
        """Given a code and the barcode of something else, then the code counts."""
        own = (await line(code="21", barcode=BREAD.barcode)).product
        assert (own.code, own.barcode) == ("21", BREAD.barcode)

    async def test_code_that_lost_its_zeros(self) -> None:
        """Given a code nobody knows with the barcode of one article, then it is that article, with all its limits."""
        own = await line(code=21000, barcode=KEFIR.barcode)
        assert own.known
        assert own.product == replace(KEFIR, price=Kopecks(10000), alternatives=())

    async def test_unknown_code_with_a_barcode_of_several(self) -> None:
        """Given a code nobody knows with the barcode of two articles, then nobody knows which one it is."""
        own = await line(code="x", barcode=SHARED)
        assert (own.known, own.product.code) == (False, "x")

    @pytest.mark.parametrize(
        ("code", "word", "kind", "age"),
        [
            (BREAD.code, "markedgoods", Kind.MARKED, 0),
            (BREAD.code, "shoes", Kind.SHOES, 0),
            (BREAD.code, "tobacco", Kind.TOBACCO, 18),
            (BREAD.code, "alcohol", Kind.ALCOHOL, 18),
            (BREAD.code, "protectivemeans", Kind.PROTECTIVE, 0),
            (BREAD.code, "basic", Kind.PLAIN, 0),
            ("21", "basic", Kind.MARKED, 16),
            ("21", "shoes", Kind.MARKED, 16),
            ("21", "alcohol", Kind.MARKED, 18),
            ("21", "tobacco", Kind.TOBACCO, 18),
        ],
    )
    async def test_stricter_kind(self, code: str, word: str, kind: Kind, age: int) -> None:
        """Given two kinds, then that one counts which demands more: first a mark, then an age."""
        own = (await line(code=code, tmctype=word)).product
        assert (own.kind, own.min_age) == (kind, age)


class TestUnknownGoods:
    @pytest.mark.parametrize(
        ("word", "kind", "age"),
        [
            ("markedgoods", Kind.MARKED, 0),
            ("TOBACCO", Kind.TOBACCO, 18),
            ("alcohol", Kind.ALCOHOL, 18),
            ("shoes", Kind.SHOES, 0),
            ("protectivemeans", Kind.PROTECTIVE, 0),
            (7, Kind.MARKED, 0),
            ("3", Kind.TOBACCO, 18),
            ("what", Kind.PLAIN, 0),
            (None, Kind.PLAIN, 0),
        ],
    )
    async def test_kind(self, word: object, kind: Kind, age: int) -> None:
        """Given goods nobody knows, then the order says what they are, and the law from which age."""
        own = (await line(code="x", tmctype=word)).product
        assert (own.kind, own.min_age) == (kind, age)

    async def test_all_the_order_says(self) -> None:
        """Given goods nobody knows, then unit, weight and tax are the order's."""
        own = await line(code="x", name="Дыня", measurename="кг", isfractionalmeasure=True, vatrate="20", quant="0.745")
        expected = Product("x", "Дыня", Kopecks(10000), unit="кг", fractional=True, vat=2000)
        assert own == OrderLine(expected, Thousandths(745), known=False)

    async def test_little(self) -> None:
        """Given only a barcode, then it is the code and the name."""
        own = (await line(barcode="460")).product
        assert (own.code, own.name, own.unit, own.vat, own.fractional) == ("460", "460", "шт", None, False)

    @pytest.mark.parametrize(("rate", "vat"), [(0, 0), (-1, None), ("10.00", 1000)])
    async def test_tax(self, rate: object, vat: int | None) -> None:
        """Given a rate, then it is in hundredths of a percent; below zero there is none."""
        assert (await line(code="x", vatrate=rate)).product.vat == vat


class TestOrder:
    async def test_as_a_whole(self) -> None:
        """Given a document, then number, identifier and its lines are the order."""
        own = await order({"code": "1"}, {"code": "21"}, identifier=15, dontChange="true")
        assert (own.number, own.identifier, own.dont_change) == ("1001", "15", True)
        assert [item.product.code for item in own.lines] == ["1", "21"]

    @pytest.mark.parametrize("word", [False, 0, "0", "false", "", None])
    async def test_may_be_changed(self, word: object) -> None:
        """Given any no, then the order may be changed."""
        assert not (await order(dontChange=word)).dont_change

    async def test_long_one_lets_the_screen_live(self) -> None:
        """Given more positions than are looked up at one go, then all of them come."""
        assert len((await order(*[{"code": "1"}] * (2 * BREATH + 1))).lines) == 2 * BREATH + 1

    async def test_hostile_text(self) -> None:
        """Given control characters and a name without end, then one short line is left."""
        name = (await line(code="1", name="\x1b[2JХ\u202eлеб\n" + "ё" * 1000)).product.name
        assert name.isprintable()
        assert len(name) == 200

    @pytest.mark.parametrize(
        "position",
        [
            {"price": "much"},
            {"price": "nan"},
            {"price": 1e300},
            {"quant": "inf"},
            {"quant": "x"},
            {"quant": 0.00001},
            {"quant": "1e400"},
            {"minprice": "?"},
            {"code": "x", "vatrate": "?"},
            {"code": "\x00", "barcode": " "},
        ],
    )
    async def test_senseless_numbers(self, position: dict[str, Any]) -> None:
        """Given a number that is none, or goods without a name for them, then the order cannot be read."""
        full = {"code": "1", "price": 1, "quant": 1, **position}
        answer = await fetched(msgspec.convert({"positions": [full]}, Document))
        assert (answer.outcome, answer.order) == ("unreadable", None)

    async def test_missing_numbers_are_nothing(self) -> None:
        """Given a position without price and quantity, then they are zero: the till refuses to sell it."""
        (own,) = (await order({"code": "1", "price": None, "quant": None})).lines
        assert (own.product.price, own.quantity) == (0, 0)

    async def test_one_that_is_still_being_given_back(self) -> None:
        """Given an order whose return is not delivered yet, then it is not asked for: it would be lost on the way."""

        async def returning(number: str) -> bool:
            return number == "1001"

        fetch = Ordering(Given(Document([])), Shelf(), lambda: NOON, returning)
        assert (await fetch(FetchOrder("t", "1001"))).outcome == "returning"
        assert (await fetch(FetchOrder("t", "1002"))).outcome == "found"

    async def test_returns_that_cannot_be_looked_at(self) -> None:
        """Given a disk that does not tell whether the order is on its way back, then the server is not asked."""

        async def returning(_number: str) -> bool:
            raise StoreError(*("disk", "look at it"))

        fetch = Ordering(Given(Document([])), Shelf(), lambda: NOON, returning)
        assert (await fetch(FetchOrder("t", "1001"))).outcome == "down"

    @pytest.mark.parametrize(
        ("error", "outcome"),
        [
            (MissingError(), "missing"),
            (BusyError(), "busy"),
            (UnreadableError(), "unreadable"),
            (UnreachableError("h", "c"), "silent"),
            (UnreachableError("h", "c", sent=False), "down"),
            (LateError("h", 10), "silent"),
            (LateError("h", 10, sent=False), "down"),
            *[(BadAnswerError("h", status), "down") for status in (302, 401, 403, 500, 503)],
        ],
    )
    async def test_no_order(self, error: NoAnswerError, outcome: str) -> None:
        """Given a server without an order, then the answer says why."""
        assert await fetched(error) == OrderFetched("t", outcome)  # type: ignore[arg-type]  # of the parameters above
