"""«Проверка цены»: goods are found by scan, code or words. No step of it makes a fact or an intent (spec S8)."""

from typing import assert_never

from msgspec.structs import replace

from cashier.core.catalogue import Product
from cashier.core.effects import FindCode, FindName, Log, ReadScan, Signal
from cashier.core.events import Found, Pressed, Response, Scanned, ScanRead, Stamped, Turn
from cashier.core.keys import Action, Context, Typed
from cashier.core.machines.entry import edited
from cashier.core.machines.inquiring import shown
from cashier.core.machines.lists import moved, selected
from cashier.core.mark_words import trouble
from cashier.core.modes import CheckingPrice, Panel, Selling, ShowingPrice
from cashier.core.reading import Reading
from cashier.core.say import Say, say
from cashier.core.state import Step, Till, deny, deny_scan, stay


def begin(till: Till, mode: Selling) -> Step:
    """Open the dialog over the sale; what stands typed there is looked up at once."""
    if not mode.entry:
        return stay(till).to(CheckingPrice(mode))
    back = replace(mode, entry="")  # else the next scan of the sale would be refused over it
    return stay(till).to(CheckingPrice(back, mode.entry, coded=True)).then(FindCode(mode.entry))


def checking(till: Till, mode: CheckingPrice, stamped: Stamped, event: Turn) -> Step:
    """Look goods up while a code or words are typed; a scan goes before both."""
    match event:
        case Pressed():
            return _search_key(till, mode, stamped, event)
        case Found():
            return _found(till, mode, stamped, event.products)
        case _:
            return _unasked(till, mode.back, stamped, event)


def showing(till: Till, mode: ShowingPrice, stamped: Stamped, event: Turn) -> Step:
    """Hold the card until the next goods, or until it is closed."""
    match event:
        case Pressed():
            return _card_key(till, mode, event)
        case _:
            return _unasked(till, mode.back, stamped, event)


def _unasked(till: Till, back: Selling, stamped: Stamped, event: Scanned | ScanRead | Response) -> Step:
    """Take what comes over the search and the card alike: scans, and answers nobody here waits for."""
    match event:
        case Scanned():
            return stay(till).then(ReadScan(event))
        case ScanRead():
            return _read(till, back, stamped, event)
        case Response():
            return stay(till)
        case _:
            assert_never(event)


def _search_key(till: Till, mode: CheckingPrice, stamped: Stamped, event: Pressed) -> Step:
    match till.rules.keymap.meaning(Context.TEXT, event.key):
        case Action.ACCEPT if mode.products:
            return shown(till, mode.back, stamped, mode.products[mode.chosen], mode.reading)
        case Action.ACCEPT if mode.entry:
            return deny(till).to(replace(mode, problem=_missing(mode.entry)))
        case Action.CANCEL if mode.entry:
            return stay(till).to(CheckingPrice(mode.back))
        case Action.ACCEPT | Action.CANCEL:
            return stay(till).to(mode.back)
        case Action.PANEL if till.rules.samples:
            return stay(till).to(Panel(mode, till.panel_row))
        case Typed(character) if mode.problem:
            return _typed(till, mode.back, character)
        case meaning:
            entry = edited(mode.entry, meaning, words=True)
            if entry is None:
                return selected(till, mode, meaning, len(mode.products))
            return _typed(till, mode.back, entry)


def _card_key(till: Till, mode: ShowingPrice, event: Pressed) -> Step:
    match till.rules.keymap.meaning(Context.DIALOG, event.key):
        case Action.ACCEPT | Action.CANCEL:
            return stay(till).to(mode.back)
        case Action.PANEL if till.rules.samples:
            return stay(till).to(Panel(mode, till.panel_row))
        case Typed(character):
            return _typed(till, mode.back, character)
        case meaning:
            first = moved(meaning, mode.first, len(mode.lines))
            return deny(till) if first is None else stay(till).to(replace(mode, first=first))


def _typed(till: Till, back: Selling, entry: str) -> Step:
    return stay(till).to(CheckingPrice(back, entry)).then(FindName(entry))


def _found(till: Till, mode: CheckingPrice, stamped: Stamped, products: tuple[Product, ...]) -> Step:
    """Show what was found; what is no code may still be a word."""
    match products:
        case (product,) if mode.coded:
            return shown(till, mode.back, stamped, product)
        case () if mode.coded:
            unknown = replace(mode, coded=False, problem=_missing(mode.entry))
            return stay(till).to(unknown).then(FindName(mode.entry))
        case _:
            problem = None if products else mode.problem
            return stay(till).to(replace(mode, products=products, chosen=0, coded=False, problem=problem))


def _missing(text: str) -> Say:
    """Say that nothing goes by what was typed: digits are a code, all else are words."""
    return say("goods_unknown", code=text) if text.isdigit() else say("goods_missing", text=text)


def _read(till: Till, back: Selling, stamped: Stamped, event: ScanRead) -> Step:
    """Show the goods of a scan. It is no sale: how often a mark was read before, and what comes after, is all one."""
    reading, scan = event.reading, event.scan
    what, advice = _unfit(reading)
    if what:
        problem = say("problem", what=what, advice=advice) if advice else what
        denied = deny_scan(till, scan, what)
        return Step(replace(denied.till, notice=None), denied.effects).to(CheckingPrice(back, problem=problem))
    log = Log(f"price check {scan.source} {reading.ki or reading.barcode}: {reading.category or '-'}")
    match reading.products:
        case (product,):
            step = shown(till, back, stamped, product, reading)
        case products:
            step = stay(till).to(CheckingPrice(back, products=products, reading=reading))
    return step.then(Signal(accepted=True, device=scan.device), log)


def _unfit(reading: Reading) -> tuple[Say | None, Say | None]:
    """Return why a scan is no goods that could be shown, and what to do if it is not plain."""
    if not (reading.barcode or reading.code or reading.damage):
        return say("scan_unreadable"), say("scan_unreadable_advice")
    unread = trouble(reading)
    if unread:
        return unread
    return (None, None) if reading.products else (say("goods_unknown", code=reading.known_as), None)
