"""The form of a return by sale receipt: which positions come back, how much of each, what may come back at all."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from cashier.core.money import ZERO, Kopecks
from cashier.core.quantity import ONE, Thousandths
from cashier.core.reading import Reading
from cashier.core.receipt import Receipt
from cashier.core.sales import Sale, SoldLine
from cashier.core.say import Count, Say, say
from cashier.core.tender import TenderKind

NOTHING = Thousandths(0)


class Going(Struct, frozen=True):
    """A position on its way into the return receipt."""

    position: int
    """In the sale receipt."""
    quantity: Thousandths
    reading: Reading | None = None
    """Of the mark it was found by."""
    source: str = ""
    """`device#number` of the scan it came from."""


class ReturnForm(Struct, frozen=True):
    """What is chosen so far. What is in the return receipt already, the receipt itself tells."""

    sale: Sale
    picked: tuple[tuple[int, Thousandths], ...] = ()
    """Positions that are ticked, and how much of each."""
    chosen: int = 0
    """Row that the keys work on, from 0."""
    wanted: tuple[Going, ...] = ()
    """What goes into the receipt once somebody with the right has agreed."""
    queue: tuple[Going, ...] = ()
    """What is on its way into it."""
    then: Literal["form", "receipt"] = "form"
    """Where the way leads when all of that is in."""
    left_out: tuple[int, ...] = ()
    """Positions that a return of the whole receipt leaves out (spec M9); told when the rest is in."""

    @property
    def sold(self) -> SoldLine | None:
        """The position that the keys work on."""
        return self.sale.lines[self.chosen] if self.chosen < len(self.sale.lines) else None

    @property
    def at_rest(self) -> "ReturnForm":
        """The form with nothing on its way into the receipt, nor waiting for somebody's word."""
        return replace(self, wanted=(), queue=(), then="form", left_out=())

    def quantity_of(self, position: int) -> Thousandths:
        """Return how much of a position is ticked."""
        return dict(self.picked).get(position, NOTHING)

    def ticking(self, position: int, quantity: Thousandths) -> "ReturnForm":
        """Tick so much of a position; nothing of it takes the tick away. The keys go on with this position."""
        others = tuple(pair for pair in self.picked if pair[0] != position)
        picked = (*others, (position, quantity)) if quantity else others
        return replace(self.at(position), picked=tuple(sorted(picked)))

    def at(self, position: int) -> "ReturnForm":
        """Let the keys work on a position."""
        rows = [line.position for line in self.sale.lines]
        return replace(self, chosen=rows.index(position)) if position in rows else self


def in_receipt(receipt: Receipt | None, position: int) -> Thousandths:
    """Return how much of a position stands in the return receipt."""
    lines = receipt.lines if receipt else ()
    return Thousandths(sum(own.quantity for own in lines if own.origin == position and not own.storno))


def free_of(receipt: Receipt | None, sold: SoldLine) -> Thousandths:
    """Return how much of a position may be ticked; one that stands in the receipt is out of the form's reach."""
    if in_receipt(receipt, sold.position) or not sold.product.refund_allowed:
        return NOTHING
    return sold.left


def rest_of(receipt: Receipt | None, sold: SoldLine) -> Thousandths:
    """Return how much of a position that comes back by marks, each a line of its own, is still outside the receipt."""
    return Thousandths(max(sold.left - in_receipt(receipt, sold.position), 0))


def by_mark(receipt: Receipt | None, sold: SoldLine) -> Thousandths:
    """Return how much comes back by the next mark: one piece, or all of what was weighed."""
    rest = rest_of(receipt, sold)
    return rest if sold.product.fractional else min(ONE, rest)


def refundable(receipt: Receipt, kind: TenderKind) -> Kopecks:
    """Return how much may go back in one kind of money: what is due, but no more than was paid so and is not back."""
    if receipt.sale is None:
        return receipt.rest
    return Kopecks(min(max(receipt.sale.left_of(kind) - receipt.tendered[kind], 0), receipt.rest))


def too_much(left: Thousandths) -> tuple[Say, Say]:
    """Say that more is to come back than may, and how much may."""
    advice = say("return_left_advice", left=Count(left)) if left > 0 else say("return_nothing_left_advice")
    return say("return_exceeds"), advice


def is_countable(sold: SoldLine) -> bool:
    """Tell whether a part of what is left of a position can be counted or weighed out."""
    return sold.product.fractional or sold.left > ONE


def ticked(form: ReturnForm, receipt: Receipt | None) -> tuple[tuple[int, Thousandths], ...]:
    """Return what is ticked and not in the receipt yet; a tick stays while its position is on its way there."""
    return tuple(pair for pair in form.picked if not in_receipt(receipt, pair[0]))


def worth(form: ReturnForm) -> Kopecks:
    """Return what the buyer gets for all that somebody with the right is to agree to."""
    own = ((form.sale.at_position(going.position), going.quantity) for going in form.wanted)
    return Kopecks(sum(sold.due(quantity) for sold, quantity in own if sold))


def due(form: ReturnForm, receipt: Receipt | None) -> Kopecks:
    """Return what the buyer gets for all that is ticked, and for what stands in the receipt."""
    own = [(form.sale.at_position(position), quantity) for position, quantity in ticked(form, receipt)]
    stands = receipt.total if receipt else ZERO
    return Kopecks(stands + sum(sold.due(quantity) for sold, quantity in own if sold))
