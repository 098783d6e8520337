"""Claims on lines of sales that come back: the compare-and-set that decides between two tills.

A claim is granted while what was claimed, what came back and what is asked for are no more than was sold. Its key names
it for ever: once granted it is granted again, once released it holds nothing, also if it comes later. What a later
claim of its return does not hold any more counts as released.
"""

from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths
from cashier.demo.book import Book
from cashier.demo.receipt_forms import Told, to_kopecks, to_thousandths
from cashier.demo.return_protocol import Left, LineAsked, ReturnAnswer, ReturnAsked, Returned

TABLES: Final = (
    """CREATE TABLE IF NOT EXISTS claims (
        key TEXT PRIMARY KEY, receipt TEXT NOT NULL, back TEXT NOT NULL, body TEXT NOT NULL,
        released INTEGER NOT NULL) STRICT""",
    "CREATE INDEX IF NOT EXISTS claims_of_return ON claims (back)",
    """CREATE TABLE IF NOT EXISTS returned (
        n INTEGER PRIMARY KEY AUTOINCREMENT, receipt TEXT NOT NULL, back TEXT NOT NULL, position INTEGER NOT NULL,
        quantity INTEGER NOT NULL, amount INTEGER NOT NULL, key TEXT NOT NULL) STRICT""",
    "CREATE INDEX IF NOT EXISTS returned_of_receipt ON returned (receipt, position)",
    "CREATE INDEX IF NOT EXISTS returned_by_return ON returned (back)",
)
"""Quantities are thousandths, amounts kopecks; the key is that of the claim, empty where a document has said it."""

CLAIMED: Final = ReturnAnswer("CLAIMED")
RELEASED: Final = ReturnAnswer("RELEASED")

Find = Callable[[str], Told | None]
"""Finds a receipt by its GUID."""


class Returns:
    """What was claimed and what came back; each public call but `settle` and `of` is one transaction."""

    def __init__(self, book: Book, find: Find) -> None:
        self._book, self._find = book, find

    def ask(self, asked: ReturnAsked) -> ReturnAnswer | None:
        """Claim lines or release a claim; None: the key names a claim of another sale or return."""
        with self._book.transaction():
            key, *both = asked.names
            rows = self._book.run("SELECT receipt, back, released FROM claims WHERE key = ?", key)
            if rows and [*rows[0][:2]] != both:
                return None
            if asked.operation == "release":
                return self._release(*asked.names)
            if rows:
                return RELEASED if rows[0][-1] else CLAIMED
            return self._claim(asked)

    def settle(self, back: Told) -> None:
        """Let a return by receipt have the last word on its claims; must run inside a transaction.

        What a completed one gave back has come back, whoever had claimed it, and however little was left; nothing else
        of it is held any more. A cancelled one gave nothing back.
        """
        self._book.run("DELETE FROM returned WHERE back = ?", back.guid)
        for line in back.items if back.completed else ():
            if line.source_pos_num:
                quantity, amount = line.total_quantity.thousandths, line.total_with_discounts.kopecks
                self._write(back.sale, back.guid, line.source_pos_num, quantity, amount)

    def of(self, receipt: str) -> list[Returned]:
        """Return what was claimed or came back of a sale; must run inside a transaction."""
        query = """SELECT back, position, sum(quantity), sum(amount) FROM returned WHERE receipt = ?
            GROUP BY back, position ORDER BY min(n)"""
        return [
            Returned(back, position, quantity / 1000, amount / 100)
            for back, position, quantity, amount in self._book.run(query, receipt)
        ]

    def reset(self) -> None:
        """Forget all of it."""
        self._book.empty("claims", "returned")

    def _claim(self, asked: ReturnAsked) -> ReturnAnswer:
        key, receipt, back = asked.names
        ended = self._find(back)
        if ended is not None:
            # It has said already what came back by it.
            return CLAIMED if ended.completed else RELEASED
        if self._is_outdated(asked):
            return self._release(*asked.names)
        answer = self._judged(asked)
        if answer == CLAIMED:
            body = msgspec.json.encode(asked).decode()
            self._book.run("INSERT INTO claims VALUES (?, ?, ?, ?, 0)", key, receipt, back, body)
            for line in asked.lines:
                quantity, amount = to_thousandths(line.quantity), to_kopecks(line.amount)
                self._write(receipt, back, line.position, quantity, amount, key)
        return answer

    def _is_outdated(self, asked: ReturnAsked) -> bool:
        """Release what the return does not hold any more; tell whether this claim itself is of that kind."""
        key, receipt, back = asked.names
        query = "SELECT body FROM claims WHERE back = ? AND receipt = ? AND key <> ? AND body <> ''"
        rows = self._book.run(query, back, receipt, key)
        others = [msgspec.json.decode(body, type=ReturnAsked) for (body,) in rows]
        for other in others:
            if asked.outdates(other):
                self._release(*other.names)
        return any(other.outdates(asked) for other in others)

    def _release(self, key: str, receipt: str, back: str) -> ReturnAnswer:
        """Undo a claim, and bury its key, whether it has come by now or comes later."""
        self._book.run("INSERT OR IGNORE INTO claims VALUES (?, ?, ?, '', 1)", key, receipt, back)
        self._book.run("UPDATE claims SET released = 1 WHERE key = ?", key)
        self._book.run("DELETE FROM returned WHERE key = ?", key)
        return RELEASED

    def _judged(self, asked: ReturnAsked) -> ReturnAnswer:
        sale = self._find(asked.names[1])
        short = []
        for position, lines in _by_position(asked.lines):
            sold = _sold_of(sale, position) if sale else max(to_thousandths(line.sold) for line in lines)
            left = sold - self._gone(asked.names[1], position)
            if sum(to_thousandths(line.quantity) for line in lines) > left:
                short.append(Left(position, max(left, 0) / 1000))
        return ReturnAnswer("REFUSED", tuple(short)) if short else CLAIMED

    def _gone(self, receipt: str, position: int) -> int:
        """Return how much of a position was claimed or has come back."""
        query = "SELECT coalesce(sum(quantity), 0) FROM returned WHERE receipt = ? AND position = ?"
        return int(self._book.run(query, receipt, position)[0][0])

    def _write(
        self, receipt: str, back: str, position: int, quantity: Thousandths, amount: Kopecks, key: str = ""
    ) -> None:
        self._book.run(
            "INSERT INTO returned (receipt, back, position, quantity, amount, key) VALUES (?, ?, ?, ?, ?, ?)",
            *(receipt, back, position, quantity, amount, key),
        )


def _by_position(lines: Iterable[LineAsked]) -> list[tuple[int, list[LineAsked]]]:
    """Put together what is asked of one position."""
    found: dict[int, list[LineAsked]] = {}
    for line in lines:
        found.setdefault(line.position, []).append(line)
    return [*found.items()]


def _sold_of(sale: Told, position: int) -> int:
    """Return how much was sold in one position; nothing in a receipt that is no paid sale."""
    lines = (line for line in sale.items if line.pos_num == position)
    return sum(line.total_quantity.thousandths for line in lines) if sale.is_paid_sale else 0
