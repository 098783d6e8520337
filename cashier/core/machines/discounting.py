"""Discounts: typed for the selected position or the whole receipt, and spread anew whenever lines change (spec T9)."""

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.discounts import Discount, Share, shortfall, spread
from cashier.core.effects import Signal
from cashier.core.events import Pressed, Stamped, Turn
from cashier.core.keys import Action, Context, Typed
from cashier.core.machines.entry import edited
from cashier.core.machines.keys_only import keys_only
from cashier.core.modes import Discounting, Selling
from cashier.core.money import Kopecks, typed_roubles
from cashier.core.receipt import Line, Receipt
from cashier.core.say import Sum, say
from cashier.core.state import Step, Till, deny, stay

WHOLE = 10_000
"""A hundred percent."""


def begin(till: Till, entry: str = "") -> Step:
    """Open the discount of the selected position; of the receipt where none is selected."""
    receipt = till.ledger.receipt
    if receipt is None or not receipt.sold:
        return deny(till, say("receipt_empty"))
    typed = entry if typed_roubles(entry) is not None else ""
    return stay(till).to(Discounting(till.line is None or till.line.storno, typed))


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
        case Action.UP | Action.DOWN | Typed("/") if till.line and not till.line.storno:
            return stay(till).to(replace(mode, whole=not mode.whole))
        case _:
            entry = edited(mode.entry, meaning, numeric=True)
            return deny(till) if entry is None else stay(till).to(replace(mode, entry=entry))


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
    most = till.line.gross if till.line and not mode.whole else _gross(receipt) if receipt else 0
    if amount > most:
        return deny(till, say("discount_too_big", most=Sum(Kopecks(most))))
    return _granted(till, mode, stamped, Discount(amount=amount) if amount else None)


def _gross(receipt: Receipt) -> int:
    return sum(line.gross for line in receipt.live)


def _granted(till: Till, mode: Discounting, stamped: Stamped, discount: Discount | None) -> Step:
    receipt, cashier = till.ledger.receipt, till.ledger.cashier
    position = 0 if mode.whole or till.line is None else till.line.position
    if receipt is None or cashier is None:
        return stay(till).to(Selling())
    granted = f.DiscountGranted(receipt.identifier, position, discount, stamped.local, cashier)
    step = respread(stay(till).recorded(granted)).to(Selling()).then(Signal(accepted=True))
    after = step.till.ledger.receipt or receipt
    missing = shortfall([_share(line) for line in after.live], after.granted)
    if discount is None:
        return step.saying(say("discount_taken_back"))
    if missing:
        return step.saying(say("discount_shortened", missing=Sum(missing)))
    return step.saying(say("discount_granted", discount=Sum(after.discount)))


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
