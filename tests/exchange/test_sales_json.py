"""A receipt as JSON of УКМ 5: the fields of its readers, all of them, and in them what the receipt was."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from cashier.core.ended import Ended
from cashier.core.money import Kopecks
from cashier.core.receipt import DocumentType, Line
from cashier.core.tender import TenderKind
from cashier.exchange.sales.json import elements, file_name, to_json
from tests.exchange.ended_receipts import GUID, MARK, SALE, came_back, ended_receipts, of_order, sample
from tests.exchange.sales_json import Amount, Item, Receipt, read, read_package


def kopecks(amount: Amount) -> Kopecks:
    """Read an amount; all of them are in roubles."""
    assert amount.code == "RUB"
    return Kopecks(int(amount.amount * 100))


def told(item: Item) -> tuple[object, ...]:
    """Tell what an item says of a line."""
    product, quantity = item.product_info, item.total_quantity
    assert item.quantity_by_cashier == quantity
    assert round(quantity.amount, quantity.decimals) == quantity.amount
    sums = (item.price, item.min_price, item.total_amount, item.discount_amount, item.total_with_discounts)
    texts = (product.scu, product.name, product.barcode, product.measure, product.item_group, str(product.tax_group))
    prices = tuple(map(kopecks, product.alternative_prices))
    properties = tuple((own.code, own.value) for own in product.properties if own.code not in {"KI", "EXCISE_TYPE"})
    places = (item.pos_num, item.source_pos_num)
    return (*places, *map(kopecks, sums), quantity.amount * 1000, texts, prices, properties)


def expected(line: Line) -> tuple[object, ...]:
    """Tell the same of the line."""
    product = line.product
    sums = (line.price, line.min_price, line.gross, line.discount, line.sum)
    texts = (product.code, product.name, product.barcode, product.unit, product.group, product.tax)
    mark = (("MARK", line.mark),) if line.mark else ()
    return (line.position, line.origin, *sums, line.quantity, texts, product.alternatives, (*mark, *line.properties))


def properties(receipt: Receipt) -> dict[str, str]:
    """Return the properties of a receipt."""
    return {own.code: own.value for own in receipt.additional.properties}


@settings(max_examples=150, deadline=None)
@given(ended=ended_receipts())
def test_any_receipt_comes_back(ended: Ended) -> None:
    """Given any receipt, when it is written, then a strict reader finds what was sold, taken out and paid."""
    receipt, own = read(to_json(ended)), ended.receipt
    assert [told(item) for item in receipt.items] == [expected(line) for line in own.live]
    assert [told(item) for item in receipt.removed_items] == [expected(line) for line in own.lines if line.storno]
    assert receipt.result == ("Completed" if ended.completed else "Cancelled")
    assert (receipt.store_id, receipt.pos_id, receipt.global_doc_number) == (ended.shop, ended.till, 4711)
    assert (str(receipt.cashier_id), receipt.cashier_name) == (own.cashier.code, own.cashier.name)
    assert properties(receipt)["RECEIPT_GUID"] == GUID
    assert kopecks(receipt.calculated.amount) == own.total
    assert kopecks(receipt.calculated.total_discount_amount) == own.discount
    assert [kopecks(pay.amount_with_change) for pay in receipt.payments] == [tender.amount for tender in own.tenders]
    assert sum(kopecks(pay.amount) for pay in receipt.payments) == (own.total if ended.completed else 0)
    for item in (*receipt.items, *receipt.removed_items):
        assert sum(kopecks(part.amount) for part in item.discounts) == max(kopecks(item.discount_amount), 0)


class TestSample:
    def test_head(self) -> None:
        """Numbers, places and people stand where their readers look for them."""
        receipt = read(to_json(sample()))
        assert (receipt.id, receipt.number, receipt.receipt_type) == (15, 15, "Sale")
        assert (receipt.store_id, receipt.pos_number, receipt.shift_number) == ("77", 3, "412")
        assert (receipt.cashier_id, receipt.cashier_name) == (7, "Иванова")
        assert (receipt.dates.date_open, receipt.dates.date_close) == ("2026-11-21T12:00:00", "2026-11-21T12:03:40")

    def test_additional(self) -> None:
        """The GUID, the fiscal number, the age and who has allowed what are additional properties."""
        receipt = read(to_json(sample()))
        assert properties(receipt) == {
            "RECEIPT_GUID": GUID,
            "FISCAL_NUMBER": "17",
            "AGE_CONFIRMED": "18",
            "ENDED_BY_CODE": "7",
            "ENDED_BY_NAME": "Иванова",
            "ALLOWED": "discount;8;Петров;2026-11-21T12:01:00",
        }
        supervisor = receipt.additional.supervisor
        assert supervisor is not None
        assert (supervisor.id, supervisor.name, supervisor.role_id) == ("8", "Петров", 2)

    def test_nobody_allowed_anything(self) -> None:
        """Without a word of somebody else there is no supervisor."""
        assert read(to_json(replace(sample(), allowed=()))).additional.supervisor is None

    def test_order(self) -> None:
        """A line that came with an order names it, and so does its receipt."""
        receipt = read(to_json(of_order(sample(), "1001")))
        assert properties(receipt)["ORDER"] == "1001"
        told = [{own.code: own.value for own in item.product_info.properties} for item in receipt.items]
        assert [item.get("ORDER") for item in told] == ["1001", None]

    def test_item(self) -> None:
        """A marked item has its full code with the GS, its prices and taxes."""
        milk, apples = read(to_json(sample())).items
        product = milk.product_info
        assert (product.scu, product.tax_group, product.measure_prec) == ("000304", 3, 0)
        assert [(own.code, own.value) for own in product.properties] == [
            ("MARK", MARK),
            ("KI", MARK[:24]),
            ("EXCISE_TYPE", "MARKEDGOODS"),
            ("mrc", "9900"),
        ]
        assert [(own.code, own.value) for own in product.attributes] == [("markedGoods", "true")]
        assert [kopecks(price) for price in product.alternative_prices] == [9900, 8900]
        assert [(own.scope, own.type, own.size) for own in milk.discounts] == [
            ("Item", "Percent", Decimal("10.00")),
            ("Receipt", "Amount", Decimal("3.60")),
        ]
        assert [(own.rate, kopecks(own.amount)) for own in milk.taxes] == [(Decimal(10), 791)]
        assert (apples.total_quantity.amount, apples.total_quantity.decimals) == (Decimal("0.5"), 3)
        assert (milk.item_source, apples.item_source) == ("Scanner", "Keyboard")

    def test_payments(self) -> None:
        """A card has what its terminal told; of the cash the change is taken off."""
        ended = sample()
        card, cash = read(to_json(ended)).payments
        assert (card.p_type, card.authorization_code, card.card_number) == ("Card", "auth-1", "************1111")
        assert (card.rrn, card.uuid, card.slips) == ("op-1", "charge", ["ОПЛАТА\nОДОБРЕНО"])
        assert cash.p_type == "Cash"
        assert kopecks(cash.amount_with_change) - kopecks(cash.amount) == 5000
        assert kopecks(cash.amount) == ended.receipt.tendered[TenderKind.CASH]

    def test_code_that_is_no_number(self) -> None:
        """A code with letters or leading zeros stays what it is."""
        ended = sample()
        cashier = replace(ended.receipt.cashier, code="007")
        ended = replace(ended, receipt=replace(ended.receipt, cashier=cashier), till="A")
        receipt = read(to_json(ended))
        assert (receipt.cashier_id, receipt.pos_number) == ("007", "A")

    def test_package(self) -> None:
        """Receipts travel together under `elements`."""
        one, other = sample(), replace(sample(), completed=False)
        package = read_package(elements((to_json(one), to_json(other))))
        assert [own.result for own in package] == ["Completed", "Cancelled"]
        assert read_package(elements(())) == []

    def test_file_name(self) -> None:
        """The name is that of the XML, but for its end."""
        assert file_name(sample()) == "receipt_77_3_412_15_1.json"


class TestReturns:
    @pytest.mark.parametrize(
        ("kind", "name"),
        [(DocumentType.RETURN, "RefundWOReceipt"), (DocumentType.RETURN_BY_RECEIPT, "RefundOnReceipt")],
    )
    def test_money_is_positive(self, kind: DocumentType, name: str) -> None:
        """A return has its own type; what was given back adds up to the total, for readers negate it."""
        receipt = read(to_json(came_back(kind)))
        assert receipt.receipt_type == name
        assert all(kopecks(pay.amount) == kopecks(pay.amount_with_change) > 0 for pay in receipt.payments)
        assert sum(kopecks(pay.amount) for pay in receipt.payments) == kopecks(receipt.calculated.amount)

    def test_by_receipt(self) -> None:
        """The sale is named among the properties, and of each item the position in it."""
        receipt = read(to_json(came_back(DocumentType.RETURN_BY_RECEIPT)))
        assert properties(receipt) == {
            "RECEIPT_GUID": GUID,
            "FISCAL_NUMBER": "17",
            "SALE_GUID": SALE.identifier,
            "SALE_NUMBER": "203",
            "SALE_SHIFT": "411",
            "SALE_TILL": "4",
            "SALE_DATE": "2026-11-20T18:05:00",
            "RETURN_REASON": "faulty",
            "ENDED_BY_CODE": "7",
            "ENDED_BY_NAME": "Иванова",
        }
        places = [(own.pos_num, own.source_pos_num) for own in (*receipt.items, *receipt.removed_items)]
        assert places == [(1, 5), (3, 3), (2, 3)]

    def test_without_a_receipt(self) -> None:
        """No sale is named, and items have positions of their own only."""
        data = to_json(came_back(DocumentType.RETURN))
        told = properties(read(data))
        assert [code for code in told if code.startswith(("SALE", "RETURN"))] == ["RETURN_REASON"]
        assert b"sourcePosNum" not in data

    def test_discounts(self) -> None:
        """What was taken off in the sale is the position's; a kopeck of rounding is no discount, and sums agree."""
        milk, apples = read(to_json(came_back(DocumentType.RETURN_BY_RECEIPT))).items
        assert [(own.scope, own.type, own.size, kopecks(own.amount)) for own in milk.discounts] == [
            ("Item", "Amount", Decimal("11.99"), 1199)
        ]
        assert (apples.discounts, kopecks(apples.total_with_discounts)) == ([], 4297)
        assert kopecks(apples.total_amount) - kopecks(apples.discount_amount) == 4297
