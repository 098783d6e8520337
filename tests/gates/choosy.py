"""A gate that asks nobody and refuses what a test says: lines, changes, or lines that are in already."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cashier.core.events import NoReply, Reply
from cashier.core.facts import IntentMade, MessageQueued
from cashier.core.gate import Asked, Inquiry, Known, Pass, Refuse, Settlement, Unpayable
from cashier.core.receipt import Line, Receipt
from cashier.core.say import say

NO = Refuse(say("no"), say("no_advice"))

Refuses = Callable[[Asked], bool]


def never(_asked: Asked) -> bool:
    """Refuse nothing."""
    return False


def always(_asked: Asked) -> bool:
    """Refuse everything."""
    return True


def changes(asked: Asked) -> bool:
    """Refuse other quantities, and more pieces."""
    return asked.before is not None


@dataclass(frozen=True)
class Choosy:
    """The gate; it holds nothing, and has nothing to say."""

    entry: Refuses = never
    standing: Refuses = never
    """Once the line is in."""
    name: str = "choosy"

    def enter(self, asked: Asked, /) -> Pass | Refuse:
        """Let it in, or not."""
        return NO if self.entry(asked) else Pass(asked.line)

    def added(self, asked: Asked, /) -> Pass | Refuse:
        """Let it stay, or not."""
        return NO if self.standing(asked) else Pass(asked.line)

    def release(self, asked: Asked, /) -> Pass:
        """Any line may go."""
        return Pass(asked.line)

    def leave(self, asked: Asked, /) -> Pass:
        """Let go."""
        return Pass(asked.line)

    def about(self, _inquiry: Inquiry, /) -> Known:
        """It knows nothing of any goods."""
        return Known()

    def unpayable(self, _receipt: Receipt, _at: datetime, _doubted: str, /) -> Unpayable | None:
        """Any line may be paid."""
        return None

    def completed(self, _receipt: Receipt, /) -> tuple[MessageQueued, ...]:
        """Tell nobody."""
        return ()

    def cancelled(self, _receipt: Receipt, /) -> tuple[MessageQueued, ...]:
        """Tell nobody."""
        return ()

    def settle(self, _intent: IntentMade, _line: Line | None, _answer: Reply | NoReply | None, /) -> Settlement:
        """Nothing was asked."""
        return Settlement()
