"""Quantities typed in a dialog: the weight of new goods, the new quantity of a line that stands."""

from msgspec.structs import replace

from cashier.core import quantity as q
from cashier.core.effects import ReadScan, Signal
from cashier.core.events import Pressed, Scanned, ScanRead, Stamped, Turn
from cashier.core.keys import Action, Context, Meaning
from cashier.core.machines import marking, passing, recovery
from cashier.core.machines.candidate import enter, objection
from cashier.core.machines.entry import edited
from cashier.core.machines.keys_only import keys_only
from cashier.core.mark_words import misfit
from cashier.core.modes import CountingBack, Panel, Requantifying, Returning, Selling, Weighing
from cashier.core.passage import Passage, Phase
from cashier.core.receipt import Line, Receipt
from cashier.core.return_form import free_of, too_much
from cashier.core.sales import SoldLine
from cashier.core.say import say
from cashier.core.state import Step, Till, deny, deny_scan, stay


def weighing(till: Till, mode: Weighing, stamped: Stamped, event: Turn) -> Step:
    """Type the weight of goods that came without one; that of marked goods may come with their mark."""
    if till.wants_mark:
        match event:
            case Scanned():
                return stay(till).then(ReadScan(event))
            case ScanRead():
                return marking.once(till, event, lambda own: _marked(own, mode, stamped, event))
            case _:
                pass
    return keys_only(till, event, say("scan_in_dialog"), lambda key: _weighing_key(till, mode, stamped, key))


def _marked(till: Till, mode: Weighing, stamped: Stamped, event: ScanRead) -> Step:
    """Take the mark before the weight: a weight in it goes, else it is still to be typed."""
    problem = misfit(event.reading, mode.product)
    if problem:
        return deny_scan(till, event.scan, say("problem", what=problem[0], advice=problem[1]))
    if event.reading.of("weight"):
        return enter(till, stamped, mode.product, None, event.scan.source, event.reading)
    marked = replace(mode, source=event.scan.source, reading=event.reading)
    return stay(till).to(marked).saying(say("mark_taken_weigh")).then(Signal(accepted=True, device=event.scan.device))


def _weighing_key(till: Till, mode: Weighing, stamped: Stamped, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.DIALOG, key.key)
    quantity = q.typed(mode.entry) if meaning is Action.ACCEPT else None
    if quantity:
        return enter(till, stamped, mode.product, quantity, mode.source, mode.reading)
    if meaning is Action.PANEL and till.rules.samples and till.wants_mark:
        return stay(till).to(Panel(mode, till.panel_row))
    return _edit(till, mode, meaning)


def requantifying(till: Till, mode: Requantifying, stamped: Stamped, event: Turn) -> Step:
    """Type the new quantity of the selected line."""
    return keys_only(till, event, say("scan_in_dialog"), lambda key: _requantifying_key(till, mode, stamped, key))


def _requantifying_key(till: Till, mode: Requantifying, stamped: Stamped, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.DIALOG, key.key)
    receipt = till.ledger.receipt
    line = receipt.at(mode.position) if receipt else None
    quantity = q.typed(mode.entry) if meaning is Action.ACCEPT else None
    if quantity and receipt and line:
        return _change(till, stamped, receipt, line, quantity)
    return _edit(till, mode, meaning)


def _edit(till: Till, mode: Weighing | Requantifying, meaning: Meaning) -> Step:
    if meaning is Action.CANCEL:
        return stay(till).to(Selling())
    entry = edited(mode.entry, meaning, numeric=True)
    if entry is None:
        return deny(till, say("quantity_bad") if meaning is Action.ACCEPT else None)
    return stay(till).to(replace(mode, entry=entry))


def counting_back(till: Till, mode: CountingBack, event: Turn) -> Step:
    """Type how much of a position comes back; zero takes its tick away."""
    return keys_only(till, event, say("scan_in_dialog"), lambda key: _counting_key(till, mode, key))


def _counting_key(till: Till, mode: CountingBack, key: Pressed) -> Step:
    meaning, sold = till.rules.keymap.meaning(Context.DIALOG, key.key), mode.form.sold
    if meaning is Action.CANCEL or sold is None:
        return stay(till).to(Returning(mode.form))
    if meaning is Action.ACCEPT:
        return _counted(till, mode, sold)
    entry = edited(mode.entry, meaning, numeric=True)
    return deny(till) if entry is None else stay(till).to(replace(mode, entry=entry))


def _counted(till: Till, mode: CountingBack, sold: SoldLine) -> Step:
    free = free_of(till.ledger.receipt, sold)
    quantity = q.typed(mode.entry) if mode.entry else free
    if quantity is None or not (sold.product.fractional or q.is_whole(quantity)):
        return deny(till, say("quantity_bad"))
    if quantity > free:
        return stay(till).refusing(*too_much(free), replace(mode, entry=""))
    return stay(till).to(Returning(mode.form.ticking(sold.position, quantity))).then(Signal(accepted=True))


def _change(till: Till, stamped: Stamped, receipt: Receipt, line: Line, quantity: q.Thousandths) -> Step:
    if line.storno:
        return deny(till, say("line_is_stornoed")).to(Selling())
    problem = objection(replace(line.product, sale_allowed=True), quantity)
    if problem:
        return stay(till).refusing(*problem, Selling())
    if quantity == line.quantity:
        return stay(till).to(Selling())
    if till.works_on(line):
        return recovery.put_right_all(deny(till, recovery.AT_WORK).to(Selling()), stamped, receipt.identifier)
    wanted = replace(line, quantity=quantity, source="")
    return passing.begin(stay(till), stamped, Passage(Phase.ENTER, receipt, wanted, before=line))
