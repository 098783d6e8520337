"""What the eye rests on: the big sum with the rows beside it, and the line being typed."""

from cashier.core import modes as m
from cashier.core import view_money, view_orders, view_people, view_returns
from cashier.core.max_price import max_price
from cashier.core.money import Kopecks, typed_roubles
from cashier.core.passage import Questioned
from cashier.core.receipt import DocumentType, Line, Receipt
from cashier.core.say import Count, Say, Sum, say
from cashier.core.state import Till
from cashier.core.tender import TenderKind
from cashier.core.view_dialog import literal
from cashier.core.view_model import Detail, Entry, Figure, Weight


def figure(till: Till) -> Figure:
    """Return the big sum: total, rest or change."""
    receipt = till.ledger.receipt
    if till.farewell and till.farewell.kind is not DocumentType.SALE:
        return Figure(say("figure_given_back"), till.farewell.total, Weight.CHANGE)
    if till.farewell:
        return Figure(say("figure_change"), till.farewell.change, Weight.CHANGE)
    back = receipt is not None and receipt.gives_back
    if receipt and receipt.in_payment:
        return Figure(say("figure_back_rest") if back else say("figure_rest"), receipt.rest, Weight.REST)
    total = receipt.total if receipt else Kopecks(0)
    count = say("lines_count", count=receipt.sold) if receipt else None
    return Figure(say("figure_back") if back else say("figure_total"), total, Weight.TOTAL, count)


def details(till: Till, mode: m.Mode) -> tuple[Detail, ...]:
    """Return the rows beside it: the current line, or how the payment stands."""
    receipt = till.ledger.receipt
    if till.farewell and till.farewell.kind is not DocumentType.SALE:
        return (Detail(say("return_closed", number=till.farewell.number), strong=True),)
    if till.farewell:
        closed = say("receipt_closed", number=till.farewell.number)
        total, change = till.farewell.total, till.farewell.change
        given = Detail(say("payment_paid"), _sum(Kopecks(total + change)))
        return Detail(closed, strong=True), Detail(say("payment_total"), _sum(total)), given
    if receipt and receipt.in_payment and receipt.gives_back:
        return view_returns.payment_details(receipt)
    if receipt and receipt.in_payment:
        return _payment(receipt, mode.entry if isinstance(mode, m.Paying) else "")
    if till.line:
        return _current(till.line, receipt)
    if receipt and receipt.gives_back:
        return (Detail(say("return_ready"), strong=True),)
    if isinstance(mode, view_returns.Returns):
        return (Detail(say("seek_ready"), strong=True),)
    return (Detail(say("sale_ready"), strong=True),) if receipt is None else ()


def _payment(receipt: Receipt, entry: str) -> tuple[Detail, ...]:
    details = [Detail(say("payment_total"), _sum(receipt.total), strong=True)]
    sums = dict.fromkeys((tender.kind for tender in receipt.tenders), Kopecks(0))
    for tender in receipt.tenders:
        sums[tender.kind] = Kopecks(sums[tender.kind] + tender.amount)
    captions = {TenderKind.CASH: say("payment_cash"), TenderKind.CARD: say("payment_card")}
    details += [Detail(captions[kind], _sum(amount)) for kind, amount in sums.items()]
    given = typed_roubles(entry) if entry else None
    if given is not None and given > receipt.rest:
        details.append(Detail(say("payment_change"), _sum(Kopecks(given - receipt.rest)), strong=True))
    return tuple(details)


def _current(line: Line, receipt: Receipt | None) -> tuple[Detail, ...]:
    times = say("line_times", quantity=Count(line.quantity), unit=line.product.unit, price=Sum(line.price))
    name = say("line_stornoed", name=line.product.name) if line.storno else literal(line.product.name)
    most = max_price(dict(line.properties)) if line.properties else None
    maximum = (Detail(say("line_max_price", price=Sum(most))),) if most else ()
    besides = (*view_orders.details_of(line), *maximum)
    return Detail(name, strong=True), Detail(times), *besides, *_discounts(line, receipt, together=bool(besides))


def _discounts(line: Line, receipt: Receipt | None, *, together: bool) -> tuple[Detail, ...]:
    """Tell what is taken off the line and off the whole receipt; `together` in one row, where there is room for one."""
    # Adding all lines up costs more with each of them: only where there is a discount.
    whole = receipt.discount if receipt and receipt.discounted else line.discount
    if together and line.discount and whole != line.discount:
        return (Detail(say("line_and_receipt_discount", discount=Sum(line.discount), whole=Sum(whole))),)
    own = (Detail(say("line_discount", discount=Sum(line.discount))),) if line.discount > 0 else ()
    return (*own, Detail(say("receipt_discount", discount=Sum(whole)))) if whole != line.discount else own


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
            back = till.ledger.receipt is not None and till.ledger.receipt.gives_back
            return Entry(say("entry_refund") if back else say("entry_cash"), entry)
        case m.Searching(entry, times=times):
            return Entry(say("entry_search"), entry, times)
        case m.CheckingPrice(_, entry):
            return Entry(say("entry_price_check"), entry)
        case m.ShowingPrice():
            return Entry(say("entry_price_check"))
        case m.Weighing(product, _, entry):
            return Entry(say("entry_weight", unit=product.unit), entry)
        case m.Requantifying(_, entry):
            return Entry(say("entry_quantity"), entry)
        case m.Browsing(times=times) | m.Choosing(times=times):
            return Entry(say("entry"), "", times)
        case m.Passing(at=Questioned(question=question, entry=typed)) if question.entry:
            return Entry(question.entry, typed)
        case m.Passing():
            return Entry(say("entry"))
        case m.Panel(back) | m.Popup(back=back) | m.Inspecting(back):
            return entry_line(till, back)
        case m.ListingPeople() | m.ChangingPerson() | m.TypingPerson() | m.SavingPerson():
            return view_people.entry_of(mode)
        case other if isinstance(other, view_money.Money | view_returns.Returns):
            return _entry_of(other)
        case _:
            return None


def _entry_of(mode: view_money.Money | view_returns.Returns) -> Entry | None:
    return view_returns.entry_of(mode) if isinstance(mode, view_returns.Returns) else view_money.entry_of(mode)
