"""Whatever gates and the cashier do, a passage ends, every intent is settled once, and gates hold what stands."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.events import Answered, NoReply, Reply, Ticked
from cashier.core.gate import Ask, Asked, Enter, Leave, Lose, Pass, Refuse
from cashier.core.passage import Phase, Waiting
from cashier.core.question import Picked
from cashier.core.receipt import Line
from cashier.core.state import Rules
from tests.core.gates import ScriptedGate
from tests.core.goods import BREAD, IVANOVA, MILK
from tests.core.hand import Hand


class Holder(ScriptedGate):
    """Writes into its trace what it takes, changes and lets go, as a server would."""

    def enter(self, asked: Asked, /) -> Enter:
        """Take the line, or more or less of one that stands."""
        verdict = self._confirmed(asked, super().enter(asked))
        old = asked.before.quantity if asked.before else 0
        if isinstance(verdict, Pass):
            self.trace.append(f"hold {asked.line.position} {old} {asked.line.quantity}")
        if isinstance(verdict, Lose):
            self.trace.append(f"hold {asked.line.position} {old} 0")
        return verdict

    def _confirmed(self, asked: Asked, verdict: Enter) -> Enter:
        """Let whoever took a row answer for the buyer: the number of the line stands for an age here."""
        if not (isinstance(asked.answer, Picked) and isinstance(verdict, Pass | Ask | Refuse)):
            return verdict
        position = asked.line.position
        self.trace.append(f"sure {position}")
        return replace(verdict, confirmed=f.AgeConfirmed(asked.receipt.identifier, position, asked.local, IVANOVA))

    @property
    def sure_of(self) -> set[int]:
        """Positions of lines that somebody has answered for."""
        return {int(entry.split()[1]) for entry in self.trace if entry.startswith("sure")}

    def leave(self, asked: Asked, /) -> Leave:
        """Let the line go, or take back what it was before."""
        verdict = super().leave(asked)
        if isinstance(verdict, Pass):
            back = asked.before.quantity if asked.before else 0
            self.trace.append(f"hold {asked.line.position} {asked.line.quantity} {back}")
        return verdict

    @property
    def holds(self) -> dict[int, int]:
        """Play the trace: what is held at each position. Each change must start from what is held."""
        held: dict[int, int] = {}
        for entry in self.trace:
            if entry.startswith("hold"):
                position, old, new = map(int, entry.split()[1:])
                assert held.get(position, 0) == old, self.trace
                held[position] = new
        return {position: quantity for position, quantity in held.items() if quantity}


def moves(*names: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw up to two moves of a phase."""
    return st.lists(st.sampled_from(names), max_size=2).map(tuple)


def holders() -> st.SearchStrategy[list[Holder]]:
    """Draw one to three gates."""
    phases = st.fixed_dictionaries(
        {
            Phase.ENTER: moves("do", "look", "choose", "scan", "refuse"),
            Phase.ADDED: moves("do", "look", "refuse"),
            Phase.RELEASE: moves("do", "look", "choose", "scan", "refuse"),
            Phase.LEAVE: moves("do", "look"),
        }
    )
    one = st.tuples(phases, st.booleans(), st.sampled_from([0, 0, 1]))
    return st.lists(one, min_size=1, max_size=3).map(
        lambda drawn: [Holder(str(i), *parts) for i, parts in enumerate(drawn)]
    )


DEEDS = (
    *("bread", "bread", "milk", "storno", "quantity", "receipt"),
    *("yes", "yes", "yes", "no", "gone", "late", "failed", "stale"),
    *("enter", "escape", "1", "1", "2", "up", "frame", "idle"),
)


def do(hand: Hand, deed: str) -> None:
    """Let one thing happen: at the sale, or to the gate that waits."""
    match deed:
        case "bread" | "milk":
            hand.scan(BREAD.barcode if deed == "bread" else MILK.barcode)
        case "storno" | "receipt" | "quantity":
            keys = {"storno": ("delete",), "receipt": ("f4", "enter"), "quantity": ("f6", "3", "enter")}[deed]
            hand.press(*(keys if hand.till.mode == m.Selling() else ()))
        case "yes" | "no" | "gone" | "late" | "failed":
            answer(hand, deed)
        case "stale":
            hand.give(Answered("old", Reply("no")))
        case "idle":
            hand.give(Ticked())
        case "frame":
            hand.scan(b"01\x1d21")
        case _:
            hand.press(deed)


def answer(hand: Hand, deed: str) -> None:
    """Answer the gate that waits, if one does."""
    if isinstance(hand.till.mode, m.Passing) and isinstance(hand.till.mode.at, Waiting):
        reply = NoReply("late" if deed == "late" else "failed") if deed in {"late", "failed"} else Reply(deed)
        hand.give(Answered(hand.till.mode.at.token, reply))


def come_to_rest(hand: Hand) -> None:
    """Answer and close until the sale stands again: no passage is endless."""
    for _ in range(60):
        if isinstance(hand.till.mode, m.Passing):
            answer(hand, "yes")
        if not isinstance(hand.till.mode, m.Selling):
            hand.press("escape")
    assert isinstance(hand.till.mode, m.Selling)


@pytest.mark.no_cover
@settings(max_examples=400, deadline=None)
@given(holders(), st.lists(st.sampled_from(DEEDS), min_size=8, max_size=25), st.booleans())
def test_gates_and_receipt_agree(gates: list[Holder], script: list[str], merge: bool) -> None:  # noqa: FBT001 - drawn
    """Given any gates, when anything happens in any order, then at rest nothing is lost, doubled or left hanging."""
    hand = Hand.signed_in(rules=Rules(gates=tuple(gates), merge_lines=merge))
    for deed in ("bread", *script):
        do(hand, deed)
        if "ReceiptCancelled" in hand.wrote:
            for gate in gates:
                gate.trace.clear()
    come_to_rest(hand)
    made = [fact.token for fact in hand.facts if isinstance(fact, f.IntentMade)]
    ended = [fact.token for fact in hand.facts if isinstance(fact, f.IntentSettled)]
    assert sorted(made) == sorted(ended)
    assert len(made) == len(set(made))
    assert hand.till.ledger.intents == ()
    receipt = hand.till.ledger.receipt
    standing = {line.position: int(line.quantity) for line in receipt.live} if receipt else {}
    for gate in gates:
        assert gate.holds == standing
    for line in receipt.live if receipt else ():
        assert dict(line.held) == {gate.name: f"holds {line.quantity}" for gate in gates}
        assert not any(line.position in gate.sure_of for gate in gates) or sure_before(hand, line)


def sure_before(hand: Hand, line: Line) -> bool:
    """Tell whether the journal says who has answered for a line before it says that the line stands."""
    own = [fact for fact in hand.facts if isinstance(fact, f.AgeConfirmed | f.LineAdded)]
    own = [fact for fact in own if fact.receipt == hand.receipt.identifier]
    stands = next(
        at for at, fact in enumerate(own) if isinstance(fact, f.LineAdded) and fact.line.position == line.position
    )
    return any(isinstance(fact, f.AgeConfirmed) and fact.age == line.position for fact in own[:stands])


@settings(max_examples=100, deadline=None)
@given(holders(), st.lists(st.sampled_from(DEEDS), max_size=15))
def test_unanswered_intents_are_put_right_by_their_own_gate(gates: list[Holder], script: list[str]) -> None:
    """Given any gates, when an intent is compensated, then its gate was told with the intent's own body."""
    hand = Hand.signed_in(rules=Rules(gates=tuple(gates)))
    for deed in ("bread", *script):
        do(hand, deed)
    come_to_rest(hand)
    made = {fact.token: fact for fact in hand.facts if isinstance(fact, f.IntentMade)}
    put_right = [fact for fact in hand.facts if isinstance(fact, f.IntentSettled) and fact.outcome == "compensated"]
    for gate in gates:
        own = [made[fact.token].body for fact in put_right if made[fact.token].gate == gate.name]
        assert gate.settled == own


@settings(max_examples=100, deadline=None)
@given(holders(), st.lists(st.sampled_from(DEEDS), max_size=15))
def test_replay_is_the_same_receipt(gates: list[Holder], script: list[str]) -> None:
    """Given any gates, when the power is cut anywhere, then the journal gives the same ledger."""
    hand = Hand.signed_in(rules=Rules(gates=tuple(gates)))
    for deed in script:
        do(hand, deed)
        assert hand.restarted().till.ledger == hand.till.ledger
