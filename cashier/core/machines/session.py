"""The session machine: nobody signed in, code, password, and back in the receipt that was open."""

from typing import assert_never

from cashier.core import facts as f
from cashier.core.effects import CheckPassword, Signal
from cashier.core.events import Answered, FolderListed, Found, PasswordChecked, Pressed, Scanned, Turn
from cashier.core.keys import Action, Context
from cashier.core.machines.entry import edited
from cashier.core.machines.keys_only import keys_only
from cashier.core.modes import CheckingPassword, EnteringCode, EnteringPassword, Helping, Mode, Paying, Selling
from cashier.core.receipt import Receipt
from cashier.core.say import say
from cashier.core.state import Farewell, Step, Till, deny, deny_scan, stay


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
    entry = edited(mode.entry, meaning)
    return deny(till) if entry is None else stay(till).to(EnteringCode(entry))


def entering_password(till: Till, mode: EnteringPassword, event: Turn) -> Step:
    """Type the password; Esc goes back to the code."""
    return keys_only(till, event, say("scan_sign_in"), lambda key: _entering_password_key(till, mode, key))


def _entering_password_key(till: Till, mode: EnteringPassword, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.SIGN_IN, key.key)
    if meaning is Action.ACCEPT:
        return stay(till).to(CheckingPassword(mode.code)).then(CheckPassword(mode.code, mode.entry))
    if meaning is Action.CANCEL:
        return stay(till).to(EnteringCode())
    entry = edited(mode.entry, meaning)
    return deny(till) if entry is None else stay(till).to(EnteringPassword(mode.code, entry))


def checking_password(till: Till, mode: CheckingPassword, event: Turn) -> Step:
    """Wait for the comparison; keys wait in the queue."""
    match event:
        case PasswordChecked() if event.code == mode.code and event.person is not None:
            step = stay(till).recorded(f.SignedIn(event.person))
            step = step.to(resting(step.till)).selecting(_last_position(step.till))
            last = step.till.ledger.last
            return step.parting(farewell_of(last)) if last and step.till.ledger.parting else step
        case PasswordChecked() if event.code == mode.code:
            step = (
                stay(till).recorded(f.SignInRefused(event.code if event.known else "")).saying(say("sign_in_refused"))
            )
            return step.to(EnteringCode()).then(Signal(accepted=False))
        case Scanned():
            return deny_scan(till, event, say("scan_sign_in"))
        case Pressed() | Found() | FolderListed() | PasswordChecked() | Answered():
            return stay(till)
        case _:
            assert_never(event)


def sign_out(till: Till) -> Step:
    """Leave the till to the next cashier; an open receipt waits for the next sign-in."""
    cashier = till.ledger.cashier
    return stay(till).recorded(*((f.SignedOut(cashier),) if cashier else ())).to(EnteringCode())


def farewell_of(receipt: Receipt, token: str = "") -> Farewell:
    """Return what is told about a receipt that has just been paid."""
    return Farewell(receipt.number, receipt.total, receipt.change, token)


def resting(till: Till) -> Mode:
    """Tell where a signed-in till stands when nothing is being done."""
    receipt = till.ledger.receipt
    return Paying() if receipt and receipt.in_payment else Selling()


def _last_position(till: Till) -> int:
    return len(till.ledger.receipt.lines) if till.ledger.receipt else 0
