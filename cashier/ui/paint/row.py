"""Rows of the screen: spans of text, each with a role that the theme gives a style."""

from functools import lru_cache
from typing import NamedTuple

from cashier.ui.paint.text import cut, width


class Span(NamedTuple):
    """A piece of clean text and what it is."""

    text: str
    role: str = "base"


Row = tuple[Span, ...]

BROAD = 120
"""Wider screens have margins: a sum far from its name is read in the wrong row."""


@lru_cache(512)
def gap(cells: int, role: str = "base") -> Row:
    """Return so many blank cells."""
    return (Span(" " * cells, role),) if cells > 0 else ()


def breadth(row: Row) -> int:
    """Return how many cells a row takes."""
    return sum(width(span.text) for span in row)


def spread(cells: int, left: Row, right: Row = (), fill: str = "base") -> Row:
    """Fill a row exactly: the left part cut if there is no room for it, the right part whole."""
    room = cells - breadth(right)
    left = trimmed(left, room)
    return (*left, *gap(room - breadth(left), fill), *right)


def trimmed(row: Row, cells: int) -> Row:
    """Cut a row to at most that many cells; the span that does not fit ends in an ellipsis."""
    kept: list[Span] = []
    for span in row:
        text = cut(span.text, cells)
        kept.append(Span(text, span.role))
        cells -= width(text)
        if text != span.text:
            break
    return tuple(kept)


def centred(cells: int, row: Row, fill: str = "base") -> Row:
    """Put a row in the middle of so many cells."""
    room = cells - breadth(row)
    if room == 0:
        return row
    if room < 0:
        return trimmed(row, cells)
    return (*gap(room // 2, fill), *row, *gap(room - room // 2, fill))
