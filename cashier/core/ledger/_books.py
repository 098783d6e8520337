"""What the ledger holds: where the till stands, and what is still owed, asked or open."""

from msgspec import Struct

from cashier.core import facts as f
from cashier.core.catalogue import Person
from cashier.core.clock import is_astray
from cashier.core.money import ZERO, Kopecks
from cashier.core.receipt import Receipt, Taken
from cashier.core.shifts import Document, Shift, Totals

FORM = 6
"""Number of this form of the fold. A ledger kept by a program of another form is folded anew from the journal."""

MOST_PAPERS = 50
"""Papers that are remembered at the most: whoever sells on for hours without a printer has decided to."""

MOST_RECEIPTS = 500
"""Papers of receipts that nobody has registered yet and that are remembered at the most."""

MOST_ORDERS = 200
"""Orders that are remembered as sold at the most."""


class Paper(Struct, frozen=True):
    """The paper of a document, as long as it is not known to be out."""

    document: Document
    fiscal: int = 0
    """Number of its fiscal document; 0 while it is not known to be registered."""
    before: int | None = None
    """Number of the last fiscal document before it was to be registered; None while the device was not asked to."""


class Failures(Struct, frozen=True):
    """Wrong passwords since somebody's last sign-in."""

    code: str
    count: int


class Locked(Struct, frozen=True):
    """Who left the till, and when; shown until the next sign-in."""

    person: Person
    at: str
    idle: bool = False


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
    postponed: tuple[Receipt, ...] = ()
    """Receipts put aside, in order."""
    charge: f.ChargeBegun | None = None
    """What a payment terminal was asked to do, while its outcome is not known."""
    ordering: f.OrderAsked | None = None
    """An order that was asked for, while nobody knows what becomes of it."""
    ordered: tuple[Taken, ...] = ()
    """Orders that were sold in this shift: to ask for one again could only free it for another till."""
    closing: f.ClosingBegun | None = None
    """The closing of the shift, while its outcome is not known."""
    words: tuple[f.ChargeEnded, ...] = ()
    """What persons have said in the place of a silent terminal in this shift; its late answer is held against it."""
    disputed: tuple[f.ChargeDisputed, ...] = ()
    """Late answers that say otherwise; shown until the shift is closed."""
    uncounted: Totals = Totals()
    """What happened between two shifts; the next one counts it."""
    drawer: Kopecks = ZERO
    """Cash in the drawer; a Z report leaves it there."""
    failures: tuple[Failures, ...] = ()
    locked: Locked | None = None
    dated: str = ""
    """When the last document was made; an opened shift counts as one, a closed one if the clock had not leapt."""
    astray: str = ""
    """When the last document before a leap of the clock was made; empty once the clock is answered for."""
    form: int = FORM

    def doubted(self, at: str) -> str:
        """Return when the last document was made that the clock is more than a day off; empty where it is not.

        A leap is remembered until somebody answers for the clock or closes the shift in which documents followed it:
        otherwise goods that may be sold to anybody would make it good. A Z right after a leap is no such document:
        a clock that leapt forward has to have one first.
        """
        return self.astray or (self.dated if is_astray(self.dated, at) else "")

    @property
    def owed(self) -> tuple[Paper, ...]:
        """Papers that are owed to buyers and that nobody prints now."""
        under_way = {begun.receipt for begun in self.prints if not begun.copy}
        return tuple(paper for paper in self.papers if paper.document.identifier not in under_way)

    def paper(self, document: str) -> Paper | None:
        """Find the paper of a document among those not known to be out."""
        return next((paper for paper in self.papers if paper.document.identifier == document), None)

    def aside(self, settled: tuple[str, ...]) -> Receipt | None:
        """Find the first receipt put aside, leaving out those that were settled."""
        return next((receipt for receipt in self.postponed if receipt.identifier not in settled), None)

    def failed(self, code: str) -> int:
        """Count the wrong passwords since somebody's last sign-in."""
        return next((own.count for own in self.failures if own.code == code), 0)

    @property
    def next_receipt(self) -> int:
        """Number of the receipt to be begun in the open shift."""
        return (self.shift.receipts if self.shift else 0) + 1
