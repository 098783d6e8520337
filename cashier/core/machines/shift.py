"""The shift machine: X, and Z with everything that must be settled before it.

The fiscal device is asked to close the shift under a durable intent; the till's shift is closed when the device's is,
and its report goes to paper like any other document.
"""

from typing import Literal, assert_never

from msgspec.structs import replace

from cashier.core import conditions, orders
from cashier.core import facts as f
from cashier.core.effects import AskFiscal, Log, ShutShift, Signal
from cashier.core.events import FiscalReady, Pressed, ShiftShut, Stamped, Turn
from cashier.core.keys import Action, Context
from cashier.core.machines import papers, recovery
from cashier.core.machines.approval import confirmed, guarded
from cashier.core.machines.keys_only import keys_only
from cashier.core.machines.lists import selected, taken
from cashier.core.machines.resting import under
from cashier.core.modes import (
    ASK_AGAIN,
    CLOSING_ROWS,
    DONE,
    POSTPONED_ROWS,
    Closing,
    Confirming,
    Purpose,
    Reporting,
    Selling,
    SettlingPostponed,
)
from cashier.core.receipt import Receipt
from cashier.core.rights import Errand
from cashier.core.say import Sum, say
from cashier.core.shifts import ShiftReport
from cashier.core.state import Step, Till, deny, stay
from cashier.core.told import documents


def report_of(till: Till, kind: Literal["x", "z"], identifier: str, at: str) -> ShiftReport | None:
    """Return the report of the open shift; None when none is open."""
    shift, cashier = till.ledger.shift, till.ledger.cashier
    if shift is None or cashier is None:
        return None
    return ShiftReport(identifier, kind, shift.number, shift.opened, at, cashier, shift.totals, till.ledger.drawer)


def x_report(till: Till, stamped: Stamped) -> Step:
    """Show the sums of the shift and print them; nothing changes."""
    report = report_of(till, "x", stamped.name("x"), stamped.local)
    if report is None:
        return deny(till, say("no_shift")).to(Selling())
    return papers.sent(stay(till), stamped, report, copy=True).to(Reporting(report))


def ask_z(till: Till) -> Step:
    """Ask before the shift is closed; what was put aside and what is not registered comes first."""
    ledger = till.ledger
    if ledger.shift is None:
        return deny(till, say("no_shift")).to(Selling())
    unregistered = [paper for paper in ledger.papers if till.unregistered(paper)]
    if unregistered and unregistered[0] not in ledger.owed:
        return deny(till, say("z_wait_receipt", number=unregistered[0].document.number)).to(Selling())
    if unregistered:
        number = unregistered[0].document.number
        return stay(till).refusing(say("not_registered", number=number), say("not_registered_advice"), Selling())
    if ledger.postponed:
        return stay(till).to(SettlingPostponed())
    return _ask(till)


def _ask(till: Till) -> Step:
    shift = till.ledger.shift
    if shift is None:
        return stay(till).to(Selling())
    question = say("z_question", number=shift.number, total=Sum(shift.totals.sold))
    return stay(till).to(Confirming(question, Purpose.CLOSE_SHIFT))


def settling_postponed(till: Till, mode: SettlingPostponed, stamped: Stamped, event: Turn) -> Step:
    """Ask of each receipt put aside whether it goes on in the next shift or is given up."""
    return keys_only(till, event, say("scan_in_list"), lambda key: _settling_key(till, mode, stamped, key))


def _settling_key(till: Till, mode: SettlingPostponed, stamped: Stamped, key: Pressed) -> Step:
    receipt = till.ledger.aside(mode.kept)
    meaning = till.rules.keymap.meaning(Context.LIST, key.key)
    if meaning is Action.CANCEL or receipt is None:
        return stay(till).to(Selling())
    row = taken(meaning, mode.chosen, len(POSTPONED_ROWS))
    if row == 0:
        return _next_postponed(stay(till).to(SettlingPostponed((*mode.kept, receipt.identifier))))
    if row == 1:
        return guarded(till, Errand.CANCEL_POSTPONED, lambda: _given_up(till, stamped, receipt))
    return selected(till, mode, meaning, len(POSTPONED_ROWS))


def cancel_postponed(till: Till, stamped: Stamped) -> Step:
    """Give up the receipt put aside that is asked about."""
    mode = till.mode
    receipt = till.ledger.aside(mode.kept) if isinstance(mode, SettlingPostponed) else None
    return _given_up(till, stamped, receipt) if receipt else stay(till)


def _given_up(till: Till, stamped: Stamped, receipt: Receipt) -> Step:
    by = till.ledger.cashier or receipt.cashier
    messages = (*recovery.given_up(till.rules.gates, receipt), *orders.given_up(receipt))
    cancelled = f.ReceiptCancelled(receipt.identifier, stamped.local, by)
    told = documents(receipt.identifier, till.rules.destinations)
    return _next_postponed(stay(till).recorded(cancelled, *messages, *told).then(Signal(accepted=True)))


def _next_postponed(step: Step) -> Step:
    mode = step.till.mode
    if isinstance(mode, SettlingPostponed) and step.till.ledger.aside(mode.kept):
        return step.to(replace(mode, chosen=0))
    return step.onward(_ask)


def close(till: Till, stamped: Stamped) -> Step:
    """Close the shift: ask the fiscal device first, where there is one."""
    token = stamped.name("z")
    if till.rules.fiscal:
        return stay(till).to(Closing(token)).then(AskFiscal(token))
    return _closed(stay(till), stamped, token)


def ready(till: Till, stamped: Stamped, event: FiscalReady, mode: Closing) -> Step:
    """Write the intent down and close, now that the device answers."""
    shift, cashier = till.ledger.shift, till.ledger.cashier
    till = stay(till).knowing(conditions.fiscal(answers=event.before is not None)).till
    if event.before is None or shift is None or cashier is None:
        return stay(till).refusing(say("fiscal_silent"), say("z_not_closed_advice"), Selling())
    begun = f.ClosingBegun(mode.token, shift.number, event.before, stamped.local, cashier)
    step = stay(till).recorded(begun).to(Closing(mode.token, "waiting"))
    return step.then(ShutShift(mode.token, event.before))


def shut(till: Till, stamped: Stamped, event: ShiftShut) -> Step:
    """Take the device's answer, whatever stands on the screen."""
    closing = till.ledger.closing
    if closing is None or closing.token != event.token:
        return stay(till).then(Log(f"fiscal device answers late: {event.token} {event.outcome}"))
    till = stay(till).knowing(conditions.fiscal(answers=event.outcome in {"closed", "failed"})).till
    mode = under(till.mode)
    stands = isinstance(mode, Closing)
    match event.outcome:
        case "closed":
            return _closed(stay(till), stamped, closing.token, event.fiscal)
        case "failed":
            step = stay(till).recorded(f.ClosingLeft(closing.token, "failed"))
            return step.refusing(say("z_refused"), say("z_not_closed_advice"), Selling()) if stands else step
        case "unknown" | "strange":
            if not isinstance(mode, Closing) or mode.stage == "silent":
                return stay(till)
            return stay(till).to(Closing(closing.token, "silent")).then(Signal(accepted=False))
        case _:
            assert_never(event.outcome)


def closing(till: Till, mode: Closing, event: Turn) -> Step:
    """Wait for the fiscal device; where it is silent a person answers for it."""
    return keys_only(till, event, say("scan_in_dialog"), lambda key: _closing_key(till, mode, key))


def _closing_key(till: Till, mode: Closing, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.LIST, key.key)
    if mode.stage != "silent":
        leaves = mode.stage == "asking" and meaning is Action.CANCEL
        return stay(till).to(Selling()) if leaves else deny(till, say("wait_fiscal"))
    row = taken(meaning, mode.chosen, len(CLOSING_ROWS))
    if row == ASK_AGAIN:
        return again(stay(till)).to(replace(mode, stage="waiting"))
    if row is not None:
        errand = Errand.CLOSING_DONE if row == DONE else Errand.CLOSING_NOT_DONE
        # Who has allowed the closing has said nothing yet of what became of it.
        asked = replace(till, approver=None)
        return guarded(asked, errand, lambda: confirmed(asked, errand))
    return selected(till, mode, meaning, len(CLOSING_ROWS), say("closing_must_end"))


def again(step: Step) -> Step:
    """Ask the device once more; what it has closed by this token it does not close again."""
    closing = step.till.ledger.closing
    return step.then(ShutShift(closing.token, closing.before)) if closing else step


def decided(till: Till, stamped: Stamped, *, done: bool) -> Step:
    """Take a person's word for what the device did."""
    closing = till.ledger.closing
    if closing is None:
        return stay(till).to(Selling())
    if done:
        return _closed(stay(till), stamped, closing.token, by_hand=True)
    left = f.ClosingLeft(closing.token, by=till.actor)
    return stay(till).recorded(left).to(Selling()).saying(say("z_left")).then(Signal(accepted=True))


def _closed(step: Step, stamped: Stamped, token: str, fiscal: int = 0, *, by_hand: bool = False) -> Step:
    till = step.till
    closing, shift = till.ledger.closing, till.ledger.shift
    cashier = closing.by if closing else till.ledger.cashier
    if shift is None or cashier is None:
        return step.to(Selling())
    totals, drawer = shift.totals, till.ledger.drawer
    report = ShiftReport(token, "z", shift.number, shift.opened, stamped.local, cashier, totals, drawer)
    stands = isinstance(till.mode, Confirming) or isinstance(under(till.mode), Closing)
    shown = stands and till.ledger.cashier is not None
    step = step.recorded(f.ShiftClosed(report, fiscal, till.actor if by_hand else None))
    step = papers.sent(step.then(Signal(accepted=True)), stamped, report, fiscal=fiscal)
    return step.to(Reporting(report)) if shown else step


def reporting(till: Till, event: Turn) -> Step:
    """Hold a report until it is read."""
    return keys_only(till, event, say("scan_in_dialog"), lambda key: _reporting_key(till, key))


def _reporting_key(till: Till, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.DIALOG, key.key)
    return stay(till).to(Selling()) if meaning in {Action.ACCEPT, Action.CANCEL} else deny(till)
