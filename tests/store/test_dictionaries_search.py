"""Goods are found by the words of their names, as a cashier types them."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cashier.store.dictionaries import Dictionaries, prepare_dictionaries

NOON = datetime(2026, 1, 15, 12)  # noqa: DTZ001 - the till's local time
NAMES = ("Мёд липовый 0,5 кг", "Молоко «Чайка» 3,2%", "ЙОГУРТ с мёдом", "Coca-Cola 0.5", "[/] @click", "Чай чёрный")


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The dictionaries with a few goods, opened to write."""
    conn = prepare_dictionaries(tmp_path / "dictionaries.db")
    conn.executemany("INSERT INTO tmc (code, name, price) VALUES (?, ?, 1)", enumerate(NAMES))
    yield conn
    conn.close()


@pytest.fixture
def dictionaries(writer: sqlite3.Connection, tmp_path: Path) -> Iterator[Dictionaries]:
    """The same, opened to look up."""
    assert writer.in_transaction is False
    opened = Dictionaries(tmp_path / "dictionaries.db")
    yield opened
    opened.close()


def found(dictionaries: Dictionaries, words: str) -> list[str]:
    """Name what is found."""
    return [item.name for item in dictionaries.by_name(words, NOON)]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("МЕД", ["ЙОГУРТ с мёдом", "Мёд липовый 0,5 кг"]),
        ("мёд лип", ["Мёд липовый 0,5 кг"]),
        ("лип мед", ["Мёд липовый 0,5 кг"]),
        ("йог", ["ЙОГУРТ с мёдом"]),
        ("чай", ["Молоко «Чайка» 3,2%", "Чай чёрный"]),
        ("3,2", ["Молоко «Чайка» 3,2%"]),
        ("coca-c", ["Coca-Cola 0.5"]),
        ("click", ["[/] @click"]),
        ("ёд", []),
        ("", []),
        ('" * OR - ^', []),
    ],
)
def test_words_begin_words_of_the_name(dictionaries: Dictionaries, words: str, names: list[str]) -> None:
    """Case, «ё», order of words and punctuation do not matter; a word is found by its beginning."""
    assert found(dictionaries, words) == names


def test_renamed_and_deleted_goods(writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
    """The index follows the names, whoever changes them."""
    writer.execute("UPDATE tmc SET name = 'Кефир' WHERE code = '1'")
    writer.execute("DELETE FROM tmc WHERE code = '5'")
    assert found(dictionaries, "чай") == []
    assert found(dictionaries, "кеф") == ["Кефир"]


def test_limit(dictionaries: Dictionaries) -> None:
    """No more are found than asked for."""
    assert len(dictionaries.by_name("м", NOON, limit=1)) == 1


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(), max_size=30))
def test_anything_may_be_typed(dictionaries: Dictionaries, words: str) -> None:
    """No text is an error of the query language or of the database, not even half a surrogate."""
    dictionaries.by_name(words, NOON)
    assert dictionaries.by_barcode(words, NOON) == ()
    assert dictionaries.person(words) is None
