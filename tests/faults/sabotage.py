"""Red controls: what a rehearsal must catch, done to a data folder by hand."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from cashier.folder import DataFolder
from devices import SimulatedFiscal


def _changed(data: Path, *statements: str) -> None:
    with closing(sqlite3.connect(DataFolder(data).documents, isolation_level=None)) as conn:
        triggers = conn.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for statement in (*(f"DROP TRIGGER {name}" for (name,) in triggers), *statements):
            conn.execute(statement)


def forget_last(data: Path) -> None:
    """Lose the last row of the journal."""
    _changed(data, "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)")


def forget_receipt(data: Path) -> None:
    """Lose the last receipt whole."""
    opened = "SELECT max(seq) FROM journal WHERE json_extract(body, '$.type') = 'ReceiptOpened'"
    _changed(data, f"DELETE FROM journal WHERE seq >= ({opened})")  # noqa: S608 - our own words


def flip_journal(data: Path) -> None:
    """Change an entry of the second half: the first that has what is changed."""
    _changed(
        data,
        """UPDATE journal SET body = replace(body, '1', '2') WHERE seq = (SELECT min(seq) FROM journal
            WHERE seq >= (SELECT max(seq) / 2 FROM journal) AND instr(body, '1'))""",
    )


def flip_table(data: Path) -> None:
    """Change a price that the journal does not know of."""
    _changed(data, "UPDATE goodsitem SET price = price + 1 WHERE goodsitemid = 1")


def unbalance(data: Path) -> None:
    """Lose a kopeck of the money."""
    _changed(data, "UPDATE moneyitem SET sume = sume - 0.01 WHERE moneyitemid = 1")


def lose_message(data: Path) -> None:
    """Take a message out of the middle of the outbox."""
    _changed(data, "DELETE FROM outbox WHERE seq = 1")


def double_number(data: Path) -> None:
    """Use the number of a receipt again."""
    _changed(data, "UPDATE document SET checknum = 1")


def register_twice(data: Path) -> None:
    """Tell the fiscal device of its last document a second time."""
    fiscal = SimulatedFiscal(data / "fiscal")
    last = fiscal.documents()[-1]
    fiscal._registered.add(replace(last, number=last.number + 1))


def lose_paper(data: Path) -> None:
    """Lose a printed receipt."""
    next((data / "receipts").glob("*.txt")).unlink()


def lose_line(data: Path) -> None:
    """Lose a line that was shown."""
    _changed(data, "DELETE FROM goodsitem WHERE goodsitemid = 1")
