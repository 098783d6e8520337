"""The file of a stand-in server: one connection, one transaction at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import RLock
from typing import Any

from cashier.store.connect import open_for_writing, transaction


class Book:
    """A database that outlives the program, or without a path one that does not."""

    def __init__(self, tables: tuple[str, ...], path: Path | None = None) -> None:
        """Open it and run the statements that make its tables where they are missing."""
        self._own = None if path else TemporaryDirectory(prefix="stand-in-")
        self._conn = open_for_writing(path or Path(self._own.name if self._own else "", "stand-in.db"))
        if self._own:
            self._conn.execute("PRAGMA synchronous=OFF")  # a power cut may take what is forgotten anyway
        self._alone = RLock()
        with self.transaction():
            for statement in tables:
                self.run(statement)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block as one write transaction, alone among all threads and tills."""
        with self._alone, transaction(self._conn):
            yield

    def run(self, statement: str, *values: str | int | None) -> list[tuple[Any, ...]]:
        """Run one statement inside a transaction; return its rows."""
        return self._conn.execute(statement, values).fetchall()

    def empty(self, *tables: str) -> None:
        """Forget all rows of these tables."""
        with self.transaction():
            for table in tables:
                self.run(f"DELETE FROM {table}")  # noqa: S608 - own names

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
