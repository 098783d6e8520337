"""The form of a return by receipt: positions are ticked, counted, scanned, and go into the return receipt.

Goods sold by their mark go in at once, each with its mark, and out again by a storno; the others when the receipt is
formed (spec M9). The right is asked for when the first of them goes in: then it is seen what is to come back.
"""

from collections.abc import Sequence
from typing import assert_never

from msgspec.structs import replace

from cashier.core.effects import ReadScan, Signal
from cashier.core.events import Pressed, Response, Scanned, ScanRead, Stamped, Turn
from cashier.core.keys import Action, Context, Typed
from cashier.core.machines import backline, marking, seeking
from cashier.core.machines.approval import guarded
from cashier.core.machines.candidate import open_receipt, outlived, refuse_outlived
from cashier.core.machines.lists import moved, row_of
from cashier.core.mark_words import trouble
from cashier.core.modes import CountingBack, Helping, Panel, Returning, Seeking, Selling, Telling
from cashier.core.quantity import Thousandths
from cashier.core.reading import Reading
from cashier.core.receipt import DocumentType
from cashier.core.return_form import (
    NOTHING,
    Going,
    ReturnForm,
    by_mark,
    free_of,
    is_countable,
    rest_of,
    ticked,
    too_much,
)
from cashier.core.rights import Errand
from cashier.core.sales import SoldLine
from cashier.core.say import Say, Sum, say
from cashier.core.state import Step, Till, deny, stay


def begin(till: Till) -> Step:
    """Look for a sale receipt; in a return by one, open its form again."""
    receipt = till.ledger.receipt
    if outlived(till):
        return refuse_outlived(till, Selling())
    if receipt and receipt.sale:
        return stay(till).to(Returning(seeking.first_row(ReturnForm(receipt.sale))))
    if receipt:
        free = receipt.kind is DocumentType.RETURN
        return deny(till, say("return_free_open") if free else say("return_receipt_open"))
    return stay(till).to(Seeking())


def begin_free(till: Till, stamped: Stamped) -> Step:
    """Open a return without a receipt; the right to it is settled."""
    if till.ledger.receipt:
        return deny(till, say("return_receipt_open")).to(Selling())
    if outlived(till):
        return refuse_outlived(till, Selling())
    _, opening = open_receipt(till, stamped, kind=DocumentType.RETURN)
    return stay(till).recorded(*opening).to(Selling()).saying(say("return_begun")).then(Signal(accepted=True))


def returning(till: Till, mode: Returning, event: Turn) -> Step:
    """Take a key or a scan in the form."""
    form = mode.form.at_rest
    match event:
        case Pressed():
            return _key(till, form, event)
        case Scanned():
            return stay(till).then(ReadScan(event))
        case ScanRead():
            return marking.once(till, event, lambda own: _scanned(own, form, event))
        case Response():
            return stay(till)
        case _:
            assert_never(event)


def _key(till: Till, form: ReturnForm, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.RETURN, key.key)
    sold = form.sold
    match meaning:
        case Action.CANCEL:
            return stay(till).to(Selling())
        case Action.SUBTOTAL:
            return _formed(till, form)
        case Action.WHOLE:
            return _whole(till, form)
        case Action.HELP:
            return stay(till).to(Helping(Returning(form)))
        case Action.PANEL if till.rules.samples:
            return stay(till).to(Panel(Returning(form), till.panel_row))
        case Action.QUANTITY if sold:
            return _counted(till, form, sold)
        case Action.ACCEPT if sold and is_countable(sold):
            return _counted(till, form, sold)
        case Action.PICK | Action.ACCEPT if sold:
            return _ticked(till, form, sold)
        case Typed(character):
            return _digit(till, form, character)
        case _:
            row = moved(meaning, form.chosen, len(form.sale.lines))
            return deny(till) if row is None else stay(till).to(Returning(replace(form, chosen=row)))


def _digit(till: Till, form: ReturnForm, character: str) -> Step:
    row = row_of(character, len(form.sale.lines))
    if row is None:
        return deny(till, say("key_means_nothing"))
    sold = form.sale.lines[row]
    return _ticked(till, form.at(sold.position), sold)


def _ticked(till: Till, form: ReturnForm, sold: SoldLine) -> Step:
    """Tick all that is left of a position, or take the tick away; goods sold by mark go in by their mark."""
    receipt = till.ledger.receipt
    problem = backline.objection(till, receipt, sold)
    if problem:
        return deny(till, problem[0]).to(Returning(form))
    if till.rules.wants_mark(sold.product):
        return _added(till, form, (Going(sold.position, by_mark(receipt, sold)),))
    quantity = NOTHING if form.quantity_of(sold.position) else free_of(receipt, sold)
    return stay(till).to(Returning(form.ticking(sold.position, quantity))).then(Signal(accepted=True))


def _counted(till: Till, form: ReturnForm, sold: SoldLine) -> Step:
    """Let the quantity be typed; that of goods sold by mark is one."""
    if till.rules.wants_mark(sold.product) or backline.objection(till, till.ledger.receipt, sold):
        return _ticked(till, form, sold)
    return stay(till).to(CountingBack(form))


def _scanned(till: Till, form: ReturnForm, event: ScanRead) -> Step:
    reading, back = event.reading, Returning(form)
    if not (reading.barcode or reading.code or reading.damage):
        return stay(till).refusing(say("scan_unreadable"), say("scan_unreadable_advice"), back)
    receipt = till.ledger.receipt
    sold = trouble(reading) or backline.meant(till, receipt, form, reading)
    if not isinstance(sold, SoldLine):
        return stay(till).refusing(*sold, back)
    if till.rules.wants_mark(sold.product):
        marked = reading if reading.accepted else None
        quantity = by_mark(receipt, sold)
        return _added(till, form, (Going(sold.position, quantity, marked, event.scan.source),))
    return _one_more(till, form, sold, reading).then(Signal(accepted=True, device=event.scan.device))


def _one_more(till: Till, form: ReturnForm, sold: SoldLine, reading: Reading) -> Step:
    """Tick one piece more, of a box as many as are in it; what is weighed comes back as it was sold."""
    free, ticked = free_of(till.ledger.receipt, sold), form.quantity_of(sold.position)
    quantity = free if sold.product.fractional else Thousandths(ticked + backline.piece_of(sold, reading))
    if quantity > free:
        return stay(till).refusing(*too_much(free), Returning(form.at(sold.position)))
    return stay(till).to(Returning(form.ticking(sold.position, quantity)))


def _formed(till: Till, form: ReturnForm) -> Step:
    """Let all that is ticked into the return receipt, and show that."""
    going = tuple(Going(position, quantity) for position, quantity in form.picked)
    if going:
        return _added(till, replace(form, then="receipt"), going)
    receipt = till.ledger.receipt
    return stay(till).to(Selling()) if receipt and receipt.sold else deny(till, say("return_nothing_picked"))


def _whole(till: Till, form: ReturnForm) -> Step:
    """Let all of the receipt in that needs no mark; the cashier is told what is left out (spec M9)."""
    receipt, wants_mark = till.ledger.receipt, till.rules.wants_mark
    if any(own.left > form.quantity_of(own.position) > 0 for own in form.sale.lines):
        return deny(till, say("return_part_picked"))
    going, left_out = [], []
    for own in form.sale.lines:
        if own.left and (not own.product.refund_allowed or (wants_mark(own.product) and rest_of(receipt, own))):
            left_out.append(own)
        elif free_of(receipt, own) and not wants_mark(own.product):
            going.append(Going(own.position, free_of(receipt, own)))
    if not going:
        return deny(till, _nothing_whole(left_out))
    positions = tuple(own.position for own in left_out)
    return _added(till, replace(form, then="receipt", left_out=positions), tuple(going))


def _nothing_whole(left_out: Sequence[SoldLine]) -> Say:
    """Say why a whole receipt does not come back."""
    if any(own.product.refund_allowed for own in left_out):
        return say("return_only_marked")
    return say("return_forbidden", name=left_out[0].product.name) if left_out else say("return_exceeds")


def _added(till: Till, form: ReturnForm, going: tuple[Going, ...]) -> Step:
    """Let positions in; the first of a receipt by somebody's right to it, and the first that another cashier adds."""
    if outlived(till):
        return refuse_outlived(till, Returning(form.at_rest))
    asked = replace(till, mode=Returning(replace(form, wanted=going)))
    receipt = till.ledger.receipt
    if receipt and not receipt.handed:
        return allowed(asked)
    return guarded(asked, Errand.REFUND, lambda: allowed(asked))


def allowed(till: Till) -> Step:
    """Send what was wanted on its way; the right to it is settled."""
    mode = till.mode
    if not isinstance(mode, Returning):
        return stay(till)
    return stay(till).to(Returning(replace(mode.form, queue=mode.form.wanted, wanted=())))


def carried_on(step: Step, stamped: Stamped) -> Step:
    """Send what waits in the form on its way, one after the other; when all is in, go where that leads."""
    while isinstance(step.till.mode, Returning) and step.till.mode.form.queue:
        form = step.till.mode.form
        step = step.onward(lambda till, form=form: _next(till, stamped, form))  # type: ignore[misc]
    if isinstance(step.till.mode, Returning):
        form = step.till.mode.form
        picked = ticked(form, step.till.ledger.receipt)
        step = step if picked == form.picked else step.to(Returning(replace(form, picked=picked)))
    mode = step.till.mode
    if not (isinstance(mode, Returning) and mode.form.then == "receipt") or mode.form.wanted:
        return step
    receipt = step.till.ledger.receipt
    if receipt is None or not receipt.sold:
        return step.to(Returning(mode.form.at_rest))
    return step.to(_left_out(mode.form) if mode.form.left_out else Selling())


def _left_out(form: ReturnForm) -> Telling:
    """Say what a return of the whole receipt leaves out, and how the rest comes back."""
    goods = [own for own in form.sale.lines if own.position in form.left_out]
    forbidden = all(not own.product.refund_allowed for own in goods)
    text = say("return_left_forbidden") if forbidden else say("return_left_out")
    return Telling(text, lines=tuple(_left_row(own) for own in goods))


def _left_row(sold: SoldLine) -> Say:
    if not sold.product.refund_allowed:
        return say("left_row_forbidden", name=sold.product.name)
    return say("left_row", name=sold.product.name, price=Sum(sold.price))


def _next(till: Till, stamped: Stamped, form: ReturnForm) -> Step:
    going, *queue = form.queue
    rest = replace(form.at(going.position), queue=tuple(queue))
    receipt, opening = open_receipt(till, stamped, kind=DocumentType.RETURN_BY_RECEIPT, sale=form.sale)
    return backline.send(replace(till, mode=Returning(rest)), stamped, receipt, opening, going, rest)
