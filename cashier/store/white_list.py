"""The till's white list (spec M11): rows as trade systems wrote them, compared by identification code.

`excisemarkwhite.excisemarkid` may hold a bare КИ, or a full code with or without its GS and with any check part; other
programs insert straight into the table. All of them begin with the КИ, so they are found by the table's own key.
"""

from typing import Final

_MOST: Final = 200
"""Rows looked at. The КИ and codes with GS come first in the order of the key; a text that so many others begin with
is too short to be the КИ of a code without GS."""

LISTED: Final = f"""SELECT DISTINCT excisemarkid FROM excisemarkwhite
    WHERE excisemarkid >= ?1 AND excisemarkid < ?1 || char(1114111) ORDER BY excisemarkid LIMIT {_MOST}"""
"""What is listed and begins with a text."""


def is_of(ki: str, listed: object) -> bool:
    """Tell whether what is listed is a code of this identification code; blobs are none.

    Where GS is lost a code alone may be read in two ways; that a scan has this КИ decides between them.
    """
    from cashier.core.marks import GS, Code, ki_of, read  # noqa: PLC0415 - 8 ms that a start must not pay

    if not isinstance(listed, str) or not listed.startswith(ki):
        return False
    if ki in (listed, ki_of(listed)):
        return True
    code = read(f"{ki}{GS}{listed.removeprefix(ki)}".encode(errors="replace"))
    return GS not in listed and isinstance(code, Code) and code.layout != "" and code.ki == ki


def gtin_forms(gtin: str) -> tuple[str, ...]:
    """Return how goods of a GTIN may be written: as it is, then as EAN-13, UPC-12 and EAN-8 where zeros lead.

    >>> gtin_forms("00000046198488")
    ('00000046198488', '0000046198488', '000046198488', '46198488')
    """
    if not (gtin.isascii() and gtin.isdigit()):
        return (gtin,)
    shorter = (gtin[-size:] for size in (13, 12, 8) if size < len(gtin) and not gtin[:-size].strip("0"))
    return (gtin, *shorter)
