"""The passage of a line through gates that pass, refuse, ask, or lose it."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import Signal
from cashier.core.gate import Added, Asked, Enter, Leave
from cashier.core.passage import Phase, Questioned
from tests.core.gates import ScriptedGate, gate, memories, three, told
from tests.core.goods import BREAD, MILK
from tests.core.hand import Hand
from tests.core.sample_hands import SAMPLES
from tests.core.samples import state_name


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

    def test_gates_see_the_receipt_as_it_stands(self) -> None:
        """Given a gate, when it is asked, then it sees the candidate before it is in, and the line once it is."""
        seen: list[tuple[str, int, str]] = []

        class Seeing(ScriptedGate):
            def enter(self, asked: Asked, /) -> Enter:
                seen.append(("enter", len(asked.receipt.lines), asked.receipt.identifier))
                return super().enter(asked)

            def added(self, asked: Asked, /) -> Added:
                seen.append(("added", len(asked.receipt.lines), asked.receipt.identifier))
                return super().added(asked)

        hand = Hand.signed_in(Seeing()).scan(BREAD.barcode)
        identifier = hand.receipt.identifier
        assert set(seen) == {("enter", 0, identifier), ("added", 1, identifier)}

    def test_messages_are_committed_with_the_line(self) -> None:
        """Given gates with messages, when a line enters, then they are in the record of the line, in order."""
        hand = Hand.signed_in(*three()).scan(BREAD.barcode)
        assert hand.messages == ["a enter", "b enter", "c enter", "a added", "b added", "c added"]
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
        assert hand.wrote[:3] == ["LineStornoed", "LineLeft", "IntentSettled"]
        assert hand.till.ledger.leaving == ()
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
