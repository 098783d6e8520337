"""A person's word for what a device has done: the question that is asked before it is written down."""

from cashier.core.modes import Owing, Returning, SettlingPostponed
from cashier.core.money import ZERO
from cashier.core.return_form import worth
from cashier.core.rights import NEEDS, Errand
from cashier.core.say import Say, Sum, say
from cashier.core.state import Till


def question_of(till: Till, errand: Errand) -> Say | None:
    """Ask whether a word is meant; None for an errand that is no word about a device."""
    charge, closing = till.ledger.charge, till.ledger.closing
    amount, number = Sum(charge.amount if charge else ZERO), closing.shift if closing else 0
    match errand:
        case Errand.CARD_DONE:
            back = charge is not None and charge.gives_back
            return say("word_reversal_done", sum=amount) if back else say("word_card_done", sum=amount)
        case Errand.CARD_NOT_DONE:
            back = charge is not None and charge.gives_back
            return say("word_reversal_not_done", sum=amount) if back else say("word_card_not_done", sum=amount)
        case Errand.CLOSING_DONE:
            return say("word_closing_done", number=number)
        case Errand.CLOSING_NOT_DONE:
            return say("word_closing_not_done", number=number)
        case Errand.PAPER_SEEN:
            return _unregistered(till)
        case _:
            return None


def _unregistered(till: Till) -> Say | None:
    mode = till.mode
    paper = till.ledger.paper(mode.document) if isinstance(mode, Owing) else None
    return say("word_unregistered", number=paper.document.number) if paper else None


def allowed(till: Till, errand: Errand) -> Say:
    """Name what another user is asked to allow."""
    mode, receipt = till.mode, till.ledger.receipt
    if errand is Errand.CANCEL_POSTPONED and isinstance(mode, SettlingPostponed):
        receipt = till.ledger.aside(mode.kept)
    if errand in {Errand.STORNO_RECEIPT, Errand.CANCEL_POSTPONED} and receipt:
        return say("storno_receipt_question", number=receipt.number, total=Sum(receipt.total))
    if errand is Errand.REFUND and isinstance(mode, Returning):
        return say("refund_by_receipt", number=mode.form.sale.number, sum=Sum(worth(mode.form)))
    if errand is Errand.REFUND:
        return say("refund_open", sum=Sum(receipt.total)) if receipt else say("refund_free")
    return question_of(till, errand) or Say(f"right_{NEEDS[errand].value}")
