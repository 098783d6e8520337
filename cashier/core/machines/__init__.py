"""The machines: `step` takes a state and an event and returns the next state with the effects it asks for.

Pure and total: every pair of state and event is decided in the function of the state, and the type checker proves it.
"""

from typing import assert_never

from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.events import Answered, PasswordChecked, Pressed, Response, Scanned, Stamped, Turn
from cashier.core.machines import (
    approval,
    cash,
    charging,
    delays,
    desk,
    discounting,
    errands,
    inquiring,
    line,
    ordering,
    papers,
    passing,
    payment,
    people,
    picking,
    postponed,
    price_check,
    quantities,
    recovery,
    refunding,
    resting,
    returning,
    sale,
    seeking,
    session,
    shift,
    status,
)
from cashier.core.machines.news import heard
from cashier.core.state import Step, Till, stay

__all__ = ["step"]


def step(till: Till, stamped: Stamped) -> Step:
    """Take one event; whatever it changes, the discounts of the receipt are those of its lines afterwards."""
    till = replace(till, now=stamped.at, uptime=stamped.uptime)
    event = stamped.event
    match event:
        case Pressed():
            made = _turn(replace(till, notice=None, farewell=None, last_mark=None), stamped, event)
        case Scanned():
            made = _turn(replace(till, notice=None, farewell=None), stamped, event)
        case PasswordChecked() if not _compared(till, event):
            made = delays.counted(till, event) if event.person is None and event.known else stay(till)
        case Answered() if inquiring.awaited(till, event.token):
            made = inquiring.answered(till, stamped, event)
        case Answered() if not passing.awaited(till, event.token):
            made = recovery.answered(till, stamped, event)
        case Response():
            made = _turn(till, stamped, event)
        case _:
            made = heard(till, stamped, event)
    made = returning.carried_on(made, stamped)
    if made.till.approver and isinstance(made.till.mode, m.Selling | m.Paying | m.EnteringCode):
        made = Step(replace(made.till, approver=None), made.effects)
    made = resting.told_withdrawn(made)
    same = made.till.ledger.receipt is till.ledger.receipt
    return made if same else discounting.respread(made)


def _compared(till: Till, event: PasswordChecked) -> bool:
    """Tell whether a comparison is waited for: one whose dialog was closed meanwhile still counts if it failed."""
    match till.mode:
        case m.CheckingPassword(code) | m.Approving(code=code, stage="checking"):
            return code == event.code
        case _:
            return False


def _turn(till: Till, stamped: Stamped, event: Turn) -> Step:
    match till.mode:
        case m.EnteringCode():
            return session.entering_code(till, till.mode, event)
        case m.EnteringPassword():
            return session.entering_password(till, till.mode, event)
        case m.CheckingPassword():
            return session.checking_password(till, till.mode, event)
        case m.Selling():
            return sale.selling(till, till.mode, stamped, event)
        case m.Finding():
            return sale.finding(till, till.mode, stamped, event)
        case m.Choosing():
            return picking.choosing(till, till.mode, stamped, event)
        case m.Searching():
            return picking.searching(till, till.mode, stamped, event)
        case m.Browsing():
            return picking.browsing(till, till.mode, event)
        case _:
            return _other(till, till.mode, stamped, event)


_Desk = (
    m.CheckingPrice
    | m.ShowingPrice
    | m.Owing
    | m.Weighing
    | m.Requantifying
    | m.Passing
    | m.Confirming
    | m.Menu
    | m.Paying
    | m.Telling
    | m.Popup
    | m.Helping
    | m.Panel
)
_Returns = m.Seeking | m.ListingSales | m.Returning | m.CountingBack | m.GivingReason
_Money = (
    m.Approving
    | m.Charging
    | m.Closing
    | m.SettlingPostponed
    | m.Ordering
    | _Returns
    | m.Restoring
    | m.Discounting
    | m.MovingCash
    | m.Reporting
    | m.Inspecting
    | people.PeopleMode
)


def _other(till: Till, mode: _Desk | _Money, stamped: Stamped, event: Turn) -> Step:
    match mode:
        case m.CheckingPrice():
            return price_check.checking(till, mode, stamped, event)
        case m.ShowingPrice():
            return price_check.showing(till, mode, stamped, event)
        case m.Owing():
            return papers.owing(till, mode, stamped, event)
        case m.Weighing():
            return quantities.weighing(till, mode, stamped, event)
        case m.Requantifying():
            return quantities.requantifying(till, mode, stamped, event)
        case m.Passing():
            return line.on_its_way(till, mode, stamped, event)
        case m.Confirming():
            return desk.confirming(till, mode, stamped, event)
        case m.Menu():
            return desk.menu(till, mode, stamped, event)
        case m.Paying():
            return payment.paying(till, mode, stamped, event)
        case m.Telling():
            return desk.telling(till, mode, event)
        case m.Popup():
            return desk.popup(till, mode, event)
        case m.Helping():
            return desk.helping(till, mode, event)
        case m.Panel():
            return desk.panel(till, mode, event)
        case _:
            return _of_money(till, mode, stamped, event)


def _of_money(till: Till, mode: _Money, stamped: Stamped, event: Turn) -> Step:
    match mode:
        case m.Approving():
            return approval.approving(till, mode, stamped, event, errands.run)
        case m.Charging():
            return charging.charging(till, mode, stamped, event)
        case m.Closing():
            return shift.closing(till, mode, event)
        case m.SettlingPostponed():
            return shift.settling_postponed(till, mode, stamped, event)
        case m.Ordering():
            return ordering.ordering(till, mode, stamped, event)
        case m.Restoring():
            return postponed.restoring(till, mode, stamped, event)
        case m.Discounting():
            return discounting.discounting(till, mode, stamped, event)
        case m.MovingCash():
            return cash.moving_cash(till, mode, stamped, event)
        case m.Reporting():
            return shift.reporting(till, event)
        case m.Inspecting():
            return status.inspecting(till, mode, event)
        case m.Seeking() | m.ListingSales() | m.Returning() | m.CountingBack() | m.GivingReason():
            return _of_returns(till, mode, stamped, event)
        case m.ListingPeople() | m.ChangingPerson() | m.TypingPerson() | m.SavingPerson():
            return people.people(till, mode, stamped, event)
        case _:
            assert_never(mode)


def _of_returns(till: Till, mode: _Returns, stamped: Stamped, event: Turn) -> Step:
    match mode:
        case m.Seeking():
            return seeking.seeking(till, mode, stamped, event)
        case m.ListingSales():
            return seeking.listing(till, mode, stamped, event)
        case m.Returning():
            return returning.returning(till, mode, event)
        case m.CountingBack():
            return quantities.counting_back(till, mode, event)
        case m.GivingReason():
            return refunding.reason(till, mode, event)
        case _:
            assert_never(mode)
