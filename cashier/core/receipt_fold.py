"""What facts make of the open receipt: its lines, discounts and tenders."""

from typing import assert_never

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.money import Kopecks, total
from cashier.core.receipt import Receipt, Taken
from cashier.core.tender import Tender

OfPayment = f.PaymentBegun | f.PaymentLeft | f.TenderTaken | f.TenderReversed | f.TendersReturned
OfLines = (
    f.CashierChanged
    | f.ReasonGiven
    | f.AgeConfirmed
    | f.LineAdded
    | f.LineMarked
    | f.QuantityChanged
    | f.DiscountGranted
    | f.DiscountsSpread
)


def paid(receipt: Receipt, fact: OfPayment) -> Receipt:
    """Apply a fact about money."""
    match fact:
        case f.PaymentBegun():
            return replace(receipt, in_payment=True)
        case f.PaymentLeft():
            return replace(receipt, in_payment=False)
        case f.TenderTaken(_, kind, amount, _, token, slip):
            return replace(receipt, tenders=(*receipt.tenders, Tender(kind, amount, token, slip)))
        case f.TenderReversed(_, token):
            return replace(receipt, tenders=tuple(own for own in receipt.tenders if own.token != token))
        case f.TendersReturned():
            return replace(receipt, tenders=())
        case _:
            assert_never(fact)


def changed(receipt: Receipt, fact: OfLines) -> Receipt:
    """Apply a fact about lines."""
    match fact:
        case f.CashierChanged(_, cashier):
            return replace(receipt, cashier=cashier, handed=receipt.gives_back)
        case f.ReasonGiven(_, reason):
            return replace(receipt, reason=reason)
        case f.AgeConfirmed(_, age, entered=entered):
            known = age if entered else max(receipt.age, age)
            return replace(receipt, age=known, proven=receipt.proven or entered)
        case f.LineAdded(_, line) | f.LineMarked(_, line):
            return receipt.with_line(line)
        case f.QuantityChanged():
            line = receipt.lines[fact.position - 1]
            return receipt.with_line(replace(line, quantity=fact.quantity, held=fact.held))
        case f.DiscountGranted():
            return _granted(receipt, fact)
        case f.DiscountsSpread(_, shares):
            return receipt.spread(tuple((position, discount) for position, discount, _ in shares))
        case _:
            assert_never(fact)


def with_order(receipt: Receipt, fact: f.OrderTaken) -> Receipt:
    """Put all lines of an order after those there are."""
    return replace(
        receipt,
        lines=(*receipt.lines, *fact.lines),
        total=Kopecks(receipt.total + total([line.sum for line in fact.lines])),
        sold=receipt.sold + len(fact.lines),
        taken=(*receipt.taken, Taken(fact.number, fact.identifier)),
    )


def _granted(receipt: Receipt, fact: f.DiscountGranted) -> Receipt:
    receipt = replace(receipt, discounted=True)
    if not fact.position:
        return replace(receipt, granted=fact.discount)
    return receipt.with_line(replace(receipt.lines[fact.position - 1], granted=fact.discount))
