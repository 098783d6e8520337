"""What stands on a printed receipt: rows of texts, laid out by whoever knows the width of the paper."""

from typing import Literal

from msgspec import Struct

from cashier.core.quantity import ONE
from cashier.core.receipt import Line, Receipt, TenderKind
from cashier.core.say import Count, Moment, Say, Sum, say

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
    return (
        *_head(receipt, head, copy=copy),
        RULE,
        *(row for line in receipt.live for row in _line(line)),
        RULE,
        *_sums(receipt),
        RULE,
        *((Row(say("paper_fiscal", number=fiscal)),) if fiscal else ()),
        Row(say("external", text=receipt.identifier), kind="qr"),
        *(Row(say("external", text=text), kind="title") for text in head.footer),
        *((Row(say("training_banner"), kind="title"),) if head.training else ()),
        Row(kind="cut"),
    )


def _head(receipt: Receipt, head: Letterhead, *, copy: bool) -> list[Row]:
    rows = [Row(say("training_banner"), kind="title")] if head.training else []
    rows += [Row(say("external", text=text), kind="title") for text in (head.name, *head.header) if text]
    rows += [Row(say("paper_copy"), kind="big")] if copy else []
    place = say("paper_place", shop=head.shop, till=head.till)
    number = say("paper_number", number=receipt.number)
    opened = say("paper_time", time=Moment(receipt.opened))
    return [*rows, Row(place, number), Row(say("paper_shift", shift=receipt.shift), opened), _cashier(receipt)]


def _cashier(receipt: Receipt) -> Row:
    return Row(say("paper_cashier", name=receipt.cashier.name))


def _line(line: Line) -> list[Row]:
    total = say("sum", sum=Sum(line.sum))
    name = Row(say("external", text=line.product.name))
    counted = say("paper_quantity", quantity=Count(line.quantity), unit=line.product.unit, price=Sum(line.price))
    single = line.quantity == ONE and not line.product.fractional
    rows = [Row(name.text, total)] if single and not line.discount else [name, Row(counted, total)]
    return [*rows, Row(say("paper_discount"), say("sum", sum=Sum(line.discount)))] if line.discount else rows


def _sums(receipt: Receipt) -> list[Row]:
    caption = {TenderKind.CASH: say("paper_cash"), TenderKind.CARD: say("paper_card")}
    tenders = [Row(caption[tender.kind], say("sum", sum=Sum(tender.amount))) for tender in receipt.tenders]
    change = [Row(say("paper_change"), say("sum", sum=Sum(receipt.change)))] if receipt.change else []
    return [Row(say("paper_total"), say("sum", sum=Sum(receipt.total)), kind="big"), *tenders, *change]
