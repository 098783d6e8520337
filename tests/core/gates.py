"""Gates that do what a test tells them, and keep book of the lines they hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cashier.core.events import NoReply, Reply
from cashier.core.facts import IntentMade, MessageQueued
from cashier.core.gate import (
    Added,
    Ask,
    Asked,
    Do,
    Enter,
    Gate,
    Inquiry,
    Known,
    Leave,
    Lose,
    Pass,
    Refuse,
    Release,
    Settlement,
    Unpayable,
)
from cashier.core.passage import Phase
from cashier.core.question import Choice, Picked, Question
from cashier.core.receipt import Line, Receipt
from cashier.core.say import say

NO = Refuse(say("no"), say("no_advice"))
GONE = Lose(say("gone"), say("gone_advice"))


@dataclass(frozen=True)
class ScriptedGate:
    """A gate with moves for each phase, made one after the other; when they are used up it passes.

    Moves: `choose`, `scan` and `again` ask the cashier; `do` and `look` ask the outside, durably and not; `refuse`;
    `lose`. An answer `no` is a refusal, `gone` loses a line that stands, any other goes on to the next move.
    `patient` gates go on without a reply too, the others refuse.
    """

    name: str = "gate"
    moves: Mapping[Phase, tuple[str, ...]] = field(default_factory=dict)
    patient: bool = False
    other: int = 0
    """Position of the line that goes in place of the one pointed at; 0 for none."""
    trace: list[str] = field(default_factory=list, compare=False)
    """What was decided, in order; several gates may share it."""
    settled: list[str] = field(default_factory=list, compare=False)
    """Bodies of the intents this gate was told to put right."""

    def enter(self, asked: Asked, /) -> Enter:
        """Decide by the script."""
        return self._next(Phase.ENTER, asked)

    def added(self, asked: Asked, /) -> Added:
        """Decide by the script, which never asks here."""
        verdict = self._next(Phase.ADDED, asked)
        assert not isinstance(verdict, Ask | Lose)
        return verdict

    def release(self, asked: Asked, /) -> Release:
        """Decide by the script."""
        verdict = self._next(Phase.RELEASE, asked)
        assert not isinstance(verdict, Lose)
        return verdict

    def leave(self, asked: Asked, /) -> Leave:
        """Let go, whatever is answered."""
        verdict = self._next(Phase.LEAVE, asked)
        assert isinstance(verdict, Pass | Do)
        return verdict

    def unpayable(self, _receipt: Receipt, _at: datetime, _doubted: str, /) -> Unpayable | None:
        """Let anything be paid."""
        return None

    def _next(self, phase: Phase, asked: Asked) -> Enter:
        refused = self._refused(phase, asked)
        if refused:
            return self._told(phase, refused)
        moves = self.moves.get(phase, ())
        turn = int(asked.thought or 0)
        if turn >= len(moves):
            return self._told(phase, self._pass(phase, asked))
        return self._told(phase, _move(moves[turn], f"{self.name} {phase} {turn}", str(turn + 1)))

    def _refused(self, phase: Phase, asked: Asked) -> Refuse | Lose | None:
        match asked.answer:
            case _ if phase is Phase.LEAVE:
                return None
            case Reply("no") | Picked("no"):
                return NO
            case Reply("gone") if phase is Phase.ENTER:
                return GONE
            case NoReply() if not self.patient:
                return NO
            case _:
                return None

    def _pass(self, phase: Phase, asked: Asked) -> Pass:
        line = asked.receipt.at(self.other) if phase is Phase.RELEASE and self.other else None
        line = asked.line if line is None or line.storno else line
        if phase is Phase.ENTER:
            line = line.holding(self.name, f"holds {asked.line.quantity}")
        if phase is Phase.LEAVE and asked.before:
            line = line.holding(self.name, f"holds {asked.before.quantity}")
        return Pass(line, (message(f"{self.name} {phase}"),))

    def _told(self, phase: Phase, verdict: Enter) -> Enter:
        self.trace.append(f"{self.name} {phase} {type(verdict).__name__.lower()}")
        return verdict

    def about(self, _inquiry: Inquiry, /) -> Known:
        """Know nothing of goods."""
        return Known()

    def completed(self, receipt: Receipt, /) -> tuple[MessageQueued, ...]:
        """Say that the receipt is closed."""
        return (message(f"{self.name} completed {receipt.number}"),)

    def cancelled(self, receipt: Receipt, /) -> tuple[MessageQueued, ...]:
        """Say that the receipt was given up."""
        return (message(f"{self.name} cancelled {receipt.number}"),)

    def settle(self, intent: IntentMade, _line: Line | None, _answer: Reply | NoReply | None, /) -> Settlement:
        """Put an intent right through the outbox."""
        self.settled.append(intent.body)
        return Settlement((message(f"{self.name} settles {intent.body}"),))


def _move(move: str, body: str, thought: str) -> Enter:
    rows = (Choice("yes", say("yes")), Choice("no", say("no")))
    match move:
        case "choose":
            return Ask(Question(say("choose"), choices=rows, chosen=1), thought)
        case "scan":
            return Ask(Question(say("scan"), wants_scan=True), thought)
        case "do" | "look":
            return Do(body, say("wait"), durable=move == "do", thought=thought)
        case "lose":
            return GONE
        case _:
            return NO


def message(body: str) -> MessageQueued:
    """Make a message that can be told from others by its body."""
    return MessageQueued(body, "test", "note", body)


def gate(name: str = "gate", **phases: str) -> ScriptedGate:
    """Make a gate from its moves: `gate("stock", enter="do choose", leave="do")`."""
    return ScriptedGate(name, {Phase(phase): tuple(moves.split()) for phase, moves in phases.items()})


def books_of(gate: Gate) -> tuple[list[str], ...]:
    """Return the books a gate keeps; a check that steps twice puts them back."""
    return (gate.trace, gate.settled) if isinstance(gate, ScriptedGate) else ()


def memories(line: Line) -> dict[str, str]:
    """Return what gates left with a line."""
    return dict(line.held)


def three(**phases: str) -> tuple[ScriptedGate, ScriptedGate, ScriptedGate]:
    """Make gates a, b and c with one trace; the moves are those of b."""
    trace: list[str] = []
    middle = gate("b", **phases)
    return (
        ScriptedGate("a", trace=trace),
        ScriptedGate("b", middle.moves, trace=trace),
        ScriptedGate("c", trace=trace),
    )


def told(*gates: ScriptedGate) -> list[str]:
    """Return what gates of one trace decided since the last look, in order."""
    seen = list(gates[0].trace)
    gates[0].trace.clear()
    return seen
