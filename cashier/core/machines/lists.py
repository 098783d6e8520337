"""How every list moves: arrows, pages, ends, and the digit of the row."""

from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.keys import Action, Meaning, Typed
from cashier.core.say import Say
from cashier.core.state import Step, Till, deny, stay

PAGE = 8
"""Rows that PgUp and PgDn skip."""


def moved(meaning: Meaning, chosen: int, count: int) -> int | None:
    """Return the row selected after a key, from 0; None if the key does not move."""
    last = max(count - 1, 0)
    rows = {
        Action.UP: chosen - 1,
        Action.DOWN: chosen + 1,
        Action.PAGE_UP: chosen - PAGE,
        Action.PAGE_DOWN: chosen + PAGE,
        Action.FIRST: 0,
        Action.LAST: last,
    }
    to = rows.get(meaning) if isinstance(meaning, Action) else None
    return None if to is None else min(max(to, 0), last)


Listing = (
    m.Menu
    | m.Owing
    | m.Panel
    | m.Choosing
    | m.Searching
    | m.CheckingPrice
    | m.Browsing
    | m.Restoring
    | m.SettlingPostponed
    | m.Charging
    | m.Closing
    | m.ListingPeople
    | m.ChangingPerson
    | m.Seeking
    | m.ListingSales
    | m.GivingReason
)
"""Modes with a list of which one row stands selected."""


def selected(till: Till, mode: Listing, meaning: Meaning, count: int, refusal: Say | None = None) -> Step:
    """Move the selection of a list of so many rows; a key that does not move it is refused."""
    chosen = moved(meaning, mode.chosen, count)
    return deny(till, refusal) if chosen is None else stay(till).to(replace(mode, chosen=chosen))


def row_of(character: str, count: int) -> int | None:
    """Return the row a digit stands for, from 0; None if there is no such row."""
    row = int(character) - 1 if character.isascii() and character.isdigit() else -1
    return row if 0 <= row < count else None


def taken(meaning: Meaning, chosen: int, count: int) -> int | None:
    """Return the row a key takes, from 0: that of its digit, or for Enter the selected one; None if it takes none."""
    if isinstance(meaning, Typed):
        return row_of(meaning.character, count)
    return chosen if meaning is Action.ACCEPT and count and chosen >= 0 else None
