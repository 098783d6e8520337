"""What concerns the till whatever stands on the screen: time, devices, paper, disk, what a crash left open."""

from typing import assert_never

from msgspec.structs import replace

from cashier.core import conditions
from cashier.core import facts as f
from cashier.core.effects import Log, Signal
from cashier.core.events import (
    CardAnswered,
    ChargeFound,
    ClosingFound,
    ConditionsChanged,
    DeviceChanged,
    FiscalReady,
    IntentFound,
    LeaveFound,
    News,
    OrderFetched,
    OrderFound,
    Printed,
    SaleFound,
    ScanBroken,
    ShiftShut,
    Stamped,
    StoreChanged,
    Ticked,
)
from cashier.core.machines import charging, ordering, papers, passing, recovery, seeking, shift
from cashier.core.modes import (
    Approving,
    CheckingPassword,
    Closing,
    EnteringCode,
    EnteringPassword,
    Panel,
    Passing,
    SavingPerson,
)
from cashier.core.passage import Questioned
from cashier.core.say import Say, say
from cashier.core.shifts import CashMove, Document, ShiftReport
from cashier.core.state import Device, Step, Till, stay

FOUND_OUT = frozenset({"printer", "terminal", "fiscal", "marks", "stock", "settings"})
"""Topics that are known from what devices and servers answer, and not measured."""

_SIGNING_IN = EnteringCode | EnteringPassword | CheckingPassword


def heard(till: Till, stamped: Stamped, event: News) -> Step:
    """Take one piece of news; none of it closes a dialog."""
    match event:
        case Ticked():
            return _idle(till, stamped) if event.idle else stay(till)
        case DeviceChanged():
            others = tuple(d for d in till.devices if d.name != event.device)
            known = (*others, Device(event.device, event.state, event.detail))
            return Step(replace(till, devices=known), (Log(f"device {event.device} {event.state} {event.detail}"),))
        case ScanBroken():
            log = Log(f"scan {event.device}#{event.number} broken: {event.reason}")
            return stay(till).saying(say("scan_broken")).then(Signal(accepted=False, device=event.device), log)
        case StoreChanged():
            return Step(replace(till, disk=event.trouble), (Log(f"disk: {event.trouble or 'well again'}"),))
        case ConditionsChanged(measured):
            topics = {own.topic for own in measured}
            own = tuple(c for c in till.conditions if c.topic in FOUND_OUT and c.topic not in topics)
            return Step(replace(till, conditions=(*own, *measured)))
        case IntentFound():
            return recovery.unsettled(till, stamped, event.intent)
        case LeaveFound():
            return recovery.unleft(stay(till), event.position)
        case _:
            return _of_devices(till, stamped, event)


_OfDevices = (
    Printed
    | OrderFetched
    | OrderFound
    | SaleFound
    | CardAnswered
    | FiscalReady
    | ShiftShut
    | ChargeFound
    | ClosingFound
)


def _of_devices(till: Till, stamped: Stamped, event: _OfDevices) -> Step:
    match event:
        case Printed():
            return _printed(till, stamped, event)
        case CardAnswered():
            return charging.answered(till, stamped, event)
        case FiscalReady():
            if isinstance(till.mode, Closing) and (till.mode.token, till.mode.stage) == (event.token, "asking"):
                return shift.ready(till, stamped, event, till.mode)
            return papers.ready(till, event)
        case ShiftShut():
            return shift.shut(till, stamped, event)
        case OrderFetched():
            return ordering.fetched(till, stamped, event)
        case OrderFound():
            return ordering.found(till)
        case SaleFound():
            return seeking.found(till, event)
        case ChargeFound():
            return charging.ask(stay(till))
        case ClosingFound():
            return shift.again(stay(till))
        case _:
            assert_never(event)


def _idle(till: Till, stamped: Stamped) -> Step:
    """Lock after the idle limit; a question of a gate is given up, what is under way outside is waited for."""
    under = till.mode.back if isinstance(till.mode, Panel) else till.mode
    if isinstance(under, EnteringPassword) or (isinstance(under, EnteringCode) and under.entry):
        return stay(till).to(EnteringCode())
    compared = isinstance(under, Approving) and under.stage == "checking"
    if compared or isinstance(under, _SIGNING_IN | SavingPerson) or till.ledger.cashier is None:
        return stay(till)
    step = stay(till)
    if isinstance(under, Passing):
        given_up = passing.give_up(till, under, stamped) if isinstance(under.at, Questioned) else None
        if given_up is None or isinstance(given_up.till.mode, Passing):
            return given_up or step
        step = given_up
    return step.recorded(f.SignedOut(till.ledger.cashier, idle=True, at=stamped.local)).to(EnteringCode())


def _printed(till: Till, stamped: Stamped, event: Printed) -> Step:
    begun = next((begun for begun in till.ledger.prints if begun.token == event.token), None)
    if begun is None:
        return stay(till)
    step = stay(till).recorded(f.PrintEnded(event.token, event.outcome, event.reason, event.fiscal))
    step = _known(step, event)
    step = papers.next_unregistered(step, stamped) if event.fiscal and not begun.copy else step
    paper = till.ledger.paper(begun.receipt)
    if event.outcome == "printed":
        step = papers.calmed(step, None if begun.copy else paper)
        farewell = till.farewell
        fresh = farewell and farewell.token == event.token
        return step.parting(replace(farewell, paper=event.paper)) if farewell and fresh else step
    log = Log(f"print {event.outcome}: {event.reason}")
    warning = say("copy_failed") if begun.copy or paper is None else _not_printed(event, paper.document)
    return step.warning(warning).then(Signal(accepted=False), log)


def _known(step: Step, event: Printed) -> Step:
    """Remember what a printing tells of the printer and of the fiscal device."""
    if event.reason in {"fiscal", "fiscal_strange"}:
        return step.knowing(conditions.fiscal(answers=False))
    step = step.knowing(conditions.fiscal(answers=True)) if event.fiscal else step
    return step.knowing(conditions.printer("" if event.outcome == "printed" else event.reason or "unknown"))


def _not_printed(event: Printed, document: Document) -> Say:
    """Say what to do about a paper, by the trouble the printer names."""
    number = document.number
    if isinstance(document, CashMove):
        return say("print_cash_failed", number=number)
    if isinstance(document, ShiftReport):
        return say("print_report_failed", number=number)
    match event.outcome, event.reason:
        case _, "fiscal" | "fiscal_strange":
            return say("print_not_registered", number=number)
        case "unknown", _:
            return say("print_unknown", number=number)
        case _, "off":
            return say("print_off", number=number)
        case _, "out_of_paper":
            return say("print_no_paper", number=number)
        case _:
            return say("print_failed", number=number)
