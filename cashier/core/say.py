"""What the till says to a person: a key of the text catalogue and what stands in the text's places.

The core never holds a sentence: the screen and the paper look it up in the catalogue of their language.
"""

from dataclasses import dataclass

from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount of money in a text; the language decides how it is written."""

    kopecks: Kopecks


@dataclass(frozen=True, slots=True)
class Count:
    """A quantity in a text."""

    thousandths: Thousandths


Place = str | int | Sum | Count


@dataclass(frozen=True, slots=True)
class Say:
    """One text: its key in the catalogue and the values of its named places."""

    key: str
    places: tuple[tuple[str, Place], ...] = ()


def say(key: str, /, **places: Place) -> Say:
    """Make a text by its key; a text of another system goes into a place, never into a key."""
    return Say(key, tuple(places.items()))
