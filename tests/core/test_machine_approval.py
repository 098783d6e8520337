"""Rights: who may do a thing does it; who may not asks another user for code and password (spec R1)."""

from typing import Literal, NamedTuple

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import OpenDrawer
from cashier.core.events import Ticked
from cashier.core.rights import ADMINISTRATOR, CASHIER, LOWEST_ROLES, NEEDS, SENIOR, Errand, Right
from tests.core.approving import approvals, asking, menu, needing, screen, selling, stage
from tests.core.gates import gate
from tests.core.goods import BREAD, IVANOVA, KUZMIN, PETROV, SIDOROVA
from tests.core.hand import Hand


class Asked(NamedTuple):
    """How an errand is asked for on the sale screen, and how it is seen that it was done."""

    errand: Errand
    keys: tuple[str, ...]
    mode: type[m.Mode]
    wrote: tuple[str, ...] = ()


ASKED = (
    Asked(Errand.STORNO_LINE, ("delete",), m.Selling, ("LineStornoed",)),
    Asked(Errand.STORNO_RECEIPT, ("f4",), m.Confirming),
    Asked(Errand.DISCOUNT, ("/",), m.Discounting),
    Asked(Errand.DISCOUNT, menu("menu_discount"), m.Discounting),
    Asked(Errand.OPEN_DRAWER, menu("menu_drawer"), m.Selling),
    Asked(Errand.CASH_IN, menu("menu_cash_in"), m.MovingCash),
    Asked(Errand.CASH_OUT, menu("menu_cash_out"), m.MovingCash),
    Asked(Errand.X_REPORT, menu("menu_x_report"), m.Reporting, ("PrintBegun",)),
    Asked(Errand.Z_REPORT, menu("menu_z_report"), m.Confirming),
    Asked(Errand.USERS, menu("menu_users"), m.ListingPeople),
)
every_errand = pytest.mark.parametrize("asked", ASKED, ids=lambda asked: f"{asked.errand}-{asked.keys[0]}")


class TestWhoHasTheRight:
    @every_errand
    def test_does_it_at_once(self, asked: Asked) -> None:
        """Given the right, when a thing is asked for, then it is done and nobody is asked."""
        hand = selling(needing(CASHIER)).press(*asked.keys)
        assert isinstance(hand.till.mode, asked.mode)
        assert tuple(hand.wrote) == asked.wrote
        assert approvals(hand) == []

    @pytest.mark.parametrize("right", list(Right))
    def test_defaults_are_those_of_the_documents(self, right: Right) -> None:
        """Given no settings, then storno of a line, a price, the buyer's age, X and cash in are the cashier's.

        Of the others, people are the administrator's, and ours among them, the clock of the till, is the senior's.
        """
        of_cashier = {Right.STORNO_LINE, Right.CHOOSE_PRICE, Right.CASH_IN, Right.OPEN_DRAWER, Right.X_REPORT}
        of_cashier |= {Right.CONFIRM_AGE}
        lowest = CASHIER if right in of_cashier else ADMINISTRATOR if right is Right.USERS else SENIOR
        assert LOWEST_ROLES[right] == lowest

    def test_every_errand_has_a_right(self) -> None:
        """Given an errand, then some right is needed for it."""
        assert set(NEEDS) == set(Errand)

    @pytest.mark.parametrize(("code", "asks"), [(IVANOVA.code, True), (PETROV.code, False), (SIDOROVA.code, False)])
    def test_role_in_hand_decides(self, code: str, asks: bool) -> None:  # noqa: FBT001 - drawn
        """Given the storno of a receipt, then a cashier asks for a senior, a senior and an administrator do it."""
        assert (stage(selling(code=code).press("f4")) == "code") is asks

    def test_administrator_alone_has_the_people(self) -> None:
        """Given the list of people, then even a senior asks for an administrator."""
        assert stage(selling(code=PETROV.code).press(*menu("menu_users"))) == "code"
        assert stage(selling(code=SIDOROVA.code).press(*menu("menu_users"))) == ""

    def test_settings_raise_a_right(self) -> None:
        """Given a storno of a line that needs an administrator, then a senior's word is not enough for it."""
        hand = selling(needing(CASHIER, storno_line=ADMINISTRATOR)).press("delete").approve(PETROV.code)
        assert (hand.notice, stage(hand), approvals(hand)) == ("no_right_either", "code", [])
        hand.approve(SIDOROVA.code)
        assert hand.lines == [("Хлеб", 1000, True), ("Молоко", 1000, False)]

    def test_settings_lower_a_right(self) -> None:
        """Given a storno of the receipt that a cashier may do, then nobody is asked."""
        hand = selling(needing(ADMINISTRATOR, storno_receipt=CASHIER)).press("f4", "enter")
        assert hand.wrote == ["ReceiptCancelled"]

    def test_role_of_the_last_cashier_counts(self) -> None:
        """Given a change of cashier, then it is the role of who is there now, both ways."""
        hand = selling(code=PETROV.code).press("-").sign_in(IVANOVA.code).press("f4")
        assert stage(hand) == "code"
        hand.press("escape", "-").sign_in(PETROV.code).press("f4")
        assert isinstance(hand.till.mode, m.Confirming)

    def test_nobody_has_no_right(self) -> None:
        """Given a sale that nobody is signed in to, then even what every cashier may do asks for somebody."""
        hand = Hand(rules=needing(CASHIER))
        hand.till = replace(hand.till, mode=m.Menu(m.MENU.index("menu_drawer")))
        assert stage(hand.press("enter")) == "code"

    def test_approval_lasts_for_one_errand(self) -> None:
        """Given one thing allowed, when the next is asked for, then somebody is asked again."""
        hand = selling(needing(SENIOR)).press("delete").approve().press("down", "delete")
        assert (stage(hand), len(approvals(hand))) == ("code", 1)


class TestAnotherUsersWord:
    @every_errand
    def test_it_is_done(self, asked: Asked) -> None:
        """Given no right, when a senior gives code and password, then it is done, and the journal says who let it."""
        hand = selling(needing(SENIOR)).press(*asked.keys)
        assert hand.till.mode == m.Approving(asked.errand, m.Selling())
        assert hand.wrote == []
        hand.approve()
        assert isinstance(hand.till.mode, asked.mode)
        assert tuple(hand.wrote) == ("Approved", *asked.wrote)
        assert approvals(hand) == [(NEEDS[asked.errand].value, "Петров", "Иванова")]

    def test_journal_says_when(self) -> None:
        """Given a thing allowed, then the fact has both people and the time of the answer."""
        hand = selling(needing(SENIOR)).press("delete").approve()
        assert hand.happened(f.Approved) == [f.Approved("storno_line", PETROV, IVANOVA, hand.clock.isoformat())]

    @every_errand
    def test_esc_is_the_screen_before(self, asked: Asked) -> None:
        """Given the dialog, when Esc is pressed, then all is as it was: lines, selection, nothing written."""
        hand = selling(needing(SENIOR))
        before = screen(hand.till)
        hand.press(*asked.keys, "escape")
        assert (screen(hand.till), hand.wrote) == (before, [])

    @pytest.mark.parametrize(("row", "direction"), [("menu_cash_in", "in"), ("menu_cash_out", "out")])
    def test_cash_goes_the_way_that_was_allowed(self, row: str, direction: Literal["in", "out"]) -> None:
        """Given cash in or out that needs a senior, when he has agreed, then it is that and not the other."""
        assert selling(needing(SENIOR)).press(*menu(row)).approve().till.mode == m.MovingCash(direction)

    def test_drawer_opens_once(self) -> None:
        """Given a drawer that needs a senior, when he has agreed, then it opens, and not before."""
        hand = selling(needing(SENIOR)).press(*menu("menu_drawer"))
        assert OpenDrawer() not in hand.effects
        assert hand.approve().effects.count(OpenDrawer()) == 1

    def test_who_may_only_confirm(self) -> None:
        """Given a person who is locked out, then he cannot sign in and can confirm."""
        hand = Hand().sign_in(KUZMIN.code)
        assert (hand.till.mode, hand.notice, hand.facts) == (m.EnteringCode(), "person_may_not_sign_in", [])
        hand.sign_in().scan(BREAD.barcode).press("f4").approve(KUZMIN.code)
        assert isinstance(hand.till.mode, m.Confirming)
        assert approvals(hand) == [("storno_receipt", "Кузьмин", "Иванова")]
        assert hand.till.ledger.cashier == IVANOVA

    def test_cashier_stays(self) -> None:
        """Given a senior's word, then the cashier is still who sells, and does what was allowed."""
        hand = asking().approve().press("enter")
        (given_up,) = hand.happened(f.ReceiptCancelled)
        assert isinstance(given_up, f.ReceiptCancelled)
        assert (given_up.by, hand.till.ledger.cashier) == (IVANOVA, IVANOVA)

    def test_after_a_restart_it_is_written(self) -> None:
        """Given a thing allowed, when the power is cut, then the journal still has both, in one record."""
        hand = selling(needing(SENIOR)).press("delete").approve()
        assert hand.restarted().till.ledger == hand.till.ledger

    def test_gate_that_acts_comes_after_the_word(self) -> None:
        """Given a storno that a gate works on, when a senior agrees, then his word and the intent are one record."""
        hand = Hand.signed_in(rules=replace(needing(SENIOR), gates=(gate(release="do"),))).scan(BREAD.barcode)
        hand.press("delete").approve()
        assert hand.wrote == ["Approved", "IntentMade"]
        hand.reply()
        assert hand.lines == [("Хлеб", 1000, True)]

    def test_gate_may_still_refuse(self) -> None:
        """Given a storno that a gate refuses, then a senior's word is written and changes nothing."""
        hand = Hand.signed_in(rules=replace(needing(SENIOR), gates=(gate(release="refuse"),))).scan(BREAD.barcode)
        hand.press("delete").approve()
        assert (hand.problem, hand.wrote, hand.lines) == ("no", ["Approved"], [("Хлеб", 1000, False)])


class TestActor:
    """Who answers for what is done while another user's word holds."""

    def people(self) -> Hand:
        """Open the list of people for a cashier, by an administrator's word."""
        return selling().press(*menu("menu_users")).approve(SIDOROVA.code)

    def test_who_allowed_it(self) -> None:
        """Given a thing allowed, then who allowed it answers for it, until the till is back at its sale."""
        hand = self.people()
        assert (hand.till.actor, hand.till.ledger.cashier) == (SIDOROVA, IVANOVA)
        hand.press("escape")
        assert (hand.till.mode, hand.till.approver, hand.till.actor) == (m.Selling(), None, IVANOVA)

    def test_what_is_done_at_once(self) -> None:
        """Given a thing that is done at once, when it is allowed, then nothing of the word is left after it."""
        assert selling(needing(SENIOR)).press("delete").approve().till.approver is None

    def test_lock_ends_it(self) -> None:
        """Given a thing allowed and begun, when the till locks itself, then the word is gone."""
        assert self.people().give(Ticked(idle=True)).till.approver is None

    def test_refused_word_is_nobodys(self) -> None:
        """Given somebody who has not the right either, then nobody has allowed anything."""
        assert asking().approve(IVANOVA.code).till.approver is None
