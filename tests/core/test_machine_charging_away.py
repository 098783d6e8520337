"""The terminal answers while something else is on the screen: the sign-in, help, an error."""

from typing import Literal

import pytest
from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.effects import OpenDrawer, Print
from cashier.core.events import ChargeFound, Pressed
from cashier.core.money import Kopecks
from cashier.core.rights import Errand
from cashier.core.say import say
from cashier.core.state import Rules
from cashier.core.tender import TenderKind
from tests.core.bank import SLIP, Counter, sums, waiting
from tests.core.goods import BREAD, PETROV

CARD = TenderKind.CARD


class TestLocked:
    """Nobody stands at the till when the terminal answers."""

    def test_sign_in_leads_back(self) -> None:
        """Given a lock during a charge, when somebody signs in, then the charge is what he sees."""
        hand = waiting().lock()
        assert (hand.till.mode, hand.wrote) == (m.EnteringCode(), ["SignedOut"])
        assert hand.sign_in(PETROV.code).stage == "asking"
        assert hand.till.ledger.charge is not None

    def test_receipt_that_is_paid_is_closed_with_its_paper(self) -> None:
        """Given a locked till, when the terminal approves, then the receipt is closed and printed; nobody is let in."""
        hand = waiting().lock().card()
        assert hand.wrote == ["ChargeEnded", "TenderTaken", "ReceiptClosed", "PrintBegun"]
        assert hand.asked(Print).document == hand.last
        assert (hand.till.mode, hand.till.farewell) == (m.EnteringCode(), None)
        assert hand.last.closed == hand.clock.isoformat()
        assert hand.sign_in().till.mode == m.Selling()
        assert hand.farewell == (1, BREAD.price, Kopecks(0))

    def test_drawer_stays_shut(self) -> None:
        """Given cash in a mixed payment, when a locked till closes the receipt, then the drawer opens for nobody."""
        hand = Counter.paying("20").press("enter", "f2")
        assert OpenDrawer() not in hand.lock().card().effects
        assert hand.last.tendered[TenderKind.CASH] == 2000

    def test_refused_password_is_still_said(self) -> None:
        """Given a wrong password at the sign-in, when the terminal answers, then that it was wrong still stands."""
        hand = waiting("20").lock().write("7").press("enter", "9", "enter")
        assert hand.notice == hand.card().notice == "sign_in_refused"

    def test_part_is_taken(self) -> None:
        """Given a locked till, when a part is approved, then the next one in goes on with the payment."""
        hand = waiting("20").lock().card()
        assert (hand.till.mode, hand.sign_in().till.mode, hand.receipt.rest) == (m.EnteringCode(), m.Paying(), 2550)

    @pytest.mark.parametrize("outcome", ["declined", "absent"])
    def test_declined(self, outcome: Literal["declined", "absent"]) -> None:
        """Given a locked till, when the charge is declined, then the sign-in stays and leads to the payment."""
        hand = waiting().lock().answer(outcome, "нет денег")
        assert (hand.till.mode, hand.till.ledger.charge) == (m.EnteringCode(), None)
        assert hand.sign_in().till.mode == m.Paying()

    @pytest.mark.parametrize("typed", ["code", "password", "checking", "help"])
    @pytest.mark.parametrize("outcome", ["approved", "declined", "unknown", "pending"])
    def test_what_is_typed_at_the_sign_in_stays(
        self, typed: str, outcome: Literal["approved", "declined", "unknown", "pending"]
    ) -> None:
        """Given code or password half typed, when the terminal answers, then not a character of it is lost.

        Were the password's field gone, what follows would be typed in plain sight for a code.
        """
        hand = waiting().lock()
        hand.answers_at_once = False
        hand.write("7").press(*{"help": ("f1",), "code": ()}.get(typed, ("enter",)))
        hand.write("11" if typed in {"password", "checking"} else "")
        hand.press(*(["enter"] if typed == "checking" else []))
        before = hand.till.mode
        assert hand.answer(outcome).till.mode == before

    @pytest.mark.parametrize("typed", ["", "20"])
    @pytest.mark.parametrize("outcome", ["approved", "declined"])
    def test_power_cut_lets_nobody_in(self, typed: str, outcome: Literal["approved", "declined"]) -> None:
        """Given a power cut in a charge, when the answer comes before anybody has signed in, then nobody is in."""
        hand = waiting(typed).cut().card(outcome)
        assert (hand.till.mode, hand.till.farewell) == (m.EnteringCode(), None)
        assert hand.counted == (int(float(typed) * 100) if typed else 4550) * (outcome == "approved")

    def test_drawer_is_nobodys_to_see(self) -> None:
        """Given a drawer that is full, when a receipt is closed behind a lock, then the sign-in tells no sum of it."""
        rules = Rules(terminal=True, drawer_warning=Kopecks(100))
        hand = Counter.paying("20", rules=rules).press("enter", "f2").lock().card()
        assert (hand.till.mode, hand.notice, hand.till.ledger.drawer) == (m.EnteringCode(), "", 2000)
        hand = Counter.paying("20", rules=rules).press("enter", "f2").card()
        assert hand.notice == "drawer_full"


class TestStandingOver:
    """Something stands over the wait when the answer comes."""

    OVER = (
        m.Helping(m.Charging("waiting")),
        m.Inspecting(m.Charging("asking")),
        m.Popup(say("disk_full"), say("disk_error_advice"), m.Charging("silent")),
    )

    @pytest.mark.parametrize("over", OVER, ids=lambda mode: type(mode).__name__)
    def test_approved(self, over: m.Mode) -> None:
        """Given help, status or an error over it, when the answer comes, then the money counts and the sale goes on."""
        hand = waiting()
        hand.till = replace(hand.till, mode=over)
        assert sums(hand.card()) == [(CARD, 4550)]
        assert hand.press("enter", "escape").till.mode == m.Selling()

    @pytest.mark.parametrize("over", OVER, ids=lambda mode: type(mode).__name__)
    def test_declined(self, over: m.Mode) -> None:
        """Given help, status or an error over it, when it is declined, then that is said and the payment goes on."""
        hand = waiting()
        hand.till = replace(hand.till, mode=over)
        assert hand.card("declined").problem == "card_declined"
        assert hand.press("enter").till.mode == m.Paying()

    @pytest.mark.parametrize("over", OVER, ids=lambda mode: type(mode).__name__)
    def test_silent(self, over: m.Mode) -> None:
        """Given help, status or an error over it, when nothing is known, then a person comes to the three rows."""
        hand = waiting()
        hand.till = replace(hand.till, mode=over)
        hand.answer("unknown").answer("unknown")
        hand.till = replace(hand.till, notice=None)
        if not isinstance(hand.till.mode, m.Charging):
            hand.give(Pressed("enter"))
        assert hand.till.mode == m.Charging("silent")


class TestGone:
    """States that only a broken program could leave; each has a way out."""

    def test_wait_without_a_charge(self) -> None:
        """Given a wait for nothing, when a key is pressed or a word is given, then the payment stands."""
        for mode, key in ((m.Charging("waiting"), "escape"), (m.Charging("silent"), "2")):
            hand = Counter.paying()
            hand.till = replace(hand.till, mode=mode)
            assert hand.press(key).till.mode == m.Paying()

    @pytest.mark.parametrize("errand", [Errand.CARD_DONE, Errand.CARD_NOT_DONE])
    def test_word_for_a_charge_that_is_gone(self, errand: Errand) -> None:
        """Given a senior asked about a charge that has ended, when he agrees, then nothing is taken."""
        hand = Counter.paying()
        hand.till = replace(hand.till, mode=m.Approving(errand, m.Charging("silent")))
        assert hand.approve().press("enter").till.mode == m.Paying()
        assert (hand.wrote, hand.receipt.tenders) == ([], ())

    def test_charge_without_its_receipt(self) -> None:
        """Given a charge whose receipt is gone, when it is approved, then it ends, and no receipt is invented."""
        hand = waiting()
        hand.till = replace(hand.till, ledger=replace(hand.till.ledger, receipt=None))
        hand.answer("approved", slip=SLIP)
        assert (hand.wrote, hand.till.ledger.charge, hand.till.ledger.receipt) == (["ChargeEnded"], None, None)
        assert hand.press("enter").till.mode == m.Paying()

    def test_charge_found_that_is_known(self) -> None:
        """Given no charge, when a start says that one was found, then nobody is asked."""
        assert Counter.paying().give(ChargeFound()).effects == ()
