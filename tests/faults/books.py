"""The books of a day that was spent to its end: fiscal device, terminal, papers, tables and journal tell one story.

A violation is a sentence; numbers are those of domain/reliability.md.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from cashier.core import facts as f
from cashier.core.ledger import Ledger, fold
from cashier.core.shifts import CashMove
from cashier.core.tender import TenderKind
from cashier.folder import DataFolder
from cashier.store.connect import open_for_reading
from devices import FiscalDocument, SimulatedFiscal, SimulatedTerminal
from tests.faults.day import Day, kind_of
from tests.faults.person import written
from tests.faults.roll import papers

_RECEIPTS = """SELECT identifier, cast(round(sume * 100) AS INTEGER), document.frdocnum, shiftnum
    FROM document JOIN workshift USING (workshiftid) WHERE closed = 1 AND doctype = 1 ORDER BY documentid"""
_CARDS = "SELECT token, cast(round(sume * 100) AS INTEGER) FROM moneyitem WHERE valcode = 4"
_SHIFTS = """SELECT shiftnum, frdocnum, round(sumsale * 100), round(sumsalecash * 100), round(sumsalenoncash * 100),
    round(cashin * 100), round(cashout * 100), round(sumdrawer * 100), countsale
    FROM workshift WHERE time_end IS NOT NULL ORDER BY shiftnum"""


@dataclass
class Books:
    """All that was kept of a day."""

    data: Path
    conn: sqlite3.Connection

    @cached_property
    def facts(self) -> list[f.AnyFact]:
        """The journal."""
        return written(self.data)

    @cached_property
    def fiscal(self) -> list[FiscalDocument]:
        """All documents of the fiscal device."""
        return SimulatedFiscal(self.data / "fiscal").documents()

    @cached_property
    def receipts(self) -> list[Any]:
        """Rows of closed receipts: identifier, total, number of the fiscal document, shift."""
        return self.conn.execute(_RECEIPTS).fetchall()

    @cached_property
    def closed(self) -> list[f.ShiftClosed]:
        """The shifts that were closed."""
        return [fact for fact in self.facts if isinstance(fact, f.ShiftClosed)]

    def of_kind(self, kind: str) -> list[FiscalDocument]:
        """Return the fiscal documents of a kind."""
        return [document for document in self.fiscal if document.kind == kind]


def mistakes(data: Path, day: Day) -> list[str]:
    """Check a folder after the day; each thing of it must have been done exactly once."""
    with closing(open_for_reading(DataFolder(data).documents)) as conn:
        books = Books(data, conn)
        checks = (_done(books, day), _registered(books), _shut(books), _sums(books), _charged(books), _printed(books))
        return [word for found in checks for word in found]


def _done(books: Books, day: Day) -> Iterator[str]:
    wanted = Counter(map(kind_of, day))
    done = {kind_of(task): task.done(books.facts) for task in day}
    if done != wanted:
        yield f"I4 done {done}, wanted {dict(wanted)}"


def _registered(books: Books) -> Iterator[str]:
    """I4, I6: one fiscal document for each closed receipt, of its total; the tables have its number.

    They have none where a person has said, while the device did not answer, that the paper is out.
    """
    by_word = {fact.receipt for fact in books.facts if isinstance(fact, f.PaperSeen)}
    numbers_kept = {row[0] for row in books.receipts if row[2] or row[0] not in by_word}
    made = [_kept(own.reference, own.total, own.number, numbers_kept) for own in books.of_kind("receipt")]
    kept = [_kept(identifier, total, number, numbers_kept) for identifier, total, number, _ in books.receipts]
    if sorted(made, key=str) != sorted(kept, key=str):
        yield f"I6 fiscal documents {made}, receipts {kept}"
    numbers = [own.number for own in books.fiscal]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"I9 fiscal numbers {numbers}"


def _kept(reference: str, total: int, number: int, kept: set[str]) -> tuple[str, int, int]:
    return reference, total, number if reference in kept else 0


def _shut(books: Books) -> Iterator[str]:
    """I7: one Z of the device for each shift that was closed, with the sum of its receipts."""
    made = [(own.reference, own.number, own.total) for own in books.of_kind("shift_close")]
    kept = [(own.report.identifier, own.fiscal, _sold(books, own.report.number)) for own in books.closed]
    if made != kept:
        yield f"I7 fiscal closings {made}, shifts {kept}"
    opened = len(books.of_kind("shift_open"))
    if opened - len(made) not in {0, 1}:
        yield f"I7 the device opened {opened} shifts and closed {len(made)}"


def _sold(books: Books, shift: int) -> int:
    return sum(total for _, total, _, own in books.receipts if own == shift)


def _sums(books: Books) -> Iterator[str]:
    """I7: a shift's row is its report, and both are the sums of its documents; so is the drawer."""
    rows = books.conn.execute(_SHIFTS).fetchall()
    told = [_told(own) for own in books.closed]
    if rows != told:
        yield f"I7 shifts {rows}, reports {told}"
    for own in books.closed:
        sold = _sold(books, own.report.number)
        if own.report.totals.sold != sold:
            yield f"I7 shift {own.report.number} reports {own.report.totals.sold}, its receipts are {sold}"
    drawer = fold(Ledger(), tuple(books.facts)).drawer
    if drawer != _cash(books.facts):
        yield f"I7 the drawer holds {drawer}, cash that came less cash that went is {_cash(books.facts)}"


def _told(closed: f.ShiftClosed) -> tuple[int, ...]:
    report, totals = closed.report, closed.report.totals
    sums = (totals.sold, totals.cash, totals.card, totals.cash_in, totals.cash_out, report.drawer)
    return (report.number, closed.fiscal, *sums, totals.sales)


def _cash(facts: Sequence[f.AnyFact]) -> int:
    """Add up the cash of all facts, one by one."""
    drawer = 0
    for fact in facts:
        match fact:
            case (
                f.TenderTaken(kind=TenderKind.CASH, amount=amount)
                | f.CashMoved(move=CashMove(direction="in", amount=amount))
            ):
                drawer += amount
            case f.TendersReturned(amount=amount) | f.CashMoved(move=CashMove(direction="out", amount=amount)):
                drawer -= amount
            case f.ReceiptClosed(change=change):
                drawer -= change
            case _:
                pass
    return drawer


def _charged(books: Books) -> Iterator[str]:
    """I7: what the terminal holds is what receipts were paid by card, charge by charge."""
    operations = SimulatedTerminal(books.data / "terminal").operations()
    made = [(token, kind, amount) for token, kind, amount, status in operations if status == "approved"]
    twice = [token for token, count in Counter(token for token, _, _ in made).items() if count > 1]
    if twice:
        yield f"I4 charged or reversed twice: {twice}"
    back = {fact.token: fact.reverses for fact in books.facts if isinstance(fact, f.ChargeBegun) and fact.reverses}
    reversed_ = {back.get(token, token) for token, kind, _ in made if kind == "reverse"}
    held = sorted((token, amount) for token, kind, amount in made if kind == "pay" and token not in reversed_)
    kept = sorted(books.conn.execute(_CARDS).fetchall())
    if held != kept:
        yield f"I7 the terminal charged {held}, card payments are {kept}"


def _printed(books: Books) -> Iterator[str]:
    """I6: one paper of each receipt, cash move and Z; of an X report, which is no document, one at the most."""
    reports = {fact.receipt for fact in books.facts if isinstance(fact, f.PrintBegun) and fact.copy}
    moves = [fact.move.identifier for fact in books.facts if isinstance(fact, f.CashMoved)]
    wanted = [*(row[0] for row in books.receipts), *moves, *(own.report.identifier for own in books.closed)]
    made = papers(books.data)
    doubled = [own for own in reports if made[own] > 1]
    if doubled or Counter({own: count for own, count in made.items() if own not in reports}) != Counter(wanted):
        yield f"I6 papers {dict(made)}, documents {wanted}, X reports {sorted(reports)}"
