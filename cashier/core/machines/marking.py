"""Scans that may be marks: read twice, damaged, of goods nobody knows, or the way of a line into the receipt."""

from collections.abc import Callable

from msgspec.structs import replace

from cashier.core.effects import Log
from cashier.core.events import Scanned, ScanRead, Stamped
from cashier.core.machines.candidate import propose
from cashier.core.mark_words import trouble
from cashier.core.modes import Choosing, Finding, Popup, Selling
from cashier.core.reading import Reading
from cashier.core.say import Say, say
from cashier.core.scans import is_receipt_code
from cashier.core.state import Step, Till, deny_scan, stay

TWICE = 1.0
"""Seconds within which a mark read again by the same scanner is no other piece (spec M15)."""


def read(till: Till, mode: Finding, stamped: Stamped, event: ScanRead) -> Step:
    """Go on with a scan of the sale screen as what it was read as."""
    back = Selling(times=mode.times)
    return once(replace(till, mode=back), event, lambda own: _read(own, mode, stamped, event))


def _read(till: Till, mode: Finding, stamped: Stamped, event: ScanRead) -> Step:
    reading, back = event.reading, Selling(times=mode.times)
    if not (reading.barcode or reading.code or reading.damage):
        return unreadable(till, event.scan, back)
    problem = trouble(reading)
    if problem:
        return stay(till).refusing(*problem, back)
    match reading.products:
        case ():
            return stay(till).refusing(*unknown(reading.known_as, _unknown_advice(reading)), back)
        case (product,):
            return propose(till, stamped, product, mode.times, mode.source, reading)
        case products:
            return stay(till).to(Choosing(products, mode.times, mode.source, reading=reading))


def unknown(code: str, advice: Say) -> tuple[Say, Say]:
    """Say that nothing is sold under a code; that of a receipt stands on paper that people hold to the scanner too."""
    if is_receipt_code(code):
        return say("scan_is_receipt"), say("scan_is_receipt_advice")
    return say("goods_unknown", code=code), advice


def unreadable(till: Till, scan: Scanned, back: Selling) -> Step:
    """Say that a scan is nothing the till knows; the log has its bytes."""
    popup = Popup(say("scan_unreadable"), say("scan_unreadable_advice"), back)
    denied = deny_scan(till, scan, popup.reason)
    return Step(replace(denied.till, mode=popup, notice=None), denied.effects)


def once(till: Till, event: ScanRead, go: Callable[[Till], Step]) -> Step:
    """Go on with a scan that was read, and leave in the log which pack it was, without the check part of its code.

    A mark read again by the same scanner, with no key pressed in between, is refused with a tone and a line in the log;
    holding the trigger down goes on being that.
    """
    reading, scan, last = event.reading, event.scan, till.last_mark
    if reading.ki:
        till = replace(till, last_mark=(scan.device, reading.ki, scan.at))
        if last and last[:2] == (scan.device, reading.ki) and 0 <= scan.at - last[2] < TWICE:
            return deny_scan(till, scan, say("mark_read_twice"))
    log = Log(f"mark {scan.source} {reading.ki or reading.damage}: {reading.category or '-'}")
    return stay(till).then(log).onward(go) if reading.ki or reading.damage else go(till)


def _unknown_advice(reading: Reading) -> Say:
    """A mark whose mask names no barcode goes after the barcode of its item (spec M5)."""
    if reading.accepted and not reading.named:
        return say("goods_of_mark_advice")
    return say("goods_unknown_advice")
