"""The printed receipt: what is sold and nothing else, sums that add up, and who sold it where."""

import pytest
from msgspec.structs import replace

from cashier.core.money import Kopecks
from cashier.core.paper import RULE, Letterhead, Row, receipt_paper
from cashier.core.quantity import Thousandths
from cashier.core.receipt import DocumentType, Line, Receipt
from cashier.core.sales import REASONS, Sale
from cashier.core.say import Count, Moment, Say, Sum, say
from cashier.core.tender import Tender, TenderKind
from tests.core.goods import APPLES, BREAD, MILK
from tests.core.hand import Hand

HEAD = Letterhead("77", "3", "Магазин", ("ул. Лесная",), ("Спасибо",))


def sold() -> Receipt:
    """Sell a loaf, apples and milk that was storno'd, for 200 in cash."""
    hand = Hand.signed_in().scan(BREAD.barcode).write("0.745*").scan(APPLES.barcode).scan(MILK.barcode)
    hand.press("delete", "plus").write("200").press("enter")
    assert hand.till.ledger.last is not None
    return hand.till.ledger.last


def sums(rows: tuple[Row, ...]) -> dict[str, Say | None]:
    """Return what stands at the right edge, by the key of the text at the left."""
    return {row.text.key: row.right for row in rows if row.right}


def money(kopecks: int) -> Say:
    """Say an amount."""
    return say("sum", sum=Sum(Kopecks(kopecks)))


def test_goods_stand_between_rules_and_stornoed_ones_do_not() -> None:
    """Given a loaf, apples and a storno'd line, then loaf and apples are printed, the weight with its price."""
    rows = receipt_paper(sold(), HEAD)
    first, second = [place for place, row in enumerate(rows) if row == RULE][:2]
    weight = say("paper_quantity", quantity=Count(Thousandths(745)), unit="кг", price=Sum(APPLES.price))
    assert rows[first + 1 : second] == (
        Row(say("external", text="Хлеб"), money(4550)),
        Row(say("external", text="Яблоки")),
        Row(weight, money(9611)),
    )


def bought(receipt: Receipt, *lines: Line) -> Receipt:
    """Return the receipt with these lines, its sums added up anew."""
    return replace(receipt, lines=lines, total=Kopecks(0), sold=0)


def test_sums() -> None:
    """Given 141.61 paid with 200, then total, cash and change are printed; a card under its own name."""
    receipt = sold()
    rows = receipt_paper(receipt, HEAD)
    assert sums(rows)["paper_total"] == money(14161)
    assert sums(rows)["paper_cash"] == money(20000)
    assert sums(rows)["paper_change"] == money(5839)
    assert Row(say("paper_total"), money(14161), kind="big") in rows
    card = receipt_paper(replace(receipt, tenders=(Tender(TenderKind.CARD, Kopecks(14161)),)), HEAD)
    assert sums(card)["paper_card"] == money(14161)
    assert "paper_change" not in sums(card)


def test_more_than_one_piece_and_a_discount_have_rows_of_their_own() -> None:
    """Given three loaves, or one with a discount, then quantity and price are printed, and what was taken off."""
    receipt = sold()
    loaf = receipt.lines[0]
    three = receipt_paper(bought(receipt, replace(loaf, quantity=Thousandths(3000))), HEAD)
    assert sums(three)["paper_quantity"] == money(13650)
    cheaper = receipt_paper(bought(receipt, replace(loaf, discount=Kopecks(50))), HEAD)
    assert sums(cheaper)["paper_quantity"] == money(4500)
    assert Row(say("paper_discount", before=Sum(Kopecks(4550))), money(50)) in cheaper
    kilogram = replace(receipt.lines[1], quantity=Thousandths(1000))
    assert "paper_quantity" in sums(receipt_paper(bought(receipt, kilogram), HEAD))


def test_all_discounts_stand_above_the_total() -> None:
    """Given discounts on two lines, then their sum stands right above the total; with none there is no such row."""
    receipt = sold()
    loaf, apples, milk = receipt.lines
    lines = (
        replace(loaf, discount=Kopecks(50)),
        replace(apples, discount=Kopecks(11)),
        replace(milk, discount=Kopecks(9)),
    )
    rows = receipt_paper(bought(receipt, *lines), HEAD)
    assert rows[rows.index(Row(say("paper_total"), money(14100), kind="big")) - 1] == Row(
        say("paper_discounts"), money(61)
    )
    assert "paper_discounts" not in sums(receipt_paper(receipt, HEAD))


def test_taxes_stand_between_total_and_payments() -> None:
    """Given goods of several rates, then each has one row: the tax contained, or the sum there is none in."""
    receipt = sold()
    loaf, apples, milk = (replace(line, storno=False) for line in receipt.lines)
    lines = [
        replace(line, position=number, product=replace(line.product, vat=vat))
        for number, (line, vat) in enumerate([(loaf, 1000), (apples, None), (loaf, 0), (milk, 1000), (loaf, 2250)], 1)
    ]
    rows = receipt_paper(bought(receipt, *lines), HEAD)
    total = next(place for place, row in enumerate(rows) if row.kind == "big")
    assert rows[total + 1 : total + 6] == (
        Row(say("paper_vat", rate=Count(Thousandths(22_500))), money(836)),
        Row(say("paper_vat", rate=Count(Thousandths(10_000))), money(1231)),
        Row(say("paper_vat_zero"), money(4550)),
        Row(say("paper_vat_free"), money(9611)),
        Row(say("paper_cash"), money(20000)),
    )


def test_payments_stand_in_the_order_they_were_taken() -> None:
    """Given a card and the rest in cash, then both stand in this order, then the change."""
    tenders = (Tender(TenderKind.CARD, Kopecks(10000)), Tender(TenderKind.CASH, Kopecks(5000)))
    rows = [row.text.key for row in receipt_paper(replace(sold(), tenders=tenders), HEAD)]
    place = rows.index("paper_card")
    assert rows[place : place + 3] == ["paper_card", "paper_cash", "paper_change"]


def test_head_and_foot() -> None:
    """Given a letterhead, then shop, till, number, time, cashier, identifier and thanks are on it, then a cut."""
    receipt = sold()
    rows = receipt_paper(receipt, HEAD)
    assert rows[:2] == (
        Row(say("external", text="Магазин"), kind="title"),
        Row(say("external", text="ул. Лесная"), kind="title"),
    )
    assert sums(rows)["paper_place"] == say("paper_number", number=1)
    assert sums(rows)["paper_shift"] == say("paper_time", time=Moment(receipt.closed))
    assert receipt.opened < receipt.closed
    assert Row(say("paper_cashier", name="Иванова")) in rows
    assert rows[-5:] == (
        Row(say("external", text=receipt.identifier), kind="qr"),
        Row(say("paper_code")),
        Row(say("external", text=receipt.identifier)),
        Row(say("external", text="Спасибо"), kind="title"),
        Row(kind="cut"),
    )


def test_copy_training_and_fiscal_number_are_said() -> None:
    """Given a copy, a till for training, or a fiscal document, then the paper says so; otherwise it does not."""
    receipt = sold()
    plain = receipt_paper(receipt, HEAD)
    assert {"paper_copy", "training_banner", "paper_fiscal"} & {row.text.key for row in plain} == set()
    rows = receipt_paper(receipt, replace(HEAD, training=True), copy=True, fiscal=12)
    assert Row(say("paper_copy"), kind="big") in rows
    assert Row(say("paper_fiscal", number=12)) in rows
    banner = Row(say("training_banner"), kind="title")
    assert [row == banner for row in rows].count(True) == 2
    assert (rows[0], rows[-2]) == (banner, banner)


def test_empty_letterhead_prints_no_empty_rows() -> None:
    """Given a till without a name, then no row is empty but rules and the cut."""
    rows = receipt_paper(sold(), Letterhead("1", "1"))
    assert all(row.text.key != "blank" for row in rows if row.kind not in {"rule", "cut"})
    assert all(row.text != say("external", text="") for row in rows)


SALE = Sale("s-1", "77", "4", 412, 15, "2026-11-20T18:05:00", (), ())


def back(*tenders: tuple[TenderKind, int], kind: DocumentType = DocumentType.RETURN_BY_RECEIPT) -> Receipt:
    """Give a loaf and apples back for 141.61."""
    given = tuple(Tender(own, Kopecks(amount)) for own, amount in tenders or ((TenderKind.CASH, 14161),))
    sale = SALE if kind is DocumentType.RETURN_BY_RECEIPT else None
    return replace(sold(), kind=kind, tenders=given, sale=sale, reason="unfit")


class TestReturn:
    def test_it_says_what_it_is(self) -> None:
        """Given a return, then it says so in big letters, below the word that a copy is one; a sale does not."""
        title, copy = Row(say("paper_return"), kind="big"), Row(say("paper_copy"), kind="big")
        rows = receipt_paper(back(), HEAD, copy=True)
        assert rows[rows.index(title) - 1] == copy
        assert title not in receipt_paper(sold(), HEAD)

    def test_sale_and_reason_stand_above_the_goods(self) -> None:
        """Given a return by receipt, then number, shift, till and time of the sale are on it, and the reason."""
        rows = receipt_paper(back(), HEAD)
        goods = rows.index(RULE)
        assert rows[goods - 3 : goods] == (
            Row(say("paper_sale", number=15, shift=412, till="4")),
            Row(say("paper_sale_time", time=Moment("2026-11-20T18:05:00"))),
            Row(say("paper_reason"), say("paper_reason_unfit")),
        )

    def test_without_a_receipt_there_is_only_the_reason(self) -> None:
        """Given a return without a receipt, then no sale is named; without a reason nothing is at all."""
        free = back(kind=DocumentType.RETURN)
        keys = [row.text.key for row in receipt_paper(free, HEAD)]
        assert ("paper_reason" in keys, "paper_sale" in keys, "paper_sale_time" in keys) == (True, False, False)
        assert "paper_reason" not in sums(receipt_paper(replace(free, reason=""), HEAD))

    @pytest.mark.parametrize("reason", REASONS)
    def test_every_reason_has_its_text(self, reason: str) -> None:
        """Whatever reason is given, the paper says it."""
        rows = receipt_paper(replace(back(), reason=reason), HEAD)
        assert sums(rows)["paper_reason"] == say(f"paper_reason_{reason}")

    def test_money_goes_back(self) -> None:
        """Given a return for card and cash, then both are given back under the total, and the buyer signs."""
        rows = receipt_paper(back((TenderKind.CARD, 10000), (TenderKind.CASH, 4161)), HEAD)
        assert Row(say("paper_refund_total"), money(14161), kind="big") in rows
        assert (sums(rows)["paper_refund_card"], sums(rows)["paper_refund_cash"]) == (money(10000), money(4161))
        assert {"paper_total", "paper_cash", "paper_card", "paper_change"} & set(sums(rows)) == set()
        assert rows[rows.index(Row(say("paper_buyer"))) - 1] == RULE
        assert Row(say("paper_buyer")) not in receipt_paper(sold(), HEAD)

    def test_a_kopeck_above_the_price_is_no_discount(self) -> None:
        """Given a part of a weight that rounding puts a kopeck above its price, then no discount is spoken of."""
        receipt = back()
        loaf, apples, _ = receipt.lines
        above = replace(apples, discount=Kopecks(-1))
        rows = receipt_paper(bought(receipt, loaf, above), HEAD)
        assert {"paper_discount", "paper_discounts"} & set(sums(rows)) == set()
        assert sums(rows)["paper_quantity"] == money(9612)
        rows = receipt_paper(bought(receipt, replace(loaf, discount=Kopecks(50)), above), HEAD)
        assert (sums(rows)["paper_discount"], sums(rows)["paper_discounts"]) == (money(50), money(50))
