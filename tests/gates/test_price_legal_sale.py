"""What the legal minimum (ЕМЦ) forbids in a sale, to the kopeck and to the day (spec T9)."""

from datetime import date, datetime

import pytest

from cashier.core.money import Kopecks
from cashier.core.receipt import DocumentType
from cashier.core.say import Sum, say
from cashier.gates.price import LegalKind, LegalPrice
from tests.core.discounted import on_line, on_receipt
from tests.core.hand import NOON
from tests.gates.marked import mark
from tests.gates.priced import CARTON, MILK, PACK, THREE, Kiosk, carton, kind, pack, priced

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

    @pytest.mark.parametrize(("minimum", "lawful"), [(18000, 3), (18001, 2), (19500, 2), (19501, 1), (21000, 1)])
    def test_rows_below_it_are_refused(self, minimum: int, lawful: int) -> None:
        """Given several prices, then all are offered; one below the minimum says so, and the window stays."""
        prices = [18000, 19500, 21000]
        for row, price in enumerate(prices):
            shop = kiosk(minimum).take(pack(THREE, 23000))
            below = ["ниже единой минимальной" in own for own in shop.rows]
            assert below == [True] * (3 - lawful) + [False] * lawful
            shop.press(str(row + 1))
            if not below[row]:
                assert shop.sold == [("Сигареты", price)]
                continue
            assert shop.sold == []
            assert shop.dialog.problem is not None
            assert shop.dialog.problem.key == "price_below_legal"
            assert shop.press("3").sold == [("Сигареты", 21000)]

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
        """Given the window open over midnight, when a row is taken that is lawful no more, then it is refused there."""
        legal = (kind(10000, (date(2026, 11, 22), 19000)),)
        shop = Kiosk.open(legal=legal).on(EVENING)
        shop.take(pack(THREE, 23000)).wait(10).press("1")
        assert (len(shop.rows), shop.sold) == (3, [])
        assert shop.press("2").sold == [("Сигареты", 19500)]

    @pytest.mark.parametrize(
        ("minimum", "chosen", "price"), [(18000, 1, 19500), (19500, 1, 19500), (19501, 2, 21000), (21000, 2, 21000)]
    )
    def test_first_lawful_row_from_its_own_on_is_preselected(self, minimum: int, chosen: int, price: int) -> None:
        """Given prices of which some are unlawful, then Enter takes the catalogue's, or the next one that is lawful."""
        shop = kiosk(minimum).take(pack(THREE, 23000))
        assert shop.dialog.chosen == chosen
        assert shop.press("enter").sold == [("Сигареты", price)]

    def test_what_rows_say(self) -> None:
        """Given a minimum above the catalogue's price, then that row says so, and not where it is from."""
        shown = [row.replace("\xa0", " ").replace("\u202f", " ") for row in kiosk(20000).take(pack(THREE, 23000)).rows]
        unlawful = "ниже единой минимальной 200,00"
        assert shown == [f"1 180,00 {unlawful}", f"2 195,00 {unlawful}", "3 210,00"]

    def test_refused_row_leaves_the_lawful_one_preselected(self) -> None:
        """Given a row taken that the law forbids, then it is named, and Enter takes the one that is allowed."""
        shop = kiosk(19000).take(pack(THREE, 23000)).press("1")
        assert shop.dialog.problem == say(
            "price_below_legal", name="Сигареты", price=Sum(Kopecks(18000)), minimum=Sum(Kopecks(19000))
        )
        assert (shop.wrote, shop.dialog.chosen) == ([], 1)
        assert shop.press("enter").sold == [("Сигареты", 19500)]

    def test_carton_of_other_goods_is_none(self) -> None:
        """Given milk whose mark names a price, then its own is held against that of one piece, not of ten."""
        milk = mark(MILK, properties=(("price", "020000"),))
        for minimum, problem in ((9000, ""), (9001, "price_below_legal")):
            assert Kiosk.open(legal=(kind(minimum, items="33"),)).take(milk).problem == problem


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
