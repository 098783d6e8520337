"""Named migrations: a database is brought to the form this program knows, or left as it was.

A set is plain data, so that a start with nothing to do costs one SELECT; `sqlite_utils`, which applies and records the
steps, costs 120 ms to import and is loaded only when a step is waiting.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from cashier.store.connect import refusal, transaction

_APPLIED = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"
_HAS_RECORDS = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '_sqlite_migrations'"


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the form of a database; never edited once released, only followed by another."""

    name: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MigrationSet:
    """All steps of one database, in order."""

    name: str
    steps: tuple[Step, ...]


def bring_up_to_date(conn: sqlite3.Connection, migrations: MigrationSet) -> tuple[str, ...]:
    """Apply the steps not yet applied, all of them in one transaction.

    Two programs may do it at the same time: the second waits and finds nothing to do.

    Returns:
        Names of the steps applied now.

    Raises:
        StoreError: a newer program has changed the database.
        sqlite3.Error: a step failed; the database is as it was.
    """
    if not pending(conn, migrations):
        return ()
    with transaction(conn):
        waiting = pending(conn, migrations)
        _apply(conn, migrations.name, waiting)
    return tuple(step.name for step in waiting)


def pending(conn: sqlite3.Connection, migrations: MigrationSet) -> tuple[Step, ...]:
    """Name the steps not yet applied to this database.

    Raises:
        StoreError: a newer program has changed the database.
    """
    applied = _applied(conn, migrations.name)
    unknown = sorted(applied - {step.name for step in migrations.steps})
    if unknown:
        raise refusal(
            _file_of(conn),
            f"база данных изменена более новой программой ({', '.join(unknown)})",
            "Обновите программу кассы",
        )
    return tuple(step for step in migrations.steps if step.name not in applied)


def _applied(conn: sqlite3.Connection, set_name: str) -> set[str]:
    if conn.execute(_HAS_RECORDS).fetchone() is None:
        return set()
    return {name for (name,) in conn.execute(_APPLIED, (set_name,))}


def _apply(conn: sqlite3.Connection, set_name: str, steps: tuple[Step, ...]) -> None:
    from sqlite_utils import Database  # noqa: PLC0415 - 120 ms that a normal start must not pay
    from sqlite_utils.migrations import Migrations  # noqa: PLC0415 - the same

    recorder = Migrations(set_name)

    def register(step: Step) -> None:
        @recorder(name=step.name)
        def _run(db: Database) -> None:
            for statement in step.statements:
                db.conn.execute(statement)

    for step in steps:
        register(step)
    recorder.apply(Database(conn, recursive_triggers=False))


def _file_of(conn: sqlite3.Connection) -> Path:
    return Path(conn.execute("PRAGMA database_list").fetchone()[2])
