"""A line on its way through the gates, as the cashier sees it: a wait, or a question of a gate."""

from typing import assert_never

from msgspec.structs import replace

from cashier.core.effects import ReadScan, Signal
from cashier.core.events import Answered, Pressed, Response, Scanned, ScanRead, Stamped, Turn
from cashier.core.keys import Action, Context, Meaning
from cashier.core.machines import approval, marking, passing
from cashier.core.machines.entry import edited
from cashier.core.machines.lists import moved, taken
from cashier.core.modes import Panel, Passing
from cashier.core.passage import Questioned, Waiting
from cashier.core.question import Picked, ScanGiven, Written
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


def answered(till: Till, stamped: Stamped) -> Step:
    """Hand the selected row of a question to its gate: whose right it needs has agreed."""
    mode = till.mode
    if not (isinstance(mode, Passing) and isinstance(mode.at, Questioned)):
        return stay(till)
    return passing.resume(till, stamped, mode.passage, Picked(mode.at.question.choices[mode.at.chosen].value))


def _key(till: Till, mode: Passing, stamped: Stamped, event: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.LIST, event.key)
    if meaning is Action.CANCEL and isinstance(mode.at, Questioned) and mode.at.entry:
        return stay(till).to(replace(mode, at=replace(mode.at, entry="")))
    if meaning is Action.CANCEL:
        step = passing.give_up(till, mode, stamped)
        return deny(till, say("cannot_give_up")) if step is None else step.then(Signal(accepted=False))
    match mode.at:
        case Waiting():
            return deny(till)
        case Questioned() if meaning is Action.PANEL and till.rules.samples:
            return stay(till).to(Panel(mode, till.panel_row))
        case Questioned(question) if question.entry:
            return _typed(till, mode, mode.at, stamped, event)
        case Questioned(question):
            return _chosen(till, mode, mode.at, stamped, meaning)
        case _:
            assert_never(mode.at)


def _chosen(till: Till, mode: Passing, at: Questioned, stamped: Stamped, meaning: Meaning) -> Step:
    """Take a row of a question, or move to another one; whoever allowed something before does not answer for it."""
    choices = at.question.choices
    row = taken(meaning, at.chosen, len(choices))
    if row is not None:
        taking, errand = replace(till, mode=replace(mode, at=replace(at, chosen=row))), at.question.errand
        if errand:
            own = replace(taking, approver=None)
            return approval.guarded(taking, errand, lambda: answered(own, stamped))
        return answered(taking, stamped)
    to = moved(meaning, at.chosen, len(choices)) if choices and at.chosen >= 0 else None
    return deny(till) if to is None else stay(till).to(replace(mode, at=replace(at, chosen=to)))


_OF_DATES = frozenset("0123456789.")


def _typed(till: Till, mode: Passing, at: Questioned, stamped: Stamped, event: Pressed) -> Step:
    """Type the answer to a question."""
    meaning = till.rules.keymap.meaning(Context.DIALOG, event.key)
    if meaning is Action.ACCEPT and at.entry:
        return passing.resume(till, stamped, mode.passage, Written(at.entry))
    entry = edited(at.entry, meaning)
    fits = entry is not None and set(entry) <= _OF_DATES
    return deny(till) if entry is None or not fits else stay(till).to(replace(mode, at=replace(at, entry=entry)))
