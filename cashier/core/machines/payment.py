"""The payment machine: subtotal, tenders, change, close. What is taken is committed before the paper is printed."""

from typing import assert_never

from cashier.core import facts as f
from cashier.core.effects import OpenDrawer, Print, Signal
from cashier.core.events import Answered, FolderListed, Found, PasswordChecked, Pressed, Scanned, Stamped, Turn
from cashier.core.keys import Action, Context
from cashier.core.machines.entry import edited
from cashier.core.machines.session import farewell_of
from cashier.core.modes import Confirming, Helping, Paying, Purpose, Selling
from cashier.core.money import Kopecks, typed_roubles
from cashier.core.receipt import Receipt, TenderKind
from cashier.core.say import Sum, say
from cashier.core.state import Step, Till, deny, deny_scan, stay

MOST_CHANGE = Kopecks(10_000_000)
"""A hundred thousand roubles: more change than that means that a code was typed for a sum."""


def begin(till: Till) -> Step:
    """Strike the subtotal."""
    receipt = till.ledger.receipt
    if receipt is None or not receipt.sold:
        return deny(till, say("receipt_empty"))
    return stay(till).recorded(f.PaymentBegun(receipt.identifier)).to(Paying())


def paying(till: Till, mode: Paying, stamped: Stamped, event: Turn) -> Step:
    """Take tenders until the receipt is paid."""
    receipt = till.ledger.receipt
    match event:
        case Pressed() if receipt is not None:
            meaning = till.rules.keymap.meaning(Context.PAYMENT, event.key)
            match meaning:
                case Action.ACCEPT:
                    return _cash(till, mode, stamped, receipt)
                case Action.CANCEL:
                    return _cancel(till, mode, receipt)
                case Action.HELP:
                    return stay(till).to(Helping(mode))
                case _:
                    entry = edited(mode.entry, meaning, numeric=True)
                    return deny(till) if entry is None else stay(till).to(Paying(entry))
        case Pressed():
            return stay(till).to(Selling())
        case Scanned():
            return deny_scan(till, event, say("scan_in_payment"))
        case Found() | FolderListed() | PasswordChecked() | Answered():
            return stay(till)
        case _:
            assert_never(event)


def _cancel(till: Till, mode: Paying, receipt: Receipt) -> Step:
    if mode.entry:
        return stay(till).to(Paying())
    if receipt.tenders:
        question = say("give_back_question", paid=Sum(receipt.paid))
        return stay(till).to(Confirming(question, Purpose.GIVE_BACK, Paying()))
    return stay(till).recorded(f.PaymentLeft(receipt.identifier)).to(Selling())


def give_back(till: Till, stamped: Stamped) -> Step:
    """Give the money back that was taken so far, and go back to the lines."""
    receipt = till.ledger.receipt
    if receipt is None:
        return stay(till).to(Selling())
    returned = f.TendersReturned(receipt.identifier, receipt.paid, stamped.local)
    step = stay(till).recorded(returned, f.PaymentLeft(receipt.identifier)).to(Selling())
    return step.saying(say("given_back", paid=Sum(receipt.paid))).then(OpenDrawer(), Signal(accepted=True))


def _cash(till: Till, mode: Paying, stamped: Stamped, receipt: Receipt) -> Step:
    amount = typed_roubles(mode.entry) if mode.entry else receipt.rest
    if amount is None or (amount == 0 and receipt.rest > 0):
        return deny(till, say("sum_bad"))
    if amount - receipt.rest > MOST_CHANGE:
        return stay(till).refusing(say("sum_too_big", sum=Sum(amount)), say("sum_too_big_advice"), Paying())
    step = stay(till).recorded(f.TenderTaken(receipt.identifier, TenderKind.CASH, amount, stamped.local))
    if amount < receipt.rest:
        return step.to(Paying()).then(Signal(accepted=True))
    return _close(step, stamped, receipt)


def _close(step: Step, stamped: Stamped, receipt: Receipt) -> Step:
    """Close, queue what others must hear, and begin the paper, all in one transaction with the tender."""
    receipt = step.till.ledger.receipt or receipt
    token = stamped.name("print")
    messages = (message for gate in step.till.rules.gates for message in gate.completed(receipt))
    closed = f.ReceiptClosed(receipt.identifier, receipt.total, receipt.change, stamped.local)
    step = step.recorded(closed, *messages, f.PrintBegun(token, receipt.identifier, copy=False))
    step = step.to(Selling()).selecting(0).then(Signal(accepted=True), Print(token, receipt, drawer=True))
    return step.parting(farewell_of(receipt, token))
