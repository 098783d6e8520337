"""Whose price goes by the mark, and whose does not: cartons, other goods, returns (spec T2, T6, T7, M1)."""

import pytest
from msgspec.structs import replace

from cashier.core.gate import Asked, Pass
from cashier.core.money import Kopecks
from cashier.core.quantity import ONE, Thousandths
from cashier.core.reading import Reading
from cashier.core.receipt import DocumentType, Line, Receipt
from cashier.gates.price import PriceGate
from tests.core.goods import BREAD, HONEY, IVANOVA
from tests.core.hand import EVENT, NOON
from tests.gates.marked import mark
from tests.gates.priced import CARTON, MARK, MILK, OPENED, PACK, THREE, Kiosk, carton, kind, pack, priced

CHEAP = priced(9000, 8000, 10000, product=MILK)


class TestCarton:
    def test_kopecks_of_the_identifier(self) -> None:
        """Given a carton whose mark says 1950.01, then this is its МРЦ: above what a pack may cost, with kopecks."""
        kiosk = Kiosk.open().take(carton(priced(195002, product=CARTON), 195001))
        assert kiosk.sold == [("Сигареты, блок", 195001)]

    def test_above_what_a_pack_may_cost(self) -> None:
        """Given a carton of more than 5000 roubles, then its МРЦ counts."""
        assert Kiosk.open().take(carton(priced(600000, product=CARTON), 550000)).sold == [("Сигареты, блок", 550000)]

    def test_window(self) -> None:
        """Given prices below МРЦ of the carton, then they are offered."""
        kiosk = Kiosk.open().take(carton(priced(195000, 190000, 200001, product=CARTON), 200000))
        assert [row[:1] for row in kiosk.rows] == ["1", "2"]
        assert kiosk.press("1").sold == [("Сигареты, блок", 190000)]

    def test_zero(self) -> None:
        """Given a carton without МРЦ, then all prices are offered."""
        assert len(Kiosk.open().take(carton(priced(195000, 900000, product=CARTON), 0)).rows) == 2


class TestOtherGoods:
    @pytest.mark.parametrize("reading", [pack(CHEAP, 8900), carton(CHEAP, 8900)], ids=["pack", "carton"])
    def test_mask_that_names_the_price(self, reading: Reading) -> None:
        """Given other goods whose mask captures МРЦ in either way, then the rule is theirs too."""
        assert Kiosk.open().take(reading).sold == [("Молоко", 8900)]

    @pytest.mark.parametrize("name", ["mrc", "price"])
    def test_mask_that_could_not_read_it(self, name: str) -> None:
        """Given other goods whose МРЦ cannot be read, then all prices are offered."""
        assert len(Kiosk.open().take(mark(CHEAP, properties=((name, "zz"),))).rows) == 3

    def test_mask_that_names_something_else(self) -> None:
        """Given other goods whose mask captures another property, then it is kept, and there is no window (T7)."""
        properties = (("expiry", "261231"),)
        kiosk = Kiosk.open().take(mark(priced(9000, 8000, floor=8500, product=MILK), properties=properties))
        assert (kiosk.sold, kiosk.at_rest) == ([("Молоко", 9000)], True)
        assert (kiosk.line.properties, kiosk.line.min_price) == (properties, 8500)

    def test_goods_without_marks(self) -> None:
        """Given goods without marks, then price and minimum are those of the catalogue, also of more of them."""
        kiosk = Kiosk.open().scan(BREAD.barcode).scan(BREAD.barcode).press("f6").write("5").press("enter")
        assert (kiosk.line.price, kiosk.line.quantity) == (BREAD.price, 5 * ONE)
        honey = Kiosk.open().scan(HONEY.barcode)
        assert (honey.line.price, honey.line.min_price) == (HONEY.price, HONEY.min_price)

    def test_tobacco_whose_mask_names_nothing(self) -> None:
        """Given tobacco whose mask captures no price, then МРЦ is unreadable and all prices are offered."""
        assert len(Kiosk.open().take(replace(MARK, properties=())).rows) == 3

    def test_marks_not_asked_for(self) -> None:
        """Given marks switched off, when tobacco is scanned by its barcode, then it costs what the catalogue says."""
        kiosk = Kiosk.open(marks=False).scan(PACK.barcode).scan(PACK.barcode)
        assert (kiosk.sold, kiosk.line.quantity) == ([("Сигареты", 19500)], 2 * ONE)

    def test_marks_not_asked_for_and_several_prices(self) -> None:
        """Given the same and alternative prices, then there is no window: kinds of goods play no part (M1)."""
        kiosk = Kiosk.open(marks=False, shelf=(THREE,)).scan(THREE.barcode)
        assert (kiosk.sold, kiosk.at_rest) == ([("Сигареты", 19500)], True)

    def test_more_of_a_line_that_stands(self) -> None:
        """Given a line that stands, when its quantity changes, then its price is asked for no more and stays lawful."""
        line = Line(1, THREE, Thousandths(2 * ONE), Kopecks(18000), min_price=Kopecks(17000))
        asked = Asked(Receipt("r", 1, 1, IVANOVA, OPENED), line, NOON, EVENT, before=replace(line, quantity=ONE))
        assert PriceGate(legal=(kind(90000),)).enter(asked) == Pass(line)

    def test_goods_without_price(self) -> None:
        """Given tobacco that the catalogue has no price of, then it is not sold, whatever its mark says."""
        kiosk = Kiosk.open().take(pack(priced(0, 18000), 23000))
        assert (kiosk.problem, kiosk.sold) == ("price_missing", [])


class TestReturns:
    def test_without_receipt(self) -> None:
        """Given a return without receipt, when a pack comes, then the window asks at which price."""
        kiosk = Kiosk.open(kind=DocumentType.RETURN).take(MARK)
        assert len(kiosk.rows) == 3
        assert kiosk.press("3").sold == [("Сигареты", 21000)]

    def test_without_receipt_above_max_price(self) -> None:
        """Given a return without receipt and МРЦ below the catalogue, then МРЦ is the price."""
        assert Kiosk.open(kind=DocumentType.RETURN).take(pack(THREE, 17000)).sold == [("Сигареты", 17000)]

    def test_by_receipt(self) -> None:
        """Given a return by receipt, then the price stays what it was, whatever the mark says."""
        kiosk = Kiosk.open(kind=DocumentType.RETURN_BY_RECEIPT).take(pack(THREE, 17000))
        assert (kiosk.sold, kiosk.at_rest) == ([("Сигареты", 19500)], True)


class TestStorno:
    def test_pack_asks_for_its_mark(self) -> None:
        """Given a pack whose price was chosen, when it goes again, then its mark is asked for, and no price."""
        kiosk = Kiosk.open().take(MARK).press("1", "delete")
        assert kiosk.question is not None
        assert (kiosk.question.wants_scan, kiosk.question.choices) == (True, ())
        assert kiosk.take(MARK).lines == [("Сигареты", ONE, True)]
