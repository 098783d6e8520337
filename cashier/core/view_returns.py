"""The form of a return by receipt and the dialogs around it: what was sold, what came back, what comes back now."""

from datetime import datetime
from typing import Final

from cashier.core import modes as m
from cashier.core.keys import Action, Context
from cashier.core.modes import SEEK_FIELDS, SEEK_ROWS
from cashier.core.money import Kopecks
from cashier.core.paper import reason_words
from cashier.core.receipt import DocumentType, Receipt
from cashier.core.return_form import ReturnForm, due, free_of, in_receipt, refundable, rest_of, ticked
from cashier.core.return_search import proposed
from cashier.core.sales import REASONS, SaleHead, SoldLine
from cashier.core.say import Count, Day, Moment, Say, Sum, say
from cashier.core.state import Till
from cashier.core.tender import TenderKind
from cashier.core.view_keys import digit_of, hint, listing, rows_of
from cashier.core.view_model import BackRow, BackSheet, Detail, Dialog, Entry, Figure, Hint, Option, Tone, Weight

Returns = m.Seeking | m.ListingSales | m.Returning | m.CountingBack | m.GivingReason

_FIELD: Final = {
    "till": say("seek_till"),
    "shift": say("seek_shift"),
    "number": say("seek_receipt"),
    "date": say("seek_day"),
    "code": say("seek_code_typed"),
}


def sheet_of(till: Till, form: ReturnForm) -> BackSheet:
    """Return the rows of the form."""
    receipt = till.ledger.receipt
    rows = tuple(_row(till, form, receipt, line) for line in form.sale.lines)
    return BackSheet(rows, form.chosen)


def _row(till: Till, form: ReturnForm, receipt: Receipt | None, sold: SoldLine) -> BackRow:
    stands = in_receipt(receipt, sold.position)
    now = stands or form.quantity_of(sold.position)
    return BackRow(
        position=sold.position,
        name=sold.product.name,
        marked=till.rules.wants_mark(sold.product),
        sold=sold.quantity,
        back=sold.returned,
        left=free_of(None, sold),
        now=now,
        amount=sold.due(now),
        fixed=bool(stands),
        shut=not (stands or free_of(receipt, sold)),
    )


def kind_of(till: Till, mode: m.Mode) -> Say:
    """Name what is being done, for the header."""
    return say("kind_return") if is_return(till, mode) else say("kind_sale")


def is_return(till: Till, mode: m.Mode) -> bool:
    """Tell whether goods come back now, or just have."""
    receipt, farewell = till.ledger.receipt, till.farewell
    if farewell:
        return farewell.kind is not DocumentType.SALE
    back = receipt is not None and receipt.gives_back
    return back or isinstance(mode, Returns) or m.form_of(mode) is not None


def figure_of(till: Till, form: ReturnForm) -> Figure:
    """Return what the buyer gets for all that is ticked."""
    receipt = till.ledger.receipt
    count = len(ticked(form, receipt)) + (receipt.sold if receipt else 0)
    return Figure(say("figure_back"), due(form, receipt), Weight.TOTAL, say("lines_count", count=count))


def details_of(till: Till, form: ReturnForm) -> tuple[Detail, ...]:
    """Tell of the row that the keys work on, and which receipt this is."""
    sold, sale = form.sold, form.sale
    of = Detail(say("return_of", number=sale.number, shift=sale.shift, till=sale.till, time=Moment(sale.at)))
    if sold is None:
        return (of,)
    times = say("line_times", quantity=Count(sold.quantity), unit=sold.product.unit, price=Sum(sold.price))
    why = _why(till, sold)
    left = Detail(why or say("return_left", left=Count(sold.left), sum=Sum(sold.left_sum)), strong=why is not None)
    return Detail(say("external", text=sold.product.name), strong=True), Detail(times), left, of


def _why(till: Till, sold: SoldLine) -> Say | None:
    """Say why nothing of a position may come back."""
    if not sold.product.refund_allowed:
        return say("return_forbidden_short")
    receipt = till.ledger.receipt
    more = till.rules.wants_mark(sold.product) and rest_of(receipt, sold)
    if in_receipt(receipt, sold.position) and not more:
        return say("return_in_receipt_short")
    return None if sold.left else say("return_all_back")


def payment_details(receipt: Receipt) -> tuple[Detail, ...]:
    """Tell of each kind of money how much was given back, and how much may be."""
    captions = {TenderKind.CASH: say("refund_cash"), TenderKind.CARD: say("refund_card")}
    given = receipt.tendered
    details = [Detail(say("refund_total"), _sum(receipt.total), strong=True)]
    details += [Detail(captions[kind], _sum(given[kind])) for kind in TenderKind if given[kind]]
    if receipt.sale:
        most = {kind: refundable(receipt, kind) for kind in TenderKind}
        details += [
            Detail(Say(f"refund_paid_{kind}", (("sum", Sum(most[kind])),))) for kind in TenderKind if most[kind] > 0
        ]
    return tuple(details)


def dialog_of(till: Till, mode: Returns) -> Dialog | None:
    """Return the panel of such a mode."""
    match mode:
        case m.Seeking():
            return _seeking(till, mode)
        case m.ListingSales(heads, chosen):
            rows = tuple(_head(till, head, row) for row, head in enumerate(heads))
            return Dialog(say("title_sales"), options=rows, chosen=chosen, keys=listing(till))
        case m.CountingBack(form):
            return _counting(till, form)
        case m.GivingReason(chosen):
            rows = tuple(Option(reason_words(own), digit=digit_of(row)) for row, own in enumerate(REASONS))
            keys = listing(till, say("key_choose"), say("key_cancel"))
            return Dialog(say("title_reason"), Tone.QUESTION, options=rows, chosen=chosen, keys=keys)
        case m.Returning():
            return None


def _seeking(till: Till, mode: m.Seeking) -> Dialog:
    title, panel = say("title_seeking"), _panel(till)
    if mode.token:
        back = hint(till, Context.LIST, Action.CANCEL, say("key_cancel_wait"))
        return Dialog(title, Tone.QUESTION, (say("seek_looking"),), keys=(back,))
    if not mode.way:
        keys = (*listing(till, say("key_choose")), *panel)
        return Dialog(title, Tone.QUESTION, (say("seek_scan"),), rows_of(SEEK_ROWS), mode.chosen, keys=keys)
    usual = proposed(till, mode.field)
    so_far = tuple(
        Say(f"seek_typed_{field}", (("value", Day(value) if field == "date" else value),))
        for field, value in zip(SEEK_FIELDS[mode.way], mode.typed, strict=False)
    )
    body = (_FIELD[mode.field], *so_far, *((say("seek_usual", value=usual),) if usual and not mode.entry else ()))
    context = Context.TEXT if mode.way == "code" else Context.DIALOG
    accept = hint(till, context, Action.ACCEPT, say("key_accept"))
    back = hint(till, context, Action.CANCEL, say("key_clear") if mode.entry else say("key_back"))
    return Dialog(title, Tone.QUESTION, body, keys=(accept, back, *panel))


def _panel(till: Till) -> tuple[Hint, ...]:
    return (hint(till, Context.LIST, Action.PANEL, say("key_panel")),) if till.rules.samples else ()


def _head(till: Till, head: SaleHead, row: int) -> Option:
    at = datetime.fromisoformat(head.at)
    time = at.strftime("%H:%M" if at.date() == till.now.date() else "%d.%m.%y")
    caption = say("sale_row", number=head.number, time=time, till=head.till, shift=head.shift)
    back = say("sale_row_back")
    return Option(caption, back if head.is_back else _sum(head.total), digit_of(row))


def _counting(till: Till, form: ReturnForm) -> Dialog | None:
    sold = form.sold
    if sold is None:
        return None
    most = say("return_most", left=Count(free_of(till.ledger.receipt, sold)), unit=sold.product.unit)
    accept = hint(till, Context.DIALOG, Action.ACCEPT, say("key_accept"))
    cancel = hint(till, Context.DIALOG, Action.CANCEL, say("key_cancel"))
    body = (say("external", text=sold.product.name), most)
    return Dialog(say("title_counting_back"), Tone.QUESTION, body, keys=(accept, cancel))


def entry_of(mode: Returns) -> Entry | None:
    """Return the line that is typed in such a mode."""
    match mode:
        case m.Seeking(way, entry=entry) if way and not mode.token:
            return Entry(Say(f"entry_seek_{mode.field}"), entry)
        case m.CountingBack(_, entry):
            return Entry(say("entry_back"), entry)
        case _:
            return None


def _sum(amount: Kopecks) -> Say:
    return say("sum", sum=Sum(amount))
