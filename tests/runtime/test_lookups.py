"""Look-ups as the machines take them, from real dictionaries; what cannot be read finds nothing and is logged."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cashier.core.events import FolderListed, Found, Scanned
from cashier.lookups import Lookups
from cashier.store.dictionaries import Dictionaries
from tests.exchange.trade_files import Shop, item
from tests.runtime.rig import NOON


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A shop with bread and rolls."""
    made = Shop(tmp_path)
    made.aif(item("1"), item("2", name="Хлеб ржаной", barcode="1"), item("3", name="Булка"))
    yield made
    made.close()


@pytest.fixture
def lookups(shop: Shop) -> Lookups:
    """What the till asks."""
    return Lookups(shop.dictionaries)


def names(found: Found) -> list[str]:
    """Return the names of what was found."""
    return [product.name for product in found.products]


def test_barcode_comes_before_the_code(lookups: Lookups) -> None:
    """Given a figure that is one item's barcode and another's code, then the barcode decides."""
    assert names(lookups.find_code("1", NOON)) == ["Хлеб ржаной"]
    assert names(lookups.find_code("4601", NOON)) == ["Хлеб"]
    assert names(lookups.find_code("3", NOON)) == ["Булка"]


@pytest.mark.parametrize("text", ["", "000", "'; DROP TABLE tmc; --", "4601 ", "%", "\x00", "a" * 10_000])
def test_unknown_code_finds_nothing(lookups: Lookups, text: str) -> None:
    """Given what is no code, then nothing is found and nothing breaks."""
    assert lookups.find_code(text, NOON) == Found(())


def test_words_of_a_name(lookups: Lookups) -> None:
    """Given the beginnings of words, then all items with them are found, in order."""
    assert names(lookups.find_name("хлеб", NOON)) == ["Хлеб", "Хлеб ржаной"]
    assert names(lookups.find_name("рж хл", NOON)) == ["Хлеб ржаной"]


@pytest.mark.parametrize("typed", ["4601", " 4601 ", "3"])
def test_code_in_the_search(lookups: Lookups, typed: str) -> None:
    """Given a barcode or an inventory code where words belong, then its goods stand first in the list."""
    assert names(lookups.find_name(typed, NOON))[:1] == names(lookups.find_code(typed.strip(), NOON))


def test_code_stands_before_names(shop: Shop) -> None:
    """Given a figure that is one item's code and in another's name, then the code's item stands first."""
    shop.aif(item("50", name="Пакет"), item("51", name="Картошка 50"))
    assert names(Lookups(shop.dictionaries).find_name("50", NOON)) == ["Пакет", "Картошка 50"]


@pytest.mark.parametrize("words", ["", " ", '"', "AND OR NOT", "*", "хлеб*", "(", "name:хлеб", "^", "-", "\x00"])
def test_any_words_may_be_typed(lookups: Lookups, words: str) -> None:
    """Given words that mean something to a search engine, then they are words."""
    assert isinstance(lookups.find_name(words, NOON), Found)


def test_folders(lookups: Lookups) -> None:
    """Given a folder that is not there, then it is empty."""
    assert lookups.list_folder("nowhere") == FolderListed(())


def test_broken_dictionaries_find_nothing_and_say_so(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    """Given dictionaries whose tables are gone, then nothing is found, the till goes on, the log says it each time."""
    broken = Lookups(shop.dictionaries)
    conn = sqlite3.connect(shop.path)
    conn.executescript("DROP TABLE barcodes; DROP TABLE tmc; DROP TABLE picklist; DROP TABLE tmc_names")
    conn.close()
    assert broken.find_code("1", NOON) == Found(())
    assert broken.find_name("хлеб", NOON) == Found(())
    assert broken.list_folder("") == FolderListed(())
    assert [record.message.partition(":")[0] for record in caplog.records] == [
        "look-up",
        "look-up",
        "search",
        "pick-list",
    ]


def test_import_beside_the_till_is_seen_at_once(shop: Shop) -> None:
    """Given an open till, when another program imports a new price, then the next look-up has it."""
    lookups = Lookups(Dictionaries(shop.path))
    before = lookups.find_code("4601", NOON).products[0].price
    shop.aif(item("1", price=99.9))
    assert (before, lookups.find_code("4601", NOON).products[0].price) == (4550, 9990)
    lookups._dictionaries.close()


def test_restriction_beside_the_till_holds_from_the_next_scan(shop: Shop) -> None:
    """Given an open till, when another program imports a restriction, then the next scan brings it along."""
    lookups = Lookups(Dictionaries(shop.path))
    scan = Scanned("com1", 1, b"4601")

    def limits() -> tuple[int, int, tuple[str, ...]]:
        (product,) = lookups.read_scan(scan, NOON).reading.products
        return product.min_age, len(product.periods), product.groups

    group = {"command": "addInventGroup", "inventGroup": {"groupCode": 7, "parentGroupCode": 70}}
    before = limits()
    shop.aif(item("1", age=18, inventgroup=7, sellrestrictperiods=[{"timestart": "23:00", "timeend": "08:00"}]), group)
    assert (before, limits()) == ((0, 0, ()), (18, 1, ("7", "70")))
    shop.aif(item("1", sellrestrictperiods=[]))
    assert limits() == before
    lookups._dictionaries.close()


def test_spoilt_goods_are_not_found_and_said_so(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    """Given goods an integrator has spoilt by SQL, then they are not found, the others are, and the log names them."""
    lookups = Lookups(shop.dictionaries)
    with closing(sqlite3.connect(shop.path)) as conn, conn:
        conn.execute("UPDATE tmc SET op_mode = 'да' WHERE code = '1'")
    assert lookups.find_code("4601", NOON) == Found(())
    assert names(lookups.find_code("4603", NOON)) == ["Булка"]
    assert ["товар '1' не читается" in record.message for record in caplog.records] == [True]
