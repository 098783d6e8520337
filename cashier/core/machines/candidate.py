"""How goods become a candidate line: quantity, merging with an equal line, the receipt it opens."""

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import quantity as q
from cashier.core.catalogue import Person, Product
from cashier.core.conditions import stale
from cashier.core.events import Stamped
from cashier.core.machines import backline, passing
from cashier.core.mark_words import ONE_BY_ONE
from cashier.core.modes import Mode, Selling, Weighing
from cashier.core.money import LIMIT, ZERO
from cashier.core.passage import Passage, Phase
from cashier.core.reading import Reading
from cashier.core.receipt import DocumentType, Line, Receipt
from cashier.core.sales import Sale
from cashier.core.say import Count, Say, say
from cashier.core.state import Step, Till, stay

NOBODY = Person("", "", 1)


def propose(
    till: Till,
    stamped: Stamped,
    product: Product,
    times: q.Thousandths | None,
    source: str,
    reading: Reading | None = None,
) -> Step:
    """Send goods to the gates as a new line or as more of an equal one; ask for a weight that nobody gave."""
    if outlived(till):
        return refuse_outlived(till, Selling())
    receipt = till.ledger.receipt
    if receipt and receipt.sale:
        read = reading or Reading(product.barcode, (product,))
        return backline.of_goods(till, stamped, receipt, read, times, source)
    waiting = receipt.waiting(product, reading.of("weight") if reading else "") if receipt else None
    if till.rules.wants_mark(waiting.product if waiting else product) and times is not None:
        return stay(till).refusing(*ONE_BY_ONE, Selling())
    if receipt and waiting and till.rules.wants_mark(waiting.product):
        return late(till, stamped, receipt, replace(waiting, source=source), reading)
    weighed = reading is not None and reading.of("weight")
    if product.fractional and times is None and product.quantity == q.ONE and not weighed:
        return stay(till).to(Weighing(product, source, reading=reading))
    return enter(till, stamped, product, times, source, reading)


def enter(
    till: Till,
    stamped: Stamped,
    product: Product,
    times: q.Thousandths | None,
    source: str,
    reading: Reading | None = None,
) -> Step:
    """Send goods to the gates whose quantity is settled."""
    if outlived(till):
        return refuse_outlived(till, Selling())
    quantity = q.Thousandths((times or q.ONE) * product.quantity // q.ONE)
    receipt, opening = open_receipt(till, stamped)
    problem = objection(product, quantity, receipt.kind)
    if problem:
        return stay(till).refusing(*problem, Selling())
    line = Line(len(receipt.lines) + 1, product, quantity, product.price, min_price=product.min_price, source=source)
    line, before = _merged(till, receipt, line)
    passage = Passage(Phase.ENTER, receipt, line, opening, before, more=before is not None, reading=reading)
    return passing.begin(stay(till), stamped, passage)


def late(till: Till, stamped: Stamped, receipt: Receipt, line: Line, reading: Reading | None = None) -> Step:
    """Send a line of an order through the gates that it came in past: for its mark or a missing answer."""
    passage = Passage(Phase.ENTER, receipt, line, before=receipt.at(line.position), reading=reading)
    return passing.begin(stay(till), stamped, passage)


def objection(
    product: Product, quantity: q.Thousandths, kind: DocumentType = DocumentType.SALE
) -> tuple[Say, Say] | None:
    """Return why goods cannot be sold in a quantity, or taken back, and what to do; None if they can."""
    if product.price <= ZERO:
        return say("price_missing", name=product.name), say("price_missing_advice")
    if kind is not DocumentType.SALE and not product.refund_allowed:
        return say("return_forbidden", name=product.name), say("return_forbidden_advice")
    if kind is DocumentType.SALE and not product.sale_allowed:
        return say("sale_forbidden", name=product.name), say("sale_forbidden_advice")
    if not ZERO < quantity <= q.LIMIT or q.cost(product.price, quantity) > LIMIT:
        return say("quantity_out_of_range", quantity=Count(quantity)), say("quantity_advice")
    if not product.fractional and not q.is_whole(quantity):
        return say("quantity_not_whole", name=product.name), say("quantity_advice")
    return None


def _merged(till: Till, receipt: Receipt, line: Line) -> tuple[Line, Line | None]:
    """Make a line more of an equal one if there is one, which comes second; else it is a line of its own."""
    merges = till.rules.merge_lines and not till.rules.wants_mark(line.product)
    before = receipt.twin(line) if merges else None
    if before is None or till.works_on(before):
        return line, None
    quantity = q.Thousandths(before.quantity + line.quantity)
    if objection(line.product, quantity, receipt.kind):
        return line, None
    return replace(before, quantity=quantity, source=line.source), before


def outlived(till: Till) -> bool:
    """Tell whether the open shift is over 24 hours old or of yesterday: it must be closed before a sale (spec R5)."""
    return till.ledger.shift is not None and stale(till.ledger.shift.opened, till.now)


def refuse_outlived(till: Till, back: Mode) -> Step:
    """Say that the shift must be closed first."""
    return stay(till).refusing(say("shift_outlived"), say("shift_outlived_advice"), back)


def open_shift(till: Till, stamped: Stamped) -> tuple[int, tuple[f.AnyFact, ...]]:
    """Return the number of the open shift, or of the one to be opened with the fact that opens it."""
    ledger, cashier = till.ledger, till.ledger.cashier or NOBODY
    if ledger.shift:
        return ledger.shift.number, ()
    number = ledger.shifts + 1
    return number, (f.ShiftOpened(number, stamped.local, cashier, *till.rules.place),)


def open_receipt(
    till: Till,
    stamped: Stamped,
    name: str = "",
    kind: DocumentType = DocumentType.SALE,
    sale: Sale | None = None,
) -> tuple[Receipt, tuple[f.AnyFact, ...]]:
    """Return the open receipt, or the one to be opened, with the facts that open it and, if need be, the shift.

    A receipt that outlived its shift gets a number in the one that is open. `name` is the GUID of one to be opened,
    where it was given before; `kind` and `sale` say what it does.
    """
    ledger = till.ledger
    cashier = ledger.cashier or NOBODY
    shift, opening = open_shift(till, stamped)
    receipt, number = ledger.receipt, ledger.next_receipt
    if receipt and receipt.shift == shift:
        return receipt, opening
    if receipt:
        moved = f.ReceiptMoved(receipt.identifier, shift, number)
        return replace(receipt, shift=shift, number=number), (*opening, moved)
    receipt = Receipt(name or stamped.name("receipt"), number, shift, cashier, stamped.local, kind=kind, sale=sale)
    opened = f.ReceiptOpened(receipt.identifier, number, shift, stamped.local, cashier, *till.rules.place, kind, sale)
    return receipt, (*opening, opened)
