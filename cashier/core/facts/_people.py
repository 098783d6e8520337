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


class PersonChanged(Fact, frozen=True):
    """An administrator has changed who may work on the till."""

    person: Person
    change: Literal["added", "password", "locked", "unlocked", "role"]
    by: Person
    at: str
