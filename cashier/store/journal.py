"""The journal: rows chained by their hashes, so that no change of a past one goes unseen."""

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


def link(before: bytes, seq: int, at: str, body: str) -> bytes:
    """Hash of a row: over the hash of the row before it and all that the row says."""
    return sha256(b"%b\n%d\n%b\n%b" % (before, seq, at.encode(), body.encode())).digest()


def entries(conn: sqlite3.Connection) -> Iterator[Entry]:
    """Read the journal from its beginning."""
    for row in conn.execute("SELECT seq, at, body, hash FROM journal ORDER BY seq"):
        yield Entry(*row)
