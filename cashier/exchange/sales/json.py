"""A receipt as JSON of УКМ 5 (domain/ukm5.md 3.5), with the names of fields as its readers have them, `scu` too.

Amounts are numbers in roubles. What the till has nothing to say of is there and empty: readers ask for every field.
`amount` of a payment is what stays of it, `amountWithChange` what was handed over, with the change still in it; in a
return both are what was given back. Ours are `posNum`, the position of an item, and `sourcePosNum`, the position in the
sale receipt that it gives back: other tills find by them what is left of a sale.
"""

from decimal import Decimal
from typing import Final

import msgspec

from cashier.core import taxes
from cashier.core.catalogue import Kind, Person
from cashier.core.ended import Ended
from cashier.core.money import ZERO, Kopecks
from cashier.core.quantity import Thousandths, is_whole
from cashier.core.receipt import DocumentType, Line, Receipt
from cashier.core.tender import CardSlip, Tender, TenderKind
from cashier.exchange.sales import parts
from cashier.exchange.sales.parts import Property

Value = dict[str, object]

CURRENCY: Final = "RUB"

_CURRENCY_ID: Final = 643
_TYPES: Final = {
    DocumentType.SALE: "Sale",
    DocumentType.RETURN: "RefundWOReceipt",
    DocumentType.RETURN_BY_RECEIPT: "RefundOnReceipt",
}
_PAYMENTS: Final = {TenderKind.CASH: (99, "Наличные", "Cash"), TenderKind.CARD: (1, "Банковская карта", "Card")}
"""`paymentId`, `name` and `pType` of a kind of money."""
_ATTRIBUTES: Final = {Kind.TOBACCO: "markedTobacco", Kind.MARKED: "markedGoods"}
_NOBODY: Final = dict.fromkeys(("surname", "name", "patronymic", "category", "cardNumber", "loyalitySysUID"), "")

_encode = msgspec.json.Encoder(decimal_format="number").encode


def to_json(ended: Ended) -> bytes:
    """Write one receipt as an object in UTF-8."""
    receipt = ended.receipt
    return _encode(
        {
            **_head(ended),
            "dates": {"dateOpen": receipt.opened, "dateClose": ended.at},
            "additional": _additional(ended),
            "calculated": _calculated(receipt),
            "items": [_item(receipt, line) for line in receipt.live],
            "removedItems": [_item(receipt, line) for line in receipt.lines if line.storno],
            "payments": _payments(receipt),
        }
    )


def elements(receipts: tuple[bytes, ...]) -> bytes:
    """Put receipts together as a request or a file has them."""
    return b'{"elements":[' + b",".join(receipts) + b"]}"


def file_name(ended: Ended) -> str:
    """Name the file of a receipt; the same receipt written again replaces it."""
    return parts.file_name(ended, "json")


def _head(ended: Ended) -> Value:
    receipt = ended.receipt
    return {
        "id": receipt.number,
        "number": receipt.number,
        "globalDocNumber": ended.ordinal,
        "receiptType": _TYPES[receipt.kind],
        "result": "Completed" if ended.completed else "Cancelled",
        "storeId": ended.shop,
        "posId": ended.till,
        "posNumber": _number(ended.till),
        "posName": f"Касса {ended.till}",
        "shiftId": str(receipt.shift),
        "shiftNumber": str(receipt.shift),
        "cashierId": _number(receipt.cashier.code),
        "cashierName": receipt.cashier.name,
    }


def _additional(ended: Ended) -> Value:
    words = (("ALLOWED", f"{own.right};{own.by.code};{own.by.name};{own.at}") for own in ended.allowed)
    return {
        "supervisor": _person(ended.allowed[-1].by) if ended.allowed else None,
        "client": _NOBODY,
        "discountCards": [],
        "couponsCodes": [],
        "properties": _properties((*parts.properties(ended), *words)),
        "marketingResults": [],
    }


def _person(person: Person) -> Value:
    return {"id": person.code, "name": person.name, "roleId": person.role}


def _calculated(receipt: Receipt) -> Value:
    rates = [own for own in taxes.by_rate(receipt.live) if own.rate is not None]
    given = receipt.granted
    whole = Kopecks(sum(own.amount for line in receipt.live for own in parts.discounts(receipt, line) if own.whole))
    return {
        "receiptCurrencyCode": CURRENCY,
        "itemsCount": receipt.sold,
        "amount": _money(receipt.total),
        "totalDiscountAmount": _money(receipt.discount),
        "discounts": [_discount(parts.Taken(whole=True, granted=given, amount=whole))] if given else [],
        "taxes": [_tax("", own.rate, own.tax) for own in rates if own.rate is not None],
    }


def _item(receipt: Receipt, line: Line) -> Value:
    product = line.product
    own = product.vat
    return {
        "posNum": line.position,
        **({"sourcePosNum": line.origin} if line.origin else {}),
        "itemSource": "Scanner" if line.source else "Keyboard",
        "enableEditPos": "false",
        "quantityByCashier": _quantity(line.quantity),
        "totalQuantity": _quantity(line.quantity),
        "price": _money(line.price),
        "minPrice": _money(line.min_price),
        "totalAmount": _money(line.gross),
        "discountAmount": _money(line.discount),
        "totalWithDiscounts": _money(line.sum),
        "discounts": [_discount(taken) for taken in parts.discounts(receipt, line)],
        "taxes": [] if own is None else [_tax(product.tax, own, taxes.contained(line.sum, own))],
        "couponsCodes": [],
        "productInfo": _product(line),
    }


def _product(line: Line) -> Value:
    product = line.product
    kind = _ATTRIBUTES.get(product.kind)
    return {
        "scu": product.code,
        "name": product.name,
        "description": "",
        "barcode": product.barcode,
        "barcodeQuantity": _quantity(product.quantity),
        "measure": product.unit,
        "measurePrec": 3 if product.fractional else 0,
        "itemGroup": product.group,
        "taxGroup": _number(product.tax),
        "attributes": [{"code": kind, "value": "true"}] if kind else [],
        "alternativePrices": [_money(price) for price in product.alternatives],
        "properties": _properties((*_mark(line), *parts.properties_of(line))),
    }


def _mark(line: Line) -> tuple[Property, ...]:
    found = (("MARK", line.mark), ("KI", line.ki), ("EXCISE_TYPE", parts.excise_type(line)))
    return tuple((code, value) for code, value in found if value)


def _payments(receipt: Receipt) -> list[Value]:
    """Write the payments; the change comes out of the cash that was handed over last."""
    change, written = receipt.change, list[Value]()
    for tender in reversed(receipt.tenders):
        back = min(change, tender.amount) if tender.kind is TenderKind.CASH else ZERO
        change = Kopecks(change - back)
        written.append(_payment(tender, Kopecks(tender.amount - back)))
    return written[::-1]


def _payment(tender: Tender, stays: Kopecks) -> Value:
    number, name, kind = _PAYMENTS[tender.kind]
    slip = tender.slip or CardSlip()
    return {
        "paymentId": number,
        "name": name,
        "pType": kind,
        "deviceType": "",
        "currencyId": _CURRENCY_ID,
        "amount": _money(stays),
        "amountWithChange": _money(tender.amount),
        "authorizationCode": slip.authorisation,
        "cardNumber": slip.card,
        "rrn": slip.operation,
        "uuid": tender.token,
        "qrRequisites": "",
        "cardEntryMode": "",
        "slips": ["\n".join(slip.text)] if slip.text else [],
    }


def _discount(taken: parts.Taken) -> Value:
    granted = taken.granted
    size = parts.percent(granted.percent) if granted.percent else parts.roubles(granted.amount)
    return {
        "scope": "Receipt" if taken.whole else "Item",
        "type": "Percent" if granted.percent else "Amount",
        "size": size,
        "amount": _money(taken.amount),
    }


def _tax(group: str, rate: int, tax: Kopecks) -> Value:
    return {"taxGroup": _number(group), "rate": parts.percent(rate), "amount": _money(tax)}


def _properties(properties: tuple[Property, ...]) -> list[Value]:
    return [{"code": code, "value": value} for code, value in properties]


def _money(amount: Kopecks) -> Value:
    return {"amount": parts.roubles(amount), "code": CURRENCY}


def _quantity(quantity: Thousandths) -> Value:
    return {"amount": Decimal(quantity // 1000) if is_whole(quantity) else parts.units(quantity),
            "decimals": 0 if is_whole(quantity) else 3}  # fmt: skip


def _number(code: str) -> int | str:
    """Write a code as the number that readers expect; one that is no number stays a text."""
    return int(code) if code.isascii() and code.isdigit() and str(int(code)) == code else code
