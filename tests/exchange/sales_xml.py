"""A strict reader of our XML: checks it against the schema we ship and makes of it what a receipt was."""

from base64 import b64decode
from decimal import Decimal
from importlib.resources import files

from lxml import etree

from cashier.core.catalogue import Kind, Person, Product
from cashier.core.ended import Ended
from cashier.core.facts import Approved
from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths
from cashier.core.receipt import DocumentType, Line, Receipt
from cashier.core.sales import Sale
from cashier.core.tender import CardSlip, Tender, TenderKind

SCHEMA = etree.XMLSchema(etree.fromstring((files("cashier.exchange.sales") / "receipt.xsd").read_bytes()))
TYPES = {
    "sale": DocumentType.SALE,
    "returnFree": DocumentType.RETURN,
    "returnByReceipt": DocumentType.RETURN_BY_RECEIPT,
}
NOBODY = Person("", "", 0)


def parsed(data: bytes) -> etree._Element:
    """Parse a document as its schema has it."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    SCHEMA.assertValid(root)
    return root


def text(element: etree._Element, name: str) -> str:
    """Text of the one element of this name; empty where there is none."""
    found = element.findall(name)
    assert len(found) <= 1
    return (found[0].text or "") if found else ""


def kopecks(element: etree._Element, name: str) -> Kopecks:
    """Read an amount."""
    return Kopecks(int(Decimal(text(element, name)) * 100))


def properties(element: etree._Element) -> tuple[tuple[str, str], ...]:
    """Read code/value pairs."""
    return tuple((text(own, "code"), text(own, "value")) for own in element.findall("properties/property"))


def discounts(element: etree._Element) -> list[tuple[str, str, str, str]]:
    """Read what discounts took off a line."""
    names = ("scope", "percent", "sum", "taken")
    return [tuple(text(own, name) for name in names) for own in element.findall("discount")]  # type: ignore[misc]


def read(data: bytes) -> Ended:
    """Read a receipt; what the form does not have is as a fresh value has it."""
    root = parsed(data)
    told = dict(properties(root))
    cashier = Person(text(root, "cashierCode"), text(root, "cashierName"), 0)
    completed = text(root, "result") == "completed"
    receipt = Receipt(
        text(root, "guid"),
        int(text(root, "id")),
        int(root.attrib["shiftNum"]),
        cashier,
        text(root, "dateOpen"),
        tuple(_line(own) for own in root if own.tag in {"item", "removedItem"}),
        tuple(_tender(own) for own in root.findall("payment")),
        closed=text(root, "dateClose") if completed else "",
        fiscal=int(told.get("FISCAL_NUMBER", 0)),
        kind=TYPES[text(root, "type")],
        age=int(told.get("AGE_CONFIRMED", 0)),
        proven=told.get("AGE_BY_DOCUMENT") == "true",
        sale=_sale(told),
        reason=told.get("RETURN_REASON", ""),
    )
    assert kopecks(root, "sum") == receipt.total
    assert kopecks(root, "discountSum") == receipt.discount
    assert kopecks(root, "change") == receipt.change
    by = Person(told.get("ENDED_BY_CODE", ""), told.get("ENDED_BY_NAME", ""), 0)
    place = str(root.attrib["storeId"]), str(root.attrib["posNum"])
    words = tuple(_word(own) for own in root.findall("supervisor"))
    ordinal = int(text(root, "globalNumber"))
    return Ended(receipt, completed, text(root, "dateClose"), by, *place, ordinal, receipt.fiscal, words)


def _line(item: etree._Element) -> Line:
    vat = text(item, "vat")
    product = Product(
        text(item, "code"),
        text(item, "name"),
        kopecks(item, "cataloguePrice"),
        text(item, "barcode"),
        unit=text(item, "unit"),
        kind=Kind(int(text(item, "kind"))),
        alternatives=tuple(Kopecks(int(Decimal(own.text or "") * 100)) for own in item.findall("alternativePrice")),
        group=text(item, "group"),
        tax=text(item, "taxGroup"),
        vat=int(Decimal(vat) * 100) if vat else None,
    )
    line = Line(
        int(item.attrib["num"]),
        product,
        Thousandths(int(Decimal(text(item, "quantity")) * 1000)),
        kopecks(item, "price"),
        kopecks(item, "minPrice"),
        kopecks(item, "discountSum"),
        storno=item.tag == "removedItem",
        mark=b64decode(text(item, "mark"), validate=True).decode(),
        ki=text(item, "ki"),
        properties=properties(item),
        source=text(item, "source"),
        origin=int(item.attrib.get("sourceNum", 0)),
    )
    assert (kopecks(item, "baseSum"), kopecks(item, "sum")) == (line.gross, line.sum)
    return line


def _sale(told: dict[str, str]) -> Sale | None:
    if "SALE_GUID" not in told:
        return None
    numbers = int(told["SALE_SHIFT"]), int(told["SALE_NUMBER"])
    return Sale(told["SALE_GUID"], "", told["SALE_TILL"], *numbers, told["SALE_DATE"], (), ())


def _tender(payment: etree._Element) -> Tender:
    slip = CardSlip(
        text(payment, "operation"),
        text(payment, "authorisation"),
        text(payment, "card"),
        tuple(own.text or "" for own in payment.findall("slip")),
    )
    kind = TenderKind(text(payment, "type"))
    told = slip if slip != CardSlip() else None
    return Tender(kind, kopecks(payment, "sum"), text(payment, "charge"), told)


def _word(word: etree._Element) -> Approved:
    by = Person(text(word, "code"), text(word, "name"), int(text(word, "role")))
    return Approved(text(word, "right"), by, NOBODY, text(word, "date"))
