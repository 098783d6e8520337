"""The marks a cash server knows: who sold, returned or holds each of them. Each call is one transaction."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from cashier.demo.book import Book
from cashier.demo.cash_protocol import RESERVED, Answer, MarkAsked, MarkBody, Status
from cashier.demo.mark_rules import FREE, HELD, KINDS, RELEASED, SETTLED, Kind, Mark, listed, reason

OTHER_MARK: Final = "OTHER_MARK"
"""Instead of an answer: the key of the reserve names a reserve of another mark or receipt."""


def utc_now() -> str:
    """Return the time of this machine."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Registry:
    """Marks by identification code, compare-and-set, with tombstones for reserves that were overtaken."""

    def __init__(self, book: Book, now: Callable[[], str] = utc_now) -> None:
        self.book = book
        self._now = now

    def ask(self, asked: MarkAsked, key: str = "") -> Answer | str:
        """Answer a till about a mark, or reserve it; `key` names the reserve.

        Returns:
            The status, `RESERVED`, or `OTHER_MARK`.
        """
        with self.book.transaction():
            return self.look(asked) if asked.operation == "status" else self._named(asked, key)

    def look(self, asked: MarkAsked) -> Status:
        """Return what a mark is for this receipt: its state, or the obstacle of the white list."""
        kind = KINDS[asked.document_type]
        state = self.mark(asked.ki).seen_by(asked.receipt, kind)
        forced = state not in {*FREE["SALE"], *FREE["RETURN"], *HELD.values()}
        return state if forced else self._not_listed(asked) or state

    def reserve(self, asked: MarkAsked) -> Answer:
        """Compare and set: hold a mark for a receipt if it is free, else return the obstacle."""
        kind, status = KINDS[asked.document_type], self.look(asked)
        if status not in FREE[kind]:
            return status
        self.hold(asked, kind, status)
        return RESERVED

    def hold(self, asked: MarkAsked, kind: Kind, before: Status) -> None:
        """Set a mark reserved, without a look at what it is."""
        self._write(Mark(asked.ki, HELD[kind], asked.receipt, asked.till, self._now(), before))

    def release(self, body: MarkBody, till: str) -> str:
        """Undo a reserve of a receipt, and bury its key; must run inside a transaction.

        Returns:
            The new state of the mark; empty: it is not held by this receipt, or by another of its reserves as well.
        """
        self._bury(body)
        kind, mark = KINDS[body.document_type], self.mark(body.ki)
        if mark.state != HELD[kind] or mark.receipt != body.receipt or self._live(body):
            return ""
        self._write(Mark(body.ki, RELEASED[kind], body.receipt, till, self._now()))
        return RELEASED[kind]

    def settle(self, body: MarkBody, till: str) -> tuple[str, str]:
        """Make a mark sold or returned; must run inside a transaction.

        Returns:
            The new state and an empty reason, or the reason why not; both empty: it is so already.
        """
        kind, mark = KINDS[body.document_type], self.mark(body.ki)
        if mark.state == SETTLED[kind] and mark.receipt == body.receipt:
            return "", ""
        if mark.seen_by(body.receipt, kind) not in FREE[kind]:
            return "", reason(mark.state)
        self._write(Mark(body.ki, SETTLED[kind], body.receipt, till, self._now()))
        return SETTLED[kind], ""

    def mark(self, ki: str) -> Mark:
        """Return what is known of a mark; must run inside a transaction."""
        rows = self.book.run("SELECT ki, state, receipt, till, since, before FROM marks WHERE ki = ?", ki)
        return Mark(*rows[0]) if rows else Mark(ki)

    def marks(self, last: int = -1) -> list[Mark]:
        """Return the marks in the order of their last changes, or the last so many of them."""
        newest = "SELECT ki, state, receipt, till, since, before FROM marks ORDER BY rowid DESC LIMIT ?"
        with self.book.transaction():
            return [Mark(*row) for row in reversed(self.book.run(newest, last))]

    def put(self, ki: str, state: Status, receipt: str = "") -> None:
        """Force a mark into a state; its reserves are forgotten."""
        with self.book.transaction():
            self.book.run("DELETE FROM reserves WHERE ki = ?", ki)
            self._write(Mark(ki, state, receipt, "", self._now()))

    def list_white(self, barcodes: Mapping[str, Sequence[str]]) -> None:
        """List marks with their barcodes; the list is on from its first mark."""
        with self.book.transaction():
            for ki, those in barcodes.items():
                self.book.run("DELETE FROM whitelist WHERE ki = ?", ki)
                for barcode in those:
                    self.book.run("INSERT OR IGNORE INTO whitelist VALUES (?, ?)", ki, barcode)

    def reset(self) -> None:
        """Forget marks, reserves, messages and the white list."""
        self.book.empty("marks", "reserves", "messages", "whitelist")

    def _named(self, asked: MarkAsked, key: str) -> Answer | str:
        """Reserve under a key: once asked, it is answered so for ever; once buried, it reserves nothing."""
        rows = self.book.run("SELECT ki, receipt, answer, released FROM reserves WHERE key = ?", key)
        if rows:
            ki, receipt, answer, released = rows[0]
            if (ki, receipt) != (asked.ki, asked.receipt):
                return OTHER_MARK
            return RELEASED[KINDS[asked.document_type]] if released else str(answer)
        answer = self.reserve(asked)
        if key:
            self.book.run("INSERT INTO reserves VALUES (?, ?, ?, ?, 0)", key, asked.ki, asked.receipt, answer)
        return answer

    def _bury(self, body: MarkBody) -> None:
        """Mark a reserve, or all of a receipt, as undone, whether it has come by now or comes later."""
        own = "ki = ? AND receipt = ?"
        if not body.reserve:
            self.book.run(f"UPDATE reserves SET released = 1 WHERE {own}", body.ki, body.receipt)  # noqa: S608 - own
            return
        self.book.run("INSERT OR IGNORE INTO reserves VALUES (?, ?, ?, '', 1)", body.reserve, body.ki, body.receipt)
        undone = f"UPDATE reserves SET released = 1 WHERE key = ? AND {own}"  # noqa: S608 - own names
        self.book.run(undone, body.reserve, body.ki, body.receipt)

    def _live(self, body: MarkBody) -> bool:
        """Tell whether another reserve of the same receipt holds the mark still."""
        live = "SELECT 1 FROM reserves WHERE ki = ? AND receipt = ? AND answer = ? AND NOT released"
        return bool(self.book.run(live, body.ki, body.receipt, RESERVED))

    def _not_listed(self, asked: MarkAsked) -> Status | None:
        if not self.book.run("SELECT 1 FROM whitelist LIMIT 1"):
            return None
        rows = self.book.run("SELECT barcode FROM whitelist WHERE ki = ?", asked.ki)
        return listed(asked.barcode, [barcode for (barcode,) in rows])

    def _write(self, mark: Mark) -> None:
        values = (mark.ki, mark.state, mark.receipt, mark.till, mark.since, mark.before)
        self.book.run("INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?, ?, ?)", *values)
