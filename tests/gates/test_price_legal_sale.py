"""What the legal minimum (ЕМЦ) forbids in a sale, to the kopeck and to the day (spec T9)."""

from datetime import date, datetime

import pytest

from cashier.core.money import Kopecks
from cashier.core.receipt import DocumentType
from cashier.gates.price import LegalKind, LegalPrice
from tests.core.discounted import on_line, on_receipt
from tests.core.hand import NOON
from tests.gates.priced import CARTON, PACK, THREE, Kiosk, carton, kind, pack, priced

TODAY = NOON.date()
EVENING = datetime(2026, 11, 21, 23, 59, 50)  # noqa: DTZ001 - the shop's local time has no zone in the core
NIGHT = datetime(2026, 11, 22)  # noqa: DTZ001 - the shop's local time has no zone in the core


def kiosk(price: int, receipt: DocumentType = DocumentType.SALE) -> Kiosk:
    """Open a till with one legal minimum."""
    return Kiosk.open(legal=(kind(price),), kind=receipt)


class TestSale:
    @pytest.mark.parametrize(("minimum", "prices"), [(19499, 1), (19500, 1), (19501, 0)])
    def test_one_price(self, minimum: int, prices: int) -> None:
        """Given one price a kopeck above, at and below the minimum, then only the last is refused."""
        shop = kiosk(minimum).take(pack(priced(19500), 23000))
        assert (len(shop.sold), shop.problem) == (prices, "" if prices else "price_below_legal")

    @pytest.mark.parametrize(
        ("minimum", "rows"), [(18000, [18000, 19500, 21000]), (18001, [19500, 21000]), (19500, [19500, 21000])]
    )
    def test_rows_below_it_are_not_offered(self, minimum: int, rows: list[int]) -> None:
        """Given several prices, then those below the minimum are no rows."""
        taken = [kiosk(minimum).take(pack(THREE, 23000)).press(str(row + 1)).sold for row in range(len(rows))]
        assert taken == [[("Сигареты", price)] for price in rows]
        assert len(kiosk(minimum).take(pack(THREE, 23000)).rows) == len(rows)

    def test_one_row_left_is_taken(self) -> None:
        """Given several prices of which one is lawful, then there is no window."""
        shop = kiosk(20000).take(pack(THREE, 23000))
        assert (shop.sold, shop.at_rest) == ([("Сигареты", 21000)], True)

    @pytest.mark.parametrize("most", [23000, "AAAA"])
    def test_none_left(self, most: int | str) -> None:
        """Given prices that are all below the minimum, then nothing is sold, and it is said why."""
        shop = kiosk(21100).take(pack(THREE, most))
        assert shop.popup == ("price_below_legal", "price_below_legal_advice")
        assert shop.sentence == "Сигареты: цена 210,00 ниже единой минимальной 211,00"
        assert (shop.press("escape").at_rest, shop.sold) == (True, [])

    @pytest.mark.parametrize(("minimum", "sold"), [(15000, [("Сигареты", 15000)]), (15001, [])])
    def test_max_price_below_it(self, minimum: int, sold: list[tuple[str, int]]) -> None:
        """Given МРЦ below the minimum, then the pack cannot be sold at all."""
        assert kiosk(minimum).take(pack(THREE, 15000)).sold == sold

    @pytest.mark.parametrize(("price", "problem"), [(153000, ""), (152999, "price_below_legal")])
    def test_carton(self, price: int, problem: str) -> None:
        """Given a carton, then its price is held against that of ten packs."""
        assert kiosk(15300).take(carton(priced(price, product=CARTON), 200000)).problem == problem

    def test_pack_is_no_carton(self) -> None:
        """Given a pack, then its price is held against that of one."""
        assert kiosk(15300).take(pack(priced(15300), 23000)).sold == [("Сигареты", 15300)]

    def test_marks_not_asked_for(self) -> None:
        """Given marks switched off, then the law holds all the same."""
        for minimum, problem in ((19500, ""), (19501, "price_below_legal")):
            assert Kiosk.open(marks=False, legal=(kind(minimum),)).scan(PACK.barcode).problem == problem

    def test_goods_without_mark(self) -> None:
        """Given a kind of other goods, then their price is held against it, and their minimum is the higher one."""
        honey = LegalKind((LegalPrice(TODAY, Kopecks(47000)),), items=frozenset({"40"}))
        assert Kiosk.open(legal=(honey,)).write("40").press("enter").line.min_price == 47000
        assert Kiosk.open(legal=(kind(44000, items="40"),)).write("40").press("enter").line.min_price == 45000
        assert Kiosk.open(legal=(kind(50001, items="40"),)).write("40").press("enter").problem == "price_below_legal"

    @pytest.mark.parametrize(("moment", "problem"), [(EVENING, ""), (NIGHT, "price_below_legal")])
    def test_from_midnight_on(self, moment: datetime, problem: str) -> None:
        """Given a price of tomorrow, when a pack is scanned before or after midnight, then that of its day holds."""
        legal = (kind(10000, (date(2026, 11, 22), 20000)),)
        shop = Kiosk.signed_in(rules=Kiosk.open(legal=legal).rules).on(moment)
        assert shop.take(pack(priced(19500), 23000)).problem == problem

    def test_midnight_in_the_window(self) -> None:
        """Given the window open over midnight, when a row is taken that is lawful no more, then others are offered."""
        legal = (kind(10000, (date(2026, 11, 22), 19000)),)
        shop = Kiosk.open(legal=legal).on(EVENING)
        shop.take(pack(THREE, 23000)).wait(10).press("1")
        assert (len(shop.rows), shop.sold) == (2, [])
        assert shop.press("1").sold == [("Сигареты", 19500)]


class TestReturns:
    @pytest.mark.parametrize("kind_of_receipt", [DocumentType.RETURN, DocumentType.RETURN_BY_RECEIPT])
    def test_nothing_is_forbidden(self, kind_of_receipt: DocumentType) -> None:
        """Given a pack that comes back, then the minimum of today is not held against it."""
        shop = kiosk(90000, kind_of_receipt).take(pack(priced(19500), 23000))
        assert (shop.sold, shop.line.min_price) == ([("Сигареты", 19500)], 0)


class TestDiscounts:
    def test_higher_of_the_two_is_the_floor(self) -> None:
        """Given both minima, then no discount goes below the higher one."""
        for legal, floor, rest in ((19000, 18000, 19000), (18000, 19000, 19000), (18000, 0, 18000)):
            shop = kiosk(legal).take(pack(priced(19500, floor=floor), 23000))
            assert shop.line.min_price == rest
            on_line(shop, "50").press("escape", "escape")
            assert shop.receipt.total == rest
            on_receipt(shop, "50").press("escape", "escape")
            assert shop.receipt.total == rest

    def test_maximum_above_the_law_is_the_floor(self) -> None:
        """Given a minimum above МРЦ and a legal one below it, then МРЦ is the floor: nothing can be given."""
        shop = kiosk(15000).take(pack(priced(25000, floor=24000), 23000))
        assert (shop.line.price, shop.line.min_price) == (23000, 23000)
