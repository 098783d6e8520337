"""One gate of a passage is asked: what it is shown, which of its methods answers, what a person has answered for."""

from typing import assert_never

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.events import Stamped
from cashier.core.gate import Ask, Asked, Do, Gate, GateAnswer, Lose, Pass, Refuse
from cashier.core.passage import Passage, Phase
from cashier.core.state import Step

Verdict = Pass | Ask | Do | Refuse | Lose


def asked(step: Step, stamped: Stamped, passage: Passage, answer: GateAnswer | None, doubted: str) -> Asked:
    """Show a gate what it goes by; `doubted` as the ledger says it of this moment."""
    return Asked(
        receipt=step.till.ledger.receipt or passage.receipt,
        line=passage.line,
        at=stamped.at,
        seed=stamped.seed,
        purpose=f"{passage.phase}/{passage.gate}/{passage.line.position}/{passage.thought}",
        before=passage.before,
        more=passage.more,
        thought=passage.thought,
        answer=answer,
        reading=passage.reading,
        postponed=step.till.ledger.postponed,
        by=step.till.actor,
        doubted=doubted,
    )


def verdict_of(gate: Gate, phase: Phase, asked: Asked) -> Verdict:
    """Ask a gate what it is asked in a phase."""
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


def confirmed(step: Step, passage: Passage, verdict: Verdict) -> tuple[Step, Passage]:
    """Write down what a person has answered for; what is of a receipt waits until that is open."""
    fact = verdict.confirmed if isinstance(verdict, Pass | Ask | Refuse) else None
    if fact is None:
        return step, passage
    if step.till.ledger.receipt or isinstance(fact, f.ClockConfirmed):
        return step.recorded(fact), passage
    return step, replace(passage, opening=(*passage.opening, fact))
