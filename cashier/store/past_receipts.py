"""Receipts that have ended, as their facts in the journal tell them: lines, marks, money, who has allowed what.

Read beside a running till. What a receipt was is the fold of its own facts, by which the till itself sold it.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.ended import Ended
from cashier.core.ledger import Ledger, apply
from cashier.core.receipt import Receipt
from cashier.store._document_schema import DOCUMENTS
from cashier.store._past_schema import ENDING, OPENING
from cashier.store.connect import open_for_reading, open_for_writing, plain_words, refusal
from cashier.store.documents import UNREADABLE
from cashier.store.migrations import bring_up_to_date

_DOCUMENT: Final = """SELECT docnum, coalesce(frdocnum, 0), shopcode, cashcode FROM document
    WHERE identifier = ? AND closed IN (1, 2) AND doctype IN (1, 2, 25)"""
_BETWEEN: Final = """SELECT identifier FROM document WHERE closed IN (1, 2) AND doctype IN (1, 2, 25)
    AND substr(time_end, 1, 10) BETWEEN ? AND ? ORDER BY time_end, documentid"""
_PRINTING: Final = "SELECT 1 FROM printing WHERE identifier = ?"
_COMMIT: Final = 16
"""Facts of one step at the most that come before a receipt is opened."""
_OPENED: Final = f"SELECT seq, at FROM journal WHERE {OPENING} = ?"
_FIRST: Final = "SELECT min(seq) FROM journal WHERE seq BETWEEN ? AND ? AND at = ?"
_ENDED: Final = f"SELECT seq FROM journal WHERE {ENDING} = ?"
# What is not of this receipt is passed over by SQLite: one that was put aside may have a day's facts in between.
_FACTS: Final = """SELECT at, body FROM journal WHERE seq BETWEEN ? AND ?
    AND (instr(body, ?) OR body GLOB '{"type":"Approved"*') ORDER BY seq"""
_UNREADABLE: Final = (*UNREADABLE, StopIteration, TypeError)
_ADVICE: Final = "Проверьте журнал: cashier check"

_End = f.ReceiptClosed | f.ReceiptCancelled


def prepare_documents(path: Path) -> None:
    """Bring the file to this program's form, as the start of a till does.

    Raises:
        StoreError: it cannot be.
    """
    with closing(open_for_writing(path)) as conn, plain_words(path):
        bring_up_to_date(conn, DOCUMENTS)


class PastReceipts:
    """The read side of documents.db for receipts that have ended; the file must be of this program's form.

    It may be used from any thread, by one thread at a time.
    """

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            StoreError: no such file, no database or a damaged one.
        """
        self._path = path
        self._conn = open_for_reading(path)

    def close(self) -> None:
        """Let the file go."""
        self._conn.close()

    def between(self, since: date, until: date) -> tuple[str, ...]:
        """Return identifiers of the receipts that ended on these days or between them, in the order of their ends.

        Raises:
            StoreError: the file cannot be read.
        """
        with plain_words(self._path):
            rows = self._conn.execute(_BETWEEN, (since.isoformat(), until.isoformat()))
            return tuple(identifier for (identifier,) in rows)

    def of(self, identifier: str) -> Ended | None:
        """Return a receipt that has ended; None where there is no such receipt, or it goes on.

        Raises:
            StoreError: the file cannot be read, or the journal does not tell of this receipt.
        """
        with plain_words(self._path):
            row = self._conn.execute(_DOCUMENT, (identifier,)).fetchone()
            if row is None:
                return None
            try:
                ended = _replayed(identifier, self._rows(identifier))
            except _UNREADABLE as error:
                raise refusal(self._path, f"чек {identifier} не читается из журнала", _ADVICE, "corrupt") from error
        ordinal, fiscal, shop, till = row
        receipt = replace(ended.receipt, fiscal=fiscal)
        return replace(ended, receipt=receipt, ordinal=ordinal, fiscal=fiscal, shop=shop or "", till=till or "")

    def is_printing(self, identifier: str) -> bool:
        """Tell whether a receipt is on its way to the fiscal device and the printer.

        Raises:
            StoreError: the file cannot be read.
        """
        with plain_words(self._path):
            return self._conn.execute(_PRINTING, (identifier,)).fetchone() is not None

    def _rows(self, identifier: str) -> Iterable[tuple[str, str]]:
        """Find the rows that may tell of a receipt, from the commit that opens it to its end."""
        opened, at = self._conn.execute(_OPENED, (identifier,)).fetchone()
        (first,) = self._conn.execute(_FIRST, (opened - _COMMIT, opened, at)).fetchone()
        (last,) = self._conn.execute(_ENDED, (identifier,)).fetchone()
        return self._conn.execute(_FACTS, (first, last, identifier))


def _replayed(identifier: str, rows: Iterable[tuple[str, str]]) -> Ended:
    """Fold the facts of one receipt; the last of them is its end. What only the tables know is still missing.

    What somebody has allowed is of this receipt where it is the open one, or where both are one commit: it may be
    allowed to open it so, or to give it up while it is put aside.
    """
    ledger, allowed = Ledger(), list[f.Approved]()
    for facts in _commits(rows):
        own = [fact for fact in facts if _about(fact) == identifier]
        if own or ledger.receipt:
            allowed += [fact for fact in facts if isinstance(fact, f.Approved)]
        for fact in own:
            if isinstance(fact, _End):
                return _ended(ledger.receipt or ledger.postponed[0], fact, tuple(allowed))
            ledger = apply(ledger, fact)
    raise ValueError(identifier)


def _ended(receipt: Receipt, end: _End, allowed: tuple[f.Approved, ...]) -> Ended:
    completed = isinstance(end, f.ReceiptClosed)
    receipt = replace(receipt, closed=end.at) if completed else receipt
    by = receipt.cashier if isinstance(end, f.ReceiptClosed) else end.by
    return Ended(receipt, completed=completed, at=end.at, by=by, shop="", till="", ordinal=0, allowed=allowed)


def _commits(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[f.AnyFact, ...]]:
    """Put rows together that were written at one moment."""
    for _, commit in groupby(rows, key=itemgetter(0)):
        yield tuple(f.from_json(body) for _, body in commit)


def _about(fact: f.AnyFact) -> str:
    """Tell which receipt a fact is about; empty for none."""
    return fact.identifier if isinstance(fact, f.ReceiptOpened) else getattr(fact, "receipt", "")
