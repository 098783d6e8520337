"""Money that goes back: why, and in which kind; never more than is due, nor than was paid so (spec R3, R6).

Each step is written down before the money moves; what was given back to a card stays given back.
"""

from cashier.core import facts as f
from cashier.core.effects import RefundCharge
from cashier.core.events import Pressed, Stamped, Turn
from cashier.core.keys import Action, Context
from cashier.core.machines import tenders
from cashier.core.machines.approval import guarded
from cashier.core.machines.candidate import outlived, refuse_outlived
from cashier.core.machines.keys_only import keys_only
from cashier.core.machines.lists import selected, taken
from cashier.core.modes import Charging, Confirming, GivingReason, Paying, Purpose, Selling
from cashier.core.money import ZERO, Kopecks, typed_roubles
from cashier.core.receipt import Receipt
from cashier.core.return_form import refundable
from cashier.core.rights import Errand
from cashier.core.sales import REASONS, Paid, Sale
from cashier.core.say import Say, Sum, say
from cashier.core.state import Step, Till, deny, stay
from cashier.core.tender import Tender, TenderKind


def reason(till: Till, mode: GivingReason, event: Turn) -> Step:
    """Take a row of the list of reasons, then go on to the money."""
    return keys_only(till, event, say("scan_in_list"), lambda key: _reason_key(till, mode, key))


def _reason_key(till: Till, mode: GivingReason, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.LIST, key.key)
    receipt = till.ledger.receipt
    row = taken(meaning, mode.chosen, len(REASONS))
    if meaning is Action.CANCEL or receipt is None:
        return stay(till).to(Selling())
    if row is None:
        return selected(till, mode, meaning, len(REASONS))
    given = (f.ReasonGiven(receipt.identifier, REASONS[row]),) if receipt.reason != REASONS[row] else ()
    return stay(till).recorded(*given, f.PaymentBegun(receipt.identifier)).to(Paying())


def key(till: Till, mode: Paying, stamped: Stamped, receipt: Receipt, action: Action) -> Step:
    """Give money back: in cash, or to the card where nothing was paid in cash; the entry is how much.

    Somebody with the right agrees first where another cashier began it.
    """
    if outlived(till):
        return refuse_outlived(till, mode)
    if receipt.handed:
        return guarded(till, Errand.REFUND, lambda: _given(till, mode, stamped, receipt, action))
    return _given(till, mode, stamped, receipt, action)


def _given(till: Till, mode: Paying, stamped: Stamped, receipt: Receipt, action: Action) -> Step:
    whole = not mode.entry and action is Action.ACCEPT
    if whole and not receipt.rest:
        return _in_cash(till, stamped, receipt, ZERO)
    by_card = action is Action.CARD or (whole and not refundable(receipt, TenderKind.CASH))
    kind = TenderKind.CARD if by_card else TenderKind.CASH
    amount = typed_roubles(mode.entry) if mode.entry else refundable(receipt, kind)
    problem = _objection(till, receipt, kind, amount)
    if problem or not amount:
        return deny(till, problem)
    return _to_card(till, stamped, receipt, amount) if by_card else _in_cash(till, stamped, receipt, amount)


def _objection(till: Till, receipt: Receipt, kind: TenderKind, amount: Kopecks | None) -> Say | None:
    if kind is TenderKind.CARD and receipt.sale and not receipt.sale.left_of(kind):
        return say("refund_no_card")
    if not amount:
        return say("sum_bad") if refundable(receipt, kind) else say("refund_not_so")
    if amount > receipt.rest:
        return say("refund_too_much", rest=Sum(receipt.rest))
    if amount > refundable(receipt, kind):
        paid = say("refund_cash_left", left=Sum(refundable(receipt, kind)))
        return paid if kind is TenderKind.CASH else say("refund_card_left", left=Sum(refundable(receipt, kind)))
    drawer = Kopecks(till.ledger.drawer - receipt.tendered[TenderKind.CASH])
    # What only cash can be given back in must be there before a card has any of it: there is no way back from that.
    in_cash = amount if kind is TenderKind.CASH else receipt.rest - refundable(receipt, kind)
    if in_cash > drawer:
        return say("refund_drawer", drawer=Sum(drawer))
    return None


def _in_cash(till: Till, stamped: Stamped, receipt: Receipt, amount: Kopecks) -> Step:
    return tenders.taken(stay(till), stamped, receipt, Tender(TenderKind.CASH, amount))


def _to_card(till: Till, stamped: Stamped, receipt: Receipt, amount: Kopecks) -> Step:
    """Ask the terminal to give money back, for the payment it came by; of several payments one at a time.

    Every other time that it would not, the buyer holds the card to it, and no payment is named: the bank may know that
    one no more.
    """
    paid = _payment(receipt, receipt.sale) if receipt.sale else Paid(TenderKind.CARD, amount)
    amount = Kopecks(min(amount, paid.amount))
    operation = "" if receipt.declined % 2 else paid.operation
    token, manual = stamped.name("refund"), not till.rules.terminal
    begun = f.ChargeBegun(token, receipt.identifier, amount, stamped.local, manual=manual, refund=True)
    step = stay(till).recorded(begun).to(Charging("manual" if manual else "waiting"))
    return step if manual else step.then(RefundCharge(token, operation, amount))


def _payment(receipt: Receipt, sale: Sale) -> Paid:
    """Return the card payment that money goes back by now, with what of it is not back yet."""
    back = receipt.tendered[TenderKind.CARD] + sale.refunded_in(TenderKind.CARD)
    for own in sale.paid:
        if own.kind is TenderKind.CARD and back < own.amount:
            return Paid(own.kind, Kopecks(own.amount - back), own.operation)
        back -= own.amount if own.kind is TenderKind.CARD else ZERO
    return Paid(TenderKind.CARD, ZERO)


def cancel(till: Till, mode: Paying, receipt: Receipt) -> Step:
    """Go back to the lines; cash that was given back is taken in again, what went to a card stays there."""
    if mode.entry:
        return stay(till).to(Paying())
    if receipt.tendered[TenderKind.CARD]:
        return deny(till, say("refund_card_given"))
    if receipt.tenders:
        question = say("take_back_question", paid=Sum(receipt.paid))
        return stay(till).to(Confirming(question, Purpose.GIVE_BACK, Paying()))
    return stay(till).recorded(f.PaymentLeft(receipt.identifier)).to(Selling())
