"""Discounts: typed for the selected position or the whole receipt, and spread anew whenever lines change (spec T9)."""

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.discounts import Discount, Share, shared_out, shortfall, spread
from cashier.core.effects import Signal
from cashier.core.events import Pressed, Stamped, Turn
from cashier.core.keys import Action, Context, Typed
from cashier.core.machines.entry import edited
from cashier.core.machines.keys_only import keys_only
from cashier.core.modes import Discounting, Selling
from cashier.core.money import Kopecks, total, typed_roubles
from cashier.core.receipt import Line, Receipt
from cashier.core.say import Say, Sum, say
from cashier.core.state import Step, Till, deny, stay

WHOLE = 10_000
"""A hundred percent."""


def begin(till: Till, entry: str = "") -> Step:
    """Open the discount of the selected position; of the receipt where none is selected."""
    problem = objection(till.ledger.receipt)
    if problem:
        return deny(till, problem)
    typed = entry if typed_roubles(entry) is not None else ""
    return stay(till).to(Discounting(not _may_be_cheaper(till.line), typed))


def objection(receipt: Receipt | None) -> Say | None:
    """Say why no discount can be given: nothing is sold, or nothing but orders that may not be changed."""
    if receipt is None or not receipt.sold:
        return say("receipt_empty")
    if receipt.sale:
        return say("discount_of_return")
    return say("order_fixed", number=receipt.orders[0]) if all(line.fixed for line in receipt.live) else None


def discounting(till: Till, mode: Discounting, stamped: Stamped, event: Turn) -> Step:
    """Type a number: Enter means percent, + means roubles, arrows go from the position to the receipt and back."""
    return keys_only(till, event, say("scan_in_dialog"), lambda key: _key(till, mode, stamped, key))


def _key(till: Till, mode: Discounting, stamped: Stamped, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.DIALOG, key.key)
    match meaning:
        case Action.CANCEL:
            return stay(till).to(replace(mode, entry="") if mode.entry else Selling())
        case Action.ACCEPT:
            return _percent(till, mode, stamped)
        case Typed("+"):
            return _roubles(till, mode, stamped)
        case Action.UP | Action.DOWN | Typed("/") if _may_be_cheaper(till.line):
            return stay(till).to(replace(mode, whole=not mode.whole))
        case _:
            entry = edited(mode.entry, meaning, numeric=True)
            return deny(till) if entry is None else stay(till).to(replace(mode, entry=entry))


def _may_be_cheaper(line: Line | None) -> bool:
    """Tell whether a position may have a discount of its own."""
    return line is not None and not (line.storno or line.fixed)


def _percent(till: Till, mode: Discounting, stamped: Stamped) -> Step:
    percent = typed_roubles(mode.entry)
    if percent is None or percent > WHOLE:
        return deny(till, say("percent_bad"))
    return _granted(till, mode, stamped, Discount(percent=percent) if percent else None)


def _roubles(till: Till, mode: Discounting, stamped: Stamped) -> Step:
    amount = typed_roubles(mode.entry)
    if amount is None:
        return deny(till, say("sum_bad"))
    receipt = till.ledger.receipt
    line = None if mode.whole else till.line
    live = receipt.live if receipt else ()
    most = line.gross if line else total([own.gross for own in live])
    if amount > most:
        return deny(till, say("discount_too_big", most=Sum(most)))
    of = line.gross if line else total([_share(own).left for own in live])
    return _granted(till, mode, stamped, Discount(amount=amount, of=of) if amount else None)


def _granted(till: Till, mode: Discounting, stamped: Stamped, discount: Discount | None) -> Step:
    receipt, cashier = till.ledger.receipt, till.ledger.cashier
    line = None if mode.whole else till.line
    if receipt is None or cashier is None:
        return stay(till).to(Selling())
    stood, position = (line.granted, line.position) if line else (receipt.granted, 0)
    granted = f.DiscountGranted(receipt.identifier, position, discount, stamped.local, cashier)
    step = respread(stay(till).recorded(granted)).to(Selling()).then(Signal(accepted=True))
    if discount is None:
        return step.saying(say("discount_taken_back") if stood else say("discount_none"))
    return step.saying(_effect(step.till.ledger.receipt or receipt, position))


def _effect(receipt: Receipt, position: int) -> Say:
    """Tell what the discount just granted takes off, or how much it lacks, apart from all others that stand."""
    line, shares = receipt.at(position), [_share(line) for line in receipt.live]
    missing = _share(line).missing if line else shortfall(shares, receipt.granted)
    given = _share(line).taken if line else total(shared_out(shares, receipt.granted))
    if missing and not given and receipt.total:
        return say("discount_not_given")
    if missing and not receipt.total:
        return say("discount_exhausted", missing=Sum(missing))
    if missing:
        return say("discount_shortened", missing=Sum(missing))
    if line:
        return say("discount_granted_line", discount=Sum(given))
    return say("discount_granted_receipt", discount=Sum(given))


def respread(step: Step) -> Step:
    """Reckon what lines have taken off anew, where the receipt has discounts and its lines may have changed."""
    receipt = step.till.ledger.receipt
    if receipt is None or not receipt.discounted or receipt.in_payment:
        return step
    live = receipt.live
    wanted = spread([_share(line) for line in live], receipt.granted)
    changed = tuple(
        (line.position, discount, Kopecks(line.gross - discount))
        for line, discount in zip(live, wanted, strict=True)
        if discount != line.discount
    )
    return step.recorded(f.DiscountsSpread(receipt.identifier, changed)) if changed else step


def _share(line: Line) -> Share:
    return Share(line.gross, line.floor, line.granted)
