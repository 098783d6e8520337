"""The entry line: what digits and letters grow into."""

from cashier.core.keys import Action, Meaning, Typed

LIMIT = 48
"""No code, sum or quantity is longer; more is a hand lying on the keyboard."""


def edited(entry: str, meaning: Meaning, *, numeric: bool = False, words: bool = False) -> str | None:
    """Return the entry after a key, or None if the key does not edit it.

    A comma is a point everywhere but in words; a point counts once in a number.
    """
    match meaning:
        case Typed(character) if len(entry) < LIMIT:
            character = "." if character == "," and not words else character
            if numeric and not (character.isascii() and character.isdigit()) and (character != "." or "." in entry):
                return None
            return entry + character
        case Action.ERASE:
            return entry[:-1]
        case _:
            return None
