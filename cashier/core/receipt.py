"""The receipt: numbered lines that never vanish, tenders, and sums to the kopeck."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from cashier.core.catalogue import Person, Product
from cashier.core.discounts import Discount
from cashier.core.money import ZERO, Kopecks
from cashier.core.quantity import Thousandths, cost
from cashier.core.sales import Sale
from cashier.core.tender import Tender, TenderKind


class DocumentType(StrEnum):
    """What a receipt does; the words are those of the cash server (interfaces.md, HTTP we speak)."""

    SALE = "sale"
    RETURN = "return"
    RETURN_BY_RECEIPT = "returnByReceipt"


class Line(Struct, frozen=True):
    """One position of the receipt. A storno'd one keeps its place and counts for nothing."""

    position: int
    product: Product
    quantity: Thousandths
    price: Kopecks
    """Price of a unit this line is sold at, before discounts."""
    min_price: Kopecks = ZERO
    discount: Kopecks = ZERO
    """Taken off the whole line: the discount of the position and its part of that of the receipt."""
    granted: Discount | None = None
    """Discount that was given on this position."""
    storno: bool = False
    mark: str = ""
    """Full marking code as scanned and repaired, GS included; empty for none."""
    ki: str = ""
    """Identification code of the mark: what makes it this very piece (spec M15)."""
    properties: tuple[tuple[str, str], ...] = ()
    """What the mask captured of the mark, by name (spec M3, T7)."""
    held: tuple[tuple[str, str], ...] = ()
    """What gates need to know to let the line go again: name of the gate and a text of its own."""
    single: bool = False
    """A gate has said that this is one piece of its own: quantity one, never merged (spec M6)."""
    source: str = ""
    """`device#number` of the scan it came from; empty when it was typed or chosen."""
    order: str = ""
    """Number of the order it came from; empty for none."""
    fixed: bool = False
    """Its order may not be changed: neither storno, nor quantity, nor discount of this line alone."""
    origin: int = 0
    """Position in the sale receipt that it gives back; 0 outside a return by receipt."""

    @property
    def gross(self) -> Kopecks:
        """Sum before discounts."""
        return cost(self.price, self.quantity)

    @property
    def sum(self) -> Kopecks:
        """Sum the buyer pays for the line."""
        return Kopecks(self.gross - self.discount)

    @property
    def floor(self) -> Kopecks:
        """Sum below which no discount brings the line (spec T9)."""
        return self.gross if self.fixed else Kopecks(min(self.gross, cost(self.min_price, self.quantity)))

    @property
    def waits_for_mark(self) -> bool:
        """Tell whether it came with an order, is sold by its mark and has none yet, nor the leave to go without."""
        return bool(self.order) and self.single and not (self.mark or self.held)

    def is_late(self, before: "Line | None") -> bool:
        """Tell whether a line of an order, as it stands, goes through the gates that it came in past (spec S9).

        Else `before` is the line whose quantity is to be changed, or None for a new one.
        """
        return before is not None and bool(before.order) and before.quantity == self.quantity

    def memory(self, gate: str) -> str:
        """Return what a gate left with the line; empty when it left nothing."""
        return dict(self.held).get(gate, "")

    def holding(self, gate: str, memory: str) -> "Line":
        """Keep a gate's memory with the line, in the place of what it left before."""
        others = tuple(pair for pair in self.held if pair[0] != gate)
        return replace(self, held=(*others, (gate, memory)))


class Taken(Struct, frozen=True):
    """An order that came into a receipt."""

    number: str
    identifier: str
    """The order server's own name for it; may be empty."""

    def goes_by(self, number: str, identifier: str) -> bool:
        """Tell whether it is meant, by its number or by the server's own name for it."""
        return self.number == number or bool(identifier and self.identifier == identifier)


class Receipt(Struct, frozen=True, tag=True):
    """A sale that is open, in payment or just closed."""

    identifier: str
    """GUID; RECEIPT_GUID for other systems."""
    number: int
    shift: int
    cashier: Person
    opened: str
    """Local time of the shop, ISO 8601 to the second."""
    lines: tuple[Line, ...] = ()
    tenders: tuple[Tender, ...] = ()
    in_payment: bool = False
    closed: str = ""
    """When it was paid, like `opened`."""
    fiscal: int = 0
    """Number of its fiscal document, once it is known."""
    granted: Discount | None = None
    """Discount that was given on the whole receipt."""
    discounted: bool = False
    """Some discount was given: what lines have taken off is reckoned anew whenever they change."""
    total: Kopecks = ZERO
    """What the buyer owes. Kept up with each line: adding all lines up anew would cost more with each of them."""
    sold: int = 0
    """Number of live lines, kept up likewise."""
    kind: DocumentType = DocumentType.SALE
    age: int = 0
    """Years that the buyer is known to have at the least: somebody has answered for it."""
    proven: bool = False
    """That age is the date of birth's: nobody's word goes beyond it."""
    taken: tuple[Taken, ...] = ()
    """Orders that came in, whatever became of their lines."""
    sale: Sale | None = None
    """What is given back by it, as it was known when the return was begun; None outside a return by receipt."""
    reason: str = ""
    """Why goods come back: one of `REASONS`; empty until somebody has said."""
    handed: bool = False
    """Another cashier has taken it over since somebody with the right to a return agreed to this one."""
    declined: int = 0
    """How often the payment terminal would not give money back."""

    def __post_init__(self) -> None:
        """Add the lines up where they were given all at once."""
        if self.lines and not self.sold:
            force_setattr(self, "total", Kopecks(sum(line.sum for line in self.live)))
            force_setattr(self, "sold", len(self.live))

    @property
    def gives_back(self) -> bool:
        """Goods come back by it and money goes out: a return, by receipt or without."""
        return self.kind is not DocumentType.SALE

    def marked_by(self, ki: str) -> Line | None:
        """Find the live line of a mark."""
        return next((line for line in self.lines if line.ki == ki and not line.storno), None)

    @property
    def live(self) -> tuple[Line, ...]:
        """Lines that are sold, storno'd ones left out."""
        return tuple(line for line in self.lines if not line.storno)

    @property
    def orders(self) -> tuple[str, ...]:
        """Numbers of the orders that something is sold of, in order of lines."""
        return tuple(dict.fromkeys(line.order for line in self.lines if line.order and not line.storno))

    def holds(self, order: str, identifier: str = "") -> Taken | None:
        """Find an order that came in here, by its number or by the server's own name for it, whatever became of it."""
        return next((own for own in self.taken if own.goes_by(order, identifier)), None)

    @property
    def discount(self) -> Kopecks:
        """What all discounts together took off."""
        return Kopecks(sum(line.discount for line in self.lines if not line.storno))

    @property
    def paid(self) -> Kopecks:
        """What was tendered so far."""
        return Kopecks(sum(tender.amount for tender in self.tenders))

    @property
    def rest(self) -> Kopecks:
        """What is still to be paid; never below zero."""
        return Kopecks(max(self.total - self.paid, 0))

    @property
    def change(self) -> Kopecks:
        """What goes back to the buyer."""
        return Kopecks(max(self.paid - self.total, 0))

    def at(self, position: int) -> Line | None:
        """Find a line by its position, counted from 1."""
        return self.lines[position - 1] if 0 < position <= len(self.lines) else None

    def with_line(self, line: Line) -> "Receipt":
        """Put a line in its place: after the last one, or over the one that has its position."""
        standing = self.at(line.position)
        total, sold = self.total, self.sold
        for own, sign in ((standing, -1), (line, 1)):
            if own and not own.storno:
                total, sold = Kopecks(total + sign * own.sum), sold + sign
        before, after = self.lines[: line.position - 1], self.lines[line.position :]
        return replace(self, lines=(*before, line, *after), total=total, sold=sold)

    def spread(self, shares: tuple[tuple[int, Kopecks], ...]) -> "Receipt":
        """Give lines new discounts: pairs of a position and what is taken off it."""
        lines = list(self.lines)
        for position, discount in shares:
            lines[position - 1] = replace(lines[position - 1], discount=discount)
        return replace(self, lines=tuple(lines), total=ZERO, sold=0)

    @property
    def tendered(self) -> dict[TenderKind, Kopecks]:
        """What stays of each kind of money: change is taken out of the cash."""
        sums = dict.fromkeys(TenderKind, ZERO)
        for tender in self.tenders:
            sums[tender.kind] = Kopecks(sums[tender.kind] + tender.amount)
        sums[TenderKind.CASH] = Kopecks(sums[TenderKind.CASH] - self.change)
        return sums

    def waiting(self, product: Product, weight: str = "") -> Line | None:
        """Find the line of an order that waits for the mark of such goods; of several that of this weight in grams."""
        lines = [line for line in self.live if line.waits_for_mark and line.product.code == product.code]
        alike = (line for line in lines if weight and weight.lstrip("0") == str(line.quantity))
        return next(alike, lines[0] if lines else None)

    def of(self, line: Line) -> "Receipt":
        """Return a receipt of one line only, as gates see a line that goes alone."""
        return replace(self, lines=(line,), total=ZERO, sold=0)

    def twin(self, line: Line) -> Line | None:
        """Find the live line that an equal one may be merged into: the very same goods by the piece and price."""
        if line.single or line.product.fractional:
            return None
        for own in reversed(self.lines):
            alike = own.product == line.product and own.price == line.price
            if alike and not (own.storno or own.single or own.granted or own.order):
                return own
        return None
