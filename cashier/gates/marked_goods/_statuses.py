"""Statuses of marks at the cash server: what may be sold or returned, and what the cashier reads where it may not."""

from typing import Final

from cashier.core.receipt import DocumentType
from cashier.core.say import Say, say

RESERVED: Final = "RESERVED"
"""Answer to a reserve that was made."""

_LISTS: Final = {
    "NOT_IN_WHITELIST": say("mark_status_not_white"),
    "WHITELIST_NO_BARCODE": say("mark_status_white_no_barcode"),
    "WHITELIST_MISMATCH": say("mark_status_white_mismatch"),
    "UNKNOWN": say("mark_status_unknown"),
}
_SALE: Final = {
    "NOT_REGISTERED": None,
    "SOLD": say("mark_status_sold"),
    "RETURNED": None,
    "RESERVED_SALE": say("mark_status_reserved"),
    "UNRESERVED_SALE": None,
    "RESERVED_RETURN": say("mark_status_reserved"),
    "UNRESERVED_RETURN": say("mark_status_sold"),
    **_LISTS,
}
"""The table of the seed: in a sale."""
_RETURN: Final = {
    "NOT_REGISTERED": None,
    "SOLD": None,
    "RETURNED": say("mark_status_returned"),
    "RESERVED_SALE": say("mark_status_reserved"),
    "UNRESERVED_SALE": say("mark_status_not_sold"),
    "RESERVED_RETURN": say("mark_status_reserved"),
    "UNRESERVED_RETURN": None,
    **_LISTS,
}
"""The table of spec M12r: in returns of both kinds."""

STATUSES: Final = tuple(_SALE)
"""The eleven statuses."""


def obstacle(kind: DocumentType, status: str) -> Say | None:
    """Return why a mark of this status may not go into a receipt of this kind; None if it may (spec M12, M12r)."""
    return _table(kind).get(status, _LISTS["UNKNOWN"])


def unreserved(kind: DocumentType, status: str) -> Say:
    """Return why a mark could not be reserved; a status that should be none is as good as an unknown one (M13)."""
    return _table(kind).get(status) or _LISTS["UNKNOWN"]


def is_denial(kind: DocumentType, status: str) -> bool:
    """Tell whether an answer to a reserve says for certain that the mark is not held: an obstacle of the table."""
    return status != "UNKNOWN" and _table(kind).get(status) is not None


def _table(kind: DocumentType) -> dict[str, Say | None]:
    return _SALE if kind is DocumentType.SALE else _RETURN
