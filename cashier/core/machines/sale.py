"""The sale machine: scans and codes become candidates for a line; the rest of the keys open the other states."""

from typing import assert_never

from msgspec.structs import replace

from cashier.core import quantity as q
from cashier.core.catalogue import Product
from cashier.core.effects import FindCode, ReadScan
from cashier.core.events import Found, Pressed, Response, Scanned, ScanRead, Stamped, Turn
from cashier.core.keys import Action, Context, Meaning
from cashier.core.machines import (
    errands,
    marking,
    payment,
    picking,
    postponed,
    price_check,
    returning,
    session,
    status,
    storno,
)
from cashier.core.machines.candidate import propose
from cashier.core.machines.entry import edited
from cashier.core.machines.lists import moved
from cashier.core.mark_words import ONE_BY_ONE
from cashier.core.modes import Choosing, Finding, Helping, Menu, Panel, Requantifying, Searching, Selling
from cashier.core.rights import Errand
from cashier.core.say import say
from cashier.core.scans import barcode_of, is_plain
from cashier.core.state import Step, Till, deny, deny_scan, stay


def selling(till: Till, mode: Selling, stamped: Stamped, event: Turn) -> Step:
    """Take a scan or a key on the sale screen."""
    match event:
        case Scanned():
            return _scanned(till, mode, event)
        case Pressed():
            keymap = till.rules.keymap
            typing = keymap.in_entry if mode.entry else keymap.meaning
            meaning = typing(Context.SALE, event.key)
            entry = edited(mode.entry, meaning)
            if entry is not None and entry != mode.entry:
                return stay(till).to(replace(mode, entry=entry))
            return _acted(till, mode, stamped, meaning)
        case Response():
            return stay(till)
        case _:
            assert_never(event)


def finding(till: Till, mode: Finding, stamped: Stamped, event: Turn) -> Step:
    """Wait for the dictionaries; they answer at once."""
    match event:
        case Found():
            return _found(till, mode, stamped, event.products)
        case ScanRead():
            return marking.read(till, mode, stamped, event)
        case Scanned():
            return deny_scan(till, event, say("scan_in_dialog"))
        case Pressed() | Response():
            return stay(till)
        case _:
            assert_never(event)


def find(step: Step, text: str, times: q.Thousandths | None, source: str = "") -> Step:
    """Ask the dictionaries for a barcode or an inventory code."""
    return step.to(Finding(text, times, source)).then(FindCode(text))


def _scanned(till: Till, mode: Selling, event: Scanned) -> Step:
    if mode.entry:
        return deny_scan(till, event, say("scan_over_entry", entry=mode.entry))
    if till.rules.reads_marks and not is_plain(event.data):
        return stay(till).to(Finding("", mode.times, event.source)).then(ReadScan(event))
    barcode = barcode_of(event.data)
    if barcode is None:
        return marking.unreadable(till, event, mode)
    return find(stay(till), barcode, mode.times, event.source)


def _found(till: Till, mode: Finding, stamped: Stamped, products: tuple[Product, ...]) -> Step:
    match products:
        case ():
            problem = marking.unknown(mode.text, say("goods_unknown_advice"))
            return stay(till).refusing(*problem, Selling(times=mode.times))
        case (product,):
            return propose(till, stamped, product, mode.times, mode.source)
        case _:
            return stay(till).to(Choosing(products, mode.times, mode.source))


def _acted(till: Till, mode: Selling, stamped: Stamped, meaning: Meaning) -> Step:
    match meaning:
        case Action.ACCEPT if mode.entry:
            return find(stay(till), mode.entry, mode.times)
        case Action.TIMES:
            return _times(till, mode)
        case Action.CANCEL | Action.ERASE if mode.entry or mode.times:
            return stay(till).to(Selling())
        case Action.SUBTOTAL if mode.entry:
            return deny(till, say("scan_over_entry", entry=mode.entry))
        case Action.SUBTOTAL:
            return payment.begin(till, stamped)
        case Action.STORNO_LINE:
            return storno.of_line(till, stamped)
        case Action.STORNO_RECEIPT:
            return storno.ask_receipt(till)
        case Action.QUANTITY:
            return _requantify(till, mode.entry)
        case _:
            return _opened(till, mode, stamped, meaning)


def _opened(till: Till, mode: Selling, stamped: Stamped, meaning: Meaning) -> Step:
    """Open another state, or move the selection."""
    match meaning:
        case Action.PRICE_CHECK:
            return price_check.begin(till, mode)
        case Action.SEARCH:
            return stay(till).to(Searching(times=mode.times))
        case Action.PICK_LIST:
            return picking.browse(till, (), mode.times)
        case Action.MENU:
            return stay(till).to(Menu())
        case Action.RETURN:
            return returning.begin(till)
        case Action.POSTPONE:
            return postponed.put_aside_or_take_up(till, stamped)
        case Action.DISCOUNT:
            return errands.asked(till, stamped, Errand.DISCOUNT)
        case Action.LOCK:
            return session.sign_out(till, stamped)
        case Action.STATUS:
            return status.open_status(till)
        case Action.HELP:
            return stay(till).to(Helping(mode))
        case Action.PANEL if till.rules.samples:
            return stay(till).to(Panel(mode, till.panel_row))
        case Action():
            return _select(till, meaning)
        case _:
            return deny(till, say("key_means_nothing"))


def _select(till: Till, action: Action) -> Step:
    count = len(till.ledger.receipt.lines) if till.ledger.receipt else 0
    row = moved(action, till.cursor - 1, count)
    return deny(till) if row is None or not count else stay(till).selecting(row + 1)


def _times(till: Till, mode: Selling) -> Step:
    quantity = q.typed(mode.entry)
    if not quantity:
        return deny(till, say("quantity_bad")).to(Selling())
    return stay(till).to(Selling(times=quantity))


def _requantify(till: Till, entry: str) -> Step:
    line = till.line
    if line is None or line.storno:
        return deny(till, say("line_is_stornoed") if line else say("no_line_selected"))
    if line.fixed:
        return deny(till, say("order_fixed_quantity", number=line.order))
    if line.origin:
        return deny(till, say("return_quantity"))
    if line.single or till.rules.wants_mark(line.product):
        return stay(till).refusing(*ONE_BY_ONE, Selling())
    return stay(till).to(Requantifying(line.position, entry if q.typed(entry) else ""))
