"""The passage of a line through the gates: in, after it is in, and out. Every machine that moves lines uses this one.

Rules: gates are asked in order; a refusal leaves those already entered in reverse; what a gate wants done outside is
committed as an intent first; whatever the outside answers, or does not, the passage ends in exactly one way.
"""

from typing import Literal, assert_never

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.effects import RunGate, Signal
from cashier.core.events import Answered, NoReply, Stamped
from cashier.core.gate import Ask, Asked, Do, GateAnswer, Lose, Pass, Refuse
from cashier.core.machines import asking
from cashier.core.machines.recovery import put_right, storno
from cashier.core.modes import Mode, Passing, Returning, Selling
from cashier.core.passage import Lost, Passage, Phase, Questioned, Waiting
from cashier.core.receipt import Line
from cashier.core.say import say
from cashier.core.state import Step, Till


def begin(step: Step, stamped: Stamped, passage: Passage) -> Step:
    """Start a passage at the first gate of its phase."""
    return _ask(step, stamped, passage, None)


def resume(till: Till, stamped: Stamped, passage: Passage, answer: GateAnswer) -> Step:
    """Hand an answer to the gate that waits for it and go on."""
    return _ask(Step(till), stamped, passage, answer)


def awaited(till: Till, token: str) -> bool:
    """Tell whether a passage waits for an answer of the outside."""
    mode = till.mode
    return isinstance(mode, Passing) and isinstance(mode.at, Waiting) and mode.at.token == token


def answered(till: Till, mode: Passing, stamped: Stamped, event: Answered) -> Step:
    """Take the outside's answer; one that nobody waits for any more changes nothing."""
    if not isinstance(mode.at, Waiting) or mode.at.token != event.token:
        return Step(till)
    passage = mode.passage
    if isinstance(event.reply, NoReply) and mode.at.durable:
        passage = replace(passage, unknown=(*passage.unknown, event.token))
    return resume(till, stamped, passage, event.reply)


def give_up(till: Till, mode: Passing, stamped: Stamped) -> Step | None:
    """End a passage by the cashier's wish, or its wait where a line is on its way out. None: it must end by itself.

    A line that is in goes out again.
    """
    passage = mode.passage
    if passage.form:
        passage = replace(passage, form=passage.form.at_rest)
    if passage.phase is Phase.RELEASE:
        step, passage = _compensated(Step(till), stamped, passage, passage.intents)
        return _settled(step, replace(passage, messages=()), "done").to(_home(passage))
    if passage.phase is Phase.ADDED:
        return _taken_out(Step(till), stamped, passage)
    if passage.phase is Phase.LEAVE and isinstance(mode.at, Waiting):
        return answered(till, mode, stamped, Answered(mode.at.token, NoReply("late")))
    if passage.phase is not Phase.ENTER or (passage.requantifies and isinstance(mode.at, Waiting)):
        return None
    gate = till.rules.gates[passage.gate].name
    own = tuple(i.token for i in till.ledger.intents if i.gate == gate and i.token in passage.intents)
    return _leave_before(*_compensated(Step(till), stamped, passage, own), stamped)


def _compensated(step: Step, stamped: Stamped, passage: Passage, tokens: tuple[str, ...]) -> tuple[Step, Passage]:
    """Put intents right whose outcome is unknown, or not wanted any more, and whose gate will not be left."""
    for intent in step.till.ledger.intents:
        if intent.token in tokens:
            step = put_right(step, stamped, intent)
    return step, replace(passage, intents=tuple(t for t in passage.intents if t not in tokens), unknown=())


def _ask(step: Step, stamped: Stamped, passage: Passage, answer: GateAnswer | None) -> Step:
    gates = step.till.rules.gates
    doubted = step.till.ledger.doubted(stamped.local) if gates else ""
    while 0 <= passage.gate < len(gates):
        gate = gates[passage.gate]
        asked = asking.asked(step, stamped, passage, answer, doubted)
        verdict = asking.verdict_of(gate, passage.phase, asked)
        step, passage = asking.confirmed(step, passage, verdict)
        if not isinstance(verdict, Pass):
            return _stopped(step, stamped, passage, verdict, asked)
        onward = -1 if passage.phase is Phase.LEAVE else 1
        step = step.knowing(*verdict.known)
        messages = (*passage.messages, *verdict.messages)
        passage = replace(passage, line=verdict.line, messages=messages, gate=passage.gate + onward)
        passage = _past_the_lost(replace(passage, thought="", unknown=()))
        answer = None
    return _through(step, stamped, passage)


def _past_the_lost(passage: Passage) -> Passage:
    """Skip the gate that lost the line; from there on the gates hold the new quantity."""
    lost = passage.lost
    if lost is None or passage.gate != lost.gate:
        return passage
    return replace(passage, gate=lost.gate - 1, line=replace(passage.line, quantity=lost.quantity))


def _stopped(step: Step, stamped: Stamped, passage: Passage, verdict: Ask | Do | Refuse | Lose, asked: Asked) -> Step:
    match verdict:
        case Ask():
            passage = replace(passage, thought=verdict.thought)
            asks = verdict.question
            return step.to(Passing(passage, Questioned(asks, asks.chosen, asks.typed)))
        case Do():
            return _do(step, passage, verdict, asked.fresh)
        case Refuse() | Lose():
            messages = (*passage.messages, *verdict.messages)
            passage = replace(passage, messages=messages, refusal=(verdict.reason, verdict.advice))
            step, passage = _standing(step.knowing(*verdict.known), passage, verdict.standing)
            return _refused(step, stamped, passage, verdict)
        case _:
            assert_never(verdict)


def _standing(step: Step, passage: Passage, line: Line | None) -> tuple[Step, Passage]:
    """Write down how the gate holds a line that stands, before anything else goes by it."""
    if line is None or passage.before is None:
        return step, passage
    before = replace(passage.before, held=line.held, source="")
    own = replace(passage.line, held=line.held)
    return _requantified(step, replace(passage, line=before)), replace(passage, before=before, line=own)


def _refused(step: Step, stamped: Stamped, passage: Passage, verdict: Refuse | Lose) -> Step:
    """A gate says no: the line does not get in, does not get out, or cannot stay."""
    if passage.phase is Phase.ADDED:
        holds = isinstance(verdict, Refuse) and verdict.holds
        lost = None if holds else Lost(passage.gate, passage.line.quantity)
        return _taken_out(step, stamped, replace(passage, lost=lost))
    if passage.form and passage.unknown:
        # Nobody outside answers: the others would wait for that in vain, one after the other.
        passage = replace(passage, form=passage.form.at_rest)
    step, passage = _compensated(step, stamped, passage, passage.unknown)
    if passage.phase is Phase.RELEASE:
        return _settled(step, replace(passage, messages=()), "refused").refusing(
            verdict.reason, verdict.advice, _home(passage)
        )
    if isinstance(verdict, Lose) and passage.before:
        return _lost(step, stamped, passage, passage.before)
    return _leave_before(step, passage, stamped)


def _taken_out(step: Step, stamped: Stamped, passage: Passage) -> Step:
    """Take a line out that is in, or a mark off it: gates are left in reverse."""
    step = step if passage.is_late else _stornoed(step, stamped, passage)
    return _leave_before(step, replace(passage, gate=len(step.till.rules.gates)), stamped)


def _do(step: Step, passage: Passage, verdict: Do, token: str) -> Step:
    gate = step.till.rules.gates[passage.gate]
    receipt = step.till.ledger.receipt or passage.receipt
    facts: list[f.AnyFact] = []
    intents = passage.intents
    if verdict.durable:
        facts = [
            *passage.opening,
            f.IntentMade(token, gate.name, receipt.identifier, verdict.body, passage.line.position),
        ]
        intents = (*intents, token)
        passage = replace(passage, opening=())
    passage = replace(passage, thought=verdict.thought, intents=intents)
    seen_first = passage.phase is Phase.ADDED
    step = step.recorded(*facts).then(RunGate(gate.name, token, verdict.body, verdict.deadline, seen_first))
    return step.to(Passing(passage, Waiting(token, verdict.wait, verdict.durable)))


def _leave_before(step: Step, passage: Passage, stamped: Stamped) -> Step:
    """Leave the gates before the one that stopped the passage, in reverse."""
    passage = replace(passage, phase=Phase.LEAVE, gate=passage.gate - 1, thought="")
    return _ask(step, stamped, _past_the_lost(passage), None)


def _lost(step: Step, stamped: Stamped, passage: Passage, before: Line) -> Step:
    """Take a line out that stood in the receipt, because a gate cannot hold it any longer."""
    lost = Lost(passage.gate, passage.line.quantity)
    standing = replace(before, held=passage.line.held)
    passage = replace(passage, line=standing, before=None, lost=lost, gate=len(step.till.rules.gates))
    return _leave_before(_stornoed(step, stamped, passage), passage, stamped)


def _stornoed(step: Step, stamped: Stamped, passage: Passage) -> Step:
    return storno(step, stamped, step.till.ledger.receipt or passage.receipt, passage.line.position)


def _through(step: Step, stamped: Stamped, passage: Passage) -> Step:
    """All gates of a phase have been asked."""
    match passage.phase:
        case Phase.ENTER if passage.before is None:
            return _added(step, stamped, passage)
        case Phase.ENTER if passage.is_late:
            return _late(step, stamped, passage)
        case Phase.ENTER:
            return (
                _settled(_requantified(step, passage), passage, "done").then(_accepted(passage.line)).to(_home(passage))
            )
        case Phase.ADDED:
            return _settled(step, passage, "done").to(_home(passage))
        case Phase.RELEASE if passage.line.fixed:
            fixed = say("order_fixed", number=passage.line.order), say("order_fixed_advice")
            return _settled(step, replace(passage, messages=()), "refused").refusing(*fixed, _home(passage))
        case Phase.RELEASE:
            position = passage.line.position
            step = step if step.till.cursor == position else step.saying(say("storno_of_other", position=position))
            step = _stornoed(step, stamped, passage).selecting(position)
            return _leave_before(step, replace(passage, gate=len(step.till.rules.gates)), stamped)
        case Phase.LEAVE:
            return _left(step, passage)
        case _:
            assert_never(passage.phase)


def _added(step: Step, stamped: Stamped, passage: Passage) -> Step:
    """Commit the line with all that belongs to it, then ask what follows from it."""
    receipt = step.till.ledger.receipt or passage.receipt
    step = step.recorded(*passage.opening, f.LineAdded(receipt.identifier, passage.line))
    step = _settled(step, passage, "done").selecting(passage.line.position).then(_accepted(passage.line))
    passage = replace(passage, phase=Phase.ADDED, gate=0, opening=(), messages=(), intents=())
    return _ask(step, stamped, passage, None)


def _late(step: Step, stamped: Stamped, passage: Passage) -> Step:
    """A line of an order is through the gates it came in past: commit what they have made of it, mark and all."""
    line, before = passage.line, passage.before
    if before and replace(line, source=before.source) == before:
        return _settled(step, passage, "done").to(_home(passage)).saying(say("order_line_answered"))
    step = step.recorded(f.LineMarked(passage.receipt.identifier, line))
    step = _settled(step, passage, "done").selecting(line.position).then(_accepted(line))
    passage = replace(passage, phase=Phase.ADDED, gate=0, messages=(), intents=())
    return _ask(step, stamped, passage, None)


def _unmarked(step: Step, passage: Passage) -> Step:
    """Let a line of an order stand as it came, to wait for another mark."""
    before, receipt = passage.before, step.till.ledger.receipt
    standing = receipt.at(passage.line.position) if receipt else None
    if before is None or standing is None or (standing.mark, standing.held) == (before.mark, before.held):
        return step
    return step.recorded(f.LineMarked(passage.receipt.identifier, replace(before, discount=standing.discount)))


def _accepted(line: Line) -> Signal:
    return Signal(accepted=True, device=line.source.rpartition("#")[0])


def _requantified(step: Step, passage: Passage) -> Step:
    line = passage.line
    receipt = passage.receipt.identifier
    changed = f.QuantityChanged(receipt, line.position, line.quantity, line.gross, line.held, line.source)
    return step.recorded(changed).selecting(line.position)


def _left(step: Step, passage: Passage) -> Step:
    """All gates are left: what was undone is written down, and the reason shown if there is one."""
    step = _unmarked(step, passage) if passage.is_late else step
    if passage.requantifies and passage.before and passage.line.held != passage.before.held:
        standing = replace(passage.before, held=passage.line.held, source="")
        step = _requantified(step, replace(passage, line=standing))
    position = passage.line.position
    if position in step.till.ledger.leaving:
        step = step.recorded(f.LineLeft(passage.receipt.identifier, position))
    step = _settled(step, passage, "refused" if passage.refusal else "done")
    if passage.refusal:
        return step.refusing(*passage.refusal, _home(passage))
    return step.to(_home(passage))


def _settled(step: Step, passage: Passage, outcome: Literal["done", "refused", "compensated"]) -> Step:
    unsettled = {intent.token for intent in step.till.ledger.intents}
    settled = (f.IntentSettled(token, outcome) for token in passage.intents if token in unsettled)
    return step.recorded(*settled, *passage.messages)


def _home(passage: Passage) -> Mode:
    """Tell where a passage leads at its end."""
    return Returning(passage.form) if passage.form else Selling()
