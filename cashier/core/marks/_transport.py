"""Undoing what a scanner and its cable do to a code (domain/marking.md 6.1), before anything is known of the code."""

import re

from msgspec import Struct

from cashier.core.marks._code import GS, Damage
from cashier.core.marks._keyboard import is_russian, meant

MOST_BYTES = 512
"""No mark is longer."""

_MOST_GS = 8
"""More than any mark has."""

LETTERS = "A-Za-z0-9!\"%&'()*+,./:;<=>?_\\-"
"""The 82 characters that a mark may hold, as a class of a regular expression."""

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_SEAM = re.compile(r"\][A-Za-z][0-9A-Za-z]|[\r\n\t]")
_LEGAL = re.compile(f"[{LETTERS}\x1d]*")
_OWN_LEGAL = re.compile(f"[{LETTERS}]+")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1c\x1e\x1f\x7f-\xa0]")
_SPELLINGS = re.compile(r"\^\]|\{GS\}|\\u001[dD]|\\x(?:00)?1[dD]|[è|␝ ]")
_LEGAL_SPELLINGS = re.compile(r"<GS>\x1d?|<FNC1>")


class Scan(Struct, frozen=True):
    """A scan freed of its transport.

    Attributes:
        text: legal characters and GS, none at the ends.
        aim: the AIM identifier that was there, else empty.
        changed: the keyboard layout or a spelling of GS was undone.
        others: the text if spellings of GS made of legal characters are GS: all of them first, then all but one of
            them, each in turn; empty where there are none.
    """

    text: str
    aim: str = ""
    changed: bool = False
    others: tuple[str, ...] = ()


def received(data: bytes, gs: bytes = b"") -> Scan | Damage:
    """Undo transport: terminators, Russian layout, AIM identifier, spellings of GS, GS at the ends.

    Args:
        data: what the scanner sent.
        gs: how this scanner spells GS; empty for any known spelling.
    """
    if len(data) > MOST_BYTES:
        return Damage.TOO_LONG
    raw = _decoded(data).strip("\r\n\t ")
    text = meant(raw) if is_russian(raw) else raw
    if text is None:
        return Damage.ALPHABET
    aim = _AIM.match(text)
    body = text[3:] if aim else text
    scan = _respelled(body, _layout_free(_decoded(gs)), aim.group() if aim else "", reversed_=text != raw)
    return _fault(scan) or scan


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _layout_free(gs: str) -> str:
    return (meant(gs) or gs) if is_russian(gs) else gs


def _respelled(body: str, gs: str, aim: str, *, reversed_: bool) -> Scan:
    """Put GS where it is spelled: for certain by characters that no mark holds, else as another reading."""
    legal = None
    if not gs:
        text, legal = _SPELLINGS.sub(GS, body), _LEGAL_SPELLINGS
    elif _OWN_LEGAL.fullmatch(gs):
        text, legal = body, re.compile(re.escape(gs))
    else:
        text = body.replace(gs, GS)
    others = _others(text, list(legal.finditer(text))) if legal else ()
    return Scan(_bare(text), aim, reversed_ or text != body, others)


def _others(text: str, spellings: list[re.Match[str]]) -> tuple[str, ...]:
    """Return the text with GS for each spelling, and for each but one: a serial may hold it, too."""
    if not spellings:
        return ()
    kept = [None, *spellings] if 1 < len(spellings) <= _MOST_GS else [None]
    return tuple(_bare(_with_gs(text, [own for own in spellings if own is not one])) for one in kept)


def _with_gs(text: str, spellings: list[re.Match[str]]) -> str:
    for own in reversed(spellings):
        text = text[: own.start()] + GS + text[own.end() :]
    return text


def _bare(text: str) -> str:
    return text.removeprefix(GS).removesuffix(GS)


def _fault(scan: Scan) -> Damage | None:
    """Return what speaks against reading the scan at all."""
    text = scan.text
    if not text:
        return Damage.EMPTY
    if _LEGAL.fullmatch(text):
        return None
    if _NO_TEXT.search(text):
        return Damage.BYTES
    return Damage.GLUED if _SEAM.search(text) else Damage.ALPHABET
