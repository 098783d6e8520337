"""What can be told of a mark without the server: is it one, of this item, new to this till, in the white list."""

from msgspec.structs import replace

from cashier.core import quantity as q
from cashier.core.catalogue import Kind
from cashier.core.gate import Asked
from cashier.core.mark_words import misfit
from cashier.core.money import LIMIT
from cashier.core.reading import Reading, Standing
from cashier.core.receipt import DocumentType, Line
from cashier.core.say import Count, Say, say
from cashier.gates.marked_goods._rules import MarkRules

Objection = tuple[Say, Say]
"""What is wrong, and what to do."""

_MOST_DIGITS = 9
"""Of a weight in grams; a mask may capture any number of them."""


def unfit(rules: MarkRules, asked: Asked, reading: Reading) -> Objection | None:
    """Return why a scan is not a mark that may go with the line; the dialog then waits for another one."""
    return misfit(reading, asked.line.product) or twin_of(asked, reading.ki) or _not_sold(rules, asked, reading.ki)


def _not_sold(rules: MarkRules, asked: Asked, ki: str) -> Objection | None:
    """Hold a mark against that of the position it gives back; a sale may be known to have bad ones (spec M12r)."""
    sale = asked.receipt.sale
    own, chosen = (sale.of_mark(ki), sale.at_position(asked.line.origin)) if sale else (None, None)
    if sale is None or rules.skip_check:
        return None
    if own and not own.left:
        return say("mark_status_returned"), instead(asked.receipt.kind)
    if (own and own.position != asked.line.origin) or (chosen and chosen.ki and chosen.ki != ki):
        return say("mark_not_in_receipt"), say("mark_not_of_position_advice")
    return None


def instead(kind: DocumentType) -> Say:
    """Return what to do with a piece whose mark stands against it: the shop has others, the buyer has this one."""
    return say("mark_take_another") if kind is DocumentType.SALE else say("mark_not_back_advice")


def twin_of(asked: Asked, ki: str) -> Objection | None:
    """Find a mark in the own receipt, then in those put aside."""
    if asked.receipt.marked_by(ki):
        return say("mark_in_receipt"), say("mark_in_receipt_advice")
    aside = next((receipt for receipt in asked.postponed if receipt.marked_by(ki)), None)
    if aside:
        return say("mark_in_postponed", number=aside.number), say("mark_in_postponed_advice")
    return None


def passed_before(rules: MarkRules, asked: Asked, standing: Standing) -> bool:
    """Tell whether this till has sold, or taken back, this very piece (spec M10, T3)."""
    if not (rules.unique or asked.line.product.kind is Kind.TOBACCO):
        return False
    done = Standing.SOLD if not asked.receipt.gives_back else Standing.RETURNED
    return standing is done


def weighed(asked: Asked, properties: tuple[tuple[str, str], ...]) -> Line | Objection:
    """Let the weight of a mark, in grams, be the quantity of goods sold by weight (spec M6); a typed one must be it."""
    line, weight = asked.line, dict(properties).get("weight", "")
    if not (line.product.fractional and weight):
        return line
    grams = int(weight) if len(weight) <= _MOST_DIGITS and weight.isascii() and weight.isdigit() else 0
    if not 0 < grams <= q.LIMIT or q.cost(line.price, q.Thousandths(grams)) > LIMIT:
        return say("mark_weight_bad"), say("mark_weight_bad_advice")
    typed = asked.reading is None or not asked.reading.accepted
    if asked.before and grams != line.quantity:
        other = say("order_weight_differs", weight=Count(q.Thousandths(grams)), ordered=Count(line.quantity))
        return other, say("mark_take_another")
    if typed and grams != line.quantity:
        other = say("mark_weight_differs", weight=Count(q.Thousandths(grams)), typed=Count(line.quantity))
        return other, say("mark_weight_differs_advice")
    return replace(line, quantity=q.Thousandths(grams))
