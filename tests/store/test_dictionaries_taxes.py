"""Goods bring the VAT of their tax group with them, as the dictionaries have it at the moment of asking."""

import json
import sqlite3
from datetime import datetime

import pytest

from cashier.core.catalogue import Product
from cashier.store.dictionaries import Dictionaries

NOON = datetime(2026, 1, 15, 12)  # noqa: DTZ001 - the till's local time


@pytest.fixture
def writer(empty: sqlite3.Connection) -> sqlite3.Connection:
    """The dictionaries with bread of tax group 5, opened to write."""
    empty.execute("INSERT INTO tmc (code, bcode, name, price, vatcode1) VALUES ('1', '460', 'Хлеб', 45.5, '5')")
    empty.execute("INSERT INTO barcodes (barcode, code) VALUES ('460', '1')")
    return empty


def group(writer: sqlite3.Connection, taxes: str) -> None:
    """Load tax group 5."""
    writer.execute("INSERT OR REPLACE INTO taxgroup (idtaxgroup, taxes) VALUES ('5', ?)", (taxes,))


def bread(dictionaries: Dictionaries) -> Product:
    """Find the bread by its code."""
    found = dictionaries.by_code("1", NOON)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("taxes", "vat"),
    [
        ([{"name": "НДС 22 %", "rate": "22", "changebase": False}], 2200),
        ([{"name": None, "rate": 10}], 1000),
        ([{"name": 301, "rate": "16.67"}], 1667),
        ([{"name": "НДС 0 %", "rate": "0"}], 0),
        ([{"name": "Без НДС", "rate": "0"}], None),
        ([{"name": "VAT", "rate": 20.0}, {"name": "Акциз", "rate": 5}], 2000),
        ([{"name": "НДС", "rate": 20}, {"name": "НДС", "rate": 10}], None),
        ([{"name": "А", "rate": 20}, {"name": "Б", "rate": 10}], None),
        ([{"name": "НДС", "rate": None}], None),
        ([{"name": "НДС", "rate": "-10"}], None),
        ([{"name": "НДС", "rate": "100"}], None),
        ([{"name": "НДС", "rate": "1.234"}], None),
        ([{"name": "НДС", "rate": "NaN"}], None),
        ([{"name": "НДС", "rate": "1e999999"}], None),
        ([{"name": "НДС", "rate": "1e-999999"}], None),
        ([{"name": "НДС", "rate": "двадцать"}], None),
        ([{"name": ["НДС"], "rate": 20}], None),
        ([], None),
        ("НДС", None),
    ],
)
def test_vat_of_a_group(writer: sqlite3.Connection, dictionaries: Dictionaries, taxes: object, vat: int | None) -> None:
    """Given a tax group, then its goods have its VAT; of what cannot be read as one rate, none."""
    group(writer, json.dumps(taxes, ensure_ascii=False))
    assert bread(dictionaries).vat == vat


@pytest.mark.parametrize("taxes", ["", "{", "[" * 100, "\x00"])
def test_damaged_group_is_no_vat(writer: sqlite3.Connection, dictionaries: Dictionaries, taxes: str) -> None:
    """Given taxes that are no list, then the goods are still found, without VAT."""
    group(writer, taxes)
    assert (bread(dictionaries).vat, bread(dictionaries).tax) == (None, "5")


def test_goods_of_an_unknown_group_have_none(writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
    """Given goods whose tax group was not loaded, or with none at all, then they are found without VAT."""
    assert bread(dictionaries).vat is None
    group(writer, '[{"name": "НДС", "rate": 22}]')
    writer.execute("UPDATE tmc SET vatcode1 = NULL")
    assert bread(dictionaries).vat is None


def test_every_way_of_asking_tells_it(writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
    """Given goods with VAT, then it comes by barcode, by code and by name alike."""
    group(writer, '[{"name": "НДС", "rate": 22}]')
    found = (*dictionaries.by_barcode("460", NOON), *dictionaries.by_name("хле", NOON), bread(dictionaries))
    assert [item.vat for item in found] == [2200] * 3


def test_changed_group_counts_at_once(writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
    """Given a till at work, when an import changes the rate, then the next look-up tells the new one."""
    group(writer, '[{"name": "НДС", "rate": 20}]')
    assert bread(dictionaries).vat == 2000
    group(writer, '[{"name": "НДС", "rate": 22}]')
    assert bread(dictionaries).vat == 2200
    writer.execute("DELETE FROM taxgroup")
    assert bread(dictionaries).vat is None


def test_group_is_found_by_its_key(writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
    """Given a million kinds of goods, no look-up may read the tax groups from end to end: they are found by key."""
    asked: list[str] = []
    dictionaries._conn.set_trace_callback(asked.append)
    bread(dictionaries)
    dictionaries.by_barcode("460", NOON)
    goods = [query for query in asked if "taxgroup" in query]
    plans = [step[3] for query in goods for step in writer.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert len(goods) == 2
    assert [plan for plan in plans if plan.startswith("SCAN")] == []
