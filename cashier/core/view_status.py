"""«Статус»: everything around the till, one row each, and under what is in trouble what to do about it."""

from cashier.core.conditions import Condition, Level
from cashier.core.keys import Action, Context
from cashier.core.modes import Inspecting
from cashier.core.say import say
from cashier.core.state import Device, Till
from cashier.core.view_keys import hint
from cashier.core.view_model import Dialog, Hint, Option

_SERVER = "server"
_ORDER = (
    *("store", "fiscal", "shift", "clock", "marks", "stock", "disk", "printer", "terminal", "scanner", "dictionaries"),
    *(_SERVER, "queue", "drawer", "settings", "slow", "version"),
)
"""Topics by importance: of what is equally bad the first one stands in the header."""

_WORST_FIRST = (Level.ALARM, Level.WARNING, Level.OK)
_WORDS = {Level.WARNING: say("status_level_warning"), Level.ALARM: say("status_level_alarm")}
"""What stands at the end of a row; what is well needs no word beside its sign."""
_ADVICE = {
    "store": say("status_advice_store"),
    "fiscal": say("status_advice_fiscal"),
    "shift": say("status_advice_shift"),
    "clock": say("status_advice_clock"),
    "marks": say("status_advice_marks"),
    "stock": say("status_advice_stock"),
    "disk": say("status_advice_disk"),
    "printer": say("status_advice_printer"),
    "status_printer_paper": say("status_advice_paper"),
    "terminal": say("status_advice_terminal"),
    "scanner": say("status_advice_scanner"),
    "dictionaries": say("status_advice_dictionaries"),
    _SERVER: say("status_advice_server"),
    "queue": say("status_advice_queue"),
    "status_queue_parked": say("status_advice_parked"),
    "settings": say("status_advice_settings"),
    "drawer": say("status_advice_drawer"),
    "slow": say("status_advice_slow"),
}
"""What to do, by topic, or by text where one topic has several troubles."""


def known(till: Till) -> tuple[Condition, ...]:
    """Return how everything is that the till has heard of, the most important first."""
    store = (Condition("store", Level.ALARM, say("disk_trouble")),) if till.disk else ()
    return _ordered((*store, *till.conditions, *map(_scanner, till.devices)))


def _ordered(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    return tuple(sorted(conditions, key=lambda condition: _ORDER.index(_kind(condition))))


def _kind(condition: Condition) -> str:
    """Return the topic by which rules go: a topic without one of its own is a server's name."""
    return condition.topic if condition.topic in _ORDER else _SERVER


def _scanner(device: Device) -> Condition:
    match device.state:
        case "ready":
            return Condition("scanner", Level.OK, say("device_ready", name=device.name))
        case "gone":
            return Condition("scanner", Level.ALARM, say("device_gone", name=device.name))
        case "denied":
            return Condition("scanner", Level.ALARM, say("device_denied", name=device.name))
        case "opening":
            return Condition("scanner", Level.WARNING, say("device_opening", name=device.name))
        case _:
            return Condition("scanner", Level.WARNING, say("device_stopped", name=device.name))


def _absent(till: Till, heard_of: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Say of what nothing was heard yet whether there is such a thing at all."""
    rules, kinds = till.rules, {_kind(condition) for condition in heard_of}
    texts = {
        "fiscal": say("status_fiscal_unasked") if rules.fiscal else say("status_fiscal_none"),
        "printer": say("status_printer_unasked"),
        "terminal": say("status_terminal_unasked") if rules.terminal else say("status_terminal_alone"),
        "scanner": say("status_scanners_none"),
        _SERVER: say("status_servers_none"),
    }
    if rules.checks_marks:
        # That server has a row of its own.
        texts["marks"] = say("status_marks_unasked")
        del texts[_SERVER]
    return tuple(Condition(topic, Level.OK, text) for topic, text in texts.items() if topic not in kinds)


def rows(till: Till) -> tuple[Option, ...]:
    """Return the rows of the window: trouble first, each with what to do under it, then the rest by importance."""
    heard_of = known(till)
    everything = _ordered((*heard_of, *_absent(till, heard_of)))
    worst_first = sorted(everything, key=lambda condition: _WORST_FIRST.index(condition.level))
    return tuple(row for own in worst_first for row in _rows_of(own, judged=own in heard_of))


def _rows_of(condition: Condition, *, judged: bool) -> tuple[Option, ...]:
    level = condition.level if judged and condition.topic != "version" else None
    row = Option(condition.text, _WORDS.get(condition.level), level=level)
    if condition.level is Level.OK:
        return (row,)
    return row, Option(_ADVICE.get(condition.text.key) or _ADVICE[_kind(condition)])


def status(till: Till, mode: Inspecting) -> Dialog:
    """Return the window; the row from which it is read is the chosen one."""
    options = rows(till)
    chosen = min(mode.chosen, len(options) - 1)
    return Dialog(say("status_title"), options=options, chosen=chosen, keys=_keys(till))


def _keys(till: Till) -> tuple[Hint, ...]:
    arrows = [till.rules.keymap.keys_of(Context.LIST, action)[:1] for action in (Action.UP, Action.DOWN)]
    return Hint(sum(arrows, ()), say("key_scroll")), hint(till, Context.LIST, Action.CANCEL, say("key_close"))
