"""The fold: what each fact makes of the ledger."""

from typing import assert_never

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.clock import is_astray
from cashier.core.ledger._books import MOST_ORDERS, MOST_PAPERS, MOST_RECEIPTS, Failures, Ledger, Locked, Paper
from cashier.core.money import Kopecks
from cashier.core.receipt import Receipt
from cashier.core.receipt_fold import changed, paid, with_order
from cashier.core.rights import Right
from cashier.core.shifts import CashMove, Shift, ShiftReport, Totals
from cashier.core.tender import TenderKind


def fold(ledger: Ledger, facts: tuple[f.AnyFact, ...]) -> Ledger:
    """Apply facts one after the other."""
    for fact in facts:
        ledger = apply(ledger, fact)
    return ledger


def apply(ledger: Ledger, fact: f.AnyFact) -> Ledger:
    """Return the ledger after one more fact.

    Raises:
        ValueError: the fact speaks of a receipt that is not open: the journal is not ours.
    """
    match fact:
        case f.SignedIn() | f.SignedOut() | f.SignInRefused() | f.Approved() | f.PersonChanged() | f.ClockConfirmed():
            return _of_people(ledger, fact)
        case f.ShiftOpened() | f.ShiftClosed() | f.ClosingBegun() | f.ClosingLeft() | f.CashMoved():
            return _of_shift(ledger, fact)
        case f.PrintBegun() | f.PrintEnded() | f.RegisterBegun() | f.PaperSeen():
            return _of_paper(ledger, fact)
        case f.IntentMade():
            return replace(ledger, intents=(*ledger.intents, fact))
        case f.IntentSettled():
            return replace(ledger, intents=tuple(i for i in ledger.intents if i.token != fact.token))
        case f.ChargeBegun():
            return replace(ledger, charge=fact)
        case f.ChargeEnded():
            words = (*ledger.words, fact) if fact.by else ledger.words
            return replace(_declined(ledger, fact), charge=None, words=words)
        case f.ChargeDisputed():
            words = tuple(own for own in ledger.words if own.token != fact.token)
            return replace(ledger, words=words, disputed=(*ledger.disputed, fact))
        case f.MessageQueued():
            return ledger
        case f.OrderAsked():
            return replace(ledger, ordering=fact)
        case f.OrderLeft():
            return replace(ledger, ordering=None)
        case f.ReceiptOpened():
            return _opened(ledger, fact)
        case f.ReceiptRestored():
            return _restored(ledger, fact)
        case f.ReceiptCancelled() if any(r.identifier == fact.receipt for r in ledger.postponed):
            return _cancelled(ledger, _aside(ledger, fact.receipt))
        case _:
            return _in_receipt(ledger, _current(ledger, fact.receipt), fact)


def _declined(ledger: Ledger, ended: f.ChargeEnded) -> Ledger:
    """Count with the receipt what did not go back to a card."""
    charge, receipt = ledger.charge, ledger.receipt
    if ended.outcome != "declined" or not (charge and charge.refund and receipt):
        return ledger
    return replace(ledger, receipt=replace(receipt, declined=receipt.declined + 1))


_OfPeople = f.SignedIn | f.SignedOut | f.SignInRefused | f.Approved | f.PersonChanged | f.ClockConfirmed
_OfShift = f.ShiftOpened | f.ShiftClosed | f.ClosingBegun | f.ClosingLeft | f.CashMoved
_OfPaper = f.PrintBegun | f.PrintEnded | f.RegisterBegun | f.PaperSeen
_OfReceipt = (
    f.CashierChanged
    | f.ReasonGiven
    | f.AgeConfirmed
    | f.ReceiptMoved
    | f.ReceiptPostponed
    | f.LineAdded
    | f.LineMarked
    | f.OrderTaken
    | f.QuantityChanged
    | f.DiscountGranted
    | f.DiscountsSpread
    | f.LineStornoed
    | f.LineLeft
    | f.ReceiptCancelled
    | f.PaymentBegun
    | f.PaymentLeft
    | f.TenderTaken
    | f.TenderReversed
    | f.TendersReturned
    | f.ReceiptClosed
)


def _of_people(ledger: Ledger, fact: _OfPeople) -> Ledger:
    match fact:
        case f.SignedIn(person):
            return replace(_forgiven(ledger, person.code), cashier=person, locked=None)
        case f.SignedOut(person, idle, at):
            locked = Locked(person, at, idle)
            return replace(ledger, cashier=None, parting=ledger.parting and idle, locked=locked)
        case f.SignInRefused(code) if code:
            others = tuple(own for own in ledger.failures if own.code != code)
            return replace(ledger, failures=(*others, Failures(code, ledger.failed(code) + 1)))
        case f.Approved(right, person):
            agreed = ledger.receipt if right == Right.REFUND else None
            agreed = replace(agreed, handed=False) if agreed else ledger.receipt
            return replace(_forgiven(ledger, person.code), receipt=agreed)
        case f.PersonChanged(person=person):
            return _forgiven(ledger, person.code)
        case f.SignInRefused():
            return ledger
        case f.ClockConfirmed(at):
            return replace(ledger, dated=at, astray="")
        case _:
            assert_never(fact)


def _forgiven(ledger: Ledger, code: str) -> Ledger:
    return replace(ledger, failures=tuple(own for own in ledger.failures if own.code != code))


def _of_shift(ledger: Ledger, fact: _OfShift) -> Ledger:
    match fact:
        case f.ShiftOpened(number, at):
            shift = Shift(number, at, totals=ledger.uncounted)
            return replace(_at(ledger, at), shift=shift, shifts=number, uncounted=Totals())
        case f.ClosingBegun():
            return replace(ledger, closing=fact)
        case f.ClosingLeft():
            return replace(ledger, closing=None)
        case f.ShiftClosed(report, fiscal):
            dated = ledger.dated if is_astray(ledger.dated, report.at) else report.at
            ledger = replace(_with_paper(ledger, report, fiscal), dated=dated, astray="")
            return replace(ledger, shift=None, closing=None, words=(), disputed=(), ordered=())
        case f.CashMoved(move):
            shift = ledger.shift or Shift(move.shift, move.at)
            shift = replace(shift, receipts=move.number, totals=shift.totals.with_cash(move.direction, move.amount))
            sign = 1 if move.direction == "in" else -1
            return replace(
                _with_paper(_at(ledger, move.at), move), shift=shift, drawer=Kopecks(ledger.drawer + sign * move.amount)
            )
        case _:
            assert_never(fact)


def _of_paper(ledger: Ledger, fact: _OfPaper) -> Ledger:
    match fact:
        case f.PrintBegun():
            return replace(ledger, prints=(*ledger.prints, fact))
        case f.RegisterBegun(token, before):
            begun = next((p.receipt for p in ledger.prints if p.token == token), "")
            papers = (p if p.document.identifier != begun else replace(p, before=before) for p in ledger.papers)
            return replace(ledger, papers=tuple(papers))
        case f.PrintEnded():
            return _print_ended(ledger, fact)
        case f.PaperSeen():
            return _without_paper(ledger, fact.receipt)
        case _:
            assert_never(fact)


def _with_paper(ledger: Ledger, document: Receipt | ShiftReport | CashMove, fiscal: int = 0) -> Ledger:
    """Remember a paper; of too many the oldest goes that nobody has to register any more."""
    papers = (*ledger.papers, Paper(document, fiscal))
    if len(papers) > MOST_PAPERS:
        done = [paper for paper in papers if paper.fiscal or not isinstance(paper.document, Receipt)]
        dropped = done[0] if done and done[0] is not papers[-1] else None
        papers = tuple(paper for paper in papers if paper is not dropped)[-MOST_RECEIPTS:]
    return replace(ledger, papers=papers)


def _print_ended(ledger: Ledger, fact: f.PrintEnded) -> Ledger:
    begun = next((p for p in ledger.prints if p.token == fact.token), None)
    ledger = replace(ledger, prints=tuple(p for p in ledger.prints if p.token != fact.token))
    if begun is None or begun.copy:
        return ledger
    last = ledger.last
    if last and fact.fiscal and last.identifier == begun.receipt:
        ledger = replace(ledger, last=replace(last, fiscal=fact.fiscal))
    if fact.outcome == "printed":
        return _without_paper(ledger, begun.receipt)
    known = (p if p.document.identifier != begun.receipt else replace(p, fiscal=fact.fiscal) for p in ledger.papers)
    return replace(ledger, papers=tuple(known))


def _without_paper(ledger: Ledger, document: str) -> Ledger:
    return replace(ledger, papers=tuple(p for p in ledger.papers if p.document.identifier != document))


def _opened(ledger: Ledger, fact: f.ReceiptOpened) -> Ledger:
    shift = ledger.shift or Shift(fact.shift, fact.at)
    receipt = Receipt(fact.identifier, fact.number, fact.shift, fact.cashier, fact.at, kind=fact.kind, sale=fact.sale)
    return replace(ledger, shift=replace(shift, receipts=fact.number), receipt=receipt, parting=False)


def _aside(ledger: Ledger, identifier: str) -> Receipt:
    return next(receipt for receipt in ledger.postponed if receipt.identifier == identifier)


def _without_postponed(ledger: Ledger, identifier: str) -> Ledger:
    return replace(ledger, postponed=tuple(r for r in ledger.postponed if r.identifier != identifier))


def _restored(ledger: Ledger, fact: f.ReceiptRestored) -> Ledger:
    receipt = replace(_aside(ledger, fact.receipt), cashier=fact.by)
    return replace(_without_postponed(ledger, fact.receipt), receipt=receipt, parting=False)


def _cancelled(ledger: Ledger, receipt: Receipt) -> Ledger:
    """Count a receipt given up, the open one or one put aside; between two shifts it counts in the next one."""
    ledger = _without_postponed(ledger, receipt.identifier)
    if ledger.shift:
        ledger = replace(ledger, shift=replace(ledger.shift, totals=ledger.shift.totals.with_cancelled(receipt)))
    else:
        ledger = replace(ledger, uncounted=ledger.uncounted.with_cancelled(receipt))
    if ledger.receipt and ledger.receipt.identifier == receipt.identifier:
        return replace(ledger, receipt=None, leaving=())
    return ledger


def _closed(ledger: Ledger, receipt: Receipt) -> Ledger:
    """Count a receipt that was paid; its cash stays in the drawer, that of a return has gone out of it."""
    sells = not receipt.gives_back
    totals = ledger.shift.totals if ledger.shift else Totals()
    counted = totals.with_sale(receipt) if sells else totals.with_refund(receipt)
    shift = ledger.shift and replace(ledger.shift, totals=counted)
    cash = receipt.tendered[TenderKind.CASH]
    drawer = Kopecks(ledger.drawer + (cash if sells else -cash))
    ledger = replace(_with_paper(_at(ledger, receipt.closed), receipt), shift=shift, drawer=drawer)
    sold = tuple(own for own in receipt.taken if own.number in receipt.orders)
    ordered = (*ledger.ordered, *sold)[-MOST_ORDERS:]
    return replace(ledger, receipt=None, last=receipt, parting=True, leaving=(), ordered=ordered)


def _at(ledger: Ledger, at: str) -> Ledger:
    """Remember when a document was made, and that the clock has leapt before it."""
    return replace(ledger, dated=at, astray=ledger.doubted(at))


def _current(ledger: Ledger, identifier: str) -> Receipt:
    if ledger.receipt is None or ledger.receipt.identifier != identifier:
        raise ValueError(identifier)
    return ledger.receipt


def _in_receipt(ledger: Ledger, receipt: Receipt, fact: _OfReceipt) -> Ledger:
    match fact:
        case f.ReceiptClosed(at=at):
            return _closed(ledger, replace(receipt, closed=at))
        case f.ReceiptCancelled():
            return _cancelled(ledger, receipt)
        case f.ReceiptPostponed():
            return replace(ledger, receipt=None, leaving=(), postponed=(*ledger.postponed, receipt))
        case f.OrderTaken():
            return replace(ledger, ordering=None, receipt=with_order(receipt, fact))
        case f.LineLeft(_, position):
            return replace(ledger, leaving=tuple(p for p in ledger.leaving if p != position))
        case f.LineStornoed(_, position):
            receipt = receipt.with_line(replace(receipt.lines[position - 1], storno=True))
            leaving = (*ledger.leaving, position) if fact.leaving else ledger.leaving
            return replace(ledger, receipt=receipt, leaving=leaving)
        case f.ReceiptMoved(_, shift, number):
            moved = replace(ledger.shift or Shift(shift, ""), receipts=number)
            return replace(ledger, shift=moved, receipt=replace(receipt, shift=shift, number=number))
        case f.PaymentBegun() | f.PaymentLeft() | f.TenderTaken() | f.TenderReversed() | f.TendersReturned():
            return replace(ledger, receipt=paid(receipt, fact))
        case _:
            return replace(ledger, receipt=changed(receipt, fact))
