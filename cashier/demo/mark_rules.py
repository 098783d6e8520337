"""When the cash server lets a mark be sold or returned (seed, table of statuses; spec M12, M12r)."""

from collections.abc import Collection
from typing import Final, Literal

from msgspec import Struct

from cashier.demo.cash_protocol import DocumentType, Status

Kind = Literal["SALE", "RETURN"]
"""Both ways to return are one to the server."""

KINDS: Final[dict[DocumentType, Kind]] = {"sale": "SALE", "return": "RETURN", "returnByReceipt": "RETURN"}
FREE: Final[dict[Kind, frozenset[Status]]] = {
    "SALE": frozenset({"NOT_REGISTERED", "RETURNED", "UNRESERVED_SALE"}),
    "RETURN": frozenset({"NOT_REGISTERED", "SOLD", "UNRESERVED_RETURN"}),
}
"""From which states a mark may be reserved, and sold or returned."""

HELD: Final[dict[Kind, Status]] = {"SALE": "RESERVED_SALE", "RETURN": "RESERVED_RETURN"}
RELEASED: Final[dict[Kind, Status]] = {"SALE": "UNRESERVED_SALE", "RETURN": "UNRESERVED_RETURN"}
SETTLED: Final[dict[Kind, Status]] = {"SALE": "SOLD", "RETURN": "RETURNED"}

REASONS: Final[dict[Status, str]] = {
    "SOLD": "Марка уже продана другим чеком",
    "RETURNED": "Марка уже возвращена другим чеком",
    "RESERVED_SALE": "Марка зарезервирована другим чеком продажи",
    "RESERVED_RETURN": "Марка зарезервирована другим чеком возврата",
}
"""Why a sale or return that has happened is not taken over; the other states have one reason in common."""
REASON: Final = "Состояние марки этого не допускает"


class Mark(Struct, frozen=True):
    """One mark as the server knows it."""

    ki: str
    state: Status = "NOT_REGISTERED"
    receipt: str = ""
    """Which brought it into this state."""
    till: str = ""
    since: str = ""
    """ISO 8601, UTC."""
    before: Status = "NOT_REGISTERED"
    """State before it was reserved."""

    def seen_by(self, receipt: str, kind: Kind) -> Status:
        """Return its state for a receipt: to the one that holds it, it is what it was before."""
        own = self.state == HELD[kind] and self.receipt == receipt
        return self.before if own else self.state


def listed(barcode: str, barcodes: Collection[str]) -> Status | None:
    """Check a mark against the barcodes that the white list has for it; leading zeros of a GTIN do not count.

    Returns:
        The obstacle, if there is one.
    """
    if not barcodes:
        return "NOT_IN_WHITELIST"
    if not barcode:
        return "WHITELIST_NO_BARCODE"
    known = {each.lstrip("0") for each in barcodes}
    return None if barcode.lstrip("0") in known else "WHITELIST_MISMATCH"


def reason(state: Status) -> str:
    """Say why a mark in this state can be neither sold nor returned."""
    return REASONS.get(state, REASON)
