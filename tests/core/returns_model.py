"""A plain model of sales and returns: what may still come back of each sale, and what the till must come to."""

from dataclasses import dataclass, field

from cashier.core.catalogue import Product
from cashier.core.ledger import Ledger
from cashier.core.sales import Sale
from cashier.core.shifts import Totals
from cashier.core.tender import TenderKind

CASH, CARD = TenderKind.CASH, TenderKind.CARD


@dataclass
class Position:
    """One position of a sale, as the model has it; thousandths and kopecks."""

    product: Product
    quantity: int
    sum: int
    ki: str = ""
    back: int = 0
    """How much of it came back by returns that are done."""
    back_sum: int = 0

    @property
    def left(self) -> int:
        """How much may still come back."""
        return self.quantity - self.back


@dataclass
class Bought:
    """A sale, as the model has it."""

    code: str
    positions: dict[int, Position]
    paid: dict[TenderKind, int]
    refunded: dict[TenderKind, int] = field(default_factory=lambda: dict.fromkeys(TenderKind, 0))

    def known_as(self, sale: Sale) -> None:
        """Hold what is found of the sale against the model."""
        assert {own.position: (own.left, own.left_sum) for own in sale.lines} == {
            place: (own.left, own.sum - own.back_sum) for place, own in self.positions.items()
        }
        assert {kind: sale.left_of(kind) for kind in TenderKind} == self.rest

    @property
    def rest(self) -> dict[TenderKind, int]:
        """What may still go back in each kind of money."""
        return {kind: self.paid[kind] - self.refunded[kind] for kind in TenderKind}

    @property
    def is_back(self) -> bool:
        """All of it has come back."""
        return not any(own.left for own in self.positions.values())

    def came_back(self, lines: list[tuple[int, int, int]], money: dict[TenderKind, int]) -> None:
        """Write a return of it down: position, how much, for how much."""
        for place, quantity, amount in lines:
            own = self.positions[place]
            own.back, own.back_sum = own.back + quantity, own.back_sum + amount
        self.refunded = {kind: self.refunded[kind] + money[kind] for kind in TenderKind}

    def holds(self) -> None:
        """Check that no more came back than was sold and paid, and that all of it made exactly what was paid."""
        for own in self.positions.values():
            assert 0 <= own.back <= own.quantity
            assert 0 <= own.back_sum <= own.sum
            assert own.back_sum == own.sum or own.left
        assert min(self.rest.values()) >= 0


@dataclass
class Books:
    """What the model knows of the shift and of all that was sold; kopecks."""

    drawer: int = 0
    sold: int = 0
    refunded: int = 0
    cards: int = 0
    back_to_cards: int = 0
    bought: list[Bought] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    """What the last closed receipt did with a mark: sold or returned."""

    def sale(self, own: Bought) -> None:
        """Write a sale down."""
        self.bought.append(own)
        self.drawer, self.sold = self.drawer + own.paid[CASH], self.sold + sum(own.paid.values())
        self.cards += own.paid[CARD]
        self.marks |= {line.ki: "sold" for line in own.positions.values() if line.ki}

    def refund(self, money: dict[TenderKind, int], marks: list[str]) -> None:
        """Write down what went back, and the marks that came."""
        self.drawer, self.refunded = self.drawer - money[CASH], self.refunded + sum(money.values())
        self.back_to_cards += money[CARD]
        self.marks |= dict.fromkeys(filter(None, marks), "returned")

    def shift_closed(self) -> None:
        """Begin to count anew."""
        self.sold = self.refunded = self.cards = self.back_to_cards = 0

    def agree(self, ledger: Ledger) -> None:
        """Hold the sums of the till against these."""
        assert ledger.drawer == self.drawer >= 0
        totals = ledger.shift.totals if ledger.shift else Totals()
        assert (totals.sold, totals.card) == (self.sold, self.cards)
        assert (totals.refunded, totals.refund_card) == (self.refunded, self.back_to_cards)
        for own in self.bought:
            own.holds()
