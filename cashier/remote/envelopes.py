"""Messages as the cash server takes them, and what it says of each (interfaces.md, Queue)."""

from collections.abc import Sequence

import msgspec

from cashier.remote.said import plain
from cashier.store.outbox import Message, Outcome


class _Envelope(msgspec.Struct, frozen=True):
    id: str
    seq: int
    till: str
    type: str
    time: str
    body: msgspec.Raw


class Result(msgspec.Struct, frozen=True):
    """What the server says of one message; a field that is not what it should be spoils this message's answer only."""

    id: object = None
    result: object = None
    reason: object = None


def envelopes(till: str, messages: Sequence[Message]) -> bytes:
    """Put messages of this till, `shop-cash`, into one request, in their order."""
    return msgspec.json.encode(
        [_Envelope(own.identifier, own.number, till, own.kind, own.time, msgspec.Raw(own.body)) for own in messages]
    )


def outcomes(messages: Sequence[Message], results: Sequence[Result]) -> list[Outcome]:
    """Say what became of each message; one of which nothing clear is said is sent again."""
    said = {result.id: result for result in reversed(results) if isinstance(result.id, str)}
    return [_outcome(own.seq, said.get(own.identifier)) for own in messages]


def _outcome(seq: int, said: Result | None) -> Outcome:
    if said is None:
        return Outcome(seq, "waiting", "сервер ничего не ответил об этом сообщении")
    reason = plain(said.reason) if isinstance(said.reason, str) else ""
    match said.result:
        case "accepted" | "duplicate":
            return Outcome(seq, "delivered")
        case "rejected":
            return Outcome(seq, "parked", reason or "сервер отклонил сообщение")
        case "later":
            return Outcome(seq, "waiting", reason or "сервер просит повторить позже")
        case _:
            return Outcome(seq, "waiting", "ответ сервера непонятен")
