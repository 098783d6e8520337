"""Sale receipts of this till that goods may come back by: what was sold and paid, and what came back since (spec R6).

What was sold is told from the journal; what came back are the rows of its returns, of those that are still open or put
aside too: nobody may give the same goods back beside them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from msgspec.structs import replace

from cashier.core.ended import Ended
from cashier.core.marks import ki_of
from cashier.core.money import ZERO, Kopecks, from_roubles
from cashier.core.quantity import Thousandths
from cashier.core.receipt import Line
from cashier.core.sales import Paid, Refunded, Sale, SaleHead, SoldLine
from cashier.core.tender import CardSlip, TenderKind
from cashier.store._return_projection import VALCODE
from cashier.store.connect import open_for_reading, plain_words
from cashier.store.past_receipts import PastReceipts

Instead = Literal["missing", "open", "cancelled", "no_sale"]
"""What there is in the place of a sale that was paid; no_sale: a return."""

_SALE: Final = 1
_STANDING: Final[dict[int, Instead]] = {0: "open", 2: "cancelled", 3: "open"}
_KINDS: Final = {code: kind for kind, code in VALCODE.items()}
_RECEIPT: Final = "document.doctype IN (1, 2, 25)"
_NAMED: Final = f"SELECT closed, doctype FROM document WHERE identifier = ? AND {_RECEIPT}"
_NUMBERED: Final = f"""SELECT identifier FROM document JOIN workshift USING (workshiftid)
    WHERE shiftnum = ?1 AND checknum = ?2 AND coalesce(document.cashcode, '') IN (?3, ?4) AND {_RECEIPT}
    ORDER BY closed <> 1, documentid DESC LIMIT 1"""
_DATED: Final = f"""SELECT identifier FROM document
    WHERE substr(coalesce(time_end, time_beg), 1, 10) = ? AND checknum = ? AND {_RECEIPT} ORDER BY documentid DESC"""
_RETURNED: Final = """FROM document back JOIN goodsitem line USING (documentid)
    WHERE back.sourceidentifier = {sale} AND back.closed IN (0, 1, 3) AND line.opcode = 58 AND line.status = 0"""
_LINES: Final = f"""SELECT line.sourceposnum, cast(round(total(line.cquant) * 1000) AS INTEGER),
    cast(round(total(line.sume) * 100) AS INTEGER) {_RETURNED.format(sale="?")} GROUP BY 1"""
_MONEY: Final = """SELECT money.valcode, cast(round(total(money.sume) * 100) AS INTEGER)
    FROM document back JOIN moneyitem money USING (documentid)
    WHERE back.sourceidentifier = ? AND back.closed = 1 AND money.opcode IN (74, 100) GROUP BY 1"""
_RETURNS: Final = "SELECT identifier FROM document WHERE sourceidentifier = ?"
_LEFT: Final = f"""EXISTS (SELECT 1 FROM goodsitem sold WHERE sold.documentid = sale.documentid AND sold.status = 0
    AND round(sold.cquant - (SELECT total(line.cquant) {_RETURNED.format(sale="sale.identifier")}
        AND line.sourceposnum = sold.posnum), 3) > 0)"""
_DAY: Final = f"""SELECT sale.identifier, coalesce(sale.cashcode, ''), shiftnum, checknum, sale.time_end, sume,
        NOT {_LEFT}
    FROM document sale JOIN workshift USING (workshiftid)
    WHERE sale.closed = 1 AND sale.doctype = 1 AND substr(sale.time_end, 1, 10) = ?
    ORDER BY sale.time_end DESC, sale.documentid DESC"""


@dataclass(frozen=True, slots=True)
class Back:
    """What came back of a sale, as somebody knows it."""

    lines: Mapping[int, tuple[Thousandths, Kopecks]] = field(default_factory=dict)
    """How much of a position, and what was given back for it."""
    money: Mapping[TenderKind, Kopecks] = field(default_factory=dict)
    returns: frozenset[str] = frozenset()
    """GUIDs of all its returns that are known, also of those given up."""

    def on(self, sale: Sale) -> Sale:
        """Add this to what is known of a sale."""
        money = {own.kind: own.amount for own in sale.refunded}
        for kind, amount in self.money.items():
            money[kind] = Kopecks(money.get(kind, ZERO) + amount)
        refunded = tuple(Refunded(kind, money[kind]) for kind in TenderKind if money.get(kind))
        return replace(sale, lines=tuple(self._of_line(line) for line in sale.lines), refunded=refunded)

    def _of_line(self, line: SoldLine) -> SoldLine:
        quantity, amount = self.lines.get(line.position, (Thousandths(0), ZERO))
        returned, paid = Thousandths(line.returned + quantity), Kopecks(line.returned_sum + amount)
        return replace(line, returned=returned, returned_sum=paid)


class PastSales:
    """The read side of documents.db for sales that goods may come back by; the file must be of this program's form.

    It may be used from any thread, by one thread at a time.
    """

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            StoreError: no such file, no database or a damaged one.
        """
        self._path = path
        self._receipts = PastReceipts(path)
        self._conn = open_for_reading(path)

    def close(self) -> None:
        """Let the file go."""
        self._conn.close()
        self._receipts.close()

    def of(self, identifier: str) -> Sale | Instead:
        """Return a sale that was paid with what may still come back of it, or what there is in its place.

        Raises:
            StoreError: the file cannot be read, or the journal does not tell of it.
        """
        rows = self._rows(_NAMED, identifier)
        if not rows:
            return "missing"
        ((closed, doctype),) = rows
        if doctype != _SALE:
            return "no_sale"
        if closed in _STANDING:
            return _STANDING[closed]
        ended = self._receipts.of(identifier)
        return self.back(identifier).on(sale_of(ended)) if ended else "missing"

    def numbered(self, shift: int, number: int, till: str, *, own: bool = True) -> Sale | Instead:
        """Return likewise what has a number in a shift, under the number the till had then.

        Journals of earlier programs do not say that one: what is the till's `own` is found there too.

        Raises:
            StoreError: as in `of`.
        """
        rows = self._rows(_NUMBERED, shift, number, till, "" if own else till)
        return self.of(rows[0][0]) if rows else "missing"

    def dated(self, date: str, number: int) -> tuple[Sale | Instead, ...]:
        """Return likewise all that has a number on a day, ISO 8601: there may be several shifts.

        Raises:
            StoreError: as in `of`.
        """
        return tuple(self.of(identifier) for (identifier,) in self._rows(_DATED, date, number))

    def of_day(self, date: str) -> tuple[SaleHead, ...]:
        """List the sales that were paid on a day, ISO 8601, the newest first.

        Raises:
            StoreError: the file cannot be read.
        """
        return tuple(
            SaleHead(identifier, till, shift, number, at, from_roubles(total), is_back=bool(is_back))
            for identifier, till, shift, number, at, total, is_back in self._rows(_DAY, date)
        )

    def back(self, identifier: str) -> Back:
        """Return what came back of a sale on this till, wherever it was sold.

        Raises:
            StoreError: the file cannot be read.
        """
        lines = {place: (Thousandths(own), Kopecks(paid)) for place, own, paid in self._rows(_LINES, identifier)}
        money = {_KINDS[kind]: Kopecks(paid) for kind, paid in self._rows(_MONEY, identifier) if kind in _KINDS}
        return Back(lines, money, self.returns_of(identifier))

    def returns_of(self, identifier: str) -> frozenset[str]:
        """Return the GUIDs of all returns of a sale that this till has ever begun.

        Raises:
            StoreError: the file cannot be read.
        """
        return frozenset(own for (own,) in self._rows(_RETURNS, identifier))

    def _rows(self, sql: str, *values: object) -> list[Any]:
        with plain_words(self._path):
            return self._conn.execute(sql, values).fetchall()


def sale_of(ended: Ended) -> Sale:
    """Tell what may come back by a receipt that was paid; what came back since is not in it."""
    receipt = ended.receipt
    lines, paid = tuple(map(_sold, receipt.live)), _paid(ended)
    return Sale(
        receipt.identifier, ended.shop, ended.till, receipt.shift, receipt.number, ended.at, lines=lines, paid=paid
    )


def _sold(line: Line) -> SoldLine:
    ki = line.ki or (ki_of(line.mark) if line.mark else "")  # journals of earlier programs do not tell it
    own = (line.position, line.product, line.quantity, line.price, line.sum)
    return SoldLine(*own, min_price=line.min_price, mark=line.mark, ki=ki)


def _paid(ended: Ended) -> tuple[Paid, ...]:
    """Tell the payments: cash as one, less change, and each operation of the terminal."""
    tenders, cash = ended.receipt.tenders, ended.receipt.tendered[TenderKind.CASH]
    cards = (own for own in tenders if own.kind is TenderKind.CARD)
    by_card = (Paid(own.kind, own.amount, (own.slip or CardSlip()).operation) for own in cards)
    return (*((Paid(TenderKind.CASH, cash),) if cash else ()), *by_card)
