"""What stands on a printed receipt: rows of texts, laid out by whoever knows the width of the paper."""

from typing import Final, Literal

from msgspec import Struct

from cashier.core.money import Kopecks, total
from cashier.core.quantity import ONE, Thousandths
from cashier.core.receipt import Line, Receipt
from cashier.core.sales import REASONS
from cashier.core.say import Count, Moment, Say, Sum, say
from cashier.core.taxes import Tax, by_rate
from cashier.core.tender import CardSlip, Tender, TenderKind

BLANK = say("blank")

_TAKEN: Final = {TenderKind.CASH: say("paper_cash"), TenderKind.CARD: say("paper_card")}
_GIVEN_BACK: Final = {TenderKind.CASH: say("paper_refund_cash"), TenderKind.CARD: say("paper_refund_card")}


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
        *_ground(receipt),
        RULE,
        *(row for line in receipt.live for row in _line(line)),
        RULE,
        *_sums(receipt),
        RULE,
        *((Row(say("paper_buyer")),) if receipt.gives_back else ()),
        *((Row(say("paper_fiscal", number=fiscal)),) if fiscal else ()),
        *_code(receipt),
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
    rows += [Row(say("paper_return"), kind="big")] if receipt.gives_back else []
    place = say("paper_place", shop=head.shop, till=head.till)
    number = say("paper_number", number=receipt.number)
    opened = say("paper_time", time=Moment(receipt.closed or receipt.opened))
    return [*rows, Row(place, number), Row(say("paper_shift", shift=receipt.shift), opened), _cashier(receipt)]


def _cashier(receipt: Receipt) -> Row:
    return Row(say("paper_cashier", name=receipt.cashier.name))


def reason_words(reason: str) -> Say:
    """Word one of `REASONS`."""
    return Say(f"paper_reason_{reason}")


def _ground(receipt: Receipt) -> list[Row]:
    """Name what a return rests on: the sale that goods come back by, and why they do."""
    sale = receipt.sale
    rows = [Row(say("paper_reason"), reason_words(receipt.reason))] if receipt.reason in REASONS else []
    if sale is None:
        return rows
    named = say("paper_sale", number=sale.number, shift=sale.shift, till=sale.till)
    return [Row(named), Row(say("paper_sale_time", time=Moment(sale.at))), *rows]


def _code(receipt: Receipt) -> list[Row]:
    """Print the code a return finds the receipt by, for a scanner and for a person who types it."""
    code = say("external", text=receipt.identifier)
    return [Row(code, kind="qr"), Row(say("paper_code")), Row(code)]


def _line(line: Line) -> list[Row]:
    """Lay a line out; a part of a weight that comes back may be a kopeck above its price, which is no discount."""
    text = line.product.name
    name = Row(say("paper_marked", name=text) if line.mark else say("external", text=text))
    counted = say("paper_quantity", quantity=Count(line.quantity), unit=line.product.unit, price=Sum(line.price))
    single = line.quantity == ONE and not line.product.fractional
    if line.discount <= 0:
        return [Row(name.text, money(line.sum))] if single else [name, Row(counted, money(line.sum))]
    discount = Row(say("paper_discount", before=Sum(line.gross)), money(line.discount))
    return [name, Row(counted, money(line.sum)), discount]


def _sums(receipt: Receipt) -> list[Row]:
    discount = total([line.discount for line in receipt.live if line.discount > 0])
    back = receipt.gives_back
    captions = _GIVEN_BACK if back else _TAKEN
    return [
        *([Row(say("paper_discounts"), money(discount))] if discount else []),
        Row(say("paper_refund_total") if back else say("paper_total"), money(receipt.total), kind="big"),
        *(_tax(tax) for tax in by_rate(receipt.live)),
        *(row for tender in receipt.tenders for row in _tender(captions[tender.kind], tender)),
        *([Row(say("paper_change"), money(receipt.change))] if receipt.change else []),
    ]


def _tax(tax: Tax) -> Row:
    """Name the tax contained; where there is none to name, the sum that it was not taken from."""
    if not tax.rate:
        return Row(say("paper_vat_free") if tax.rate is None else say("paper_vat_zero"), money(tax.total))
    return Row(say("paper_vat", rate=Count(Thousandths(tax.rate * 10))), money(tax.tax))


def _tender(caption: Say, tender: Tender) -> list[Row]:
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
