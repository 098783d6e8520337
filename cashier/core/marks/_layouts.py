"""The layouts of marks that are GS1 codes (domain/marking.md 1.2), each as a shape that a text has or has not."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise, product

from msgspec import Struct

from cashier.core.marks._code import GS

KI = "ki"
"""The layout of an identification code alone."""

GTIN = slice(2, 16)
"""Where a GS1 mark has its GTIN."""

SERIAL_AT = 18
"""Where its serial begins."""

SERIALS = (6, 7, 8, 13, 20)
"""Lengths of serials in the table."""

_ROWS = (
    ("milk", (6, 8), "93+4"),
    ("milk_weighed", (6, 8), "93+4 3103+6"),
    ("milk_old", (13,), "17+6 93+4"),
    ("milk_old", (13,), "7003+10 93+4"),
    ("milk_old", (13,), "17+6 93+4 3103+6"),
    ("milk_old", (13,), "7003+10 93+4 3103+6"),
    ("beer", (7,), "93+4"),
    ("beer_volume", (7, 13), "93+4 335+7"),
    ("water", (13,), "93+4"),
    ("clothes", (13,), "91+4 92+44"),
    ("shoes", (13,), "91+4 92+88"),
    ("shoes", (13,), "240+4 91+4 92+44"),
    ("shoes", (13,), "240+4 91+4 92+88"),
    ("camera", (20,), "91+4 92+44"),
    ("canned", (6,), "91+4 92+44"),
    ("tobacco_block", (7,), "8005+6 93+4"),
    ("tobacco_block", (7,), "8005+6 93+4 240+1..30"),
    ("tobacco_block", (7,), "8005+6 93+4 92+8 240+1..30"),
    ("tobacco_carton", (7,), "10+1..20"),
    (KI, SERIALS, ""),
)
"""Name, lengths of the serial, what follows it: identifier + length. 335 stands for 335Y with its Y counted in.

"water" is every group of SN13 + 93, "clothes" every group of SN13 + 91 + 92 of 44.
"""

_NUMERIC = ("17", "3103", "335", "7003", "8005")
_PREDEFINED = ("17", "3103", "335")
"""Identifiers whose length GS1 predefines: no GS follows."""

_GS1 = re.compile(r"01[0-9]{14}21")


class Shape(Struct, frozen=True):
    """One layout with all its lengths fixed.

    Attributes:
        layout: its name.
        ki: length of the identification code.
        length: of the text without GS.
        identifiers: where in the text without GS which identifier stands.
        numbers: slices of digits.
        gaps: where in the text without GS a GS belongs.
    """

    layout: str
    ki: int
    length: int
    identifiers: tuple[tuple[int, str], ...]
    numbers: tuple[slice, ...]
    gaps: tuple[int, ...]

    def fits(self, plain: str, gaps: tuple[int, ...]) -> bool:
        """Tell whether a text without GS can be of this shape, given where a GS survived."""
        return (
            all(plain.startswith(identifier, at) for at, identifier in self.identifiers)
            and all(gap in self.gaps for gap in gaps)
            and all(plain[number].isdigit() for number in self.numbers)
        )

    def canonical(self, plain: str) -> str:
        """Put GS into a text without it."""
        bounds = (0, *self.gaps, self.length)
        return GS.join(plain[start:end] for start, end in pairwise(bounds))


def is_gs1(text: str) -> bool:
    """Tell whether the text begins like the identification code of a GS1 mark."""
    return _GS1.match(text) is not None


def begins_again(text: str, after: int = 1) -> bool:
    """Tell whether such a code begins further on, at the character `after` or behind it."""
    return _GS1.search(text, after) is not None


def taken_apart(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the text without GS, and where in it the GS stood."""
    pieces = text.split(GS)
    gaps, at = [], 0
    for piece in pieces[:-1]:
        at += len(piece)
        gaps.append(at)
    return "".join(pieces), tuple(gaps)


def shapes_of(plain: str, gaps: tuple[int, ...]) -> list[Shape]:
    """Return every shape that a GS1 text can have had before it lost some GS, or all."""
    return [shape for shape in _BY_LENGTH.get(len(plain), ()) if shape.fits(plain, gaps)] if is_gs1(plain) else []


def _shapes(layout: str, serial: int, fields: str) -> Iterator[Shape]:
    """Spell a row out: one shape for each combination of lengths."""
    names, lengths = [], []
    for field in fields.split():
        name, _, length = field.partition("+")
        first, _, last = length.partition("..")
        names.append(name)
        lengths.append(range(int(first), int(last or first) + 1))
    for each in product(*lengths):
        yield _shape(layout, SERIAL_AT + serial, tuple(zip(names, each, strict=True)))


def _shape(layout: str, ki: int, fields: tuple[tuple[str, int], ...]) -> Shape:
    at, separated = ki, True
    identifiers, numbers, gaps = [], [], []
    for name, length in fields:
        identifiers.append((at, name))
        gaps += [at] if separated else []
        end = at + len(name) + length
        numbers += [slice(at + len(name), end)] if name in _NUMERIC else []
        at, separated = end, name not in _PREDEFINED
    return Shape(layout, ki, at, tuple(identifiers), tuple(numbers), tuple(gaps))


_BY_LENGTH: dict[int, list[Shape]] = defaultdict(list)
for _name, _serials, _fields in _ROWS:
    for _serial in _serials:
        for _each in _shapes(_name, _serial, _fields):
            _BY_LENGTH[_each.length].append(_each)
