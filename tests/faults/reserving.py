"""A gate that reserves each line outside, so that a rehearsed sale has intents and messages in its transactions."""

from dataclasses import dataclass
from datetime import datetime

from cashier.core.events import NoReply, Reply
from cashier.core.facts import IntentMade, MessageQueued
from cashier.core.gate import (
    Added,
    Asked,
    Do,
    Enter,
    Inquiry,
    Known,
    Leave,
    Pass,
    Refuse,
    Release,
    Settlement,
    Unpayable,
)
from cashier.core.receipt import Line, Receipt
from cashier.core.say import say

NAME = "reserving"


@dataclass(frozen=True, slots=True)
class Reserving:
    """Reserves on the way in, cancels on the way out, and tells the outbox of what was sold."""

    name: str = NAME

    def enter(self, asked: Asked, /) -> Enter:
        """Ask the outside for the line."""
        if asked.answer is None:
            return Do(f"reserve {asked.receipt.identifier} {asked.fresh}", say("wait_reserve"))
        if isinstance(asked.answer, Reply):
            return Pass(asked.line.holding(self.name, asked.answer.body))
        return Refuse(say("no_reserve"), say("no_reserve_advice"))

    def added(self, asked: Asked, /) -> Added:
        """Have nothing more to do."""
        return Pass(asked.line)

    def release(self, asked: Asked, /) -> Release:
        """Let any line go."""
        return Pass(asked.line)

    def leave(self, asked: Asked, /) -> Leave:
        """Cancel the reservation, through the outbox if nobody answers."""
        memory = asked.line.memory(self.name)
        if asked.answer is None:
            return Do(f"cancel {memory}", say("wait_cancel"))
        answered = isinstance(asked.answer, Reply)
        return Pass(asked.line, () if answered else (_message(f"leave {asked.fresh}", "cancelled", memory),))

    def unpayable(self, _receipt: Receipt, _at: datetime, _doubted: str, /) -> Unpayable | None:
        """Let anything be paid."""
        return None

    def about(self, _inquiry: Inquiry, /) -> Known:
        """Know nothing of goods."""
        return Known()

    def completed(self, receipt: Receipt, /) -> tuple[MessageQueued, ...]:
        """Tell of each line that it was sold."""
        return tuple(self._told(receipt, line, "sold") for line in receipt.live)

    def cancelled(self, receipt: Receipt, /) -> tuple[MessageQueued, ...]:
        """Tell of each line that it was let go."""
        return tuple(self._told(receipt, line, "cancelled") for line in receipt.live)

    def settle(self, intent: IntentMade, _line: Line | None, _answer: Reply | NoReply | None, /) -> Settlement:
        """Cancel what may have been reserved."""
        return Settlement((_message(f"settle {intent.token}", "cancelled", intent.body),))

    def _told(self, receipt: Receipt, line: Line, kind: str) -> MessageQueued:
        return _message(f"{kind} {receipt.identifier} {line.position}", kind, line.memory(self.name))


async def reserve(body: str) -> str:
    """Agree, as the server of the gate."""
    return body


def _message(identifier: str, kind: str, body: str) -> MessageQueued:
    return MessageQueued(identifier, "test", kind, body)
