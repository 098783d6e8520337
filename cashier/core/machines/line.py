"""A line on its way through the gates, as the cashier sees it: a wait, or a question of a gate."""

from typing import assert_never

from msgspec.structs import replace

from cashier.core.effects import ReadScan, Signal
from cashier.core.events import Answered, Pressed, Response, Scanned, ScanRead, Stamped, Turn
from cashier.core.gate import Picked, ScanGiven
from cashier.core.keys import Action, Context
from cashier.core.machines import marking, passing
from cashier.core.machines.lists import moved, taken
from cashier.core.modes import Panel, Passing
from cashier.core.passage import Questioned, Waiting
from cashier.core.say import say
from cashier.core.state import Step, Till, deny, deny_scan, stay


def on_its_way(till: Till, mode: Passing, stamped: Stamped, event: Turn) -> Step:
    """Take the outside's answer, the cashier's answer, or Esc."""
    match event:
        case Answered():
            return passing.answered(till, mode, stamped, event)
        case Pressed():
            return _key(till, mode, stamped, event)
        case Scanned():
            if isinstance(mode.at, Questioned) and mode.at.question.wants_scan:
                return stay(till).then(ReadScan(event))
            return deny_scan(till, event, say("scan_in_dialog"))
        case ScanRead() if isinstance(mode.at, Questioned) and mode.at.question.wants_scan:
            given = ScanGiven(event.reading)
            return marking.once(till, event, lambda own: passing.resume(own, stamped, mode.passage, given))
        case Response():
            return stay(till)
        case _:
            assert_never(event)


def _key(till: Till, mode: Passing, stamped: Stamped, event: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.LIST, event.key)
    if meaning is Action.CANCEL:
        step = passing.give_up(till, mode, stamped)
        return deny(till, say("cannot_give_up")) if step is None else step.then(Signal(accepted=False))
    match mode.at:
        case Waiting():
            return deny(till)
        case Questioned() if meaning is Action.PANEL and till.rules.samples:
            return stay(till).to(Panel(mode, till.panel_row))
        case Questioned(question, chosen):
            choices = question.choices
            row = taken(meaning, chosen, len(choices))
            if row is not None:
                return passing.resume(till, stamped, mode.passage, Picked(choices[row].value))
            to = moved(meaning, chosen, len(choices)) if choices and chosen >= 0 else None
            return deny(till) if to is None else stay(till).to(replace(mode, at=Questioned(question, to)))
        case _:
            assert_never(mode.at)
