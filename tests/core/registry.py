"""A till with a fiscal device beside it: the device keeps what it registered and closed, whatever the till hears."""

from typing import Self

from cashier.core import facts as f
from cashier.core.catalogue import Product
from cashier.core.effects import AskFiscal, Print, ShutShift
from cashier.core.events import ClosingFound, Event, FiscalReady, Printed, ShiftShut
from cashier.core.ledger import Ledger, fold
from cashier.core.receipt import Receipt
from cashier.core.shifts import Shift, ShiftReport
from cashier.core.state import Rules
from tests.core.goods import BREAD, PETROV
from tests.core.hand import Hand

DEVICE = Rules(fiscal=True, terminal=True)


class Registry(Hand):
    """A hand whose papers are registered; what is answered to a closing, and when, is the test's to say."""

    def __init__(self, *, rules: Rules = DEVICE, ledger: Ledger | None = None) -> None:
        super().__init__(rules=rules, ledger=ledger)
        self.number = 0
        """Of the device's last document."""
        self.closed: list[str] = []
        """Tokens of the shifts the device has closed."""
        self.asked_for: list[AskFiscal | ShutShift] = []

    @classmethod
    def senior(cls, *, rules: Rules = DEVICE) -> Self:
        """Sign in somebody who may close shifts."""
        hand = cls(rules=rules)
        hand.sign_in(PETROV.code)
        return hand

    def give(self, event: Event) -> Self:
        """Let one event happen, and note what the device is asked for."""
        super().give(event)
        self.asked_for += [effect for effect in self.effects if isinstance(effect, AskFiscal | ShutShift)]
        return self

    def sell(self, product: Product = BREAD, key: str = "enter") -> Self:
        """Sell one thing and let its receipt be registered and printed."""
        self.scan(product.barcode).press("plus", key)
        return self.print() if self.till.ledger.receipt is None else self

    def print(self) -> Self:
        """Let the paper sent last come out; a receipt is registered first."""
        order = self.asked(Print)
        if isinstance(order.document, Receipt) and self.rules.fiscal and not order.copy:
            self.give(FiscalReady(order.token, self.number))
            self.number += 1
            return self.give(Printed(order.token, "printed", fiscal=self.number))
        return self.give(Printed(order.token, "printed", fiscal=order.fiscal))

    def ask_z(self) -> Self:
        """Choose Z in the menu."""
        return self.press("f10", "7")

    def begin(self) -> Self:
        """Begin to close the shift: the question is answered with yes, and so is the device's number."""
        self.ask_z().press("enter")
        return self.give(FiscalReady(self.asked_for[-1].token, self.number))

    def close(self, *, tells: bool = True) -> Self:
        """Let the device do what it was asked for last; it closes no shift twice by one token."""
        order = self.asked_for[-1]
        if order.token not in self.closed:
            self.closed.append(order.token)
            self.number += 1
        return self.give(ShiftShut(order.token, "closed", self.number)) if tells else self

    def cut(self) -> Self:
        """Cut the power and start again; a closing that is open is asked for."""
        written = tuple(f.from_json(f.to_json(fact)) for fact in self.facts)
        again = type(self)(rules=self.rules, ledger=fold(Ledger(), written))
        again.number, again.closed, again.asked_for = self.number, self.closed, list(self.asked_for)
        again.clock, again.uptime, again._events = self.clock, self.uptime, self._events
        again.facts = list(self.facts)
        return again.give(ClosingFound()) if again.till.ledger.closing else again

    @property
    def shift(self) -> Shift:
        """The open shift."""
        assert self.till.ledger.shift is not None
        return self.till.ledger.shift

    @property
    def reports(self) -> list[ShiftReport]:
        """Z reports, in order."""
        return [fact.report for fact in self.facts if isinstance(fact, f.ShiftClosed)]


def doubled(hand: Registry) -> str:
    """Say what is wrong with the closings; empty when nothing is."""
    numbers = [report.number for report in hand.reports]
    if len(set(numbers)) != len(numbers):
        return "a shift was closed twice"
    on_its_way = 1 if hand.till.ledger.closing else 0
    if not len(numbers) <= len(hand.closed) <= len(numbers) + on_its_way:
        return f"the device closed {len(hand.closed)} shifts, the till {len(numbers)}"
    return ""
