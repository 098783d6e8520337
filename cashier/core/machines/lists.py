"""How every list moves: arrows, pages, ends, and the digit of the row."""

from cashier.core.keys import Action

PAGE = 8
"""Rows that PgUp and PgDn skip."""


def moved(action: Action, chosen: int, count: int) -> int | None:
    """Return the row selected after an action, from 0; None if the action does not move."""
    last = max(count - 1, 0)
    rows = {
        Action.UP: chosen - 1,
        Action.DOWN: chosen + 1,
        Action.PAGE_UP: chosen - PAGE,
        Action.PAGE_DOWN: chosen + PAGE,
        Action.FIRST: 0,
        Action.LAST: last,
    }
    return None if action not in rows else min(max(rows[action], 0), last)


def row_of(character: str, count: int) -> int | None:
    """Return the row a digit stands for, from 0; None if there is no such row."""
    row = int(character) - 1 if character.isascii() and character.isdigit() else -1
    return row if 0 <= row < count else None
