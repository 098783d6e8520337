"""The passage of a line through gates that pass, refuse, ask, act, hang, crash, answer late, or lose it."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import RunGate, Signal
from cashier.core.events import Answered, IntentFound, Reply
from cashier.core.gate import Asked, Leave
from cashier.core.passage import Phase, Questioned, Waiting
from cashier.core.state import Rules
from tests.core.gates import ScriptedGate, gate, memories
from tests.core.goods import BREAD, MILK
from tests.core.hand import Hand
from tests.core.samples import SAMPLES, state_name


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


def settled(hand: Hand) -> dict[str, str]:
    """Return outcomes by the body of their intent; each intent has one at the most."""
    bodies = {i.token: i.body for i in hand.facts if isinstance(i, f.IntentMade)}
    assert len(bodies) == len(set(bodies.values()))
    outcomes = [(bodies[i.token], i.outcome) for i in hand.facts if isinstance(i, f.IntentSettled)]
    assert len(outcomes) == len(dict(outcomes))
    return dict(outcomes)


def messages(hand: Hand) -> list[str]:
    """Return the bodies of messages in the latest input."""
    bodies = [fact.body for fact in hand.facts if isinstance(fact, f.MessageQueued)]
    count = hand.wrote.count("MessageQueued")
    return bodies[len(bodies) - count :]


class TestOrder:
    def test_enter_then_added_in_order(self) -> None:
        """Given three gates, when a line enters, then each is asked in order, and again in order once it is in."""
        gates = three()
        hand = Hand.signed_in(*gates).scan(BREAD.barcode)
        assert told(*gates) == [
            *("a enter pass", "b enter pass", "c enter pass"),
            *("a added pass", "b added pass", "c added pass"),
        ]
        assert memories(hand.line) == {"a": "holds 1000", "b": "holds 1000", "c": "holds 1000"}

    def test_storno_releases_in_order_and_leaves_in_reverse(self) -> None:
        """Given a line, when it is storno'd, then the gates are asked in order and left in reverse."""
        gates = three()
        hand = Hand.signed_in(*gates).scan(BREAD.barcode)
        told(*gates)
        hand.press("delete")
        assert told(*gates) == [
            *("a release pass", "b release pass", "c release pass"),
            *("c leave pass", "b leave pass", "a leave pass"),
        ]
        assert hand.lines == [("Хлеб", 1000, True)]
        assert hand.till.mode == m.Selling()

    def test_new_quantity_enters_again(self) -> None:
        """Given a line, when its quantity changes, then the gates are entered with it and nothing is added."""
        gates = three()
        hand = Hand.signed_in(*gates).scan(BREAD.barcode)
        told(*gates)
        hand.press("f6", "3", "enter")
        assert told(*gates)[-3:] == ["a enter pass", "b enter pass", "c enter pass"]
        assert memories(hand.line) == {"a": "holds 3000", "b": "holds 3000", "c": "holds 3000"}

    def test_messages_are_committed_with_the_line(self) -> None:
        """Given gates with messages, when a line enters, then they are in the record of the line, in order."""
        hand = Hand.signed_in(*three()).scan(BREAD.barcode)
        assert messages(hand) == ["a enter", "b enter", "c enter", "a added", "b added", "c added"]
        assert hand.wrote[:3] == ["ShiftOpened", "ReceiptOpened", "LineAdded"]


class TestRefusal:
    def test_gates_before_are_left_in_reverse(self) -> None:
        """Given three gates, when the last refuses, then the two before are left in reverse and nothing is added."""
        trace: list[str] = []
        gates = (
            ScriptedGate("a", trace=trace),
            ScriptedGate("b", trace=trace),
            ScriptedGate("c", {Phase.ENTER: ("refuse",)}, trace=trace),
        )
        hand = Hand.signed_in(*gates).scan(BREAD.barcode)
        assert told(*gates) == ["a enter pass", "b enter pass", "c enter refuse", "b leave pass", "a leave pass"]
        assert hand.problem == "no"
        assert hand.till.ledger.receipt is None
        assert hand.press("enter").till.mode == m.Selling()

    def test_first_gate_refuses_and_none_is_left(self) -> None:
        """Given a gate, when it refuses first, then no gate is left."""
        gates = (gate(enter="refuse"),)
        Hand.signed_in(*gates).scan(BREAD.barcode)
        assert told(*gates) == ["gate enter refuse"]

    def test_refused_quantity_leaves_the_line_as_it_was(self) -> None:
        """Given a line, when a gate refuses its new quantity, then the gates before it hold the old one again."""
        hand = Hand.signed_in(gate("a"), gate("b", enter="choose")).scan(BREAD.barcode).press("1")
        hand.press("f6", "3", "enter", "2")
        assert hand.problem == "no"
        assert hand.lines == [("Хлеб", 1000, False)]
        assert memories(hand.line)["a"] == "holds 1000"

    def test_left_gate_may_change_its_memory(self) -> None:
        """Given a gate that marks what it took back, when a quantity is refused, then the line keeps the new memory."""
        hand = Hand.signed_in(gate("a", leave=""), gate("b", enter="choose")).scan(BREAD.barcode).press("1")
        line = replace(hand.line, held=(("a", "first hold"),))
        receipt = hand.receipt.with_line(line)
        hand.till = replace(hand.till, ledger=replace(hand.till.ledger, receipt=receipt))
        hand.press("f6", "3", "enter", "2")
        assert hand.problem == "no"
        changed = hand.facts[-len(hand.wrote)]
        assert isinstance(changed, f.QuantityChanged)
        assert (changed.quantity, changed.gross, changed.source) == (1000, 4550, "")
        assert memories(hand.line) == {"a": "holds 1000"}

    def test_merged_piece_that_is_refused_leaves_the_line(self) -> None:
        """Given a line of one, when the second piece is refused, then the line has one."""
        hand = Hand.signed_in(gate("a"), gate("b", enter="choose")).scan(BREAD.barcode).press("1")
        assert hand.scan(BREAD.barcode).press("2").lines == [("Хлеб", 1000, False)]

    def test_refusal_once_it_is_in_takes_the_line_out(self) -> None:
        """Given three gates, when the second refuses after the commit, then the line is storno'd and all are left."""
        gates = three(added="refuse")
        hand = Hand.signed_in(*gates).scan(BREAD.barcode)
        assert told(*gates)[3:] == ["a added pass", "b added refuse", "c leave pass", "b leave pass", "a leave pass"]
        assert hand.lines == [("Хлеб", 1000, True)]
        assert hand.problem == "no"
        assert hand.wrote[:4] == ["ShiftOpened", "ReceiptOpened", "LineAdded", "MessageQueued"]
        assert "LineStornoed" in hand.wrote

    def test_refused_storno_leaves_the_line(self) -> None:
        """Given a line, when a gate refuses its storno, then it stays, no gate is left and a popup says so."""
        gates = three(release="refuse")
        hand = Hand.signed_in(*gates).scan(BREAD.barcode)
        told(*gates)
        hand.press("delete")
        assert told(*gates) == ["a release pass", "b release refuse"]
        assert (hand.problem, hand.lines) == ("no", [("Хлеб", 1000, False)])


class TestLosing:
    def test_lost_line_is_taken_out_and_the_other_gates_left(self) -> None:
        """Given a line of one, when a gate loses it on the way to three, then all other gates are left, in reverse."""
        gates = three(enter="do")
        hand = Hand.signed_in(*gates).scan(BREAD.barcode).reply()
        told(*gates)
        hand.press("f6", "3", "enter").reply("gone")
        assert told(*gates) == ["a enter pass", "b enter do", "b enter lose", "c leave pass", "a leave pass"]
        assert hand.lines == [("Хлеб", 1000, True)]
        assert hand.problem == "gone"
        assert hand.wrote[:2] == ["LineStornoed", "IntentSettled"]
        assert hand.till.ledger.intents == ()

    def test_each_gate_lets_go_what_it_holds(self) -> None:
        """Given a line of one, when it is lost on the way to three, then gates before let three go, those after one."""
        trace: list[str] = []

        class Watching(ScriptedGate):
            def leave(self, asked: Asked, /) -> Leave:
                assert asked.before is None
                self.trace.append(f"{self.name} {asked.line.memory(self.name)}, lets {asked.line.quantity} go")
                return super().leave(asked)

        a, c, d = (Watching(name, trace=trace) for name in "acd")
        hand = Hand.signed_in(a, gate("b", enter="do"), c, d).scan(BREAD.barcode).reply()
        hand.press("f6", "3", "enter").reply("gone")
        assert [line for line in trace if "lets" in line] == [
            "d holds 1000, lets 1000 go",
            "c holds 1000, lets 1000 go",
            "a holds 3000, lets 3000 go",
        ]

    def test_first_and_last_gate_may_lose_it_too(self) -> None:
        """Given two gates, when the first or the last loses the line, then the other is left once."""
        for names in ("bc", "ab"):
            trace: list[str] = []
            gates = tuple(
                ScriptedGate(name, {Phase.ENTER: ("do",)} if name == "b" else {}, trace=trace) for name in names
            )
            hand = Hand.signed_in(*gates).scan(BREAD.barcode).reply()
            trace.clear()
            hand.press("f6", "3", "enter").reply("gone")
            assert [line for line in told(*gates) if "leave" in line] == [f"{names.replace('b', '')} leave pass"]
            assert hand.lines == [("Хлеб", 1000, True)]

    def test_line_that_never_stood_cannot_be_lost(self) -> None:
        """Given a new line, when a gate says it is lost, then that is a refusal like any other."""
        hand = Hand.signed_in(*three(enter="lose")).scan(BREAD.barcode)
        assert (hand.problem, hand.lines) == ("gone", [])


class TestQuestions:
    def test_digit_answers(self) -> None:
        """Given a question with rows, when a digit is pressed, then the gate goes on with that row."""
        hand = Hand.signed_in(gate(enter="choose")).scan(BREAD.barcode)
        assert isinstance(hand.till.mode, m.Passing)
        assert isinstance(hand.till.mode.at, Questioned)
        assert hand.wrote == []
        assert hand.press("1").lines == [("Хлеб", 1000, False)]

    def test_preselected_row_and_arrows(self) -> None:
        """Given a question with its second row selected, when Enter is pressed, then it counts; arrows move it."""
        assert Hand.signed_in(gate(enter="choose")).scan(BREAD.barcode).press("enter").problem == "no"
        assert Hand.signed_in(gate(enter="choose")).scan(BREAD.barcode).press("up", "enter").problem == ""

    @pytest.mark.parametrize("key", ["3", "0", "f9", "f1", "a", "f3"])
    def test_other_keys_are_refused(self, key: str) -> None:
        """Given a question, when a key has no row, then there is a tone and the question stays."""
        hand = Hand.signed_in(gate(enter="choose")).scan(BREAD.barcode)
        before = hand.till.mode
        hand.press(key)
        assert (hand.till.mode, hand.effects) == (before, (Signal(accepted=False),))

    def test_scan_answers_where_one_is_wanted(self) -> None:
        """Given a question for a scan, when anything is scanned, then the gate has it."""
        assert Hand.signed_in(gate(enter="scan")).scan(BREAD.barcode).scan(b"\x1d01").lines != []

    @pytest.mark.parametrize("key", ["enter", "1", "down"])
    def test_question_for_a_scan_has_no_rows(self, key: str) -> None:
        """Given a question for a scan only, when a key for rows is pressed, then there is a tone."""
        hand = Hand.signed_in(gate(enter="scan")).scan(BREAD.barcode).press(key)
        assert state_name(hand.till.mode) == "EnterAsking"
        assert hand.effects == (Signal(accepted=False),)

    def test_scan_is_no_answer_to_rows(self) -> None:
        """Given a question with rows only, when goods are scanned, then the scan is refused."""
        hand = Hand.signed_in(gate(enter="choose")).scan(BREAD.barcode).scan(MILK.barcode)
        assert hand.notice == "scan_in_dialog"

    def test_escape_gives_up_and_leaves_the_gates_before(self) -> None:
        """Given three gates, when the second's question is given up, then the first is left, nothing is added."""
        gates = three(enter="choose")
        hand = Hand.signed_in(*gates).scan(BREAD.barcode)
        told(*gates)
        hand.press("escape")
        assert told(*gates) == ["a leave pass"]
        assert (hand.till.mode, hand.lines, hand.problem) == (m.Selling(), [], "")
        assert Signal(accepted=False) in hand.effects

    def test_escape_in_a_quantity_takes_back_the_gates_before(self) -> None:
        """Given a line, when the question about its new quantity is given up, then it is as it was."""
        hand = Hand.signed_in(gate("a"), gate("b", enter="choose")).scan(BREAD.barcode).press("1")
        hand.press("f6", "3", "enter", "escape")
        assert hand.lines == [("Хлеб", 1000, False)]
        assert memories(hand.line)["a"] == "holds 1000"

    def test_escape_in_a_storno_keeps_the_line(self) -> None:
        """Given a question before a storno, when it is given up, then the line stays."""
        hand = Hand.signed_in(gate(release="scan")).scan(BREAD.barcode).press("delete", "escape")
        assert (hand.till.mode, hand.lines) == (m.Selling(), [("Хлеб", 1000, False)])

    def test_panel_opens_over_a_question_but_not_over_a_wait(self) -> None:
        """Given training, when a gate asks, the panel opens over it and comes back; while it waits it does not open."""
        hand = Hand.signed_in(rules=replace(SAMPLES, gates=(gate(enter="scan do"),))).scan(BREAD.barcode)
        asking = hand.till.mode
        assert hand.press("f3").till.mode == m.Panel(asking)
        assert hand.press("enter").till.mode == asking
        waiting = hand.scan("x").till.mode
        assert hand.press("f3").till.mode == waiting

    def test_another_line_may_be_released(self) -> None:
        """Given two lines and a gate that knows better, when the second is storno'd, then the first goes."""
        hand = Hand.signed_in(ScriptedGate(other=1)).scan(BREAD.barcode).scan(MILK.barcode).press("delete")
        assert hand.lines == [("Хлеб", 1000, True), ("Молоко", 1000, False)]
        assert hand.till.cursor == 1


class TestActing:
    def test_durable_intent_is_committed_with_the_receipt_first(self) -> None:
        """Given a gate that acts, when the first line comes, then receipt and intent are durable before it is asked."""
        hand = Hand.signed_in(gate(enter="do")).scan(BREAD.barcode)
        assert hand.wrote == ["ShiftOpened", "ReceiptOpened", "IntentMade"]
        (request,) = (effect for effect in hand.effects if isinstance(effect, RunGate))
        made = hand.facts[-1]
        assert made == f.IntentMade(request.token, "gate", hand.receipt.identifier, "gate enter 0")
        assert (request.gate, request.body, request.deadline) == ("gate", "gate enter 0", 5.0)
        assert hand.lines == []
        hand.reply()
        assert hand.wrote[:2] == ["LineAdded", "IntentSettled"]
        assert settled(hand) == {"gate enter 0": "done"}
        assert hand.receipt.number == 1

    def test_looking_writes_nothing(self) -> None:
        """Given a gate that only looks, when it waits, then nothing is written until the line is in."""
        hand = Hand.signed_in(gate(enter="look")).scan(BREAD.barcode)
        assert hand.wrote == []
        assert isinstance(hand.till.mode, m.Passing)
        assert isinstance(hand.till.mode.at, Waiting)
        assert not hand.till.mode.at.durable
        hand.reply()
        assert hand.wrote[:3] == ["ShiftOpened", "ReceiptOpened", "LineAdded"]
        assert settled(hand) == {}

    def test_receipt_keeps_its_identifier_over_two_requests(self) -> None:
        """Given a gate that looks and then acts, when the receipt is opened, then it is the one shown before."""
        hand = Hand.signed_in(gate(enter="look do")).scan(BREAD.barcode)
        assert isinstance(hand.till.mode, m.Passing)
        shown = hand.till.mode.passage.receipt.identifier
        assert hand.reply().receipt.identifier == shown
        assert hand.wrote == ["ShiftOpened", "ReceiptOpened", "IntentMade"]

    def test_each_request_has_its_own_token(self) -> None:
        """Given a gate that acts twice, when it is answered, then two intents are made and both settled."""
        hand = Hand.signed_in(gate(enter="do do")).scan(BREAD.barcode)
        first = hand.token
        assert hand.reply().token != first
        hand.reply()
        assert settled(hand) == {"gate enter 0": "done", "gate enter 1": "done"}

    def test_refused_by_the_outside(self) -> None:
        """Given two gates, when the outside refuses the second, then its intent is refused and the first is left."""
        gates = three(enter="do")
        hand = Hand.signed_in(*gates).scan(BREAD.barcode)
        told(*gates)
        hand.reply("no")
        assert settled(hand) == {"b enter 0": "refused"}
        assert told(*gates) == ["b enter refuse", "a leave pass"]
        assert gates[1].settled == []
        assert hand.lines == []

    @pytest.mark.parametrize("reason", ["late", "failed"])
    def test_no_reply_is_put_right(self, reason: str) -> None:
        """Given a gate that hangs or crashes, when it refuses for that, then it puts its intent right (S10)."""
        hand = Hand.signed_in(gate("a"), gate("b", enter="do")).scan(BREAD.barcode).no_reply(reason)
        assert settled(hand) == {"b enter 0": "compensated"}
        assert "b settles b enter 0" in messages(hand)
        assert (hand.problem, hand.lines) == ("no", [])

    def test_no_reply_to_a_look_needs_nothing(self) -> None:
        """Given a gate that only looked, when nothing answers, then there is nothing to put right."""
        hand = Hand.signed_in(gate("b", enter="look")).scan(BREAD.barcode).no_reply()
        assert settled(hand) == {}
        assert messages(hand) == []
        assert hand.problem == "no"

    def test_patient_gate_goes_on_without_a_reply(self) -> None:
        """Given a gate that goes on without a reply, when a later gate refuses, then it is left, not put right."""
        patient = ScriptedGate("a", {Phase.ENTER: ("do",)}, patient=True)
        hand = Hand.signed_in(patient, gate("b", enter="refuse")).scan(BREAD.barcode).no_reply()
        assert settled(hand) == {"a enter 0": "refused"}
        assert messages(hand) == ["a enter", "a leave"]

    def test_only_the_unanswered_request_is_put_right(self) -> None:
        """Given two requests of one gate, when only the second has no reply, then only that one is put right."""
        hand = Hand.signed_in(gate(enter="do do")).scan(BREAD.barcode).reply().no_reply()
        assert settled(hand) == {"gate enter 0": "refused", "gate enter 1": "compensated"}

    def test_no_reply_before_a_storno_is_put_right(self) -> None:
        """Given a gate that acts before a storno, when nothing answers, then the line stays, all is put right."""
        hand = Hand.signed_in(gate(release="do")).scan(BREAD.barcode).press("delete").no_reply()
        assert settled(hand) == {"gate release 0": "compensated"}
        assert (hand.problem, hand.lines) == ("no", [("Хлеб", 1000, False)])

    def test_refused_before_a_storno(self) -> None:
        """Given a gate that acts before a storno, when the outside refuses, then the line stays."""
        hand = Hand.signed_in(gate(release="do")).scan(BREAD.barcode).press("delete").reply("no")
        assert settled(hand) == {"gate release 0": "refused"}
        assert hand.lines == [("Хлеб", 1000, False)]

    def test_lost_race_takes_the_line_out(self) -> None:
        """Given a gate that reserves after the commit, when it lost the race, then the line goes, it is left once."""
        gates = three(added="do")
        hand = Hand.signed_in(*gates).scan(BREAD.barcode)
        assert hand.lines == [("Хлеб", 1000, False)]
        told(*gates)
        hand.reply("no")
        assert told(*gates) == ["b added refuse", "c leave pass", "b leave pass", "a leave pass"]
        assert settled(hand) == {"b added 0": "refused"}
        assert hand.lines == [("Хлеб", 1000, True)]

    def test_no_reply_after_the_commit_is_left_not_put_right(self) -> None:
        """Given a gate that reserves after the commit, when nothing answers, then leaving it is what puts it right."""
        gates = three(added="do")
        hand = Hand.signed_in(*gates).scan(BREAD.barcode).no_reply()
        assert gates[1].settled == []
        assert settled(hand) == {"b added 0": "refused"}

    def test_leaving_waits_and_goes_on_without_a_reply(self) -> None:
        """Given a gate that tells the outside of a storno, when nothing answers, then the storno stands."""
        hand = Hand.signed_in(gate("a"), gate("b", leave="do")).scan(BREAD.barcode).press("delete")
        assert hand.lines == [("Хлеб", 1000, True)]
        assert state_name(hand.till.mode) == "LeaveWaiting"
        hand.no_reply()
        assert hand.till.mode == m.Selling()
        assert settled(hand) == {"b leave 0": "done"}


class TestEscapeWhileWaiting:
    def test_intent_is_put_right_at_once(self) -> None:
        """Given a gate that waits, when Esc is pressed, then its intent is put right and the gates before are left."""
        gates = three(enter="do")
        hand = Hand.signed_in(*gates).scan(BREAD.barcode)
        told(*gates)
        hand.press("escape")
        assert settled(hand) == {"b enter 0": "compensated"}
        assert messages(hand) == ["b settles b enter 0", "a enter", "a leave"]
        assert told(*gates) == ["a leave pass"]
        assert hand.lines == []

    def test_late_answer_changes_nothing(self) -> None:
        """Given a wait that was given up, when its answer comes after all, then nothing happens."""
        hand = Hand.signed_in(gate(enter="do")).scan(BREAD.barcode)
        token = hand.token
        hand.press("escape").give(Answered(token, Reply("yes")))
        assert (hand.wrote, hand.lines, hand.till.mode) == ([], [], m.Selling())

    def test_late_answer_is_not_taken_for_another(self) -> None:
        """Given a second line before the gate, when the answer to the first comes, then the second still waits."""
        hand = Hand.signed_in(gate(enter="do")).scan(BREAD.barcode)
        token = hand.token
        hand.press("escape").scan(MILK.barcode)
        waiting = hand.till.mode
        assert hand.give(Answered(token, Reply("yes"))).till.mode == waiting
        assert hand.wrote == []

    def test_look_is_just_left(self) -> None:
        """Given a gate that looks, when Esc is pressed, then nothing is written."""
        hand = Hand.signed_in(gate(enter="look")).scan(BREAD.barcode).press("escape")
        assert (hand.wrote, hand.till.mode) == ([], m.Selling())

    def test_what_the_same_gate_did_before_is_put_right_too(self) -> None:
        """Given a gate that acted and then asks or waits, when Esc is pressed, then all it did is put right."""
        for moves, bodies in (("do choose", {"gate enter 0"}), ("do do", {"gate enter 0", "gate enter 1"})):
            hand = Hand.signed_in(gate(enter=moves)).scan(BREAD.barcode).reply().press("escape")
            assert settled(hand) == dict.fromkeys(bodies, "compensated")

    def test_what_a_gate_before_did_is_left_to_its_leaving(self) -> None:
        """Given a gate before that acted, when the next is given up, then the first is left and its intent closed."""
        first = gate("a", enter="do")
        hand = Hand.signed_in(first, gate("b", enter="choose")).scan(BREAD.barcode).reply().press("escape")
        assert settled(hand) == {"a enter 0": "done"}
        assert messages(hand) == ["a enter", "a leave"]
        assert first.settled == []

    def test_release_is_put_right(self) -> None:
        """Given a gate that acted before a storno, when Esc is pressed, then that is put right, the line stays."""
        for moves in ("do", "do scan"):
            hand = Hand.signed_in(gate(release=moves)).scan(BREAD.barcode).press("delete")
            if moves == "do scan":
                hand.reply()
            hand.press("escape")
            assert settled(hand) == {"gate release 0": "compensated"}
            assert "gate settles gate release 0" in messages(hand)
            assert (hand.till.mode, hand.lines) == (m.Selling(), [("Хлеб", 1000, False)])

    @pytest.mark.parametrize("phase", ["added", "leave"])
    def test_what_is_in_or_on_its_way_out_cannot_be_given_up(self, phase: str) -> None:
        """Given a line that is committed or storno'd, when Esc is pressed while a gate waits, then it waits on."""
        hand = Hand.signed_in(gate(**{phase: "do"})).scan(BREAD.barcode)
        if phase == "leave":
            hand.press("delete")
        before = hand.till.mode
        hand.press("escape")
        assert (hand.till.mode, hand.notice) == (before, "cannot_give_up")
        assert hand.effects == (Signal(accepted=False),)

    def test_new_quantity_cannot_be_given_up_while_waiting(self) -> None:
        """Given a line whose old hold may be gone already, when Esc is pressed, then the till goes on waiting (S6)."""
        hand = Hand.signed_in(gate(enter="do")).scan(BREAD.barcode).reply().press("f6", "3", "enter")
        before = hand.till.mode
        hand.press("escape")
        assert (hand.till.mode, hand.notice) == (before, "cannot_give_up")

    def test_other_keys_wait(self) -> None:
        """Given a gate that waits, when keys are pressed, then there is a tone and it goes on waiting."""
        hand = Hand.signed_in(gate(enter="do")).scan(BREAD.barcode)
        before = hand.till.mode
        for key in ("enter", "1", "up", "f10"):
            hand.press(key)
            assert (hand.till.mode, hand.effects) == (before, (Signal(accepted=False),))

    def test_scan_while_waiting_is_refused(self) -> None:
        """Given a gate that waits, when a scan gets through all the same, then it is refused aloud."""
        assert Hand.signed_in(gate(enter="do")).scan(BREAD.barcode).scan(MILK.barcode).notice == "scan_in_dialog"


class TestAfterACrash:
    def test_open_intents_are_put_right_at_start(self) -> None:
        """Given a crash between request and line, when the till starts, then the intent is put right."""
        hand = Hand.signed_in(gate("a", enter="do"), gate("b", enter="choose")).scan(BREAD.barcode).reply()
        again = hand.restarted()
        (intent,) = again.till.ledger.intents
        again.give(IntentFound(intent))
        assert again.wrote == ["IntentSettled", "MessageQueued"]
        assert again.till.ledger.intents == ()
        assert again.sign_in().receipt.lines == ()

    def test_number_goes_on_in_the_opened_receipt(self) -> None:
        """Given a receipt opened for a line that never came, when goods are scanned, then it is this receipt."""
        hand = Hand.signed_in(gate(enter="do")).scan(BREAD.barcode)
        again = hand.restarted().sign_in().scan(BREAD.barcode).reply()
        assert again.receipt.identifier == hand.receipt.identifier
        assert again.lines == [("Хлеб", 1000, False)]

    def test_single_goods_have_quantity_one(self) -> None:
        """Given a line a gate made single, when its quantity is to be changed, then the popup of marked goods comes."""
        hand = Hand.signed_in(rules=Rules()).scan(BREAD.barcode)
        receipt = hand.receipt.with_line(replace(hand.line, single=True))
        hand.till = replace(hand.till, ledger=replace(hand.till.ledger, receipt=receipt))
        assert hand.press("f6").problem == "quantity_of_marked"
