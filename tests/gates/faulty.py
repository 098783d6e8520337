"""Gates of marked goods with one fault each: the property must catch them."""

from msgspec.structs import replace

from cashier.core.events import NoReply, Reply
from cashier.core.facts import IntentMade, MessageQueued
from cashier.core.gate import Asked, Leave, Pass, Settlement
from cashier.core.receipt import Line
from cashier.gates.marked_goods import MarkedGoodsGate


class Unreleasing(MarkedGoodsGate, frozen=True):
    """Forgets to release what it has reserved."""

    def leave(self, asked: Asked, /) -> Leave:
        """Say nothing."""
        return Pass(asked.line)


class Unburied(MarkedGoodsGate, frozen=True):
    """Releases without naming the reserve: one that comes later is made."""

    def leave(self, asked: Asked, /) -> Leave:
        """Leave the key out."""
        verdict = super().leave(asked)
        assert isinstance(verdict, Pass)
        return replace(verdict, messages=tuple(map(_keyless, verdict.messages)))


class Forgetful(MarkedGoodsGate, frozen=True):
    """Does not ask for a reserve again that a power cut left without an answer."""

    def settle(self, intent: IntentMade, line: Line | None, answer: Reply | NoReply | None, /) -> Settlement:
        """Hope that it was made."""
        return Settlement() if line else super().settle(intent, line, answer)


def _keyless(message: MessageQueued) -> MessageQueued:
    head, _, _ = message.body.rpartition('"reserve":')
    return replace(message, body=f'{head}"reserve":""}}')
