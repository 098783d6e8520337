"""Gates that act outside: what is asked hangs, crashes, answers late, is given up, or is cut off by a crash."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import RunGate, Signal
from cashier.core.events import Answered, IntentFound, Reply
from cashier.core.passage import Phase, Waiting
from cashier.core.state import Rules
from tests.core.gates import ScriptedGate, gate, three, told
from tests.core.goods import BREAD, MILK
from tests.core.hand import Hand
from tests.core.samples import state_name


class TestActing:
    def test_durable_intent_is_committed_with_the_receipt_first(self) -> None:
        """Given a gate that acts, when the first line comes, then receipt and intent are durable before it is asked."""
        hand = Hand.signed_in(gate(enter="do")).scan(BREAD.barcode)
        assert hand.wrote == ["ShiftOpened", "ReceiptOpened", "IntentMade"]
        (request,) = (effect for effect in hand.effects if isinstance(effect, RunGate))
        made = hand.facts[-1]
        assert made == f.IntentMade(request.token, "gate", hand.receipt.identifier, "gate enter 0", 1)
        assert (request.gate, request.body, request.deadline) == ("gate", "gate enter 0", 5.0)
        assert hand.lines == []
        hand.reply()
        assert hand.wrote[:2] == ["LineAdded", "IntentSettled"]
        assert hand.settled == {"gate enter 0": "done"}
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
        assert hand.settled == {}

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
        assert hand.settled == {"gate enter 0": "done", "gate enter 1": "done"}

    def test_refused_by_the_outside(self) -> None:
        """Given two gates, when the outside refuses the second, then its intent is refused and the first is left."""
        gates = three(enter="do")
        hand = Hand.signed_in(*gates).scan(BREAD.barcode)
        told(*gates)
        hand.reply("no")
        assert hand.settled == {"b enter 0": "refused"}
        assert told(*gates) == ["b enter refuse", "a leave pass"]
        assert gates[1].settled == []
        assert hand.lines == []

    @pytest.mark.parametrize("reason", ["late", "failed"])
    def test_no_reply_is_put_right(self, reason: str) -> None:
        """Given a gate that hangs or crashes, when it refuses for that, then it puts its intent right (S10)."""
        hand = Hand.signed_in(gate("a"), gate("b", enter="do")).scan(BREAD.barcode).no_reply(reason)
        assert hand.settled == {"b enter 0": "compensated"}
        assert "b settles b enter 0" in hand.messages
        assert (hand.problem, hand.lines) == ("no", [])

    def test_no_reply_to_a_look_needs_nothing(self) -> None:
        """Given a gate that only looked, when nothing answers, then there is nothing to put right."""
        hand = Hand.signed_in(gate("b", enter="look")).scan(BREAD.barcode).no_reply()
        assert hand.settled == {}
        assert hand.messages == []
        assert hand.problem == "no"

    def test_patient_gate_goes_on_without_a_reply(self) -> None:
        """Given a gate that goes on without a reply, when a later gate refuses, then it is left, not put right."""
        patient = ScriptedGate("a", {Phase.ENTER: ("do",)}, patient=True)
        hand = Hand.signed_in(patient, gate("b", enter="refuse")).scan(BREAD.barcode).no_reply()
        assert hand.settled == {"a enter 0": "refused"}
        assert hand.messages == ["a enter", "a leave"]

    def test_only_the_unanswered_request_is_put_right(self) -> None:
        """Given two requests of one gate, when only the second has no reply, then only that one is put right."""
        hand = Hand.signed_in(gate(enter="do do")).scan(BREAD.barcode).reply().no_reply()
        assert hand.settled == {"gate enter 0": "refused", "gate enter 1": "compensated"}

    def test_no_reply_before_a_storno_is_put_right(self) -> None:
        """Given a gate that acts before a storno, when nothing answers, then the line stays, all is put right."""
        hand = Hand.signed_in(gate(release="do")).scan(BREAD.barcode).press("delete").no_reply()
        assert hand.settled == {"gate release 0": "compensated"}
        assert (hand.problem, hand.lines) == ("no", [("Хлеб", 1000, False)])

    def test_refused_before_a_storno(self) -> None:
        """Given a gate that acts before a storno, when the outside refuses, then the line stays."""
        hand = Hand.signed_in(gate(release="do")).scan(BREAD.barcode).press("delete").reply("no")
        assert hand.settled == {"gate release 0": "refused"}
        assert hand.lines == [("Хлеб", 1000, False)]

    def test_lost_race_takes_the_line_out(self) -> None:
        """Given a gate that reserves after the commit, when it lost the race, then the line goes, it is left once."""
        gates = three(added="do")
        hand = Hand.signed_in(*gates).scan(BREAD.barcode)
        assert hand.lines == [("Хлеб", 1000, False)]
        told(*gates)
        hand.reply("no")
        assert told(*gates) == ["b added refuse", "c leave pass", "b leave pass", "a leave pass"]
        assert hand.settled == {"b added 0": "refused"}
        assert hand.lines == [("Хлеб", 1000, True)]

    def test_no_reply_after_the_commit_is_left_not_put_right(self) -> None:
        """Given a gate that reserves after the commit, when nothing answers, then leaving it is what puts it right."""
        gates = three(added="do")
        hand = Hand.signed_in(*gates).scan(BREAD.barcode).no_reply()
        assert gates[1].settled == []
        assert hand.settled == {"b added 0": "refused"}

    def test_leaving_waits_and_goes_on_without_a_reply(self) -> None:
        """Given a gate that tells the outside of a storno, when nothing answers, then the storno stands."""
        hand = Hand.signed_in(gate("a"), gate("b", leave="do")).scan(BREAD.barcode).press("delete")
        assert hand.lines == [("Хлеб", 1000, True)]
        assert state_name(hand.till.mode) == "LeaveWaiting"
        hand.no_reply()
        assert hand.till.mode == m.Selling()
        assert hand.settled == {"b leave 0": "done"}


class TestEscapeWhileWaiting:
    def test_intent_is_put_right_at_once(self) -> None:
        """Given a gate that waits, when Esc is pressed, then its intent is put right and the gates before are left."""
        gates = three(enter="do")
        hand = Hand.signed_in(*gates).scan(BREAD.barcode)
        told(*gates)
        hand.press("escape")
        assert hand.settled == {"b enter 0": "compensated"}
        assert hand.messages == ["b settles b enter 0", "a enter", "a leave"]
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
            assert hand.settled == dict.fromkeys(bodies, "compensated")

    def test_what_a_gate_before_did_is_left_to_its_leaving(self) -> None:
        """Given a gate before that acted, when the next is given up, then the first is left and its intent closed."""
        first = gate("a", enter="do")
        hand = Hand.signed_in(first, gate("b", enter="choose")).scan(BREAD.barcode).reply().press("escape")
        assert hand.settled == {"a enter 0": "done"}
        assert hand.messages == ["a enter", "a leave"]
        assert first.settled == []

    def test_release_is_put_right(self) -> None:
        """Given a gate that acted before a storno, when Esc is pressed, then that is put right, the line stays."""
        for moves in ("do", "do scan"):
            hand = Hand.signed_in(gate(release=moves)).scan(BREAD.barcode).press("delete")
            if moves == "do scan":
                hand.reply()
            hand.press("escape")
            assert hand.settled == {"gate release 0": "compensated"}
            assert "gate settles gate release 0" in hand.messages
            assert (hand.till.mode, hand.lines) == (m.Selling(), [("Хлеб", 1000, False)])

    def test_line_that_is_in_goes_out_again(self) -> None:
        """Given a line that is in, when Esc is pressed while a gate waits, then it is storno'd and gates are left."""
        gates = three(added="do")
        hand = Hand.signed_in(*gates).scan(BREAD.barcode)
        told(*gates)
        hand.press("escape")
        assert told(*gates) == ["c leave pass", "b leave pass", "a leave pass"]
        assert (hand.till.mode, hand.lines) == (m.Selling(), [("Хлеб", 1000, True)])
        assert hand.settled == {"b added 0": "done"}

    def test_what_is_on_its_way_out_is_not_waited_for(self) -> None:
        """Given a line that is storno'd, when Esc is pressed while a gate waits, then that is as good as no reply."""
        hand = Hand.signed_in(gate(leave="do")).scan(BREAD.barcode).press("delete", "escape")
        assert hand.till.mode == m.Selling()
        assert hand.till.ledger.leaving == () == hand.till.ledger.intents
        assert [line.storno for line in hand.receipt.lines] == [True]

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
