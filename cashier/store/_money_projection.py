"""Rows of money: what pays for a receipt, until it is paid."""

from typing import Any, assert_never

from cashier.core import facts as f
from cashier.core.tender import CardSlip, TenderKind
from cashier.store._return_projection import MONEY, VALCODE
from cashier.store._row_statements import DOCUMENT, OF_DOCUMENT, Statement, ended
from cashier.store.connect import roubles_in

_TENDER = {
    TenderKind.CASH: (VALCODE[TenderKind.CASH], "Наличные", None),
    TenderKind.CARD: (VALCODE[TenderKind.CARD], "Банковская карта", 10),
}
"""What `valcode`, `valname` and `valutoperation` say of a kind of money."""


def of_money(fact: f.TenderTaken | f.TenderReversed | f.TendersReturned | f.ReceiptClosed) -> list[Statement]:
    """Return the statements of a fact about money taken or given back.

    Money given back before the end is no payment of this receipt; the journal knows of both.
    """
    match fact:
        case f.TenderTaken():
            return [_taken(fact)]
        case f.TenderReversed(receipt, token):
            return [(f"DELETE FROM moneyitem WHERE documentid = {DOCUMENT} AND token = ?", (receipt, token))]
        case f.TendersReturned(receipt):
            return [(f"DELETE FROM moneyitem WHERE documentid = {DOCUMENT}", (receipt,))]
        case f.ReceiptClosed():
            return [*_change(fact), ended(fact.receipt, 1, fact.at)]
        case _:
            assert_never(fact)


def _taken(fact: f.TenderTaken) -> Statement:
    sql = f"""INSERT INTO moneyitem (cashcode, documentid, scode, mtime, opcode, valcode, valname, valutoperation, sume,
        token, cardnum, authcode, operationid, slip)
        {OF_DOCUMENT}, ?, {MONEY}, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM document WHERE identifier = ?"""
    amount = roubles_in(fact.amount)
    return sql, (fact.at, *_TENDER[fact.kind], amount, fact.token or None, *_told(fact.slip), fact.receipt)


def _told(slip: CardSlip | None) -> tuple[Any, ...]:
    """What a terminal tells of the operation; what it does not tell is NULL."""
    told = (slip.card, slip.authorisation, slip.operation, "\n".join(slip.text)) if slip else ("",) * 4
    return tuple(text or None for text in told)


def _change(fact: f.ReceiptClosed) -> list[Statement]:
    sql = f"""INSERT INTO moneyitem (cashcode, documentid, scode, mtime, opcode, valcode, valname, valutoperation, sume)
        {OF_DOCUMENT}, ?, 72, ?, ?, ?, ? FROM document WHERE identifier = ?"""
    change = (fact.at, *_TENDER[TenderKind.CASH], roubles_in(fact.change), fact.receipt)
    return [(sql, change)] if fact.change else []
