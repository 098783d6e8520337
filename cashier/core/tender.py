"""Money that is taken for a receipt, or given back with one."""

from enum import StrEnum

from msgspec import Struct

from cashier.core.money import Kopecks


class TenderKind(StrEnum):
    """How it is paid; `valcode` in documents.db is 1 for cash and 4 for a card."""

    CASH = "cash"
    CARD = "card"


class CardSlip(Struct, frozen=True):
    """What a payment terminal tells of an operation that was made."""

    operation: str = ""
    """Its number; the operation is reversed by it."""
    authorisation: str = ""
    card: str = ""
    """Number of the card with all but its end hidden."""
    text: tuple[str, ...] = ()
    """Lines of the slip, to be printed as they are."""


class Tender(Struct, frozen=True):
    """Money taken for the receipt."""

    kind: TenderKind
    amount: Kopecks
    token: str = ""
    """Of the charge that brought it; empty for cash."""
    slip: CardSlip | None = None
