"""A sale receipt that is to be given back: what was sold, what came back of it before, how it was paid (spec R6).

It may have been sold here or on another till of the shop; a return keeps it as it was known when it was begun.
"""

from typing import Final

from msgspec import Struct

from cashier.core.catalogue import Product
from cashier.core.money import ZERO, Kopecks
from cashier.core.quantity import Thousandths, cost
from cashier.core.tender import TenderKind

REASONS: Final = ("unfit", "faulty", "mistake", "refused", "other")
"""Why goods come back (`document.backreason`): in the order of the dialog."""


class SoldLine(Struct, frozen=True):
    """One position of a sale receipt; storno'd ones are none."""

    position: int
    """In the sale receipt, from 1; there may be gaps."""
    product: Product
    """As it was sold; whether it may come back is what the dictionaries say now."""
    quantity: Thousandths
    price: Kopecks
    """Of a unit, before discounts."""
    sum: Kopecks
    """What the buyer paid for the line, discounts taken off."""
    min_price: Kopecks = ZERO
    mark: str = ""
    """Full code of the mark it was sold by; empty for none."""
    ki: str = ""
    """Identification code of that mark."""
    returned: Thousandths = Thousandths(0)
    """What came back before, by returns that were not given up."""
    returned_sum: Kopecks = ZERO
    """What was given back for that."""

    @property
    def left(self) -> Thousandths:
        """How much of it may still come back."""
        return Thousandths(max(self.quantity - self.returned, 0))

    @property
    def left_sum(self) -> Kopecks:
        """What may still be given back for it."""
        return Kopecks(max(self.sum - self.returned_sum, 0))

    def due(self, quantity: Thousandths) -> Kopecks:
        """Return what is given back for so much of it.

        Parts add up to what was paid, to the kopeck, in whatever order they come.
        """
        back = Thousandths(self.returned + quantity)
        if back >= self.quantity:
            return self.left_sum
        return Kopecks(min(max(self._worth(back) - self.returned_sum, 0), self.left_sum))

    def _worth(self, quantity: Thousandths) -> Kopecks:
        """Return what so much of it was sold for: by price without a discount, else its part, halves up."""
        if self.sum == cost(self.price, self.quantity):
            return cost(self.price, quantity)
        return Kopecks((2 * self.sum * quantity + self.quantity) // (2 * self.quantity))


class Paid(Struct, frozen=True):
    """One payment of a sale; change is taken off the cash."""

    kind: TenderKind
    amount: Kopecks
    operation: str = ""
    """Number of the operation at the payment terminal, by which money goes back; empty for cash."""


class Refunded(Struct, frozen=True):
    """What was given back before in one kind of money."""

    kind: TenderKind
    amount: Kopecks


class Sale(Struct, frozen=True):
    """A sale receipt that was paid."""

    identifier: str
    shop: str
    till: str
    shift: int
    number: int
    at: str
    """When it was paid: shop's local time, ISO 8601 to the second."""
    lines: tuple[SoldLine, ...]
    paid: tuple[Paid, ...]
    refunded: tuple[Refunded, ...] = ()
    own: bool = True
    """Sold on this till: its own documents know of it."""

    def at_position(self, position: int) -> SoldLine | None:
        """Find a line by its position."""
        return next((line for line in self.lines if line.position == position), None)

    def of_mark(self, ki: str) -> SoldLine | None:
        """Find the line that was sold by a mark."""
        return next((line for line in self.lines if ki and line.ki == ki), None)

    def left_of(self, kind: TenderKind) -> Kopecks:
        """Return what may still be given back in one kind of money: never more than was paid so."""
        return Kopecks(max(self.paid_in(kind) - self.refunded_in(kind), 0))

    def paid_in(self, kind: TenderKind) -> Kopecks:
        """Return how much was paid in one kind of money."""
        return Kopecks(sum(own.amount for own in self.paid if own.kind is kind))

    def refunded_in(self, kind: TenderKind) -> Kopecks:
        """Return how much was given back before in one kind of money."""
        return Kopecks(sum(own.amount for own in self.refunded if own.kind is kind))


class SaleHead(Struct, frozen=True):
    """A sale receipt in a list."""

    identifier: str
    till: str
    shift: int
    number: int
    at: str
    total: Kopecks
    is_back: bool = False
    """All of it has come back."""


class Wanted(Struct, frozen=True):
    """Which sale receipt is looked for: by its code; by till, shift and number; by day and number; or a day's list."""

    identifier: str = ""
    """Code printed on it: its GUID."""
    till: str = ""
    """Number of the till; of this shop."""
    shift: int = 0
    number: int = 0
    date: str = ""
    """ISO 8601. With a number: that of any till on this day; without: all that this till sold on it."""
