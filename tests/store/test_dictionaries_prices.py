"""Goods bring along the other prices they may be sold at, and their minimum."""

import sqlite3
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cashier.core.catalogue import Product
from cashier.store.connect import StoreError
from cashier.store.dictionaries import Dictionaries

NOON = datetime(2026, 1, 15, 12)  # noqa: DTZ001 - the till's local time
ITEM, BARCODE, EITHER = 0, 1, 2
Row = tuple[str, int, int, str, str, float]
"""Of `prices`: key, scope, promotion, from, to, price."""


@pytest.fixture
def writer(empty: sqlite3.Connection) -> sqlite3.Connection:
    """The dictionaries with a pack under two barcodes, a box of ten of them, and other goods; opened to write."""
    empty.execute("INSERT INTO tmc (code, bcode, name) VALUES ('1', '460', 'Сигареты'), ('2', '470', 'Табак')")
    rows = [("460", "1", None), ("461", "1", 1), ("777", "1", 10), ("470", "2", 1)]
    empty.executemany("INSERT INTO barcodes (barcode, code, cquant) VALUES (?, ?, ?)", rows)
    return empty


def put(writer: sqlite3.Connection, *rows: Row) -> None:
    """Load prices in the place of all others."""
    writer.execute("DELETE FROM prices")
    writer.executemany(
        "INSERT INTO prices (key, scope, promo, datefrom, dateto, price) VALUES (?, ?, ?, ?, ?, ?)", rows
    )


def always(key: str, scope: int, price: float, promo: int = 0, since: str = "2020-01-01T00:00:00") -> Row:
    """Write a price that is live."""
    return key, scope, promo, since, "", price


def pack(dictionaries: Dictionaries, barcode: str = "460") -> Product:
    """Find goods by a barcode."""
    (found,) = dictionaries.by_barcode(barcode, NOON)
    return found


def priced(dictionaries: Dictionaries, barcode: str = "460") -> tuple[int, tuple[int, ...]]:
    """Return the price and the others, in roubles."""
    found = pack(dictionaries, barcode)
    return found.price // 100, tuple(other // 100 for other in found.alternatives)


class TestLivePrices:
    """What УКМ 5 sends: `itemPrices` and `barcodePrices`."""

    def test_price_of_another_barcode(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given a price on each of two barcodes and on the item, then the scanned one's counts, the others stand by."""
        put(writer, always("1", ITEM, 100), always("460", BARCODE, 110), always("461", BARCODE, 120))
        assert priced(dictionaries, "460") == (110, (100, 120))
        assert priced(dictionaries, "461") == (120, (100, 110))

    def test_price_of_one_barcode_alone(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given a price on one barcode besides the item's, then each barcode has the other's to choose."""
        put(writer, always("1", ITEM, 100), always("461", BARCODE, 120))
        assert (priced(dictionaries, "460"), priced(dictionaries, "461")) == ((100, (120,)), (120, (100,)))

    def test_one_price_is_no_choice(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given one price, or the same on every barcode, then there is no other."""
        put(writer, always("1", ITEM, 100))
        assert priced(dictionaries) == (100, ())
        put(writer, always("1", ITEM, 100), always("460", BARCODE, 100), always("461", BARCODE, 100))
        assert priced(dictionaries) == (100, ())

    def test_other_quantity_is_another_price(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given a box with a price of its own, then it is none of a pack's, nor a pack's barcode's one of the box."""
        put(writer, always("1", ITEM, 100), always("461", BARCODE, 120), always("777", BARCODE, 90))
        assert priced(dictionaries, "460") == (100, (120,))
        assert priced(dictionaries, "777") == (90, (100,))

    @pytest.mark.parametrize("one", [None, 0, 1, 1.0])
    def test_unsaid_quantity_is_one(
        self, writer: sqlite3.Connection, dictionaries: Dictionaries, one: float | None
    ) -> None:
        """Given barcodes that hold one however it is written, then they hold the same."""
        writer.execute("UPDATE barcodes SET cquant = ? WHERE barcode = '461'", (one,))
        put(writer, always("1", ITEM, 100), always("461", BARCODE, 120))
        assert priced(dictionaries) == (100, (120,))

    def test_goods_by_weight(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given goods by weight, whose barcodes hold no quantity, then all their prices count."""
        writer.execute("UPDATE tmc SET fractional = 1")
        put(writer, always("1", ITEM, 100), always("777", BARCODE, 90))
        assert priced(dictionaries) == (100, (90,))

    def test_promotion_supersedes_the_regular_price(
        self, writer: sqlite3.Connection, dictionaries: Dictionaries
    ) -> None:
        """Given a promotion on an item, then its regular price is no choice; so on another barcode."""
        put(writer, always("1", ITEM, 100), always("1", ITEM, 90, promo=1))
        assert priced(dictionaries) == (90, ())
        put(writer, always("1", ITEM, 100), always("461", BARCODE, 120), always("461", BARCODE, 80, promo=1))
        assert priced(dictionaries) == (100, (80,))

    def test_later_price_supersedes_the_earlier(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given a delivery at a new price, then the old one of the same barcode is no choice."""
        later = always("461", BARCODE, 130, since="2026-01-01T00:00:00")
        put(writer, always("1", ITEM, 100), later, always("461", BARCODE, 120))
        assert priced(dictionaries) == (100, (130,))
        put(writer, always("1", ITEM, 105, since="2026-01-15T12:00:00"), always("1", ITEM, 100))
        assert priced(dictionaries) == (105, ())

    @pytest.mark.parametrize(
        ("since", "until", "counts"),
        [
            ("", "", True),
            ("2026-01-15T12:00:00", "", True),
            ("2026-01-15T12:00:01", "", False),
            ("", "2026-01-15T12:00:00", True),
            ("", "2026-01-15T11:59:59", False),
        ],
    )
    def test_only_inside_its_interval(
        self, writer: sqlite3.Connection, dictionaries: Dictionaries, since: str, until: str, *, counts: bool
    ) -> None:
        """Given a price that has ended or has not begun, to the second, then it is no choice."""
        put(writer, always("1", ITEM, 100), ("461", BARCODE, 0, since, until, 120))
        assert priced(dictionaries) == (100, (120,) if counts else ())

    def test_price_of_other_goods(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given prices of other goods, also where a code is written like a barcode, then none is a choice."""
        put(writer, always("1", ITEM, 100), always("2", ITEM, 50), always("470", BARCODE, 60))
        put(writer, always("1", ITEM, 100), always("1", BARCODE, 70), always("460", ITEM, 80), always("461", ITEM, 90))
        assert priced(dictionaries) == (100, ())

    def test_goods_found_by_code(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given goods typed by code, then their main barcode's price counts and the others stand by."""
        put(writer, always("1", ITEM, 100), always("460", BARCODE, 110), always("461", BARCODE, 120))
        found = dictionaries.by_code("1", NOON)
        assert found
        assert (found.price, found.alternatives) == (11000, (10000, 12000))

    def test_stopped_goods(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given goods without a price of their own, then what another barcode costs does not make them saleable."""
        put(writer, always("461", BARCODE, 120))
        found = pack(dictionaries)
        assert (found.price, found.sale_allowed, found.alternatives) == (0, False, (12000,))

    def test_nothing_is_sold_for_nothing(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given prices of zero, then they are no choice."""
        put(writer, always("1", ITEM, 100), always("461", BARCODE, 0))
        writer.execute("INSERT INTO additionalprice (code, pricecode, price) VALUES ('1', '1', 0)")
        assert priced(dictionaries) == (100, ())

    def test_added_price_of_aif(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given `addPrice` of an item and of its barcode, then the barcode's counts, and neither is a choice."""
        put(writer, always("1", EITHER, 100), always("460", EITHER, 110), always("461", EITHER, 120))
        assert (priced(dictionaries, "460"), priced(dictionaries, "461")) == ((110, ()), (120, ()))
        assert priced(dictionaries, "777") == (100, ())

    def test_minimum_is_that_of_the_winning_price(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given minimums with several prices, then the one beside the winning price counts."""
        put(writer, always("1", ITEM, 100), always("460", BARCODE, 110), always("461", BARCODE, 120))
        writer.execute("UPDATE prices SET minprice = price - 10")
        assert (pack(dictionaries).min_price, pack(dictionaries, "461").min_price) == (10000, 11000)


class TestListedPrices:
    """What the trade system lists as `additionalprices` and `alternativePrices`."""

    def test_of_the_item_and_of_the_scanned_barcode(
        self, writer: sqlite3.Connection, dictionaries: Dictionaries
    ) -> None:
        """Given lists of an item and of two barcodes, then a barcode has the item's and its own, once, in order."""
        rows = [
            ("1", "", "1", 90),
            ("1", "", "2", 80),
            ("1", "460", "1", 95),
            ("1", "460", "2", 80),
            ("1", "461", "1", 70),
        ]
        insert = "INSERT INTO additionalprice (code, barcode, pricecode, price) VALUES (?, ?, ?, ?)"
        writer.executemany(insert, [*rows, ("2", "", "1", 60), ("2", "460", "1", 50)])
        put(writer, always("1", ITEM, 100))
        assert priced(dictionaries, "460") == (100, (80, 90, 95))
        assert priced(dictionaries, "461") == (100, (70, 80, 90))
        assert priced(dictionaries, "777") == (100, (80, 90))

    def test_of_a_barcode_whosever_it_is(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given a list of a barcode, whose item УКМ 5 does not name there, then it counts with that barcode alone."""
        insert = "INSERT INTO additionalprice (code, barcode, pricecode, price) VALUES ('', '461', '1', 70)"
        writer.execute(insert)
        put(writer, always("1", ITEM, 100))
        assert (priced(dictionaries, "461"), priced(dictionaries, "460")) == ((100, (70,)), (100, ()))

    def test_catalogue_price_is_no_other(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given a list with the price the goods are sold at, then it is not named twice."""
        writer.execute("INSERT INTO additionalprice (code, pricecode, price) VALUES ('1', '1', 100), ('1', '2', 90)")
        put(writer, always("1", ITEM, 100))
        assert priced(dictionaries) == (100, (90,))


class TestMinimum:
    @pytest.mark.parametrize(("of_item", "of_barcode", "floor"), [(50, None, 50), (50, 60, 60), (50, 0, 50), (0, 0, 0)])
    def test_minimum_of_a_barcode(
        self,
        writer: sqlite3.Connection,
        dictionaries: Dictionaries,
        of_item: float,
        of_barcode: float | None,
        floor: int,
    ) -> None:
        """Given minimums of an item and of a barcode, then the barcode's counts; zero there is «not set»."""
        writer.execute("UPDATE tmc SET price = 100, minprice = ?", (of_item,))
        writer.execute("UPDATE barcodes SET minprice = ?", (of_barcode,))
        assert pack(dictionaries).min_price == floor * 100

    @pytest.mark.parametrize(
        ("promo", "later", "regular", "floor"),
        [(None, None, 80, 80), (0, 0, 80, 80), (70, 75, 80, 70), (None, 75, 80, 75), (0, None, 0, 50), (90, 0, 0, 90)],
    )
    def test_price_that_says_none_leaves_the_one_behind_it(
        self,
        writer: sqlite3.Connection,
        dictionaries: Dictionaries,
        promo: float | None,
        later: float | None,
        regular: float | None,
        floor: int,
    ) -> None:
        """Given a promotion without a minimum, then that of the price it stands before holds, at last the item's."""
        writer.execute("UPDATE tmc SET minprice = 50")
        put(
            writer,
            always("1", ITEM, 100),
            always("1", ITEM, 105, since="2026-01-01T00:00:00"),
            always("1", ITEM, 90, promo=1),
        )
        for price, least in ((90, promo), (105, later), (100, regular)):
            writer.execute("UPDATE prices SET minprice = ? WHERE price = ?", (least, price))
        assert (pack(dictionaries).price, pack(dictionaries).min_price) == (9000, floor * 100)

    def test_minimum_of_no_live_price_of_its_own(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given minimums with a price that has ended and with another barcode's, then neither counts."""
        writer.execute("UPDATE tmc SET minprice = 50")
        ended = ("1", ITEM, 1, "2025-01-01T00:00:00", "2025-02-01T00:00:00", 80)
        put(writer, always("460", BARCODE, 110), always("1", ITEM, 100), always("461", BARCODE, 120), ended)
        writer.execute("UPDATE prices SET minprice = price - 10 WHERE price IN (120, 80)")
        assert pack(dictionaries).min_price == 5000
        writer.execute("UPDATE prices SET minprice = 95 WHERE price = 100")
        assert pack(dictionaries).min_price == 9500


@pytest.mark.parametrize("column", ["price", "minprice"])
def test_spoilt_goods_are_a_damaged_file(writer: sqlite3.Connection, dictionaries: Dictionaries, column: str) -> None:
    """Given goods whose price an integrator has spoilt by SQL, then they are refused by name, others are found."""
    writer.execute(f"UPDATE tmc SET {column} = 'много' WHERE code = '1'")  # noqa: S608 - a name of ours
    with pytest.raises(StoreError, match="товар '1' не читается"):
        pack(dictionaries)
    assert dictionaries.by_barcode("470", NOON)


PRICE = st.tuples(
    st.sampled_from(["1", "460", "461", "777", "2"]),
    st.sampled_from([ITEM, BARCODE, EITHER]),
    st.integers(0, 1),
    st.sampled_from(["", "2026-01-01T00:00:00", "2026-02-01T00:00:00"]),
    st.sampled_from(["", "2026-01-10T00:00:00", "2026-03-01T00:00:00"]),
    st.integers(0, 5),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(PRICE, max_size=8, unique_by=lambda row: row[:4]))
def test_any_prices(writer: sqlite3.Connection, dictionaries: Dictionaries, rows: list[Row]) -> None:
    """Whatever prices there are, the others are live ones of these goods, in order, each once, none of them nothing."""
    put(writer, *rows)
    for barcode in ("460", "461", "777"):
        price, others = priced(dictionaries, barcode)
        live = {row[5] for row in rows if row[3] <= "2026-01-15T12" and row[4] != "2026-01-10T00:00:00"}
        assert others == tuple(sorted(set(others) - {0, price}))
        assert {price, *others} - {0} <= live
