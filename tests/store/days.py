"""A till's day made of facts alone: numbers, sums and reports come from the ledger, as the machines take them."""

from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.catalogue import Person, Product
from cashier.core.discounts import Discount, Share, spread
from cashier.core.ledger import Ledger
from cashier.core.money import Kopecks
from cashier.core.orders import returned
from cashier.core.quantity import ONE, Thousandths
from cashier.core.receipt import Line, Receipt
from cashier.core.shifts import CashMove, Direction, Shift, ShiftReport
from cashier.core.tender import CardSlip, TenderKind
from cashier.store.documents import Documents
from tests.core.goods import BREAD, IVANOVA

SLIP = CardSlip("op-1", "auth-1", "************1111", ("ОПЛАТА", "ОДОБРЕНО"))
PLACE = ("77", "3")
Outcome = Literal["printed", "failed", "unknown"]


class Day:
    """Somebody at a till who does what a test tells, one commit for each step."""

    def __init__(self, path: Path) -> None:
        self.documents = Documents(path)
        self.documents._conn.execute("PRAGMA synchronous = OFF")
        self._made = 0

    @property
    def ledger(self) -> Ledger:
        """Where the till stands."""
        return self.documents.ledger

    @property
    def receipt(self) -> Receipt:
        """The open receipt."""
        assert self.ledger.receipt is not None
        return self.ledger.receipt

    @property
    def now(self) -> str:
        """A moment for each thing made."""
        return f"2026-11-{21 + self._made // 86400:02}T{self._made // 3600 % 24:02}:{self._made // 60 % 60:02}:00"

    def new(self, kind: str) -> str:
        """Make up an identifier."""
        self._made += 1
        return f"{kind}{self._made}"

    def write(self, *facts: f.AnyFact) -> "Day":
        """Commit facts of one step."""
        self.documents.commit(f"{self.now}.000+03:00", facts)
        return self

    def shift(self) -> Shift:
        """Return the open shift, opening it where there is none."""
        if self.ledger.shift is None:
            self.write(f.ShiftOpened(self.ledger.shifts + 1, self.now, IVANOVA, *PLACE))
        assert self.ledger.shift is not None
        return self.ledger.shift

    def begin(self, *goods: Product, cashier: Person = IVANOVA) -> "Day":
        """Begin a receipt with goods, bread where nothing is said."""
        shift = self.shift()
        name, number = self.new("receipt"), self.ledger.next_receipt
        self.write(f.ReceiptOpened(name, number, shift.number, self.now, cashier, *PLACE))
        for product in goods or (BREAD,):
            self.add(product)
        return self

    def add(self, product: Product, quantity: Thousandths = ONE) -> "Day":
        """Add a line."""
        line = Line(len(self.receipt.lines) + 1, product, quantity, product.price, product.min_price)
        return self.write(f.LineAdded(self.receipt.identifier, line))

    def order(self, *goods: tuple[Product, Thousandths], fixed: bool = False) -> "Day":
        """Take an order; its goods wait for their marks."""
        token, number, first = self.new("order"), self.new("number"), len(self.receipt.lines) + 1
        name, at = self.receipt.identifier, self.now
        lines = tuple(
            Line(place, own, quantity, own.price, own.min_price, single=True, order=number, fixed=fixed)
            for place, (own, quantity) in enumerate(goods, first)
        )
        self.write(f.OrderAsked(number, token, name, at))
        self.write(f.OrderTaken(name, token, number, f"d-{number}", lines, at))
        return self.spread()

    def miss(self) -> "Day":
        """Ask for an order that does not come."""
        token, number = self.new("order"), self.new("number")
        name = self.ledger.receipt.identifier if self.ledger.receipt else "receipt to come"
        self.write(f.OrderAsked(number, token, name, self.now))
        return self.write(f.OrderLeft(token, "missing"), returned(number, name, token))

    def mark(self, position: int, ki: str = "") -> "Day":
        """Give a line of an order its mark, or take it off."""
        line = self.receipt.lines[position - 1]
        goods = replace(line.product, barcode="4600000000213")
        marked = replace(line, product=goods, mark=ki and f"{ki}\x1d93abcd", ki=ki, min_price=line.price)
        return self.write(f.LineMarked(self.receipt.identifier, marked)).spread()

    def storno(self, position: int) -> "Day":
        """Take a line out, and reckon discounts anew."""
        self.write(f.LineStornoed(self.receipt.identifier, position, self.now, IVANOVA))
        return self.spread()

    def grant(self, position: int, discount: Discount | None) -> "Day":
        """Give a discount, and spread it."""
        self.write(f.DiscountGranted(self.receipt.identifier, position, discount, self.now, IVANOVA))
        return self.spread()

    def spread(self) -> "Day":
        """Reckon anew what is taken off lines."""
        live = self.receipt.live
        taken = spread([Share(line.gross, line.floor, line.granted) for line in live], self.receipt.granted)
        shares = ((line.position, off, Kopecks(line.gross - off)) for line, off in zip(live, taken, strict=True))
        return self.write(f.DiscountsSpread(self.receipt.identifier, tuple(shares)))

    def cash(self, amount: int) -> "Day":
        """Take cash."""
        taken = f.TenderTaken(self.receipt.identifier, TenderKind.CASH, Kopecks(amount), self.now)
        return self.write(f.PaymentBegun(self.receipt.identifier), taken)

    def card(self, amount: int) -> str:
        """Take money from a card; return the token of the charge."""
        token, name = self.new("charge"), self.receipt.identifier
        self.write(f.PaymentBegun(name), f.ChargeBegun(token, name, Kopecks(amount), self.now))
        tender = f.TenderTaken(name, TenderKind.CARD, Kopecks(amount), self.now, token, SLIP)
        self.write(f.ChargeEnded(token, "approved"), tender)
        return token

    def reverse(self, token: str) -> "Day":
        """Let the terminal take a card payment back."""
        (tender,) = (own for own in self.receipt.tenders if own.token == token)
        own, name = self.new("charge"), self.receipt.identifier
        self.write(f.ChargeBegun(own, name, tender.amount, self.now, reverses=token))
        return self.write(f.ChargeEnded(own, "approved"), f.TenderReversed(name, token, tender.amount, self.now))

    def give_back(self) -> "Day":
        """Give cash back before the receipt is paid in full."""
        return self.write(f.TendersReturned(self.receipt.identifier, self.receipt.paid, self.now))

    def close(self) -> str:
        """Close the receipt, taking in cash what is still to be paid; return its identifier."""
        if self.receipt.rest:
            self.cash(self.receipt.rest)
        own = self.receipt
        self.write(f.ReceiptClosed(own.identifier, own.total, own.change, self.now))
        return own.identifier

    def cancel(self, identifier: str = "") -> "Day":
        """Give a receipt up, the open one where nothing is said."""
        return self.write(f.ReceiptCancelled(identifier or self.receipt.identifier, self.now, IVANOVA))

    def postpone(self) -> str:
        """Put the receipt aside; return its identifier."""
        name = self.receipt.identifier
        self.write(f.ReceiptPostponed(name, self.now, IVANOVA))
        return name

    def restore(self, identifier: str, by: Person = IVANOVA) -> "Day":
        """Take a receipt up again, in the open shift."""
        self.write(f.ReceiptRestored(identifier, self.now, by))
        return self.follow()

    def follow(self) -> "Day":
        """Let the open receipt go on in the open shift."""
        shift = self.shift()
        if self.receipt.shift != shift.number:
            self.write(f.ReceiptMoved(self.receipt.identifier, shift.number, self.ledger.next_receipt))
        return self

    def move(self, direction: Direction, amount: int) -> str:
        """Put cash in or take it out; return the identifier of the document."""
        shift, name = self.shift(), self.new("cash")
        number = self.ledger.next_receipt
        own = CashMove(name, number, shift.number, direction, Kopecks(amount), self.now, IVANOVA)
        self.write(f.CashMoved(own, *PLACE))
        return name

    def printed(self, document: str, fiscal: int, outcome: Outcome = "printed", *, copy: bool = False) -> "Day":
        """Print a document."""
        token = self.new("print")
        self.write(f.PrintBegun(token, document, copy))
        return self.write(f.PrintEnded(token, outcome, fiscal=fiscal))

    def report(self) -> ShiftReport:
        """Make the Z report of the open shift."""
        shift = self.shift()
        details = (shift.number, shift.opened, self.now, IVANOVA, shift.totals, self.ledger.drawer)
        return ShiftReport(self.new("report"), "z", *details)

    def z(self, fiscal: int = 0) -> "Day":
        """Close the shift."""
        return self.write(f.ShiftClosed(self.report(), fiscal))
