"""The receipts of all tills, as their `document` messages told of them. Each public call is one transaction."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from cashier.demo.book import Book
from cashier.demo.receipt_forms import Told, told
from cashier.demo.return_protocol import Refund, Returned
from cashier.demo.returns import Returns

TABLE: Final = """CREATE TABLE IF NOT EXISTS receipts (
    n INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT NOT NULL UNIQUE, shop TEXT NOT NULL, till TEXT NOT NULL,
    shift TEXT NOT NULL, number INTEGER NOT NULL, date TEXT NOT NULL, sale TEXT NOT NULL, body TEXT NOT NULL) STRICT"""

_GUID: Final = "identifier"
QUESTIONS: Final[tuple[Mapping[str, str], ...]] = (
    {_GUID: "guid"},
    {"shopcode": "shop", "cashcode": "till", "shift": "shift", "number": "number"},
    {"date": "date", "number": "number"},
)
"""Parameters by which a till may look for receipts → columns."""

Seen = dict[str, object]
"""A receipt as it came, with what came back of it."""


class Sold:
    """Receipts by their GUIDs; one that is told again takes the place of what it was."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.returns = Returns(book, self.of)

    def put(self, body: bytes) -> str:
        """Take a receipt; what it does to claims is told in `take`.

        Returns:
            Why not, in Russian; empty when it is taken.
        """
        with self._book.transaction():
            return self.take(body)

    def take(self, body: bytes) -> str:
        """Do the same inside a transaction: claims of a completed return stay for good, a cancelled one's are freed."""
        receipt = told(body)
        if isinstance(receipt, str):
            return receipt
        self._write(receipt, body.decode())
        if receipt.gives_back:
            self.returns.settle(receipt)
        return ""

    def of(self, guid: str) -> Told | None:
        """Return a receipt; must run inside a transaction."""
        rows = self._book.run("SELECT body FROM receipts WHERE guid = ?", guid)
        return _read(rows[0][0]) if rows else None

    def knows(self, guid: str) -> bool:
        """Tell whether there is such a receipt."""
        with self._book.transaction():
            return bool(self._book.run("SELECT 1 FROM receipts WHERE guid = ?", guid))

    def find(self, asked: Mapping[str, str]) -> list[Seen] | None:
        """Return the receipts that a till looks for, the first told first; None: that is no question."""
        columns = next((own for own in QUESTIONS if own.keys() == asked.keys()), None)
        if columns is None:
            return None
        alike = " AND ".join(f"CAST({column} AS TEXT) = ?" for column in columns.values())
        return self._seen(
            f"WHERE {alike} ORDER BY n", *(asked[name].lower() if name == _GUID else asked[name] for name in columns)
        )

    def all(self) -> list[Seen]:
        """Return all receipts in the order in which they were told first."""
        return self._seen("ORDER BY n")

    def rows(self, last: int) -> list[tuple[Told, list[Returned]]]:
        """Return the last so many receipts in that order, with what was claimed or came back of each."""
        with self._book.transaction():
            rows = self._book.run("SELECT body FROM receipts ORDER BY n DESC LIMIT ?", last)
            receipts = [_read(body) for (body,) in reversed(rows)]
            return [(own, self.returns.of(own.guid)) for own in receipts]

    def reset(self) -> None:
        """Forget all receipts and claims."""
        self._book.empty("receipts")
        self.returns.reset()

    def _write(self, receipt: Told, body: str) -> None:
        place = (str(receipt.store_id), str(receipt.pos_id), str(receipt.shift_number), receipt.number)
        self._book.run(
            "INSERT INTO receipts (guid, shop, till, shift, number, date, sale, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (guid) DO UPDATE SET shop = excluded.shop, till = excluded.till, shift = excluded.shift,"
            " number = excluded.number, date = excluded.date, sale = excluded.sale, body = excluded.body",
            *(receipt.guid, *place, receipt.dates.date_close[:10], receipt.sale, body),
        )

    def _seen(self, which: str, *values: str | int) -> list[Seen]:
        with self._book.transaction():
            rows = self._book.run(f"SELECT guid, body FROM receipts {which}", *values)  # noqa: S608 - own names
            return [self._with_returns(*row) for row in rows]

    def _with_returns(self, guid: str, body: str) -> Seen:
        whole: Seen = dict(msgspec.json.decode(body, type=dict[str, msgspec.Raw]))
        return whole | {"returns": self.returns.of(guid), "refunds": self._refunds(guid)}

    def _refunds(self, guid: str) -> list[Refund]:
        """Return the money that completed returns of a sale have given back."""
        rows: list[tuple[Any, ...]] = self._book.run("SELECT body FROM receipts WHERE sale = ? ORDER BY n", guid)
        backs = (back for (body,) in rows if (back := _read(body)).completed)
        return [Refund(back.guid, own.p_type, own.amount.amount) for back in backs for own in back.payments]


def _read(body: str) -> Told:
    """Read a receipt that was taken."""
    return msgspec.json.decode(body, type=Told)
