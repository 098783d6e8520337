"""Money taken and given back: the tender, the closing of a receipt that is paid, the end of a payment given up."""

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import orders
from cashier.core.effects import OpenDrawer, Signal
from cashier.core.events import Stamped
from cashier.core.machines import papers
from cashier.core.machines.resting import attended, farewell_of
from cashier.core.modes import Paying, Selling, Telling
from cashier.core.money import Kopecks
from cashier.core.receipt import Receipt
from cashier.core.say import Sum, say
from cashier.core.state import Step
from cashier.core.tender import Tender, TenderKind
from cashier.core.told import documents


def taken(step: Step, stamped: Stamped, receipt: Receipt, tender: Tender) -> Step:
    """Take money; a receipt that is paid in full is closed in the same commit, whoever stands at the till."""
    took = f.TenderTaken(
        receipt.identifier, tender.kind, tender.amount, stamped.local, token=tender.token, slip=tender.slip
    )
    step = step.recorded(took)
    paid = step.till.ledger.receipt
    if paid is None or paid.rest:
        return at(step, Paying()).then(Signal(accepted=True))
    return _close(step, stamped, paid)


def _close(step: Step, stamped: Stamped, receipt: Receipt) -> Step:
    """Close, queue what others must hear, and begin the paper, all in one transaction with the tender."""
    receipt = replace(receipt, closed=stamped.local)
    messages = (message for gate in step.till.rules.gates for message in gate.completed(receipt))
    closed = f.ReceiptClosed(receipt.identifier, receipt.total, receipt.change, stamped.local)
    told = documents(receipt.identifier, step.till.rules.destinations)
    returned = orders.left_out(receipt)
    step = at(step.recorded(closed, *messages, *returned, *told), Selling()).selecting(0).then(Signal(accepted=True))
    if attended(step.till) and receipt.tendered[TenderKind.CASH] + receipt.change:
        step = step.then(OpenDrawer())
    step = papers.sent(step, stamped, receipt)
    if not attended(step.till):
        return step
    return full_drawer(step).parting(farewell_of(receipt, step.till.ledger.prints[-1].token))


def full_drawer(step: Step) -> Step:
    """Ask for a cash out when the drawer holds too much."""
    limit, drawer = step.till.rules.drawer_warning, step.till.ledger.drawer
    if not limit or drawer < limit:
        return step
    return step.saying(say("drawer_full", drawer=Sum(drawer)))


def given_back(step: Step, stamped: Stamped) -> Step:
    """Give cash back that was taken so far, and go back to the lines; card payments were reversed before."""
    receipt = step.till.ledger.receipt
    if receipt is None:
        return at(step, Selling())
    left = f.PaymentLeft(receipt.identifier)
    if not receipt.paid:
        return at(step.recorded(left), Selling()).then(Signal(accepted=True))
    paid: Kopecks = receipt.paid
    step = step.recorded(f.TendersReturned(receipt.identifier, paid, stamped.local), left)
    told = say("given_back", paid=Sum(paid)) if not receipt.gives_back else say("taken_back", paid=Sum(paid))
    step = at(step, Telling(told))
    return step.then(OpenDrawer(), Signal(accepted=True))


def at(step: Step, mode: Paying | Selling | Telling) -> Step:
    """Go to a state, but not past a lock: an outcome that comes late leaves the sign-in as far as it is typed."""
    return step.to(mode) if attended(step.till) else step
