"""A warden who reads what was written down: who may buy what, when, and between which prices; knows no gate."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cashier.core import facts as f
from cashier.core.receipt import Line, Receipt
from cashier.core.tender import TenderKind
from tests.core.stall import CARTON, PACKS, SMOKES
from tests.gates.restricted import BEER, CRACKERS, ICE, RUM, TONIC

AGES = {BEER.code: 18, TONIC.code: 18, CRACKERS.code: 16, RUM.code: 21, SMOKES.code: 18, CARTON.code: 18}
NIGHTLY = frozenset({BEER.code, RUM.code, ICE.code})
"""Goods that are not sold from 23 to 8 o'clock."""
RESTRICTED = NIGHTLY | AGES.keys()


def is_night(at: datetime) -> bool:
    """Tell whether the period holds in which some goods are not sold."""
    return at.hour >= 23 or at.hour < 8


@dataclass
class Warden:
    """What was answered for and what stands, from the facts alone."""

    most: dict[str, int] = field(default_factory=dict)
    """МРЦ in kopecks by mark, as the packs were printed; a mark without one is not here."""
    law: int = 0
    """Lowest lawful price of a pack in kopecks."""
    ages: dict[str, int] = field(default_factory=dict)
    """Years that the buyer of a receipt has."""
    proven: set[str] = field(default_factory=set)
    """Receipts for which a date of birth was typed."""
    lines: dict[str, dict[int, tuple[str, int]]] = field(default_factory=dict)
    """Code and quantity of live lines by receipt and position."""
    money: dict[str, int] = field(default_factory=dict)
    """Tenders that a receipt has."""
    dated: datetime | None = None
    """When the last document was written, or somebody answered for the clock."""
    astray: bool = False
    """The clock was more than a day off when documents were written, and nobody has answered for it."""

    def is_astray(self, at: datetime) -> bool:
        """Tell whether the clock is to be doubted."""
        return self.astray or (self.dated is not None and abs(at - self.dated) > timedelta(days=1))

    def watch(self, fact: f.AnyFact, at: datetime) -> None:
        """Read one more fact, written at a moment."""
        match fact:
            case f.AgeConfirmed(receipt, age, entered=entered):
                self._answered(receipt, age, proof=entered)
            case f.LineAdded(receipt, line):
                self._sold(receipt, line.product.code, at)
                self.lines.setdefault(receipt, {})[line.position] = (line.product.code, line.quantity)
            case f.QuantityChanged(receipt, position, quantity):
                code, before = self.lines[receipt][position]
                if quantity > before:
                    self._sold(receipt, code, at)
                self.lines[receipt][position] = (code, quantity)
            case f.LineStornoed(receipt, position):
                del self.lines[receipt][position]
            case f.ClockConfirmed() | f.ShiftOpened() | f.CashMoved() | f.ReceiptClosed():
                self.astray = self.is_astray(at) and not isinstance(fact, f.ClockConfirmed)
                self.dated = at
            case f.ShiftClosed():
                self.astray = False
                self.dated = self.dated if self.is_astray(at) else at
            case _:
                self._of_payment(fact, at)

    def _answered(self, receipt: str, age: int, *, proof: bool) -> None:
        """Somebody has looked at the buyer, or typed a date of birth, which is to be believed and lasts."""
        assert proof or receipt not in self.proven, "age"
        self.ages[receipt] = age if proof else max(self.ages.get(receipt, 0), age)
        self.proven |= {receipt} if proof else set()

    def _sold(self, receipt: str, code: str, at: datetime) -> None:
        """Goods come in, or more of them."""
        assert AGES.get(code, 0) <= self.ages.get(receipt, 0), "age"
        assert not (code in NIGHTLY and is_night(at)), "hours"
        assert not (code in RESTRICTED and self.is_astray(at)), "clock"

    def _of_payment(self, fact: f.AnyFact, at: datetime) -> None:
        match fact:
            case f.PaymentBegun(receipt):
                self._payable(receipt, at)
            case f.ChargeBegun(receipt=receipt, reverses="") if not self.money.get(receipt):
                self._payable(receipt, at)
            case f.TenderTaken(receipt, kind):
                if kind is TenderKind.CASH and not self.money.get(receipt):
                    self._payable(receipt, at)
                self.money[receipt] = self.money.get(receipt, 0) + 1
            case f.TenderReversed(receipt):
                self.money[receipt] -= 1
            case f.TendersReturned(receipt):
                self.money[receipt] = 0
            case _:
                pass

    def _payable(self, receipt: str, at: datetime) -> None:
        """Money begins to be taken: all that stands may be sold now, and to this buyer."""
        codes = {code for code, _ in self.lines.get(receipt, {}).values()}
        assert not (codes & NIGHTLY and is_night(at)), "hours"
        assert not (codes & RESTRICTED and self.is_astray(at)), "clock"
        assert max((AGES.get(code, 0) for code in codes), default=0) <= self.ages.get(receipt, 0), "age"

    def look_at(self, receipt: Receipt) -> None:
        """Check the prices of a receipt."""
        assert receipt.total == sum(line.sum for line in receipt.live), "sum"
        for line in receipt.live:
            if line.product.code in PACKS:
                self._between_bounds(line)

    def _between_bounds(self, line: Line) -> None:
        most, own = self.most.get(line.ki), PACKS[line.product.code]
        floor = own.min_price if most is None else min(own.min_price, most)
        law = self.law * (10 if line.product.code == CARTON.code else 1)
        assert line.price in {own.price, *own.alternatives, most}, "price that is none of the rows"
        assert line.price <= (most or line.price), "price above МРЦ"
        assert max(floor, law) <= line.sum <= line.price, "price below the minimum"
