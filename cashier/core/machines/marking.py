"""Scans that may be marks: read twice, damaged, of goods nobody knows, or the way of a line into the receipt."""

from msgspec.structs import replace

from cashier.core.effects import Log
from cashier.core.events import Scanned, ScanRead, Stamped
from cashier.core.machines.candidate import propose
from cashier.core.mark_words import trouble
from cashier.core.modes import Choosing, Finding, Popup, Selling
from cashier.core.reading import Reading
from cashier.core.say import Say, say
from cashier.core.state import Step, Till, deny_scan, stay

TWICE = 1.0
"""Seconds within which a mark read again by the same scanner is no other piece (spec M15)."""


def read(till: Till, mode: Finding, stamped: Stamped, event: ScanRead) -> Step:
    """Go on with a scan of the sale screen as what it was read as."""
    reading, back = event.reading, Selling(times=mode.times)
    if is_double(till, event):
        return double(till, event).to(back)
    till = remembered(till, event)
    if not (reading.barcode or reading.code or reading.damage):
        return unreadable(till, event.scan, back)
    problem = trouble(reading)
    if problem:
        return stay(till).refusing(*problem, back)
    match reading.products:
        case ():
            unknown = say("goods_unknown", code=reading.known_as)
            return stay(till).refusing(unknown, _unknown_advice(reading), back)
        case (product,):
            return propose(till, stamped, product, mode.times, mode.source, reading)
        case products:
            return stay(till).to(Choosing(products, mode.times, mode.source, reading=reading))


def unreadable(till: Till, scan: Scanned, back: Selling) -> Step:
    """Say that a scan is nothing the till knows; the log has its bytes."""
    popup = Popup(say("scan_unreadable"), say("scan_unreadable_advice"), back)
    denied = deny_scan(till, scan, popup.reason)
    return Step(replace(denied.till, mode=popup, notice=None), denied.effects)


def logged(step: Step, event: ScanRead) -> Step:
    """Leave in the log which pack was read; the check part of its code is kept out of it."""
    reading = event.reading
    if not (reading.ki or reading.damage):
        return step
    return step.then(Log(f"mark {event.scan.source} {reading.ki or reading.damage}: {reading.category or '-'}"))


def is_double(till: Till, event: ScanRead) -> bool:
    """Tell whether a mark was read again by the same scanner, with no key pressed in between."""
    if till.last_mark is None or not event.reading.ki:
        return False
    device, ki, at = till.last_mark
    return (device, ki) == (event.scan.device, event.reading.ki) and 0 <= event.scan.at - at < TWICE


def double(till: Till, event: ScanRead) -> Step:
    """Refuse a double read with a tone and a line in the log; holding the trigger down goes on being one."""
    return deny_scan(remembered(till, event), event.scan, say("mark_read_twice"))


def remembered(till: Till, event: ScanRead) -> Till:
    """Remember the mark read last."""
    if not event.reading.ki:
        return till
    return replace(till, last_mark=(event.scan.device, event.reading.ki, event.scan.at))


def _unknown_advice(reading: Reading) -> Say:
    """A mark whose mask names no barcode goes after the barcode of its item (spec M5)."""
    if reading.accepted and not reading.named:
        return say("goods_of_mark_advice")
    return say("goods_unknown_advice")
