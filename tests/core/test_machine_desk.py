"""The cash menu, and the news that come whatever stands on the screen."""

from typing import Literal

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import Effect, Log, OpenDrawer, Print, Quit, Signal
from cashier.core.events import DeviceChanged, IntentFound, Printed, ScanBroken, StoreChanged
from cashier.core.facts import IntentMade
from cashier.core.money import Kopecks
from cashier.core.say import say
from cashier.core.state import Device, Farewell
from tests.core.gates import gate
from tests.core.goods import BREAD, IVANOVA, MILK
from tests.core.hand import Hand


def sold() -> Hand:
    """Sell a loaf and close the receipt."""
    return Hand.signed_in().scan(BREAD.barcode).press("plus", "enter")


def paper_of(hand: Hand) -> Print:
    """Return what was sent to the printer last."""
    return next(effect for effect in reversed(hand.effects) if isinstance(effect, Print))


class TestMenu:
    def test_copy_of_the_last_receipt(self) -> None:
        """Given a closed receipt, when its copy is asked for, then it is printed as a copy, without the drawer."""
        hand = sold().press("f10", "1")
        paper = paper_of(hand)
        assert paper == Print(paper.token, paper.receipt, copy=True)
        assert paper.receipt == hand.till.ledger.last
        assert hand.facts[-1] == f.PrintBegun(paper.token, paper.receipt.identifier, copy=True)
        assert hand.till.notice == say("copy_sent", number=1)
        assert hand.till.mode == m.Selling()

    def test_copy_of_nothing(self) -> None:
        """Given no closed receipt, when a copy is asked for, then a tone and a word say there is none."""
        hand = Hand.signed_in().press("f10", "1")
        assert (hand.till.mode, hand.notice, hand.wrote) == (m.Selling(), "nothing_to_copy", [])
        assert hand.effects == (Signal(accepted=False),)

    def test_drawer(self) -> None:
        """Given the menu, when the drawer's row is taken by arrow and Enter, then it opens without a paper."""
        hand = Hand.signed_in().press("f10", "down", "enter")
        assert hand.effects == (OpenDrawer(),)
        assert hand.till.mode == m.Selling()

    def test_end_asks_first(self) -> None:
        """Given the menu, when the end is chosen and confirmed, then the cashier is signed out and the program ends."""
        hand = Hand.signed_in().press("f10", "4")
        assert hand.till.mode == m.Confirming(say("quit_question"), m.Purpose.QUIT)
        hand.press("enter")
        assert hand.facts[-1] == f.SignedOut(IVANOVA)
        assert hand.effects[-1] == Quit()

    def test_end_can_be_refused(self) -> None:
        """Given the question for the end, when Esc is pressed, then the sale goes on."""
        hand = Hand.signed_in().press("f10", "4", "escape")
        assert hand.till.mode == m.Selling()
        assert Quit() not in hand.effects

    def test_escape_closes(self) -> None:
        """Given the menu, when Esc is pressed, then the sale stands."""
        assert Hand.signed_in().press("f10", "escape").till.mode == m.Selling()

    @pytest.mark.parametrize("key", ["5", "0", "f9", "a"])
    def test_other_keys_are_refused(self, key: str) -> None:
        """Given the menu, when a key has no row, then there is a tone and the menu stays."""
        hand = Hand.signed_in().press("f10", key)
        assert (hand.till.mode, hand.effects) == (m.Menu(), (Signal(accepted=False),))

    def test_receipt_stays_open_beside_it(self) -> None:
        """Given an open receipt, when the drawer is opened, then the receipt and the selection are as they were."""
        hand = Hand.signed_in().scan(BREAD.barcode)
        before = hand.till
        hand.press("f10", "2")
        assert hand.till == replace(before, now=hand.till.now)


class TestPaper:
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
        assert hand.till.warning == say(notice)
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

    def test_trouble_stays_until_a_paper_is_printed(self) -> None:
        """Given a paper that failed, when keys are pressed, then the warning stays; a printed paper ends it."""
        hand = sold()
        hand.give(Printed(paper_of(hand).token, "failed", "no paper")).press("1", "escape")
        assert hand.till.warning is not None
        hand.press("f10", "1")
        assert hand.give(Printed(paper_of(hand).token, "printed")).till.warning is None

    def test_paper_nobody_sent_is_not_taken(self) -> None:
        """Given a receipt at the printer, when an outcome of another paper comes, then nothing is written."""
        hand = sold().give(Printed("another", "failed"))
        assert (hand.wrote, hand.effects, hand.notice) == ([], (), "")
        assert len(hand.till.ledger.prints) == 1


class TestNews:
    def test_device_is_known_once(self) -> None:
        """Given two scanners, when one goes and comes back, then each is known once, in its latest state."""
        hand = Hand.signed_in()
        for event in (
            DeviceChanged("left", "ready"),
            DeviceChanged("right", "ready"),
            DeviceChanged("left", "gone", "unplugged"),
        ):
            hand.give(event)
        assert hand.till.devices == (Device("right", "ready"), Device("left", "gone", "unplugged"))
        assert hand.effects == (Log("device left gone unplugged"),)

    def test_broken_scan_makes_a_tone(self) -> None:
        """Given half a code, when the scanner says so, then its tone, a word and the log tell; the entry stays."""
        hand = Hand.signed_in().write("12").give(ScanBroken("left", 7, "cut off"))
        assert hand.effects == (Signal(accepted=False, device="left"), Log("scan left#7 broken: cut off"))
        assert (hand.till.mode, hand.notice) == (m.Selling("12"), "scan_broken")

    def test_disk_trouble_is_kept_until_it_is_over(self) -> None:
        """Given a full disk, when it is said and taken back, then the till knows, and the log has both."""
        hand = Hand.signed_in().give(StoreChanged("full"))
        assert (hand.till.disk, hand.effects) == ("full", (Log("disk: full"),))
        hand.give(StoreChanged())
        logs: tuple[Effect, ...] = (Log("disk: well again"),)
        assert (hand.till.disk, hand.effects) == ("", logs)

    def test_intent_of_a_crash_is_put_right_by_its_gate(self) -> None:
        """Given an intent without outcome, when it is found at start, then it is settled, its message queued."""
        hand = Hand(gate("other"), gate("stock")).give(IntentFound(IntentMade("t", "stock", "r", "reserve", 1)))
        assert hand.wrote == ["IntentSettled", "MessageQueued"]
        assert hand.facts[0] == f.IntentSettled("t", "compensated")
        assert isinstance(hand.facts[1], f.MessageQueued)
        assert hand.facts[1].body == "stock settles reserve"

    def test_intent_of_a_gate_switched_off_waits(self) -> None:
        """Given an intent whose gate is off now, when it is found at start, then it is logged and stays."""
        hand = Hand(gate("other")).give(IntentFound(IntentMade("t", "stock", "r", "reserve", 1)))
        assert hand.effects == (Log("intent t of gate stock waits: the gate is off"),)
