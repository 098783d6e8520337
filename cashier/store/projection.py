"""What each fact means for the tables of documents.db. The same statements serve live work and the rebuilding."""

from typing import assert_never

from cashier.core import facts as f
from cashier.store._line_projection import of_lines, of_orders
from cashier.store._money_projection import of_money
from cashier.store._return_projection import DOCTYPE, of_reason, of_sale
from cashier.store._row_statements import DOCUMENT, SHIFT, Statement, ended, numbered
from cashier.store._shift_projection import of_shift


def statements(at: str, fact: f.AnyFact) -> list[Statement]:
    """Return the statements that bring the tables up to date with one fact; `at` is the journal's time."""
    match fact:
        case f.ReceiptOpened() | f.CashierChanged() | f.ReceiptMoved():
            return _receipt(fact)
        case f.ReasonGiven():
            return [of_reason(fact)]
        case f.ReceiptPostponed() | f.ReceiptRestored() | f.ReceiptCancelled():
            return [_standing(fact)]
        case f.OrderTaken() | f.LineMarked():
            return of_orders(at, fact)
        case f.LineAdded() | f.QuantityChanged() | f.LineStornoed() | f.DiscountGranted() | f.DiscountsSpread():
            return of_lines(at, fact)
        case f.TenderTaken() | f.TenderReversed() | f.TendersReturned() | f.ReceiptClosed():
            return of_money(fact)
        case f.ShiftOpened() | f.CashMoved() | f.ShiftClosed():
            return of_shift(fact)
        case f.PrintBegun() | f.PrintEnded():
            return _printing(fact)
        case f.MessageQueued():
            return _message(at, fact)
        case f.SignedIn() | f.SignedOut() | f.SignInRefused() | f.Approved() | f.PersonChanged():
            return []
        case f.PaymentBegun() | f.PaymentLeft() | f.LineLeft() | f.IntentMade() | f.IntentSettled():
            return []
        case (
            f.ChargeBegun()
            | f.ChargeEnded()
            | f.ChargeDisputed()
            | f.ClosingBegun()
            | f.ClosingLeft()
            | f.RegisterBegun()
            | f.AgeConfirmed()
            | f.ClockConfirmed()
            | f.PaperSeen()
            | f.OrderAsked()
            | f.OrderLeft()
        ):
            return []
        case _:
            assert_never(fact)


def _receipt(fact: f.ReceiptOpened | f.CashierChanged | f.ReceiptMoved) -> list[Statement]:
    match fact:
        case f.ReceiptOpened():
            return [*of_sale(fact.sale), _opened(fact), numbered(fact.shift, fact.number)]
        case f.CashierChanged(receipt, cashier):
            return [(f"UPDATE document SET scode = ? WHERE documentid = {DOCUMENT}", (cashier.code, receipt))]
        case f.ReceiptMoved(receipt, shift, number):
            moved = f"UPDATE document SET workshiftid = {SHIFT}, checknum = ? WHERE documentid = {DOCUMENT}"
            return [(moved, (shift, number, receipt)), numbered(shift, number)]
        case _:
            assert_never(fact)


def _opened(fact: f.ReceiptOpened) -> Statement:
    sql = f"""INSERT INTO document
        (shopcode, cashcode, workshiftid, checknum, docnum, doctype, scode, time_beg, identifier, sourceidentifier)
        VALUES (?, ?, {SHIFT}, ?, (SELECT coalesce(max(documentid), 0) + 1 FROM document), ?, ?, ?, ?, ?)"""
    head = (fact.shop, fact.till, fact.shift, fact.number, DOCTYPE[fact.kind], fact.cashier.code)
    return sql, (*head, fact.at, fact.identifier, fact.sale.identifier if fact.sale else None)


def _standing(fact: f.ReceiptPostponed | f.ReceiptRestored | f.ReceiptCancelled) -> Statement:
    match fact:
        case f.ReceiptPostponed(receipt):
            return f"UPDATE document SET closed = 3 WHERE documentid = {DOCUMENT}", (receipt,)
        case f.ReceiptRestored(receipt, by=person):
            return f"UPDATE document SET closed = 0, scode = ? WHERE documentid = {DOCUMENT}", (person.code, receipt)
        case f.ReceiptCancelled(receipt, at):
            return ended(receipt, 2, at)
        case _:
            assert_never(fact)


def _printing(fact: f.PrintBegun | f.PrintEnded) -> list[Statement]:
    """A document keeps the first number the fiscal device has given it; a copy has none."""
    match fact:
        case f.PrintBegun(copy=True):
            return []
        case f.PrintBegun(token, document):
            return [("INSERT OR REPLACE INTO printing VALUES (?, ?)", (token, document))]
        case f.PrintEnded(token):
            registered = """UPDATE document SET frdocnum = ? WHERE closed = 1 AND frdocnum IS NULL
                AND identifier = (SELECT identifier FROM printing WHERE token = ?)"""
            over: Statement = ("DELETE FROM printing WHERE token = ?", (token,))
            return [(registered, (fact.fiscal, token)), over] if fact.fiscal > 0 else [over]
        case _:
            assert_never(fact)


def _message(at: str, fact: f.MessageQueued) -> list[Statement]:
    # One identifier is one message: a crash may word it twice, it goes out once.
    # OR IGNORE would take a number for the second one, and numbers have no gaps.
    queued = """INSERT INTO outbox (identifier, destination, type, key, time, body, number)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, 1 + coalesce((SELECT last FROM numbering WHERE destination = ?2), 0)
        WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE identifier = ?1)"""
    counted = """INSERT INTO numbering SELECT destination, number FROM outbox WHERE identifier = ?
        ON CONFLICT (destination) DO UPDATE SET last = max(last, excluded.last)"""
    return [
        (queued, (fact.identifier, fact.destination, fact.kind, fact.key, at, fact.body)),
        (counted, (fact.identifier,)),
    ]
