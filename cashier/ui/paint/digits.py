"""Big digits in three rows, for the sum that the eye looks for: of half blocks, or of lines where the font has none."""

from collections.abc import Mapping
from functools import lru_cache

_PIXELS = {
    "0": ".##. #..# #..# #..# #..# .##.",
    "1": "..#. .##. ..#. ..#. ..#. .###",
    "2": "###. ...# ..## .#.. #... ####",
    "3": "###. ...# .##. ...# ...# ###.",
    "4": "#..# #..# #..# #### ...# ...#",
    "5": "#### #... ###. ...# ...# ###.",
    "6": ".##. #... ###. #..# #..# .##.",
    "7": "#### ...# ..#. ..#. .#.. .#..",
    "8": ".##. #..# .##. #..# #..# .##.",
    "9": ".##. #..# #..# .### ...# .##.",
    ",": ".. .. .. .. .# #.",
    ".": ". . . . . #",
    "-": "... ... ... ### ... ...",
    " ": ". . . . . .",
}
_HALVES = {"..": " ", "#.": "▀", ".#": "▄", "##": "█"}

_LINES: Mapping[str, tuple[str, str, str]] = {
    "0": ("┌─┐", "│ │", "└─┘"),
    "1": ("─┐ ", " │ ", "─┴─"),
    "2": ("──┐", "┌─┘", "└──"),
    "3": ("──┐", " ─┤", "──┘"),
    "4": ("│ │", "└─┤", "  │"),
    "5": ("┌──", "└─┐", "──┘"),
    "6": ("┌──", "├─┐", "└─┘"),
    "7": ("──┐", "  │", "  │"),
    "8": ("┌─┐", "├─┤", "└─┘"),
    "9": ("┌─┐", "└─┤", "──┘"),
    ",": (" ", " ", ","),
    ".": (" ", " ", "."),
    "-": ("  ", "──", "  "),
    " ": (" ", " ", " "),
}
"""In characters that the fonts of the Linux console have: square corners, no half blocks."""

ROWS = 3


def _blocks(pixels: str) -> tuple[str, str, str]:
    lines = pixels.split()
    pairs = [zip(lines[row], lines[row + 1], strict=True) for row in range(0, 2 * ROWS, 2)]
    top, middle, bottom = ("".join(_HALVES[upper + lower] for upper, lower in pair) for pair in pairs)
    return top, middle, bottom


_BLOCKS = {character: _blocks(pixels) for character, pixels in _PIXELS.items()}


@lru_cache(64)
def big(text: str, *, blocks: bool) -> tuple[str, str, str]:
    """Write a sum in three rows of equal width; a character that has no big form is left out."""
    table = _BLOCKS if blocks else _LINES
    glyphs = [table[character] for character in text if character in table]
    top, middle, bottom = (" ".join(glyph[row] for glyph in glyphs) for row in range(ROWS))
    return top, middle, bottom
