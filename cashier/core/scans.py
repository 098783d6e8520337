"""What a frame of a scanner can be when it is not a mark: a barcode of printable characters."""

import re

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_BARCODE = re.compile(r"[!-~]{1,48}")
_GUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_PLAIN = re.compile(rb"(?:\][A-Za-z][0-9A-Za-z])?[0-9]{1,14}[\r\n\t ]*")


def barcode_of(data: bytes) -> str | None:
    r"""Read a frame as a barcode, without its AIM identifier (domain/marking.md 6.1); None if it is none.

    >>> barcode_of(b"]E04600682000013"), barcode_of(b"46\x1b[2J")
    ('4600682000013', None)
    """
    text = data.decode("ascii", "replace").strip("\r\n\t ")
    text = text[3:] if _AIM.match(text) else text
    return text if _BARCODE.fullmatch(text) else None


def is_plain(data: bytes) -> bool:
    """Tell whether a frame can be nothing but a plain barcode: the digits of an EAN or ITF code.

    >>> is_plain(b"]E04600682000013"), is_plain(b"00000046198488X?io+qCABm8wAYa")
    (True, False)
    """
    return _PLAIN.fullmatch(data) is not None


def is_receipt_code(text: str) -> bool:
    """Tell whether a code has the form of a receipt's GUID, as it is printed on paper."""
    return _GUID.fullmatch(text) is not None
