"""documents.db as other programs open it: read by names of columns, changed against its rules and behind its back."""

import sqlite3
from pathlib import Path

import pytest

from cashier.core.facts import ReceiptOpened, ShiftOpened
from cashier.store.connect import open_for_reading, transaction
from cashier.store.documents import Documents
from tests.core.goods import IVANOVA

AT, NOON = "2026-11-21T12:00:00.000+03:00", "2026-11-21T12:00:00"
TABLES = ("journal", "workshift", "document", "goodsitem", "moneyitem")
Row = dict[str, object]


def opened(path: Path) -> Documents:
    """Open a file with a shift and a receipt `r`."""
    documents = Documents(path)
    documents.commit(AT, (ShiftOpened(1, NOON, IVANOVA), ReceiptOpened("r", 1, 1, NOON, IVANOVA)))
    return documents


def rows(path: Path, table: str) -> list[Row]:
    """Read a table as a stranger would, by the names of its columns."""
    conn = open_for_reading(path)
    conn.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in conn.execute(f"SELECT * FROM {table} ORDER BY 1")]  # noqa: S608 - names of ours
    finally:
        conn.close()


def tamper(path: Path, statement: str, *parameters: object) -> int:
    """Change the file behind the program's back, rules and all; return the number of rows changed."""
    conn = sqlite3.connect(path, isolation_level=None)
    try:
        triggers = conn.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        with transaction(conn):
            for name, _ in triggers:
                conn.execute(f"DROP TRIGGER {name}")
            changed = conn.execute(statement, parameters).rowcount
            for _, sql in triggers:
                conn.execute(sql)
        return changed
    finally:
        conn.close()


def update(table: str, change: str) -> str:
    """Word an UPDATE of a test."""
    return f"UPDATE {table} SET {change}"  # noqa: S608 - words of the tests


def refused(path: Path, statement: str, words: str, rule: str = "") -> None:
    """Check that a statement is refused in these words and changes nothing, and passes where the rule is dropped.

    Without the name of a rule all of them are dropped.
    """
    before = [rows(path, table) for table in TABLES]
    conn = sqlite3.connect(path, isolation_level=None)
    try:
        with pytest.raises(sqlite3.IntegrityError, match=words):
            conn.execute(statement)
        conn.execute("BEGIN")
        triggers = conn.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            conn.execute(f"DROP TRIGGER {name}") if rule in {name, ""} else None
        conn.execute(statement)
        conn.execute("ROLLBACK")
    finally:
        conn.close()
    assert [rows(path, table) for table in TABLES] == before
