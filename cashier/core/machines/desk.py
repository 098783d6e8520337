"""What lies beside the sale: cash menu, questions, error popups, help, and the trainee's panel."""

from typing import assert_never

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.effects import OpenDrawer, Print, Quit, Simulate
from cashier.core.events import Answered, FolderListed, Found, PasswordChecked, Pressed, Scanned, Stamped, Turn
from cashier.core.keys import Action, Context, Typed
from cashier.core.machines import session, storno
from cashier.core.machines.lists import moved, row_of
from cashier.core.modes import MENU, Confirming, Helping, Menu, Panel, Popup, Purpose, Selling
from cashier.core.say import say
from cashier.core.state import Step, Till, deny, deny_scan, stay


def menu(till: Till, mode: Menu, stamped: Stamped, event: Turn) -> Step:
    """Choose a row of the cash menu by its digit or by arrows."""
    match event:
        case Pressed():
            meaning = till.rules.keymap.meaning(Context.LIST, event.key)
            row = row_of(meaning.character, len(MENU)) if isinstance(meaning, Typed) else None
            row = mode.chosen if meaning is Action.ACCEPT else row
            if row is not None:
                return _menu_row(till, stamped, MENU[row])
            if meaning in {Action.CANCEL, Action.MENU}:
                return stay(till).to(Selling())
            chosen = moved(meaning, mode.chosen, len(MENU)) if isinstance(meaning, Action) else None
            return deny(till) if chosen is None else stay(till).to(Menu(chosen))
        case Scanned():
            return deny_scan(till, event, say("scan_in_list"))
        case Found() | FolderListed() | PasswordChecked() | Answered():
            return stay(till)
        case _:
            assert_never(event)


def _menu_row(till: Till, stamped: Stamped, row: str) -> Step:
    match row:
        case "menu_copy":
            return print_copy(till, stamped)
        case "menu_drawer":
            return stay(till).to(Selling()).then(OpenDrawer())
        case "menu_lock":
            return session.sign_out(till)
        case _:
            return stay(till).to(Confirming(say("quit_question"), Purpose.QUIT))


def print_copy(till: Till, stamped: Stamped) -> Step:
    """Print the receipt closed last once more, marked as a copy."""
    last = till.ledger.last
    if last is None:
        return deny(till, say("nothing_to_copy")).to(Selling())
    token = stamped.name("copy")
    step = stay(till).recorded(f.PrintBegun(token, last.identifier, copy=True)).to(Selling())
    return step.then(Print(token, last, copy=True)).saying(say("copy_sent", number=last.number))


def confirming(till: Till, mode: Confirming, stamped: Stamped, event: Turn) -> Step:
    """Take yes or no."""
    match event:
        case Pressed():
            meaning = till.rules.keymap.meaning(Context.DIALOG, event.key)
            if meaning is Action.CANCEL:
                return stay(till).to(Selling())
            if meaning is not Action.ACCEPT:
                return deny(till)
            if mode.purpose is Purpose.QUIT:
                return session.sign_out(till).then(Quit())
            return storno.of_receipt(till, stamped)
        case Scanned():
            return deny_scan(till, event, say("scan_in_dialog"))
        case Found() | FolderListed() | PasswordChecked() | Answered():
            return stay(till)
        case _:
            assert_never(event)


def popup(till: Till, mode: Popup, event: Turn) -> Step:
    """Hold an error until it is read; a scan that comes on it is refused (spec, Scans and popups)."""
    match event:
        case Pressed():
            meaning = till.rules.keymap.meaning(Context.DIALOG, event.key)
            return stay(till).to(mode.back) if meaning in {Action.ACCEPT, Action.CANCEL} else deny(till)
        case Scanned():
            return deny_scan(till, event, say("scan_in_popup"))
        case Found() | FolderListed() | PasswordChecked() | Answered():
            return stay(till)
        case _:
            assert_never(event)


def helping(till: Till, mode: Helping, event: Turn) -> Step:
    """Show the keys until Enter, Esc or F1."""
    match event:
        case Pressed():
            meaning = till.rules.keymap.meaning(Context.DIALOG, event.key)
            closes = meaning in {Action.ACCEPT, Action.CANCEL, Action.HELP}
            return stay(till).to(mode.back) if closes else deny(till)
        case Scanned():
            return deny_scan(till, event, say("scan_in_dialog"))
        case Found() | FolderListed() | PasswordChecked() | Answered():
            return stay(till)
        case _:
            assert_never(event)


def panel(till: Till, mode: Panel, event: Turn) -> Step:
    """Hold a sample under the simulated scanner: the panel closes and the scan arrives like any other."""
    samples = till.rules.samples
    match event:
        case Pressed():
            meaning = till.rules.keymap.meaning(Context.LIST, event.key)
            row = row_of(meaning.character, len(samples)) if isinstance(meaning, Typed) else None
            row = mode.chosen if meaning is Action.ACCEPT and samples else row
            if row is not None:
                return stay(till).to(mode.back).then(Simulate(samples[row].data))
            if meaning in {Action.CANCEL, Action.PANEL}:
                return stay(till).to(mode.back)
            chosen = moved(meaning, mode.chosen, len(samples)) if isinstance(meaning, Action) else None
            return deny(till) if chosen is None else stay(till).to(replace(mode, chosen=chosen))
        case Scanned():
            return deny_scan(till, event, say("scan_in_list"))
        case Found() | FolderListed() | PasswordChecked() | Answered():
            return stay(till)
        case _:
            assert_never(event)
