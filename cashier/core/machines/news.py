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
from cashier.core.machines import recovery, session
from cashier.core.modes import CheckingPassword, EnteringCode, EnteringPassword, Panel, Passing
from cashier.core.say import say
from cashier.core.state import Device, Step, Till, stay

_NOT_LOCKED = EnteringCode | EnteringPassword | CheckingPassword | Passing

_UNKNOWN = say("print_unknown")
_NOT_PRINTED = {"off": say("print_off"), "out_of_paper": say("print_no_paper")}
"""What to do, by the trouble a printer names."""


def heard(till: Till, stamped: Stamped, event: News) -> Step:
    """Take one piece of news; none of it closes a dialog."""
    match event:
        case Ticked():
            return _idle(till) if event.idle else stay(till)
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
            return recovery.unleft(till, event.position)
        case _:
            assert_never(event)


def _idle(till: Till) -> Step:
    """Lock after the idle limit; a line on its way is waited for first."""
    under = till.mode.back if isinstance(till.mode, Panel) else till.mode
    if isinstance(under, _NOT_LOCKED) or till.ledger.cashier is None:
        return stay(till)
    return session.sign_out(till).saying(say("locked_idle"))


def _printed(till: Till, event: Printed) -> Step:
    if all(begun.token != event.token for begun in till.ledger.prints):
        return stay(till)
    step = stay(till).recorded(f.PrintEnded(event.token, event.outcome, event.reason))
    if event.outcome == "printed":
        step = step.warning(None)
        farewell = till.farewell
        fresh = farewell and farewell.token == event.token
        return step.parting(replace(farewell, paper=event.paper)) if farewell and fresh else step
    notice = _UNKNOWN if event.outcome == "unknown" else _NOT_PRINTED.get(event.reason, say("print_failed"))
    return step.warning(notice).then(Signal(accepted=False), Log(f"print {event.outcome}: {event.reason}"))
