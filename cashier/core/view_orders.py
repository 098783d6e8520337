"""The dialog «Заказ», and what is told of a line that came with an order."""

from cashier.core.keys import Action, Context
from cashier.core.modes import Ordering
from cashier.core.receipt import Line
from cashier.core.say import say
from cashier.core.state import Till
from cashier.core.view_keys import hint
from cashier.core.view_model import Detail, Dialog, Entry, Tone


def dialog_of(till: Till, mode: Ordering) -> Dialog:
    """Return the panel: what to type, or what is waited for."""
    title, back = say("title_order"), hint(till, Context.TEXT, Action.CANCEL, say("key_cancel"))
    if mode.stage == "waiting":
        return Dialog(title, Tone.QUESTION, (say("order_asking", number=mode.entry),), keys=(back,))
    accept = hint(till, Context.TEXT, Action.ACCEPT, say("key_accept"))
    return Dialog(title, Tone.QUESTION, (say("order_type"),), keys=(accept, back))


def entry_of(mode: Ordering) -> Entry:
    """Return the number as far as it is typed."""
    return Entry(say("entry_order"), mode.entry)


def details_of(line: Line) -> tuple[Detail, ...]:
    """Say which order a line is of, and whether it waits for its mark."""
    if not line.order:
        return ()
    if line.waits_for_mark and not line.storno:
        return (Detail(say("line_order_waits", number=line.order), strong=True),)
    return (Detail(say("line_order", number=line.order)),)
