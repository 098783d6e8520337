"""AIF files become goods, prices, people and lists."""

import json

import pytest

from cashier.core.catalogue import Folder, Kind, Person
from cashier.exchange.load import import_files
from cashier.exchange.report import UnreadableError
from cashier.store.passwords import check_password
from tests.exchange.trade_files import NOON, Command, Shop, aif, barcode, item


class TestGoods:
    def test_item_is_found_by_its_barcode(self, shop: Shop) -> None:
        """An item with a main barcode is sold under it at its price."""
        shop.aif(item(price=45.5, minprice=40, inventgroup="7", taxgroupcode=1))
        (found,) = shop.dictionaries.by_barcode("4601", NOON)
        assert (found.code, found.name, found.price, found.min_price) == ("1", "Хлеб", 4550, 4000)
        assert (found.group, found.tax, found.sale_allowed, found.kind) == ("7", "1", True, Kind.PLAIN)

    @pytest.mark.parametrize("records", [[item(), barcode(tmctype=7)], [barcode(tmctype=7), item()]])
    def test_mark_flag_does_not_depend_on_order(self, shop: Shop, records: list[dict[str, object]]) -> None:
        """`addBarcode` before or after its item makes it marked all the same."""
        shop.aif(*records)
        assert shop.dictionaries.by_barcode("4601", NOON)[0].kind is Kind.MARKED
        assert shop.dictionaries.by_code("1", NOON).kind is Kind.MARKED  # type: ignore[union-attr]
        assert shop.dictionaries.has_marked_goods()

    def test_mark_flag_survives_an_item_without_it(self, shop: Shop) -> None:
        """An item sent again without `tmctype` does not stop being marked."""
        shop.aif(item(), barcode(tmctype=7))
        shop.aif(item(price=50))
        (found,) = shop.dictionaries.by_barcode("4601", NOON)
        assert (found.kind, found.price) == (Kind.MARKED, 5000)

    def test_box_has_its_quantity_and_price(self, shop: Shop) -> None:
        """A second barcode may stand for a box of six at its own price."""
        shop.aif(item(barcodes=[{"barcode": "777", "cquant": 6, "price": "44.10"}]))
        (box,) = shop.dictionaries.by_barcode("777", NOON)
        assert (box.quantity, box.price, box.code) == (6000, 4410, "1")

    def test_several_items_share_a_barcode(self, shop: Shop) -> None:
        """All items of a shared barcode are found, in order of code."""
        shop.aif(item("1", barcode="5"), item("2", barcode="5"))
        assert [found.code for found in shop.dictionaries.by_barcode("5", NOON)] == ["1", "2"]

    def test_options_reach_the_till(self, shop: Shop) -> None:
        """Flags of the item forbid sale and refund, set the age and hide it from lists."""
        flags = {"disableinventsale": 1, "disableinventback": "1", "ageverify": True, "disableinventshow": 1}
        shop.aif(item(options={"inventitemoptions": flags}))
        found = shop.dictionaries.by_code("1", NOON)
        assert found is not None
        assert (found.sale_allowed, found.refund_allowed, found.min_age) == (False, False, 18)
        assert shop.dictionaries.by_name("хлеб", NOON) == ()

    def test_ignored_marking_sells_as_plain(self, shop: Shop) -> None:
        """`ignoremarking` makes goods with a marked barcode plain."""
        shop.aif(item(options={"inventitemoptions": {"ignoremarking": 1}}), barcode(tmctype=7))
        assert shop.dictionaries.by_barcode("4601", NOON)[0].kind is Kind.PLAIN

    def test_weight_goods_are_fractional(self, shop: Shop) -> None:
        """The unit tells that goods are sold by weight."""
        unit = {"command": "addUnit", "unit": {"unitCode": 166, "name": "кг", "fractional": True}}
        shop.aif(item(measurecode=166), unit)
        found = shop.dictionaries.by_code("1", NOON)
        assert found is not None
        assert (found.unit, found.fractional) == ("кг", True)

    def test_item_without_price_is_not_sold(self, shop: Shop) -> None:
        """Goods without a price are found, so that the cashier can be told, but not sold."""
        shop.aif(item(price=None))
        assert not shop.dictionaries.by_barcode("4601", NOON)[0].sale_allowed

    def test_dated_price_is_live_in_its_interval(self, shop: Shop) -> None:
        """`addPrice` counts from its beginning to its end."""
        price = {"barcode": "4601", "price": 39.9, "effectivedate": "2026-01-15T00:00:00", "doctype": 2}
        later = {"barcode": "4601", "price": 1, "effectivedate": "2026-02-01", "effectivedateend": "2026-03-01"}
        shop.aif(item(), {"command": "addPrice", "price": price}, {"command": "addPrice", "price": later})
        assert shop.dictionaries.by_barcode("4601", NOON)[0].price == 3990
        assert shop.dictionaries.by_barcode("4601", NOON.replace(day=14))[0].price == 4550
        shop.aif({"command": "deletePrice", "price": {"barcode": "4601"}})
        assert shop.dictionaries.by_barcode("4601", NOON)[0].price == 4550

    def test_additional_prices_are_alternatives(self, shop: Shop) -> None:
        """Other prices of the item and of the scanned barcode may be chosen."""
        extra = {"command": "addAdditionalPrice", "additionalprice": {"inventcode": "1", "pricecode": 9, "price": 41}}
        own = {"barcode": "777", "additionalprices": [{"pricecode": 1, "price": 42}]}
        shop.aif(item(additionalprices=[{"pricecode": 1, "price": 40}], barcodes=[own]), extra)
        assert shop.dictionaries.by_barcode("777", NOON)[0].alternatives == (4000, 4100, 4200)
        assert shop.dictionaries.by_barcode("4601", NOON)[0].alternatives == (4000, 4100)

    def test_minimum_price_of_a_barcode(self, shop: Shop) -> None:
        """A barcode may have a minimum of its own; zero there leaves that of the item."""
        barcodes = [{"barcode": "777", "minprice": "42.00"}, {"barcode": "778", "minprice": 0}]
        shop.aif(item(minprice=40, barcodes=barcodes))
        assert [shop.dictionaries.by_barcode(code, NOON)[0].min_price for code in ("777", "778")] == [4200, 4000]


class TestDeletesAndClears:
    def test_deleted_item_takes_its_barcodes_along(self, shop: Shop) -> None:
        """After `deleteInventItem` nothing of the item is found."""
        shop.aif(item(), item("2"))
        shop.aif({"command": "deleteInventItem", "inventcode": "1"})
        assert shop.dictionaries.by_barcode("4601", NOON) == ()
        assert shop.dictionaries.by_name("хлеб", NOON)[0].code == "2"

    def test_last_word_counts(self, shop: Shop) -> None:
        """Added after its delete an item stays; deleted after it was added it goes."""
        gone = {"command": "deleteInventItem", "inventcode": "1"}
        shop.aif(gone, item())
        assert shop.dictionaries.by_barcode("4601", NOON)
        shop.aif(item(), gone)
        assert not shop.dictionaries.by_barcode("4601", NOON)

    def test_clear_leaves_only_the_new(self, shop: Shop) -> None:
        """`clearInventory` and new items: the old are gone, the common ones are kept."""
        shop.aif(item("1"), item("2"))
        shop.aif(item("0"), {"command": "clearInventory"}, item("2"), item("3"))
        assert [len(shop.dictionaries.by_barcode(f"460{code}", NOON)) for code in "0123"] == [0, 0, 1, 1]

    @pytest.mark.parametrize(
        ("add", "delete"),
        [
            (("addBarcode", "barcode", {"code": "1", "barcode": "5"}), ("barcode", {"barcode": "5"})),
            (("addBarcode", "barcode", {"code": "1", "barcode": "5"}), ("barcode", {"barcode": "5", "code": 1})),
            (("addUnit", "unit", {"unitCode": 1, "name": "шт"}), ("unit", {"unitCode": 1})),
            (("addInventGroup", "inventGroup", {"groupCode": 1}), ("inventGroup", {"groupCode": 1})),
            (("addTaxGroup", "taxGroup", {"idTaxGroup": 1, "taxes": [{"rate": 20}]}), ("taxGroup", {"idTaxGroup": 1})),
            (("addPicklist", "picklist", {"code": 1, "name": "Хлеб"}), ("picklist", {"code": 1})),
            (("addPrice", "price", {"barcode": "5", "price": 1}), ("price", {"barcode": "5"})),
            (
                ("addAdditionalPrice", "additionalprice", {"inventcode": 1, "price": 1}),
                ("additionalprice", {"inventcode": 1, "pricecode": 1}),
            ),
            (
                ("addAdditionalPrice", "additionalprice", {"code": 1, "barcode": 5, "price": 1}),
                ("additionalprice", {"code": 1}),
            ),
            (
                ("addMCashUser", "mcashuser", {"code": 1, "roleusers": [{"rolecode": 1}]}),
                ("mcashuser", {"code": 1}),
            ),
        ],
    )
    def test_each_add_has_its_delete(
        self, shop: Shop, add: tuple[str, str, Command], delete: tuple[str, Command]
    ) -> None:
        """A delete takes back what an add has made, and nothing is left in any table."""
        shop.aif(item("9"))
        before = shop.dump()
        name, key, body = add
        shop.aif({"command": name, key: body})
        assert shop.dump() != before
        report = shop.aif({"command": name.replace("add", "delete"), delete[0]: delete[1]})
        assert report.taken.total() == 1
        assert shop.dump() == before

    def test_clear_of_people_spares_the_administrator(self, shop: Shop) -> None:
        """`clearMCashUser` cannot lock everybody out."""
        users = [
            {"command": "addMCashUser", "mcashuser": {"code": code, "name": "Ан", "roleusers": [{"rolecode": role}]}}
            for code, role in (("1", 1), ("3", 3))
        ]
        shop.aif(*users)
        shop.aif({"command": "clearMCashUser"})
        assert shop.dictionaries.person("1") is None
        assert shop.dictionaries.person("3") is not None


class TestTheRest:
    def test_person_signs_in_with_the_password_of_the_file(self, shop: Shop) -> None:
        """The password is kept as a hash, and the same file again changes nothing."""
        user = {"code": 5, "name": "Иванова", "password": 1234, "roleusers": [{"rolecode": 2, "rule": 1}]}
        shop.aif({"command": "addMCashUser", "mcashuser": user})
        found = shop.dictionaries.person("5")
        assert found is not None
        assert found[0] == Person("5", "Иванова", 2)
        assert check_password("1234", found[1])
        shop.aif({"command": "addMCashUser", "mcashuser": user})
        assert shop.dictionaries.person("5") == found

    def test_picklist_opens_folder_by_folder(self, shop: Shop) -> None:
        """Folders and goods come in their order; goods without a name of their own show the item's."""
        picks = [
            {"code": 1, "name": "Выпечка", "parent": None, "itemorder": 1},
            {"code": 2, "parent": 1, "tmccode": "1", "itemorder": 2},
            {"code": 3, "name": "Батон", "parent": 1, "tmccode": "9", "itemorder": 1},
        ]
        shop.aif(item(), *({"command": "addPicklist", "picklist": pick} for pick in picks))
        assert shop.dictionaries.folder() == (Folder("1", "Выпечка"),)
        assert shop.dictionaries.folder("1") == (Folder("3", "Батон", "9"), Folder("2", "Хлеб", "1"))

    def test_white_list_keeps_marks_with_gs(self, shop: Shop) -> None:
        """A mark is kept as it was sent, with its barcodes, and can be taken back."""
        query = "SELECT excisemarkid, barcode FROM excisemarkwhite"
        code = "0104600000000000215abc\u001d93abcd"
        white = {"barcodes": [{"value": "4600"}, {"value": "4601"}], "excisemarkid": code}
        shop.aif({"command": "addExciseMarksWhite", "excisemarkswhite": white})
        assert shop.kept(query) == [(code, "4600"), (code, "4601")]
        shop.aif({"command": "deleteExciseMarkWhite", "excisemarkid": code})
        assert shop.kept(query) == []

    def test_groups_know_the_one_above(self, shop: Shop) -> None:
        """A group is kept with the group above it."""
        groups = [("1", "3"), ("3", ""), ("4", "")]
        shop.aif(
            *(
                {"command": "addInventGroup", "inventGroup": {"groupCode": code, "parentGroupCode": parent}}
                for code, parent in groups
            )
        )
        assert shop.kept("SELECT groupcode, parentgroupcode FROM inventgroup") == groups

    def test_commands_not_kept_are_counted_by_name(self, shop: Shop) -> None:
        """Nothing is dropped silently."""
        report = shop.aif(item(), {"command": "addCard", "card": {}}, {"command": "addCard", "card": {}})
        assert report.not_kept == {"addCard": 2}
        assert report.taken == {"addInventItem": 1}


class TestFraming:
    @pytest.mark.parametrize(
        "text",
        [
            "{0}\n---\n{1}",
            "{0}\n---\n{1}\n---\n",
            "\ufeff### data begin ###\r\n{0}\r\n---\r\n{1}\r\n### data end ###\r\n",
            "{0}---\n{1}---\n",
            "{0}---{1}",
            "[{0},\n{1}]",
            " [ {0} , {1} ] ",
        ],
    )
    def test_every_way_of_writing_is_read(self, shop: Shop, text: str) -> None:
        """With header or without, separators on lines of their own or not, or a JSON array."""
        tricky = json.dumps(item("1", name="а }---{ б"), ensure_ascii=False)
        assert shop.load(text.replace("{0}", tricky).replace("{1}", json.dumps(item("2")))).bad == []
        assert [len(shop.dictionaries.by_code(code, NOON).name) for code in "12"] == [9, 4]  # type: ignore[union-attr]

    def test_keys_and_commands_in_any_letters(self, shop: Shop) -> None:
        """`INVENT`, `InventCode` and `ADDINVENTITEM` mean the same."""
        shop.load(
            '{"Command":"ADDINVENTITEM","INVENT":{"InventCode":"1","Name":"Хлеб","BARCODE":"4601","Price":"1.00"}}'
        )
        assert shop.dictionaries.by_barcode("4601", NOON)[0].price == 100

    @pytest.mark.parametrize(
        "text",
        [
            b"",
            b"hello",
            b"\xff\xfe{\x00",
            aif(item("2"))[:-30].encode(),
            aif(item("2")).encode() + b"\xff",
            aif(item("2")).encode("utf-16"),
            b'{"command":"addInventItem","invent":{"inventcode":"2","na',
            b'[{"command":"clearInventory"},',
            b'[{"command":"clearInventory"} {"command":"clearInventory"}]',
            b'{"elements":[{"id":"1","delete":true}',
            b'{"elements":',
            b'[{"command":"clearInventory"},"\xff"]',
            b"{}\n---\n{oops\n---\n" + b'{"command": [',
        ],
    )
    def test_unreadable_file_changes_nothing(self, shop: Shop, text: bytes) -> None:
        """A file that breaks off or is none of ours is refused whole, also when a good one came before it."""
        shop.aif(item())
        before = shop.dump()
        with pytest.raises(UnreadableError) as refused:
            shop.load(aif(item("3")), text)
        assert "file1.txt" in refused.value.message
        assert shop.dump() == before

    @pytest.mark.parametrize("text", ['{"command":"' + "x" * 300 + '"}', '[{"command":"' + "x" * 3_000_000 + '"}]'])
    def test_endless_record_is_refused(self, shop: Shop, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
        """A record longer than any real one is not gathered in memory."""
        monkeypatch.setattr("cashier.exchange.aif.LONGEST", 200)
        monkeypatch.setattr("cashier.exchange._framing.LONGEST", 200)
        with pytest.raises(UnreadableError, match="слишком длинная запись"):
            shop.load(text)

    def test_folder_in_the_place_of_a_file(self, shop: Shop) -> None:
        """What cannot be read is named."""
        with pytest.raises(UnreadableError, match="право"):
            import_files([shop.folder], shop.path, lambda *_: None)

    def test_missing_file_is_named(self, shop: Shop) -> None:
        """A wrong file name is a refusal, not a traceback."""
        with pytest.raises(UnreadableError, match=r"нет\.aif"):
            import_files([shop.folder / "нет.aif"], shop.path, lambda *_: None)
