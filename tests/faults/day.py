"""What is done in a rehearsed day, each thing told by what is still to be pressed for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from cashier.core import facts as f
from cashier.core.ledger import Ledger
from cashier.core.modes import MENU
from cashier.core.receipt import Receipt
from cashier.core.shifts import Direction
from tests.faults.sale import BREAD, CHOCOLATE, MILK

Facts = Sequence[f.AnyFact]
Inputs = tuple[str, ...]


class Task(Protocol):
    """One thing to be done once."""

    def done(self, facts: Facts) -> int:
        """Count how often things of this kind were done for good."""
        ...

    def next(self, ledger: Ledger, facts: Facts) -> Inputs:
        """Return what to press next."""
        ...


@dataclass(frozen=True)
class Sale:
    """A receipt: its goods, and the keys of each tender."""

    goods: Inputs
    pays: tuple[Inputs, ...]
    aside: bool = False
    """It is postponed and taken up again."""
    discount: Inputs = ()
    """Keys of a discount on the last position."""
    given_back: Inputs = ()
    """Keys of a tender that is given back before it is paid otherwise."""

    def done(self, facts: Facts) -> int:
        """Count the receipts that were paid."""
        return sum(isinstance(fact, f.ReceiptClosed) for fact in facts)

    def next(self, ledger: Ledger, facts: Facts) -> Inputs:
        """Go on with the receipt as it stands."""
        receipt = ledger.receipt
        if receipt is None:
            return keys("f11", "1") if ledger.postponed else (f"s:{self.goods[0]}",)
        if receipt.in_payment:
            return self._payment(receipt, facts)
        if len(receipt.lines) < len(self.goods):
            return (f"s:{self.goods[len(receipt.lines)]}",)
        if self.discount and not receipt.discounted:
            return keys("/", *self.discount)
        if self.aside and not _told(facts, f.ReceiptPostponed, receipt):
            return keys("f11")
        return keys("plus")

    def _payment(self, receipt: Receipt, facts: Facts) -> Inputs:
        if self.given_back and not _told(facts, f.TenderReversed, receipt):
            return keys("escape", "enter") if receipt.tenders else keys(*self.given_back)
        return keys(*self.pays[len(receipt.tenders)])


@dataclass(frozen=True)
class Cash:
    """Money put into the drawer, or taken out of it."""

    direction: Direction
    sum: str

    def done(self, facts: Facts) -> int:
        """Count the moves in this direction."""
        return sum(isinstance(fact, f.CashMoved) and fact.move.direction == self.direction for fact in facts)

    def next(self, _ledger: Ledger, _facts: Facts) -> Inputs:
        """Move it."""
        return _from_menu(f"menu_cash_{self.direction}", *self.sum, "enter")


class XReport:
    """The sums of the shift on paper, which is a document of nothing."""

    def done(self, facts: Facts) -> int:
        """Count the reports that were begun: one that does not come out is asked for anew, by whoever misses it."""
        return sum(isinstance(fact, f.PrintBegun) and fact.copy for fact in facts)

    def next(self, _ledger: Ledger, _facts: Facts) -> Inputs:
        """Ask for it."""
        return _from_menu("menu_x_report")


class ZReport:
    """The closing of the shift."""

    def done(self, facts: Facts) -> int:
        """Count the shifts that were closed."""
        return sum(isinstance(fact, f.ShiftClosed) for fact in facts)

    def next(self, _ledger: Ledger, _facts: Facts) -> Inputs:
        """Ask for it and confirm."""
        return _from_menu("menu_z_report", "enter")


Day = tuple[Task, ...]


def kind_of(task: Task) -> tuple[str, str]:
    """Name what is counted together."""
    return type(task).__name__, str(getattr(task, "direction", ""))


CARD, EXACT = ("f2",), ("enter",)
CASH_SALE = Sale((BREAD, MILK), (("1", "0", "0", "0", "enter"),))
CARD_SALE = Sale((MILK, CHOCOLATE), (CARD,))
MIXED_SALE = Sale((CHOCOLATE, BREAD), (("2", "0", "f2"), ("5", "0", "0", "enter")))
GIVEN_BACK = Sale((BREAD, CHOCOLATE), (EXACT,), given_back=("3", "0", "f2"))
PUT_ASIDE = Sale((MILK, BREAD), (EXACT,), aside=True)
CHEAPER = Sale((BREAD, CHOCOLATE), (CARD,), discount=("5", "enter"))

RECEIPTS: Day = (CASH_SALE, CARD_SALE, MIXED_SALE, GIVEN_BACK, PUT_ASIDE, CHEAPER)
CLOSING: Day = (Cash("in", "500"), Cash("out", "120"), XReport(), ZReport(), CASH_SALE)
"""The end of a day, and the first receipt of the next one."""


def keys(*pressed: str) -> Inputs:
    """Write keys as inputs of the headless till."""
    return tuple(f"k:{key}" for key in pressed)


def _from_menu(row: str, *pressed: str) -> Inputs:
    return keys("f10", str(MENU.index(row) + 1), *pressed)


def _told(facts: Facts, kind: type[f.ReceiptPostponed] | type[f.TenderReversed], receipt: Receipt) -> bool:
    return any(isinstance(fact, kind) and fact.receipt == receipt.identifier for fact in facts)
