"""The dialog of discounts: what a position or the receipt costs, and the discount that stands on it."""

from cashier.core.discounts import Discount
from cashier.core.keys import Action, Context
from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths
from cashier.core.receipt import Line, Receipt
from cashier.core.say import Count, Say, Sum, say
from cashier.core.state import Till
from cashier.core.view_keys import hint
from cashier.core.view_model import Dialog, Hint, Tone


def discounting(till: Till, *, whole: bool) -> Dialog:
    """Return the panel for the selected position, or for the whole receipt."""
    receipt, line = till.ledger.receipt, till.line
    body = _of_receipt(receipt) if whole or line is None else _of_line(line)
    other = () if line is None or line.storno else (Hint(("up", "down"), say("key_discount_other")),)
    keys = (
        hint(till, Context.DIALOG, Action.ACCEPT, say("key_percent")),
        Hint(("plus",), say("key_roubles")),
        *other,
        hint(till, Context.DIALOG, Action.CANCEL, say("key_cancel")),
    )
    title = say("title_discount_receipt") if whole else say("title_discount_line")
    return Dialog(title, Tone.QUESTION, body, keys=keys)


def _of_receipt(receipt: Receipt | None) -> tuple[Say, ...]:
    caption = say("discount_of_receipt")
    return (caption, *_sums(receipt.total, receipt.discount, receipt.granted)) if receipt else (caption,)


def _of_line(line: Line) -> tuple[Say, ...]:
    least = (say("discount_least", price=Sum(line.min_price)),) if line.min_price else ()
    return (say("external", text=line.product.name), *_sums(line.sum, line.discount, line.granted), *least)


def _sums(now: Kopecks, off: Kopecks, granted: Discount | None) -> tuple[Say, ...]:
    """Tell what it costs now, what it did before all discounts, and the discount that a new one takes the place of."""
    total, before = Sum(now), Sum(Kopecks(now + off))
    cost = say("discount_changed", total=total, before=before) if off else say("discount_total", total=total)
    return (cost, _standing(granted)) if granted else (cost,)


def _standing(granted: Discount) -> Say:
    if granted.amount:
        return say("discount_stands_sum", sum=Sum(granted.amount))
    return say("discount_stands_percent", percent=Count(Thousandths(granted.percent * 10)))
