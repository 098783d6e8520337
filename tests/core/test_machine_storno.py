"""Storno of a line and of the whole receipt, where no gate has anything to say."""

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import Signal
from cashier.core.say import Sum, say
from tests.core.gates import gate
from tests.core.goods import BREAD, MILK, PETROV
from tests.core.hand import Hand


class TestLine:
    def test_selected_line_stays_and_counts_for_nothing(self) -> None:
        """Given two lines, when the first is storno'd, then it keeps its place and the total is the other's."""
        hand = Hand.signed_in().scan(BREAD.barcode).scan(MILK.barcode).press("up", "delete")
        assert hand.lines == [("Хлеб", 1000, True), ("Молоко", 1000, False)]
        assert hand.receipt.total == MILK.price
        assert hand.till.cursor == 1
        assert hand.wrote == ["LineStornoed"]

    def test_journal_says_who(self) -> None:
        """Given another cashier in an open receipt, when a line is storno'd, then the fact names that cashier."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("f10", "9").sign_in(PETROV.code).press("delete")
        (fact,) = hand.happened(f.LineStornoed)
        assert fact == f.LineStornoed(hand.receipt.identifier, 1, hand.till.now.isoformat(), PETROV)

    def test_twice_is_refused(self) -> None:
        """Given a storno'd line, when it is storno'd again, then there is a tone and a word."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("delete", "delete")
        assert hand.notice == "line_is_stornoed"
        assert hand.wrote == []
        assert hand.effects == (Signal(accepted=False),)

    def test_position_is_not_used_again(self) -> None:
        """Given the only line storno'd, when goods are scanned, then they have the next position."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("delete").scan(MILK.barcode)
        assert [line.position for line in hand.receipt.lines] == [1, 2]


class TestWholeReceipt:
    """A senior gives it up; who has not the right asks one (see the tests of rights)."""

    def test_question_names_number_and_sum(self) -> None:
        """Given a receipt, when its storno is asked for, then the question names its number and its sum."""
        hand = Hand.signed_in(code=PETROV.code).scan(BREAD.barcode).press("f4")
        question = say("storno_receipt_question", number=1, total=Sum(BREAD.price))
        assert hand.till.mode == m.Confirming(question, m.Purpose.STORNO_RECEIPT)
        assert hand.wrote == []

    def test_enter_is_yes(self) -> None:
        """Given the question, when Enter is pressed, then the receipt is gone and the next has the next number."""
        hand = Hand.signed_in(code=PETROV.code).scan(BREAD.barcode)
        identifier = hand.receipt.identifier
        hand.press("f4", "enter")
        assert hand.facts[-1] == f.ReceiptCancelled(identifier, hand.till.now.isoformat(), PETROV)
        assert hand.till.ledger.receipt is None
        assert hand.till.ledger.last is None
        assert hand.till.notice == say("receipt_cancelled", number=1)
        assert (hand.till.cursor, hand.till.mode) == (0, m.Selling())
        assert Signal(accepted=True) in hand.effects
        assert hand.scan(BREAD.barcode).receipt.number == 2

    def test_escape_is_no(self) -> None:
        """Given the question, when Esc is pressed, then the receipt stays."""
        hand = Hand.signed_in(code=PETROV.code).scan(BREAD.barcode).press("f4", "escape")
        assert hand.lines == [("Хлеб", 1000, False)]
        assert hand.till.mode == m.Selling()

    def test_other_keys_are_neither(self) -> None:
        """Given the question, when another key is pressed, then the question stays."""
        hand = Hand.signed_in(code=PETROV.code).scan(BREAD.barcode).press("f4", "1", "f4")
        assert isinstance(hand.till.mode, m.Confirming)
        assert hand.effects == (Signal(accepted=False),)

    def test_receipt_of_stornoed_lines_can_be_given_up(self) -> None:
        """Given a receipt where all is storno'd, when the whole is storno'd, then it is gone."""
        hand = Hand.signed_in(code=PETROV.code).scan(BREAD.barcode).press("delete", "f4", "enter")
        assert hand.till.ledger.receipt is None

    def test_no_receipt_has_none(self) -> None:
        """Given no receipt, when its storno is asked for, then there is a tone and a word."""
        hand = Hand.signed_in(code=PETROV.code).press("f4")
        assert (hand.till.mode, hand.notice) == (m.Selling(), "no_receipt")

    def test_yes_to_a_receipt_that_is_gone_changes_nothing(self) -> None:
        """Given the question without its receipt, when Enter is pressed, then nothing is written."""
        hand = Hand.signed_in(code=PETROV.code)
        hand.till = replace(hand.till, mode=m.Confirming(say("?"), m.Purpose.STORNO_RECEIPT))
        hand.press("enter")
        assert (hand.till.mode, hand.wrote, hand.effects) == (m.Selling(), [], ())

    def test_gates_hear_of_it_in_reverse(self) -> None:
        """Given two gates, when the receipt is given up, then their messages are in its record, last gate first."""
        hand = Hand.signed_in(gate("first"), gate("second"), code=PETROV.code).scan(BREAD.barcode).press("f4", "enter")
        assert hand.wrote == ["ReceiptCancelled", "MessageQueued", "MessageQueued"]
        bodies = [fact.body for fact in hand.facts[-2:] if isinstance(fact, f.MessageQueued)]
        assert bodies == ["second cancelled 1", "first cancelled 1"]
