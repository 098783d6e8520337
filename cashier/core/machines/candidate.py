"""How goods become a candidate line: quantity, merging with an equal line, the receipt it opens."""

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import quantity as q
from cashier.core.catalogue import Person, Product
from cashier.core.events import Stamped
from cashier.core.machines import passing
from cashier.core.modes import Selling, Weighing
from cashier.core.money import LIMIT, ZERO
from cashier.core.passage import Passage, Phase
from cashier.core.receipt import Line, Receipt
from cashier.core.say import Count, Say, say
from cashier.core.state import Step, Till, stay

NOBODY = Person("", "", 1)


def propose(till: Till, stamped: Stamped, product: Product, times: q.Thousandths | None, source: str) -> Step:
    """Send goods to the gates as a new line or as more of an equal one; ask for a weight that nobody gave."""
    if product.fractional and times is None and product.quantity == q.ONE:
        return stay(till).to(Weighing(product, source))
    quantity = q.Thousandths((times or q.ONE) * product.quantity // q.ONE)
    problem = objection(product, quantity)
    if problem:
        return stay(till).refusing(*problem, Selling())
    return _enter(till, stamped, product, quantity, source)


def objection(product: Product, quantity: q.Thousandths) -> tuple[Say, Say] | None:
    """Return why goods cannot be sold in a quantity, and what to do; None if they can."""
    if product.price <= ZERO:
        return say("price_missing", name=product.name), say("price_missing_advice")
    if not product.sale_allowed:
        return say("sale_forbidden", name=product.name), say("sale_forbidden_advice")
    if not ZERO < quantity <= q.LIMIT or q.cost(product.price, quantity) > LIMIT:
        return say("quantity_out_of_range", quantity=Count(quantity)), say("quantity_advice")
    if not product.fractional and not q.is_whole(quantity):
        return say("quantity_not_whole", name=product.name), say("quantity_advice")
    return None


def _enter(till: Till, stamped: Stamped, product: Product, quantity: q.Thousandths, source: str) -> Step:
    receipt, opening = open_receipt(till, stamped)
    line = Line(len(receipt.lines) + 1, product, quantity, product.price, min_price=product.min_price, source=source)
    before = receipt.twin(line) if till.rules.merge_lines else None
    if before and objection(product, q.Thousandths(before.quantity + quantity)) is None:
        line = replace(before, quantity=q.Thousandths(before.quantity + quantity), source=source)
    else:
        before = None
    return passing.begin(stay(till), stamped, Passage(Phase.ENTER, receipt, line, opening, before))


def open_receipt(till: Till, stamped: Stamped) -> tuple[Receipt, tuple[f.AnyFact, ...]]:
    """Return the open receipt, or the one to be opened with the facts that open it and, if need be, the shift."""
    ledger = till.ledger
    if ledger.receipt:
        return ledger.receipt, ()
    cashier = ledger.cashier or NOBODY
    shift = ledger.shift.number if ledger.shift else ledger.shifts + 1
    receipt = Receipt(stamped.name("receipt"), ledger.next_receipt, shift, cashier, stamped.local)
    place = till.rules.shop, till.rules.till
    opened = f.ReceiptOpened(receipt.identifier, receipt.number, shift, stamped.local, cashier, *place)
    return receipt, (opened,) if ledger.shift else (f.ShiftOpened(shift, stamped.local, cashier, *place), opened)
