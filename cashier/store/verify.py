"""`cashier check` of documents.db: the chain of the journal, and the tables against what the journal says."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import reduce
from itertools import chain, takewhile
from pathlib import Path

from cashier.core.facts import from_json
from cashier.core.ledger import Ledger, apply
from cashier.store._document_schema import DOCUMENTS
from cashier.store.connect import open_for_reading, plain_words, transaction
from cashier.store.documents import UNREADABLE, decoded
from cashier.store.journal import BrokenChainError, chained, entries
from cashier.store.migrations import bring_up_to_date, pending
from cashier.store.projection import statements

STRIDE = 1000
"""Rows of the journal between two words of progress."""

_TABLES = ("workshift", "document", "goodsitem", "moneyitem", "printing", "solditem", "soldmoney")


def journal_length(path: Path) -> int:
    """Count the rows of the journal.

    Raises:
        StoreError: the file cannot be read at all.
    """
    with closing(open_for_reading(path)) as conn, plain_words(path):
        (length,) = conn.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()
    return int(length)


def verify(path: Path, progress: Callable[[int], None] = lambda _done: None) -> list[str]:
    """Check the chain of the journal, and the tables against the journal; return the faults in plain words.

    All is read as it stood at one moment: a till may be at work meanwhile.

    Raises:
        StoreError: the file cannot be read at all.
    """
    with closing(open_for_reading(path)) as conn, plain_words(path):
        conn.execute("BEGIN")
        with _in_our_form(conn) as ours:
            return _chain_faults(ours, progress) or _table_faults(ours)


@contextmanager
def _in_our_form(conn: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Bring a copy of a database of an earlier program to the form of ours, as the next start will do."""
    if not pending(conn, DOCUMENTS):
        yield conn
        return
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        conn.backup(copy)
        bring_up_to_date(copy, DOCUMENTS)
        yield copy


def _chain_faults(conn: sqlite3.Connection, progress: Callable[[int], None]) -> list[str]:
    try:
        for entry in chained(conn):
            if entry.seq % STRIDE == 0:
                progress(entry.seq)
    except BrokenChainError as error:
        return [f"журнал: {error}"]
    return []


def rebuild(source: sqlite3.Connection) -> sqlite3.Connection:
    """Make the tables anew, in memory, from the journal alone."""
    target = sqlite3.connect(":memory:", isolation_level=None)
    bring_up_to_date(target, DOCUMENTS)
    with transaction(target):
        for entry in entries(source):
            for sql, parameters in statements(entry.at, from_json(entry.body)):
                target.execute(sql, parameters)
    return target


def _table_faults(conn: sqlite3.Connection) -> list[str]:
    try:
        with closing(rebuild(conn)) as fresh:
            tables = (_differ(conn, fresh, table) for table in _TABLES)
            return [
                *_form_faults(conn, fresh),
                *chain.from_iterable(tables),
                *_outbox_faults(conn, fresh),
                *_ledger_faults(conn),
            ]
    except UNREADABLE as error:
        return [f"журнал: записи не читаются этой программой: {error}"]


def _form_faults(conn: sqlite3.Connection, fresh: sqlite3.Connection) -> list[str]:
    """Check the names of tables and columns, and the rules that protect them."""
    query = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
    stored, made = set(conn.execute(query)), set(fresh.execute(query))
    return [f"форма базы данных изменена: {min(name for _, name, _ in stored ^ made)}"] if stored != made else []


def _differ(conn: sqlite3.Connection, fresh: sqlite3.Connection, table: str) -> list[str]:
    """Compare a table with the one made anew; name the first row that differs."""
    query = f"SELECT * FROM {table} ORDER BY 1"
    for stored, made in zip_rows(conn.execute(query), fresh.execute(query)):
        if stored != made:
            return [f"таблица {table}: строка {(stored or made or ('?',))[0]} не следует из журнала"]
    return []


def _outbox_faults(conn: sqlite3.Connection, fresh: sqlite3.Connection) -> list[str]:
    """Check the messages that are still there; how often each was tried is nothing the journal knows."""
    query = "SELECT seq, number, identifier, destination, type, key, time, body FROM outbox"
    strange = set(conn.execute(query)) - set(fresh.execute(query))
    return [f"таблица outbox: строка {min(strange)[0]} не следует из журнала"] if strange else []


def _ledger_faults(conn: sqlite3.Connection) -> list[str]:
    """Check the ledger that the next start goes out from: it must be the fold of the journal up to its row."""
    kept = conn.execute("SELECT seq, body FROM ledger").fetchone()
    try:
        stored = decoded(kept[1]) if kept else None
    except UNREADABLE:
        return [_STRANGE_LEDGER]
    # A start does not go out from a ledger of another form.
    return [] if stored is None or stored == _folded(conn, kept[0]) else [_STRANGE_LEDGER]


def _folded(conn: sqlite3.Connection, last: int) -> Ledger:
    facts = (from_json(entry.body) for entry in takewhile(lambda entry: entry.seq <= last, entries(conn)))
    return reduce(apply, facts, Ledger())


_STRANGE_LEDGER = "таблица ledger: не следует из журнала"


def zip_rows(stored: sqlite3.Cursor, made: sqlite3.Cursor) -> Iterator[tuple[tuple[object, ...] | None, ...]]:
    """Pair the rows of two queries; the shorter one is followed by None."""
    while True:
        pair = stored.fetchone(), made.fetchone()
        if pair == (None, None):
            return
        yield pair
