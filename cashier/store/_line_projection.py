"""Rows of goods: lines of a receipt, and its sums, which follow each of them."""

from typing import assert_never

import msgspec

from cashier.core import facts as f
from cashier.core.catalogue import Kind
from cashier.core.discounts import Discount
from cashier.core.quantity import to_text
from cashier.core.receipt import Line
from cashier.store._mark_schema import KI_OF_MARK
from cashier.store._return_projection import GOODS
from cashier.store._row_statements import DOCUMENT, OF_DOCUMENT, Statement
from cashier.store.connect import roubles_in

_EXCISE_TYPE = {Kind.TOBACCO: "TOBACCO", Kind.ALCOHOL: "ALCOHOL", Kind.MEDICINE: "MEDIC"}
_OF_LINE = f"WHERE documentid = {DOCUMENT} AND posnum = ?"
# Sums of the document go with the line; adding all lines up anew would cost more with each of them.
_ADD = """UPDATE document SET sumb = round(sumb + ?, 2), disc_abs = round(disc_abs + ?, 2), sume = round(sume + ?, 2)
    WHERE identifier = ?"""
_LINE_OF = "FROM goodsitem line WHERE line.documentid = document.documentid AND line.posnum = ?) WHERE identifier = ?"
_TAKE = f"""UPDATE document SET (sumb, disc_abs, sume) = (
        SELECT round(document.sumb - line.sumb, 2), round(document.disc_abs - line.disc_abs, 2),
               round(document.sume - line.sume, 2) {_LINE_OF}"""
_PUT_BACK = f"""UPDATE document SET (sumb, disc_abs, sume) = (
        SELECT round(document.sumb + line.sumb, 2), round(document.disc_abs + line.disc_abs, 2),
               round(document.sume + line.sume, 2) {_LINE_OF}"""
_ADD_UP = """UPDATE document SET (disc_abs, sume) = (
        SELECT round(total(line.disc_abs), 2), round(total(line.sume), 2)
        FROM goodsitem line WHERE line.documentid = document.documentid AND line.status = 0) WHERE identifier = ?"""


def of_lines(
    at: str, fact: f.LineAdded | f.QuantityChanged | f.LineStornoed | f.DiscountGranted | f.DiscountsSpread
) -> list[Statement]:
    """Return the statements of a fact about lines."""
    match fact:
        case f.LineAdded(receipt, line):
            return _added(at, receipt, line)
        case f.QuantityChanged():
            return _quantity(fact)
        case f.LineStornoed(receipt, position):
            storno = f"UPDATE goodsitem SET status = 1 {_OF_LINE}"
            return [(_TAKE, (position, receipt)), (storno, (receipt, position))]
        case f.DiscountGranted(position=0):
            return []
        case f.DiscountGranted(receipt, position, discount):
            return [(f"UPDATE goodsitem SET disc_perc = ? {_OF_LINE}", (_percent(discount), receipt, position))]
        case f.DiscountsSpread():
            return _spread(fact)
        case _:
            assert_never(fact)


def of_orders(at: str, fact: f.OrderTaken | f.LineMarked) -> list[Statement]:
    """Return the statements of a fact about lines of orders."""
    match fact:
        case f.OrderTaken(receipt, lines=lines):
            return [statement for line in lines for statement in _added(at, receipt, line)]
        case f.LineMarked(receipt, line):
            marked = f"""UPDATE goodsitem SET bcode = ?, minprice = ?, excisemark = ?, excisetype = ?, ki = ?,
                additionaldata = ? {_OF_LINE}"""
            goods = line.product.barcode, roubles_in(line.min_price)
            return [(marked, (*goods, *_mark(line), receipt, line.position))]
        case _:
            assert_never(fact)


def _added(at: str, receipt: str, line: Line) -> list[Statement]:
    sums = (roubles_in(amount) for amount in (line.gross, line.discount, line.sum))
    return [_goods(at, receipt, line), *_ki_of_old(receipt, line), (_ADD, (*sums, receipt))]


def _percent(discount: Discount | None) -> str:
    hundredths = discount.percent if discount else 0
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _goods(at: str, receipt: str, line: Line) -> Statement:
    product = line.product
    sql = f"""INSERT INTO goodsitem (cashcode, documentid, scode, ttime, opcode, status, code, bcode, name, measure,
        cquant, price, minprice, disc_abs, sumb, sume, disc_perc, excisemark, excisetype, ki, additionaldata, extdocid,
        sourceposnum, posnum)
        {OF_DOCUMENT}, ?, {GOODS}, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM document
        WHERE identifier = ?"""
    goods = (product.code, product.barcode, product.name, product.unit, to_text(line.quantity))
    money = (line.price, line.min_price, line.discount, line.gross, line.sum)
    amounts = tuple(roubles_in(amount) for amount in money)
    return sql, (
        at[:19],
        *goods,
        *amounts,
        _percent(line.granted),
        *_mark(line),
        line.order or None,
        line.origin or None,
        line.position,
        receipt,
    )


def _mark(line: Line) -> tuple[str | None, ...]:
    """What a line says of its mark: the code, the kind of goods, КИ and what the mask captured."""
    kind = _EXCISE_TYPE.get(line.product.kind, "MARKEDGOODS") if line.mark else None
    properties = msgspec.json.encode(dict(line.properties)).decode() if line.properties else None
    return line.mark or None, kind, line.ki or None, properties


def _ki_of_old(receipt: str, line: Line) -> list[Statement]:
    """Lines of earlier programs do not tell the КИ of their mark."""
    told = line.ki or not line.mark
    return [] if told else [(f"UPDATE goodsitem SET ki = {KI_OF_MARK} {_OF_LINE}", (receipt, line.position))]


def _quantity(fact: f.QuantityChanged) -> list[Statement]:
    change = f"UPDATE goodsitem SET cquant = ?, sumb = ?, sume = round(? - disc_abs, 2) {_OF_LINE}"
    gross, place = roubles_in(fact.gross), (fact.position, fact.receipt)
    return [
        (_TAKE, place),
        (change, (to_text(fact.quantity), gross, gross, fact.receipt, fact.position)),
        (_PUT_BACK, place),
    ]


def _spread(fact: f.DiscountsSpread) -> list[Statement]:
    change = f"UPDATE goodsitem SET disc_abs = ?, sume = ? {_OF_LINE}"
    shares = (
        (change, (roubles_in(taken), roubles_in(left), fact.receipt, position)) for position, taken, left in fact.shares
    )
    return [*shares, (_ADD_UP, (fact.receipt,))]
