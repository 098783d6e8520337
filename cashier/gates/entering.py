"""What gates have in common that only decide who comes in: they hold nothing of a line and ask nobody outside."""

from datetime import datetime

from msgspec import Struct

from cashier.core.events import NoReply, Reply
from cashier.core.facts import IntentMade, MessageQueued
from cashier.core.gate import Asked, Inquiry, Known, Pass, Settlement, Unpayable
from cashier.core.receipt import Line, Receipt


class EnteringGate(Struct, frozen=True):
    """A gate that lets go whatever it has let in."""

    def added(self, asked: Asked, /) -> Pass:
        """Nothing follows from a line that is in."""
        return Pass(asked.line)

    def release(self, asked: Asked, /) -> Pass:
        """Any line may go."""
        return Pass(asked.line)

    def leave(self, asked: Asked, /) -> Pass:
        """Nothing is held of it."""
        return Pass(asked.line)

    def unpayable(self, _receipt: Receipt, _at: datetime, _doubted: str, /) -> Unpayable | None:
        """What is in may be paid."""
        return None

    def about(self, _inquiry: Inquiry, /) -> Known:
        """Nothing is known of goods but what the dictionaries say."""
        return Known()

    def completed(self, _receipt: Receipt, /) -> tuple[MessageQueued, ...]:
        """Nobody is to be told."""
        return ()

    def cancelled(self, _receipt: Receipt, /) -> tuple[MessageQueued, ...]:
        """Nobody is to be told."""
        return ()

    def settle(self, _intent: IntentMade, _line: Line | None, _answer: Reply | NoReply | None, /) -> Settlement:
        """It makes no intents; one of its name is of another program's making and is over."""
        return Settlement()
