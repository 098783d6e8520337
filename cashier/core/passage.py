"""A passage: where a line stands on its way through the gates, in or out."""

from enum import StrEnum

from msgspec import Struct

from cashier.core.facts import AnyFact, MessageQueued
from cashier.core.quantity import Thousandths
from cashier.core.question import Question
from cashier.core.reading import Reading
from cashier.core.receipt import Line, Receipt
from cashier.core.return_form import ReturnForm
from cashier.core.say import Say


class Phase(StrEnum):
    """What the gates are being asked."""

    ENTER = "enter"
    """May the candidate be committed? In order."""
    ADDED = "added"
    """It is committed: what follows from that? In order."""
    RELEASE = "release"
    """May a line be storno'd, and which? In order."""
    LEAVE = "leave"
    """Let it go. In reverse order, from the gate before the one that stopped it."""


class Lost(Struct, frozen=True):
    """A gate has lost a line that stood. The others still hold it and are left, that one is not."""

    gate: int
    """Index of that gate."""
    quantity: Thousandths
    """What the gates before it hold by now; those after it still hold what stood in the receipt."""


class Passage(Struct, frozen=True):
    """A line on its way. Frozen: each answer makes the next one."""

    phase: Phase
    receipt: Receipt
    """The receipt as the gates see it; it may not be open yet when its first line enters."""
    line: Line
    opening: tuple[AnyFact, ...] = ()
    """Facts that must be committed before the first request goes out: a shift, a receipt."""
    before: Line | None = None
    """The line as it stands, when its quantity is to be changed or another piece merged into it."""
    more: bool = False
    """It is another piece."""
    reading: Reading | None = None
    """Of the mark by which the line was found."""
    gate: int = 0
    """Index of the gate whose turn it is."""
    thought: str = ""
    messages: tuple[MessageQueued, ...] = ()
    intents: tuple[str, ...] = ()
    """Tokens of durable intents that were answered; settled with what the passage ends in."""
    unknown: tuple[str, ...] = ()
    """Those of the intents that the present gate got no reply to."""
    lost: Lost | None = None
    form: ReturnForm | None = None
    """Of a return by receipt, where the way leads at its end; None: to the sale screen."""
    refusal: tuple[Say, Say] | None = None
    """Reason and advice to be shown when all gates are left."""

    @property
    def is_late(self) -> bool:
        """A line of an order, as it stands, goes through the gates it came in past."""
        return self.line.is_late(self.before)

    @property
    def requantifies(self) -> bool:
        """A line that stands is to have another quantity: what is held of it may be gone meanwhile."""
        return self.before is not None and not (self.more or self.is_late)


class Waiting(Struct, frozen=True):
    """A gate waits for the outside."""

    token: str
    wait: Say
    durable: bool


class Questioned(Struct, frozen=True):
    """A gate waits for the cashier."""

    question: Question
    chosen: int = 0
    entry: str = ""
    """What was typed so far."""
