"""The reserves of the stand-in СКО: what is held for which receipt. Each call is one transaction.

A reserve has a key if the till named one (spec S10). A key is answered alike for ever; once undone it is a tombstone,
also if its reserve comes later or never.
"""

from typing import Final

import msgspec

from cashier.core.quantity import Thousandths, pieces
from cashier.demo.book import Book
from cashier.demo.stock_rules import (
    CLOSED,
    DONE,
    NOTHING,
    OTHER,
    UNDONE,
    UNKNOWN,
    Asked,
    Level,
    Outcome,
    refusal,
    shortage,
)

ENDLESS: Final = pieces(100)
"""Of every article nobody has set, before anything of it is sold."""
_DELIVERY: Final = pieces(50)
"""So much of it comes in again when so much is sold: what is sold lowers what is free, and it never runs out."""

TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS stock (sku TEXT PRIMARY KEY, on_hand INTEGER NOT NULL, measure TEXT NOT NULL) STRICT",
    """CREATE TABLE IF NOT EXISTS reserves (
        n INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE, reservation TEXT NOT NULL, sku TEXT NOT NULL,
        till TEXT NOT NULL, quantity INTEGER NOT NULL, held INTEGER NOT NULL, sold INTEGER NOT NULL,
        undone INTEGER NOT NULL, answer TEXT NOT NULL) STRICT""",
    "CREATE INDEX IF NOT EXISTS reserves_of_receipt ON reserves (reservation, sku)",
    "CREATE INDEX IF NOT EXISTS reserves_of_article ON reserves (sku)",
    """CREATE TABLE IF NOT EXISTS receipts (
        guid TEXT PRIMARY KEY, result TEXT NOT NULL, times INTEGER NOT NULL, body TEXT NOT NULL) STRICT""",
)
"""Quantities are thousandths."""


class Reserves:
    """Stock and what of it is held."""

    def __init__(self, book: Book, *, endless: bool = False) -> None:
        self.book = book
        self.endless = endless
        """There is enough of every article nobody has set; in which measure the till knows."""

    def set(self, sku: str, on_hand: Thousandths, measure: str) -> None:
        """Say how much there is of an article, reserved or not."""
        with self.book.transaction():
            self.book.run("INSERT OR REPLACE INTO stock VALUES (?, ?, ?)", sku, on_hand, measure)

    def level(self, sku: str) -> Level | None:
        """Return how much there is; None: the article is unknown."""
        with self.book.transaction():
            return self.look(sku)

    def look(self, sku: str) -> Level | None:
        """Return how much there is, None of an unknown article; must run inside a transaction."""
        rows = self.book.run("SELECT on_hand, measure FROM stock WHERE sku = ?", sku)
        if not (rows or self.endless):
            return None
        sums = "SELECT coalesce(sum(held), 0), coalesce(sum(sold), 0) FROM reserves WHERE sku = ?"
        held, sold = self.book.run(sums, sku)[0]
        on_hand, measure = rows[0] if rows else (ENDLESS - sold % _DELIVERY, "")
        return Level(on_hand, held, sold, measure)

    def held(self, reservation: str) -> dict[str, Thousandths]:
        """Return what is held for a receipt, by article."""
        held = "SELECT sku, sum(held) FROM reserves WHERE reservation = ? AND held > 0 GROUP BY sku ORDER BY min(n)"
        with self.book.transaction():
            return dict(self.book.run(held, reservation))

    def reserve(self, asked: Asked) -> Outcome:
        """Hold a quantity for a receipt, or say why not; the same key gets the same answer and holds nothing more."""
        with self.book.transaction():
            answered = self._answered(asked) if asked.key else None
            if answered is not None:
                return answered
            outcome = self._judge(asked)
            if outcome.success or asked.key:
                self._write(asked, asked.quantity if outcome.success else 0, outcome)
            return outcome

    def cancel(self, asked: Asked) -> Outcome:
        """Free the reserve of a key, or without a key up to so much of what the receipt holds of an article."""
        with self.book.transaction():
            return self._undo(asked) if asked.key else self._free(asked)

    def settle(self, reservation: str, *, sold: bool) -> None:
        """Sell what a receipt holds, or drop it; must run inside a transaction."""
        held = "SELECT sku, sum(held) FROM reserves WHERE reservation = ? GROUP BY sku"
        for sku, quantity in self.book.run(held, reservation) if sold else ():
            self._put(sku, -quantity)
        change = "sold = sold + held, held = 0" if sold else "held = 0"
        self.book.run(f"UPDATE reserves SET {change} WHERE reservation = ?", reservation)  # noqa: S608 - own names

    def _answered(self, asked: Asked) -> Outcome | None:
        """Return what is said to a key that has come before, with its reserve or with its cancel."""
        found = "SELECT undone, reservation, sku, quantity, answer FROM reserves WHERE key = ?"
        for undone, *reserve, answer in self.book.run(found, asked.key):
            if undone:
                return refusal(UNDONE)
            same = reserve == [asked.reservation, asked.sku, asked.quantity]
            return msgspec.json.decode(answer, type=Outcome) if same else refusal(OTHER)
        return None

    def _judge(self, asked: Asked) -> Outcome:
        if self.book.run("SELECT 1 FROM receipts WHERE guid = ?", asked.reservation):
            return refusal(CLOSED)
        level = self.look(asked.sku)
        if level is None:
            return refusal(UNKNOWN)
        return DONE if asked.quantity <= level.free else shortage(level.free, asked.quantity)

    def _undo(self, asked: Asked) -> Outcome:
        """Free a reserve, or bury its key before it comes; what was sold comes back into the stock."""
        rows = self.book.run("SELECT reservation, sku, sold FROM reserves WHERE key = ?", asked.key)
        if not rows:
            self._write(asked, 0, DONE, undone=True)
            return DONE
        reservation, sku, sold = rows[0]
        if (reservation, sku) != (asked.reservation, asked.sku):
            return refusal(OTHER)
        self._put(sku, sold)
        self.book.run("UPDATE reserves SET held = 0, sold = 0, undone = 1 WHERE key = ?", asked.key)
        return DONE

    def _free(self, asked: Asked) -> Outcome:
        """Free what no key names first: a named reserve has its own cancel."""
        rows = self.book.run(
            "SELECT n, held FROM reserves WHERE reservation = ? AND sku = ? AND held > 0 ORDER BY key IS NOT NULL, n",
            *(asked.reservation, asked.sku),
        )
        left = int(asked.quantity)
        for n, held in rows:
            freed = min(held, left)
            self.book.run("UPDATE reserves SET held = held - ? WHERE n = ?", freed, n)
            left -= freed
        return DONE if rows else refusal(NOTHING)

    def _put(self, sku: str, quantity: int) -> None:
        self.book.run("UPDATE stock SET on_hand = on_hand + ? WHERE sku = ?", quantity, sku)

    def _write(self, asked: Asked, held: int, outcome: Outcome, *, undone: bool = False) -> None:
        self.book.run(
            "INSERT INTO reserves (key, reservation, sku, till, quantity, held, sold, undone, answer)"
            " VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)",
            *(asked.key or None, asked.reservation, asked.sku, f"{asked.store}-{asked.pos}"),
            *(asked.quantity, held, int(undone), msgspec.json.encode(outcome).decode()),
        )
