"""What each fact means for the tables of documents.db. The same statements serve live work and the rebuilding."""

from typing import Any, assert_never

from cashier.core import facts as f
from cashier.core.catalogue import Kind
from cashier.core.quantity import to_text
from cashier.core.receipt import Line, TenderKind
from cashier.store.connect import roubles_in

Statement = tuple[str, tuple[Any, ...]]

_DOCUMENT = "(SELECT documentid FROM document WHERE identifier = ?)"
_OF_DOCUMENT = "SELECT cashcode, documentid, scode"
_TENDER = {TenderKind.CASH: (1, "Наличные"), TenderKind.CARD: (4, "Банковская карта")}
_EXCISE_TYPE = {Kind.TOBACCO: "TOBACCO", Kind.ALCOHOL: "ALCOHOL", Kind.MEDICINE: "MEDIC"}
_ADD = """UPDATE document SET sumb = round(sumb + ?, 2), disc_abs = round(disc_abs + ?, 2), sume = round(sume + ?, 2)
    WHERE identifier = ?"""
_TAKE = """UPDATE document SET (sumb, disc_abs, sume) = (
        SELECT round(document.sumb - line.sumb, 2), round(document.disc_abs - line.disc_abs, 2),
               round(document.sume - line.sume, 2)
        FROM goodsitem line WHERE line.documentid = document.documentid AND line.posnum = ?) WHERE identifier = ?"""
_CLOSE = f"UPDATE document SET closed = ?, time_end = ? WHERE documentid = {_DOCUMENT}"


def statements(at: str, fact: f.AnyFact) -> list[Statement]:
    """Return the statements that bring the tables up to date with one fact; `at` is the journal's time."""
    match fact:
        case f.ShiftOpened():
            return [_shift(fact)]
        case f.ReceiptOpened():
            return _document(fact)
        case f.LineAdded():
            return [_goods(at, fact.receipt, fact.line), _added(fact.receipt, fact.line)]
        case f.QuantityChanged():
            return _quantity(fact)
        case f.LineStornoed():
            storno = f"UPDATE goodsitem SET status = 1 WHERE documentid = {_DOCUMENT} AND posnum = ?"
            return [(_TAKE, (fact.position, fact.receipt)), (storno, (fact.receipt, fact.position))]
        case f.TenderTaken():
            return [_money(fact.receipt, fact.at, 70, fact.kind, roubles_in(fact.amount))]
        case f.TendersReturned():
            # Money given back before the end is no payment of this receipt; the journal knows of both.
            return [(f"DELETE FROM moneyitem WHERE documentid = {_DOCUMENT}", (fact.receipt,))]
        case f.ReceiptClosed():
            return _closed(fact)
        case f.ReceiptCancelled():
            return [(_CLOSE, (2, fact.at, fact.receipt))]
        case f.MessageQueued():
            return [_message(at, fact)]
        case f.SignedIn() | f.SignedOut() | f.SignInRefused() | f.PaymentBegun() | f.PaymentLeft() | f.LineLeft():
            return []
        case f.IntentMade() | f.IntentSettled() | f.PrintBegun() | f.PrintEnded() | f.PaperSeen():
            return []
        case _:
            assert_never(fact)


def _shift(fact: f.ShiftOpened) -> Statement:
    return (
        "INSERT INTO workshift (shopcode, cashcode, shiftnum, scode, time_beg) VALUES (?, ?, ?, ?, ?)",
        (fact.shop, fact.till, fact.number, fact.cashier.code, fact.at),
    )


def _document(fact: f.ReceiptOpened) -> list[Statement]:
    insert = """INSERT INTO document
        (shopcode, cashcode, workshiftid, checknum, docnum, doctype, scode, time_beg, identifier)
        VALUES (?, ?, (SELECT workshiftid FROM workshift WHERE shiftnum = ?), ?,
                (SELECT coalesce(max(documentid), 0) + 1 FROM document), 1, ?, ?, ?)"""
    head = (fact.shop, fact.till, fact.shift, fact.number, fact.cashier.code, fact.at, fact.identifier)
    numbers = """UPDATE workshift SET checknum1 = coalesce(checknum1, ?1), checknum2 = ?1 WHERE shiftnum = ?2"""
    return [(insert, head), (numbers, (fact.number, fact.shift))]


def _goods(at: str, receipt: str, line: Line) -> Statement:
    product = line.product
    sql = f"""INSERT INTO goodsitem (cashcode, documentid, scode, ttime, opcode, status, code, bcode, name, measure,
        cquant, price, minprice, disc_abs, sumb, sume, excisemark, excisetype, posnum)
        {_OF_DOCUMENT}, ?, 50, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM document WHERE identifier = ?"""
    goods = (product.code, product.barcode, product.name, product.unit, to_text(line.quantity))
    money = (line.price, line.min_price, line.discount, line.gross, line.sum)
    mark = (line.mark, _EXCISE_TYPE.get(product.kind, "MARKEDGOODS")) if line.mark else (None, None)
    amounts = tuple(roubles_in(amount) for amount in money)
    return sql, (at[:19], *goods, *amounts, *mark, line.position, receipt)


def _added(receipt: str, line: Line) -> Statement:
    """Sums grow with the line; adding all lines up anew would cost more with each of them."""
    return _ADD, (*(roubles_in(amount) for amount in (line.gross, line.discount, line.sum)), receipt)


def _quantity(fact: f.QuantityChanged) -> list[Statement]:
    of_line = f"WHERE documentid = {_DOCUMENT} AND posnum = ?"
    change = f"UPDATE goodsitem SET cquant = ?, sumb = ?, sume = round(? - disc_abs, 2) {of_line}"
    put_back = """UPDATE document SET (sumb, disc_abs, sume) = (
        SELECT round(document.sumb + line.sumb, 2), round(document.disc_abs + line.disc_abs, 2),
               round(document.sume + line.sume, 2)
        FROM goodsitem line WHERE line.documentid = document.documentid AND line.posnum = ?) WHERE identifier = ?"""
    gross, place = roubles_in(fact.gross), (fact.position, fact.receipt)
    return [
        (_TAKE, place),
        (change, (to_text(fact.quantity), gross, gross, fact.receipt, fact.position)),
        (put_back, place),
    ]


def _money(receipt: str, at: str, opcode: int, kind: TenderKind, amount: str) -> Statement:
    sql = f"""INSERT INTO moneyitem (cashcode, documentid, scode, mtime, opcode, valcode, valname, sume)
        {_OF_DOCUMENT}, ?, ?, ?, ?, ? FROM document WHERE identifier = ?"""
    return sql, (at, opcode, *_TENDER[kind], amount, receipt)


def _closed(fact: f.ReceiptClosed) -> list[Statement]:
    change = _money(fact.receipt, fact.at, 72, TenderKind.CASH, roubles_in(fact.change))
    return [*((change,) if fact.change else ()), (_CLOSE, (1, fact.at, fact.receipt))]


def _message(at: str, fact: f.MessageQueued) -> Statement:
    # One identifier is one message: a crash may word it twice, it goes out once.
    sql = "INSERT OR IGNORE INTO outbox (identifier, destination, type, key, time, body) VALUES (?, ?, ?, ?, ?, ?)"
    return sql, (fact.identifier, fact.destination, fact.kind, fact.key, at, fact.body)
