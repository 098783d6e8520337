"""The storno machine: one line through the gates, or the whole receipt after a question."""

from cashier.core import facts as f
from cashier.core.effects import Signal
from cashier.core.events import Stamped
from cashier.core.machines import passing, recovery
from cashier.core.modes import Confirming, Purpose, Selling
from cashier.core.passage import Passage, Phase
from cashier.core.say import Sum, say
from cashier.core.state import Step, Till, deny, stay


def of_line(till: Till, stamped: Stamped) -> Step:
    """Storno the selected line, or the one a gate names in its place."""
    line, receipt = till.line, till.ledger.receipt
    if line is None or receipt is None or line.storno:
        return deny(till, say("line_is_stornoed") if line else say("no_line_selected"))
    return passing.begin(stay(till), stamped, Passage(Phase.RELEASE, receipt, line))


def ask_receipt(till: Till) -> Step:
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
    messages = (message for gate in reversed(till.rules.gates) for message in gate.cancelled(receipt))
    step = stay(till)
    for position in till.ledger.leaving:
        step = recovery.unleft(step, position)
    step = step.recorded(f.ReceiptCancelled(receipt.identifier, stamped.local, by), *messages)
    step = step.to(Selling()).selecting(0).saying(say("receipt_cancelled", number=receipt.number))
    return step.then(Signal(accepted=True))
