"""The receiving end of the tills' queue: every message takes effect once, whatever is sent again."""

from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Struct

from cashier.demo.cash_protocol import NOT_READ, MarkBody, Message, Result, read
from cashier.demo.mark_rules import KINDS
from cashier.demo.registry import Registry
from cashier.demo.sold import Sold

SETTLES: Final = {"markSold": "SALE", "markReturned": "RETURN"}
"""Types of messages by which a receipt that was closed is told."""


class Taken(Struct, frozen=True):
    """A message as it was taken."""

    id: str
    seq: int
    till: str
    type: str
    time: str
    result: str
    effect: str
    """State into which it brought its mark, `stored`, empty for none, or the reason why it was rejected."""


class Inbox:
    """Takes batches in order, each batch in one transaction."""

    def __init__(self, registry: Registry, sold: Sold) -> None:
        self._registry, self._sold = registry, sold
        self._book = registry.book

    def take(self, batch: Sequence[msgspec.Raw]) -> list[Result]:
        """Let messages take effect.

        Returns:
            What became of each, in their order.
        """
        with self._book.transaction():
            return [self._take(bytes(raw)) for raw in batch]

    def taken(self) -> list[Taken]:
        """Return the messages in the order in which they were taken; one rejected and sent again counts anew."""
        with self._book.transaction():
            rows = self._book.run("SELECT id, seq, till, type, time, result, effect FROM messages ORDER BY n")
        return [Taken(*row) for row in rows]

    def _take(self, raw: bytes) -> Result:
        message = read(raw, Message)
        if isinstance(message, str):
            return Result(_id_of(raw), "rejected", message)
        # A rejected message had no effect: it may be sent again when its reason is gone.
        if self._book.run("SELECT 1 FROM messages WHERE id = ? AND result = 'accepted'", message.id):
            return Result(message.id, "duplicate")
        effect, reason = self._effect(message)
        self._note(message, "rejected" if reason else "accepted", reason or effect)
        return Result(message.id, "rejected", reason) if reason else Result(message.id, "accepted")

    def _effect(self, message: Message) -> tuple[str, str]:
        """Return what a message did, or why it did nothing."""
        if message.type == "document":
            return self._document(message)
        if message.type not in {*SETTLES, "markReleased"}:
            return "", "Тип сообщения неизвестен"
        body = read(bytes(message.body), MarkBody)
        if isinstance(body, str):
            return "", body
        if message.type == "markReleased":
            return self._registry.release(body, message.till), ""
        if KINDS[body.document_type] != SETTLES[message.type]:
            return "", "Вид документа не подходит к типу сообщения"
        return self._registry.settle(body, message.till)

    def _document(self, message: Message) -> tuple[str, str]:
        """Take any JSON object; one that is a receipt may be asked for from now on."""
        body = bytes(message.body)
        document = read(body, dict[str, object])
        if isinstance(document, str):
            return "", document
        self._sold.take(body)
        return "stored", ""

    def _note(self, message: Message, result: str, effect: str) -> None:
        body = bytes(message.body).decode(errors="replace")
        self._book.run(
            "INSERT OR REPLACE INTO messages (id, seq, till, type, time, body, result, effect)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            *(message.id, message.seq, message.till, message.type, message.time, body, result, effect),
        )


def _id_of(raw: bytes) -> str:
    """Return by what a message that cannot be read may be known to its sender."""
    try:
        known = msgspec.json.decode(raw, type=dict[str, object]).get("id")
    except NOT_READ:
        return ""
    return known if isinstance(known, str) else ""
