"""A legal minimum (ЕМЦ) that comes over a receipt: what stands in it below the new one cannot be paid (spec T9)."""

from datetime import datetime

import pytest

from cashier.core.catalogue import Product
from cashier.core.money import Kopecks
from cashier.core.receipt import DocumentType
from cashier.gates.price import LegalKind, LegalPrice
from tests.core.aside import Z
from tests.core.discounted import on_line
from tests.core.goods import BREAD
from tests.gates.priced import CARTON, THREE, Kiosk, carton, kind, pack, priced

NEW_YEARS_EVE = datetime(2026, 12, 31, 23, 59, 30)  # noqa: DTZ001 - the shop's local time has no zone in the core
NEW_YEAR = datetime(2027, 1, 1)  # noqa: DTZ001 - the shop's local time has no zone in the core


def new_year(shop: Kiosk) -> Kiosk:
    """Put the receipt aside at midnight, close the shift of the old year, and go on with it in the new one."""
    shop.on(NEW_YEAR).press("f11", *Z, "enter", "enter", "escape")
    assert shop.till.ledger.shift is None
    return shop.press("f11", "1")


class TestNewYear:
    def eve(self, law: int, *packs: Product) -> Kiosk:
        """Sell packs shortly before the law changes."""
        rules = Kiosk.open(legal=(kind(10000, (NEW_YEAR.date(), law)),)).rules
        shop = Kiosk.signed_in(rules=rules).on(NEW_YEARS_EVE)
        for number, own in enumerate(packs):
            shop.take(pack(own, 23000, f"s{number}"))
        return shop

    def test_cannot_be_paid(self) -> None:
        """Given a pack of the old year, when it is to be paid in the new one, then it is named, and stands selected."""
        shop = new_year(self.eve(19501, priced(19500)).scan(BREAD.barcode)).press("plus")
        assert shop.popup == ("price_below_legal", "sale_again_advice")
        assert shop.sentence == "Сигареты: цена 195,00 ниже единой минимальной 195,01"
        assert (shop.wrote, shop.till.cursor) == ([], 1)
        shop.press("escape", "delete").take(pack(priced(19500), 23000, "s0")).press("plus", "enter")
        assert "ReceiptClosed" in shop.wrote

    @pytest.mark.parametrize(("law", "paid"), [(19500, True), (19501, False)])
    def test_to_the_kopeck(self, law: int, paid: bool) -> None:  # noqa: FBT001 - drawn
        """Given a price at the new minimum, then it is paid; a kopeck below it is not."""
        shop = new_year(self.eve(law, priced(19500))).press("plus", "enter")
        assert ("ReceiptClosed" in shop.wrote) is paid

    def test_before_midnight(self) -> None:
        """Given the old year still, then the receipt is paid."""
        assert "ReceiptClosed" in self.eve(90000, priced(19500)).press("plus", "enter").wrote

    def test_midnight_in_the_payment(self) -> None:
        """Given a payment nobody has paid of, when midnight comes, then no money is taken."""
        shop = self.eve(90000, priced(19500)).scan(BREAD.barcode).press("plus").on(NEW_YEAR).press("enter")
        assert (shop.problem, shop.wrote, shop.till.cursor) == ("price_below_legal", ["PaymentLeft"], 1)

    def test_sold_again(self) -> None:
        """Given a cheap price of the old year, when the pack is storno'd and taken anew, then a lawful one is paid."""
        shop = (
            new_year(self.eve(19000, THREE).press("1")).press("plus", "escape", "delete").take(pack(THREE, 23000, "s0"))
        )
        shop.take(pack(THREE, 23000, "s1"))
        assert shop.rows
        assert "ReceiptClosed" in shop.press("enter", "plus", "enter").wrote

    def test_second_of_two(self) -> None:
        """Given a dear pack and a cheap one, then the cheap one is named."""
        shop = new_year(self.eve(19000, priced(19500), priced(18000))).press("plus")
        assert (shop.problem, shop.till.cursor) == ("price_below_legal", 2)

    def test_discount_below_it(self) -> None:
        """Given a discount down to the old minimum, then what the line costs counts, not what it cost before."""
        shop = self.eve(19000, priced(19500))
        on_line(shop, "5").press("escape", "escape")
        assert shop.receipt.total == 18525
        assert new_year(shop).press("plus").problem == "price_below_legal"

    def test_by_the_piece(self) -> None:
        """Given three loaves whose price has a minimum, then each is held against it."""
        for law, problem in ((BREAD.price, ""), (BREAD.price + 1, "price_below_legal")):
            legal = LegalKind((LegalPrice(NEW_YEAR.date(), Kopecks(law)),), items=frozenset({BREAD.code}))
            shop = Kiosk.signed_in(rules=Kiosk.open(legal=(legal,)).rules).on(NEW_YEARS_EVE)
            assert new_year(shop.write("3*").scan(BREAD.barcode)).press("plus").problem == problem

    def test_carton(self) -> None:
        """Given a carton of the old year, then it is held against ten packs of the new one."""
        for price, problem in ((153000, ""), (152999, "price_below_legal")):
            shop = self.eve(15300).take(carton(priced(price, product=CARTON), 200000))
            assert new_year(shop).press("plus").problem == problem

    @pytest.mark.parametrize("kind_of_receipt", [DocumentType.RETURN, DocumentType.RETURN_BY_RECEIPT])
    def test_returns(self, kind_of_receipt: DocumentType) -> None:
        """Given a pack that comes back, then the new year forbids nothing."""
        shop = Kiosk.open(legal=(kind(90000),), kind=kind_of_receipt).take(pack(priced(19500), 23000))
        assert shop.press("plus").problem == ""
