"""Receipts that ended in any way, with whatever a goods file, a mask, a terminal or a person may have put into them."""

from hypothesis import strategies as st
from msgspec.structs import replace

from cashier.core.catalogue import Kind, Person, Product
from cashier.core.discounts import Discount, Share, spread
from cashier.core.ended import Ended
from cashier.core.facts import Approved
from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths
from cashier.core.receipt import DocumentType, Line, Receipt
from cashier.core.sales import REASONS, Sale
from cashier.core.tender import CardSlip, Tender, TenderKind
from tests.core.goods import IVANOVA, PETROV

OPENED, CLOSED = "2026-11-21T12:00:00", "2026-11-21T12:03:40"
GUID = "7e0b2f5c-7c1b-4b0e-9a55-0d5a0f6a1b22"
SALE = Sale("0d5a0f6a-7c1b-4b0e-9a55-7e0b2f5c1b22", "", "4", 411, 203, "2026-11-20T18:05:00", (), ())
"""What forms of a return tell of the sale."""

HOSTILE = st.sampled_from(
    (
        *("<b>&amp;]]>", "\x00\x01\x1b[2J", "}---{", "----", "\u2028\u2029\x85"),
        *("\ufffe\uffff", "a\r\nb\tc", " ", '"\\u0000', "Ёж 🦔"),
    )
)
TEXTS = HOSTILE | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
CODES = st.from_regex(r"[0-9]{1,6}", fullmatch=True) | HOSTILE
PRICES = st.integers(1, 10**7).map(Kopecks)
PEOPLE = st.builds(Person, CODES, TEXTS, st.integers(1, 3))
MARKS = st.sampled_from(["", "0104600000000017215abcde\x1d93zzzz", "00000046123456ABCDEFGADI8abcd", "\x1d01-\x1d-"])
DISCOUNTS = (
    st.none() | st.builds(Discount, percent=st.integers(1, 10_000)) | PRICES.map(lambda own: Discount(amount=own))
)
PRODUCTS = st.builds(
    Product,
    code=CODES,
    name=TEXTS,
    price=PRICES,
    barcode=CODES,
    unit=TEXTS,
    fractional=st.booleans(),
    kind=st.sampled_from(Kind),
    alternatives=st.lists(PRICES, max_size=3).map(tuple),
    group=TEXTS,
    tax=CODES,
    vat=st.sampled_from([None, 0, 1000, 2200]),
)
LINES = st.builds(
    Line,
    position=st.just(0),
    product=PRODUCTS,
    quantity=st.integers(1, 10**6).map(Thousandths),
    price=PRICES,
    min_price=st.integers(0, 10**6).map(Kopecks),
    granted=DISCOUNTS,
    storno=st.booleans(),
    mark=MARKS,
    ki=MARKS.map(lambda mark: mark.partition("\x1d")[0]),
    properties=st.lists(st.tuples(TEXTS.filter(bool), TEXTS), max_size=2).map(tuple),
    source=st.sampled_from(["", "scanner#5"]),
)
SLIPS = st.builds(CardSlip, TEXTS, TEXTS, TEXTS, st.lists(TEXTS, max_size=3).map(tuple))
WORDS = st.builds(Approved, st.sampled_from(["discount", "storno_line"]), PEOPLE, PEOPLE, st.just(OPENED))


def put_together(lines: list[Line], granted: Discount | None, **others: object) -> Receipt:
    """Number lines and spread the discounts over them."""
    live = [line for line in lines if not line.storno]
    taken = iter(spread([Share(line.gross, line.floor, line.granted) for line in live], granted))
    numbered = (
        replace(line, position=number, discount=Kopecks(0) if line.storno else next(taken))
        for number, line in enumerate(lines, 1)
    )
    return Receipt(GUID, 15, 412, IVANOVA, OPENED, tuple(numbered), granted=granted, **others)  # type: ignore[arg-type]


def paid(receipt: Receipt, by_card: int, more: int, slip: CardSlip) -> Receipt:
    """Pay a part by card, the rest in cash, with something to give back."""
    card = Kopecks(receipt.total * by_card // 100)
    cash = Kopecks(receipt.total - card + more)
    tenders = (Tender(TenderKind.CARD, card, "charge", slip), Tender(TenderKind.CASH, cash))
    return replace(receipt, tenders=tuple(own for own in tenders if own.amount), closed=CLOSED)


@st.composite
def returns(draw: st.DrawFn) -> Receipt:
    """Make up a return of either kind: any part of what was paid, or a kopeck above the price where it is rounded."""
    kind = draw(st.sampled_from([DocumentType.RETURN, DocumentType.RETURN_BY_RECEIPT]))
    lines = draw(st.lists(LINES.map(lambda line: replace(line, granted=None)), max_size=5))
    receipt = put_together(lines, None, kind=kind, reason=draw(st.sampled_from(["", *REASONS])))
    if kind is DocumentType.RETURN:
        return receipt
    back = tuple(
        replace(line, origin=line.position + 2, discount=Kopecks(draw(st.integers(-1, line.gross))))
        for line in receipt.lines
    )
    return replace(receipt, lines=back, sale=SALE, total=Kopecks(0), sold=0)


@st.composite
def ended_receipts(draw: st.DrawFn) -> Ended:
    """Make up a receipt that was paid or given up."""
    sales = st.builds(put_together, st.lists(LINES, max_size=5), DISCOUNTS)
    receipt = draw(sales | returns())
    receipt = replace(receipt, cashier=draw(PEOPLE), age=draw(st.sampled_from([0, 18])), proven=draw(st.booleans()))
    completed, by = draw(st.booleans()), draw(PEOPLE)
    if completed:
        more = draw(st.sampled_from([0, 500])) if receipt.kind is DocumentType.SALE else 0
        receipt = paid(receipt, draw(st.integers(0, 100)), more, draw(SLIPS))
        by = receipt.cashier
    place, fiscal = draw(st.sampled_from([("77", "3"), ("", "")])), draw(st.sampled_from([0, 17]))
    allowed = tuple(draw(st.lists(WORDS, max_size=2)))
    receipt = replace(receipt, fiscal=fiscal)
    return Ended(receipt, completed, CLOSED, by, *place, 4711, fiscal, allowed)


MILK = Product(
    "000304", "Молоко «Луг» 3,2 % <1 л>", Kopecks(9900), "4600682000020", kind=Kind.MARKED, group="182",
    tax="3", vat=1000, alternatives=(Kopecks(9900), Kopecks(8900)),
)  # fmt: skip
APPLES = Product("12", "Яблоки", Kopecks(12900), "2300003", unit="кг", fractional=True, vat=1000)
MARK = "0104600682000020215AbC!d\x1d93dGVz"


def of_order(ended: Ended, number: str) -> Ended:
    """Let the first line have come with an order."""
    receipt = ended.receipt
    return replace(ended, receipt=receipt.with_line(replace(receipt.lines[0], order=number)))


def sample() -> Ended:
    """Make a receipt with a mark, a weight, a storno'd line, discounts, a card and cash with change."""
    lines = [
        Line(0, MILK, Thousandths(1000), Kopecks(9900), Kopecks(8000), mark=MARK, ki=MARK[:24],
             properties=(("mrc", "9900"),), source="scanner#5", granted=Discount(percent=1000)),
        Line(0, APPLES, Thousandths(745), Kopecks(12900), storno=True),
        Line(0, APPLES, Thousandths(500), Kopecks(12900)),
    ]  # fmt: skip
    receipt = put_together(lines, Discount(amount=Kopecks(360)), age=18)
    slip = CardSlip("op-1", "auth-1", "************1111", ("ОПЛАТА", "ОДОБРЕНО"))
    receipt = replace(paid(receipt, 50, 0, slip), fiscal=17)
    cash = replace(receipt.tenders[1], amount=Kopecks(receipt.tenders[1].amount + 5000))
    receipt = replace(receipt, tenders=(receipt.tenders[0], cash))
    word = Approved("discount", PETROV, IVANOVA, "2026-11-21T12:01:00")
    return Ended(receipt, True, CLOSED, IVANOVA, "77", "3", 4711, 17, (word,))  # noqa: FBT003 - by the order of fields


def came_back(kind: DocumentType) -> Ended:
    """Make a return of a marked pack and a part of a weight that is rounded up, for a card and cash; one storno'd."""
    lines = [
        Line(1, MILK, Thousandths(1000), Kopecks(9900), mark=MARK, ki=MARK[:24], discount=Kopecks(1199), origin=5),
        Line(2, APPLES, Thousandths(745), Kopecks(12900), origin=3, storno=True),
        Line(3, APPLES, Thousandths(333), Kopecks(12900), discount=Kopecks(-1), origin=3),
    ]
    by_receipt = kind is DocumentType.RETURN_BY_RECEIPT
    if not by_receipt:
        lines = [replace(line, origin=0, discount=Kopecks(0)) for line in lines]
    receipt = Receipt(GUID, 15, 412, IVANOVA, OPENED, tuple(lines), kind=kind, sale=SALE if by_receipt else None)
    slip = CardSlip("op-2", "auth-2", "************1111", ("ВОЗВРАТ", "ОДОБРЕНО"))
    receipt = replace(paid(receipt, 50, 0, slip), fiscal=17, reason="faulty")
    return Ended(receipt, True, CLOSED, IVANOVA, "77", "3", 4711, 17)  # noqa: FBT003 - by the order of fields
