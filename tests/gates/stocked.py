"""A till whose goods are reserved by a system of stock control, and whoever answers for that system."""

from typing import Final, Self

import msgspec

from cashier.core import facts as f
from cashier.core.catalogue import Product
from cashier.core.effects import Effect, RunGate
from cashier.core.events import Answered, IntentFound, LeaveFound, NoReply, Reply
from cashier.core.gate import Gate
from cashier.core.ledger import Ledger
from cashier.core.modes import Passing, Popup
from cashier.core.passage import Waiting
from cashier.core.receipt import Line
from cashier.core.rights import CASHIER, Right
from cashier.core.state import Rules
from cashier.gates.stock_control import Answer, Request, StockControlGate, Undo
from cashier.gates.stock_control._words import memory_of
from cashier.ui.locale.catalogue import Catalogue
from tests.core.goods import BREAD
from tests.core.hand import Hand

RUSSIAN: Final = Catalogue("ru")

DONE: Final = Answer(done=True)
REFUSED: Final = Answer(done=False, text="Доступно 2 шт")
WORDLESS: Final = Answer(done=False)
UNSENT: Final = Answer(done=False, sent=False)
BROKEN: Final = Answer(done=False, sure=False)
"""A 5xx, or garbage: it may have been done."""
GONE: Final = Answer(done=False, gone=True)
LATE: Final = None
"""No answer at all."""

ANSWERS: Final = {
    "refused": REFUSED,
    "wordless": WORDLESS,
    "unsent": UNSENT,
    "broken": BROKEN,
    "late": LATE,
}
"""All ways not to do what was asked for."""
UNSURE: Final = ("broken", "late")
"""Those after which it may be done all the same."""


class Stocked(Hand):
    """One till with the gate of stock control."""

    def __init__(self, *gates: Gate, rules: Rules | None = None, ledger: Ledger | None = None) -> None:
        super().__init__(*gates, rules=rules, ledger=ledger)
        self.requests: list[RunGate] = []
        """All that the system was asked, in order."""
        self.gone: set[str] = set()
        """Keys of reserves that the system certainly does not hold, by its own words."""

    @classmethod
    def selling(cls, *others: Gate, asks: bool = True, merges: bool = True) -> Self:
        """Start at the sale screen; a cashier may do everything, and other gates come after this one."""
        return cls.behind(StockControlGate(asks=asks), *others, merges=merges)

    @classmethod
    def behind(cls, *gates: Gate, merges: bool = True) -> Self:
        """Start with gates in an order of one's own."""
        rights = dict.fromkeys(Right, CASHIER)
        return cls.signed_in(rules=Rules(gates=gates, rights=rights, merge_lines=merges))

    def _answer(self, effect: Effect) -> None:
        if isinstance(effect, RunGate):
            self.requests.append(effect)
        super()._answer(effect)

    def said(self, *answers: Answer | None) -> Self:
        """Let the system answer, each time the gate asks; None: it does not."""
        for answer in answers:
            self._hear(self.orders[-1], answer)
            if answer is None:
                self.no_reply()
            else:
                self.reply(msgspec.json.encode(answer).decode())
        return self

    @property
    def token(self) -> str:
        """Token of the request made last, whatever was pressed since."""
        return self.requests[-1].token

    def sell(self, *products: Product) -> Self:
        """Sell goods that there are."""
        for product in products or (BREAD,):
            self.scan(product.barcode).said(DONE)
        return self

    def change(self, quantity: str) -> Self:
        """Type another quantity of the selected line."""
        return self.press("f6").write(quantity).press("enter")

    def restarted(self) -> "Stocked":
        """Start the till again from what was written down; the house finds what was left open."""
        other = super().restarted()
        again = Stocked(rules=self.rules, ledger=other.till.ledger)
        again.__dict__.update(other.__dict__, requests=[], facts=list(self.facts), gone=self.gone)
        for intent in again.till.ledger.intents:
            again.give(IntentFound(intent))
        for position in again.till.ledger.leaving:
            again.give(LeaveFound(position))
        return again

    def settle(self, *answers: Answer | None) -> Self:
        """Answer what was asked again after a restart, in order."""
        for request, answer in zip(tuple(self.requests), answers, strict=True):
            self._hear(msgspec.json.decode(request.body, type=Request), answer)
            said = Reply(msgspec.json.encode(answer).decode()) if answer else NoReply("late")
            self.give(Answered(request.token, said))
        return self

    def settle_all(self, answer: Answer | None) -> Self:
        """Answer the same to all that is asked again after a restart, one after the other, and what follows from it."""
        told: set[str] = set()
        while fresh := [own for own in self.requests if own.token not in told]:
            request = fresh[0]
            told.add(request.token)
            self._hear(msgspec.json.decode(request.body, type=Request), answer)
            said = Reply(msgspec.json.encode(answer).decode()) if answer else NoReply("late")
            self.give(Answered(request.token, said))
        return self

    def _hear(self, order: Request, answer: Answer | None) -> None:
        if answer is None or not answer.sure:
            return
        if answer.done == (order.operation == "cancel") or answer.gone:
            self.gone.add(order.key)

    def unowned(self) -> set[str]:
        """Return keys of reserves that may be held, and that neither a line nor a cancel in the outbox knows."""
        made = [msgspec.json.decode(own.body, type=Request) for own in self.facts if isinstance(own, f.IntentMade)]
        asked = {own.key for own in (*made, *self.orders) if own.operation == "reserve"}
        aside = (line for receipt in self.till.ledger.postponed for line in receipt.live)
        known = {own.key for line in (*self.live, *aside) for own in memory_of(line)} | {own.key for own in self.undos}
        return asked - known - self.gone

    @property
    def asks(self) -> list[tuple[str, int]]:
        """What was asked: operation and thousandths."""
        return [(own.operation, own.quantity) for own in self.orders]

    @property
    def orders(self) -> list[Request]:
        """What was asked, in the gate's words."""
        return [msgspec.json.decode(own.body, type=Request) for own in self.requests]

    @property
    def waits(self) -> str:
        """Text key of what is waited for; empty when nothing is."""
        at = self.till.mode.at if isinstance(self.till.mode, Passing) else None
        return at.wait.key if isinstance(at, Waiting) else ""

    @property
    def reserves(self) -> list[list[int]]:
        """Thousandths of the reserves of each live line."""
        return [[own.quantity for own in memory_of(line)] for line in self.live]

    @property
    def live(self) -> tuple[Line, ...]:
        """Live lines of the open receipt."""
        return self.till.ledger.receipt.live if self.till.ledger.receipt else ()

    @property
    def undone(self) -> list[tuple[int, bool]]:
        """Cancels in the outbox: thousandths, and whether the reserve is in doubt; a message goes out once."""
        return [(own.quantity, own.doubtful) for own in self.undos]

    @property
    def undos(self) -> list[Undo]:
        """The same as they are worded."""
        told = [fact for fact in self.facts if isinstance(fact, f.MessageQueued)]
        bodies = {fact.identifier: fact.body for fact in reversed(told)}
        return [msgspec.json.decode(body, type=Undo) for body in reversed(bodies.values())]

    @property
    def popup(self) -> str:
        """The error popup in Russian: reason and advice."""
        mode = self.till.mode
        return f"{RUSSIAN.text(mode.reason)}. {RUSSIAN.text(mode.advice)}" if isinstance(mode, Popup) else ""

    @property
    def warned(self) -> str:
        """The lasting warning in Russian, and what had to go out of the receipt and is to be told."""
        lasting = (*self.till.withdrawn, *filter(None, (self.till.warning,)))
        return " ".join(RUSSIAN.text(own) for own in lasting)

    @property
    def condition(self) -> str:
        """Text key of how the system is known to be; empty while nobody knows."""
        return next((own.text.key for own in self.till.conditions if own.topic == "stock"), "")

    def sound(self) -> bool:
        """Tell whether each live line is reserved in its quantity, and no reserve is of two lines or cancelled."""
        reserves = [own for line in self.live for own in memory_of(line)]
        keys = [own.key for own in reserves]
        exact = all(sum(own.quantity for own in memory_of(line)) == line.quantity for line in self.live)
        return exact and len(keys) == len(set(keys)) and not {own.key for own in self.undos} & set(keys)
