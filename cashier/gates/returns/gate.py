"""The gate: a position of a sale receipt comes back as often as it was sold, and no more.

What this till knows is looked at first. Where there is a cash server its word decides between two tills: what comes
back is claimed there before the line is committed, and let go with it. The server is silent: what this till sold itself
comes back by its own documents, what another has sold only where the settings say so, and the claim follows by the
outbox.
"""

from typing import Final
from uuid import UUID, uuid5

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from cashier.core.events import NoReply, Reply
from cashier.core.facts import IntentMade, MessageQueued
from cashier.core.gate import Asked, Do, Enter, Pass, Refuse, Settlement
from cashier.core.quantity import LIMIT, Thousandths
from cashier.core.receipt import DocumentType, Line, Receipt
from cashier.core.return_form import in_receipt, too_much
from cashier.core.sales import Sale, SoldLine
from cashier.core.say import say
from cashier.gates.entering import EnteringGate
from cashier.gates.returns._words import CLAIM, DESTINATION, NAME, RELEASE, Answer, Claimed, Request

OFFLINE: Final = ("OFFLINE_RETURN", "true")
"""Property of a line of another till's sale that nobody has granted (interfaces.md, Exports)."""

_NAMES: Final = UUID("0f6e6c1b-9a0b-4a3e-8f3a-51c3f7d9a7c4")
"""Message identifiers are named in it: the same message is never two, whoever words it."""

_UNHEARD: Final = "?"
"""Behind the key of a claim in a line's memory: the server was silent."""


class ReturnRules(Struct, frozen=True):
    """What the settings say of returns, as far as the gate goes by it."""

    asks: bool = False
    """There is a cash server (`[CashServer] url`)."""
    deadline: float = 5.0
    """Seconds for each claim."""
    offline: bool = False
    """`[CashServer] offlineReturns`: what other tills have sold comes back also while the server is silent."""
    shop: int = 1
    till: int = 1


class ReturnsGate(EnteringGate, frozen=True):
    """The gate `returns`; it has nothing to say of sales, nor of returns without a receipt."""

    rules: ReturnRules = field(default_factory=ReturnRules)

    @property
    def name(self) -> str:
        """Name in facts and in the handler's registration."""
        return NAME

    def enter(self, asked: Asked, /) -> Enter:
        """Hold a line against what was sold, then claim it."""
        line, sale = asked.line, asked.receipt.sale
        if asked.receipt.kind is not DocumentType.RETURN_BY_RECEIPT or asked.before:
            return Pass(line)
        sold = sale.at_position(line.origin) if sale else None
        if sale is None or sold is None:
            return Refuse(say("return_not_in_sale", name=line.product.name), say("return_not_in_sale_advice"))
        match asked.answer:
            case Reply(body) if (answer := _read(body)) is not None:
                return _answered(line, asked.thought, answer)
            case Reply() | NoReply() if asked.thought:
                return self._unanswered(asked, sale, sold)
            case _:
                return self._looked_at(asked, sale, sold)

    def _looked_at(self, asked: Asked, sale: Sale, sold: SoldLine) -> Pass | Do | Refuse:
        line = asked.line
        left = Thousandths(sold.left - in_receipt(asked.receipt, sold.position))
        if line.quantity > left:
            return Refuse(*too_much(left))
        if not self.rules.asks:
            return Pass(line)
        request = self._claim(asked.fresh, asked, sold, sale)
        if sale.own and any(line.memory(NAME).endswith(_UNHEARD) for line in asked.receipt.live):
            # It was silent a moment ago: the buyer does not wait for that once more with each line.
            return _unheard(line, request)
        return Do(_written(request), say("return_claiming"), self.rules.deadline, thought=request.key)

    def _claim(self, key: str, asked: Asked, sold: SoldLine, sale: Sale) -> Request:
        line, receipt, own = asked.line, asked.receipt, self.rules
        claimed = Claimed(sold.position, line.quantity / 1000, sold.quantity / 1000, line.sum / 100)
        beside = (own for own in receipt.live if own.origin == sold.position and own.position != line.position)
        holds = tuple(key for own in beside if (key := key_of(own)))
        time = asked.at.isoformat(timespec="microseconds")
        names = key, sale.identifier, receipt.identifier
        return Request("claim", *names, own.shop, own.till, (claimed,), time, holds)

    def _unanswered(self, asked: Asked, sale: Sale, sold: SoldLine) -> Pass | Refuse:
        """Go by what is known here, or refuse: what nobody has granted may have come back on another till."""
        line = asked.line if sale.own else replace(asked.line, properties=(*asked.line.properties, OFFLINE))
        request = self._claim(asked.thought, asked, sold, sale)
        if not (sale.own or self.rules.offline):
            undone = (_message(RELEASE, _undoing(request)),)
            return Refuse(say("return_server_silent"), say("return_server_silent_advice"), messages=undone)
        return _unheard(line, request)

    def leave(self, asked: Asked, /) -> Pass:
        """Let the claim of a line go."""
        return Pass(asked.line, _released(self.rules, asked.receipt, asked.line))

    def cancelled(self, receipt: Receipt, /) -> tuple[MessageQueued, ...]:
        """Let all claims of a receipt go."""
        return tuple(message for line in receipt.live for message in _released(self.rules, receipt, line))

    def settle(self, intent: IntentMade, line: Line | None, _answer: Reply | NoReply | None, /) -> Settlement:
        """Claim once more for a line that stands; let go what never came in."""
        request = msgspec.json.decode(intent.body, type=Request)
        if line is not None and key_of(line) == request.key:
            return Settlement((_message(CLAIM, request),))
        return Settlement((_message(RELEASE, _undoing(request)),))


def key_of(line: Line) -> str:
    """Return the key under which a line is claimed; empty for none."""
    return line.memory(NAME).removesuffix(_UNHEARD)


def _unheard(line: Line, claim: Request) -> Pass:
    """Let a line in whose claim nobody has answered, and send it after."""
    return Pass(line.holding(NAME, f"{claim.key}{_UNHEARD}"), (_message(CLAIM, claim),))


def _read(body: str) -> Answer | None:
    """Read what the handler says; None for what is no answer."""
    try:
        return msgspec.json.decode(body, type=Answer)
    except msgspec.MsgspecError:
        return None


def _answered(line: Line, key: str, answer: Answer) -> Pass | Refuse:
    if answer.result == "CLAIMED":
        return Pass(line.holding(NAME, key))
    left = next((own.left for own in answer.lines if own.position == line.origin), 0.0)
    return Refuse(*too_much(Thousandths(round(min(max(left, 0.0), LIMIT / 1000) * 1000))))


def _released(rules: ReturnRules, receipt: Receipt, line: Line) -> tuple[MessageQueued, ...]:
    key, sale = key_of(line), receipt.sale
    if not (key and sale):
        return ()
    return (_message(RELEASE, Request("release", key, sale.identifier, receipt.identifier, rules.shop, rules.till)),)


def _undoing(claim: Request) -> Request:
    return replace(claim, operation="release", time="", holds=(), lines=())


def _message(kind: str, request: Request) -> MessageQueued:
    """Word a message; those of one sale are told one after the other, so that a claim never waits for what frees it."""
    identifier = str(uuid5(_NAMES, f"{kind}/{request.key}"))
    return MessageQueued(identifier, DESTINATION, kind, _written(request), key=request.receipt)


def _written(request: Request) -> str:
    return msgspec.json.encode(request).decode()
