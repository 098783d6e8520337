"""What nobody knows the outcome of is put right: intents without an answer, lines that a crash kept from leaving."""

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.catalogue import Person
from cashier.core.effects import Log, RunGate
from cashier.core.events import Answered, NoReply, Reply, Stamped
from cashier.core.gate import Gate
from cashier.core.machines.resting import under
from cashier.core.modes import Passing
from cashier.core.receipt import Line, Receipt
from cashier.core.say import Say, say
from cashier.core.state import Step, Till

AT_WORK = say("gates_at_work")
"""What is said while a gate is at work on a line that stands; no longer than that."""


def unsettled(till: Till, stamped: Stamped, intent: f.IntentMade) -> Step:
    """At start: put an intent right that a crash left open; those about one line go last first, one after the other."""
    waits = any(later != intent for later in _of_line(till, intent)[-1:])
    return Step(till) if waits else _put_right_line(Step(till), stamped, intent)


def answered(till: Till, stamped: Stamped, event: Answered) -> Step:
    """Take the answer to an intent that was asked again; one that nobody waits for any more changes nothing."""
    intent = next((intent for intent in till.ledger.intents if intent.token == event.token), None)
    if intent is None:
        return Step(till)
    step = _put_right_line(Step(till), stamped, intent, event.reply)
    over = step.till.notice == AT_WORK and not step.till.unsettled
    return replace(step, till=replace(step.till, notice=None)) if over else step


def _of_line(till: Till, intent: f.IntentMade) -> tuple[f.IntentMade, ...]:
    """Return the intents without an outcome that one gate has about one line, in order; not those of a passage."""
    about, mode = (intent.gate, intent.receipt, intent.position), under(till.mode)
    passing = mode.passage.intents if isinstance(mode, Passing) else ()
    own = (own for own in till.ledger.intents if (own.gate, own.receipt, own.position) == about)
    return tuple(own for own in own if own.token not in passing)


def _put_right_line(step: Step, stamped: Stamped, intent: f.IntentMade, answer: Reply | NoReply | None = None) -> Step:
    """Settle an intent, and if nobody has to be asked for that, the one before it about the same line."""
    step = put_right(step, stamped, intent, answer)
    left = _of_line(step.till, intent)
    return step if not left or intent in left else _put_right_line(step, stamped, left[-1])


def unleft(step: Step, position: int) -> Step:
    """Let a storno'd line go through the outbox, for the gates that a crash or a full disk kept from being left."""
    till = step.till
    receipt = till.ledger.receipt
    line = receipt.at(position) if receipt else None
    if receipt is None or line is None or position not in till.ledger.leaving:
        return step
    messages = _let_go(till.rules.gates, receipt, replace(line, storno=False))
    return step.recorded(f.LineLeft(receipt.identifier, position), *messages)


def put_right(step: Step, stamped: Stamped, intent: f.IntentMade, answer: Reply | NoReply | None = None) -> Step:
    """Settle one intent by its gate; one whose gate is switched off stays open and is logged."""
    gates = step.till.rules.gates
    gate = next((g for g in gates if g.name == intent.gate), None)
    if gate is None:
        return step.then(Log(f"intent {intent.token} of gate {intent.gate} waits: the gate is off"))
    receipt = step.till.ledger.receipt
    line = _standing((receipt, *step.till.ledger.postponed), intent)
    settlement = gate.settle(intent, line, answer)
    step = step.knowing(*settlement.known)
    if settlement.again:
        return step.then(RunGate(gate.name, intent.token, settlement.body or intent.body, settlement.again))
    aside = line is not None and (receipt is None or receipt.identifier != intent.receipt)
    if (settlement.withdraw or settlement.standing) and aside:
        return step.then(Log(f"intent {intent.token} of gate {intent.gate} waits: its receipt is put aside"))
    step = step.recorded(f.IntentSettled(intent.token, "compensated"), *settlement.messages)
    if settlement.standing:
        step = step.recorded(_held(intent.receipt, settlement.standing))
    if not (settlement.withdraw and receipt and line):
        return step
    others = tuple(g for g in gates if g is not gate)
    if line.order and line.mark:
        return _unmarked(step, receipt, line, _let_go(others, receipt, line), settlement.reason)
    step = storno(step, stamped, receipt, line.position)
    step = step.recorded(f.LineLeft(receipt.identifier, line.position), *_let_go(others, receipt, line))
    name, reason = line.product.name, settlement.reason
    return step.withdrawing(
        say("line_withdrawn_because", name=name, reason=reason) if reason else say("line_withdrawn", name=name)
    )


def _held(receipt: str, line: Line) -> f.QuantityChanged:
    """Word what a gate holds of a line, whose quantity is what it was."""
    return f.QuantityChanged(receipt, line.position, line.quantity, line.gross, line.held)


def _unmarked(
    step: Step, receipt: Receipt, line: Line, messages: tuple[f.MessageQueued, ...], reason: Say | None
) -> Step:
    """Take the mark off a line of an order: the line stays and waits for another one."""
    bare = replace(line, mark="", ki="", properties=(), held=(), source="")
    step = step.recorded(f.LineMarked(receipt.identifier, bare), *messages)
    return step.warning(say("order_mark_withdrawn", name=line.product.name, reason=reason or say("order_mark_lost")))


def put_right_all(step: Step, stamped: Stamped, receipt: str) -> Step:
    """Settle whatever is still open of a receipt that is taken up again."""
    for intent in step.till.ledger.intents:
        last = intent.receipt == receipt and intent in _of_line(step.till, intent)[-1:]
        step = _put_right_line(step, stamped, intent) if last else step
    return step


def storno(step: Step, stamped: Stamped, receipt: Receipt, position: int) -> Step:
    """Write down that a line goes; with gates it is leaving until they have let it go."""
    by: Person = step.till.ledger.cashier or receipt.cashier
    leaving = bool(step.till.rules.gates)
    return step.recorded(f.LineStornoed(receipt.identifier, position, stamped.local, by, leaving))


def _standing(receipts: tuple[Receipt | None, ...], intent: f.IntentMade) -> Line | None:
    """Find the line an intent was about, in the open receipt or in one put aside."""
    own = next((receipt for receipt in receipts if receipt and receipt.identifier == intent.receipt), None)
    line = own.at(intent.position) if own else None
    return None if line is None or line.storno else line


def _let_go(gates: tuple[Gate, ...], receipt: Receipt, line: Line) -> tuple[f.MessageQueued, ...]:
    """Ask gates for what they would send if a receipt of this one line were given up."""
    return given_up(gates, receipt.of(line))


def given_up(gates: tuple[Gate, ...], receipt: Receipt) -> tuple[f.MessageQueued, ...]:
    """Ask gates, last first, for what they send when a receipt is given up."""
    return tuple(message for gate in reversed(gates) for message in gate.cancelled(receipt))
