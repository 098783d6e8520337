"""Databases are durable, migrate whole or not at all, and refuse in plain words."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cashier.store.connect import StoreError, kopecks_out, open_for_reading, open_for_writing, roubles_in, transaction
from cashier.store.dictionaries import prepare_dictionaries
from cashier.store.migrations import MigrationSet, Step, bring_up_to_date

FIRST = Step("first", ("CREATE TABLE receipt (amount DECIMAL(15,2))",))
SECOND = Step("second", ("ALTER TABLE receipt ADD COLUMN number INTEGER", "INSERT INTO receipt (number) VALUES (1)"))
BROKEN = Step("broken", ("CREATE TABLE line (a)", "CREATE TABLE receipt (b)"))


def tables(conn: sqlite3.Connection) -> list[str]:
    """Name the tables."""
    return [name for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]


def make_twice(conn: sqlite3.Connection) -> None:
    """Fail in the middle of a transaction."""
    with transaction(conn):
        for _ in range(2):
            conn.execute("CREATE TABLE a (b)")


class TestConnections:
    def test_writer_is_durable(self, tmp_path: Path) -> None:
        """A new file, in a folder made for it, is in WAL mode with full synchronisation."""
        conn = open_for_writing(tmp_path / "new" / "x.db")
        modes = [
            conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
        conn.close()
        assert modes == ["wal", 2, 1]

    def test_unreliable_mode_is_refused(self) -> None:
        """Where WAL cannot be had the database is refused: memory knows none."""
        with pytest.raises(StoreError, match="WAL"):
            open_for_writing(Path(":memory:"))

    def test_reader_cannot_write(self, tmp_path: Path) -> None:
        """The reading side changes nothing."""
        open_for_writing(tmp_path / "x.db").close()
        conn = open_for_reading(tmp_path / "x.db")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            conn.execute("CREATE TABLE a (b)")
        conn.close()

    @pytest.mark.parametrize("opened", [open_for_writing, open_for_reading])
    def test_no_database_is_refused(self, tmp_path: Path, opened: Callable[[Path], object]) -> None:
        """A file of another kind is named, with what to do."""
        file = tmp_path / "x.db"
        file.write_text("не база" * 1000)
        with pytest.raises(StoreError) as refused:
            opened(file)
        assert str(file) in refused.value.message
        assert "копии" in refused.value.advice
        assert refused.value.trouble == "not_a_database"

    def test_folder_that_cannot_be_made_is_refused(self, tmp_path: Path) -> None:
        """A file in the place of the folder is told, not a traceback."""
        (tmp_path / "file").write_text("")
        with pytest.raises(StoreError, match="Проверьте"):
            open_for_writing(tmp_path / "file" / "x.db")

    def test_amounts_keep_their_kopecks(self, tmp_path: Path) -> None:
        """Columns hold roubles as numbers; kopecks come back exactly."""
        conn = open_for_writing(tmp_path / "x.db")
        bring_up_to_date(conn, MigrationSet("x", (FIRST,)))
        conn.executemany(
            "INSERT INTO receipt VALUES (?)", [(roubles_in(kopecks_out(text)),) for text in ("45.5", "45")]
        )
        read = conn.execute("SELECT amount, typeof(amount) FROM receipt").fetchall()
        conn.close()
        assert read == [(45.5, "real"), (45, "integer")]
        assert [kopecks_out(amount) for amount, _ in read] == [4550, 4500]

    def test_transaction_is_all_or_nothing(self, tmp_path: Path) -> None:
        """An exception inside takes everything back."""
        conn = open_for_writing(tmp_path / "x.db")
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            make_twice(conn)
        assert tables(conn) == []
        conn.close()


class TestMigrations:
    def test_steps_are_applied_once(self, tmp_path: Path) -> None:
        """The second time there is nothing to do; a new step is applied alone."""
        conn = open_for_writing(tmp_path / "x.db")
        assert bring_up_to_date(conn, MigrationSet("x", (FIRST,))) == ("first",)
        assert bring_up_to_date(conn, MigrationSet("x", (FIRST,))) == ()
        assert bring_up_to_date(conn, MigrationSet("x", (FIRST, SECOND))) == ("second",)
        assert conn.execute("SELECT number FROM receipt").fetchall() == [(1,)]
        conn.close()

    def test_failure_leaves_the_database_as_it_was(self, tmp_path: Path) -> None:
        """A step that fails takes the steps before it back too."""
        conn = open_for_writing(tmp_path / "x.db")
        bring_up_to_date(conn, MigrationSet("x", (FIRST,)))
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            bring_up_to_date(conn, MigrationSet("x", (FIRST, SECOND, BROKEN)))
        assert tables(conn) == ["_sqlite_migrations", "receipt"]
        assert conn.execute("SELECT name FROM _sqlite_migrations").fetchall() == [("first",)]
        assert not conn.in_transaction
        conn.close()

    def test_database_of_a_newer_program_is_refused(self, tmp_path: Path) -> None:
        """A step this program does not know is no business of its own."""
        conn = open_for_writing(tmp_path / "x.db")
        bring_up_to_date(conn, MigrationSet("x", (FIRST, SECOND)))
        with pytest.raises(StoreError, match="более новой программой"):
            bring_up_to_date(conn, MigrationSet("x", (FIRST,)))
        conn.close()

    def test_kill_in_the_middle_leaves_nothing(self, tmp_path: Path) -> None:
        """A program that dies between two statements of a step has changed nothing."""
        path = tmp_path / "x.db"
        program = f"""
import os, signal
from pathlib import Path
from cashier.store.connect import open_for_writing
from cashier.store.migrations import MigrationSet, Step, bring_up_to_date
conn = open_for_writing(Path({str(path)!r}))
conn.create_function("die", 0, lambda: os.kill(os.getpid(), signal.SIGKILL))
bring_up_to_date(conn, MigrationSet("x", (Step("a", ("CREATE TABLE a (b)", "SELECT die()")),)))
"""
        died = subprocess.run([sys.executable, "-c", program], check=False, cwd=Path(__file__).parents[2])
        assert died.returncode == -9
        conn = open_for_writing(path)
        assert tables(conn) == []
        conn.close()

    def test_start_with_nothing_to_do_loads_no_library(self, tmp_path: Path) -> None:
        """`sqlite_utils` costs 120 ms, so an up-to-date database does not import it."""
        path = tmp_path / "dictionaries.db"
        prepare_dictionaries(path).close()
        program = f"""
import sys
from pathlib import Path
from cashier.store.dictionaries import prepare_dictionaries
prepare_dictionaries(Path({str(path)!r})).close()
sys.exit(any(name in sys.modules for name in ("sqlite_utils", "argon2")))
"""
        subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])
