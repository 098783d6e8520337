"""People of the till as the administrator writes them down."""

import sqlite3
from typing import Final

from cashier.store.connect import transaction

ROLES: Final = {1: "кассир", 2: "старший кассир", 3: "администратор"}

_PERSON: Final = """INSERT INTO mol (code, login, name, password, rank) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (code) DO UPDATE
    SET name = excluded.name, password = excluded.password, rank = excluded.rank, locked = 0"""


def add_person(conn: sqlite3.Connection, code: str, name: str, role: int, password_hash: str) -> None:
    """Write a person down, or change the name, role and password of a known one.

    Args:
        conn: the dictionaries, opened to write.
        code: what the person types to sign in.
        name: as receipts print it.
        role: a key of `ROLES`.
        password_hash: from `cashier.store.passwords.hash_password`.
    """
    with transaction(conn):
        conn.execute(_PERSON, (code, code, name, password_hash, ROLES[role]))
        conn.execute("DELETE FROM roleuser WHERE usercode = ?", (code,))
        conn.execute("INSERT INTO roleuser (usercode, rolecode) VALUES (?, ?)", (code, role))
