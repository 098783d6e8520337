"""documents.db: facts go into the hash-chained journal and, in the same transaction, into the tables.

One writer thread owns an object of this class. A commit is durable when the method returns (WAL, FULL).
"""

from pathlib import Path

import msgspec

from cashier.core.facts import AnyFact, ReceiptCancelled, ReceiptClosed, from_json, to_json
from cashier.core.ledger import Ledger, fold
from cashier.store._document_schema import DOCUMENTS
from cashier.store.connect import open_for_writing, plain_words, refusal, transaction
from cashier.store.journal import START, link
from cashier.store.migrations import bring_up_to_date
from cashier.store.projection import Place, statements

_ledgers: msgspec.json.Decoder[Ledger] = msgspec.json.Decoder(Ledger)


class Documents:
    """The write side of documents.db."""

    def __init__(self, path: Path, place: Place) -> None:
        """Open the file, making it where missing, and find where the till stands.

        Raises:
            StoreError: the file cannot be used, or its journal does not follow from itself.
        """
        self._path, self._place = path, place
        self._conn = open_for_writing(path)
        try:
            with plain_words(path):
                bring_up_to_date(self._conn, DOCUMENTS)
                self.ledger = self._recover()
                last = self._conn.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        except BaseException:
            self.close()
            raise
        self._seq: int = last[0] if last else 0
        self._head: bytes = last[1] if last else START

    def close(self) -> None:
        """Let the file go."""
        self._conn.close()

    def commit(self, at: str, facts: tuple[AnyFact, ...]) -> None:
        """Write facts down, all or none; `at` is the shop's time with its offset.

        Raises:
            StoreError: the disk does not take it; nothing was written.
        """
        ledger = fold(self.ledger, facts)
        head, seq = self._head, self._seq
        with plain_words(self._path), transaction(self._conn):
            for fact in facts:
                seq, body = seq + 1, to_json(fact).decode()
                head = link(head, seq, at, body)
                self._conn.execute("INSERT INTO journal VALUES (?, ?, ?, ?)", (seq, at, body, head))
                for sql, parameters in statements(self._place, at, fact):
                    self._conn.execute(sql, parameters)
            if any(isinstance(fact, ReceiptClosed | ReceiptCancelled) for fact in facts):
                self._keep(ledger, seq)
        self.ledger, self._head, self._seq = ledger, head, seq

    def tidy(self) -> None:
        """Between receipts: bring the write-ahead log into the file, so that no sale waits for it."""
        with plain_words(self._path):
            self._conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def _keep(self, ledger: Ledger, seq: int) -> None:
        """Keep the ledger between receipts, so that a start replays one receipt and not a year."""
        body = msgspec.json.encode(ledger).decode()
        self._conn.execute("INSERT OR REPLACE INTO ledger VALUES (1, ?, ?)", (seq, body))

    def _recover(self) -> Ledger:
        kept = self._conn.execute("SELECT seq, body FROM ledger").fetchone()
        rows = self._conn.execute(
            "SELECT seq, body FROM journal WHERE seq >= ? ORDER BY seq", (kept[0] if kept else 1,)
        )
        try:
            ledger = _ledgers.decode(kept[1]) if kept else Ledger()
            if kept and next(rows, None) is None:
                raise refusal(self._path, "конец журнала пропал", _JOURNAL_ADVICE)
            return fold(ledger, tuple(from_json(body) for _, body in rows))
        except UNREADABLE as error:
            raise refusal(self._path, f"журнал не читается: {error}", _JOURNAL_ADVICE) from error


UNREADABLE = (ValueError, IndexError, msgspec.MsgspecError)
"""What decoding and folding a journal that is not ours may raise."""

_JOURNAL_ADVICE = "Не продавайте на этой кассе. Сохраните папку данных и позовите администратора"
