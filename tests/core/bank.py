"""A till with a payment terminal beside it: the terminal keeps what it charged, whatever the till hears of it."""

from dataclasses import dataclass, field
from typing import Literal, Self

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import AskTerminal, CancelCharge, Charge, ReverseCharge
from cashier.core.events import CardAnswered, ChargeFound, Event, Ticked
from cashier.core.ledger import Ledger, fold
from cashier.core.machines.resting import under
from cashier.core.receipt import Receipt
from cashier.core.state import Rules
from cashier.core.tender import CardSlip, TenderKind
from tests.core.goods import BREAD, IVANOVA, PETROV
from tests.core.hand import Hand

Outcome = Literal["approved", "declined", "absent", "pending", "unknown"]
AT_COUNTER = Rules(terminal=True)
SLIP = CardSlip("000001", "007919", "**** 1234", ("Оплата 45.50",))


@dataclass
class Operation:
    """One operation of the terminal; a reversal has a negative amount."""

    number: str
    token: str
    amount: int
    status: Literal["pending", "approved", "declined"] = "pending"


@dataclass
class Terminal:
    """Does each order it gets, one that is repeated too, and tells of its last one only."""

    operations: list[Operation] = field(default_factory=list)

    def order(self, token: str, amount: int, of: str = "") -> None:
        """Begin an operation; a reversal of what was not charged, or was reversed, is declined."""
        operation = Operation(f"{len(self.operations) + 1:06}", token, amount)
        if amount < 0 and not self._reversible(of, -amount):
            operation.status = "declined"
        self.operations.append(operation)

    def _reversible(self, number: str, amount: int) -> bool:
        charged = [own for own in self.operations if own.status == "approved"]
        standing = sum(own.amount for own in charged) >= amount
        return standing and any((own.number, own.amount) == (number, amount) for own in charged)

    def end(self, status: Literal["approved", "declined"]) -> None:
        """Let the card come to what is under way, or the buyer walk away."""
        if self.operations and self.operations[-1].status == "pending":
            self.operations[-1].status = status

    def told(self, token: str) -> CardAnswered:
        """Tell what became of an operation."""
        last = self.operations[-1] if self.operations else None
        if last is None or last.token != token:
            return CardAnswered(token, "absent")
        slip = CardSlip(last.number, "1", "**** 1234") if last.status == "approved" else None
        return CardAnswered(token, last.status, "" if slip else "нет денег", slip)

    @property
    def charged(self) -> int:
        """Kopecks taken from cards and not given back."""
        return sum(own.amount for own in self.operations if own.status == "approved")


class Counter(Hand):
    """A hand whose orders reach the terminal; what is answered, and when, is the test's to say."""

    def __init__(self, *, rules: Rules = AT_COUNTER, ledger: Ledger | None = None) -> None:
        super().__init__(rules=rules, ledger=ledger)
        self.terminal = Terminal()
        self.reaches = True
        """The next order reaches the terminal."""
        self.questions: list[str] = []
        """Tokens somebody waits for an answer to, an operation or a question."""
        self.orders: list[str] = []

    @classmethod
    def paying(cls, typed: str = "", *, rules: Rules = AT_COUNTER) -> Self:
        """Sell a loaf for 45.50, strike the subtotal and type a sum."""
        hand = cls(rules=rules)
        hand.sign_in(IVANOVA.code).scan(BREAD.barcode).press("plus").write(typed)
        return hand

    def give(self, event: Event) -> Self:
        """Let one event happen, and what it orders."""
        super().give(event)
        for effect in self.effects:
            match effect:
                case Charge(token, amount):
                    self._order(token, amount)
                case ReverseCharge(token, operation, amount):
                    self._order(token, -amount, operation)
                case AskTerminal(token):
                    self.questions.append(token)
                case CancelCharge():
                    self.terminal.end("declined")
        return self

    def _order(self, token: str, amount: int, of: str = "") -> None:
        self.orders.append(token)
        self.questions.append(token)
        if self.reaches:
            self.terminal.order(token, amount, of)

    def answer(self, outcome: Outcome, reason: str = "", slip: CardSlip | None = None) -> Self:
        """Let the terminal say something of the charge that is open."""
        return self.give(CardAnswered(self.charge.token, outcome, reason, slip))

    def card(self, status: Literal["approved", "declined"] = "approved") -> Self:
        """Let the operation end, and the till hear of it."""
        self.terminal.end(status)
        return self.give(self.terminal.told(self.charge.token))

    def word(self, row: str, code: str = PETROV.code) -> Self:
        """Answer for the silent terminal by a row, allowed by a senior where that is needed, and mean it."""
        self.press(row)
        return (self.approve(code) if isinstance(self.till.mode, m.Approving) else self).press("enter")

    def lock(self) -> Self:
        """Let nobody touch the till for long."""
        return self.give(Ticked(idle=True))

    def cut(self) -> Self:
        """Cut the power and start again: what was asked is not heard of any more, what is open is asked for."""
        written = tuple(f.from_json(f.to_json(fact)) for fact in self.facts)
        again = type(self)(rules=self.rules, ledger=fold(Ledger(), written))
        again.terminal, again.orders, again.facts = self.terminal, self.orders, list(self.facts)
        again.clock, again.uptime, again._events = self.clock, self.uptime, self._events
        return again.give(ChargeFound()) if again.till.ledger.charge else again

    @property
    def charge(self) -> f.ChargeBegun:
        """The charge that is open."""
        assert self.till.ledger.charge is not None
        return self.till.ledger.charge

    @property
    def last(self) -> Receipt:
        """The receipt closed last."""
        assert self.till.ledger.last is not None
        return self.till.ledger.last

    @property
    def stage(self) -> str:
        """How far the wait for the terminal is, whatever stands over it; empty when there is none."""
        mode = under(self.till.mode)
        return mode.stage if isinstance(mode, m.Charging) else ""

    @property
    def counted(self) -> int:
        """Kopecks by card as the receipts have them."""
        taken = (fact for fact in self.facts if isinstance(fact, f.TenderTaken) and fact.kind is TenderKind.CARD)
        given = (fact for fact in self.facts if isinstance(fact, f.TenderReversed))
        return sum(fact.amount for fact in taken) - sum(fact.amount for fact in given)


def disagreement(counter: Counter) -> str:
    """Say what is wrong between terminal and till; empty when nothing is."""
    begun = [fact for fact in counter.facts if isinstance(fact, f.ChargeBegun | f.ChargeEnded)]
    for place, fact in enumerate(begun):
        if isinstance(fact, f.ChargeBegun) != (place % 2 == 0) or fact.token != begun[place - place % 2].token:
            return "two charges are open at once, or one has ended twice"
    if len(set(counter.orders)) != len(counter.orders):
        return "an order was repeated"
    missing = counter.terminal.charged - counter.counted
    charge = counter.till.ledger.charge
    on_its_way = 0 if charge is None else -charge.amount if charge.reverses else charge.amount
    return "" if missing in {0, on_its_way} else f"{missing} kopecks were charged and not counted"


def waiting(typed: str = "") -> Counter:
    """Sell a loaf for 45.50 and begin to take it by card."""
    return Counter.paying(typed).press("f2")


def silent(typed: str = "") -> Counter:
    """Let the terminal know nothing of it, twice."""
    return waiting(typed).answer("unknown").answer("unknown")


def sums(hand: Counter) -> list[tuple[TenderKind, int]]:
    """Return kinds and sums of the tenders of the receipt closed last."""
    return [(tender.kind, tender.amount) for tender in hand.last.tenders]
