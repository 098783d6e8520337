"""Gates: plug-ins that are asked in order before a line enters the receipt and when it leaves.

A gate is pure: it decides from what it is shown and keeps its own thoughts between a question and its answer in a
text that the passage carries for it (`thought`). What it wants done outside is done by the handler that the composition
root registers under the gate's name. The machines do not know which gates exist.
"""

from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid5

from msgspec import Struct

from cashier.core.catalogue import Person, Product
from cashier.core.clock import local
from cashier.core.conditions import Condition
from cashier.core.events import NoReply, Reply
from cashier.core.facts import AgeConfirmed, ClockConfirmed, IntentMade, MessageQueued
from cashier.core.money import Kopecks
from cashier.core.question import Picked, Question, ScanGiven, Written
from cashier.core.reading import Reading
from cashier.core.receipt import Line, Receipt
from cashier.core.say import Say

GateAnswer = Picked | ScanGiven | Written | Reply | NoReply
Confirmed = AgeConfirmed | ClockConfirmed
"""What a person has answered for."""


class Pass(Struct, frozen=True):
    """The gate agrees; the line may come out changed (price, mark, the gate's memory)."""

    line: Line
    messages: tuple[MessageQueued, ...] = ()
    """For the outbox, committed together with what the passage ends in."""
    known: tuple[Condition, ...] = ()
    """What the gate has found out about the world around."""
    confirmed: Confirmed | None = None
    """What a person has just answered for: the clock is written down at once, an age once the receipt is open."""


class Ask(Struct, frozen=True):
    """The gate wants to know something of the cashier; Esc gives the whole passage up."""

    question: Question
    thought: str = ""
    confirmed: Confirmed | None = None
    """As in `Pass`."""


class Do(Struct, frozen=True):
    """The gate wants something done outside and its answer back."""

    body: str
    """The request, in the gate's own words; committed as an intent first if `durable`."""
    wait: Say
    """What the cashier reads while waiting."""
    deadline: float = 5.0
    durable: bool = True
    thought: str = ""


class Refuse(Struct, frozen=True):
    """The line does not get through; in `added` it goes out again, and all gates are left."""

    reason: Say
    advice: Say
    holds: bool = True
    """In `added`: this gate may hold something of the line, and is left like the others. False: it is not left."""
    known: tuple[Condition, ...] = ()
    """As in `Pass`."""
    confirmed: Confirmed | None = None
    """As in `Pass`."""
    standing: Line | None = None
    """The line that stood, as the gate holds it by now, where a refused change has changed that."""
    messages: tuple[MessageQueued, ...] = ()
    """As in `Pass`; a storno that is refused sends none."""


class Lose(Struct, frozen=True):
    """A line that stood in the receipt cannot stay: what held it is gone and does not come back (spec S6)."""

    reason: Say
    advice: Say
    standing: Line | None = None
    """As in `Refuse`."""
    messages: tuple[MessageQueued, ...] = ()
    """As in `Pass`."""
    known: tuple[Condition, ...] = ()
    """As in `Pass`."""


class Unpayable(Struct, frozen=True):
    """A line that keeps its receipt from being paid."""

    position: int
    reason: Say
    advice: Say
    answerable: bool = False
    """The gate asks the cashier for what is missing where the line enters; one of an order is sent through it now."""


class Settlement(Struct, frozen=True):
    """How an intent was put right."""

    messages: tuple[MessageQueued, ...] = ()
    withdraw: bool = False
    """The line cannot stay: nothing holds it any more."""
    reason: Say | None = None
    """Why it cannot, for the cashier."""
    again: float = 0.0
    """Ask the outside once more, and wait so many seconds; zero: the intent is settled."""
    body: str = ""
    """What to ask then; empty: the intent's own words."""
    standing: Line | None = None
    """The line, as the gate holds it from now on."""
    known: tuple[Condition, ...] = ()
    """As in `Pass`."""


class Asked(Struct, frozen=True):
    """What a gate is shown."""

    receipt: Receipt
    line: Line
    """The candidate; for `release` the line the cashier pointed at."""
    at: datetime
    """Shop's local time."""
    seed: UUID
    """Of the event in hand."""
    purpose: str = ""
    """What the gate is asked for: with the seed it names a new thing."""
    before: Line | None = None
    """The line as it stands, when its quantity is to be changed."""
    more: bool = False
    """Another piece is merged into it: what is held of it stays."""
    thought: str = ""
    answer: GateAnswer | None = None
    reading: Reading | None = None
    """Of the mark by which the candidate was found; None when it came by a barcode, a code or a list."""
    postponed: tuple[Receipt, ...] = ()
    """Receipts put aside."""
    by: Person | None = None
    """Who answers for what is being done: who has allowed it, else the cashier."""
    doubted: str = ""
    """When the last document was made that the clock is more than a day off; empty where it is not."""

    @property
    def fresh(self) -> str:
        """A new identifier, for whatever the gate may have to name."""
        return str(uuid5(self.seed, self.purpose))

    @property
    def local(self) -> str:
        """The time as facts have it."""
        return local(self.at)


class Inquiry(Struct, frozen=True):
    """Goods whose price is checked: nothing is sold, written down or held (spec S8)."""

    product: Product
    at: datetime
    """Shop's local time."""
    reading: Reading | None = None
    """Of the scan they were found by; None when they came by a code or a list."""
    answer: Reply | NoReply | None = None
    """Of the outside, to what the gate has asked for; None at the first call."""
    fresh: str = ""
    """A new identifier, for whatever the gate may have to name."""


class Known(Struct, frozen=True):
    """What a gate can tell of goods before they are sold."""

    lines: tuple[Say, ...] = ()
    """In order; a text in two parts has the second one at the right."""
    ask: Do | None = None
    """What has to be asked outside first; never an intent, whatever `durable` says, and `thought` is not kept."""
    prices: tuple[Say, ...] = ()
    """What concerns the price alone: stands right below it, before the lines of all gates."""
    amounts: tuple[Say, ...] = ()
    """How much there is: stands after what concerns the price, where the wait for it stood."""
    price: Kopecks | None = None
    """What a unit will cost, where that is not the price of the dictionaries."""


Enter = Pass | Ask | Do | Refuse | Lose
Added = Pass | Do | Refuse
Release = Pass | Ask | Do | Refuse
Leave = Pass | Do | Lose


class Gate(Protocol):
    """One gate. Each method is pure and total; `answer` is None at the first call of a passage."""

    @property
    def name(self) -> str:
        """Name in `[plugins]`, in facts and in the handler's registration."""
        ...

    def enter(self, asked: Asked, /) -> Enter:
        """Decide whether the line may be committed; `Lose` only where `before` is given."""
        ...

    def added(self, asked: Asked, /) -> Added:
        """Do what has to be done once the line is committed; a refusal takes it out again."""
        ...

    def release(self, asked: Asked, /) -> Release:
        """Decide whether a line may be storno'd, and which: the line passed on is the one that goes.

        Messages of a `Pass` are sent only if the line goes.
        """
        ...

    def leave(self, asked: Asked, /) -> Leave:
        """Let a line go that has entered: storno, or a later gate refused. No reply is not a way to say no.

        `Lose` only where `before` is given: the line cannot be held as it stood.
        """
        ...

    def unpayable(self, receipt: Receipt, at: datetime, doubted: str, /) -> Unpayable | None:
        """Tell which line may not be paid at this local time of the shop; None if all may. `doubted`: see `Asked`."""
        ...

    def about(self, inquiry: Inquiry, /) -> Known:
        """Tell what is known of goods whose price is checked; what is to be asked outside must hold nothing there."""
        ...

    def completed(self, receipt: Receipt, /) -> tuple[MessageQueued, ...]:
        """Return what the outbox shall carry for a closed receipt, written in the closing transaction."""
        ...

    def cancelled(self, receipt: Receipt, /) -> tuple[MessageQueued, ...]:
        """Return the same for a receipt given up as a whole; also for a single line that a crash kept from leaving."""
        ...

    def settle(self, intent: IntentMade, line: Line | None, answer: Reply | NoReply | None, /) -> Settlement:
        """Put an intent right whose outcome nobody knows: after a crash, a time-out or Esc.

        `line` is the line the intent was about if it stands in the receipt, None if it never got in or is storno'd;
        `answer` is that of the outside where it was asked `again`.
        """
        ...
