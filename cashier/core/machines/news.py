"""What concerns the till whatever stands on the screen: time, devices, paper, disk, what a crash left open."""

from typing import assert_never

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.effects import Log, Signal
from cashier.core.events import (
    DeviceChanged,
    IntentFound,
    LeaveFound,
    News,
    Printed,
    ScanBroken,
    Stamped,
    StoreChanged,
    Ticked,
)
from cashier.core.machines import papers, passing, recovery
from cashier.core.modes import CheckingPassword, EnteringCode, EnteringPassword, Panel, Passing
from cashier.core.passage import Questioned
from cashier.core.say import Say, say
from cashier.core.state import Device, Step, Till, stay

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
        case Printed():
            return _printed(till, event)
        case IntentFound():
            return recovery.unsettled(till, stamped, event.intent)
        case LeaveFound():
            return recovery.unleft(stay(till), event.position)
        case _:
            assert_never(event)


def _idle(till: Till, stamped: Stamped) -> Step:
    """Lock after the idle limit; a question of a gate is given up, a line that waits for the outside is waited for."""
    under = till.mode.back if isinstance(till.mode, Panel) else till.mode
    if isinstance(under, _SIGNING_IN) or till.ledger.cashier is None:
        return stay(till)
    step = stay(till)
    if isinstance(under, Passing):
        given_up = passing.give_up(till, under, stamped) if isinstance(under.at, Questioned) else None
        if given_up is None or isinstance(given_up.till.mode, Passing):
            return given_up or step
        step = given_up
    return step.recorded(f.SignedOut(till.ledger.cashier, idle=True)).to(EnteringCode()).saying(say("locked_idle"))


def _printed(till: Till, event: Printed) -> Step:
    begun = next((begun for begun in till.ledger.prints if begun.token == event.token), None)
    if begun is None:
        return stay(till)
    step = stay(till).recorded(f.PrintEnded(event.token, event.outcome, event.reason, event.fiscal))
    if event.outcome == "printed":
        step = papers.calmed(step, None if begun.copy else till.ledger.paper(begun.receipt))
        farewell = till.farewell
        fresh = farewell and farewell.token == event.token
        return step.parting(replace(farewell, paper=event.paper)) if farewell and fresh else step
    log = Log(f"print {event.outcome}: {event.reason}")
    paper = till.ledger.paper(begun.receipt)
    number = paper.receipt.number if paper else 0
    warning = say("copy_failed") if begun.copy else _not_printed(event, number)
    return step.warning(warning).then(Signal(accepted=False), log)


def _not_printed(event: Printed, number: int) -> Say:
    """Say what to do about a paper, by the trouble the printer names."""
    match event.outcome, event.reason:
        case "unknown", _:
            return say("print_unknown", number=number)
        case _, "off":
            return say("print_off", number=number)
        case _, "out_of_paper":
            return say("print_no_paper", number=number)
        case _:
            return say("print_failed", number=number)
