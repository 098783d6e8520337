"""Papers of documents: those that did not come out are printed again, or a person says that they did come out."""

from cashier.core import facts as f
from cashier.core.conditions import Level
from cashier.core.conditions import fiscal as fiscal_condition
from cashier.core.effects import Log, Print, Signal
from cashier.core.events import FiscalReady, Pressed, Stamped, Turn
from cashier.core.keys import Action, Context
from cashier.core.ledger import Paper
from cashier.core.machines.approval import confirmed, guarded
from cashier.core.machines.keys_only import keys_only
from cashier.core.machines.lists import selected, taken
from cashier.core.modes import PAPER_ROWS, Owing, Selling
from cashier.core.rights import Errand
from cashier.core.say import say
from cashier.core.shifts import Document
from cashier.core.state import Step, Till, deny, stay


def owed(till: Till) -> Step:
    """Open the oldest paper that is owed."""
    papers = till.ledger.owed
    if not papers:
        return deny(till, say("no_paper_owed")).to(Selling())
    return stay(till).to(Owing(papers[0].document.identifier))


def owing(till: Till, mode: Owing, stamped: Stamped, event: Turn) -> Step:
    """Ask what became of a paper: print it, or take it for printed."""
    return keys_only(till, event, say("scan_in_list"), lambda key: _key(till, mode, stamped, key))


def copy(till: Till, stamped: Stamped) -> Step:
    """Print the receipt closed last once more, marked as a copy; an original that is owed comes first."""
    last = till.ledger.last
    if last is None:
        return deny(till, say("nothing_to_copy")).to(Selling())
    paper = till.ledger.paper(last.identifier)
    if paper in till.ledger.owed:
        return stay(till).to(Owing(last.identifier))
    step = sent(stay(till), stamped, last, copy=True, fiscal=last.fiscal).to(Selling())
    return step.saying(say("copy_sent", number=last.number))


def calmed(step: Step, settled: Paper | None) -> Step:
    """Take a warning away that is not true any more: nothing is owed, or it is about the paper just settled."""
    warning, number = step.till.warning, settled.document.number if settled else 0
    about = warning is not None and dict(warning.places).get("number") == number
    return step.warning(None) if about or not step.till.ledger.owed else step


def sent(step: Step, stamped: Stamped, document: Document, *, copy: bool = False, fiscal: int = 0) -> Step:
    """Begin a paper. A receipt that is not registered is registered first, if there is a device for that."""
    token = stamped.name(f"print/{document.identifier}")
    paper = step.till.ledger.paper(document.identifier)
    before = paper.before if paper else None
    step = step.recorded(f.PrintBegun(token, document.identifier, copy))
    return step.then(Print(token, document, copy=copy, fiscal=fiscal, before=before))


def ready(till: Till, event: FiscalReady) -> Step:
    """The fiscal device can be asked to register a receipt: write that down, then ask."""
    begun = next((begun for begun in till.ledger.prints if begun.token == event.token), None)
    paper = till.ledger.paper(begun.receipt) if begun else None
    if begun is None or paper is None:
        return stay(till)
    if event.before is None:
        step = stay(till).recorded(f.PrintEnded(begun.token, "failed", "fiscal"))
        step = step.knowing(fiscal_condition(answers=False)).then(Signal(accepted=False), Log("fiscal: no answer"))
        return step.warning(say("print_not_registered", number=paper.document.number))
    step = stay(till).recorded(f.RegisterBegun(begun.token, event.before))
    step = step.knowing(fiscal_condition(answers=True))
    return step.then(Print(begun.token, paper.document, before=event.before))


def seen(till: Till) -> Step:
    """Take a person's word that a paper is out and whole."""
    mode = till.mode
    paper = _owed(till, mode.document) if isinstance(mode, Owing) else None
    if paper is None:
        return stay(till).to(Selling())
    word = f.PaperSeen(paper.document.identifier, till.actor)
    return calmed(stay(till).recorded(word).to(Selling()), paper)


def _silent(till: Till) -> bool:
    """Tell whether the fiscal device did not answer, or could not, when it was last asked."""
    return any(own.topic == "fiscal" and own.level is not Level.OK for own in till.conditions)


def _key(till: Till, mode: Owing, stamped: Stamped, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.LIST, key.key)
    row = taken(meaning, mode.chosen, len(PAPER_ROWS))
    if row is not None:
        return _taken(till, mode, stamped, row)
    if meaning is Action.CANCEL:
        return stay(till).to(Selling())
    return selected(till, mode, meaning, len(PAPER_ROWS))


def _owed(till: Till, document: str) -> Paper | None:
    """Find a paper that is still owed: while the question stood it may have been sent, or have come out."""
    return next((paper for paper in till.ledger.owed if paper.document.identifier == document), None)


def _taken(till: Till, mode: Owing, stamped: Stamped, row: int) -> Step:
    paper = _owed(till, mode.document)
    if paper is None:
        return stay(till).to(Selling())
    if PAPER_ROWS[row] == "paper_again":
        return sent(stay(till), stamped, paper.document, fiscal=paper.fiscal).to(Selling())
    if till.unregistered(paper):
        if not _silent(till):
            return deny(till, say("fiscal_answers"))
        # While the device cannot be asked, to leave a receipt so is a decision, not a look at the paper.
        return guarded(till, Errand.PAPER_SEEN, lambda: confirmed(till, Errand.PAPER_SEEN))
    return seen(till)


def next_unregistered(step: Step, stamped: Stamped) -> Step:
    """Go on with the oldest receipt that is not registered, now that the fiscal device answers."""
    paper = next((own for own in step.till.ledger.owed if step.till.unregistered(own)), None)
    return sent(step, stamped, paper.document) if paper and not step.till.ledger.prints else step
