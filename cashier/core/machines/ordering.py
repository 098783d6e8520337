"""Orders of the order server: asked for by their number, taken with all their lines, or given back.

That an order is asked for is written down first. It is given back by a message, where the server may have given it out,
and only when the server has been heard or is certain to be silent: what is given back must not be asked for at the same
time, and what this till never got may be another's.
"""

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import orders
from cashier.core.effects import FetchOrder, Log, Signal
from cashier.core.events import OrderFetched, Pressed, Response, Stamped, Turn
from cashier.core.keys import Action, Context
from cashier.core.machines.candidate import objection, open_receipt, outlived, refuse_outlived
from cashier.core.machines.entry import edited
from cashier.core.modes import Ordering, Selling
from cashier.core.orders import MOST_LINES, Order
from cashier.core.receipt import Receipt
from cashier.core.say import Say, say
from cashier.core.scans import barcode_of
from cashier.core.state import Step, Till, deny, deny_scan, stay

Objection = tuple[str, Say, Say]
"""A word for the journal, what is wrong, and what to do."""


def begin(till: Till) -> Step:
    """Open the dialog, where there is somebody to ask and nothing is asked for yet."""
    if not till.rules.orders:
        return deny(till, say("orders_off")).to(Selling())
    if till.ledger.ordering:
        return deny(till, say("order_under_way", number=till.ledger.ordering.number)).to(Selling())
    if outlived(till):
        return refuse_outlived(till, Selling())
    if till.ledger.receipt and till.ledger.receipt.gives_back:
        return deny(till, say("order_in_return")).to(Selling())
    return stay(till).to(Ordering())


def ordering(till: Till, mode: Ordering, stamped: Stamped, event: Turn) -> Step:
    """Type the number, or hold the paper of the order under the scanner; then wait."""
    if isinstance(event, Response):
        return stay(till)
    if isinstance(event, Pressed):
        return _key(till, mode, stamped, event)
    number = barcode_of(event.data) if mode.stage == "typing" else None
    return _asked(till, stamped, number, event.device) if number else deny_scan(till, event, say("scan_no_order"))


def _key(till: Till, mode: Ordering, stamped: Stamped, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.TEXT, key.key)
    if mode.stage == "waiting":
        return _given_up(till, mode) if meaning is Action.CANCEL else deny(till)
    number = mode.entry.strip()
    if meaning is Action.ACCEPT and number:
        return _asked(till, stamped, number)
    if meaning is Action.CANCEL:
        return stay(till).to(Ordering() if mode.entry else Selling())
    entry = edited(mode.entry, meaning, words=True)
    return deny(till) if entry is None else stay(till).to(replace(mode, entry=entry))


def _given_up(till: Till, mode: Ordering) -> Step:
    """Wait no more; whatever the server says to it, the order is given back."""
    return stay(till).to(Selling()).saying(say("order_given_up", number=mode.entry)).then(Signal(accepted=False))


def _asked(till: Till, stamped: Stamped, number: str, device: str = "") -> Step:
    """Write down that an order is asked for, then ask."""
    held = _held(till, number)
    if held:
        return stay(till).refusing(*held, Selling())
    token, (receipt, _) = stamped.name("order"), open_receipt(till, stamped)
    step = stay(till).recorded(f.OrderAsked(number, token, receipt.identifier, stamped.local))
    step = step.to(Ordering(number, "waiting", token)).then(FetchOrder(token, number))
    return step.then(Signal(accepted=True, device=device)) if device else step


def _held(till: Till, number: str, identifier: str = "") -> tuple[Say, Say] | None:
    """Tell whether this till has the order, in an open receipt or sold: then it is neither asked for nor given back."""
    receipt = till.ledger.receipt
    own = receipt.holds(number, identifier) if receipt else None
    if receipt and own and own.number not in receipt.orders:
        return say("order_taken_out", number=number), say("order_taken_out_advice")
    if own:
        return say("order_in_receipt", number=number), say("order_in_receipt_advice")
    aside = next((own for own in till.ledger.postponed if own.holds(number, identifier)), None)
    if aside:
        return say("order_in_postponed", number=number, receipt=aside.number), say("order_in_postponed_advice")
    if any(own.goes_by(number, identifier) for own in till.ledger.ordered):
        return say("order_sold", number=number), say("order_sold_advice")
    return None


def fetched(till: Till, stamped: Stamped, event: OrderFetched) -> Step:
    """Take what the server says, whatever stands on the screen; an order that nobody waits for is left."""
    asked = till.ledger.ordering
    if asked is None or asked.token != event.token:
        return stay(till).then(Log(f"order server answers late: {event.token} {event.outcome}"))
    held = _held(till, asked.number, event.order.identifier) if event.order else None
    if not (isinstance(till.mode, Ordering) and till.mode.token == event.token):
        return _left(till, asked, "given_up", back=event.given and not held)
    if held:
        return _left(till, asked, "held", back=False).refusing(*held, Selling())
    problem = _problem(till, asked, event)
    if problem or event.order is None:
        word, reason, advice = problem or _unread(asked.number)
        return _left(till, asked, word, back=event.given).refusing(reason, advice, Selling())
    return _taken(till, stamped, asked, event.order)


def found(till: Till) -> Step:
    """At start: give back what was asked for when the power went."""
    asked = till.ledger.ordering
    return _left(till, asked, "crash", back=True) if asked else stay(till)


def _left(till: Till, asked: f.OrderAsked, reason: str, *, back: bool) -> Step:
    """Write down that the order does not come in; `back`: with the message that gives it back."""
    step = stay(till).recorded(f.OrderLeft(asked.token, reason))
    return step.recorded(orders.returned(asked.number, asked.receipt, asked.token)) if back else step


def _problem(till: Till, asked: f.OrderAsked, event: OrderFetched) -> Objection | None:
    number = asked.number
    match event.outcome:
        case "missing":
            return "missing", say("order_missing", number=number), say("order_missing_advice")
        case "busy":
            return "busy", say("order_busy", number=number), say("order_busy_advice")
        case "down" | "silent":
            return event.outcome, say("order_silent"), say("order_silent_advice")
        case "returning":
            return "returning", say("order_returning", number=number), say("order_returning_advice")
        case "off":
            return "off", say("orders_off"), say("orders_off_advice")
        case "found" if event.order:
            return _unsaleable(till, event.order)
        case _:
            return _unread(number)


def _unread(number: str) -> Objection:
    return "unreadable", say("order_unreadable", number=number), say("order_advice")


def _unsaleable(till: Till, order: Order) -> Objection | None:
    """Find what keeps an order from being sold as a whole."""
    if not order.lines:
        return "empty", say("order_empty", number=order.number), say("order_advice")
    for own in order.lines:
        problem = objection(own.product, own.quantity)
        if problem:
            return "unsaleable", problem[0], say("order_advice")
        if till.rules.wants_mark(own.product) and not own.known:
            return "unsaleable", say("order_unknown_marked", name=own.product.name), say("order_advice")
    if orders.count_of(order, till.rules.wants_mark) > MOST_LINES:
        return "too_long", say("order_too_long", number=order.number, most=MOST_LINES), say("order_advice")
    if outlived(till):
        return "outlived", say("shift_outlived"), say("shift_outlived_advice")
    return None


def _taken(till: Till, stamped: Stamped, asked: f.OrderAsked, order: Order) -> Step:
    """Let all lines in with one fact."""
    receipt, opening = open_receipt(till, stamped, asked.receipt)
    lines = orders.lines_of(order, len(receipt.lines) + 1, till.rules.wants_mark)
    at = stamped.local
    taken = f.OrderTaken(receipt.identifier, asked.token, order.number, order.identifier, lines, at)
    step = stay(till).recorded(*opening, taken).to(Selling()).then(Signal(accepted=True))
    return _told(step, order, step.till.ledger.receipt or receipt).selecting(lines[0].position)


def _told(step: Step, order: Order, receipt: Receipt) -> Step:
    """Say how many lines came in, and how many of them wait for their marks."""
    own = [line for line in receipt.live if line.order == order.number]
    waiting = sum(line.waits_for_mark for line in own)
    if waiting:
        return step.saying(say("order_taken_marks", number=order.number, count=len(own), marks=waiting))
    return step.saying(say("order_taken", number=order.number, count=len(own)))
