"""Rights: who may do a thing does it; who may not asks another user for code and password, and it is done (spec R1)."""

from collections.abc import Callable
from typing import assert_never

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.effects import CheckPassword
from cashier.core.events import PasswordChecked, Pressed, Response, Scanned, Stamped, Turn
from cashier.core.keys import Action, Context
from cashier.core.machines.delays import refused, shut_for
from cashier.core.machines.entry import edited
from cashier.core.modes import Approving, Confirming, Purpose
from cashier.core.rights import NEEDS, Errand
from cashier.core.say import say
from cashier.core.state import Step, Till, deny, deny_scan, stay
from cashier.core.words import question_of

Run = Callable[[Step, Stamped, Errand], Step]
"""Does an errand whose right is settled; the step's mode is the screen it was asked for on."""


def guarded(till: Till, errand: Errand, go: Callable[[], Step]) -> Step:
    """Do an errand at once if the cashier has the right; else ask for somebody who has."""
    if role_of(till) >= till.rules.rights[NEEDS[errand]]:
        return go()
    return stay(till).to(Approving(errand, till.mode))


def confirmed(till: Till, errand: Errand) -> Step:
    """Ask whether a person's word for a device is meant, before it is written down."""
    question = question_of(till, errand)
    return stay(till).to(Confirming(question, Purpose.WORD, till.mode, errand)) if question else deny(till)


def role_of(till: Till) -> int:
    """Return the role of who is signed in; 0 for nobody."""
    return till.ledger.cashier.role if till.ledger.cashier else 0


def approving(till: Till, mode: Approving, stamped: Stamped, event: Turn, run: Run) -> Step:
    """Take another user's code and password."""
    match event:
        case Pressed() if mode.stage != "checking":
            return _key(till, mode, event)
        case PasswordChecked() if mode.stage == "checking" and event.code == mode.code:
            return _checked(till, mode, stamped, event, run)
        case Scanned():
            return deny_scan(till, event, say("scan_in_dialog"))
        case Pressed() | Response():
            return stay(till)
        case _:
            assert_never(event)


def _key(till: Till, mode: Approving, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.SIGN_IN, key.key)
    if meaning is Action.CANCEL:
        return stay(till).to(mode.back if mode.stage == "code" else replace(mode, stage="code", code="", entry=""))
    if meaning is Action.ACCEPT:
        return _entered(till, mode)
    entry = edited(mode.entry, meaning, words=mode.stage == "password")
    return deny(till) if entry is None else stay(till).to(replace(mode, entry=entry))


def _entered(till: Till, mode: Approving) -> Step:
    if mode.stage == "code":
        if not mode.entry:
            return deny(till)
        return stay(till).to(replace(mode, code=mode.entry, entry="", stage="password"))
    seconds = shut_for(till, mode.code)
    if seconds:
        return deny(till, say("code_is_shut", seconds=seconds)).to(replace(mode, stage="code", code="", entry=""))
    checking = replace(mode, entry="", stage="checking")
    return stay(till).to(checking).then(CheckPassword(mode.code, mode.entry))


def _checked(till: Till, mode: Approving, stamped: Stamped, event: PasswordChecked, run: Run) -> Step:
    again = replace(mode, stage="code", code="", entry="")
    if event.person is None:
        return refused(till, event).to(again)
    right = NEEDS[mode.errand]
    if event.person.role < till.rules.rights[right]:
        return deny(till, say("no_right_either", name=event.person.name)).to(again)
    cashier = till.ledger.cashier or event.person
    approved = f.Approved(right.value, event.person, cashier, stamped.local)
    step = stay(replace(till, approver=event.person)).recorded(approved).to(mode.back)
    return run(step, stamped, mode.errand)
