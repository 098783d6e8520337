"""The journal: rows chained by their hashes, so that a change of a past one is seen by whoever follows the chain."""

import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

START = bytes(32)
"""What stands before the first row's hash."""


class Entry(NamedTuple):
    """One row of the journal."""

    seq: int
    at: str
    body: str
    hash: bytes


class BrokenChainError(Exception):
    """A row that is missing, or is not what it was when it was written; the text says which."""

    def __init__(self, expected: int, found: int) -> None:
        missing = f"нет записи {expected}, за ней идёт {found}"
        super().__init__(missing if found != expected else f"запись {found} изменена после того, как была сделана")


def link(before: bytes, seq: int, at: str, body: str) -> bytes:
    """Hash of a row: over the hash of the row before it and all that the row says."""
    return sha256(b"%b\n%d\n%b\n%b" % (before, seq, at.encode(), body.encode())).digest()


def entries(conn: sqlite3.Connection, first: int = 1) -> Iterator[Entry]:
    """Read the journal from a row on."""
    for row in conn.execute("SELECT seq, at, body, hash FROM journal WHERE seq >= ? ORDER BY seq", (first,)):
        yield Entry(*row)


def chained(conn: sqlite3.Connection, first: int = 1) -> Iterator[Entry]:
    """Read the journal from a row on, and see that each row follows from the one before it.

    Raises:
        BrokenChainError: one does not.
    """
    before = conn.execute("SELECT hash FROM journal WHERE seq = ?", (first - 1,)).fetchone()
    if before is None and first > 1:
        raise BrokenChainError(first - 1, first)
    head = before[0] if before else START
    for expected, entry in enumerate(entries(conn, first), first):
        # A damaged file may hold anything in the place of a text.
        if entry.seq != expected or not all(isinstance(text, str) for text in (entry.at, entry.body)):
            raise BrokenChainError(expected, entry.seq)
        head = link(head, entry.seq, entry.at, entry.body)
        if head != entry.hash:
            raise BrokenChainError(expected, entry.seq)
        yield entry
