"""A cashier at random against a plain model of the receipt."""

from typing import Literal, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.catalogue import Product
from cashier.core.events import Printed
from cashier.core.money import Kopecks, to_roubles
from cashier.core.view import view
from tests.core.goods import APPLES, BREAD, MILK, PETROV
from tests.core.hand import Hand

PIECES = st.sampled_from([BREAD, MILK])


class Sold(NamedTuple):
    """A line as the model has it."""

    name: str
    price: int
    quantity: int
    storno: bool

    @property
    def sum(self) -> int:
        """Sum in kopecks, halves up."""
        return 0 if self.storno else (self.price * self.quantity + 500) // 1000


class CashierMachine(RuleBasedStateMachine):
    """Does what cashiers do, and keeps a list of lines by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.hand = Hand.signed_in()
        self.lines: list[Sold] = []
        self.open = False
        self.selected = 0
        self.paid = 0
        self.closed: list[tuple[int, int]] = []
        self.papers: dict[int, bool] = {}
        """Numbers of receipts whose papers are not out: True at the printer, False owed."""

    def selling(self) -> bool:
        """Tell whether the sale screen stands."""
        return isinstance(self.hand.till.mode, m.Selling)

    def selling_live(self) -> bool:
        """Tell whether a live line is selected on the sale screen."""
        return self.selling() and self.selected > 0 and not self.lines[self.selected - 1].storno

    def paying(self) -> bool:
        """Tell whether a payment stands."""
        return isinstance(self.hand.till.mode, m.Paying)

    @property
    def total(self) -> int:
        """Sum of the model."""
        return sum(line.sum for line in self.lines)

    def add(self, product: Product, quantity: int, *, merge: bool) -> None:
        """Add to the model, into the last equal line if there is one."""
        self.open = True
        for place in range(len(self.lines) - 1, -1, -1) if merge else ():
            line = self.lines[place]
            if line.name == product.name and not line.storno:
                self.lines[place] = line._replace(quantity=line.quantity + quantity)
                self.selected = place + 1
                return
        self.lines.append(Sold(product.name, product.price, quantity, storno=False))
        self.selected = len(self.lines)

    def forget(self) -> None:
        """Start over: the receipt is closed or given up."""
        self.lines, self.open, self.selected, self.paid = [], False, 0, 0

    @precondition(selling)
    @rule(product=PIECES, typed=st.booleans())
    def sell(self, product: Product, typed: bool) -> None:  # noqa: FBT001 - drawn
        """Scan goods, or type their code."""
        if typed:
            self.hand.press("escape").write(product.code).press("enter")
        else:
            self.hand.press("escape").scan(product.barcode)
        self.add(product, 1000, merge=True)

    @precondition(selling)
    @rule(product=PIECES, count=st.integers(1, 9))
    def sell_many(self, product: Product, count: int) -> None:
        """Give the quantity first."""
        self.hand.press("escape").write(f"{count}*").scan(product.barcode)
        self.add(product, count * 1000, merge=True)

    @precondition(selling)
    @rule(grams=st.integers(1, 9999), before=st.booleans())
    def weigh(self, grams: int, before: bool) -> None:  # noqa: FBT001 - drawn
        """Sell by weight, given first or asked for."""
        weight = f"{grams // 1000}.{grams % 1000:03d}"
        self.hand.press("escape")
        if before:
            self.hand.write(weight + "*").scan(APPLES.barcode)
        else:
            self.hand.scan(APPLES.barcode).write(weight).press("enter")
        self.add(APPLES, grams, merge=False)

    @precondition(selling)
    @rule(data=st.binary(max_size=20))
    def scan_garbage(self, data: bytes) -> None:
        """Scan what is no goods of this shop."""
        self.hand.press("escape").scan(b"\x1b" + data).press("enter")
        self.hand.scan("no-such-goods").press("escape")

    @precondition(selling_live)
    @rule(count=st.integers(1, 99))
    def requantify(self, count: int) -> None:
        """Give the selected line another quantity."""
        self.hand.press("f6").write(str(count)).press("enter")
        self.lines[self.selected - 1] = self.lines[self.selected - 1]._replace(quantity=count * 1000)

    @precondition(selling_live)
    @rule()
    def storno(self) -> None:
        """Take the selected line out."""
        self.hand.press("delete")
        self.lines[self.selected - 1] = self.lines[self.selected - 1]._replace(storno=True)

    @precondition(selling)
    @rule(key=st.sampled_from(["up", "down", "home", "end"]))
    def select(self, key: str) -> None:
        """Move the selection."""
        self.hand.press(key)
        if self.lines:
            to = {"up": self.selected - 1, "down": self.selected + 1, "home": 1, "end": len(self.lines)}[key]
            self.selected = min(max(to, 1), len(self.lines))

    @precondition(selling)
    @rule(yes=st.booleans())
    def give_up(self, yes: bool) -> None:  # noqa: FBT001 - drawn
        """Ask for the storno of the whole receipt, and mean it or not."""
        self.hand.press("f4")
        if isinstance(self.hand.till.mode, m.Approving):
            self.hand.approve()
        self.hand.press("enter" if yes and self.open else "escape")
        if yes and self.open:
            self.forget()

    @precondition(lambda self: self.selling() and any(not line.storno for line in self.lines))
    @rule()
    def subtotal(self) -> None:
        """Begin the payment."""
        self.hand.press("plus")

    @precondition(lambda self: self.paying() and not self.paid)
    @rule()
    def back(self) -> None:
        """Leave the payment."""
        self.hand.press("escape")
        assert self.selling()

    @precondition(lambda self: self.paying() and self.total - self.paid > 1)
    @rule(data=st.data())
    def pay_part(self, data: st.DataObject) -> None:
        """Give less than there is to pay."""
        part = data.draw(st.integers(1, self.total - self.paid - 1))
        self.hand.write(to_roubles(Kopecks(part))).press("enter")
        self.paid += part

    @precondition(lambda self: self.paying() and self.paid)
    @rule(yes=st.booleans())
    def give_back(self, yes: bool) -> None:  # noqa: FBT001 - drawn
        """Want to leave a payment for which money was taken, and mean it or not."""
        self.hand.press("escape", *(("enter", "enter") if yes else ("escape",)))
        assert self.selling() == yes
        self.paid = 0 if yes else self.paid

    @precondition(paying)
    @rule(more=st.one_of(st.none(), st.integers(1, 10**6)))
    def pay_up(self, more: int | None) -> None:
        """Give the exact sum or more."""
        rest = self.total - self.paid
        if more is not None:
            self.hand.write(to_roubles(Kopecks(rest + more)))
        self.hand.press("enter")
        self.closed.append((self.total, more or 0))
        assert self.hand.till.farewell is not None
        assert (self.hand.till.farewell.total, self.hand.till.farewell.change) == self.closed[-1]
        self.papers[self.hand.till.farewell.number] = True
        self.forget()

    @precondition(lambda self: True in self.papers.values())
    @rule(outcome=st.sampled_from(["printed", "failed", "unknown"]))
    def paper(self, outcome: Literal["printed", "failed", "unknown"]) -> None:
        """Let the printer finish with what it has had longest."""
        begun = self.hand.till.ledger.prints[0]
        (number,) = (p.document.number for p in self.hand.till.ledger.papers if p.document.identifier == begun.receipt)
        self.hand.give(Printed(begun.token, outcome, "" if outcome == "printed" else "off"))
        self.papers[number] = False
        if outcome == "printed":
            del self.papers[number]

    @precondition(lambda self: self.selling() and False in self.papers.values())
    @rule(seen=st.booleans())
    def take_up_a_paper(self, seen: bool) -> None:  # noqa: FBT001 - drawn
        """Print the oldest paper that is owed, or say that it is there."""
        number = min(number for number, under_way in self.papers.items() if not under_way)
        self.hand.press("f10", "2", "2" if seen else "1")
        self.papers[number] = True
        if seen:
            del self.papers[number]

    @rule(cut=st.booleans(), code=st.sampled_from(["7", PETROV.code]))
    def come_back(self, cut: bool, code: str) -> None:  # noqa: FBT001 - drawn
        """Cut the power, or lock the till from the menu; then sign in."""
        if cut:
            written = self.hand.facts
            self.hand = self.hand.restarted()
            self.hand.facts = written
        elif self.selling():
            self.hand.press("f10", "9")
        else:
            return
        self.hand.sign_in(code)
        self.selected = len(self.lines)

    @rule(key=st.sampled_from(["f9", "tab", "", "ctrl+c"]))
    def noise(self, key: str) -> None:
        """Press a key that means nothing anywhere."""
        self.hand.press(key)

    @invariant()
    def receipt_is_the_models(self) -> None:
        """Lines, total, tenders and selection are those of the model."""
        receipt = self.hand.till.ledger.receipt
        assert (receipt is not None) == self.open
        if receipt:
            lines = [Sold(own.product.name, own.price, own.quantity, own.storno) for own in receipt.lines]
            assert (lines, receipt.total, receipt.paid) == (self.lines, self.total, self.paid)
        assert self.hand.till.cursor == self.selected

    @invariant()
    def owed_papers_are_the_models(self) -> None:
        """What is owed to buyers is known, and the screen never keeps it to itself."""
        owed = [number for number, under_way in self.papers.items() if not under_way]
        assert [paper.document.number for paper in self.hand.till.ledger.owed] == sorted(owed)
        assert not owed or view(self.hand.till).notice

    @invariant()
    def closed_receipts_are_the_models(self) -> None:
        """What was written as closed is what was paid."""
        closed = [(fact.total, fact.change) for fact in self.hand.facts if isinstance(fact, f.ReceiptClosed)]
        assert closed == self.closed


TestCashier = CashierMachine.TestCase
TestCashier.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
