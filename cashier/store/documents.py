"""documents.db: facts go into the hash-chained journal and, in the same transaction, into the tables.

One writer thread owns an object of this class. A commit is durable when the method returns (WAL, FULL). A start
follows the chain from the last kept ledger on; `cashier check` follows all of it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from cashier.core import facts as f
from cashier.core.ledger import FORM, Ledger, apply, fold
from cashier.store._document_schema import DOCUMENTS
from cashier.store.connect import open_for_writing, plain_words, refusal, transaction
from cashier.store.journal import START, BrokenChainError, chained, link
from cashier.store.migrations import bring_up_to_date
from cashier.store.projection import statements


class _Form(msgspec.Struct):
    """Of a kept ledger: the first programs did not say it."""

    form: int = 1


_forms: msgspec.json.Decoder[_Form] = msgspec.json.Decoder(_Form)
_ledgers: msgspec.json.Decoder[Ledger] = msgspec.json.Decoder(Ledger)


def decoded(body: str) -> Ledger | None:
    """Read a kept ledger; None when it is of another form than this program's.

    Raises:
        msgspec.MsgspecError: it cannot be read.
        ValueError: the same.
    """
    return _ledgers.decode(body) if _forms.decode(body).form == FORM else None


def is_end(facts: tuple[f.AnyFact, ...]) -> bool:
    """Tell whether a document has come to an end: the till has a moment for what no sale should wait for."""
    return any(isinstance(fact, _ENDS) for fact in facts)


_ENDS = f.ReceiptClosed | f.ReceiptCancelled | f.ReceiptPostponed | f.CashMoved | f.ShiftClosed


class Documents:
    """The write side of documents.db."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it where missing, and find where the till stands.

        Raises:
            StoreError: the file cannot be used, or the replayed end of its journal is broken or not ours.
        """
        self._path = path
        self._conn = open_for_writing(path)
        try:
            with plain_words(path):
                bring_up_to_date(self._conn, DOCUMENTS)
                self.ledger, self._seq, self._head = self._begun = self._recover()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let the file go."""
        self._conn.close()

    def commit(self, at: str, facts: tuple[f.AnyFact, ...]) -> None:
        """Write facts down, all or none; `at` is the shop's time with its offset.

        Raises:
            StoreError: the disk does not take it; nothing was written.
        """
        self.begin(at, facts)
        self.finish()

    def begin(self, at: str, facts: tuple[f.AnyFact, ...]) -> None:
        """Put facts into a transaction: work of the processor alone, the disk is waited for in `finish`.

        Raises:
            StoreError: it cannot be; nothing was written.
        """
        ledger = fold(self.ledger, facts)
        head, seq = self._head, self._seq
        with plain_words(self._path), self._whole():
            self._conn.execute("BEGIN IMMEDIATE")
            for fact in facts:
                seq, body = seq + 1, f.to_json(fact).decode()
                head = link(head, seq, at, body)
                self._conn.execute("INSERT INTO journal VALUES (?, ?, ?, ?)", (seq, at, body, head))
                for sql, parameters in statements(at, fact):
                    self._conn.execute(sql, parameters)
            if is_end(facts):
                self._keep(ledger, seq)
        self._begun = ledger, seq, head

    def finish(self) -> None:
        """Make durable what was begun.

        Raises:
            StoreError: the disk does not take it; nothing was written.
        """
        with plain_words(self._path), self._whole():
            self._conn.execute("COMMIT")
        self.ledger, self._seq, self._head = self._begun

    def change(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Change what the journal does not tell of, one row after another, all or none: how messages fare.

        Raises:
            StoreError: the disk does not take it; nothing was changed.
        """
        with plain_words(self._path), transaction(self._conn):
            self._conn.executemany(sql, rows)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Undo a transaction that cannot go on."""
        try:
            yield
        except BaseException:
            if self._conn.in_transaction:
                self._conn.execute("ROLLBACK")
            raise

    def tidy(self) -> None:
        """Between documents: bring the write-ahead log into the file, so that no sale waits for it."""
        with plain_words(self._path):
            self._conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def _keep(self, ledger: Ledger, seq: int) -> None:
        """Keep the ledger between documents, so that a start replays one receipt and not a year."""
        body = msgspec.json.encode(ledger).decode()
        self._conn.execute("INSERT OR REPLACE INTO ledger VALUES (1, ?, ?)", (seq, body))

    def _recover(self) -> tuple[Ledger, int, bytes]:
        """Return the ledger, and number and hash of the journal's last row."""
        kept, seq = self._kept()
        ledger, done = (kept, seq) if kept else (Ledger(), 0)
        last, head = 0, START
        try:
            for entry in chained(self._conn, max(done, 1)):
                ledger = apply(ledger, f.from_json(entry.body)) if entry.seq > done else ledger
                last, head = entry.seq, entry.hash
        except BrokenChainError as error:
            raise refusal(self._path, f"журнал: {error}", _JOURNAL_ADVICE, "corrupt") from error
        except UNREADABLE as error:
            raise refusal(self._path, f"журнал не читается: {error}", _JOURNAL_ADVICE, "corrupt") from error
        if last < seq:
            raise refusal(self._path, "конец журнала пропал", _JOURNAL_ADVICE, "corrupt")
        return ledger, last, head

    def _kept(self) -> tuple[Ledger | None, int]:
        """Return the kept ledger where this program can use it, and the number of the row it was kept at."""
        row = self._conn.execute("SELECT body, seq FROM ledger").fetchone()
        if row is None:
            return None, 0
        try:
            return decoded(row[0]), row[1]
        except UNREADABLE:
            return None, row[1]


UNREADABLE = (ValueError, IndexError, msgspec.MsgspecError)
"""What decoding and folding a journal that is not ours may raise."""

_JOURNAL_ADVICE = "Не продавайте на этой кассе. Сохраните папку данных и позовите администратора"
