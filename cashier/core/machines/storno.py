"""The storno machine: one line through the gates, or the whole receipt after a question."""

from cashier.core import facts as f
from cashier.core import orders
from cashier.core.effects import Signal
from cashier.core.events import Stamped
from cashier.core.machines import passing, recovery
from cashier.core.machines.approval import guarded
from cashier.core.modes import Confirming, Purpose, Selling
from cashier.core.passage import Passage, Phase
from cashier.core.rights import Errand
from cashier.core.say import Say, Sum, say
from cashier.core.state import Step, Till, deny, stay
from cashier.core.told import documents


def of_line(till: Till, stamped: Stamped) -> Step:
    """Storno the selected line, or the one a gate names in its place."""
    problem = _no_line(till)
    return deny(till, problem) if problem else guarded(till, Errand.STORNO_LINE, lambda: line(till, stamped))


def line(till: Till, stamped: Stamped) -> Step:
    """Do it: the right to it is settled."""
    own, receipt, problem = till.line, till.ledger.receipt, _no_line(till)
    if problem or own is None or receipt is None:
        return deny(till, problem)
    return passing.begin(stay(till), stamped, Passage(Phase.RELEASE, receipt, own))


def _no_line(till: Till) -> Say | None:
    if till.line is None or till.line.storno:
        return say("line_is_stornoed") if till.line else say("no_line_selected")
    if till.line.fixed:
        return say("order_fixed", number=till.line.order)
    return None


def ask_receipt(till: Till) -> Step:
    """Give the whole receipt up, after a question. One in which nothing is sold needs no right."""
    if till.ledger.receipt is None:
        return deny(till, say("no_receipt"))
    if not till.ledger.receipt.sold:
        return confirm_receipt(till)
    return guarded(till, Errand.STORNO_RECEIPT, lambda: confirm_receipt(till))


def confirm_receipt(till: Till) -> Step:
    """Ask before the whole receipt is given up."""
    receipt = till.ledger.receipt
    if receipt is None:
        return deny(till, say("no_receipt"))
    question = say("storno_receipt_question", number=receipt.number, total=Sum(receipt.total))
    return stay(till).to(Confirming(question, Purpose.STORNO_RECEIPT))


def of_receipt(till: Till, stamped: Stamped) -> Step:
    """Give the whole receipt up; gates are told through the outbox, no marks are asked for (spec M8, S5)."""
    receipt = till.ledger.receipt
    if receipt is None:
        return stay(till).to(Selling())
    by = till.ledger.cashier or receipt.cashier
    messages = (*recovery.given_up(till.rules.gates, receipt), *orders.given_up(receipt))
    told = documents(receipt.identifier, till.rules.destinations)
    step = stay(till)
    for position in till.ledger.leaving:
        step = recovery.unleft(step, position)
    step = step.recorded(f.ReceiptCancelled(receipt.identifier, stamped.local, by), *messages, *told)
    step = step.to(Selling()).selecting(0).saying(say("receipt_cancelled", number=receipt.number))
    return step.then(Signal(accepted=True))
