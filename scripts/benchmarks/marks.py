"""Figures of marks: past receipts and the white list among very many, each beside one row read by its number."""

import os
import random
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cashier.core.reading import Standing
from cashier.store.connect import open_for_reading, open_for_writing, transaction
from cashier.store.dictionaries import Dictionaries, prepare_dictionaries
from cashier.store.documents import Documents
from cashier.store.marks import PastMarks

BYTES_A_MARK: Final = 1000
"""Of disk, for both databases while they are built; 500 stay."""
LIMIT: Final = 1.0
"""Milliseconds a look-up may take, p99, cold too."""
TRIES: Final = 5000
_LINES: Final = 10
_GTIN: Final = 4_600_000_000_000
_OF_GTIN: Final = 1000
_STEP: Final = 982_451_653
_SCATTER: Final = 7_919
"""Sold marks lie in the order of sale, which is not that of their text."""

_NUMBERS: Final = "WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < ?1 - 1)"
_KI: Final = f"""'01' || printf('%014d', {_GTIN} + {{m}} / {_OF_GTIN})
    || '215' || printf('%012X', {{m}} % {_OF_GTIN} * {_STEP})"""
_DOCUMENTS: Final = f"""{_NUMBERS} INSERT INTO document
    (documentid, shopcode, cashcode, workshiftid, checknum, docnum, doctype, scode, time_beg, closed, identifier)
    SELECT i + 1, '77', '3', 1, i, i, 1, '7', '2026-11-21T12:00:00', 1,
        printf('00000000-0000-4000-8000-%012d', i) FROM n"""  # noqa: S608 - figures of ours
_SOLD: Final = f"""{_NUMBERS}, sold(i, ki) AS (SELECT i, {_KI.format(m=f"(i * {_SCATTER} % ?1)")} FROM n)
    INSERT INTO goodsitem (goodsitemid, cashcode, documentid, scode, ttime, opcode, code, bcode, name, measure, cquant,
        price, minprice, disc_abs, sumb, sume, excisemark, excisetype, ki, posnum)
    SELECT i + 1, '3', i / {_LINES} + 1, '7', '2026-11-21T12:00:00', 50, i % 10000, {_GTIN} + i % 10000,
        'Вода питьевая ' || i, 'шт', 1, 45.5, 0, 0, 45.5, 45.5, ki || char(29) || '93abcd', 'MARKEDGOODS', ki,
        i % {_LINES} + 1 FROM sold"""  # noqa: S608 - the same
_WHITE: Final = f"""{_NUMBERS} INSERT INTO excisemarkwhite (excisemarkid, barcode)
    SELECT {_KI.format(m="i")} || CASE i % 3 WHEN 0 THEN '' WHEN 1 THEN char(29) || '93abcd' ELSE '93abcd' END,
        {_GTIN} + i / {_OF_GTIN} FROM n"""  # noqa: S608 - the same
_ONE_ROW: Final = "SELECT opcode FROM goodsitem WHERE goodsitemid = ?"
Look = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of one look-up."""

    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One kind of look-up beside one row read by its number, in the same state of the disk's cache."""

    name: str
    own: Times
    bare: Times

    def __str__(self) -> str:
        """Word the figure."""
        own, bare = self.own, self.bare
        figures = f"{own.p50:.3f} / {own.p99:.3f} ms"
        ratios = f"{own.p50 / bare.p50:.1f}x / {own.p99 / bare.p99:.1f}x of {bare.p50:.3f} / {bare.p99:.3f} ms"
        verdict = "ok" if own.p99 <= LIMIT else "TOO SLOW"
        return f"{self.name:<52}{figures:>24}  {ratios}  (p99 <= 1 ms)  {verdict}"


@dataclass(frozen=True, slots=True)
class Marks:
    """Two databases with so many marks each."""

    documents: Path
    dictionaries: Path
    rows: int


def room_for(folder: Path, rows: int) -> int:
    """Return how many of so many marks there is room for on the disk."""
    return min(rows, shutil.disk_usage(folder).free // BYTES_A_MARK)


def build(folder: Path, rows: int) -> Marks:
    """Make the databases: every mark sold once, every mark in the white list."""
    made = Marks(folder / "marks-documents.db", folder / "marks-dictionaries.db", rows)
    Documents(made.documents).close()
    prepare_dictionaries(made.dictionaries).close()
    with _filling(made.documents, "goodsitem_of_mark") as conn:
        conn.execute("INSERT INTO workshift (workshiftid, shiftnum, time_beg) VALUES (1, 1, '2026-11-21T12:00:00')")
        conn.execute(_DOCUMENTS, (rows // _LINES + 1,))
        conn.execute(_SOLD, (rows,))
    with _filling(made.dictionaries) as conn:
        conn.execute(_WHITE, (rows,))
    return made


def bench(marks: Marks) -> Iterator[Figure]:
    """Measure both look-ups, with everything in the disk's cache and with nothing in it."""
    for state, prepare in (("cold", _chill), ("warm", _warm)):
        bare = _measured(marks, prepare, _bare)
        yield Figure(f"past receipts among {marks.rows} marks, {state}", _measured(marks, prepare, _past), bare)
        yield Figure(f"white list of {marks.rows} marks, {state}", _measured(marks, prepare, _white), bare)


def ki(number: int) -> str:
    """Return the identification code of a mark."""
    return f"01{_GTIN + number // _OF_GTIN:014d}215{number % _OF_GTIN * _STEP:012X}"


@contextmanager
def _filling(path: Path, index: str = "") -> Iterator[sqlite3.Connection]:
    """Put rules and an index aside while a table is filled: how that is done is not what is measured."""
    with closing(open_for_writing(path)) as conn:
        conn.execute("PRAGMA synchronous=OFF")
        aside = conn.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE type = 'trigger' OR name = ?", (index,)
        ).fetchall()
        with transaction(conn):
            for kind, name, _ in aside:
                conn.execute(f"DROP {kind} {name}")
            yield conn
            for *_, sql in aside:
                conn.execute(sql)
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _bare(marks: Marks) -> Iterator[Look]:
    with closing(open_for_reading(marks.documents)) as conn:
        yield lambda number: conn.execute(_ONE_ROW, (number + 1,)).fetchone()


@contextmanager
def _past(marks: Marks) -> Iterator[Look]:
    with closing(PastMarks(marks.documents)) as past:
        yield lambda number: past.standing(ki(number)) is Standing.SOLD


@contextmanager
def _white(marks: Marks) -> Iterator[Look]:
    with closing(Dictionaries(marks.dictionaries)) as dictionaries:
        yield lambda number: dictionaries.in_white_list(ki(number))


def _measured(
    marks: Marks, prepare: Callable[[Marks], None], look: Callable[[Marks], AbstractContextManager[Look]]
) -> Times:
    chance = random.Random(3)  # noqa: S311 - no secret
    prepare(marks)
    with look(marks) as find:
        times = [_one(find, chance.randrange(marks.rows)) for _ in range(TRIES)]
    return Times(statistics.median(times), statistics.quantiles(times, n=100)[98])


def _one(find: Look, number: int) -> float:
    start = time.perf_counter()
    found = find(number)
    took = time.perf_counter() - start
    if not found:
        raise LookupError(number)
    return took * 1000


def _chill(marks: Marks) -> None:
    """Let the system forget what it holds of both files."""
    for path in (marks.documents, marks.dictionaries):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _warm(marks: Marks) -> None:
    """Let the system read both files."""
    for path in (marks.documents, marks.dictionaries):
        with path.open("rb") as file:
            while file.read(1 << 24):
                pass
