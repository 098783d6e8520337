"""A shift of any till, made of facts alone: numbers, sums and reports come from the ledger, as machines take them."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.catalogue import ADULT, Person, Product
from cashier.core.clock import local
from cashier.core.discounts import Discount, Share, spread
from cashier.core.ended import Ended
from cashier.core.ledger import Ledger, fold
from cashier.core.marks import Code, read
from cashier.core.money import Kopecks
from cashier.core.quantity import ONE, Thousandths
from cashier.core.receipt import DocumentType, Line, Receipt
from cashier.core.shifts import ShiftReport
from cashier.core.tender import CardSlip, TenderKind
from cashier.demo.past_names import named
from cashier.store.past_sales import sale_of
from devices.fiscal import FiscalDocument, Kind

CLOSES: Final = time(23, 59, 59)
"""When the shift is closed: the next day is nowhere more than a day off it, so that nobody is asked about the clock."""

Pay = Callable[[str, Kopecks], CardSlip]
"""Takes a sum from a card, under a token."""


class Place(NamedTuple):
    """A till."""

    shop: str
    till: str
    shift: int
    """Number of the shift."""


class Step(NamedTuple):
    """Facts of one commit."""

    at: str
    facts: tuple[f.AnyFact, ...]


class PastShift:
    """Somebody at a till who does what the demo tells; each receipt is one commit."""

    def __init__(self, place: Place, day: date, zone: ZoneInfo, cashier: Person) -> None:
        self.place, self._day, self._zone, self._cashier = place, day, zone, cashier
        self._ledger = Ledger(shifts=place.shift - 1)
        self._facts: list[f.AnyFact] = []
        self._now = datetime.combine(day, time(), zone)
        self.steps: list[Step] = []
        self.ended: list[Ended] = []
        """Its receipts, as other systems hear of them."""
        self.fiscal = [FiscalDocument(1, "shift_open", "", 0, 1)]
        """What the fiscal device has registered."""

    def begin(self, name: str, hour: int, minute: int, sale: Ended | None = None) -> "PastShift":
        """Begin a receipt, or a return by the receipt of a sale."""
        self._now = datetime.combine(self._day, time(hour, minute), self._zone)
        place = (self.place.shop, self.place.till)
        if self._ledger.shift is None:
            self._do(f.ShiftOpened(self.place.shift, self._at, self._cashier, *place))
        number, kind = self._ledger.next_receipt, DocumentType.RETURN_BY_RECEIPT if sale else DocumentType.SALE
        opened = (named(name), number, self.place.shift, self._at, self._cashier, *place)
        return self._do(f.ReceiptOpened(*opened, kind, sale_of(sale) if sale else None))

    def add(
        self,
        product: Product,
        quantity: Thousandths = ONE,
        mark: str = "",
        properties: tuple[tuple[str, str], ...] = (),
    ) -> "PastShift":
        """Sell goods, by a mark where they have one, with what a mask captures of it."""
        line = Line(len(self._receipt.lines) + 1, product, quantity, product.price, product.min_price)
        code = read(mark.encode()) if mark else None
        if isinstance(code, Code):
            line = replace(line, mark=code.code, ki=code.ki, single=True, properties=properties)
        if product.min_age and not self._receipt.age:
            self._do(f.AgeConfirmed(self._receipt.identifier, ADULT, self._at, self._cashier))
        return self._do(f.LineAdded(self._receipt.identifier, line))

    def give_back(self, position: int, quantity: Thousandths) -> "PastShift":
        """Take so much of a position of the sale back."""
        sale, name = self._receipt.sale, self._receipt.identifier
        sold = sale.at_position(position) if sale else None
        if sold is None:
            raise ValueError(position)
        line = Line(len(self._receipt.lines) + 1, sold.product, quantity, sold.price, sold.min_price, origin=position)
        return self._do(f.LineAdded(name, line), f.ReasonGiven(name, "refused"))

    def grant(self, discount: Discount) -> "PastShift":
        """Give a discount on the whole receipt."""
        own = self._receipt
        taken = spread([Share(line.gross, line.floor, line.granted) for line in own.live], discount)
        shares = ((line.position, off, Kopecks(line.gross - off)) for line, off in zip(own.live, taken, strict=True))
        granted = f.DiscountGranted(own.identifier, 0, discount, self._at, self._cashier)
        return self._do(granted, f.DiscountsSpread(own.identifier, tuple(shares)))

    def card(self, pay: Pay, amount: Kopecks | None = None) -> "PastShift":
        """Take so much, or all that is to be paid, from a card."""
        name, money = self._receipt.identifier, amount or self._receipt.rest
        token = named(f"charge/{name}")
        self._do(f.PaymentBegun(name), f.ChargeBegun(token, name, money, self._at))
        taken = f.TenderTaken(name, TenderKind.CARD, money, self._at, token, pay(token, money))
        return self._do(f.ChargeEnded(token, "approved"), taken)

    def close(self, cash: Kopecks | None = None) -> Ended:
        """Close the receipt; what is still to be paid is paid in cash, with the change out of `cash` if it is more."""
        own = self._receipt
        if own.rest:
            money = cash or own.rest
            self._do(f.PaymentBegun(own.identifier))
            self._do(f.TenderTaken(own.identifier, TenderKind.CASH, money, self._at))
        own = self._receipt
        self._do(f.ReceiptClosed(own.identifier, own.total, own.change, self._at))
        self._print(own.identifier, self._registered(own))
        return self._ends(completed=True, receipt=self._ledger.last or own)

    def cancel(self) -> Ended:
        """Give the receipt up."""
        own = self._receipt
        self._do(f.ReceiptCancelled(own.identifier, self._at, self._cashier))
        return self._ends(completed=False, receipt=own)

    def z(self) -> None:
        """Close the shift."""
        self._now = datetime.combine(self._day, CLOSES, self._zone)
        ledger, shift, name = self._ledger, self._ledger.shift, named(f"z/{self.place}")
        if shift is None:
            raise ValueError(self.place)
        details = (shift.number, shift.opened, self._at, self._cashier, shift.totals, ledger.drawer)
        signs = {"receipt": 1, "refund": -1}
        total, token = sum(signs.get(own.kind, 0) * own.total for own in self.fiscal), named(f"closing/{self.place}")
        self._do(f.ClosingBegun(token, shift.number, len(self.fiscal), self._at, self._cashier))
        self.fiscal.append(FiscalDocument(len(self.fiscal) + 1, "shift_close", token, total, 1))
        self._do(f.ShiftClosed(ShiftReport(name, "z", *details), len(self.fiscal)))
        self._print(name, 0)
        self._commit()

    @property
    def _at(self) -> str:
        return local(self._now)

    @property
    def _receipt(self) -> Receipt:
        if self._ledger.receipt is None:
            raise ValueError(self.place)
        return self._ledger.receipt

    def _do(self, *facts: f.AnyFact) -> "PastShift":
        self._ledger = fold(self._ledger, facts)
        self._facts += facts
        return self

    def _registered(self, receipt: Receipt) -> int:
        """Register a receipt with the fiscal device; return its number there."""
        number = len(self.fiscal) + 1
        kind: Kind = "receipt" if not receipt.gives_back else "refund"
        self.fiscal.append(FiscalDocument(number, kind, receipt.identifier, receipt.total, 1))
        return number

    def _print(self, document: str, fiscal: int) -> None:
        token = named(f"print/{document}")
        self._do(f.PrintBegun(token, document, copy=False))
        if fiscal:
            self._do(f.RegisterBegun(token, fiscal - 1))
        self._do(f.PrintEnded(token, "printed", fiscal=fiscal))

    def _ends(self, *, completed: bool, receipt: Receipt) -> Ended:
        shop, till, _ = self.place
        end = Ended(
            receipt,
            completed=completed,
            at=self._at,
            by=self._cashier,
            shop=shop,
            till=till,
            ordinal=len(self.ended) + 1,
            fiscal=receipt.fiscal,
        )
        self.ended.append(end)
        self._commit()
        return end

    def _commit(self) -> None:
        self.steps.append(Step(self._now.isoformat(timespec="milliseconds"), tuple(self._facts)))
        self._facts = []
