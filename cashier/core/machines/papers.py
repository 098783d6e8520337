"""Papers of closed receipts: those that did not come out are printed again, or a person says that they did come out."""

from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.effects import Print
from cashier.core.events import Pressed, Stamped, Turn
from cashier.core.keys import Action, Context
from cashier.core.ledger import Paper
from cashier.core.machines.keys_only import keys_only
from cashier.core.machines.lists import moved, taken
from cashier.core.modes import PAPER_ROWS, Owing, Selling
from cashier.core.receipt import Receipt
from cashier.core.say import say
from cashier.core.state import Step, Till, deny, stay


def owed(till: Till) -> Step:
    """Open the oldest paper that is owed."""
    papers = till.ledger.owed
    if not papers:
        return deny(till, say("no_paper_owed")).to(Selling())
    return stay(till).to(_asking(papers[0]))


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
        return stay(till).to(_asking(paper))
    step = _sent(till, stamped, last, copy=True)
    return step.saying(say("copy_sent", number=last.number))


def again(till: Till, stamped: Stamped, paper: Paper) -> Step:
    """Print an original that is owed; what the fiscal device has registered is not registered again."""
    return _sent(till, stamped, paper.receipt, fiscal=paper.fiscal)


def calmed(step: Step, settled: Paper | None) -> Step:
    """Take a warning away that is not true any more: nothing is owed, or it is about the paper just settled."""
    warning, receipt = step.till.warning, settled.receipt.number if settled else 0
    about = warning is not None and dict(warning.places).get("number") == receipt
    return step.warning(None) if about or not step.till.ledger.owed else step


def _asking(paper: Paper) -> Owing:
    return Owing(paper.receipt.identifier, paper.receipt.number)


def _key(till: Till, mode: Owing, stamped: Stamped, key: Pressed) -> Step:
    meaning = till.rules.keymap.meaning(Context.LIST, key.key)
    row = taken(meaning, mode.chosen, len(PAPER_ROWS))
    if row is not None:
        return _taken(till, mode, stamped, row)
    if meaning is Action.CANCEL:
        return stay(till).to(Selling())
    chosen = moved(meaning, mode.chosen, len(PAPER_ROWS))
    return deny(till) if chosen is None else stay(till).to(replace(mode, chosen=chosen))


def _taken(till: Till, mode: Owing, stamped: Stamped, row: int) -> Step:
    paper = till.ledger.paper(mode.receipt)
    if paper is None:
        return stay(till).to(Selling())
    if PAPER_ROWS[row] == "paper_again":
        return again(till, stamped, paper)
    return calmed(stay(till).recorded(f.PaperSeen(mode.receipt)).to(Selling()), paper)


def _sent(till: Till, stamped: Stamped, receipt: Receipt, *, copy: bool = False, fiscal: int = 0) -> Step:
    token = stamped.name("print")
    step = stay(till).recorded(f.PrintBegun(token, receipt.identifier, copy)).to(Selling())
    return step.then(Print(token, receipt, copy=copy, fiscal=fiscal))
