"""What the till says to a person: a key of the text catalogue and what stands in the text's places.

The core never holds a sentence: the screen and the paper look it up in the catalogue of their language.
"""

from collections.abc import Sequence
from typing import Union

from msgspec import Struct

from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths


class Sum(Struct, frozen=True):
    """An amount of money in a text; the language decides how it is written."""

    kopecks: Kopecks


class Count(Struct, frozen=True):
    """A quantity in a text."""

    thousandths: Thousandths


class Moment(Struct, frozen=True):
    """A time in a text: local, ISO 8601 to the second."""

    at: str


class Day(Struct, frozen=True):
    """A date in a text: ISO 8601."""

    on: str


Place = Union[str, int, Sum, Count, Moment, Day, "Say"]
"""A text may stand in the place of another one."""


class Say(Struct, frozen=True):
    """One text: its key in the catalogue and the values of its named places."""

    key: str
    places: tuple[tuple[str, Place], ...] = ()


def say(key: str, /, **places: Place) -> Say:
    """Make a text by its key; a text of another system goes into a place, never into a key."""
    return Say(key, tuple(places.items()))


def joined(values: Sequence[Place]) -> Place:
    """Make a list of values, of which there is at least one."""
    first, *others = values
    for own in others:
        first = say("joined", left=first, right=own)
    return first
