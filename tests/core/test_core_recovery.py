"""After a crash in the middle of a passage: what was left open is put right at the next start, once."""

from cashier.core import modes as m
from cashier.core.events import IntentFound, LeaveFound, NoReply, Reply
from cashier.core.facts import IntentMade
from cashier.core.gate import Settlement
from cashier.core.receipt import Line
from cashier.core.say import say
from tests.core.gates import ScriptedGate, gate, message, three
from tests.core.goods import BREAD, MILK
from tests.core.hand import Hand


class TestLeaving:
    def test_line_that_was_leaving_is_let_go_by_all_gates(self) -> None:
        """Given a storno whose gates wait for the outside, when the power goes, then the start sends what they owe."""
        hand = Hand.signed_in(*three(leave="do")).scan(BREAD.barcode).press("delete")
        assert hand.lines == [("Хлеб", 1000, True)]
        after = hand.restarted()
        assert after.till.ledger.leaving == (1,)
        after.give(LeaveFound(1))
        assert after.messages == ["c cancelled 1", "b cancelled 1", "a cancelled 1"]
        assert not after.till.ledger.leaving

    def test_receipt_given_up_lets_its_leaving_lines_go(self) -> None:
        """Given a storno that a crash cut short, when the whole receipt is given up, then its gates hear of both."""
        hand = Hand.signed_in(*three(leave="do")).scan(BREAD.barcode).scan(MILK.barcode)
        after = hand.press("up", "delete").restarted().sign_in()
        assert list(after.till.ledger.leaving) == [1]
        after.press("f4").approve().press("enter")
        assert after.wrote == ["LineLeft", *["MessageQueued"] * 3, "ReceiptCancelled", *["MessageQueued"] * 3]
        assert after.messages == ["c cancelled 1", "b cancelled 1", "a cancelled 1"] * 2
        assert not after.till.ledger.leaving
        assert after.give(LeaveFound(1)).wrote == []

    def test_storno_that_was_finished_leaves_nothing_open(self) -> None:
        """Given gates that let go at once, when a line is storno'd, then nothing is left for the next start."""
        hand = Hand.signed_in(*three()).scan(BREAD.barcode).press("delete")
        assert hand.restarted().till.ledger.leaving == ()

    def test_till_without_gates_has_nothing_to_leave(self) -> None:
        """Given no gates, when a line is storno'd, then it has gone with that one fact."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("delete")
        assert hand.wrote == ["LineStornoed"]

    def test_line_that_is_not_there_is_passed_over(self) -> None:
        """Given no open receipt, when a leaving line is found, then nothing happens."""
        hand = Hand.signed_in(gate("a")).give(LeaveFound(1))
        assert hand.wrote == []


class Unreserving(ScriptedGate):
    """A gate that finds at the start that nothing holds the line any more."""

    def settle(self, intent: IntentMade, line: Line | None, _answer: Reply | NoReply | None, /) -> Settlement:
        """Take the line out if it stands."""
        return Settlement((message(f"{self.name} settles {intent.body}"),), withdraw=line is not None)


class TestWithdrawing:
    def intent(self, hand: Hand, position: int) -> IntentMade:
        """Return an intent about a line of the open receipt."""
        return IntentMade("t", "b", hand.receipt.identifier, "reserve", position)

    def test_line_without_a_reserve_does_not_stay(self) -> None:
        """Given a crash between cancel and reserve, when the gate gives the line up, then it goes, and loudly (S6)."""
        hand = Hand.signed_in(gate("a"), Unreserving("b")).scan(BREAD.barcode).scan(MILK.barcode)
        hand.give(IntentFound(self.intent(hand, 1)))
        assert [storno for _, _, storno in hand.lines] == [True, False]
        assert hand.till.ledger.leaving == ()
        assert hand.problem == "line_withdrawn"
        assert hand.messages[-2:] == ["b settles reserve", "a cancelled 1"]
        assert (hand.press("enter").till.mode, hand.till.withdrawn, hand.till.warning) == (m.Selling(), (), None)

    def test_both_lines_are_told_at_the_next_sign_in(self) -> None:
        """Given two lines gone while nobody was there, when a cashier signs in, then each is an error, told once."""
        hand = Hand.signed_in(gate("a"), Unreserving("b")).scan(BREAD.barcode).scan(MILK.barcode).restarted()
        hand.give(IntentFound(self.intent(hand, 1))).give(IntentFound(self.intent(hand, 2)))
        assert (hand.till.mode, len(hand.till.withdrawn)) == (m.EnteringCode(), 2)
        hand.sign_in()
        for product in (BREAD, MILK):
            assert hand.till.mode == m.Popup(
                say("line_withdrawn", name=product.name), say("line_withdrawn_advice"), m.Selling()
            )
            hand.press("enter")
        assert (hand.till.mode, hand.till.withdrawn) == (m.Selling(), ())
        assert hand.press("f10", "9").sign_in().till.mode == m.Selling()

    def test_what_stands_is_ended_first(self) -> None:
        """Given a search open, when a line goes, then that is told when the cashier is back at the sale."""
        hand = Hand.signed_in(gate("a"), Unreserving("b")).scan(BREAD.barcode).press("f5")
        hand.give(IntentFound(self.intent(hand, 1)))
        assert isinstance(hand.till.mode, m.Searching)
        assert hand.press("escape").problem == "line_withdrawn"

    def test_enter_of_a_code_has_not_read_it(self) -> None:
        """Given a code half typed, when a line goes just then, then its Enter closes nothing; the code is not lost."""
        hand = Hand.signed_in(gate("a"), Unreserving("b")).scan(BREAD.barcode).write("2")
        hand.give(IntentFound(self.intent(hand, 1))).press("enter")
        assert (hand.problem, hand.notice) == ("line_withdrawn", "read_first")
        assert hand.press("enter").till.mode == m.Selling("2")

    def test_intent_of_a_line_that_never_stood_takes_nothing_out(self) -> None:
        """Given an intent of a line that was never added, when it is settled, then no line goes."""
        hand = Hand.signed_in(gate("a"), Unreserving("b")).scan(BREAD.barcode)
        hand.give(IntentFound(self.intent(hand, 2)))
        assert [storno for _, _, storno in hand.lines] == [False]


class TestReleasing:
    def test_messages_of_a_release_are_dropped_when_the_line_stays(self) -> None:
        """Given a gate that lets a line go and a later one that does not, then nobody is told that it went."""
        hand = Hand.signed_in(gate("a"), gate("b", release="refuse")).scan(BREAD.barcode)
        hand.press("delete")
        assert hand.lines == [("Хлеб", 1000, False)]
        assert hand.messages == []
