"""Looking for the sale receipt that goods come back by: its code, its number, or a day's list (spec R6)."""

from datetime import date
from typing import Final

from msgspec.structs import replace

from cashier.core.effects import FindSale, Log, Signal
from cashier.core.events import Pressed, Response, SaleFound, Stamped, Turn
from cashier.core.keys import Action, Context
from cashier.core.machines.entry import edited
from cashier.core.machines.keys_only import keys_only
from cashier.core.machines.lists import selected, taken
from cashier.core.modes import SEEK_FIELDS, SEEK_ROWS, ListingSales, Panel, Returning, Seeking, Selling
from cashier.core.return_form import ReturnForm, free_of
from cashier.core.return_search import proposed, typed_day
from cashier.core.sales import Sale, Wanted
from cashier.core.say import Say, say
from cashier.core.scans import barcode_of
from cashier.core.state import Step, Till, deny, deny_scan, stay

_OF_DATES: Final = frozenset("0123456789.")

MOST_DIGITS: Final = 9
"""Of a number of a receipt, a shift or a till."""


def seeking(till: Till, mode: Seeking, stamped: Stamped, event: Turn) -> Step:
    """Take the code of a receipt from the scanner, a way to find it, or what is typed; then wait."""
    if isinstance(event, Response):
        return stay(till)
    if isinstance(event, Pressed):
        return _key(till, mode, stamped, event)
    code = None if mode.token else barcode_of(event.data)
    if code is None:
        return deny_scan(till, event, say("scan_no_receipt"))
    return _asked(till, stamped, Seeking(), Wanted(identifier=code)).then(Signal(accepted=True, device=event.device))


def _key(till: Till, mode: Seeking, stamped: Stamped, key: Pressed) -> Step:
    keymap = till.rules.keymap
    if mode.token:
        gives_up = keymap.meaning(Context.LIST, key.key) is Action.CANCEL
        return stay(till).to(replace(mode, token="")).then(Signal(accepted=False)) if gives_up else deny(till)
    if not mode.way:
        return _way_key(till, mode, stamped, key)
    words = mode.way == "code"
    meaning = keymap.meaning(Context.TEXT if words else Context.DIALOG, key.key)
    if meaning is Action.ACCEPT:
        return _accepted(till, mode, stamped)
    if meaning is Action.CANCEL:
        return stay(till).to(_back(mode))
    if meaning is Action.PANEL and till.rules.samples:
        return stay(till).to(Panel(mode, till.panel_row))
    entry = edited(mode.entry, meaning, words=words, numeric=not words and mode.field != "date")
    fits = entry is not None and (words or set(entry) <= _OF_DATES)
    return stay(till).to(replace(mode, entry=entry)) if entry is not None and fits else deny(till)


def _way_key(till: Till, mode: Seeking, stamped: Stamped, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.LIST, key.key)
    row = taken(meaning, mode.chosen, len(SEEK_ROWS))
    match None if row is None else SEEK_ROWS[row]:
        case "seek_number":
            return stay(till).to(Seeking("number"))
        case "seek_date":
            return stay(till).to(Seeking("date"))
        case "seek_code":
            return stay(till).to(Seeking("code"))
        case "seek_today":
            return _asked(till, stamped, mode, Wanted(date=stamped.at.date().isoformat()))
        case _ if meaning is Action.CANCEL:
            return stay(till).to(Selling())
        case _ if meaning is Action.PANEL and till.rules.samples:
            return stay(till).to(Panel(mode, till.panel_row))
        case _:
            return selected(till, mode, meaning, len(SEEK_ROWS))


def _back(mode: Seeking) -> Seeking:
    """Clear the entry, else go back to the field before it, else to the ways."""
    if mode.entry:
        return replace(mode, entry="")
    if not mode.typed:
        return Seeking()
    before = replace(mode, typed=mode.typed[:-1])
    return replace(before, entry=_as_typed(before.field, mode.typed[-1]))


def _as_typed(field: str, value: str) -> str:
    return date.fromisoformat(value).strftime("%d.%m.%Y") if field == "date" else value


def _accepted(till: Till, mode: Seeking, stamped: Stamped) -> Step:
    value = _read(mode.entry.strip() or proposed(till, mode.field), mode.field, till.now.date())
    if not value:
        return deny(till, say("seek_bad_date") if mode.field == "date" else say("seek_bad"))
    typed = (*mode.typed, value)
    if len(typed) < len(SEEK_FIELDS[mode.way]):
        return stay(till).to(replace(mode, typed=typed, entry=""))
    return _asked(till, stamped, replace(mode, entry=_as_typed(mode.field, value)), _wanted(mode, typed))


def _read(text: str, field: str, today: date) -> str:
    """Return a field in its form; empty if it is none."""
    if field == "date":
        day = typed_day(text, today)
        return day.isoformat() if day else ""
    if field == "code":
        return text
    number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return str(int(text)) if number and int(text) else ""


def _wanted(mode: Seeking, typed: tuple[str, ...]) -> Wanted:
    match mode.way, typed:
        case "number", (own, shift, number):
            return Wanted(till=own, shift=int(shift), number=int(number))
        case "date", (day, number):
            return Wanted(date=day, number=int(number))
        case _:
            return Wanted(identifier=typed[-1])


def _asked(till: Till, stamped: Stamped, mode: Seeking, wanted: Wanted) -> Step:
    token = stamped.name("sale")
    return stay(till).to(replace(mode, token=token)).then(FindSale(token, wanted))


def listing(till: Till, mode: ListingSales, stamped: Stamped, event: Turn) -> Step:
    """Take one of several sale receipts."""
    return keys_only(till, event, say("scan_in_list"), lambda key: _list_key(till, mode, stamped, key))


def _list_key(till: Till, mode: ListingSales, stamped: Stamped, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.LIST, key.key)
    row = taken(meaning, mode.chosen, len(mode.heads))
    if row is not None:
        return _asked(till, stamped, Seeking(), Wanted(identifier=mode.heads[row].identifier))
    if meaning is Action.CANCEL:
        return stay(till).to(Seeking())
    return selected(till, mode, meaning, len(mode.heads))


def found(till: Till, event: SaleFound) -> Step:
    """Take what was found; nobody may be waiting for it any more."""
    mode = till.mode
    if not (isinstance(mode, Seeking) and mode.token == event.token):
        return stay(till).then(Log(f"sale receipt found late: {event.token} {event.outcome}"))
    if event.outcome == "several" and event.heads:
        return stay(till).to(ListingSales(event.heads))
    problem = _problem(event)
    if event.sale is None or problem:
        own = problem or say("sale_missing")
        return stay(till).refusing(own, _advice(own), replace(mode, token=""))
    return stay(till).to(Returning(first_row(ReturnForm(event.sale)))).then(Signal(accepted=True))


def first_row(form: ReturnForm) -> ReturnForm:
    """Let the keys work on the first position of which something may come back."""
    row = (line.position for line in form.sale.lines if free_of(None, line))
    return form.at(next(row, 0))


def _problem(event: SaleFound) -> Say | None:
    match event.outcome:
        case "found":
            return say("sale_returned") if event.sale and _is_back(event.sale) else None
        case "missing" | "several":
            return say("sale_missing")
        case outcome:
            return Say(f"sale_{outcome}")


def _is_back(sale: Sale) -> bool:
    return not any(line.left for line in sale.lines)


def _advice(problem: Say) -> Say:
    return Say(f"{problem.key}_advice")
