"""A position of a sale receipt on its way into the return receipt, through the same gates as any other line."""

from cashier.core import facts as f
from cashier.core.events import Stamped
from cashier.core.machines import passing
from cashier.core.mark_words import ONE_BY_ONE
from cashier.core.modes import Selling
from cashier.core.money import Kopecks
from cashier.core.passage import Passage, Phase
from cashier.core.quantity import ONE, Thousandths, cost, is_whole
from cashier.core.reading import Reading
from cashier.core.receipt import Line, Receipt
from cashier.core.return_form import Going, ReturnForm, by_mark, free_of, in_receipt, rest_of, too_much
from cashier.core.sales import SoldLine
from cashier.core.say import Say, say
from cashier.core.state import Step, Till, stay

Objection = tuple[Say, Say]
"""What is wrong, and what to do."""


def send(
    till: Till,
    stamped: Stamped,
    receipt: Receipt,
    opening: tuple[f.AnyFact, ...],
    going: Going,
    form: ReturnForm | None = None,
) -> Step:
    """Send a position on its way; it costs what it was sold for. `form`: where the way leads afterwards."""
    sale = receipt.sale
    sold = sale.at_position(going.position) if sale else None
    if sold is None:
        return stay(till)
    quantity, price = going.quantity, sold.price
    stands = in_receipt(receipt, sold.position)
    due = sold.due(Thousandths(stands + quantity)) - (sold.due(stands) if stands else 0)
    # Of a part of a weight the sum may be a kopeck above price times quantity: then parts add up to the whole.
    discount = Kopecks(cost(price, quantity) - due)
    line = Line(
        len(receipt.lines) + 1,
        sold.product,
        quantity,
        price,
        min_price=sold.min_price,
        discount=discount,
        source=going.source,
        origin=sold.position,
    )
    passage = Passage(Phase.ENTER, receipt, line, opening, reading=going.reading, form=form)
    return passing.begin(stay(till), stamped, passage)


def _sold_by(till: Till, receipt: Receipt | None, form: ReturnForm, reading: Reading) -> SoldLine | None:
    """Find the position that a scan means: by its mark, by its barcode, by its goods; best one that may come back."""
    sale = form.sale
    exact = sale.of_mark(reading.ki) if reading.accepted else None
    if exact:
        return exact
    codes = {product.code for product in reading.products}
    alike = [own for own in sale.lines if own.product.code in codes or own.product.barcode == reading.barcode != ""]
    if reading.accepted:
        alike = [own for own in alike if till.rules.wants_mark(own.product)]
    free = [own for own in alike if _is_free(till, receipt, form, own)]
    own = form.sold
    if own in free:
        return own
    # A mark that is in the receipt already, or was never sold by it, is no other piece of the same goods.
    return next(iter(free if reading.accepted else (free or alike)), None)


def _is_free(till: Till, receipt: Receipt | None, form: ReturnForm, sold: SoldLine) -> bool:
    if till.rules.wants_mark(sold.product):
        return sold.product.refund_allowed and rest_of(receipt, sold) > 0
    return free_of(receipt, sold) > form.quantity_of(sold.position)


def objection(till: Till, receipt: Receipt | None, sold: SoldLine, ki: str = "") -> Objection | None:
    """Return why nothing of a position may come back now; None if something may. `ki`: by which mark."""
    if ki and receipt and receipt.marked_by(ki):
        return say("mark_in_receipt"), say("mark_in_receipt_advice")
    if not sold.product.refund_allowed:
        return say("return_forbidden", name=sold.product.name), say("return_forbidden_advice")
    marked = till.rules.wants_mark(sold.product)
    if in_receipt(receipt, sold.position) and not (marked and rest_of(receipt, sold)):
        return say("return_in_receipt", name=sold.product.name), say("return_in_receipt_advice")
    if not sold.left and marked:
        return say("mark_status_returned"), say("return_nothing_left_advice")
    return None if sold.left else (say("return_exceeds"), say("return_nothing_left_advice"))


def meant(till: Till, receipt: Receipt | None, form: ReturnForm, reading: Reading) -> SoldLine | Objection:
    """Return the position that a scan gives back, or why it gives none."""
    sold = _sold_by(till, receipt, form, reading)
    if sold is None:
        return _not_in_sale(reading)
    return objection(till, receipt, sold, reading.ki) or sold


def _not_in_sale(reading: Reading) -> Objection:
    """Say that what was scanned was not sold with this receipt."""
    if reading.accepted:
        return say("mark_not_in_receipt"), say("return_not_in_sale_advice")
    name = reading.products[0].name if reading.products else reading.known_as
    return say("return_not_in_sale", name=name), say("return_not_in_sale_advice")


def of_goods(
    till: Till, stamped: Stamped, receipt: Receipt, reading: Reading, times: Thousandths | None, source: str
) -> Step:
    """Give goods back that were scanned, typed or chosen on the screen of a return receipt."""
    sold = meant(till, receipt, ReturnForm(receipt.sale), reading) if receipt.sale else _not_in_sale(reading)
    if not isinstance(sold, SoldLine):
        return stay(till).refusing(*sold, Selling())
    if till.rules.wants_mark(sold.product):
        if times is not None:
            return stay(till).refusing(*ONE_BY_ONE, Selling())
        return send(till, stamped, receipt, (), Going(sold.position, by_mark(receipt, sold), reading, source))
    free = free_of(receipt, sold)
    quantity = _counted(sold, free, times, piece_of(sold, reading))
    if not (sold.product.fractional or is_whole(quantity)):
        what = say("quantity_not_whole", name=sold.product.name), say("quantity_advice")
        return stay(till).refusing(*what, Selling())
    if not 0 < quantity <= free:
        return stay(till).refusing(*too_much(free), Selling())
    return send(till, stamped, receipt, (), Going(sold.position, quantity, reading, source))


def _counted(sold: SoldLine, free: Thousandths, times: Thousandths | None, piece: Thousandths) -> Thousandths:
    """Return how much comes back by a scan: of a weight all of it unless something else was typed."""
    return (times or free) if sold.product.fractional else Thousandths((times or ONE) * piece // ONE)


def piece_of(sold: SoldLine, reading: Reading) -> Thousandths:
    """Return how much one scan stands for: a box for as many as are in it."""
    return next((own.quantity for own in reading.products if own.code == sold.product.code), ONE)
