"""The ledger: where the till stands, as a fold of its facts. Live work and replay after a crash share this one path."""

from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.catalogue import Person
from cashier.core.receipt import Receipt, Tender


class Shift(Struct, frozen=True):
    """The open shift."""

    number: int
    opened: str
    """Local time of the shop, ISO 8601 to the second."""
    receipts: int = 0
    """Receipts begun in it; the next one gets the next number."""


MOST_PAPERS = 50
"""Papers that are remembered at the most: whoever sells on for hours without a printer has decided to."""


class Paper(Struct, frozen=True):
    """The paper of a closed receipt, as long as it is not known to be out."""

    receipt: Receipt
    fiscal: int = 0
    """Number of its fiscal document; 0 while it is not known to be registered."""


class Ledger(Struct, frozen=True):
    """All that must be the same after a power cut."""

    cashier: Person | None = None
    shift: Shift | None = None
    shifts: int = 0
    """Shifts ever opened on this till."""
    receipt: Receipt | None = None
    parting: bool = False
    """The buyer of the last receipt may still stand there: its total and change are worth showing."""
    last: Receipt | None = None
    """The receipt closed last, for its copy."""
    intents: tuple[f.IntentMade, ...] = ()
    """Intents without an outcome."""
    leaving: tuple[int, ...] = ()
    """Positions of storno'd lines of the open receipt that gates have not let go yet."""
    prints: tuple[f.PrintBegun, ...] = ()
    """Printings without an outcome."""
    papers: tuple[Paper, ...] = ()
    """Papers that are being printed or did not come out."""

    @property
    def owed(self) -> tuple[Paper, ...]:
        """Papers that are owed to buyers and that nobody prints now."""
        under_way = {begun.receipt for begun in self.prints if not begun.copy}
        return tuple(paper for paper in self.papers if paper.receipt.identifier not in under_way)

    def paper(self, receipt: str) -> Paper | None:
        """Find the paper of a receipt among those not known to be out."""
        return next((paper for paper in self.papers if paper.receipt.identifier == receipt), None)

    @property
    def next_receipt(self) -> int:
        """Number of the receipt to be begun in the open shift."""
        return (self.shift.receipts if self.shift else 0) + 1


def fold(ledger: Ledger, facts: tuple[f.AnyFact, ...]) -> Ledger:
    """Apply facts one after the other."""
    for fact in facts:
        ledger = apply(ledger, fact)
    return ledger


def apply(ledger: Ledger, fact: f.AnyFact) -> Ledger:
    """Return the ledger after one more fact.

    Raises:
        ValueError: the fact speaks of a receipt that is not open: the journal is not ours.
    """
    match fact:
        case f.SignedIn():
            return replace(ledger, cashier=fact.person)
        case f.SignedOut():
            return replace(ledger, cashier=None, parting=ledger.parting and fact.idle)
        case f.ShiftOpened():
            return replace(ledger, shift=Shift(fact.number, fact.at), shifts=fact.number)
        case f.IntentMade():
            return replace(ledger, intents=(*ledger.intents, fact))
        case f.IntentSettled():
            return replace(ledger, intents=tuple(i for i in ledger.intents if i.token != fact.token))
        case f.PrintBegun():
            return replace(ledger, prints=(*ledger.prints, fact))
        case f.PrintEnded():
            return _print_ended(ledger, fact)
        case f.PaperSeen():
            return _without_paper(ledger, fact.receipt)
        case f.SignInRefused() | f.MessageQueued():
            return ledger
        case f.ReceiptOpened():
            return _opened(ledger, fact)
        case _:
            return _in_receipt(ledger, _current(ledger, fact.receipt), fact)


_OfReceipt = (
    f.LineAdded
    | f.QuantityChanged
    | f.LineStornoed
    | f.LineLeft
    | f.ReceiptCancelled
    | f.PaymentBegun
    | f.PaymentLeft
    | f.TenderTaken
    | f.TendersReturned
    | f.ReceiptClosed
)


def _print_ended(ledger: Ledger, fact: f.PrintEnded) -> Ledger:
    begun = next((p for p in ledger.prints if p.token == fact.token), None)
    ledger = replace(ledger, prints=tuple(p for p in ledger.prints if p.token != fact.token))
    if begun is None or begun.copy:
        return ledger
    if fact.outcome == "printed":
        return _without_paper(ledger, begun.receipt)
    known = (p if p.receipt.identifier != begun.receipt else replace(p, fiscal=fact.fiscal) for p in ledger.papers)
    return replace(ledger, papers=tuple(known))


def _without_paper(ledger: Ledger, receipt: str) -> Ledger:
    return replace(ledger, papers=tuple(p for p in ledger.papers if p.receipt.identifier != receipt))


def _opened(ledger: Ledger, fact: f.ReceiptOpened) -> Ledger:
    shift = ledger.shift or Shift(fact.shift, fact.at)
    receipt = Receipt(fact.identifier, fact.number, fact.shift, fact.cashier, fact.at)
    return replace(ledger, shift=replace(shift, receipts=fact.number), receipt=receipt, parting=False)


def _current(ledger: Ledger, identifier: str) -> Receipt:
    if ledger.receipt is None or ledger.receipt.identifier != identifier:
        raise ValueError(identifier)
    return ledger.receipt


def _in_receipt(ledger: Ledger, receipt: Receipt, fact: _OfReceipt) -> Ledger:
    match fact:
        case f.LineAdded():
            receipt = receipt.with_line(fact.line)
        case f.QuantityChanged():
            line = receipt.lines[fact.position - 1]
            receipt = receipt.with_line(replace(line, quantity=fact.quantity, held=fact.held))
        case f.LineStornoed():
            receipt = receipt.with_line(replace(receipt.lines[fact.position - 1], storno=True))
            leaving = (*ledger.leaving, fact.position) if fact.leaving else ledger.leaving
            return replace(ledger, receipt=receipt, leaving=leaving)
        case f.LineLeft():
            return replace(ledger, leaving=tuple(p for p in ledger.leaving if p != fact.position))
        case f.PaymentBegun():
            receipt = replace(receipt, in_payment=True)
        case f.PaymentLeft():
            receipt = replace(receipt, in_payment=False)
        case f.TenderTaken():
            receipt = replace(receipt, tenders=(*receipt.tenders, Tender(fact.kind, fact.amount)))
        case f.TendersReturned():
            receipt = replace(receipt, tenders=())
        case f.ReceiptClosed():
            papers = (*ledger.papers, Paper(receipt))[-MOST_PAPERS:]
            return replace(ledger, receipt=None, last=receipt, parting=True, leaving=(), papers=papers)
        case f.ReceiptCancelled():
            return replace(ledger, receipt=None, leaving=())
        case _:
            assert_never(fact)
    return replace(ledger, receipt=receipt)
