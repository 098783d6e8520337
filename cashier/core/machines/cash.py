"""Cash put into the drawer or taken out of it without a sale: typed, kept within limits, printed."""

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.effects import OpenDrawer, Signal
from cashier.core.events import Pressed, Stamped, Turn
from cashier.core.keys import Action, Context
from cashier.core.machines import papers
from cashier.core.machines.candidate import NOBODY, open_shift
from cashier.core.machines.entry import edited
from cashier.core.machines.keys_only import keys_only
from cashier.core.modes import MovingCash, Selling
from cashier.core.money import Kopecks, typed_roubles
from cashier.core.say import Say, Sum, say
from cashier.core.shifts import CashMove, Direction
from cashier.core.state import Step, Till, deny, stay


def moving_cash(till: Till, mode: MovingCash, stamped: Stamped, event: Turn) -> Step:
    """Type the sum."""
    return keys_only(till, event, say("scan_in_dialog"), lambda key: _key(till, mode, stamped, key))


def _key(till: Till, mode: MovingCash, stamped: Stamped, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.DIALOG, key.key)
    if meaning is Action.CANCEL:
        return stay(till).to(replace(mode, entry="") if mode.entry else Selling())
    if meaning is Action.ACCEPT:
        amount = typed_roubles(mode.entry)
        problem = objection(till, mode.direction, amount)
        return deny(till, problem) if problem or not amount else _moved(till, stamped, mode.direction, amount)
    entry = edited(mode.entry, meaning, numeric=True)
    return deny(till) if entry is None else stay(till).to(replace(mode, entry=entry))


def objection(till: Till, direction: Direction, amount: Kopecks | None) -> Say | None:
    """Return why a sum cannot be moved; None if it can."""
    drawer, limit = till.ledger.drawer, till.rules.drawer_limit
    if not amount:
        return say("sum_bad")
    if direction == "out" and amount > drawer:
        return say("drawer_has_less", drawer=Sum(drawer))
    if direction == "in" and limit and drawer + amount > limit:
        return say("drawer_holds_no_more", limit=Sum(limit), drawer=Sum(drawer))
    return None


def _moved(till: Till, stamped: Stamped, direction: Direction, amount: Kopecks) -> Step:
    cashier = till.ledger.cashier or NOBODY
    shift, opening = open_shift(till, stamped)
    number = till.ledger.next_receipt
    move = CashMove(stamped.name("cash"), number, shift, direction, amount, stamped.local, cashier)
    step = stay(till).recorded(*opening, f.CashMoved(move, *till.rules.place)).to(Selling()).then(OpenDrawer())
    step = papers.sent(step.then(Signal(accepted=True)), stamped, move)
    moved = say("cash_in_done", sum=Sum(amount)) if direction == "in" else say("cash_out_done", sum=Sum(amount))
    return step.saying(moved)
