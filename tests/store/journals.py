"""A till's documents.db written by a hand at the till: every step that records is a commit of its own."""

from pathlib import Path

from msgspec.structs import replace

from cashier.core.effects import Record
from cashier.core.events import Answered, Event, NoReply, Pressed, Reply, Scanned
from cashier.core.facts import IntentMade, MessageQueued
from cashier.core.gate import Asked, Gate, Pass, Settlement
from cashier.core.ledger import Ledger
from cashier.core.modes import MENU, Passing
from cashier.core.passage import Phase, Waiting
from cashier.core.receipt import Line, Receipt
from cashier.core.rights import CASHIER, Right
from cashier.core.state import Rules
from cashier.store.documents import Documents
from tests.core.gates import ScriptedGate
from tests.core.goods import APPLES, BOX, BREAD, MILK
from tests.core.hand import SCANNER, Hand

SHOP, TILL = "77", "3"
ALL_RIGHTS = dict.fromkeys(Right, CASHIER)
"""Anybody may do anything: no test of the store is about rights."""


class NamingGate(ScriptedGate):
    """A scripted gate whose messages each have an identifier of their own, as the outbox demands."""

    def _pass(self, phase: Phase, asked: Asked) -> Pass:
        return replace(super()._pass(phase, asked), messages=(_note(asked.fresh, f"{self.name} {phase}"),))

    def completed(self, receipt: Receipt, /) -> tuple[MessageQueued, ...]:
        """Say that the receipt is closed."""
        return (_note(receipt.identifier, "completed"),)

    def cancelled(self, receipt: Receipt, /) -> tuple[MessageQueued, ...]:
        """Say that the receipt was given up."""
        return (_note(receipt.identifier, "cancelled"),)

    def settle(self, intent: IntentMade, _line: Line | None, _answer: Reply | NoReply | None, /) -> Settlement:
        """Put an intent right."""
        return Settlement((_note(intent.token, "settled"),))


def _note(identifier: str, body: str) -> MessageQueued:
    return MessageQueued(identifier, "server", "note", body, key=identifier)


def stock(**phases: str) -> NamingGate:
    """Make a gate that does what it is told: `stock(enter="do", leave="do")`."""
    return NamingGate("stock", {Phase(phase): tuple(moves.split()) for phase, moves in phases.items()})


class Journaled(Hand):
    """A hand at a till whose facts go to a file."""

    def __init__(self, path: Path, *gates: Gate, rules: Rules | None = None, ledger: Ledger | None = None) -> None:
        super().__init__(rules=rules or Rules(SHOP, TILL, gates=gates, rights=ALL_RIGHTS), ledger=ledger)
        self.documents = Documents(path)

    def give(self, event: Event) -> "Journaled":
        """Let one event happen and write down what it records."""
        super().give(event)
        for effect in self.effects:
            if isinstance(effect, Record):
                self.documents.commit(f"{self.till.now.isoformat(timespec='milliseconds')}+03:00", effect.facts)
        return self


def act(hand: Hand, action: str) -> None:
    """Do one thing at the till: scan goods, press a key, or let the outside answer whoever waits."""
    word, _, what = action.partition(" ")
    match word:
        case "scan":
            hand.give(Scanned(SCANNER, 1, what.encode()))
        case "reply":
            at = hand.till.mode.at if isinstance(hand.till.mode, Passing) else None
            if isinstance(at, Waiting):
                hand.give(Answered(at.token, Reply(what) if what != "none" else NoReply("late")))
        case "in":
            hand.sign_in()
        case _:
            for key in action.split():
                hand.give(Pressed(key))


LOCK = f"f10 {MENU.index('menu_lock') + 1}"
ACTIONS = (
    *(f"scan {goods.barcode}" for goods in (BREAD, BREAD, MILK, BOX, APPLES)),
    "scan 000",
    "in",
    "escape",
    "enter",
    "plus",
    "plus enter",
    "1 0 0 0 enter",
    "f6 3 enter",
    "0 . 5 enter",
    "delete",
    "up",
    "f4",
    "f4 enter",
    "f10 1",
    LOCK,
    *(f"f10 {row}" for row in (4, 5, 7)),
    "f10 4 1 0 enter",
    "f10 7 enter",
    "f11",
    "reply yes",
    "reply yes",
    "reply no",
    "reply none",
)
"""What a cashier, a buyer and a server may do, in any order."""


def trading(path: Path) -> Journaled:
    """Sign a cashier in at a till with a gate that reserves, and let two receipts end: one paid, one given up."""
    hand = Journaled(path, stock(enter="do", leave="do"))
    sale = ("in", "scan 4600682000013", "reply yes", "scan 4600682000020", "reply yes", "delete", "reply yes")
    paid = ("scan 2300003", "0 . 7 4 5 enter", "reply yes", "plus", "1 0 0 0 enter", "f10 1")
    cancelled = ("scan 4600682000044", "reply yes", "f4 enter", "scan 4600682000013", "reply yes", LOCK)
    for action in (*sale, *paid, *cancelled, "in", "scan 4600682000020", "reply none"):
        act(hand, action)
    return hand
