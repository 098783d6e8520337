"""What a till may ask of a fiscal device.

A till settles an unknown outcome by intent: before it asks for a document it keeps the number of the last one; after
a death it annuls what stands open, and looks for its own reference among the documents after that number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol

Kind = Literal["receipt", "refund", "shift_open", "shift_close"]


@dataclass(frozen=True, slots=True)
class FiscalLine:
    """A line of the fiscal document; `total` in kopecks, `vat` in hundredths of a percent, None without VAT.

    `mark` is the full marking code, GS included (tag 2000 of the fiscal data format 1.2), empty without one.
    """

    name: str
    quantity: Decimal
    total: int
    vat: int | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class FiscalPayment:
    """A payment of a receipt, or what a refund gives back; `amount` in kopecks, of cash with the change still in it."""

    kind: Literal["cash", "card"]
    amount: int


@dataclass(frozen=True, slots=True)
class FiscalDocument:
    """A document that the device has registered under its own number.

    `reference` is our identifier: the receipt's, the token of a shift's closing, empty for a shift's opening. `total`
    in kopecks, of a refund what was given back, of a closing the shift's receipts less its refunds. `shift` is the
    device's own number of the shift.
    """

    number: int
    kind: Kind
    reference: str
    total: int
    shift: int


@dataclass(frozen=True, slots=True)
class FiscalState:
    """How a device stands: its last number (0: none), its open shift (0: closed).

    `pending`: a document was begun and never closed; it must be annulled before anything else.
    """

    last: int
    shift: int
    pending: bool


@dataclass(frozen=True, slots=True)
class FiscalOutcome:
    """What came of registering.

    registered: with the document. failed: certainly nothing was registered. unknown: ask `documents_after` the number
    from before. `detail` is for the log.
    """

    result: Literal["registered", "failed", "unknown"]
    document: FiscalDocument | None = None
    detail: str = ""


class FiscalPort(Protocol):
    """A fiscal device of any kind. Questions raise, documents never do: what became of them is an outcome."""

    async def state(self) -> FiscalState:
        """Return how the device stands.

        Raises:
            OSError: the device does not answer, so nothing is known.
        """
        ...

    async def documents_after(self, number: int) -> list[FiscalDocument]:
        """Return the documents registered after this number, oldest first.

        Raises:
            OSError: the device does not answer, so nothing is known.
        """
        ...

    async def annul(self) -> None:
        """Drop the document that stands open, if any: it is not registered and its number is free.

        Raises:
            OSError: the device does not answer; ask for its state.
        """
        ...

    async def open_shift(self) -> FiscalOutcome:
        """Register the opening of a shift; failed if one is open."""
        ...

    async def register(
        self,
        receipt: str,
        total: int,
        lines: Sequence[FiscalLine],
        payments: Sequence[FiscalPayment],
        kind: Literal["receipt", "refund"] = "receipt",
    ) -> FiscalOutcome:
        """Register a receipt (identifier, kopecks). Like the real ones it registers a repeat a second time.

        A refund gives back exactly its total. Failed without an open shift, while a document stands open, and for sums
        that do not agree.
        """
        ...

    async def close_shift(self, reference: str) -> FiscalOutcome:
        """Register the closing of the shift, a Z; failed if none is open."""
        ...
