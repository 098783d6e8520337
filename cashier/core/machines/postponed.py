"""Receipts put aside and taken up again, with all that gates hold for their lines (spec R4)."""

from cashier.core import facts as f
from cashier.core.effects import Signal
from cashier.core.events import Pressed, Stamped, Turn
from cashier.core.keys import Action, Context
from cashier.core.machines import recovery
from cashier.core.machines.keys_only import keys_only
from cashier.core.machines.lists import selected, taken
from cashier.core.modes import Restoring, Selling
from cashier.core.say import Sum, say
from cashier.core.state import Step, Till, deny, stay


def put_aside_or_take_up(till: Till, stamped: Stamped) -> Step:
    """Put the open receipt aside; without one, list those that were."""
    receipt, cashier = till.ledger.receipt, till.ledger.cashier
    if receipt is None or cashier is None:
        return stay(till).to(Restoring()) if till.ledger.postponed else deny(till, say("nothing_postponed"))
    if receipt.gives_back:
        return deny(till, say("return_not_postponed"))
    if not receipt.sold:
        return deny(till, say("receipt_empty"))
    if till.unsettled:
        return recovery.put_right_all(deny(till, recovery.AT_WORK), stamped, receipt.identifier)
    step = stay(till)
    for position in till.ledger.leaving:
        step = recovery.unleft(step, position)
    step = step.recorded(f.ReceiptPostponed(receipt.identifier, stamped.local, cashier))
    step = step.to(Selling()).selecting(0).then(Signal(accepted=True))
    return step.saying(say("receipt_postponed", number=receipt.number, total=Sum(receipt.total)))


def restoring(till: Till, mode: Restoring, stamped: Stamped, event: Turn) -> Step:
    """Take one of the receipts put aside."""
    return keys_only(till, event, say("scan_in_list"), lambda key: _key(till, mode, stamped, key))


def _key(till: Till, mode: Restoring, stamped: Stamped, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.LIST, key.key)
    row = taken(meaning, mode.chosen, len(till.ledger.postponed))
    if row is not None:
        return _taken_up(till, stamped, row)
    if meaning is Action.CANCEL:
        return stay(till).to(Selling())
    return selected(till, mode, meaning, len(till.ledger.postponed))


def _taken_up(till: Till, stamped: Stamped, row: int) -> Step:
    receipt, cashier = till.ledger.postponed[row], till.ledger.cashier
    if cashier is None or till.ledger.receipt:
        return stay(till).to(Selling())
    step = stay(till).recorded(f.ReceiptRestored(receipt.identifier, stamped.local, cashier))
    step = recovery.put_right_all(step, stamped, receipt.identifier)
    step = step.to(Selling()).selecting(len(receipt.lines)).then(Signal(accepted=True))
    return step.saying(say("receipt_restored", number=receipt.number, total=Sum(receipt.total)))
