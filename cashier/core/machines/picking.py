"""Lists of goods: several behind one code, directory search, pick-list; and the quantities typed for them."""

from typing import assert_never

from msgspec.structs import replace

from cashier.core import quantity as q
from cashier.core.catalogue import Folder
from cashier.core.effects import FindCode, FindName, ListFolder
from cashier.core.events import FolderListed, Found, Pressed, Response, Scanned, Stamped, Turn
from cashier.core.keys import Action, Context
from cashier.core.machines.candidate import propose
from cashier.core.machines.entry import edited
from cashier.core.machines.keys_only import keys_only
from cashier.core.machines.lists import selected, taken
from cashier.core.modes import Browsing, Choosing, Finding, Searching, Selling
from cashier.core.say import say
from cashier.core.state import Step, Till, deny_scan, stay


def choosing(till: Till, mode: Choosing, stamped: Stamped, event: Turn) -> Step:
    """Take one of several goods that answer to one code."""
    return keys_only(till, event, say("scan_in_list"), lambda key: _choosing_key(till, mode, stamped, key))


def _choosing_key(till: Till, mode: Choosing, stamped: Stamped, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.LIST, key.key)
    row = taken(meaning, mode.chosen, len(mode.products))
    if row is not None:
        return propose(till, stamped, mode.products[row], mode.times, mode.source, mode.reading)
    if meaning is Action.CANCEL:
        return stay(till).to(Selling(times=mode.times))
    return selected(till, mode, meaning, len(mode.products))


def searching(till: Till, mode: Searching, stamped: Stamped, event: Turn) -> Step:
    """Type words of a name; the list follows."""
    match event:
        case Pressed():
            return _search_key(till, mode, stamped, event)
        case Found():
            return stay(till).to(replace(mode, products=event.products, chosen=0))
        case Scanned():
            return deny_scan(till, event, say("scan_in_list"))
        case Response():
            return stay(till)
        case _:
            assert_never(event)


def _search_key(till: Till, mode: Searching, stamped: Stamped, event: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.TEXT, event.key)
    if meaning is Action.ACCEPT and mode.products:
        return propose(till, stamped, mode.products[mode.chosen], mode.times, "")
    if meaning is Action.CANCEL:
        return stay(till).to(Searching(times=mode.times) if mode.entry else Selling(times=mode.times))
    entry = edited(mode.entry, meaning, words=True)
    if entry is not None:
        return stay(till).to(replace(mode, entry=entry)).then(FindName(entry))
    return selected(till, mode, meaning, len(mode.products))


def browse(till: Till, path: tuple[Folder, ...], times: q.Thousandths | None) -> Step:
    """Open a folder of the pick-list; an empty path is its root."""
    code = path[-1].code if path else ""
    return stay(till).to(Browsing(path, times=times)).then(ListFolder(code))


def browsing(till: Till, mode: Browsing, event: Turn) -> Step:
    """Walk the pick-list; Esc goes one folder up."""
    match event:
        case Pressed():
            return _browse_key(till, mode, event)
        case FolderListed():
            return stay(till).to(replace(mode, entries=event.entries, chosen=0))
        case Scanned():
            return deny_scan(till, event, say("scan_in_list"))
        case Response():
            return stay(till)
        case _:
            assert_never(event)


def _browse_key(till: Till, mode: Browsing, event: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.LIST, event.key)
    row = taken(meaning, mode.chosen, len(mode.entries))
    if row is not None:
        return _taken(till, mode, mode.entries[row])
    if meaning is Action.CANCEL:
        return browse(till, mode.path[:-1], mode.times) if mode.path else stay(till).to(Selling(times=mode.times))
    return selected(till, mode, meaning, len(mode.entries))


def _taken(till: Till, mode: Browsing, entry: Folder) -> Step:
    if not entry.product:
        return browse(till, (*mode.path, entry), mode.times)
    return stay(till).to(Finding(entry.product, mode.times)).then(FindCode(entry.product))
