"""The payment machine: subtotal, cash, card, the way back. What is taken is committed before the paper is printed."""

from typing import assert_never

from cashier.core import facts as f
from cashier.core.events import Pressed, Response, Scanned, Stamped, Turn
from cashier.core.gate import Unpayable
from cashier.core.keys import Action, Context
from cashier.core.machines import charging, recovery, refunding, session, status, tenders
from cashier.core.machines.approval import guarded
from cashier.core.machines.candidate import late, open_receipt, outlived, refuse_outlived
from cashier.core.machines.entry import edited
from cashier.core.modes import Confirming, GivingReason, Helping, Panel, Paying, Purpose, Selling
from cashier.core.money import Kopecks, typed_roubles
from cashier.core.receipt import Receipt
from cashier.core.rights import Errand
from cashier.core.sales import REASONS
from cashier.core.say import Sum, say
from cashier.core.state import Step, Till, deny, deny_scan, stay
from cashier.core.tender import Tender, TenderKind

MOST_CHANGE = Kopecks(10_000_000)
"""A hundred thousand roubles: more change than that means that a code was typed for a sum."""


def begin(till: Till, stamped: Stamped) -> Step:
    """Strike the subtotal; money goes back by the word of somebody with the right, whoever began the return."""
    receipt = till.ledger.receipt
    if receipt and receipt.sold and receipt.handed:
        return guarded(till, Errand.REFUND, lambda: struck(till, stamped))
    return struck(till, stamped)


def struck(till: Till, stamped: Stamped) -> Step:
    """Go on to the payment; a receipt that outlived its shift goes on in the one that is open."""
    receipt = till.ledger.receipt
    if receipt is None or not receipt.sold:
        return deny(till, say("receipt_empty"))
    if till.unsettled:
        return recovery.put_right_all(deny(till, recovery.AT_WORK), stamped, receipt.identifier)
    if outlived(till):
        return refuse_outlived(till, Selling())
    refused = _unpayable(till, stamped, receipt)
    line = receipt.at(refused.position) if refused else None
    if refused and refused.answerable and line and line.order:
        return late(stay(till).selecting(line.position).till, stamped, receipt, line)
    if refused:
        return stay(till).selecting(refused.position).refusing(refused.reason, refused.advice, Selling())
    _, opening = open_receipt(till, stamped)
    if receipt.gives_back:
        given = REASONS.index(receipt.reason) if receipt.reason in REASONS else 0
        return stay(till).recorded(*opening).to(GivingReason(given))
    return stay(till).recorded(*opening, f.PaymentBegun(receipt.identifier)).to(Paying())


def _unpayable(till: Till, stamped: Stamped, receipt: Receipt) -> Unpayable | None:
    doubted = till.ledger.doubted(stamped.local)
    return next(filter(None, (gate.unpayable(receipt, stamped.at, doubted) for gate in till.rules.gates)), None)


def paying(till: Till, mode: Paying, stamped: Stamped, event: Turn) -> Step:
    """Take tenders until the receipt is paid."""
    receipt = till.ledger.receipt
    match event:
        case Pressed() if receipt is not None:
            return _key(till, mode, stamped, receipt, event)
        case Pressed():
            return stay(till).to(Selling())
        case Scanned():
            return deny_scan(till, event, say("scan_in_payment"))
        case Response():
            return stay(till)
        case _:
            assert_never(event)


def _key(till: Till, mode: Paying, stamped: Stamped, receipt: Receipt, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.PAYMENT, key.key)
    first = meaning in {Action.ACCEPT, Action.CARD} and not receipt.tenders
    refused = _unpayable(till, stamped, receipt) if first else None
    if refused:
        left = stay(till).recorded(f.PaymentLeft(receipt.identifier))
        return left.selecting(refused.position).refusing(refused.reason, refused.advice, Selling())
    backs = receipt.gives_back
    match meaning:
        case Action.ACCEPT | Action.CARD if backs:
            return refunding.key(till, mode, stamped, receipt, meaning)
        case Action.CANCEL if backs:
            return refunding.cancel(till, mode, receipt)
        case Action.ACCEPT:
            return _cash(till, mode, stamped, receipt)
        case Action.CARD:
            return charging.begin(till, mode, stamped, receipt)
        case Action.CANCEL:
            return _cancel(till, mode, receipt)
        case Action.HELP:
            return stay(till).to(Helping(mode))
        case Action.LOCK:
            return session.sign_out(till, stamped)
        case Action.STATUS:
            return status.open_status(till)
        case Action.PANEL if till.rules.samples:
            return stay(till).to(Panel(mode, till.panel_row))
        case _:
            entry = edited(mode.entry, meaning, numeric=True)
            return deny(till) if entry is None else stay(till).to(Paying(entry))


def _cancel(till: Till, mode: Paying, receipt: Receipt) -> Step:
    if mode.entry:
        return stay(till).to(Paying())
    if receipt.tenders:
        question = say("give_back_question", paid=Sum(receipt.paid))
        return stay(till).to(Confirming(question, Purpose.GIVE_BACK, Paying()))
    return stay(till).recorded(f.PaymentLeft(receipt.identifier)).to(Selling())


def give_back(till: Till, stamped: Stamped) -> Step:
    """Give the money back that was taken so far: cards by the terminal first, then the cash, and back to the lines."""
    return charging.reversed_next(stay(till), stamped)


def _cash(till: Till, mode: Paying, stamped: Stamped, receipt: Receipt) -> Step:
    amount = typed_roubles(mode.entry) if mode.entry else receipt.rest
    if amount is None or (amount == 0 and receipt.rest > 0):
        return deny(till, say("sum_bad"))
    if outlived(till):
        return refuse_outlived(till, mode)
    if amount - receipt.rest > MOST_CHANGE:
        return stay(till).refusing(say("sum_too_big", sum=Sum(amount)), say("sum_too_big_advice"), Paying())
    return tenders.taken(stay(till), stamped, receipt, Tender(TenderKind.CASH, amount))
