"""Papers of closed receipts: printed, failed, owed to the buyer, printed again, or seen by a person."""

from typing import Literal

import pytest

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import Log, Print, Signal
from cashier.core.events import Printed
from cashier.core.money import Kopecks
from cashier.core.receipt import Receipt
from cashier.core.say import Say, say
from cashier.core.state import Farewell
from cashier.core.view import view
from tests.core.goods import BREAD, IVANOVA, MILK
from tests.core.hand import Hand


def sold() -> Hand:
    """Sell a loaf and close the receipt."""
    return Hand.signed_in().scan(BREAD.barcode).press("plus", "enter")


def paper_of(hand: Hand) -> Print:
    """Return what was sent to the printer last."""
    return next(effect for effect in reversed(hand.effects) if isinstance(effect, Print))


def failed(hand: Hand, trouble: str = "off", fiscal: int = 0) -> Hand:
    """Let the paper fail that was sent last."""
    return hand.give(Printed(paper_of(hand).token, "failed", trouble, fiscal))


def owed(hand: Hand) -> list[int]:
    """Return the numbers of receipts whose papers are owed."""
    return [paper.document.number for paper in hand.till.ledger.owed]


def seen(hand: Hand) -> Say | None:
    """Return the quiet line as the screen has it."""
    return view(hand.till).notice


class TestFirstTry:
    def test_printed_paper_is_written_down_and_shown_in_training(self) -> None:
        """Given a receipt at the printer, when it is printed, then its outcome is written and the paper stands by."""
        hand = sold()
        token = paper_of(hand).token
        hand.give(Printed(token, "printed", paper="ЧЕК 1"))
        assert hand.facts[-1] == f.PrintEnded(token, "printed")
        assert hand.till.farewell == Farewell(1, BREAD.price, Kopecks(0), token, "ЧЕК 1")
        assert hand.till.ledger.prints == ()
        assert [type(effect).__name__ for effect in hand.effects] == ["Record"]

    def test_paper_that_comes_late_brings_nothing_back(self) -> None:
        """Given the next receipt begun, when the paper of the last is printed, then no farewell comes back."""
        hand = sold()
        token = paper_of(hand).token
        hand.scan(MILK.barcode).give(Printed(token, "printed", paper="ЧЕК 1"))
        assert hand.till.farewell is None
        assert hand.wrote == ["PrintEnded"]

    @pytest.mark.parametrize(
        ("outcome", "trouble", "notice"),
        [
            ("failed", "broken", "print_failed"),
            ("failed", "off", "print_off"),
            ("failed", "out_of_paper", "print_no_paper"),
            ("unknown", "no_answer", "print_unknown"),
        ],
    )
    def test_trouble_is_said(self, outcome: Literal["failed", "unknown"], trouble: str, notice: str) -> None:
        """Given a receipt at the printer, when it fails or nobody knows, then tone, word and log say what to do."""
        hand = sold()
        token = paper_of(hand).token
        hand.give(Printed(token, outcome, trouble))
        assert hand.till.warning == say(notice, number=1)
        assert hand.effects[1:] == (Signal(accepted=False), Log(f"print {outcome}: {trouble}"))
        assert hand.till.farewell is not None
        assert hand.facts[-1] == f.PrintEnded(token, outcome, trouble)

    def test_paper_of_another_receipt_is_not_shown(self) -> None:
        """Given two receipts paid in a row, when the first one's paper comes, then it is not shown."""
        hand = sold()
        first = paper_of(hand).token
        hand.scan(MILK.barcode).press("plus", "enter").give(Printed(first, "printed", paper="ЧЕК 1"))
        assert hand.till.farewell is not None
        assert (hand.till.farewell.number, hand.till.farewell.paper) == (2, "")

    def test_paper_nobody_sent_is_not_taken(self) -> None:
        """Given a receipt at the printer, when an outcome of another paper comes, then nothing is written."""
        hand = sold().give(Printed("another", "failed"))
        assert (hand.wrote, hand.effects, hand.notice) == ([], (), "")
        assert len(hand.till.ledger.prints) == 1


class TestOwed:
    def test_paper_is_owed_until_it_is_printed(self) -> None:
        """Given a closed receipt, then its paper is under way; when it fails, it is owed; printed, it is not."""
        hand = sold()
        assert (owed(hand), len(hand.till.ledger.papers)) == ([], 1)
        assert owed(failed(hand)) == [1]
        hand.press("f10", "2", "1").give(Printed(paper_of(hand).token, "printed"))
        assert (owed(hand), hand.till.ledger.papers) == ([], ())

    @pytest.mark.parametrize("outcome", ["failed", "unknown"])
    def test_screen_says_so_until_it_is_put_right(self, outcome: Literal["failed", "unknown"]) -> None:
        """Given a paper that did not come out, when goods are sold and the till starts anew, then it says so."""
        hand = sold()
        hand.give(Printed(paper_of(hand).token, outcome, "broken")).press("1", "escape").scan(MILK.barcode)
        assert seen(hand) == hand.till.warning == say(f"print_{outcome}", number=1)
        assert seen(hand.restarted().sign_in()) == say("paper_owed", number=1, count=1)

    def test_word_of_the_moment_stands_before_it(self) -> None:
        """Given an owed paper, when something is refused, then its reason is read first, and then the paper again."""
        hand = failed(sold()).press("plus")
        assert seen(hand) == say("receipt_empty")
        assert seen(hand.press("1")) == say("print_off", number=1)

    def test_warning_goes_with_the_last_of_them(self) -> None:
        """Given two owed papers, when one is printed, then the till still warns; when the other is, no more."""
        hand = failed(sold())
        failed(hand.scan(MILK.barcode).press("plus", "enter"), "out_of_paper")
        assert (owed(hand), hand.till.warning) == ([1, 2], say("print_no_paper", number=2))
        hand.press("f10", "2", "enter").give(Printed(paper_of(hand).token, "printed"))
        assert (owed(hand), hand.till.warning) == ([2], say("print_no_paper", number=2))
        hand.press("f10", "2", "enter").give(Printed(paper_of(hand).token, "printed"))
        assert (owed(hand), hand.till.warning, seen(hand)) == ([], None, None)

    @pytest.mark.parametrize("row", ["1", "2"])
    def test_warning_never_names_a_paper_that_is_there(self, row: str) -> None:
        """Given two owed papers, when the later one is put right first, then the earlier one is warned of."""
        hand = failed(sold())
        failed(hand.scan(MILK.barcode).press("plus", "enter")).press("f10", "1", row)
        _ = hand if row == "2" else hand.give(Printed(paper_of(hand).token, "printed"))
        assert (owed(hand), seen(hand)) == ([1], say("paper_owed", number=1, count=1))

    def test_paper_of_the_next_receipt_leaves_the_warning(self) -> None:
        """Given an owed paper, when the next receipt and its copy are printed, then its own words still stand."""
        hand = failed(sold()).scan(MILK.barcode).press("plus", "enter")
        hand.give(Printed(paper_of(hand).token, "printed")).press("f10", "1")
        hand.give(Printed(paper_of(hand).token, "printed"))
        assert (owed(hand), hand.till.warning) == ([1], say("print_off", number=1))

    def test_after_a_start_the_oldest_is_named(self) -> None:
        """Given two owed papers, when the till is started anew, then the oldest is named, and how many there are."""
        hand = failed(sold())
        failed(hand.scan(MILK.barcode).press("plus", "enter"))
        assert seen(hand.restarted().sign_in()) == say("paper_owed", number=1, count=2)

    def test_nothing_is_owed(self) -> None:
        """Given papers that came out, or that are at the printer, when one is to be printed, then a word says so."""
        for hand in (Hand.signed_in(), sold()):
            hand.press("f10", "2")
            assert (hand.till.mode, hand.notice, hand.wrote) == (m.Selling(), "no_paper_owed", [])
            assert hand.effects == (Signal(accepted=False),)

    def test_copy_that_fails_is_not_owed(self) -> None:
        """Given a printed receipt, when its copy fails, then it is said, and nothing is owed to the buyer."""
        hand = sold()
        hand.give(Printed(paper_of(hand).token, "printed"))
        failed(hand.press("f10", "1"))
        assert (owed(hand), hand.till.warning) == ([], say("copy_failed"))


class TestOwing:
    def test_oldest_paper_is_offered(self) -> None:
        """Given two owed papers, when the menu's row is taken, then the older one's number stands in the question."""
        hand = failed(sold())
        first = paper_of(sold()).document.number
        failed(hand.scan(MILK.barcode).press("plus", "enter")).press("f10", "2")
        assert isinstance(hand.till.mode, m.Owing)
        paper = hand.till.ledger.paper(hand.till.mode.document)
        assert paper is not None
        assert (paper.document.number, hand.till.mode.chosen) == (first, 0)
        assert hand.wrote == []

    @pytest.mark.parametrize("keys", [("enter",), ("1",), ("down", "up", "enter")])
    def test_again(self, keys: tuple[str, ...]) -> None:
        """Given an owed paper, when it is printed again, then as the original, with no drawer, under a new token."""
        hand = failed(sold())
        before = hand.facts[-1]
        receipt = hand.till.ledger.last
        assert receipt is not None
        hand.press("f10", "2", *keys)
        paper = paper_of(hand)
        assert paper == Print(paper.token, receipt)
        assert receipt.closed
        assert hand.wrote == ["PrintBegun"]
        assert hand.facts[-1] == f.PrintBegun(paper.token, receipt.identifier, copy=False)
        assert isinstance(before, f.PrintEnded)
        assert before.token != paper.token
        assert (hand.till.mode, owed(hand)) == (m.Selling(), [])

    def test_what_is_registered_keeps_its_number(self) -> None:
        """Given a receipt that was registered but not printed, when it is printed again, then with that number."""
        hand = failed(sold(), "out_of_paper", fiscal=12)
        assert isinstance(hand.facts[-1], f.PrintEnded)
        assert hand.facts[-1].fiscal == 12
        again = hand.restarted().sign_in().press("f10", "2", "1")
        assert paper_of(again).fiscal == 12
        failed(again, fiscal=12)
        assert paper_of(again.press("f10", "2", "1")).fiscal == 12

    @pytest.mark.parametrize("keys", [("2",), ("down", "enter"), ("end", "enter")])
    def test_seen(self, keys: tuple[str, ...]) -> None:
        """Given an unknown outcome, when a person has seen the paper, then nothing is printed or owed any more."""
        hand = sold()
        hand.give(Printed(paper_of(hand).token, "unknown", "no_answer")).press("f10", "2", *keys)
        assert hand.till.ledger.last is not None
        assert hand.facts[-1] == f.PaperSeen(hand.till.ledger.last.identifier, IVANOVA)
        assert not [effect for effect in hand.effects if isinstance(effect, Print)]
        assert (hand.till.mode, owed(hand), seen(hand)) == (m.Selling(), [], None)
        assert hand.restarted().till.ledger.papers == ()

    def test_seen_leaves_the_warning_of_another(self) -> None:
        """Given two owed papers, when one has been seen, then the other is still warned of."""
        hand = failed(sold())
        failed(hand.scan(MILK.barcode).press("plus", "enter")).press("f10", "2", "2")
        assert (owed(hand), hand.till.warning) == ([2], say("print_off", number=2))

    def test_escape_decides_nothing(self) -> None:
        """Given the question, when Esc is pressed, then the paper is still owed."""
        hand = failed(sold()).press("f10", "2", "escape")
        assert (hand.till.mode, hand.wrote, owed(hand)) == (m.Selling(), [], [1])

    @pytest.mark.parametrize("key", ["3", "0", "f9", "f10", "a"])
    def test_other_keys_are_refused(self, key: str) -> None:
        """Given the question, when a key has no row, then there is a tone and the question stays."""
        hand = failed(sold()).press("f10", "2", key)
        assert isinstance(hand.till.mode, m.Owing)
        assert hand.effects == (Signal(accepted=False),)

    def test_scan_is_refused(self) -> None:
        """Given the question, when goods are scanned, then they are not sold and a word says why."""
        hand = failed(sold()).press("f10", "2").scan(MILK.barcode)
        assert isinstance(hand.till.mode, m.Owing)
        assert (hand.notice, hand.wrote) == ("scan_in_list", [])


class TestCopy:
    def test_copy_of_the_last_receipt(self) -> None:
        """Given a printed receipt, when its copy is asked for, then it is printed as a copy, without the drawer."""
        hand = sold()
        hand.give(Printed(paper_of(hand).token, "printed")).press("f10", "1")
        paper = paper_of(hand)
        assert isinstance(paper.document, Receipt)
        assert paper == Print(paper.token, paper.document, copy=True)
        assert paper.document == hand.till.ledger.last
        assert hand.facts[-1] == f.PrintBegun(paper.token, paper.document.identifier, copy=True)
        assert hand.till.notice == say("copy_sent", number=1)
        assert hand.till.mode == m.Selling()

    def test_copy_while_the_original_is_at_the_printer(self) -> None:
        """Given a receipt at the printer, when its copy is asked for, then it is printed after it."""
        assert paper_of(sold().press("f10", "1")).copy

    def test_original_that_is_owed_comes_first(self) -> None:
        """Given a receipt whose paper failed, when its copy is asked for, then the original is offered instead."""
        hand = failed(sold()).press("f10", "1")
        assert hand.till.ledger.last is not None
        assert hand.till.mode == m.Owing(hand.till.ledger.last.identifier)
        assert not paper_of(hand.press("enter")).copy

    def test_another_paper_that_is_owed_does_not_stand_in_the_way(self) -> None:
        """Given an older receipt's paper owed and the last one's printed, then the last one's copy is printed."""
        hand = failed(sold()).scan(MILK.barcode).press("plus", "enter")
        hand.give(Printed(paper_of(hand).token, "printed")).press("f10", "1")
        assert (paper_of(hand).copy, paper_of(hand).document.number) == (True, 2)

    def test_copy_of_nothing(self) -> None:
        """Given no closed receipt, when a copy is asked for, then a tone and a word say there is none."""
        hand = Hand.signed_in().press("f10", "1")
        assert (hand.till.mode, hand.notice, hand.wrote) == (m.Selling(), "nothing_to_copy", [])
        assert hand.effects == (Signal(accepted=False),)
