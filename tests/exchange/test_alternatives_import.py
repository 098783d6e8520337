"""Other prices that goods may be sold at, from AIF and УКМ 5."""

import pytest

from tests.exchange.trade_files import NOON, Shop, item
from tests.exchange.ukm5_goods import barcode_price, goods, price

PACKS = [{"id": "4600", "quantity": 1}, {"id": "4601", "quantity": 1}, {"id": "4700", "quantity": 10}]


def others(shop: Shop, barcode: str = "4600") -> tuple[int, ...]:
    """Return the other prices of what has a barcode."""
    return shop.dictionaries.by_barcode(barcode, NOON)[0].alternatives


class TestAif:
    def test_barcodes_are_not_mixed(self, shop: Shop) -> None:
        """Given lists of two barcodes, then each has its own and the item's, never the other's."""
        barcodes = [{"barcode": code, "additionalprices": [{"price": cost}]} for code, cost in (("7", 41), ("8", 42))]
        shop.aif(item(additionalprices=[{"price": "40.00"}], barcodes=barcodes))
        assert [others(shop, code) for code in ("7", "8", "4601")] == [(4000, 4100), (4000, 4200), (4000,)]

    def test_list_of_a_barcode_replaces_its_own(self, shop: Shop) -> None:
        """Given a list of a barcode sent again, then the item's and the other barcode's stay."""
        shop.aif(
            item(additionalprices=[{"price": 40}], barcodes=[{"barcode": "7", "additionalprices": [{"price": 41}]}])
        )
        shop.aif(item(barcodes=[{"barcode": "7", "additionalprices": []}]))
        assert (others(shop, "7"), others(shop, "4601")) == ((4000,), (4000,))


class TestUkm5:
    def test_list_of_the_item(self, shop: Shop) -> None:
        """Given our own list in `items`, then it is kept until another comes."""
        shop.ukm(goods(alternativePrices=[180, 175.5]), price())
        assert others(shop) == (17550, 18000)
        shop.ukm(goods())
        assert others(shop) == (17550, 18000)
        shop.ukm(goods(alternativePrices=[]))
        assert others(shop) == ()

    def test_list_beside_a_price(self, shop: Shop) -> None:
        """Given our own list beside a price, then of an item it is the item's, of a barcode that barcode's alone."""
        shop.ukm(
            goods(barcodes=PACKS), price(alternativePrices=["180.00"]), barcode_price(189, alternativePrices=[170])
        )
        assert [others(shop, code) for code in ("4600", "4601")] == [(17000, 18000), (18000,)]
        shop.ukm(barcode_price(189, alternativePrices=[]), price())
        assert [others(shop, code) for code in ("4600", "4601")] == [(18000,), (18000,)]

    @pytest.mark.parametrize("order", [1, -1])
    def test_deliveries_at_different_prices(self, shop: Shop, order: int) -> None:
        """Given a barcode for each delivery, then one pack has the prices of all; a box has none of them."""
        prices = [
            price(200),
            barcode_price(190),
            barcode_price(180, barcodeId="4601"),
            barcode_price(1500, barcodeId="4700"),
        ]
        shop.ukm(goods(barcodes=PACKS), *prices[::order])
        assert [others(shop, code) for code in ("4600", "4601", "4700")] == [(18000, 20000), (19000, 20000), (20000,)]

    def test_old_future_and_ended_prices(self, shop: Shop) -> None:
        """Given prices of last year and next month and an ended promotion, then only the live one counts."""
        dated = [
            barcode_price(170, barcodeId="4601", dateFrom="2025-01-01T00:00:00"),
            barcode_price(180, barcodeId="4601", dateFrom="2026-01-01T00:00:00"),
            barcode_price(190, barcodeId="4601", dateFrom="2026-02-01T00:00:00"),
            barcode_price(160, barcodeId="4601", isPromoPrice=True, dateTo="2026-01-14"),
        ]
        shop.ukm(goods(barcodes=PACKS), price(200), *dated)
        assert others(shop) == (18000,)

    def test_price_taken_back(self, shop: Shop) -> None:
        """Given another barcode whose price is deleted, then it is no choice any more."""
        shop.ukm(goods(barcodes=PACKS), price(200), barcode_price(180, barcodeId="4601"))
        shop.ukm({"barcodeId": "4601", "delete": True})
        assert others(shop) == ()

    @pytest.mark.parametrize("listed", [[-1], ["много"], "180", [None], {"price": 1}])
    def test_bad_list_is_named(self, shop: Shop, listed: object) -> None:
        """Given a list that cannot be read, then the record is named and what was known stays."""
        shop.ukm(goods(), price(200, alternativePrices=[180]))
        for element in (price(210, alternativePrices=listed), goods(name="Другие", alternativePrices=listed)):
            (bad,) = shop.ukm(element).bad
            assert "alternativePrices".lower() in bad.reason.lower()
        assert (others(shop), shop.dictionaries.by_barcode("4600", NOON)[0].name) == ((18000,), "Сигареты")
