"""Receipts as the sales file of AIF (domain/artix.md 5.5), with the codes of documents.db (5.3).

Readers cut the file at `---`, some of them after putting its lines together; no text inside an object holds two
hyphens in a row or an end of line, however it is called. A receipt given up is a document of its own kind, which
readers skip: 8 for a sale, 7 for a return. A position of a return by receipt has the number it has in the sale: readers
find by it and `sourceidentifier` what came back.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

import msgspec

from cashier.core import taxes
from cashier.core.ended import Ended
from cashier.core.money import Kopecks
from cashier.core.receipt import DocumentType, Line, Receipt
from cashier.core.tender import CardSlip, TenderKind
from cashier.exchange.sales import parts

Value = dict[str, object]

_BEGIN: Final = b"### sales data begin ###\n"
_END: Final = b"\n### sales data end ###\n"
_BETWEEN: Final = b"\n---\n"

_CODES: Final = {
    DocumentType.SALE: (1, 8, 50, 70, 72),
    DocumentType.RETURN: (2, 7, 56, 74, 76),
    DocumentType.RETURN_BY_RECEIPT: (25, 7, 58, 100, 101),
}
"""`docType` of what was completed and of what was given up; `opCode` of goods, of money and of change."""
_VALUTS: Final = {TenderKind.CASH: (1, "Наличные", 0), TenderKind.CARD: (4, "Банковская карта", 10)}
"""`valCode`, `valName` and `valutOperation`."""
_EMPTY: Final = (
    *("bonusPositions", "cardPositions", "certificatePositions", "clientPositions", "couponPositions"),
    *("giftPositions", "paymentPositions", "deptPositions", "buttonPositions"),
)
_ESCAPES: Final = (("--", "-\\u002d"), ("\x85", "\\u0085"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))

_encode = msgspec.json.Encoder(decimal_format="number").encode


def to_aif(receipts: Iterable[Ended]) -> Iterator[bytes]:
    """Yield the pieces of a file, in UTF-8, as receipts come."""
    before = _BEGIN
    for ended in receipts:
        yield before + _object(ended)
        before = _BETWEEN
    yield (_BEGIN if before is _BEGIN else b"") + _END


def file_name(since: date, until: date) -> str:
    """Name the file of some days; it goes to the folder `sale<cashcode>` of the exchange."""
    return f"sale_{since:%Y%m%d}_{until:%Y%m%d}.json"


def _object(ended: Ended) -> bytes:
    text = _encode(_document(ended)).decode()
    for sign, escape in _ESCAPES:
        text = text.replace(sign, escape)
    return text.encode()


def _document(ended: Ended) -> Value:
    receipt = ended.receipt
    done, given_up, goods, money, _ = _CODES[receipt.kind]
    paid = _money(ended)
    return {
        "docType": done if ended.completed else given_up,
        "docNum": ended.ordinal,
        "checkNum": receipt.number,
        "closed": 1 if ended.completed else 2,
        "identifier": receipt.identifier,
        "sourceidentifier": receipt.sale.identifier if receipt.sale else "",
        "backReason": receipt.reason,
        "shopCode": ended.shop,
        "cashCode": ended.till,
        "shift": receipt.shift,
        "userCode": receipt.cashier.code,
        "timeBeg": receipt.opened,
        "timeEnd": ended.at,
        "frdocnum": str(ended.fiscal or ""),
        **_sums(ended),
        "inventPositions": [_position(ended, line, goods) for line in receipt.live],
        "stornoPositions": [_position(ended, line, goods) for line in receipt.lines if line.storno],
        "moneyPositions": paid if ended.completed else [],
        "failedMoneyPositions": [] if ended.completed else [own for own in paid if own["opCode"] == money],
        **{name: [] for name in _EMPTY},
    }


def _sums(ended: Ended) -> Value:
    receipt = ended.receipt
    tendered = receipt.tendered
    vat = Kopecks(sum(own.tax for own in taxes.by_rate(receipt.live)))
    return {
        "docSum": parts.roubles(receipt.total),
        "baseSum": parts.roubles(parts.gross(receipt)),
        "disc_abs": parts.roubles(receipt.discount),
        "vatsum": parts.roubles(vat),
        "sumcash": parts.roubles(tendered[TenderKind.CASH]),
        "sumnoncash": parts.roubles(tendered[TenderKind.CARD]),
        "sumother": Decimal(0),
    }


def _position(ended: Ended, line: Line, code: int) -> Value:
    product = line.product
    excise = {"excisemark": line.mark, "excisetype": parts.excise_type(line)} if line.mark else {}
    return {
        "posNum": line.position if line.storno else line.origin or line.position,
        "opCode": code,
        "status": int(line.storno),
        "inventCode": product.code,
        "barCode": product.barcode,
        "bcode_main": product.barcode,
        "name": product.name,
        "measureCode": product.unit,
        "quant": parts.units(line.quantity),
        "price": parts.roubles(line.price),
        "minPrice": parts.roubles(line.min_price),
        "baseSum": parts.roubles(line.gross),
        "posSum": parts.roubles(line.sum),
        "disc_abs": parts.roubles(line.discount),
        "discountPositions": _discounts(ended.receipt, line),
        "bonusPositions": [],
        "taxes": _taxes(line),
        "userCode": ended.receipt.cashier.code,
        "tags": ";".join(f"{name}={value}" for name, value in parts.properties_of(line)),
        **excise,
    }


def _discounts(receipt: Receipt, line: Line) -> list[Value]:
    """Write the discounts; `checkSum` is what each was taken off."""
    left, written = line.gross, list[Value]()
    for own in parts.discounts(receipt, line):
        granted = own.granted
        written.append(
            {
                "discType": "percent" if granted.percent else "summ",
                "discMode": "check" if own.whole else "position",
                "discName": "Скидка на чек" if own.whole else "Скидка на позицию",
                "discSum": parts.roubles(own.amount),
                "discSize": parts.percent(granted.percent) if granted.percent else parts.roubles(granted.amount),
                "checkSum": parts.roubles(left),
            }
        )
        left = Kopecks(left - own.amount)
    return written


def _taxes(line: Line) -> list[Value]:
    rate = line.product.vat
    if rate is None:
        return []
    tax = parts.roubles(taxes.contained(line.sum, rate))
    return [{"taxCode": line.product.tax, "taxRate": parts.percent(rate), "taxSum": tax}]


def _money(ended: Ended) -> list[Value]:
    """Write what was taken, and the change as a position of its own."""
    receipt = ended.receipt
    _, _, _, taken, back = _CODES[receipt.kind]
    rows = [_row(taken, own.kind, own.amount, own.slip or CardSlip()) for own in receipt.tenders]
    return [*rows, _row(back, TenderKind.CASH, receipt.change, CardSlip())] if receipt.change else rows


def _row(code: int, kind: TenderKind, amount: Kopecks, slip: CardSlip) -> Value:
    valut, name, operation = _VALUTS[kind]
    total = parts.roubles(amount)
    return {
        "opCode": code,
        "valCode": valut,
        "valName": name,
        "valutOperation": operation,
        "sumB": total,
        "sume": total,
        "cardnum": slip.card,
        "authcode": slip.authorisation,
        "operationId": slip.operation,
        "slip": "\n".join(slip.text),
    }
