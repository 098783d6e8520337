"""What the eye rests on: the big sum with the rows beside it, and the line being typed."""

from cashier.core import modes as m
from cashier.core.money import Kopecks, typed_roubles
from cashier.core.receipt import Line, Receipt
from cashier.core.say import Count, Say, Sum, say
from cashier.core.state import Till
from cashier.core.view_dialog import literal
from cashier.core.view_model import Detail, Entry, Figure, Weight


def figure(till: Till, mode: m.Mode) -> Figure:
    """Return the big sum: total, rest or change."""
    receipt = till.ledger.receipt
    if till.farewell:
        return Figure(say("figure_change"), till.farewell.change, Weight.CHANGE)
    if isinstance(mode, m.Paying) and receipt:
        return Figure(say("figure_rest"), receipt.rest, Weight.REST)
    total = receipt.total if receipt else Kopecks(0)
    count = say("lines_count", count=receipt.sold) if receipt else None
    return Figure(say("figure_total"), total, Weight.TOTAL, count)


def details(till: Till, mode: m.Mode) -> tuple[Detail, ...]:
    """Return the rows beside it: the current line, or how the payment stands."""
    receipt = till.ledger.receipt
    if till.farewell:
        closed = say("receipt_closed", number=till.farewell.number)
        total, change = till.farewell.total, till.farewell.change
        given = Detail(say("payment_paid"), _sum(Kopecks(total + change)))
        return Detail(closed, strong=True), Detail(say("payment_total"), _sum(total)), given
    if isinstance(mode, m.Paying) and receipt:
        return _payment(receipt, mode)
    if till.line:
        return _current(till.line)
    return (Detail(say("sale_ready"), strong=True),) if receipt is None else ()


def _payment(receipt: Receipt, mode: m.Paying) -> tuple[Detail, ...]:
    details = [Detail(say("payment_total"), _sum(receipt.total), strong=True)]
    if receipt.tenders:
        details.append(Detail(say("payment_paid"), _sum(receipt.paid)))
    given = typed_roubles(mode.entry) if mode.entry else None
    if given is not None and given > receipt.rest:
        details.append(Detail(say("payment_change"), _sum(Kopecks(given - receipt.rest)), strong=True))
    return tuple(details)


def _current(line: Line) -> tuple[Detail, ...]:
    times = say("line_times", quantity=Count(line.quantity), unit=line.product.unit, price=Sum(line.price))
    name = say("line_stornoed", name=line.product.name) if line.storno else literal(line.product.name)
    details = [Detail(name, strong=True), Detail(times)]
    if line.discount:
        details.append(Detail(say("line_discount", discount=Sum(line.discount))))
    return tuple(details)


def _sum(amount: Kopecks) -> Say:
    return say("sum", sum=Sum(amount))


def entry_line(till: Till, mode: m.Mode) -> Entry | None:
    """Return the line being typed; None where nothing is."""
    match mode:
        case m.Selling(entry, times):
            return Entry(say("entry"), entry, times)
        case m.Finding(text, times):
            return Entry(say("entry"), text, times)
        case m.Paying(entry):
            return Entry(say("entry_cash"), entry)
        case m.Searching(entry, times=times):
            return Entry(say("entry_search"), entry, times)
        case m.Weighing(product, _, entry):
            return Entry(say("entry_weight", unit=product.unit), entry)
        case m.Requantifying(_, entry):
            return Entry(say("entry_quantity"), entry)
        case m.Browsing(times=times) | m.Choosing(times=times):
            return Entry(say("entry"), "", times)
        case m.Passing():
            return Entry(say("entry"))
        case m.Panel(back) | m.Popup(back=back):
            return entry_line(till, back)
        case _:
            return None
