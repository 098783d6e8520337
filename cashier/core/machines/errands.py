"""Errands: what is done once the right to it is settled, for whoever asked for it."""

from cashier.core.effects import OpenDrawer
from cashier.core.events import Stamped
from cashier.core.machines import (
    approval,
    charging,
    discounting,
    line,
    papers,
    payment,
    people,
    returning,
    shift,
    storno,
)
from cashier.core.modes import MovingCash, Paying, Returning, Selling
from cashier.core.rights import Errand
from cashier.core.say import Say, say
from cashier.core.state import Step, Till, deny, stay


def asked(till: Till, stamped: Stamped, errand: Errand) -> Step:
    """Do an errand that the cashier asks for, if it is not in vain; who has not the right asks another user."""
    problem = _objection(till, errand)
    return deny(till, problem) if problem else approval.guarded(till, errand, lambda: do(till, stamped, errand))


def run(step: Step, stamped: Stamped, errand: Errand) -> Step:
    """Do an errand after what the step has done already; its mode is the screen the errand was asked for on."""
    return step.onward(lambda till: do(till, stamped, errand))


def do(till: Till, stamped: Stamped, errand: Errand) -> Step:
    """Do an errand."""
    match errand:
        case Errand.STORNO_LINE:
            return storno.line(till, stamped)
        case Errand.STORNO_RECEIPT:
            return storno.confirm_receipt(till)
        case Errand.DISCOUNT:
            return discounting.begin(till, till.mode.entry if isinstance(till.mode, Selling) else "")
        case Errand.CASH_IN:
            return stay(till).to(MovingCash("in"))
        case Errand.CASH_OUT:
            return stay(till).to(MovingCash("out"))
        case Errand.OPEN_DRAWER:
            return stay(till).then(OpenDrawer())
        case Errand.X_REPORT:
            return shift.x_report(till, stamped)
        case Errand.Z_REPORT:
            return shift.ask_z(till)
        case Errand.USERS:
            return people.open_people(till)
        case Errand.CHOOSE_PRICE | Errand.CONFIRM_AGE | Errand.CONFIRM_CLOCK:
            return line.answered(till, stamped)
        case Errand.CANCEL_POSTPONED:
            return shift.cancel_postponed(till, stamped)
        case Errand.REFUND:
            return _refund(till, stamped)
        case _:
            return approval.confirmed(till, errand)


def _refund(till: Till, stamped: Stamped) -> Step:
    """Go on with a return where the right was asked for: in the form, at the money, before it, or nowhere yet."""
    if isinstance(till.mode, Returning):
        return returning.allowed(till)
    if isinstance(till.mode, Paying):
        return stay(till)
    receipt = till.ledger.receipt
    return payment.struck(till, stamped) if receipt and receipt.gives_back else returning.begin_free(till, stamped)


def keep_word(till: Till, stamped: Stamped, errand: Errand) -> Step:
    """Write a person's word down for what a device has done."""
    match errand:
        case Errand.CARD_DONE | Errand.CARD_NOT_DONE:
            return charging.decided(till, stamped, done=errand is Errand.CARD_DONE)
        case Errand.CLOSING_DONE | Errand.CLOSING_NOT_DONE:
            return shift.decided(till, stamped, done=errand is Errand.CLOSING_DONE)
        case _:
            return papers.seen(till)


def _objection(till: Till, errand: Errand) -> Say | None:
    """Say why an errand would be in vain, before anybody is asked to allow it; None if it would not."""
    receipt = till.ledger.receipt
    if errand is Errand.DISCOUNT:
        return discounting.objection(receipt)
    if errand is Errand.REFUND and receipt:
        return say("return_receipt_open")
    if errand in {Errand.X_REPORT, Errand.Z_REPORT} and till.ledger.shift is None:
        return say("no_shift")
    return None
