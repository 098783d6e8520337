"""A bookkeeper who reads what was written down and knows nothing of the till: plain sums, kept by hand."""

from dataclasses import dataclass, field

from cashier.core import facts as f
from cashier.core.money import Kopecks
from cashier.core.shifts import Totals
from cashier.core.tender import TenderKind


@dataclass
class Row:
    """A line as the bookkeeper has it; sums in kopecks."""

    price: int
    quantity: int
    discount: int = 0
    storno: bool = False

    @property
    def sum(self) -> int:
        """What is paid for it."""
        return 0 if self.storno else (self.price * self.quantity + 500) // 1000 - self.discount


@dataclass
class Sheet:
    """A receipt as the bookkeeper has it."""

    rows: list[Row] = field(default_factory=list)
    tenders: list[tuple[TenderKind, str, int]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Sum of what is sold."""
        return sum(row.sum for row in self.rows)

    def taken(self, *kinds: TenderKind) -> int:
        """Sum of the money taken, of some kinds."""
        return sum(amount for kind, _, amount in self.tenders if kind in kinds)


def _moved(fact: f.AnyFact) -> tuple[str, int, bool] | None:
    """Tell what a fact says of money on a card: token, amount, whether it was taken back."""
    match fact:
        case f.TenderTaken():
            return fact.token, fact.amount, False
        case f.TenderReversed():
            return fact.token, fact.amount, True
        case _:
            return None


@dataclass
class Bookkeeper:
    """All sums of a till, from its facts alone."""

    drawer: int = 0
    sums: dict[str, int] = field(default_factory=dict)
    """Of the shift, by the names of its totals; between two shifts those of the next one."""
    sheets: dict[str, Sheet] = field(default_factory=dict)
    """Receipts that are neither paid nor given up."""
    open: str = ""
    """The one on the screen."""
    done: list[str] = field(default_factory=list)
    """Receipts that were paid or given up."""
    charges: dict[str, f.ChargeBegun] = field(default_factory=dict)
    """Charges nobody knows the outcome of, by token."""
    words: dict[str, str] = field(default_factory=dict)
    """What persons have said of charges that the terminal has not answered, by token."""
    disputed: list[str] = field(default_factory=list)
    """Tokens of charges of the shift that the terminal has answered otherwise, after all."""
    due: tuple[str, int, bool] | None = None
    """What the terminal did with money, to be written down next: token, amount, whether it was taken back."""
    shift: int = 0
    """Number of the open shift; 0 for none."""

    @property
    def totals(self) -> Totals:
        """Sums of the shift as a report has them."""
        return Totals(**self.sums)  # type: ignore[arg-type] # kopecks are whole numbers here

    def book(self, fact: f.AnyFact) -> None:
        """Read one more fact."""
        due, self.due = self.due, None
        assert due is None or due == _moved(fact)
        match fact:
            case f.ShiftOpened(number):
                self.shift = number
            case f.ShiftClosed(report):
                assert (report.number, report.totals, report.drawer) == (self.shift, self.totals, self.drawer)
                self.shift, self.sums, self.disputed = 0, {}, []
            case f.ChargeDisputed():
                assert (fact.outcome == "approved") != (self.words.pop(fact.token) == "approved")
                self.disputed.append(fact.token)
            case f.CashMoved(move):
                self._count(f"cash_{move.direction}", move.amount)
                self.drawer += move.amount if move.direction == "in" else -move.amount
            case f.ReceiptOpened(identifier):
                self.sheets[identifier] = Sheet()
                self.open = identifier
            case f.ReceiptRestored(identifier):
                self.open = identifier
            case f.ReceiptPostponed():
                self.open = ""
            case f.ChargeBegun():
                self.charges[fact.token] = fact
            case f.ChargeEnded():
                begun = self.charges.pop(fact.token)
                if fact.by:
                    self.words[fact.token] = fact.outcome
                token = begun.reverses or begun.token
                self.due = (token, begun.amount, bool(begun.reverses)) if fact.outcome == "approved" else None
            case _:
                self._of_sheet(fact)

    def _of_sheet(self, fact: f.AnyFact) -> None:
        match fact:
            case f.LineAdded(_, line):
                assert line.position == len(self._sheet(fact.receipt).rows) + 1
                self._sheet(fact.receipt).rows.append(Row(line.price, line.quantity))
            case f.QuantityChanged():
                self._sheet(fact.receipt).rows[fact.position - 1].quantity = fact.quantity
            case f.LineStornoed():
                self._sheet(fact.receipt).rows[fact.position - 1].storno = True
            case f.DiscountsSpread(_, shares):
                for position, discount, after in shares:
                    row = self._sheet(fact.receipt).rows[position - 1]
                    row.discount = discount
                    assert row.sum == after
            case _:
                self._of_payment(fact)

    def _of_payment(self, fact: f.AnyFact) -> None:
        match fact:
            case f.TenderTaken():
                self._sheet(fact.receipt).tenders.append((fact.kind, fact.token, fact.amount))
            case f.TenderReversed():
                sheet = self._sheet(fact.receipt)
                (own,) = (tender for tender in sheet.tenders if tender[1] == fact.token)
                sheet.tenders.remove(own)
            case f.TendersReturned():
                assert self._sheet(fact.receipt).taken(TenderKind.CASH) == fact.amount
                self._sheet(fact.receipt).tenders.clear()
            case f.ReceiptClosed():
                self._paid(self._sheet(fact.receipt), fact)
                self._end(fact.receipt)
            case f.ReceiptCancelled():
                self._count("cancelled", 1)
                self._count("cancelled_sum", self._sheet(fact.receipt).total)
                self._end(fact.receipt)
            case _:
                pass

    def _paid(self, sheet: Sheet, fact: f.ReceiptClosed) -> None:
        cash, card = sheet.taken(TenderKind.CASH), sheet.taken(TenderKind.CARD)
        assert (sheet.total, cash + card - fact.change) == (fact.total, fact.total)
        assert Kopecks(0) <= fact.change <= cash
        self.drawer += cash - fact.change
        live = [row for row in sheet.rows if not row.storno]
        self._count("sales", 1)
        self._count("cash", cash - fact.change)
        self._count("card", card)
        self._count("discounts", sum(row.discount for row in live))
        self._count("stornos", len(sheet.rows) - len(live))

    def _count(self, name: str, amount: int) -> None:
        self.sums[name] = self.sums.get(name, 0) + amount

    def _sheet(self, receipt: str) -> Sheet:
        return self.sheets[receipt]

    def _end(self, receipt: str) -> None:
        self.done.append(receipt)
        del self.sheets[receipt]
        self.open = "" if self.open == receipt else self.open
