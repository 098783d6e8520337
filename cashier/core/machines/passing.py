"""The passage of a line through the gates: in, after it is in, and out. Every machine that moves lines uses this one.

Rules: gates are asked in order; a refusal leaves those already entered in reverse; what a gate wants done outside is
committed as an intent first; whatever the outside answers, or does not, the passage ends in exactly one way.
"""

from dataclasses import replace
from typing import Literal, assert_never

from cashier.core import facts as f
from cashier.core.effects import Log, RunGate, Signal
from cashier.core.events import Answered, Stamped
from cashier.core.gate import Ask, Asked, Do, Gate, GateAnswer, Lose, Pass, Refuse
from cashier.core.modes import Passing, Selling
from cashier.core.passage import Passage, Phase, Questioned, Waiting
from cashier.core.state import Step, Till

Verdict = Pass | Ask | Do | Refuse | Lose


def begin(step: Step, stamped: Stamped, passage: Passage) -> Step:
    """Start a passage at the first gate of its phase."""
    return _ask(step, stamped, passage, None)


def resume(till: Till, stamped: Stamped, passage: Passage, answer: GateAnswer) -> Step:
    """Hand an answer to the gate that waits for it and go on."""
    return _ask(Step(till), stamped, passage, answer)


def answered(till: Till, mode: Passing, stamped: Stamped, event: Answered) -> Step:
    """Take the outside's answer; one that nobody waits for any more changes nothing."""
    if not isinstance(mode.at, Waiting) or mode.at.token != event.token:
        return Step(till)
    return resume(till, stamped, mode.passage, event.reply)


def give_up(till: Till, mode: Passing, stamped: Stamped) -> Step | None:
    """End a passage by the cashier's wish; None where it cannot be: the line is in, or on its way out already."""
    passage = mode.passage
    if passage.phase is Phase.RELEASE:
        return _settled(Step(till).to(Selling()), passage, "compensated")
    if passage.phase is not Phase.ENTER or (passage.before and isinstance(mode.at, Waiting)):
        return None
    step = Step(till)
    if isinstance(mode.at, Waiting):
        step, passage = _compensate(step, passage, mode.at)
    return _leave_before(step, stamped, passage)


def _compensate(step: Step, passage: Passage, waiting: Waiting) -> tuple[Step, Passage]:
    """Put the intent right that nobody will wait for: its outcome is unknown."""
    intent = next((i for i in step.till.ledger.intents if i.token == waiting.token), None)
    if intent is None:
        return step, passage
    messages = step.till.rules.gates[passage.gate].settle(intent)
    step = step.recorded(f.IntentSettled(intent.token, "compensated"), *messages)
    return step, replace(passage, intents=tuple(t for t in passage.intents if t != intent.token))


def _ask(step: Step, stamped: Stamped, passage: Passage, answer: GateAnswer | None) -> Step:
    gates = step.till.rules.gates
    while 0 <= passage.gate < len(gates):
        gate = gates[passage.gate]
        asked = _asked(step, stamped, passage, answer)
        verdict = _verdict(gate, passage.phase, asked)
        if not isinstance(verdict, Pass):
            return _stopped(step, stamped, passage, verdict, asked.fresh)
        onward = -1 if passage.phase is Phase.LEAVE else 1
        messages = (*passage.messages, *verdict.messages)
        passage = replace(passage, line=verdict.line, messages=messages, gate=passage.gate + onward, thought="")
        answer = None
    return _through(step, stamped, passage)


def _asked(step: Step, stamped: Stamped, passage: Passage, answer: GateAnswer | None) -> Asked:
    purpose = f"{passage.phase}/{passage.gate}/{passage.line.position}/{passage.thought}"
    return Asked(
        receipt=step.till.ledger.receipt or passage.receipt,
        line=passage.line,
        at=stamped.at,
        fresh=stamped.name(purpose),
        before=passage.before,
        thought=passage.thought,
        answer=answer,
    )


def _verdict(gate: Gate, phase: Phase, asked: Asked) -> Verdict:
    match phase:
        case Phase.ENTER:
            return gate.enter(asked)
        case Phase.ADDED:
            return gate.added(asked)
        case Phase.RELEASE:
            return gate.release(asked)
        case Phase.LEAVE:
            return gate.leave(asked)
        case _:
            assert_never(phase)


def _stopped(step: Step, stamped: Stamped, passage: Passage, verdict: Ask | Do | Refuse | Lose, token: str) -> Step:
    match verdict:
        case Ask():
            passage = replace(passage, thought=verdict.thought)
            return step.to(Passing(passage, Questioned(verdict.question, verdict.question.chosen)))
        case Do():
            return _do(step, passage, verdict, token)
        case Refuse() if passage.phase is Phase.RELEASE:
            step = _settled(step, passage, "done")
            return step.refusing(verdict.reason, verdict.advice, Selling())
        case Refuse() if passage.phase is Phase.ENTER:
            return _leave_before(step, stamped, replace(passage, refusal=(verdict.reason, verdict.advice)))
        case Refuse() | Lose():
            return _withdrawn(step, stamped, replace(passage, refusal=(verdict.reason, verdict.advice)), verdict)
        case _:
            assert_never(verdict)


def _do(step: Step, passage: Passage, verdict: Do, token: str) -> Step:
    gate = step.till.rules.gates[passage.gate]
    receipt = step.till.ledger.receipt or passage.receipt
    facts: list[f.AnyFact] = []
    intents = passage.intents
    if verdict.durable:
        facts = [*passage.opening, f.IntentMade(token, gate.name, receipt.identifier, verdict.body)]
        intents = (*intents, token)
        passage = replace(passage, opening=())
    passage = replace(passage, thought=verdict.thought, intents=intents)
    step = step.recorded(*facts).then(RunGate(gate.name, token, verdict.body, verdict.deadline))
    return step.to(Passing(passage, Waiting(token, verdict.wait, verdict.durable)))


def _leave_before(step: Step, stamped: Stamped, passage: Passage) -> Step:
    """Leave the gates before the one that stopped the passage, in reverse."""
    return _ask(step, stamped, replace(passage, phase=Phase.LEAVE, gate=passage.gate - 1, thought=""), None)


def _withdrawn(step: Step, stamped: Stamped, passage: Passage, verdict: Refuse | Lose) -> Step:
    """Take a committed line out again, because a gate says that it cannot stay."""
    step = _stornoed(step, stamped, passage)
    last = len(step.till.rules.gates) if isinstance(verdict, Refuse) else passage.gate
    return _leave_before(step, stamped, replace(passage, gate=last, before=None))


def _stornoed(step: Step, stamped: Stamped, passage: Passage) -> Step:
    receipt = step.till.ledger.receipt or passage.receipt
    by = step.till.ledger.cashier or receipt.cashier
    return step.recorded(f.LineStornoed(receipt.identifier, passage.line.position, stamped.local, by))


def _through(step: Step, stamped: Stamped, passage: Passage) -> Step:
    """All gates of a phase have been asked."""
    match passage.phase:
        case Phase.ENTER if passage.before is None:
            return _added(step, stamped, passage)
        case Phase.ENTER:
            return _settled(_requantified(step, passage), passage, "done").then(Signal(accepted=True)).to(Selling())
        case Phase.ADDED:
            return _settled(step, passage, "done").to(Selling())
        case Phase.RELEASE:
            step = _stornoed(step, stamped, passage).selecting(passage.line.position)
            return _leave_before(step, stamped, replace(passage, gate=len(step.till.rules.gates)))
        case Phase.LEAVE:
            return _left(step, passage)
        case _:
            assert_never(passage.phase)


def _added(step: Step, stamped: Stamped, passage: Passage) -> Step:
    """Commit the line with all that belongs to it, then ask what follows from it."""
    receipt = step.till.ledger.receipt or passage.receipt
    step = step.recorded(*passage.opening, f.LineAdded(receipt.identifier, passage.line))
    step = _settled(step, passage, "done").selecting(passage.line.position).then(Signal(accepted=True))
    passage = replace(passage, phase=Phase.ADDED, gate=0, opening=(), messages=(), intents=())
    return _ask(step, stamped, passage, None)


def _requantified(step: Step, passage: Passage) -> Step:
    line = passage.line
    changed = f.QuantityChanged(passage.receipt.identifier, line.position, line.quantity, line.held, line.source)
    return step.recorded(changed).selecting(line.position)


def _left(step: Step, passage: Passage) -> Step:
    """All gates are left: what was undone is written down, and the reason shown if there is one."""
    if passage.before and passage.line.held != passage.before.held:
        step = _requantified(step, replace(passage, line=replace(passage.before, held=passage.line.held)))
    step = _settled(step, passage, "refused" if passage.refusal else "done")
    if passage.refusal:
        return step.refusing(*passage.refusal, Selling())
    return step.to(Selling())


def _settled(step: Step, passage: Passage, outcome: Literal["done", "refused", "compensated"]) -> Step:
    settled = (f.IntentSettled(token, outcome) for token in passage.intents)
    return step.recorded(*settled, *passage.messages)


def unsettled(till: Till, intent: f.IntentMade) -> Step:
    """At start: put an intent right that a crash left open; one whose gate is switched off stays and is logged."""
    gate = next((g for g in till.rules.gates if g.name == intent.gate), None)
    if gate is None:
        return Step(till).then(Log(f"intent {intent.token} of gate {intent.gate} waits: the gate is off"))
    return Step(till).recorded(f.IntentSettled(intent.token, "compensated"), *gate.settle(intent))
