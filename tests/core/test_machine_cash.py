"""Cash put into the drawer and taken out of it: limits, rights, paper."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import OpenDrawer, Print, Signal
from cashier.core.events import Printed, Scanned, Ticked
from cashier.core.money import Kopecks
from cashier.core.rights import Errand, Right
from cashier.core.say import Sum, say
from cashier.core.shifts import CashMove
from cashier.core.state import Rules
from tests.core.goods import BREAD, IVANOVA, MILK, PETROV
from tests.core.hand import SCANNER, Hand

LIMITED = Rules(shop="3", till="2", drawer_limit=Kopecks(100_000), drawer_warning=Kopecks(50_000))


def cashier(rules: Rules = LIMITED) -> Hand:
    """Sign in a cashier."""
    return Hand.signed_in(rules=rules)


def put_in(amount: str, hand: Hand | None = None) -> Hand:
    """Put cash in."""
    return (hand or cashier()).press("f10", "4").write(amount).press("enter")


def take_out(amount: str, hand: Hand) -> Hand:
    """Take cash out, with a senior's word."""
    hand.press("f10", "5")
    hand = hand.approve() if isinstance(hand.till.mode, m.Approving) else hand
    return hand.write(amount).press("enter")


class TestIn:
    def test_is_a_document_of_the_shift(self) -> None:
        """Given no shift, when cash is put in, then it opens one, has the first number, and a paper is begun."""
        hand = put_in("500.5")
        at = hand.clock.isoformat()
        opened, moved = hand.facts[-3:-1]
        assert hand.wrote == ["ShiftOpened", "CashMoved", "PrintBegun"]
        assert opened == f.ShiftOpened(1, at, IVANOVA, "3", "2")
        assert isinstance(moved, f.CashMoved)
        assert moved.move == CashMove(moved.move.identifier, 1, 1, "in", Kopecks(50050), at, IVANOVA)
        assert (moved.shop, moved.till, hand.till.ledger.drawer) == ("3", "2", 50050)
        assert hand.asked(Print).document == moved.move
        assert hand.effects[1:3] == (OpenDrawer(), Signal(accepted=True))
        assert (hand.till.mode, hand.till.notice) == (m.Selling(), say("cash_in_done", sum=Sum(Kopecks(50050))))

    def test_receipt_after_it_has_the_next_number(self) -> None:
        """Given cash put in, when goods are sold and cash is put in again, then numbers follow each other."""
        hand = put_in("5").scan(BREAD.barcode)
        assert (hand.receipt.number, hand.receipt.shift) == (2, 1)
        hand.press("plus", "enter")
        put_in("5", hand)
        numbers = [fact.move.number for fact in hand.facts if isinstance(fact, f.CashMoved)]
        assert (numbers, hand.till.ledger.next_receipt) == ([1, 3], 4)

    def test_limit_of_the_drawer(self) -> None:
        """Given a drawer that may hold 1000, when a kopeck more is put in, then it is refused; the sum stays typed."""
        hand = put_in("1000.01")
        limit, drawer = Sum(Kopecks(100_000)), Sum(Kopecks(0))
        assert hand.till.notice == say("drawer_holds_no_more", limit=limit, drawer=drawer)
        assert (hand.till.mode, hand.wrote) == (m.MovingCash("in", "1000.01"), [])
        hand.press("escape").write("1000").press("enter")
        assert hand.till.ledger.drawer == 100_000
        assert put_in("0.01", hand).notice == "drawer_holds_no_more"

    def test_limit_counts_what_was_sold(self) -> None:
        """Given cash of a sale, when the limit would be passed with it, then it is refused."""
        hand = cashier().scan(BREAD.barcode).press("plus", "enter")
        assert put_in("954.51", hand).notice == "drawer_holds_no_more"
        assert put_in("954.50", cashier().scan(BREAD.barcode).press("plus", "enter")).till.ledger.drawer == 100_000

    def test_no_limit(self) -> None:
        """Given settings without a limit, when much is put in, then it is taken, up to what a sum may be."""
        assert put_in("9999999999", cashier(Rules())).till.ledger.drawer == 999_999_999_900
        assert put_in("99999999999", cashier(Rules())).notice == "sum_bad"

    @pytest.mark.parametrize("typed", ["", "0", "0.00", ".", "1.234"])
    @pytest.mark.parametrize("row", ["4", "5"])
    def test_no_sum(self, typed: str, row: str) -> None:
        """Given no sum or zero, when Enter is pressed, then a word says so and nothing is moved."""
        hand = Hand.signed_in(code=PETROV.code).press("f10", row).write(typed).press("enter")
        assert (hand.notice, hand.wrote) == ("sum_bad", [])
        assert isinstance(hand.till.mode, m.MovingCash)

    def test_letters_and_scans_are_refused(self) -> None:
        """Given the entry, when a letter or a scan comes, then the sum stays and nothing else."""
        hand = cashier().press("f10", "4").write("12").press("я", "asterisk", "f10", "delete")
        assert (hand.till.mode, hand.effects) == (m.MovingCash("in", "12"), (Signal(accepted=False),))
        hand.give(Scanned(SCANNER, 8, BREAD.barcode.encode()))
        assert (hand.till.mode, hand.notice) == (m.MovingCash("in", "12"), "scan_in_dialog")
        assert hand.press("backspace").till.mode == m.MovingCash("in", "1")

    def test_escape_erases_and_then_leaves(self) -> None:
        """Given a sum half typed, when Esc is pressed twice, then it is erased, and the sale stands."""
        hand = cashier().press("f10", "4").write("12").press("escape")
        assert hand.till.mode == m.MovingCash("in")
        assert hand.press("escape").till.mode == m.Selling()
        assert hand.happened(f.CashMoved) == []


class TestOut:
    def test_needs_a_senior(self) -> None:
        """Given a cashier, when cash is to be taken out, then a senior's word is written before it."""
        hand = put_in("500").press("f10", "5")
        assert hand.till.mode == m.Approving(Errand.CASH_OUT, m.Selling())
        hand.approve()
        at = hand.clock.isoformat()
        assert hand.facts[-1] == f.Approved(Right.CASH_OUT.value, PETROV, IVANOVA, at)
        hand.write("200").press("enter")
        moved = hand.facts[-2]
        assert isinstance(moved, f.CashMoved)
        assert (moved.move.direction, moved.move.cashier, hand.till.ledger.drawer) == ("out", IVANOVA, 30000)
        assert hand.till.notice == say("cash_out_done", sum=Sum(Kopecks(20000)))

    def test_more_than_there_is(self) -> None:
        """Given 500 in the drawer, when a kopeck more is taken out, then it is refused; all of it may go."""
        hand = take_out("500.01", put_in("500"))
        assert hand.till.notice == say("drawer_has_less", drawer=Sum(Kopecks(50000)))
        assert (hand.wrote, hand.till.ledger.drawer) == ([], 50000)
        assert take_out("500", put_in("500")).till.ledger.drawer == 0

    def test_empty_drawer(self) -> None:
        """Given nothing in the drawer, when a kopeck is taken out, then it is refused."""
        hand = take_out("0.01", cashier())
        assert (hand.notice, hand.happened(f.ShiftOpened)) == ("drawer_has_less", [])

    def test_change_is_not_there_to_be_taken(self) -> None:
        """Given 100 given for 45.50, when more than 45.50 is taken out, then it is refused."""
        hand = cashier().scan(BREAD.barcode).press("plus").write("100").press("enter")
        assert take_out("45.51", hand).notice == "drawer_has_less"
        assert hand.press("escape").write("45.5").press("enter").till.ledger.drawer == 0

    def test_cards_are_not_in_the_drawer(self) -> None:
        """Given a sale by card, when cash is taken out, then there is none."""
        hand = cashier(Rules()).scan(BREAD.barcode).press("plus", "f2", "2", "enter")
        assert take_out("0.01", hand).notice == "drawer_has_less"

    def test_opens_a_shift_too(self) -> None:
        """Given cash left by the last shift, when some of it is taken out, then that opens a shift of its own."""
        hand = Hand.signed_in(code=PETROV.code)
        put_in("10", hand).press("f10", "7", "enter", "enter")
        take_out("4", hand)
        assert hand.wrote == ["ShiftOpened", "CashMoved", "PrintBegun"]
        assert hand.till.ledger.shift is not None
        assert (hand.till.ledger.shift.number, hand.till.ledger.shift.totals.cash_out) == (2, 400)
        assert hand.till.ledger.drawer == 600

    def test_rights_are_settings(self) -> None:
        """Given settings that keep cash in for seniors, when a cashier wants it, then another user is asked."""
        rights = dict.fromkeys(Right, 2)
        hand = cashier(Rules(rights=rights)).press("f10", "4")
        assert hand.till.mode == m.Approving(Errand.CASH_IN, m.Selling())
        assert hand.approve().till.mode == m.MovingCash("in")


class TestAround:
    def test_open_receipt_goes_on(self) -> None:
        """Given a receipt in work, when cash is moved, then the receipt is as it was, and numbers do not collide."""
        hand = cashier().scan(MILK.barcode)
        put_in("10", hand)
        assert (hand.lines, hand.receipt.number) == ([("Молоко", 1000, False)], 1)
        hand.press("plus", "enter").scan(BREAD.barcode)
        assert hand.receipt.number == 3

    def test_full_drawer_is_said(self) -> None:
        """Given a drawer with a warning at 500, when a sale reaches it, then the cashier is asked for a cash out."""
        hand = put_in("454.50").scan(BREAD.barcode).press("plus", "enter")
        assert hand.till.notice == say("drawer_full", drawer=Sum(Kopecks(50000)))
        below = put_in("454.49").scan(BREAD.barcode).press("plus", "enter")
        assert below.notice == ""

    @pytest.mark.parametrize("outcome", ["failed", "unknown"])
    def test_paper_is_owed(self, outcome: str) -> None:
        """Given cash moved at a printer that is off, when its paper fails, then it is owed, also after a power cut."""
        hand = put_in("10")
        token = hand.asked(Print).token
        hand.give(Printed(token, "failed" if outcome == "failed" else "unknown", "off"))
        (owed,) = hand.till.ledger.owed
        assert isinstance(owed.document, CashMove)
        assert hand.till.warning == say("print_cash_failed", number=1)
        again = hand.restarted().sign_in().press("f10", "2", "1")
        assert again.asked(Print).document == owed.document
        again.give(Printed(again.asked(Print).token, "printed"))
        assert (again.till.ledger.owed, again.till.ledger.drawer, again.happened(f.CashMoved)) == ((), 1000, [])

    def test_lock_forgets_the_sum(self) -> None:
        """Given a sum half typed, when the till locks itself, then nothing is moved and nothing is left of it."""
        hand = cashier().press("f10", "4").write("12").give(Ticked(idle=True))
        assert (hand.till.mode, hand.till.ledger.drawer) == (m.EnteringCode(), 0)
        assert hand.sign_in().till.mode == m.Selling()

    def test_power_cut_keeps_the_drawer(self) -> None:
        """Given cash moved both ways, when the power is cut, then drawer and sums are the same."""
        hand = take_out("3", put_in("10"))
        again = hand.restarted()
        assert (again.till.ledger.drawer, again.till.ledger.shift) == (700, hand.till.ledger.shift)

    def test_nobody_signed_in(self) -> None:
        """Given a state that only a broken program leaves, when cash is moved, then the drawer is right still."""
        hand = cashier()
        ledger = replace(hand.till.ledger, cashier=None)
        hand.till = replace(hand.till, ledger=ledger, mode=m.MovingCash("in", "5"))
        assert hand.press("enter").till.ledger.drawer == 500
