"""Loading of the dictionaries beside a running till.

Rows are staged whole in a private temporary database, put in the order of their keys, and written in batches,
each a transaction of its own: random order costs no more than sorted, a reader never waits, and a cleared table
is first filled with what is new and then rid of what is not, so that no reader ever finds it empty. Killed in
the middle, the same load done again ends the same.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Final, NamedTuple, Self

from cashier.core.marks import ki_of
from cashier.store import _load_sql as sql
from cashier.store.connect import transaction
from cashier.store.forms import FORMS, KI, TABLES, Form

BATCH: Final = 50_000
"""Rows of one write transaction: some 0.3 s for a writer that waits; readers do not."""

_BUFFER: Final = 5_000
_CACHE_KIB: Final = 65_536

Value = str | int | float | None
Row = tuple[Value, ...]


class Put(NamedTuple):
    """A row to be written."""

    form: Form
    row: tuple[Value, ...]


class Forget(NamedTuple):
    """Rows to be deleted: those of the table with these values in these columns; `forms.KI` counts as one."""

    table: str
    columns: tuple[str, ...]
    values: tuple[Value, ...]


class Clear(NamedTuple):
    """A table of which only what comes later in the files stays."""

    table: str


Change = Put | Forget | Clear
Written = Callable[[int, int], None]
"""Told how many rows of how many are written."""


class Loading:
    """One load: stage all changes, then write them."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._seq = 0
        self._puts: defaultdict[str, list[Row]] = defaultdict(list)
        self._gone: dict[tuple[str, tuple[str, ...]], list[Row]] = {}
        self._cleared: dict[str, int] = {}

    def __enter__(self) -> Self:
        self._conn.create_function("ki_of", 1, _ki_of, deterministic=True)
        self._conn.execute("ATTACH '' AS staged")
        self._conn.execute("PRAGMA staged.journal_mode=OFF")
        self._conn.execute(f"PRAGMA main.cache_size=-{_CACHE_KIB}")
        self._conn.execute("BEGIN")
        for form in FORMS:
            self._conn.execute(sql.make_staged(form))
        return self

    def __exit__(self, *_: object) -> None:
        if self._conn.in_transaction:
            self._conn.execute("ROLLBACK")
        self._conn.execute("DETACH staged")

    def add(self, changes: Iterable[Change]) -> None:
        """Stage changes; what is said later about the same thing counts."""
        for change in changes:
            self._seq = number = self._seq + 1
            if isinstance(change, Put):
                rows = self._puts[change.form.name]
                rows.append((number, *change.row))
                if len(rows) >= _BUFFER:
                    self._stage(sql.add_staged(change.form), rows)
            elif isinstance(change, Forget):
                self._note_gone(change.table, change.columns).append((number, *change.values))
            else:
                self._cleared[change.table] = number

    def known_hash(self, code: str) -> str:
        """Find the hash of a person's password in the dictionaries; empty if there is none."""
        row = self._conn.execute("SELECT password FROM main.mol WHERE code = ?", (code,)).fetchone()
        return str(row[0]) if row else ""

    def _note_gone(self, table: str, columns: tuple[str, ...]) -> list[Row]:
        kind = (table, columns)
        if kind not in self._gone:
            self._gone[kind] = []
            self._conn.execute(sql.make_gone(table, columns))
        if len(self._gone[kind]) >= _BUFFER:
            self._stage(sql.add_gone(table, columns), self._gone[kind])
        return self._gone[kind]

    def _stage(self, statement: str, rows: list[Row]) -> None:
        self._conn.executemany(statement, rows)
        rows.clear()

    def write(self, written: Written) -> None:
        """Carry everything staged into the dictionaries."""
        self._settle()
        batches = [*self._upserts(), *self._deletes()]
        self._conn.execute("COMMIT")
        total, done = sum(size for _, size in batches), 0
        for statement, size in batches:
            for start in range(0, size, BATCH):
                with transaction(self._conn):
                    self._conn.execute(statement, (start, start + BATCH))
                written(done + min(start + BATCH, size), total)
            done += size
        self._record(self._seq)

    def _settle(self) -> None:
        for form in self._used():
            self._stage(sql.add_staged(form), self._puts[form.name])
        for (table, columns), rows in self._gone.items():
            self._stage(sql.add_gone(table, columns), rows)
            self._conn.execute(sql.index_gone(table, columns))
        for form in self._used():
            self._conn.execute(sql.drop_cleared(form), (self._cleared.get(form.table, 0),))
            for table, columns in self._gone:
                if table == form.table and set(columns) <= {*form.columns, KI}:
                    self._conn.execute(sql.drop_deleted(form, columns))

    def _used(self) -> Iterator[Form]:
        return (form for form in FORMS if form.name in self._puts)

    def _upserts(self) -> Iterator[tuple[str, int]]:
        for form in self._used():
            self._conn.execute(sql.sort_staged(form))
            yield sql.write_batch(form), self._size(f"sorted_{form.name}")

    def _deletes(self) -> Iterator[tuple[str, int]]:
        for table, keys in TABLES.items():
            gone = [columns for name, columns in self._gone if name == table]
            if gone or table in self._cleared:
                self._doom(table, keys, gone)
                yield sql.delete_batch(table, keys), self._size(f"doomed_{table}")

    def _doom(self, table: str, keys: tuple[str, ...], gone: list[tuple[str, ...]]) -> None:
        self._conn.execute(sql.make_doomed(table, keys))
        if table in self._cleared:
            self._conn.execute(sql.doom_all(table, keys))
        for columns in gone:
            self._conn.execute(sql.doom_deleted(table, keys, columns))
        for form in self._used():
            if form.table == table and not form.only_known:
                self._conn.execute(sql.pardon(form))

    def _size(self, table: str) -> int:
        return int(self._conn.execute(sql.size(table)).fetchone()[0])

    def _record(self, records: int) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with transaction(self._conn):
            self._conn.execute("INSERT INTO imported (finished, records) VALUES (?, ?)", (now, records))


def _ki_of(listed: object) -> str | None:
    return ki_of(listed) if isinstance(listed, str) else None
