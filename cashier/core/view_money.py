"""Dialogs of money and of rights: card, cash in and out, discount, shift, receipts put aside, another user's word."""

from datetime import datetime

from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core import view_orders
from cashier.core.keys import Action, Context
from cashier.core.modes import CHARGE_ROWS, CLOSING_ROWS, POSTPONED_ROWS
from cashier.core.money import Kopecks
from cashier.core.receipt import Receipt
from cashier.core.say import Moment, Say, Sum, say
from cashier.core.shifts import ShiftReport, Totals
from cashier.core.state import Till
from cashier.core.view_discount import discounting
from cashier.core.view_keys import answering, digit_of, hint, listing, rows_of
from cashier.core.view_model import Dialog, Entry, Hint, Option, Tone
from cashier.core.view_question import of_approval
from cashier.core.words import allowed

Money = (
    m.Approving
    | m.Charging
    | m.Closing
    | m.SettlingPostponed
    | m.Ordering
    | m.Restoring
    | m.Discounting
    | m.MovingCash
    | m.Reporting
)


def dialog_of(till: Till, mode: Money) -> Dialog | None:
    """Return the panel of such a mode."""
    match mode:
        case m.Approving(errand, stage=stage):
            right = allowed(replace(till, mode=mode.back), errand)
            body = (*of_approval(mode.back, right), say("approving_advice"))
            keys = _typing(till, Context.SIGN_IN, busy=stage == "checking")
            return Dialog(say("title_approving"), Tone.QUESTION, body, keys=keys)
        case m.Charging():
            return _charging(till, mode)
        case m.Closing(_, stage, chosen):
            return _closing(till, stage, chosen)
        case m.SettlingPostponed(chosen=chosen):
            return _postponed(till, mode, chosen)
        case m.Ordering():
            return view_orders.dialog_of(till, mode)
        case m.Restoring(chosen):
            rows = tuple(_row(till, receipt, row) for row, receipt in enumerate(till.ledger.postponed))
            return Dialog(say("title_restoring"), options=rows, chosen=chosen, keys=listing(till))
        case m.Discounting(whole):
            return discounting(till, whole=whole)
        case m.MovingCash(direction):
            title = say("title_cash_in") if direction == "in" else say("title_cash_out")
            drawer = (say("drawer_now", drawer=Sum(till.ledger.drawer)),)
            return Dialog(title, Tone.QUESTION, drawer, keys=_typing(till, Context.DIALOG))
        case m.Reporting(report):
            close = hint(till, Context.DIALOG, Action.ACCEPT, say("key_close"))
            return Dialog(_report_title(report), options=_report(report), chosen=-1, keys=(close,))


def _charging(till: Till, mode: m.Charging) -> Dialog | None:
    charge = till.ledger.charge
    if charge is None:
        return None
    amount = Sum(charge.amount)
    title = say("title_reversing", sum=amount) if charge.gives_back else say("title_charging", sum=amount)
    rows = CHARGE_ROWS.get(mode.stage, ())
    if not rows:
        stop = hint(till, Context.LIST, Action.CANCEL, say("key_cancel"))
        said = say("charging_asking") if mode.stage == "asking" else say("charging_wait")
        return Dialog(title, Tone.QUESTION, (said,), keys=(stop,))
    body = say("charging_silent") if mode.stage == "silent" else say("charging_manual")
    tone = Tone.ERROR if mode.stage == "silent" else Tone.QUESTION
    return Dialog(title, tone, (body,), rows_of(rows), mode.chosen, keys=answering(till))


def _closing(till: Till, stage: str, chosen: int) -> Dialog:
    title = say("title_closing")
    if stage == "silent":
        silent = (say("closing_silent"),)
        return Dialog(title, Tone.ERROR, silent, rows_of(CLOSING_ROWS), chosen, keys=answering(till))
    stop = hint(till, Context.LIST, Action.CANCEL, say("key_cancel"))
    return Dialog(title, body=(say("closing_wait"),), keys=(stop,) if stage == "asking" else ())


def _postponed(till: Till, mode: m.SettlingPostponed, chosen: int) -> Dialog | None:
    receipt = till.ledger.aside(mode.kept)
    if receipt is None:
        return None
    body = (say("postponed_sum", total=Sum(receipt.total), time=Moment(receipt.opened)), _first(receipt))
    title = say("title_settling", number=receipt.number)
    keys = listing(till, say("key_choose"), say("key_cancel"))
    return Dialog(title, Tone.QUESTION, body, rows_of(POSTPONED_ROWS), chosen, keys=keys)


def _row(till: Till, receipt: Receipt, row: int) -> Option:
    """Tell a receipt put aside; of one opened today the day is left out, so that there is room for its goods."""
    first = dict(_first(receipt).places)["text"]
    opened = datetime.fromisoformat(receipt.opened)
    time = opened.strftime("%H:%M") if opened.date() == till.now.date() else Moment(receipt.opened)
    caption = say("postponed_row", number=receipt.number, time=time, name=first)
    return Option(caption, say("sum", sum=Sum(receipt.total)), digit_of(row))


def _first(receipt: Receipt) -> Say:
    """Say the first thing that is sold in it."""
    return say("external", text=next((line.product.name for line in receipt.live), ""))


def _typing(till: Till, context: Context, *, busy: bool = False) -> tuple[Hint, ...]:
    accept = hint(till, context, Action.ACCEPT, say("key_accept"))
    return () if busy else (accept, hint(till, context, Action.CANCEL, say("key_cancel")))


def _report_title(report: ShiftReport) -> Say:
    if report.kind == "x":
        return say("title_x_report", shift=report.number)
    return say("title_z_report", shift=report.number)


def _report(report: ShiftReport) -> tuple[Option, ...]:
    totals: Totals = report.totals
    return (
        # With what came back there is no room for it at 80x25; the paper has both.
        *(() if totals.refunds else (Option(say("report_opened"), say("paper_time", time=Moment(report.opened))),)),
        Option(say("report_sales"), say("count", count=totals.sales)),
        Option(say("report_cash"), _sum(totals.cash)),
        Option(say("report_card"), _sum(totals.card)),
        Option(say("report_sold"), _sum(totals.sold), strong=True),
        *_refunds(totals),
        Option(say("report_discounts"), _sum(totals.discounts)),
        Option(say("report_cancelled", count=totals.cancelled), _sum(totals.cancelled_sum)),
        Option(say("report_cash_in"), _sum(totals.cash_in)),
        Option(say("report_cash_out"), _sum(totals.cash_out)),
        Option(say("report_drawer"), _sum(report.drawer), strong=True),
    )


def _refunds(totals: Totals) -> tuple[Option, ...]:
    """Tell of what came back, where something did."""
    if not totals.refunds:
        return ()
    return (
        Option(say("report_refunds", count=totals.refunds), _sum(totals.refunded)),
        Option(say("report_gain"), _sum(totals.takings), strong=True),
    )


def _sum(amount: Kopecks) -> Say:
    return say("sum", sum=Sum(amount))


def entry_of(mode: Money) -> Entry | None:
    """Return the line that is typed in such a mode."""
    match mode:
        case m.Approving(entry=entry, stage=stage):
            if stage == "code":
                return Entry(say("approving_code"), entry)
            return Entry(say("approving_password"), "•" * len(entry))
        case m.Ordering():
            return view_orders.entry_of(mode)
        case m.Discounting(_, entry):
            return Entry(say("entry_discount"), entry)
        case m.MovingCash(_, entry):
            return Entry(say("entry_sum"), entry)
        case _:
            return None
