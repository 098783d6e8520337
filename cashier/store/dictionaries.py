"""Look-ups in the dictionaries: goods, pick-list, people and tenders.

Every look-up is a read transaction of its own, so what an import in another process commits is seen by the next one.
Single rows cost microseconds and are read directly, never through a thread (domain/performance.md).
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cashier.core.catalogue import Folder, Person, Product
from cashier.core.events import Worker
from cashier.store._dictionary_schema import DICTIONARIES
from cashier.store._period_rows import period
from cashier.store._price_rows import Price, live
from cashier.store._product_rows import Besides, Goods, Option, product
from cashier.store._product_sql import (
    BY_BARCODE,
    BY_CODE,
    BY_ID,
    MOST,
    OTHERS,
    PARENT,
    PERIODS,
    PRICES,
)
from cashier.store.connect import open_for_reading, open_for_writing, plain_words, refusal
from cashier.store.migrations import bring_up_to_date
from cashier.store.search import fits, match_expression, rank, typed_words
from cashier.store.staff import ROLE_OF_CODE
from cashier.store.white_list import LISTED, gtin_forms, is_of

_MOST_LOOKED_AT = 700
"""Names in order that are looked through for all typed words: 10 ms."""
_MOST_HITS = 500
"""Names in any order that are put in order: 3 ms."""
_DEEPEST: Final = 32
"""Groups above goods that are looked at."""
_ROOT: Final = "0"
"""Parent of a group that has none, as some trade systems write it."""
_SHOWN: Final = f"NOT t.op_mode & {Option.HIDDEN.value}"
_BEGINNING: Final = f"""SELECT t.id, t.name FROM tmc t WHERE t.sortname >= ?1 AND t.sortname < ?1 || char(1114111)
    AND {_SHOWN} ORDER BY t.sortname LIMIT ?2"""
_MATCHING: Final = f"""SELECT t.id, t.name FROM tmc_names n JOIN tmc t ON t.id = n.rowid
    WHERE tmc_names MATCH ? AND {_SHOWN} LIMIT {_MOST_HITS}"""
_FOLDER: Final = """SELECT p.code, coalesce(nullif(p.name, ''), t.name, p.tmccode) AS name, p.tmccode
    FROM picklist p LEFT JOIN tmc t ON t.code = p.tmccode WHERE p.parent = ? ORDER BY p.itemorder, 2, p.code"""
_ASKED: Final = f"NOT t.op_mode & {Option.IGNORE_MARKING.value} LIMIT 1"
_MARKED: Final = (
    f"SELECT 1 FROM barcodes b JOIN tmc t ON t.code = b.code WHERE b.tmctype IN (3, 4, 7) AND {_ASKED}",
    f"SELECT 1 FROM tmc t WHERE t.tmctype IN (3, 4, 7) AND {_ASKED}",
)
_PERSON: Final = f"SELECT code, name, password, locked, {ROLE_OF_CODE} AS role FROM mol WHERE code = ?"
_PEOPLE: Final = f"SELECT code, name, locked, {ROLE_OF_CODE} AS role FROM mol ORDER BY length(code), code"


@dataclass(frozen=True, slots=True)
class Tender:
    """A kind of money the till takes (`valut`)."""

    code: int
    """1 is cash, 4 a bank card."""
    name: str


def prepare_dictionaries(path: Path) -> sqlite3.Connection:
    """Open the dictionaries to write, making the file or bringing its form up to date.

    Raises:
        StoreError: the file cannot be used.
    """
    conn = open_for_writing(path)
    try:
        with plain_words(path):
            bring_up_to_date(conn, DICTIONARIES)
    except BaseException:
        conn.close()
        raise
    return conn


class Dictionaries:
    """The read side of dictionaries.db; the file must have been prepared.

    Whatever text is asked for, also one that is no Unicode, the answer is what was found or nothing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._conn = open_for_reading(path)
        self._conn.row_factory = sqlite3.Row

    def close(self) -> None:
        """Let the file go."""
        self._conn.close()

    def by_barcode(self, barcode: str, now: datetime) -> tuple[Product, ...]:
        """Find the items a barcode stands for at this local time; several may share it."""
        return self._products(BY_BARCODE, (barcode,), now)

    def by_gtin(self, gtin: str, now: datetime) -> tuple[Product, ...]:
        """Find the items of a barcode that a mask captured: the first of its forms that anything is found by counts."""
        return next(filter(None, (self.by_barcode(form, now) for form in gtin_forms(gtin))), ())

    def by_code(self, code: str, now: datetime) -> Product | None:
        """Find an item by its inventory code."""
        return next(iter(self._products(BY_CODE, (code,), now)), None)

    def by_name(self, words: str, now: datetime, limit: int = MOST) -> tuple[Product, ...]:
        """Find items whose names have words beginning like all the typed ones.

        Names that begin with the first typed word come first, then the others, each in order of names. Of very many
        others, or very many that begin alike when several words are typed, only some hundreds are looked at.
        """
        typed = typed_words(words)
        if not typed:
            return ()
        found = self._beginning(typed, limit)
        if len(found) < limit:
            others = {row["id"]: rank(row["name"], typed) for row in self._rows(_MATCHING, (match_expression(typed),))}
            found = tuple(dict.fromkeys((*found, *sorted(others, key=others.__getitem__))))[:limit]
        return tuple(item for key in found for item in self._products(BY_ID, (key,), now))

    def folder(self, parent: str = "") -> tuple[Folder, ...]:
        """List a folder of the pick-list in its order; the root is the empty code."""
        rows = self._rows(_FOLDER, (parent,))
        return tuple(Folder(row["code"], row["name"], row["tmccode"]) for row in rows)

    def person(self, code: str) -> tuple[Person, str, bool] | None:
        """Find who has this code, with the hash of the password, and whether he is locked: may only confirm."""
        for row in self._rows(_PERSON, (code,)):
            return _person(row), row["password"], bool(row["locked"])
        return None

    def people(self) -> tuple[Worker, ...]:
        """List who works on the till, in order of codes: 2 comes before 10."""
        return tuple(Worker(_person(row), bool(row["locked"])) for row in self._rows(_PEOPLE))

    def has_people(self) -> bool:
        """Tell whether anybody can sign in."""
        return bool(self._rows("SELECT 1 FROM mol WHERE NOT locked LIMIT 1"))

    def tenders(self) -> tuple[Tender, ...]:
        """List the kinds of money."""
        return tuple(
            Tender(row["code"], row["name"]) for row in self._rows("SELECT code, name FROM valut ORDER BY code")
        )

    def age(self) -> datetime | None:
        """Tell when the last import was finished, in UTC; None when there was none."""
        (row,) = self._rows("SELECT max(finished) AS finished FROM imported")
        return datetime.fromisoformat(row["finished"]) if row["finished"] else None

    def in_white_list(self, ki: str) -> bool:
        """Tell whether a mark of this identification code is listed, as a bare code or with any check part."""
        return any(is_of(ki, row["excisemarkid"]) for row in self._rows(LISTED, (ki,)))

    def has_marked_goods(self) -> bool:
        """Tell whether anything in the dictionaries must be sold by its mark."""
        return any(self._rows(query) for query in _MARKED)

    def _beginning(self, typed: tuple[str, ...], limit: int) -> tuple[int, ...]:
        """Find the first items by name among those whose names begin with the first typed word."""
        rows = self._rows(_BEGINNING, (typed[0], limit if len(typed) == 1 else _MOST_LOOKED_AT))
        return tuple(row["id"] for row in rows if fits(row["name"], typed))[:limit]

    def _products(self, query: str, parameters: tuple[Any, ...], now: datetime) -> tuple[Product, ...]:
        try:
            with plain_words(self._path):
                rows = self._conn.execute(query, parameters).fetchall()
                return tuple(self._read(Goods(*row), now) for row in rows)
        except UnicodeEncodeError:
            return ()

    def _read(self, row: Goods, now: datetime) -> Product:
        """Read an item; one that an integrator has spoilt by SQL is told like a damaged file."""
        try:
            return self._product(row, now)
        except (ValueError, TypeError, ArithmeticError) as error:
            what = f"товар {row.code!r} не читается ({error!r})"
            raise refusal(self._path, what, "Выгрузите его из товароучётной системы снова") from error

    def _product(self, row: Goods, now: datetime) -> Product:
        read, key = self._conn.execute, (row.barcode, row.code)
        alike = 0 if row.fractional else row.quantity
        prices = live((Price(*price) for price in read(PRICES, (*key, alike))), now) if row.dated else ()
        listed = [price for (price,) in read(OTHERS, key)] if row.others else ()
        above = self._above(row) if row.parent else ()
        periods = tuple(map(period, read(PERIODS, (row.code,)))) if row.restricted else ()
        return product(row, Besides(prices, listed, above, periods))

    def _above(self, row: Goods) -> tuple[str, ...]:
        """List the groups above that of an item, nearest first; a tree that bites its tail ends there."""
        above: list[str] = []
        parent = row.parent
        while parent and parent not in {_ROOT, row.group, *above} and len(above) < _DEEPEST:
            above.append(parent)
            parent = row.grandparent if len(above) == 1 else self._parent(parent)
        return tuple(above)

    def _parent(self, group: str) -> str | None:
        return next((parent for (parent,) in self._conn.execute(PARENT, (group,))), None)

    def _rows(self, query: str, parameters: tuple[Any, ...] = ()) -> list[sqlite3.Row]:
        try:
            with plain_words(self._path):
                return self._conn.execute(query, parameters).fetchall()
        except UnicodeEncodeError:
            return []


def _person(row: sqlite3.Row) -> Person:
    return Person(row["code"], row["name"], row["role"])
