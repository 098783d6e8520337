"""УКМ 5 JSON becomes goods, prices, groups and pick-lists."""

import pytest

from cashier.core.catalogue import Folder, Kind
from tests.exchange.trade_files import NOON, Command, Shop
from tests.exchange.ukm5_goods import barcode_price, goods, price


class TestItems:
    @pytest.mark.parametrize(("attribute", "kind"), [("markedTobacco", Kind.TOBACCO), ("markedGoods", Kind.MARKED)])
    def test_attribute_makes_every_barcode_marked(self, shop: Shop, attribute: str, kind: Kind) -> None:
        """The attribute of the item decides, also for a barcode the dictionaries knew before."""
        shop.ukm(goods(barcodes=[{"id": "old", "quantity": 1}]))
        shop.ukm(goods(attributes=[{"id": attribute}]))
        assert [shop.dictionaries.by_barcode(code, NOON)[0].kind for code in ("4600", "old")] == [kind, kind]

    def test_mark_is_taken_back_only_explicitly(self, shop: Shop) -> None:
        """An item without the attribute stays marked; with the attribute deleted it is plain."""
        shop.ukm(goods(attributes=[{"id": "markedGoods"}]))
        shop.ukm(goods())
        assert shop.dictionaries.by_barcode("4600", NOON)[0].kind is Kind.MARKED
        shop.ukm(goods(attributes=[{"id": "markedGoods", "delete": True}]))
        assert shop.dictionaries.by_barcode("4600", NOON)[0].kind is Kind.PLAIN

    def test_weight_goods(self, shop: Shop) -> None:
        """`measprec` 3 is goods by weight, whatever quantity the barcode names."""
        shop.ukm(goods(measure="кг", measprec=3, barcodes=[{"id": "22", "quantity": 0.0}]), price(99.9))
        (found,) = shop.dictionaries.by_barcode("22", NOON)
        assert (found.unit, found.fractional, found.quantity, found.price) == ("кг", True, 1000, 9990)

    def test_deleted_item_is_gone(self, shop: Shop) -> None:
        """An id and `delete` after an item are an item."""
        shop.ukm(goods(), goods("2", barcodes=[]))
        shop.ukm(goods("2", barcodes=[]), {"id": "000304", "delete": True})
        assert shop.dictionaries.by_barcode("4600", NOON) == ()

    def test_deleted_barcode_is_gone(self, shop: Shop) -> None:
        """A barcode of an item is taken back explicitly."""
        shop.ukm(goods())
        shop.ukm(goods(barcodes=[{"id": "4600", "delete": True}, {"id": "4601"}]))
        assert shop.dictionaries.by_barcode("4600", NOON) == ()
        assert shop.dictionaries.by_barcode("4601", NOON)

    @pytest.mark.parametrize(
        ("record", "field"),
        [
            ({"id": "1", "measure": "шт"}, "name"),
            ({"itemId": "1"}, "price"),
            ({"barcodeId": "1"}, "price"),
            ({"barcodeId": "", "price": 1, "owner": "0"}, "id"),
        ],
    )
    def test_missing_field_is_named(self, shop: Shop, record: Command, field: str) -> None:
        """What an element lacks is told by the name of the field."""
        (bad,) = shop.ukm(record).bad
        assert bad.reason == f"поле {field}: не указано"


class TestPrices:
    def test_barcode_before_promotion_before_regular(self, shop: Shop) -> None:
        """The precedence of domain/ukm5.md 6.2, step by step."""
        prices = [price(100), price(90, isPromoPrice=True), barcode_price(110), barcode_price(120, isPromoPrice=True)]
        seen = []
        for element in (goods(), *prices):
            shop.ukm(element)
            seen.append(shop.dictionaries.by_barcode("4600", NOON)[0].price)
        assert seen == [0, 10000, 9000, 11000, 12000]

    def test_later_start_wins_inside_the_interval(self, shop: Shop) -> None:
        """Of two live prices the later one counts, and none counts outside its interval."""
        march = {"dateFrom": "2026-03-01T00:00:00", "dateTo": "2026-03-31T23:59:59"}
        shop.ukm(goods(), price(100), price(80, **march))
        moments = [NOON, NOON.replace(month=3), NOON.replace(month=4)]
        assert [shop.dictionaries.by_barcode("4600", when)[0].price for when in moments] == [10000, 8000, 10000]

    def test_minimum_price_comes_with_the_price(self, shop: Shop) -> None:
        """`minprice` of the live price is the floor."""
        shop.ukm(goods(), price(100, minprice=70))
        assert shop.dictionaries.by_barcode("4600", NOON)[0].min_price == 7000

    def test_promotion_can_end_early(self, shop: Shop) -> None:
        """A deleted promotional price leaves the regular one."""
        shop.ukm(goods(), price(100), price(90, isPromoPrice=True))
        shop.ukm({"itemId": "000304", "isPromoPrice": True, "delete": True})
        assert shop.dictionaries.by_barcode("4600", NOON)[0].price == 10000

    def test_stop_list_forbids_the_sale(self, shop: Shop) -> None:
        """A deleted price leaves the item known and not for sale."""
        shop.ukm(goods(), price(100))
        assert shop.dictionaries.by_barcode("4600", NOON)[0].sale_allowed
        shop.ukm({"itemId": "000304", "price": 0, "minprice": 0, "delete": True})
        assert not shop.dictionaries.by_barcode("4600", NOON)[0].sale_allowed


class TestTheRest:
    def test_pick_list_has_exactly_its_goods(self, shop: Shop) -> None:
        """A list sent again replaces its goods; deleted, it is gone."""
        shop.ukm(goods(), {"id": 5, "name": "Табак", "isGlobal": False, "items": ["000304", "7"], "stores": []})
        shop.ukm({"id": 5, "name": "Табак", "isGlobal": False, "items": ["000304"], "stores": []})
        assert shop.dictionaries.folder() == (Folder("5", "Табак"),)
        assert shop.dictionaries.folder("5") == (Folder("5/000304", "Сигареты", "000304"),)
        shop.ukm({"id": 5, "isGlobal": False, "delete": True})
        assert shop.dictionaries.folder() == ()

    def test_deleted_group(self, shop: Shop) -> None:
        """A group taken back is not kept any more."""
        shop.ukm({"id": "182", "owner": "9"}, {"id": "9", "owner": "7"})
        shop.ukm({"id": "9", "owner": "7", "delete": True})
        assert shop.kept("SELECT groupcode, parentgroupcode FROM inventgroup") == [("182", "9")]

    def test_empty_list_is_fine(self, shop: Shop) -> None:
        """No elements, no changes, no mistakes."""
        report = shop.ukm()
        assert (report.taken.total(), report.bad_count) == (0, 0)

    def test_groups(self, shop: Shop) -> None:
        """Owner "0" is the root."""
        shop.ukm({"id": "182", "owner": "9", "name": "Сигареты"}, {"id": "9", "owner": "0", "name": "Табак"})
        assert shop.kept("SELECT groupcode, coalesce(parentgroupcode, '') FROM inventgroup ORDER BY 1") == [
            ("182", "9"),
            ("9", ""),
        ]

    def test_other_objects_are_counted(self, shop: Shop) -> None:
        """Properties and scale weights are named in the report."""
        report = shop.ukm({"itemId": "1", "properties": []}, {"item_id": "1", "weight": {}})
        assert report.not_kept == {"itemProperties": 1, "securityScale": 1}

    def test_unknown_element_is_named(self, shop: Shop) -> None:
        """An element nobody can place is a bad record with its number."""
        report = shop.ukm({"id": "1", "delete": True}, goods())
        assert [bad.place for bad in report.bad] == ["file0.txt, запись 1"]
