"""A receipt as XML: by the schema we ship, whole, whatever its goods are called."""

import re
from base64 import b64decode
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from lxml import etree
from msgspec.structs import replace

from cashier.core.catalogue import Person
from cashier.core.ended import Ended
from cashier.core.facts import Approved
from cashier.core.receipt import DocumentType, Line
from cashier.core.tender import CardSlip, Tender
from cashier.exchange.sales import parts
from cashier.exchange.sales.xml import file_name, to_xml
from tests.exchange.ended_receipts import GUID, MARK, came_back, ended_receipts, of_order, sample
from tests.exchange.sales_xml import NOBODY, discounts, parsed, properties, read, text

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def fit(words: str) -> str:
    """Write what XML can carry of a text."""
    return UNFIT.sub("\ufffd", words)


def person(own: Person) -> Person:
    """Leave of a person what the form has."""
    return Person(fit(own.code), fit(own.name), 0)


def carried(line: Line) -> Line:
    """Leave of a line what the form has; discounts are compared by what they took."""
    own = line.product
    texts = {name: fit(getattr(own, name)) for name in ("code", "name", "barcode", "unit", "group", "tax")}
    captured = tuple((fit(code), fit(value)) for code, value in line.properties)
    return replace(line, product=replace(own, fractional=False, **texts), granted=None, properties=captured)


def tender(own: Tender) -> Tender:
    """Leave of a payment what the form has."""
    if own.slip is None or own.slip == CardSlip():
        return replace(own, slip=None)
    lines = tuple(fit(line) for line in own.slip.text)
    told = (fit(own.slip.operation), fit(own.slip.authorisation), fit(own.slip.card))
    return replace(own, slip=CardSlip(*told, lines))


def word(own: Approved) -> Approved:
    """Leave of a word what the form has."""
    return replace(own, by=replace(person(own.by), role=own.by.role), cashier=NOBODY)


def expected(ended: Ended) -> Ended:
    """Leave of a receipt what the form has."""
    receipt = ended.receipt
    changed = replace(
        receipt,
        cashier=person(receipt.cashier),
        lines=tuple(carried(line) for line in receipt.lines),
        tenders=tuple(tender(own) for own in receipt.tenders),
        granted=None,
    )
    allowed = tuple(word(own) for own in ended.allowed)
    return replace(ended, receipt=changed, by=person(ended.by), allowed=allowed)


@settings(max_examples=150, deadline=None)
@given(ended=ended_receipts())
def test_any_receipt_comes_back(ended: Ended) -> None:
    """Given any receipt, when it is written, then it has the shipped form, and what is read is what it was."""
    assert msgspec.json.decode(msgspec.json.encode(read(to_xml(ended)))) == msgspec.json.decode(
        msgspec.json.encode(expected(ended))
    )


@settings(max_examples=50, deadline=None)
@given(ended=ended_receipts())
def test_discounts_add_up(ended: Ended) -> None:
    """Given any discounts, then what they took off a line is told apart and adds up to what was taken."""
    root = parsed(to_xml(ended))
    for item in root.iter("item", "removedItem"):
        line = ended.receipt.lines[int(item.attrib["num"]) - 1]
        taken = sum(Decimal(own[3]) for own in discounts(item))
        assert taken == max(parts.roubles(line.discount), 0)


class TestSample:
    def test_head(self) -> None:
        """The root names shop, till and shift; the GUID is a property of the receipt."""
        root = parsed(to_xml(sample()))
        assert root.tag == "receipt"
        assert [root.attrib[name] for name in ("storeId", "posNum", "shiftNum")] == ["77", "3", "412"]
        assert [text(root, name) for name in ("version", "id", "guid", "type", "result")] == [
            "1.0", "15", GUID, "sale", "completed",
        ]  # fmt: skip
        assert (text(root, "dateOpen"), text(root, "dateClose")) == ("2026-11-21T12:00:00", "2026-11-21T12:03:40")
        told = dict(properties(root))
        assert told["RECEIPT_GUID"] == GUID
        assert (told["FISCAL_NUMBER"], told["AGE_CONFIRMED"]) == ("17", "18")

    def test_items(self) -> None:
        """A live line is an item, a storno'd one a removedItem; both keep their number."""
        root = parsed(to_xml(sample()))
        assert [(own.tag, own.attrib["num"]) for own in root.iter("item", "removedItem")] == [
            ("item", "1"),
            ("removedItem", "2"),
            ("item", "3"),
        ]
        milk = root.findall("item")[0]
        names = ("code", "barcode", "name", "quantity", "price", "sum", "minPrice", "vat", "exciseType")
        assert [text(milk, name) for name in names] == [
            "000304", "4600682000020", "Молоко «Луг» 3,2 % <1 л>", "1.000", "99.00", "87.01", "80.00", "10.00",
            "MARKEDGOODS",
        ]  # fmt: skip
        assert b64decode(text(milk, "mark")).decode() == MARK
        assert properties(milk) == (("mrc", "9900"),)
        assert discounts(milk) == [("position", "10.00", "", "9.90"), ("receipt", "", "3.60", "2.09")]

    def test_order(self) -> None:
        """A line that came with an order names it, and so does its receipt; the others do not."""
        root = parsed(to_xml(of_order(sample(), "1001")))
        assert dict(properties(root))["ORDER"] == "1001"
        assert [dict(properties(own)).get("ORDER") for own in root.iter("item", "removedItem")] == ["1001", None, None]

    def test_given_up(self) -> None:
        """A receipt given up says so."""
        given_up = replace(sample(), completed=False)
        assert text(parsed(to_xml(given_up)), "result") == "cancelled"

    @pytest.mark.parametrize(
        ("kind", "name"), [(DocumentType.RETURN, "returnFree"), (DocumentType.RETURN_BY_RECEIPT, "returnByReceipt")]
    )
    def test_kinds(self, kind: DocumentType, name: str) -> None:
        """Returns have the words of УКМ 5; money of theirs is positive, and nothing is change."""
        root = parsed(to_xml(came_back(kind)))
        assert (text(root, "type"), text(root, "change")) == (name, "0.00")
        money = [Decimal(text(own, "sum")) for own in root.findall("payment")]
        assert (sum(money), min(money) > 0) == (Decimal(text(root, "sum")), True)

    def test_return_by_receipt(self) -> None:
        """The sale and the reason are properties, and each position says which of the sale it gives back."""
        root = parsed(to_xml(came_back(DocumentType.RETURN_BY_RECEIPT)))
        told = [pair for pair in properties(root) if pair[0].startswith(("SALE", "RETURN"))]
        assert [value for _, value in told] == [
            "0d5a0f6a-7c1b-4b0e-9a55-7e0b2f5c1b22", "203", "411", "4", "2026-11-20T18:05:00", "faulty",
        ]  # fmt: skip
        items = [(own.tag, own.attrib["num"], own.attrib["sourceNum"]) for own in root.iter("item", "removedItem")]
        assert items == [("item", "1", "5"), ("removedItem", "2", "3"), ("item", "3", "3")]

    def test_return_without_a_receipt(self) -> None:
        """No sale is named, and no position is one of a sale."""
        root = parsed(to_xml(came_back(DocumentType.RETURN)))
        assert [code for code, _ in properties(root) if code.startswith(("SALE", "RETURN"))] == ["RETURN_REASON"]
        assert not [own for own in root.iter("item", "removedItem") if "sourceNum" in own.attrib]

    def test_a_kopeck_above_the_price(self) -> None:
        """Where rounding gives a kopeck more back than the price, the sums agree and no discount is told."""
        milk, apples = parsed(to_xml(came_back(DocumentType.RETURN_BY_RECEIPT))).findall("item")
        assert discounts(milk) == [("position", "", "11.99", "11.99")]
        assert [text(apples, name) for name in ("baseSum", "discountSum", "sum")] == ["42.96", "-0.01", "42.97"]
        assert discounts(apples) == []

    def test_payments(self) -> None:
        """A card tells what its terminal told, line by line; the change stands in the head."""
        root = parsed(to_xml(sample()))
        card, cash = root.findall("payment")
        assert [text(card, name) for name in ("type", "charge", "card", "authorisation", "operation")] == [
            "card", "charge", "************1111", "auth-1", "op-1",
        ]  # fmt: skip
        assert [own.text for own in card.findall("slip")] == ["ОПЛАТА", "ОДОБРЕНО"]
        assert (text(cash, "type"), text(root, "change")) == ("cash", "50.00")

    def test_file_name(self) -> None:
        """The name is that of interfaces.md; what is no code of a place is left out of it."""
        ended = sample()
        assert file_name(ended) == "receipt_77_3_412_15_1.xml"
        assert file_name(replace(ended, shop="../7/..", till="")) == "receipt_7_0_412_15_1.xml"

    def test_schema_is_strict(self) -> None:
        """The schema refuses what is no receipt."""
        for old, new in ((b"<guid>", b"<quid>"), (b"completed", b"done"), (b"87.01", b"86,98"), (b"T12:03", b" 12:03")):
            data = to_xml(sample())
            assert old in data
            with pytest.raises((etree.DocumentInvalid, etree.XMLSyntaxError)):
                parsed(data.replace(old, new))
