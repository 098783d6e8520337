"""States in which an administrator changes who works on the till."""

from typing import Literal

from msgspec import Struct

from cashier.core.catalogue import Person
from cashier.core.events import Worker


class ListingPeople(Struct, frozen=True):
    """Who works on the till; the administrator takes one, or the first row for a new one."""

    people: tuple[Worker, ...] = ()
    chosen: int = 0


PERSON_ROWS = ("person_password", "person_lock", "person_role")
"""What can be changed of a person: keys of the text catalogue."""


class ChangingPerson(Struct, frozen=True):
    """A person was taken from the list: what to change."""

    worker: Worker
    chosen: int = 0


class TypingPerson(Struct, frozen=True):
    """Something of a person is typed, one thing after the other."""

    person: Person
    """Code is empty while it is the code that is typed, and so on."""
    field: Literal["code", "name", "role", "password", "again"]
    entry: str = ""
    password: str = ""
    new: bool = False

    def __repr__(self) -> str:
        return f"TypingPerson(code={self.person.code!r}, field={self.field!r})"


class SavingPerson(Struct, frozen=True):
    """A change of a person is being written down."""

    person: Person
    change: Literal["added", "password", "locked", "unlocked", "role"]
