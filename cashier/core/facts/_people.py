"""Facts about people: who works on the till, who allowed what."""

from typing import Literal

from cashier.core.catalogue import Person
from cashier.core.facts._base import Fact


class SignedIn(Fact, frozen=True):
    """A cashier has taken the till."""

    person: Person


class SignedOut(Fact, frozen=True):
    """The till was left or locked; a receipt in work stays."""

    person: Person
    idle: bool = False
    """Nobody left it: it locked itself."""
    at: str = ""


class SignInRefused(Fact, frozen=True):
    """Code and password did not fit."""

    code: str
    """Empty when nobody has this code: it may be a password typed too early."""


class Approved(Fact, frozen=True):
    """Another user has allowed what the cashier has no right to; what was allowed follows."""

    right: str
    by: Person
    cashier: Person
    at: str


class AgeConfirmed(Fact, frozen=True):
    """A person answers for the age of the buyer of a receipt; the date of birth itself is not kept."""

    receipt: str
    age: int
    """In years: at the least, or exactly where the date of birth was typed; then it may be too little, too."""
    at: str
    by: Person
    entered: bool = False
    """The date of birth was typed and compared."""


class ClockConfirmed(Fact, frozen=True):
    """A person answers for date and time of the till, which were more than a day off its last document."""

    at: str
    by: Person


class PersonChanged(Fact, frozen=True):
    """An administrator has changed who may work on the till."""

    person: Person
    change: Literal["added", "password", "locked", "unlocked", "role"]
    by: Person
    at: str
