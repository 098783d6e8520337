"""What stands on a printed receipt: rows of texts, laid out by whoever knows the width of the paper."""

from typing import Literal

from msgspec import Struct

from cashier.core.money import Kopecks
from cashier.core.quantity import ONE, Thousandths
from cashier.core.receipt import CardSlip, Line, Receipt, Tender, TenderKind
from cashier.core.say import Count, Moment, Say, Sum, say
from cashier.core.taxes import Tax, by_rate

BLANK = say("blank")


class Row(Struct, frozen=True):
    """One row: a text at the left or in the middle, perhaps one at the right edge; or a rule, a QR code, a cut."""

    text: Say = BLANK
    right: Say | None = None
    kind: Literal["text", "title", "big", "rule", "qr", "cut"] = "text"


RULE = Row(kind="rule")


class Letterhead(Struct, frozen=True):
    """What is the same on every receipt of a till."""

    shop: str
    till: str
    name: str = ""
    header: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    training: bool = False


def receipt_paper(receipt: Receipt, head: Letterhead, *, copy: bool = False, fiscal: int = 0) -> tuple[Row, ...]:
    """Lay a closed receipt out; storno'd lines are not printed. `fiscal` is the fiscal document's number, if any."""
    rows = (
        *_head(receipt, head, copy=copy),
        RULE,
        *(row for line in receipt.live for row in _line(line)),
        RULE,
        *_sums(receipt),
        RULE,
        *((Row(say("paper_fiscal", number=fiscal)),) if fiscal else ()),
        Row(say("external", text=receipt.identifier), kind="qr"),
        *(Row(say("external", text=text), kind="title") for text in head.footer),
    )
    return framed(rows, head)


def framed(rows: tuple[Row, ...], head: Letterhead) -> tuple[Row, ...]:
    """Put what every paper of a till has around its rows: the shop above, a cut below, and whether it is training."""
    banner = (Row(say("training_banner"), kind="title"),) if head.training else ()
    shop = (Row(say("external", text=text), kind="title") for text in (head.name, *head.header) if text)
    return (*banner, *shop, *rows, *banner, Row(kind="cut"))


def _head(receipt: Receipt, head: Letterhead, *, copy: bool) -> list[Row]:
    rows = [Row(say("paper_copy"), kind="big")] if copy else []
    place = say("paper_place", shop=head.shop, till=head.till)
    number = say("paper_number", number=receipt.number)
    opened = say("paper_time", time=Moment(receipt.closed or receipt.opened))
    return [*rows, Row(place, number), Row(say("paper_shift", shift=receipt.shift), opened), _cashier(receipt)]


def _cashier(receipt: Receipt) -> Row:
    return Row(say("paper_cashier", name=receipt.cashier.name))


def _line(line: Line) -> list[Row]:
    text = line.product.name
    name = Row(say("paper_marked", name=text) if line.mark else say("external", text=text))
    counted = say("paper_quantity", quantity=Count(line.quantity), unit=line.product.unit, price=Sum(line.price))
    single = line.quantity == ONE and not line.product.fractional
    if not line.discount:
        return [Row(name.text, money(line.sum))] if single else [name, Row(counted, money(line.sum))]
    discount = Row(say("paper_discount", before=Sum(line.gross)), money(line.discount))
    return [name, Row(counted, money(line.sum)), discount]


def _sums(receipt: Receipt) -> list[Row]:
    discount = receipt.discount
    return [
        *([Row(say("paper_discounts"), money(discount))] if discount else []),
        Row(say("paper_total"), money(receipt.total), kind="big"),
        *(_tax(tax) for tax in by_rate(receipt.live)),
        *(row for tender in receipt.tenders for row in _tender(tender)),
        *([Row(say("paper_change"), money(receipt.change))] if receipt.change else []),
    ]


def _tax(tax: Tax) -> Row:
    """Name the tax contained; where there is none to name, the sum that it was not taken from."""
    if not tax.rate:
        return Row(say("paper_vat_free") if tax.rate is None else say("paper_vat_zero"), money(tax.total))
    return Row(say("paper_vat", rate=Count(Thousandths(tax.rate * 10))), money(tax.tax))


def _tender(tender: Tender) -> list[Row]:
    caption = {TenderKind.CASH: say("paper_cash"), TenderKind.CARD: say("paper_card")}[tender.kind]
    return [Row(caption, money(tender.amount)), *(_slip(tender.slip) if tender.slip else ())]


def _slip(slip: CardSlip) -> list[Row]:
    """Name the operation as the terminal does, then its own slip; what it left empty is left out."""
    named = (
        (say("paper_card_number"), slip.card),
        (say("paper_authorisation"), slip.authorisation),
        (say("paper_operation"), slip.operation),
    )
    rows = [Row(caption, say("external", text=text)) for caption, text in named if text]
    return [*rows, *(Row(say("external", text=text)) for text in slip.text if text)]


def money(amount: Kopecks) -> Say:
    """Say an amount of money by itself."""
    return say("sum", sum=Sum(amount))
