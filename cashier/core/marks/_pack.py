"""A tobacco pack: GTIN, serial, МРЦ and check part in fixed places, no identifiers, no GS (domain/marking.md 1.2)."""

from cashier.core.marks import mrc
from cashier.core.marks._code import GS, Code
from cashier.core.marks._layouts import is_gs1
from cashier.core.marks._numbers import is_number

PACK = "tobacco_pack"
FULL = 29
"""Length with the check part."""

_WITH_MRC = 25
_KI = 21
_MOST_SPARE = 6
"""Prefixes and suffixes of scanners are shorter."""

_GTIN = slice(14)
_MRC = slice(_KI, _WITH_MRC)
_PLAIN_MATRIX = "]d1"
_GS1_AIMS = frozenset(("]d2", "]Q3", "]C1", "]e0"))
_MRC_DIGITS = frozenset(mrc.ALPHABET)


def pack_of(text: str) -> Code | None:
    """Read a text as a pack: whole, without its check part, or the identification code alone."""
    if len(text) not in (FULL, _WITH_MRC, _KI) or text.isdigit() or not is_number(text[_GTIN]):
        return None
    if GS in text or not _MRC_DIGITS.issuperset(text[_MRC]):
        return None
    return Code(text, ki=text[:_KI], gtin=text[_GTIN], layout=PACK)


def pack_under(text: str, aim: str) -> Code | None:
    """Read a text as a pack unless its AIM identifier says that it is GS1."""
    return None if is_gs1(text) and aim in _GS1_AIMS else pack_of(text)


def is_certain(pack: Code, aim: str) -> bool:
    """Tell whether a pack cannot be a GS1 code that lost its GS: some packs begin like one."""
    return aim == _PLAIN_MATRIX or not is_gs1(pack.code)


def holds_pack(text: str) -> bool:
    """Tell whether the text is a whole pack with some characters too many before or behind it."""
    spare = len(text) - FULL
    return 0 < spare <= _MOST_SPARE and any(pack_of(text[at : at + FULL]) for at in range(spare + 1))
