"""The cash menu, and the news that come whatever stands on the screen."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import Effect, Log, OpenDrawer, Quit, Signal
from cashier.core.events import DeviceChanged, IntentFound, ScanBroken, StoreChanged
from cashier.core.facts import IntentMade
from cashier.core.say import say
from cashier.core.state import Device
from tests.core.gates import gate
from tests.core.goods import BREAD, IVANOVA
from tests.core.hand import Hand


class TestMenu:
    def test_drawer(self) -> None:
        """Given the menu, when the drawer's row is taken by arrow and Enter, then it opens without a paper."""
        hand = Hand.signed_in().press("f10", "down", "down", "enter")
        assert hand.effects == (OpenDrawer(),)
        assert hand.till.mode == m.Selling()

    def test_end_asks_first(self) -> None:
        """Given the menu, when the end is chosen and confirmed, then the cashier is signed out and the program ends."""
        hand = Hand.signed_in().press("f10", "end", "enter")
        assert hand.till.mode == m.Confirming(say("quit_question"), m.Purpose.QUIT)
        hand.press("enter")
        assert hand.facts[-1] == f.SignedOut(IVANOVA, at=hand.till.now.isoformat())
        assert hand.effects[-1] == Quit()

    def test_digits_are_those_on_the_rows(self) -> None:
        """The rows stand in one order for ever: hands know it, and two other screens name it."""
        assert m.MENU[:3] == ("menu_copy", "menu_paper", "menu_drawer")
        assert m.MENU[3:5] == ("menu_cash_in", "menu_cash_out")
        assert m.MENU[5:9] == ("menu_x_report", "menu_z_report", "menu_status", "menu_lock")
        assert m.MENU[9:12] == ("menu_discount", "menu_postponed", "menu_order")
        assert m.MENU[12:] == ("menu_return_sale", "menu_return", "menu_users", "menu_quit")
        assert m.PAPER_ROWS == ("paper_again", "paper_seen")
        assert m.UNREGISTERED_ROWS == ("paper_register", "paper_unregistered")
        assert m.CHARGE_ROWS["manual"] == ("charge_not_done", "charge_done")

    def test_end_can_be_refused(self) -> None:
        """Given the question for the end, when Esc is pressed, then the sale goes on."""
        hand = Hand.signed_in().press("f10", "end", "enter", "escape")
        assert hand.till.mode == m.Selling()
        assert Quit() not in hand.effects

    def test_escape_closes(self) -> None:
        """Given the menu, when Esc is pressed, then the sale stands."""
        assert Hand.signed_in().press("f10", "escape").till.mode == m.Selling()

    @pytest.mark.parametrize("key", ["0", "f9", "a", "delete"])
    def test_other_keys_are_refused(self, key: str) -> None:
        """Given the menu, when a key has no row, then there is a tone and the menu stays."""
        hand = Hand.signed_in().press("f10", key)
        assert (hand.till.mode, hand.effects) == (m.Menu(), (Signal(accepted=False),))

    def test_receipt_stays_open_beside_it(self) -> None:
        """Given an open receipt, when the drawer is opened, then the receipt and the selection are as they were."""
        hand = Hand.signed_in().scan(BREAD.barcode)
        before = hand.till
        hand.press("f10", "3")
        assert hand.till == replace(before, now=hand.till.now, uptime=hand.till.uptime)


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
