"""Rows of shifts: their beginning, cash that came and went without a sale, and the sums of Z."""

from typing import assert_never

from cashier.core import facts as f
from cashier.store._row_statements import SHIFT, Statement, numbered
from cashier.store.connect import roubles_in

_DOCTYPE = {"in": 3, "out": 4}


def of_shift(fact: f.ShiftOpened | f.CashMoved | f.ShiftClosed) -> list[Statement]:
    """Return the statements of a fact about a shift."""
    match fact:
        case f.ShiftOpened():
            insert = "INSERT INTO workshift (shopcode, cashcode, shiftnum, scode, time_beg) VALUES (?, ?, ?, ?, ?)"
            return [(insert, (fact.shop, fact.till, fact.number, fact.cashier.code, fact.at))]
        case f.CashMoved():
            return [_cash(fact), numbered(fact.move.shift, fact.move.number)]
        case f.ShiftClosed():
            return [_closed(fact)]
        case _:
            assert_never(fact)


def _cash(fact: f.CashMoved) -> Statement:
    move, amount = fact.move, roubles_in(fact.move.amount)
    sql = f"""INSERT INTO document
        (shopcode, cashcode, workshiftid, checknum, docnum, doctype, scode, time_beg, time_end, sumb, sume, closed,
         identifier)
        VALUES (?, ?, {SHIFT}, ?, (SELECT coalesce(max(documentid), 0) + 1 FROM document), ?, ?, ?, ?, ?, ?, 1, ?)"""
    head = (fact.shop, fact.till, move.shift, move.number, _DOCTYPE[move.direction], move.cashier.code)
    return sql, (*head, move.at, move.at, amount, amount, move.identifier)


def _closed(fact: f.ShiftClosed) -> Statement:
    report, totals = fact.report, fact.report.totals
    columns = {
        "time_end": report.at,
        "sumsale": roubles_in(totals.sold),
        "sumgain": roubles_in(totals.takings),
        "sumdrawer": roubles_in(report.drawer),
        "sumsalecash": roubles_in(totals.cash),
        "sumsalenoncash": roubles_in(totals.card),
        "countsale": totals.sales,
        "countrefund": totals.refunds,
        "sumrefund": roubles_in(totals.refunded),
        "sumrefundcash": roubles_in(totals.refund_cash),
        "sumrefundnoncash": roubles_in(totals.refund_card),
        "cashin": roubles_in(totals.cash_in),
        "cashout": roubles_in(totals.cash_out),
        "countcancelled": totals.cancelled,
        "sumcancelled": roubles_in(totals.cancelled_sum),
        "frdocnum": fact.fiscal or None,
    }
    sql = f"UPDATE workshift SET {', '.join(f'{name} = ?' for name in columns)} WHERE shiftnum = ?"
    return sql, (*columns.values(), report.number)
