"""Restrictions of sale from AIF and УКМ 5: none is lost in silence, and each counts from the next scan."""

from typing import Any

import pytest

from cashier.core.catalogue import Kind, Period, Product
from cashier.exchange.load import import_files
from cashier.gates.restrictions._hours import forbidden_until
from cashier.store import loading
from tests.exchange.trade_files import NOON, Command, Shop, aif, item
from tests.exchange.ukm5_goods import goods

NIGHT = {"timestart": "23:00", "timeend": "07:59:59"}


def beer(shop: Shop) -> Product:
    """Find the goods of `item`."""
    (found,) = shop.dictionaries.by_barcode("4601", NOON)
    return found


def pack(shop: Shop) -> Product:
    """Find the goods of УКМ 5."""
    (found,) = shop.dictionaries.by_barcode("4600", NOON)
    return found


def attributes(**said: bool) -> Command:
    """Write goods of УКМ 5 with attributes; True is given, False is taken back."""
    return goods(attributes=[{"id": name, "delete": not given} for name, given in said.items()])


class TestPeriods:
    @pytest.mark.parametrize(
        "period",
        [
            {"daystart": 6, "dayend": 1, **NIGHT},
            {"daystart": "6", "dayend": "1", **NIGHT},
            {
                "DayStart": 6.0,
                "DAYEND": 1,
                "TimeStart": " 23:00:00 ",
                "timeend": "08:00",
                "datestart": "",
                "dateend": None,
            },
        ],
    )
    def test_shapes_of_a_period(self, shop: Shop, period: Command) -> None:
        """Given a period in any of the spellings of trade systems, then it holds at the same hours."""
        assert shop.aif(item(sellrestrictperiods=[period])).bad == []
        (kept,) = beer(shop).periods
        assert (kept.weekdays, kept.begins.hour, kept.ends.hour) == ((1, 6, 7), 23, 8)

    @pytest.mark.parametrize(
        ("period", "weekdays"),
        [
            ({"daystart": 0, "dayend": 0, **NIGHT}, ()),
            ({"daystart": 0, **NIGHT}, ()),
            ({"daystart": 5}, (5, 6, 7)),
            ({"dayend": 2}, (1, 2)),
        ],
    )
    def test_unsaid_days(self, shop: Shop, period: Command, weekdays: tuple[int, ...]) -> None:
        """Given one day, then the week from it or up to it; given none or zeros, then every day."""
        assert shop.aif(item(sellrestrictperiods=[period])).bad == []
        assert beer(shop).periods[0].weekdays == weekdays

    @pytest.mark.parametrize("end", ["24:00", "24:00:00", "00:00", "23:59:59", "23:59"])
    def test_end_of_the_day(self, shop: Shop, end: str) -> None:
        """Given any of the ways to write the end of a day, then the last minute is forbidden and midnight is not."""
        shop.aif(item(sellrestrictperiods=[{"timestart": "22:00", "timeend": end}]))
        last = NOON.replace(hour=23, minute=59, second=59)
        assert forbidden_until(beer(shop).periods, last) == NOON.replace(day=16, hour=0)

    def test_dates(self, shop: Shop) -> None:
        """Given a day of a holiday, then the goods are not sold all that day and are sold before and after it."""
        shop.aif(item(sellrestrictperiods=[{"datestart": "2026-05-25", "dateend": "2026-05-25"}]))
        days = [NOON.replace(month=5, day=day) for day in (24, 25, 26)]
        assert [bool(forbidden_until(beer(shop).periods, day)) for day in days] == [False, True, False]

    @pytest.mark.parametrize(
        ("period", "reason"),
        [
            ({}, "поле sellrestrictperiods[1]: период без дней, времени и дат"),
            ({"daystart": 0, "dayend": 0}, "поле sellrestrictperiods[1]: период без дней, времени и дат"),
            ({"daystart": 8}, "поле sellrestrictperiods[1].daystart: ожидается день недели от 1 до 7"),
            ({"daystart": 0, "dayend": 3}, "поле sellrestrictperiods[1].daystart: ожидается день недели от 1 до 7"),
            ({"daystart": 6, "dayend": 0}, "поле sellrestrictperiods[1].dayend: ожидается день недели от 1 до 7"),
            ({"daystart": -1, "dayend": 3}, "поле sellrestrictperiods[1].daystart: ожидается день недели от 1 до 7"),
            ({"daystart": "пн"}, "поле sellrestrictperiods[1].daystart: значение не того вида"),
            ({"timestart": "25:00"}, "поле sellrestrictperiods[1].timestart: не похоже на время"),
            ({"timestart": "24:00"}, "поле sellrestrictperiods[1].timestart: не похоже на время"),
            ({"timeend": "утром"}, "поле sellrestrictperiods[1].timeend: не похоже на время"),
            ({"timeend": 8}, "поле sellrestrictperiods[1].timeend: значение не того вида"),
            (
                {"timestart": "23:00+03:00"},
                "поле sellrestrictperiods[1].timestart: ожидается время магазина без часового пояса",
            ),
            ({"datestart": "вчера"}, "поле sellrestrictperiods[1].datestart: не похоже на дату"),
            (
                {"datestart": "2026-02-01", "dateend": "2026-01-01"},
                "поле sellrestrictperiods[1].dateend: раньше начала периода",
            ),
        ],
    )
    def test_bad_period_is_named(self, shop: Shop, period: Command, reason: str) -> None:
        """Given a period nobody can be sure of, then the item is named and not taken; what held before holds on."""
        shop.aif(item(sellrestrictperiods=[NIGHT]))
        (bad,) = shop.aif(item(name="Пиво", sellrestrictperiods=[{"daystart": 1}, period])).bad
        assert (bad.place, bad.command, bad.reason) == ("file0.txt, строка 2", "addInventItem", reason)
        assert (beer(shop).name, len(beer(shop).periods)) == ("Хлеб", 1)

    @pytest.mark.parametrize(("count", "kept"), [(100, 100), (101, 1)])
    def test_endless_list(self, shop: Shop, count: int, kept: int) -> None:
        """Given more than a hundred periods of an item, then it is named and not taken; what held before holds on."""
        shop.aif(item(sellrestrictperiods=[{"daystart": 1}]))
        nights = [{"timestart": "23:00", "timeend": f"0{n // 60}:{n % 60:02}"} for n in range(1, count + 1)]
        bad = shop.aif(item(sellrestrictperiods=nights)).bad
        assert [own.reason for own in bad] == (["поле sellrestrictperiods: больше 100 периодов"] if kept == 1 else [])
        assert len(beer(shop).periods) == kept

    def test_list_replaces_the_one_before(self, shop: Shop) -> None:
        """Given periods, when an item comes without a list, then they stay; with an empty one, then they are gone."""
        shop.aif(item(sellrestrictperiods=[NIGHT, {"daystart": 1, "dayend": 1}]))
        shop.aif(item())
        assert len(beer(shop).periods) == 2
        shop.aif(item(sellrestrictperiods=[{"daystart": 2, "dayend": 2}]))
        assert beer(shop).periods == (Period((2,)),)
        shop.aif(item(sellrestrictperiods=[]))
        assert beer(shop).periods == ()

    @pytest.mark.parametrize("command", ["clearInventory", "clearTmc"])
    def test_cleared_with_the_goods(self, shop: Shop, command: str) -> None:
        """Given goods with periods, when all goods are cleared, then new ones under their code have none."""
        shop.aif(item(sellrestrictperiods=[NIGHT]))
        shop.aif({"command": command}, item())
        assert beer(shop).periods == ()


class TestAgeOfAif:
    @pytest.mark.parametrize(
        ("fields", "age"),
        [
            ({}, 0),
            ({"age": 16}, 16),
            ({"age": "16"}, 16),
            ({"options": {"inventitemoptions": {"ageverify": 1}}}, 18),
            ({"age": 21, "options": {"inventitemoptions": {"ageverify": "1"}}}, 21),
            ({"options": {"inventitemoptions": {"tobacco": True}}}, 0),
            ({"options": {"inventitemoptions": {"requiresalerestrict": 1}}}, 0),
            ({"opmode": 32}, 18),
            ({"opmode": 192}, 0),
            ({"barcodes": [{"barcode": "4601", "tmctype": 3}]}, 0),
        ],
    )
    def test_age_of_an_item(self, shop: Shop, fields: Command, age: int) -> None:
        """Given what AIF says of an item, then it is sold from that age; its kind says nothing of it."""
        assert shop.aif(item(**fields)).bad == []
        assert beer(shop).min_age == age

    def test_item_sent_again_takes_it_back(self, shop: Shop) -> None:
        """Given an item with an age, when it comes without one, then it is sold to everybody."""
        shop.aif(item(age=16))
        shop.aif(item())
        assert beer(shop).min_age == 0


class TestAgeOfUkm5:
    @pytest.mark.parametrize("name", ["tobacco", "alcohol", "energyDrink", "ENERGYDRINK"])
    def test_attribute_restricts_until_it_is_taken_back(self, shop: Shop, name: str) -> None:
        """Given an attribute of goods for adults, then they are sold from 18 until it is sent with `delete`."""
        shop.ukm(goods())
        assert pack(shop).min_age == 0
        shop.ukm(attributes(**{name: True}))
        shop.ukm(goods())
        assert pack(shop).min_age == 18
        shop.ukm(attributes(**{name: False}))
        assert pack(shop).min_age == 0

    def test_one_of_two_is_taken_back(self, shop: Shop) -> None:
        """Given goods that are tobacco and alcohol, when one attribute is taken back, then the other still counts."""
        shop.ukm(attributes(tobacco=True, alcohol=True))
        shop.ukm(attributes(tobacco=False))
        assert pack(shop).min_age == 18
        shop.ukm(attributes(tobacco=True, alcohol=False), attributes(tobacco=False))
        assert pack(shop).min_age == 0

    @pytest.mark.parametrize("name", ["markedTobacco", "markedGoods", "egais", "service", "advance"])
    def test_other_attributes_restrict_nothing(self, shop: Shop, name: str) -> None:
        """Given an attribute that speaks of no age, then the goods are sold to everybody."""
        shop.ukm(attributes(**{name: True}))
        assert pack(shop).min_age == 0

    def test_plain_tobacco_asks_for_no_mark(self, shop: Shop) -> None:
        """Given `tobacco` without a mark, then there is the check of age and nothing else."""
        shop.ukm(attributes(tobacco=True))
        assert (pack(shop).kind, pack(shop).min_age) == (Kind.PLAIN, 18)

    def test_beside_the_age_of_an_item(self, shop: Shop) -> None:
        """Given goods both systems speak of, then the age of AIF goes before, and without it the attribute counts."""
        same: dict[str, Any] = {"barcode": "4600", "price": 1}
        shop.aif(item("000304", age=21, **same))
        shop.ukm(attributes(tobacco=True))
        assert pack(shop).min_age == 21
        shop.aif(item("000304", **same))
        assert pack(shop).min_age == 18
        shop.ukm(attributes(tobacco=False))
        assert pack(shop).min_age == 0

    @pytest.mark.parametrize("gone", [{"id": "000304", "delete": True, "barcodes": []}])
    def test_deleted_goods_take_it_along(self, shop: Shop, gone: Command) -> None:
        """Given tobacco that is deleted, when its code is given to other goods, then they are sold to everybody."""
        shop.ukm(attributes(tobacco=True))
        shop.ukm(gone)
        assert shop.kept("SELECT * FROM attributeage") == []
        shop.ukm(goods())
        assert pack(shop).min_age == 0


class TestGroups:
    def test_of_aif(self, shop: Shop) -> None:
        """Given groups of AIF one above another, then goods name them up to the root, also of a circle."""
        pairs = [("7", "70"), ("70", "0"), ("8", "80"), ("80", "8")]
        commands = (
            {"command": "addInventGroup", "inventGroup": {"groupCode": a, "parentGroupCode": b}} for a, b in pairs
        )
        shop.aif(item(inventgroup="7"), item("2", inventgroup=8), *commands)
        found = [shop.dictionaries.by_code(code, NOON) for code in "12"]
        assert [product.groups for product in found if product] == [("7", "70"), ("8", "80")]

    def test_of_ukm5(self, shop: Shop) -> None:
        """Given groups of УКМ 5 one above another, then goods name them up to the root."""
        shop.ukm(goods(), {"id": "182", "owner": "9", "name": "Сигареты"}, {"id": 9, "owner": "0", "name": "Табак"})
        assert pack(shop).groups == ("182", "9")


class TestBesideTheTill:
    def test_next_scan_knows(self, shop: Shop) -> None:
        """Given a till at work, when an import restricts goods or sets them free, then the next scan knows."""
        shop.aif(item())
        assert (beer(shop).periods, beer(shop).min_age, beer(shop).above) == ((), 0, ())
        group = {"command": "addInventGroup", "inventGroup": {"groupCode": 7, "parentGroupCode": 70}}
        shop.aif(item(age=18, inventgroup=7, sellrestrictperiods=[NIGHT]), group)
        assert (len(beer(shop).periods), beer(shop).min_age, beer(shop).above) == (1, 18, ("70",))
        shop.aif(item(inventgroup=7, sellrestrictperiods=[]), {**group, "command": "deleteInventGroup"})
        assert (beer(shop).periods, beer(shop).min_age, beer(shop).above) == ((), 0, ())

    def test_goods_are_never_there_without_their_restrictions(
        self, shop: Shop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Given goods replaced in many small steps, then whenever one is found, old or new, it has its periods."""
        monkeypatch.setattr(loading, "BATCH", 3)
        shop.aif(*(item(str(code), sellrestrictperiods=[NIGHT]) for code in range(30, 60)))
        path = shop.folder / "new.aif"
        new = (item(str(code), sellrestrictperiods=[NIGHT]) for code in range(30))
        path.write_text(aif({"command": "clearInventory"}, *new))
        seen: list[int] = []

        def look(*_: object) -> None:
            seen.extend(len(product.periods) for product in shop.dictionaries.by_name("хлеб", NOON, limit=100))

        import_files([path], shop.path, look)
        assert len(seen) > 500
        assert set(seen) == {1}
