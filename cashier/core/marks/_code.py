"""What a scan of a mark is read as: a code, or the damage it has."""

from enum import StrEnum, auto

from msgspec import Struct

GS = "\x1d"
"""The separator of GS1, FNC1 as scanners transmit it."""


class Code(Struct, frozen=True):
    """A code of a mark, canonical: GS exactly where its layout has it (domain/marking.md 1).

    Attributes:
        code: the full code, without AIM identifier, GS at the ends and terminator.
        ki: the identification code: what the till compares, byte for byte.
        gtin: 14 digits where the layout tells them, else empty.
        layout: name of the layout; "gs1" for a sound GS1 structure that is none of the table; empty for anything
            else that a mask of the shop may accept: then `ki` is the text up to the first GS.
        repaired: GS was put back or spelled otherwise, or the keyboard layout reversed.
    """

    code: str
    ki: str
    gtin: str = ""
    layout: str = ""
    repaired: bool = False


class Damage(StrEnum):
    """Why a scan cannot be read for certain."""

    EMPTY = auto()
    """Nothing but transport."""
    TOO_LONG = auto()
    """More than `MOST_BYTES`."""
    BYTES = auto()
    """Bytes that are no text."""
    ALPHABET = auto()
    """Characters that no mark may hold and that are no known spelling of GS."""
    NO_GS = auto()
    """GS was lost and its places are not certain: the scanner is not set to transmit it."""
    GLUED = auto()
    """Two scans in one."""
    STRUCTURE = auto()
    """Unknown or repeated identifier, GS twice, wrong lengths."""


class Damaged(Struct, frozen=True):
    """A scan that is refused."""

    damage: Damage
