"""Text on the glass: cleaned of what a terminal would obey, measured in cells, cut to the width there is.

The one wrapper for all text from outside. Nothing reads markup; what is invisible or steers the terminal is shown as a
dot, so that a name is as wide as it was measured.
"""

import unicodedata
from functools import lru_cache

from rich.cells import cell_len, set_cell_size

ELLIPSIS = "…"
SUBSTITUTE = "·"
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Mn", "Me"})
"""Controls, formats (bidi, zero width), surrogates, unassigned, line breaks, combining marks."""
_SELECTORS = dict.fromkeys(range(0xFE00, 0xFE10))


@lru_cache(1024)
def clean(text: str) -> str:
    """Return text that occupies the cells it seems to: composed, every unsafe character replaced by a dot."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text.translate(_SELECTORS))
    return "".join(_safe(character) for character in composed)


def _safe(character: str) -> str:
    if unicodedata.category(character) in _UNSAFE:
        return SUBSTITUTE
    return " " if character.isspace() else character


def width(text: str) -> int:
    """Return how many cells clean text takes."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, cells: int) -> str:
    """Cut clean text to a width, with an ellipsis where something is missing; shorter text stays as it is."""
    if width(text) <= cells:
        return text
    if cells <= 0:
        return ""
    return set_cell_size(text, cells - 1).rstrip() + ELLIPSIS


def left(text: str, cells: int) -> str:
    """Cut or pad to exactly that many cells, the text at the left."""
    text = cut(text, cells)
    return text + " " * (cells - width(text))


def wrap(text: str, cells: int, rows: int) -> list[str]:
    """Break clean text at spaces into at most that many rows; the last one is cut if need be."""
    lines: list[str] = []
    rest = text.strip()
    while rest and len(lines) < rows - 1 and width(rest) > cells:
        at = _break(rest, cells)
        lines.append(rest[:at].rstrip())
        rest = rest[at:].strip()
    return [*lines, cut(rest, cells)] if rest else lines


def _break(text: str, cells: int) -> int:
    """Return where a row ends: at the last space that fits, or inside a word that is too long."""
    at = min(cells, len(text) - 1)
    while at > 1 and width(text[:at]) > cells:
        at -= 1
    space = at if text[at] == " " else text.rfind(" ", 0, at)
    return space if space > 0 else at
