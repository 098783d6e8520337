"""People of the till as an administrator writes them down, on the till or in a command."""

import sqlite3
from typing import Final

from cashier.core.catalogue import Person
from cashier.store.connect import transaction

ROLES: Final = {1: "кассир", 2: "старший кассир", 3: "администратор"}

ROLE_OF_CODE: Final = (
    "coalesce((SELECT max(rolecode) FROM roleuser WHERE usercode = code AND rolecode BETWEEN 1 AND 3), 1)"
)
"""Role of a row of `mol`: the highest of the till's own; whoever has none of them is a cashier."""

_KNOWN: Final = f"SELECT {ROLE_OF_CODE} FROM mol WHERE code = ?"
_PERSON: Final = """INSERT INTO mol (code, login, name, password, locked) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, locked = excluded.locked,
    password = CASE excluded.password WHEN '' THEN mol.password ELSE excluded.password END"""


def save_person(conn: sqlite3.Connection, person: Person, password_hash: str = "", *, locked: bool = False) -> bool:
    """Write a person down in one transaction: a new one, or what is new of a known one.

    Job title and roles are written only with a new role, so that those of the trade system stay.

    Args:
        conn: the dictionaries, opened to write.
        person: with a key of `ROLES` for its role.
        password_hash: from `cashier.store.passwords.hash_password`; empty leaves the one there is.
        locked: cannot sign in, may only confirm for others.

    Returns:
        False if nobody has this code and there is no password for him: nothing was written.
    """
    with transaction(conn):
        known = conn.execute(_KNOWN, (person.code,)).fetchone()
        if known is None and not password_hash:
            return False
        conn.execute(_PERSON, (person.code, person.code, person.name, password_hash, int(locked)))
        if known != (person.role,):
            _give_role(conn, person)
    return True


def add_person(conn: sqlite3.Connection, code: str, name: str, role: int, password_hash: str) -> None:
    """Write down a person who may sign in, or change the name, role and password of a known one."""
    save_person(conn, Person(code, name, role), password_hash)


def _give_role(conn: sqlite3.Connection, person: Person) -> None:
    conn.execute("UPDATE mol SET rank = ? WHERE code = ?", (ROLES[person.role], person.code))
    conn.execute("DELETE FROM roleuser WHERE usercode = ? AND rolecode BETWEEN 1 AND 3", (person.code,))
    conn.execute("INSERT INTO roleuser (usercode, rolecode) VALUES (?, ?)", (person.code, person.role))
