r"""Says what is in a scan, for whoever sets a scanner up. Judges nothing: what a till makes of it is the till's matter.

>>> report = describe(b"]d2010460049469420121AB^]91EE10\r")
>>> report.aim, report.gs, report.suffix
(Aim(prefix=']d2', meaning='GS1 DataMatrix'), ('^]',), '␍')
"""

import re
from dataclasses import dataclass

AIM = {
    "]d2": "GS1 DataMatrix",
    "]d1": "DataMatrix ECC 200, not GS1",
    "]d0": "DataMatrix, old",
    "]C1": "GS1-128",
    "]C0": "Code 128",
    "]E0": "EAN-13, UPC",
    "]E4": "EAN-8",
    "]Q3": "GS1 QR",
    "]Q1": "QR",
    "]e0": "GS1 DataBar",
    "]L0": "PDF417",
    "]L1": "PDF417",
    "]L2": "PDF417",
    "]I1": "Interleaved 2 of 5",
}
"""AIM symbology identifiers (domain/marking.md 6.1)."""

GS_FORMS = re.compile(r"\x1d|\^\]|\{GS\}|<GS>|<FNC1>|\\u001d|\\x001d|\\x1d|[èÈ]|\udce8|\|", re.IGNORECASE)
"""Every spelling of GS that is known from real scanners and can be nothing else."""

CYRILLIC = re.compile("[а-яё№]", re.IGNORECASE)
LEADING, TRAILING = re.compile(r"[\x00-\x1f]*"), re.compile(r"[\x00-\x1c\x1e\x1f]*\Z")


@dataclass(frozen=True, slots=True)
class Aim:
    """An AIM identifier and the symbology it names."""

    prefix: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Report:
    """What is in a scan. Texts are printable: control characters as their pictures (␝), bytes of no text in hex.

    `gs` holds the spellings of GS in the order they first appear, `0x1D` for the byte itself. `cyrillic` means that the
    keyboard layout was Russian. `prefix` and `suffix` are control characters left over at the ends: what is to be set
    in the scanner's section.
    """

    length: int
    hex: str
    text: str
    aim: Aim | None
    gs: tuple[str, ...]
    cyrillic: bool
    prefix: str
    suffix: str


def describe(data: bytes) -> Report:
    """Describe the payload of a scan, or raw bytes; total over all bytes."""
    text = data.decode(errors="surrogateescape")
    prefix, suffix = _found(LEADING, text), _found(TRAILING, text)
    body = text[len(prefix) :]
    return Report(
        length=len(data),
        hex=data.hex(" "),
        text=visible(text),
        aim=Aim(body[:3], AIM[body[:3]]) if body[:3] in AIM else None,
        gs=tuple(dict.fromkeys(_spelling(form) for form in GS_FORMS.findall(text))),
        cyrillic=bool(CYRILLIC.search(text)),
        prefix=visible(prefix),
        suffix=visible(suffix),
    )


def visible(text: str) -> str:
    """Return text in which every character can be seen."""
    return "".join(_picture(char) for char in text)


def _picture(char: str) -> str:
    code = ord(char)
    if code < ord(" "):
        return chr(0x2400 + code)
    if code in range(0xDC80, 0xDD00):
        return f"\\x{code - 0xDC00:02X}"
    if code == 0x7F:  # noqa: PLR2004 - DEL
        return "␡"
    return char if char.isprintable() else f"\\u{code:04X}"


def _spelling(form: str) -> str:
    return {"\x1d": "0x1D", "\udce8": "0xE8"}.get(form, form)


def _found(pattern: "re.Pattern[str]", text: str) -> str:
    match = pattern.search(text)
    return match[0] if match else ""
