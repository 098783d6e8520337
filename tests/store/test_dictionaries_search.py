"""Goods are found by the words of their names, as a cashier types them."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cashier.store.connect import transaction
from cashier.store.dictionaries import Dictionaries
from cashier.store.search import folded

NOON = datetime(2026, 1, 15, 12)  # noqa: DTZ001 - the till's local time
NAMES = ("Мёд липовый 0,5 кг", "Молоко «Чайка» 3,2%", "ЙОГУРТ с мёдом", "Coca-Cola 0.5", "[/] @click", "Чай чёрный")


@pytest.fixture
def writer(empty: sqlite3.Connection) -> sqlite3.Connection:
    """The dictionaries with a few goods, opened to write."""
    empty.executemany("INSERT INTO tmc (code, name, price) VALUES (?, ?, 1)", enumerate(NAMES))
    return empty


def found(dictionaries: Dictionaries, words: str) -> list[str]:
    """Name what is found."""
    return [item.name for item in dictionaries.by_name(words, NOON)]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("МЕД", ["Мёд липовый 0,5 кг", "ЙОГУРТ с мёдом"]),
        ("мёд лип", ["Мёд липовый 0,5 кг"]),
        ("лип мед", ["Мёд липовый 0,5 кг"]),
        ("йог", ["ЙОГУРТ с мёдом"]),
        ("чай", ["Чай чёрный", "Молоко «Чайка» 3,2%"]),
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


class TestOrder:
    """Of many goods the cashier sees those first that begin with what was typed, in order of names."""

    def test_names_that_begin_with_it_come_first(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given ten thousand names with the word inside, then the few that begin with it are on top, in order."""
        fill(writer, (f"Сыр фета №{number}" for number in range(10_000)))
        fill(writer, ("ФЕТА в рассоле", "Фёта 1", "фета"))
        assert found(dictionaries, "фет")[:4] == ["фета", "Фёта 1", "ФЕТА в рассоле", "Сыр фета №0"]

    def test_first_by_name_of_very_many(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given ten thousand names alike, written in the opposite order, then those found are the first by name."""
        names = [f"Сыр {number:05d}" for number in range(10_000)]
        fill(writer, reversed(names))
        assert found(dictionaries, "с") == found(dictionaries, "сыр") == names[:50]
        assert found(dictionaries, "сыр 0000") == names[:10]

    def test_all_words_count(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given many names that begin alike, then of those first in order all typed words are asked for."""
        fill(writer, (f"Сыр {'белый' if number % 10 else 'ёлочный'} {number:05d}" for number in range(3_000)))
        names = found(dictionaries, "сыр елоч")
        assert names == sorted(names)
        assert len(names) == 50
        assert all("ёлочный" in name for name in names)

    def test_hidden_goods_are_not_found(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given goods the trade system hides, then a search finds them neither by their beginning nor inside."""
        fill(writer, ("Фета", "Сыр фета"))
        writer.execute("UPDATE tmc SET op_mode = 2 WHERE name LIKE '%ета'")
        assert found(dictionaries, "фета") == []

    @given(name=st.text(st.sampled_from("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюяAZaz09 -")))
    @settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_database_folds_as_the_program_does(self, writer: sqlite3.Connection, name: str) -> None:
        """Given any Russian or Latin name, then the database puts it in order as the program compares it."""
        writer.execute("UPDATE tmc SET name = ? WHERE code = '0'", (name,))
        assert writer.execute("SELECT sortname FROM tmc WHERE code = '0'").fetchone() == (folded(name),)


def fill(writer: sqlite3.Connection, names: Iterable[str]) -> None:
    """Add goods with these names."""
    (last,) = writer.execute("SELECT max(id) FROM tmc").fetchone()
    rows = ((f"x{number}", name) for number, name in enumerate(names, last))
    with transaction(writer):
        writer.executemany("INSERT INTO tmc (code, name, price) VALUES (?, ?, 1)", rows)


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
