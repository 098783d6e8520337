"""How the till opens its databases: durable, checked, and with a refusal in plain words when it cannot be.

A database is in WAL mode with `synchronous=FULL`: of 800 power cuts that lost no acknowledged commit, NORMAL lost 443
(domain/reliability.md). No memory mapping: its cold p99 is worse (domain/performance.md).
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

from cashier.core.money import Kopecks, from_roubles, to_roubles

BUSY_TIMEOUT: Final = 10.0
"""Seconds a writer waits for another writer of the same file."""

_FULL: Final = 2

Trouble = Literal["full", "readonly", "busy", "corrupt", "io", "cantopen", "not_a_database", "other"]
"""What is the matter with a database, in one word; the till has a text of its own for each, in every language."""

_TROUBLES: Final[dict[int, Trouble]] = {
    sqlite3.SQLITE_NOTADB: "not_a_database",
    sqlite3.SQLITE_CORRUPT: "corrupt",
    sqlite3.SQLITE_CANTOPEN: "cantopen",
    sqlite3.SQLITE_READONLY: "readonly",
    sqlite3.SQLITE_PERM: "readonly",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "io",
}
_ADVICE: Final[dict[Trouble, str]] = {
    "not_a_database": "Файл не является базой данных. Уберите его в сторону и верните из копии",
    "corrupt": "База данных повреждена. Уберите файл в сторону и верните его из копии",
    "cantopen": "Проверьте, что папка данных есть и доступна для записи",
    "readonly": "Дайте программе право записи в папку данных",
    "busy": "База данных занята другой программой. Подождите и повторите",
    "full": "На диске нет места. Освободите место и повторите",
    "io": "Ошибка чтения или записи диска. Проверьте диск",
    "other": "Сообщите администратору текст этой ошибки",
}


class StoreError(Exception):
    """A database that cannot be used; both texts are for the command line and the log, in Russian."""

    def __init__(self, message: str, advice: str, trouble: Trouble = "other") -> None:
        super().__init__(f"{message}. {advice}")
        self.message = message
        """What is wrong, with the name of the file."""
        self.advice = advice
        """What to do about it."""
        self.trouble: Trouble = trouble
        """The same in one word."""


def refusal(path: Path, what: str, advice: str, trouble: Trouble = "other") -> StoreError:
    """Word a refusal so that it begins with the file it is about."""
    return StoreError(f"{path}: {what}", advice, trouble)


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Turn an error of SQLite on this file into a `StoreError`."""
    try:
        yield
    except sqlite3.Error as error:
        primary = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        trouble = _TROUBLES.get(primary, "other")
        raise refusal(path, str(error), _ADVICE[trouble], trouble) from error
    except UnicodeDecodeError as error:
        # SQLite quotes a damaged name in its error, and Python cannot read it.
        raise refusal(path, "база данных повреждена", _ADVICE["corrupt"], "corrupt") from error


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open a database to read and write, making it and its folder where missing.

    There are no implicit transactions: the caller says BEGIN and COMMIT. The connection may be used from any thread, by
    one thread at a time.

    Raises:
        StoreError: no database, a damaged one, or one that would not be durable.
    """
    with plain_words(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise refusal(path.parent, str(error.strerror), _ADVICE["cantopen"], "cantopen") from error
        conn = sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False)
        return _prepared(conn, path, _make_durable)


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open an existing database to read; what others commit is seen by the next statement.

    Raises:
        StoreError: no such file, no database or a damaged one.
    """
    with plain_words(path):
        conn = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro",
            uri=True,
            timeout=BUSY_TIMEOUT,
            isolation_level=None,
            check_same_thread=False,
        )
        return _prepared(conn, path, _forbid_writing)


@contextmanager
def transaction(conn: sqlite3.Connection) -> Iterator[None]:
    """Run the block in one write transaction: committed at its end, rolled back on any exception."""
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise


def roubles_in(amount: Kopecks) -> str:
    """Write an amount for a DECIMAL column; the column's numeric affinity keeps it as 45.5 or 45."""
    return to_roubles(amount)


def kopecks_out(column: float | str | None) -> Kopecks:
    """Read an amount from a DECIMAL column; NULL is nothing."""
    return from_roubles(column or 0)


def _prepared(
    conn: sqlite3.Connection, path: Path, prepare: Callable[[sqlite3.Connection, Path], None]
) -> sqlite3.Connection:
    try:
        conn.execute("PRAGMA mmap_size=0")
        prepare(conn, path)
        conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        conn.close()
        raise
    return conn


def _make_durable(conn: sqlite3.Connection, path: Path) -> None:
    if _effective(conn, "journal_mode") != "wal":
        conn.execute("PRAGMA journal_mode=WAL").fetchone()
    conn.execute("PRAGMA synchronous=FULL")
    conn.execute("PRAGMA foreign_keys=ON")
    durable = _effective(conn, "journal_mode") == "wal" and _effective(conn, "synchronous") == _FULL
    if not durable:
        raise refusal(
            path,
            "база данных не может работать в надёжном режиме (WAL, FULL)",
            "Перенесите папку данных на обычный локальный диск",
        )


def _forbid_writing(conn: sqlite3.Connection, _path: Path) -> None:
    conn.execute("PRAGMA query_only=ON")


def _effective(conn: sqlite3.Connection, pragma: str) -> object:
    return conn.execute(f"PRAGMA {pragma}").fetchone()[0]
