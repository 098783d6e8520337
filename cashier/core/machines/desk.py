"""What lies beside the sale: cash menu, questions, error popups, help, and the trainee's panel."""

from typing import assert_never

from msgspec.structs import replace

from cashier.core.effects import OpenDrawer, Quit, Simulate
from cashier.core.events import Pressed, Stamped, Turn
from cashier.core.keys import Action, Context
from cashier.core.machines import papers, payment, session, storno
from cashier.core.machines.keys_only import keys_only
from cashier.core.machines.lists import moved, taken
from cashier.core.modes import MENU, Confirming, Helping, Menu, Panel, Popup, Purpose, Selling
from cashier.core.say import say
from cashier.core.state import Step, Till, deny, stay


def menu(till: Till, mode: Menu, stamped: Stamped, event: Turn) -> Step:
    """Choose a row of the cash menu by its digit or by arrows."""
    return keys_only(till, event, say("scan_in_list"), lambda key: _menu_key(till, mode, stamped, key))


def _menu_key(till: Till, mode: Menu, stamped: Stamped, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.LIST, key.key)
    row = taken(meaning, mode.chosen, len(MENU))
    if row is not None:
        return _menu_row(till, stamped, MENU[row])
    if meaning in {Action.CANCEL, Action.MENU}:
        return stay(till).to(Selling())
    chosen = moved(meaning, mode.chosen, len(MENU))
    return deny(till) if chosen is None else stay(till).to(Menu(chosen))


def _menu_row(till: Till, stamped: Stamped, row: str) -> Step:
    match row:
        case "menu_copy":
            return papers.copy(till, stamped)
        case "menu_paper":
            return papers.owed(till)
        case "menu_drawer":
            return stay(till).to(Selling()).then(OpenDrawer())
        case "menu_lock":
            return session.sign_out(till)
        case _:
            return stay(till).to(Confirming(say("quit_question"), Purpose.QUIT))


def confirming(till: Till, mode: Confirming, stamped: Stamped, event: Turn) -> Step:
    """Take yes or no."""
    return keys_only(till, event, say("scan_in_dialog"), lambda key: _confirming_key(till, mode, stamped, key))


def _confirming_key(till: Till, mode: Confirming, stamped: Stamped, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.DIALOG, key.key)
    if meaning is Action.CANCEL:
        return stay(till).to(mode.back)
    return _confirmed(till, mode.purpose, stamped) if meaning is Action.ACCEPT else deny(till)


def _confirmed(till: Till, purpose: Purpose, stamped: Stamped) -> Step:
    match purpose:
        case Purpose.QUIT:
            return session.sign_out(till).then(Quit())
        case Purpose.STORNO_RECEIPT:
            return storno.of_receipt(till, stamped)
        case Purpose.GIVE_BACK:
            return payment.give_back(till, stamped)
        case _:
            assert_never(purpose)


def popup(till: Till, mode: Popup, event: Turn) -> Step:
    """Hold an error until it is read; a scan that comes on it is refused (spec, Scans and popups)."""
    return keys_only(till, event, say("scan_in_popup"), lambda key: _popup_key(till, mode, key))


def _popup_key(till: Till, mode: Popup, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.DIALOG, key.key)
    return stay(till).to(mode.back) if meaning in {Action.ACCEPT, Action.CANCEL} else deny(till)


def helping(till: Till, mode: Helping, event: Turn) -> Step:
    """Show the keys until Enter, Esc or F1."""
    return keys_only(till, event, say("scan_in_dialog"), lambda key: _helping_key(till, mode, key))


def _helping_key(till: Till, mode: Helping, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.DIALOG, key.key)
    closes = meaning in {Action.ACCEPT, Action.CANCEL, Action.HELP}
    return stay(till).to(mode.back) if closes else deny(till)


def panel(till: Till, mode: Panel, event: Turn) -> Step:
    """Hold a sample under the simulated scanner: the panel closes and the scan arrives like any other."""
    return keys_only(till, event, say("scan_in_list"), lambda key: _panel_key(till, mode, key))


def _panel_key(till: Till, mode: Panel, key: Pressed) -> Step:
    samples = till.rules.samples
    meaning = till.rules.keymap.meaning(Context.LIST, key.key)
    row = taken(meaning, mode.chosen, len(samples))
    if row is not None:
        return stay(till).to(mode.back).then(Simulate(samples[row].data))
    if meaning in {Action.CANCEL, Action.PANEL}:
        return stay(till).to(mode.back)
    chosen = moved(meaning, mode.chosen, len(samples))
    return deny(till) if chosen is None else stay(till).to(replace(mode, chosen=chosen))
