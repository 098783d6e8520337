"""A receipt as XML, in the manner of «Экспорт XML» of УКМ 5 (domain/ukm5.md 3.2); `receipt.xsd` says its form.

Sums are roubles with two digits, quantities units with three, percents with two; times are the shop's. A character
that XML cannot carry becomes U+FFFD: names of goods come from outside. A mark is whole, in base64.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from typing import Final

from lxml import etree

from cashier.core import taxes
from cashier.core.ended import Ended
from cashier.core.facts import Approved
from cashier.core.receipt import DocumentType, Line, Receipt
from cashier.core.tender import Tender
from cashier.exchange.sales import parts
from cashier.exchange.sales.parts import Property

VERSION: Final = "1.0"

_TYPES: Final = {
    DocumentType.SALE: "sale",
    DocumentType.RETURN: "returnFree",
    DocumentType.RETURN_BY_RECEIPT: "returnByReceipt",
}
_UNFIT: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Leaf = tuple[str, object]
"""Name of an element, and its text."""


def to_xml(ended: Ended) -> bytes:
    """Write one receipt as a document in UTF-8."""
    receipt = ended.receipt
    root = etree.Element("receipt", storeId=_text(ended.shop), posNum=_text(ended.till), shiftNum=str(receipt.shift))
    _leaves(root, _head(ended))
    for tax in taxes.by_rate(receipt.live):
        rate = () if tax.rate is None else (("rate", parts.percent(tax.rate)),)
        _leaves(_under(root, "tax"), (*rate, ("total", parts.roubles(tax.total)), ("sum", parts.roubles(tax.tax))))
    for word in ended.allowed:
        _leaves(_under(root, "supervisor"), _word(word))
    _properties(root, parts.properties(ended))
    for line in receipt.lines:
        _item(root, receipt, line)
    for tender in receipt.tenders:
        _leaves(_under(root, "payment"), _payment(tender))
    etree.indent(root)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written


def file_name(ended: Ended) -> str:
    """Name the file of a receipt; the same receipt written again replaces it."""
    return parts.file_name(ended, "xml")


def _head(ended: Ended) -> tuple[Leaf, ...]:
    receipt = ended.receipt
    return (
        ("version", VERSION),
        ("id", receipt.number),
        ("globalNumber", ended.ordinal),
        ("guid", receipt.identifier),
        ("type", _TYPES[receipt.kind]),
        ("result", "completed" if ended.completed else "cancelled"),
        ("dateOpen", receipt.opened),
        ("dateClose", ended.at),
        ("cashierCode", receipt.cashier.code),
        ("cashierName", receipt.cashier.name),
        ("baseSum", parts.roubles(parts.gross(receipt))),
        ("discountSum", parts.roubles(receipt.discount)),
        ("sum", parts.roubles(receipt.total)),
        ("change", parts.roubles(receipt.change)),
    )


def _word(word: Approved) -> tuple[Leaf, ...]:
    by = word.by
    return (("right", word.right), ("code", by.code), ("name", by.name), ("role", by.role), ("date", word.at))


def _payment(tender: Tender) -> tuple[Leaf, ...]:
    slip = tender.slip
    told = (
        ("charge", tender.token),
        ("card", slip.card if slip else ""),
        ("authorisation", slip.authorisation if slip else ""),
        ("operation", slip.operation if slip else ""),
    )
    lines = slip.text if slip else ()
    return (
        ("type", tender.kind.value),
        ("sum", parts.roubles(tender.amount)),
        *((name, text) for name, text in told if text),
        *(("slip", line) for line in lines),
    )


def _item(root: etree._Element, receipt: Receipt, line: Line) -> None:
    item = _under(root, "removedItem" if line.storno else "item")
    item.set("num", str(line.position))
    if line.origin:
        item.set("sourceNum", str(line.origin))
    _leaves(item, (*_goods(line), *_sums(line)))
    for own in parts.discounts(receipt, line):
        size = ("sum", parts.roubles(own.granted.amount))
        granted = ("percent", parts.percent(own.granted.percent)) if own.granted.percent else size
        scope = ("scope", "receipt" if own.whole else "position")
        _leaves(_under(item, "discount"), (scope, granted, ("taken", parts.roubles(own.amount))))
    for price in line.product.alternatives:
        _leaves(item, (("alternativePrice", parts.roubles(price)),))
    _leaves(item, _mark(line))
    _properties(item, parts.properties_of(line))


def _goods(line: Line) -> Iterable[Leaf]:
    product = line.product
    told = (("group", product.group), ("taxGroup", product.tax))
    yield from (("code", product.code), ("barcode", product.barcode), ("name", product.name))
    yield from (("unit", product.unit), ("kind", product.kind.value))
    yield from ((name, text) for name, text in told if text)
    if product.vat is not None:
        yield "vat", parts.percent(product.vat)


def _sums(line: Line) -> tuple[Leaf, ...]:
    return (
        ("quantity", parts.units(line.quantity)),
        ("price", parts.roubles(line.price)),
        ("cataloguePrice", parts.roubles(line.product.price)),
        ("minPrice", parts.roubles(line.min_price)),
        ("baseSum", parts.roubles(line.gross)),
        ("discountSum", parts.roubles(line.discount)),
        ("sum", parts.roubles(line.sum)),
    )


def _mark(line: Line) -> Iterable[Leaf]:
    if line.mark:
        yield from (("mark", b64encode(line.mark.encode()).decode()), ("exciseType", parts.excise_type(line)))
    if line.ki:
        yield "ki", line.ki
    if line.source:
        yield "source", line.source


def _properties(parent: etree._Element, properties: Iterable[Property]) -> None:
    holder = _under(parent, "properties")
    for code, value in properties:
        _leaves(_under(holder, "property"), (("code", code), ("value", value)))


def _leaves(parent: etree._Element, leaves: Iterable[Leaf]) -> None:
    for name, text in leaves:
        _under(parent, name).text = _text(str(text))


def _under(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, name)


def _text(text: str) -> str:
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)
