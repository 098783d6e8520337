"""documents.db: facts go into the hash-chained journal and, in the same transaction, into the tables.

One writer thread owns an object of this class. A commit is durable when the method returns (WAL, FULL).
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from cashier.core.facts import AnyFact, ReceiptCancelled, ReceiptClosed, from_json, to_json
from cashier.core.ledger import Ledger, apply, fold
from cashier.store._document_schema import DOCUMENTS
from cashier.store.connect import open_for_reading, open_for_writing, plain_words, refusal, transaction
from cashier.store.migrations import bring_up_to_date
from cashier.store.projection import Place, statements

STRIDE = 1000
"""Rows of the journal between two words of progress."""

_START = bytes(32)
_TABLES = ("workshift", "document", "goodsitem", "moneyitem")
_ledgers: msgspec.json.Decoder[Ledger] = msgspec.json.Decoder(Ledger)


class Entry(NamedTuple):
    """One row of the journal."""

    seq: int
    at: str
    body: str
    hash: bytes


def link(before: bytes, seq: int, at: str, body: str) -> bytes:
    """Hash of a row: over the hash of the row before it and all that the row says."""
    return sha256(b"%b\n%d\n%b\n%b" % (before, seq, at.encode(), body.encode())).digest()


class Documents:
    """The write side of documents.db."""

    def __init__(self, path: Path, place: Place) -> None:
        """Open the file, making it where missing, and find where the till stands.

        Raises:
            StoreError: the file cannot be used, or its journal does not follow from itself.
        """
        self._path, self._place = path, place
        self._conn = _opened(path, open_for_writing)
        try:
            with plain_words(path):
                bring_up_to_date(self._conn, DOCUMENTS)
                self.ledger = self._recover()
                last = self._conn.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        except BaseException:
            self.close()
            raise
        self._seq: int = last[0] if last else 0
        self._head: bytes = last[1] if last else _START

    def close(self) -> None:
        """Let the file go."""
        self._conn.close()

    def commit(self, at: str, facts: tuple[AnyFact, ...]) -> None:
        """Write facts down, all or none; `at` is the shop's time with its offset.

        Raises:
            StoreError: the disk does not take it; nothing was written.
        """
        ledger = fold(self.ledger, facts)
        head, seq = self._head, self._seq
        with plain_words(self._path), transaction(self._conn):
            for fact in facts:
                seq, body = seq + 1, to_json(fact).decode()
                head = link(head, seq, at, body)
                self._conn.execute("INSERT INTO journal VALUES (?, ?, ?, ?)", (seq, at, body, head))
                for sql, parameters in statements(self._place, at, fact):
                    self._conn.execute(sql, parameters)
            if any(isinstance(fact, ReceiptClosed | ReceiptCancelled) for fact in facts):
                self._keep(ledger, seq)
        self.ledger, self._head, self._seq = ledger, head, seq

    def tidy(self) -> None:
        """Between receipts: bring the write-ahead log into the file, so that no sale waits for it."""
        with plain_words(self._path):
            self._conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def _keep(self, ledger: Ledger, seq: int) -> None:
        """Keep the ledger between receipts, so that a start replays one receipt and not a year."""
        body = msgspec.json.encode(ledger).decode()
        self._conn.execute("INSERT OR REPLACE INTO ledger VALUES (1, ?, ?)", (seq, body))

    def _recover(self) -> Ledger:
        kept = self._conn.execute("SELECT seq, body FROM ledger").fetchone()
        rows = self._conn.execute(
            "SELECT seq, body FROM journal WHERE seq >= ? ORDER BY seq", (kept[0] if kept else 1,)
        )
        try:
            ledger = _ledgers.decode(kept[1]) if kept else Ledger()
            if kept and next(rows, None) is None:
                raise refusal(self._path, "конец журнала пропал", _JOURNAL_ADVICE)
            return fold(ledger, tuple(from_json(body) for _, body in rows))
        except _UNREADABLE as error:
            raise refusal(self._path, f"журнал не читается: {error}", _JOURNAL_ADVICE) from error


_UNREADABLE = (ValueError, IndexError, msgspec.MsgspecError)
"""What decoding and folding a journal that is not ours may raise."""

_JOURNAL_ADVICE = "Не продавайте на этой кассе. Сохраните папку данных и позовите администратора"


def entries(conn: sqlite3.Connection) -> Iterator[Entry]:
    """Read the journal from its beginning."""
    for row in conn.execute("SELECT seq, at, body, hash FROM journal ORDER BY seq"):
        yield Entry(*row)


def journal_length(path: Path) -> int:
    """Count the rows of the journal.

    Raises:
        StoreError: the file cannot be read at all.
    """
    with closing(_opened(path, open_for_reading)) as conn, plain_words(path):
        (length,) = conn.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()
    return int(length)


def verify(path: Path, place: Place, progress: Callable[[int], None] = lambda _done: None) -> list[str]:
    """Check the chain of the journal, and the tables against the journal; return the faults in plain words.

    All is read as it stood at one moment: a till may be at work meanwhile.

    Raises:
        StoreError: the file cannot be read at all.
    """
    with closing(_opened(path, open_for_reading)) as conn, plain_words(path):
        conn.execute("BEGIN")
        return _chain_faults(conn, progress) or _table_faults(conn, place)


def _opened(path: Path, opener: Callable[[Path], sqlite3.Connection]) -> sqlite3.Connection:
    """Open the file; a damaged name that SQLite quotes in its error, and Python cannot read, is damage too."""
    try:
        return opener(path)
    except UnicodeDecodeError as error:
        raise refusal(path, "база данных повреждена", _JOURNAL_ADVICE) from error


def _chain_faults(conn: sqlite3.Connection, progress: Callable[[int], None]) -> list[str]:
    head, expected = _START, 1
    for entry in entries(conn):
        if entry.seq != expected:
            return [f"журнал: нет записи {expected}, за ней идёт {entry.seq}"]
        head = link(head, entry.seq, entry.at, entry.body)
        if head != entry.hash:
            return [f"журнал: запись {entry.seq} изменена после того, как была сделана"]
        expected += 1
        if entry.seq % STRIDE == 0:
            progress(entry.seq)
    return []


def rebuild(source: sqlite3.Connection, place: Place) -> sqlite3.Connection:
    """Make the tables anew, in memory, from the journal alone."""
    target = sqlite3.connect(":memory:", isolation_level=None)
    bring_up_to_date(target, DOCUMENTS)
    with transaction(target):
        for entry in entries(source):
            for sql, parameters in statements(place, entry.at, from_json(entry.body)):
                target.execute(sql, parameters)
    return target


def _table_faults(conn: sqlite3.Connection, place: Place) -> list[str]:
    try:
        with closing(rebuild(conn, place)) as fresh:
            tables = (_differ(conn, fresh, table) for table in _TABLES)
            return [
                *_form_faults(conn, fresh),
                *chain.from_iterable(tables),
                *_outbox_faults(conn, fresh),
                *_ledger_faults(conn),
            ]
    except _UNREADABLE as error:
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
    query = "SELECT seq, identifier, destination, type, key, time, body FROM outbox"
    strange = set(conn.execute(query)) - set(fresh.execute(query))
    return [f"таблица outbox: строка {min(strange)[0]} не следует из журнала"] if strange else []


def _ledger_faults(conn: sqlite3.Connection) -> list[str]:
    """Check the ledger that the next start goes out from: it must be the fold of the journal up to its row."""
    kept = conn.execute("SELECT seq, body FROM ledger").fetchone()
    if kept is None:
        return []
    ledger = Ledger()
    for entry in entries(conn):
        if entry.seq > kept[0]:
            break
        ledger = apply(ledger, from_json(entry.body))
    same = msgspec.json.encode(ledger).decode() == kept[1]
    return [] if same else ["таблица ledger: не следует из журнала"]


def zip_rows(stored: sqlite3.Cursor, made: sqlite3.Cursor) -> Iterator[tuple[tuple[object, ...] | None, ...]]:
    """Pair the rows of two queries; the shorter one is followed by None."""
    while True:
        pair = stored.fetchone(), made.fetchone()
        if pair == (None, None):
            return
        yield pair
