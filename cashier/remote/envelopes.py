"""Messages as the cash server takes them, and what it says of each (interfaces.md, Queue)."""

from collections.abc import Sequence
from typing import Final

import msgspec

from cashier.store.outbox import Message, Outcome

LONGEST: Final = 200
"""Characters of a server's reason that are kept."""

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


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
        [_Envelope(own.identifier, own.seq, till, own.kind, own.time, msgspec.Raw(own.body)) for own in messages]
    )


def outcomes(messages: Sequence[Message], results: Sequence[Result]) -> list[Outcome]:
    """Say what became of each message; one of which nothing clear is said is sent again."""
    said = {result.id: result for result in reversed(results) if isinstance(result.id, str)}
    return [_outcome(own.seq, said.get(own.identifier)) for own in messages]


def plain(text: str) -> str:
    """Make text from outside harmless and short."""
    return "".join(sign if sign.isprintable() else REPLACEMENT for sign in text[:LONGEST])


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
