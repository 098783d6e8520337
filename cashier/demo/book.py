"""The file of the stand-in cash server: one connection, one transaction at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import RLock
from typing import Any, Final

from cashier.store.connect import open_for_writing, transaction

TABLES: Final = (
    """CREATE TABLE IF NOT EXISTS marks (
        ki TEXT PRIMARY KEY, state TEXT NOT NULL, receipt TEXT NOT NULL, till TEXT NOT NULL, since TEXT NOT NULL,
        before TEXT NOT NULL) STRICT""",
    """CREATE TABLE IF NOT EXISTS reserves (
        key TEXT PRIMARY KEY, ki TEXT NOT NULL, receipt TEXT NOT NULL, answer TEXT NOT NULL,
        released INTEGER NOT NULL) STRICT""",
    "CREATE INDEX IF NOT EXISTS reserves_of_mark ON reserves (ki, receipt)",
    "CREATE TABLE IF NOT EXISTS whitelist (ki TEXT, barcode TEXT, PRIMARY KEY (ki, barcode)) STRICT",
    """CREATE TABLE IF NOT EXISTS messages (
        n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL, till TEXT NOT NULL,
        type TEXT NOT NULL, time TEXT NOT NULL, body TEXT NOT NULL, result TEXT NOT NULL, effect TEXT NOT NULL)
        STRICT""",
)


class Book:
    """A database that outlives the program, or without a path one that does not."""

    def __init__(self, path: Path | None = None) -> None:
        self._own = None if path else TemporaryDirectory(prefix="cash-server-")
        self._conn = open_for_writing(path or Path(self._own.name if self._own else "", "cash-server.db"))
        self._alone = RLock()
        with self.transaction():
            for statement in TABLES:
                self.run(statement)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block as one write transaction, alone among all threads and tills."""
        with self._alone, transaction(self._conn):
            yield

    def run(self, statement: str, *values: str | int) -> list[tuple[Any, ...]]:
        """Run one statement inside a transaction; return its rows."""
        return self._conn.execute(statement, values).fetchall()

    @property
    def changes(self) -> int:
        """Count rows changed since it was opened: another figure, another picture."""
        return self._conn.total_changes

    def close(self) -> None:
        """Let the file go."""
        with self._alone:
            self._conn.close()
        if self._own:
            self._own.cleanup()
