"""What lies beside the sale: cash menu, questions, error popups, help, and the trainee's panel."""

from typing import assert_never

from msgspec.structs import replace

from cashier.core.effects import Break, Quit, Simulate
from cashier.core.events import Pressed, Stamped, Turn
from cashier.core.keys import Action, Context
from cashier.core.machines import (
    errands,
    ordering,
    papers,
    payment,
    postponed,
    returning,
    session,
    shift,
    status,
    storno,
)
from cashier.core.machines.keys_only import keys_only, unread
from cashier.core.machines.lists import moved, selected, taken
from cashier.core.modes import MENU, Confirming, Helping, Menu, Mode, Panel, Popup, Purpose, Selling, Telling
from cashier.core.rights import Errand
from cashier.core.samples import Sample, Switch
from cashier.core.say import say
from cashier.core.state import Step, Till, deny, stay

_ERRANDS = {
    "menu_drawer": Errand.OPEN_DRAWER,
    "menu_cash_in": Errand.CASH_IN,
    "menu_cash_out": Errand.CASH_OUT,
    "menu_x_report": Errand.X_REPORT,
    "menu_z_report": Errand.Z_REPORT,
    "menu_discount": Errand.DISCOUNT,
    "menu_users": Errand.USERS,
    "menu_return": Errand.REFUND,
}
"""Rows of the cash menu that need a right."""


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
    return selected(till, mode, meaning, len(MENU))


def _menu_row(till: Till, stamped: Stamped, row: str) -> Step:
    sale = replace(till, mode=Selling())
    if row in _ERRANDS:
        return errands.asked(sale, stamped, _ERRANDS[row])
    match row:
        case "menu_copy":
            return papers.copy(till, stamped)
        case "menu_paper":
            return papers.owed(till)
        case "menu_status":
            return status.open_status(sale)
        case "menu_lock":
            return session.sign_out(till, stamped)
        case "menu_postponed":
            return postponed.put_aside_or_take_up(sale, stamped)
        case "menu_order":
            return ordering.begin(sale)
        case "menu_return_sale":
            return returning.begin(sale)
        case _:
            return stay(till).to(Confirming(say("quit_question"), Purpose.QUIT))


def confirming(till: Till, mode: Confirming, stamped: Stamped, event: Turn) -> Step:
    """Take yes or no."""
    return keys_only(till, event, say("scan_in_dialog"), lambda key: _confirming_key(till, mode, stamped, key))


def _confirming_key(till: Till, mode: Confirming, stamped: Stamped, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.DIALOG, key.key)
    if meaning is Action.CANCEL:
        return stay(till).to(mode.back)
    return unread(till, mode, meaning) or _confirmed(till, mode, stamped)


def _confirmed(till: Till, mode: Confirming, stamped: Stamped) -> Step:
    match mode.purpose:
        case Purpose.QUIT:
            return session.sign_out(till, stamped).then(Quit())
        case Purpose.STORNO_RECEIPT:
            return storno.of_receipt(till, stamped)
        case Purpose.GIVE_BACK:
            return payment.give_back(till, stamped)
        case Purpose.CLOSE_SHIFT:
            return shift.close(till, stamped)
        case Purpose.WORD:
            asked = replace(till, mode=mode.back)
            return errands.keep_word(asked, stamped, mode.errand) if mode.errand else stay(asked)
        case _:
            assert_never(mode.purpose)


def telling(till: Till, mode: Telling, event: Turn) -> Step:
    """Hold what must not be missed until it is read."""
    return keys_only(till, event, say("scan_in_popup"), lambda key: _told_key(till, mode, key))


def _told_key(till: Till, mode: Telling, key: Pressed) -> Step:
    first = moved(till.rules.keymap.meaning(Context.LIST, key.key), mode.first, len(mode.lines))
    if mode.lines and first is not None:
        return stay(till).to(replace(mode, first=first))
    return _read_key(till, mode, key, Selling())


def popup(till: Till, mode: Popup, event: Turn) -> Step:
    """Hold an error until it is read; a scan that comes on it is refused (spec, Scans and popups)."""
    return keys_only(till, event, say("scan_in_popup"), lambda key: _read_key(till, mode, key, mode.back))


def _read_key(till: Till, mode: Telling | Popup, key: Pressed, back: Mode) -> Step:
    return unread(till, mode, till.rules.keymap.meaning(Context.DIALOG, key.key)) or stay(till).to(back)


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
    samples = till.samples
    meaning = till.rules.keymap.meaning(Context.LIST, key.key)
    row = taken(meaning, mode.chosen, len(samples))
    if row is not None:
        return _panel_row(stay(replace(till, held=len(samples) - row)).to(mode.back), samples[row])
    if meaning in {Action.CANCEL, Action.PANEL}:
        return stay(till).to(mode.back)
    return selected(till, mode, meaning, len(samples))


def _panel_row(step: Step, row: Sample | Switch) -> Step:
    match row:
        case Switch(caption, device, fault):
            return step.saying(say("fault_set", what=caption)).then(Break(device, fault))
        case Sample(_, data):
            return step.then(Simulate(data))
        case _:
            assert_never(row)
