"""A GS1 mark that is none of the table, read by its identifiers: sound only where every GS is in its place."""

import re

from cashier.core.marks._code import GS, Code, Damage
from cashier.core.marks._layouts import GTIN, SERIAL_AT, SERIALS

GENERIC = "gs1"

_VALUES = {
    "21": re.compile(".{1,20}"),
    "10": re.compile(".{1,20}"),
    "240": re.compile(".{1,30}"),
    "91": re.compile(".{4}"),
    "92": re.compile("(?=.{1,90}$)(?:[A-Za-z0-9+/]{4})*[A-Za-z0-9+/]{2}(?:[A-Za-z0-9+/]{2}|[A-Za-z0-9+/]=|==)"),
    "93": re.compile(".{4}"),
    "11": re.compile("[0-9]{6}"),
    "17": re.compile("[0-9]{6}"),
    "310": re.compile("[0-9]{7}"),
    "335": re.compile("[0-9]{7}"),
    "7003": re.compile("[0-9]{10}"),
    "8005": re.compile("[0-9]{6}"),
}
"""What may follow an identifier; 310 and 335 with their fourth digit. 92 is base64: a stray character breaks it."""

_PREDEFINED = {"11": 6, "17": 6, "310": 7, "335": 7}
"""Lengths after which the next identifier may follow without GS."""

_FIXED = {"91": 4, "93": 4, "7003": 10, "8005": 6}
_FIELD = re.compile(
    "9[13].{4}|92.|10.|240.|1[17][0-9]{6}|310[0-9]{7}|335[0-9]{7}|7003[0-9]{10}|8005[0-9]{6}",
)
_CHECK_BEHIND_SERIAL = re.compile(".{5,}9[13].{4}")
_CHECK_WITHIN = re.compile(".9[13].{4}")
_LOTS = ("10", "240")


def hides_a_field(serial: str) -> bool:
    """Tell whether a serial may have swallowed what follows it, because a GS was lost.

    >>> hides_a_field("5Qbag!93Zjqw"), hides_a_field("561BtxPs9VbAP")
    (True, False)
    """
    return _CHECK_BEHIND_SERIAL.fullmatch(serial) is not None or any(_FIELD.match(serial, at) for at in SERIALS)


def hides_a_check_part(field: str) -> bool:
    """Tell whether a field of no fixed length, a lot or a number of the maker, may have swallowed a check part."""
    return field.startswith(_LOTS) and _CHECK_WITHIN.search(field, 2) is not None


def generic(text: str) -> Code | Damage:
    """Read a text that begins like a GS1 mark and has GS, by its identifiers."""
    fields: dict[str, str] = {}
    for piece in text[16:].split(GS):
        damage = _add(fields, piece)
        if damage:
            return damage
    serial = fields["21"]
    if hides_a_field(serial) or any(hides_a_check_part(name + fields.get(name, "")) for name in _LOTS):
        return Damage.NO_GS
    return Code(text, ki=text[: SERIAL_AT + len(serial)], gtin=text[GTIN], layout=GENERIC)


def _add(fields: dict[str, str], piece: str) -> Damage | None:
    """Add the fields between two GS; a damage where they are not sound."""
    while piece:
        name = next((known for known in _VALUES if piece.startswith(known)), "")
        value = piece[len(name) :][: _PREDEFINED.get(name)]
        if not name or name in fields:
            return Damage.STRUCTURE
        if not _VALUES[name].fullmatch(value):
            return Damage.NO_GS if _too_long(name, value) else Damage.STRUCTURE
        fields[name] = value
        piece = piece[len(name) + len(value) :]
    return None


def _too_long(name: str, value: str) -> bool:
    """Tell whether a value goes on where GS or the next identifier was due."""
    return name == "21" or _FIELD.match(value, _FIXED.get(name, len(value))) is not None
