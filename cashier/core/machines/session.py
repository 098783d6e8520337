"""The session machine: nobody signed in, code, password, and back in the receipt that was open."""

from typing import assert_never

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.effects import CheckPassword
from cashier.core.events import PasswordChecked, Pressed, Response, Scanned, Stamped, Turn
from cashier.core.keys import Action, Context
from cashier.core.machines import charging, shift, status
from cashier.core.machines.delays import refused, shut_for
from cashier.core.machines.entry import edited
from cashier.core.machines.keys_only import keys_only
from cashier.core.machines.resting import farewell_of, resting
from cashier.core.modes import Charging, CheckingPassword, Closing, EnteringCode, EnteringPassword, Helping
from cashier.core.say import say
from cashier.core.state import Step, Till, deny, deny_scan, stay


def entering_code(till: Till, mode: EnteringCode, event: Turn) -> Step:
    """Type the cashier's code."""
    return keys_only(till, event, say("scan_sign_in"), lambda key: _entering_code_key(till, mode, key))


def _entering_code_key(till: Till, mode: EnteringCode, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.SIGN_IN, key.key)
    if meaning is Action.ACCEPT and mode.entry:
        return stay(till).to(EnteringPassword(mode.entry))
    if meaning is Action.CANCEL:
        return stay(till).to(EnteringCode())
    if meaning is Action.HELP:
        return stay(till).to(Helping(mode))
    if not mode.entry and till.rules.keymap.meaning(Context.SALE, key.key) is Action.STATUS:
        return status.open_status(till)
    entry = edited(mode.entry, meaning)
    return deny(till) if entry is None else stay(till).to(EnteringCode(entry))


def entering_password(till: Till, mode: EnteringPassword, event: Turn) -> Step:
    """Type the password; Esc goes back to the code."""
    return keys_only(till, event, say("scan_sign_in"), lambda key: _entering_password_key(till, mode, key))


def _entering_password_key(till: Till, mode: EnteringPassword, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.SIGN_IN, key.key)
    if meaning is Action.ACCEPT:
        seconds = shut_for(till, mode.code)
        if seconds:
            return deny(till, say("code_is_shut", seconds=seconds)).to(EnteringCode())
        return stay(till).to(CheckingPassword(mode.code)).then(CheckPassword(mode.code, mode.entry))
    if meaning is Action.CANCEL:
        return stay(till).to(EnteringCode())
    entry = edited(mode.entry, meaning, words=True)
    return deny(till) if entry is None else stay(till).to(EnteringPassword(mode.code, entry))


def checking_password(till: Till, mode: CheckingPassword, event: Turn) -> Step:
    """Wait for the comparison; keys wait in the queue."""
    match event:
        case PasswordChecked() if event.code == mode.code:
            return _checked(till, event)
        case Scanned():
            return deny_scan(till, event, say("scan_sign_in"))
        case Pressed() | Response():
            return stay(till)
        case _:
            assert_never(event)


def _checked(till: Till, event: PasswordChecked) -> Step:
    if event.person is None:
        return refused(till, event).to(EnteringCode())
    if event.locked:
        return deny(till, say("person_may_not_sign_in", name=event.person.name)).to(EnteringCode())
    receipt = till.ledger.receipt
    other = receipt is not None and receipt.cashier.code != event.person.code
    changed = (f.CashierChanged(receipt.identifier, event.person),) if receipt and other else ()
    step = stay(till).recorded(f.SignedIn(event.person), *changed)
    step = _asking(step.to(resting(step.till))).selecting(_last_position(step.till))
    last = step.till.ledger.last
    return step.parting(farewell_of(last)) if last and step.till.ledger.parting else step


def _asking(step: Step) -> Step:
    """Ask a device what it has done before a person is asked: the lock may have hidden its answer."""
    mode = step.till.mode
    match mode:
        case Charging(stage="silent"):
            return charging.ask(step.to(Charging("asking")))
        case Closing():
            return shift.again(step.to(replace(mode, stage="waiting")))
        case _:
            return step


def sign_out(till: Till, stamped: Stamped) -> Step:
    """Lock the till; an open receipt waits for the next sign-in, of this cashier or of another."""
    cashier = till.ledger.cashier
    signed_out = (f.SignedOut(cashier, at=stamped.local),) if cashier else ()
    return stay(till).recorded(*signed_out).to(EnteringCode())


def _last_position(till: Till) -> int:
    return len(till.ledger.receipt.lines) if till.ledger.receipt else 0
