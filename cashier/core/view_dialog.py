"""Dialogs: a mode that stands over the receipt, as a panel to be drawn."""

from msgspec import structs

from cashier.core import modes as m
from cashier.core import view_money, view_people, view_price, view_question, view_returns, view_status
from cashier.core.catalogue import Product
from cashier.core.keys import Action, Context
from cashier.core.modes import MENU, PAPER_ROWS, UNREGISTERED_ROWS
from cashier.core.passage import Questioned
from cashier.core.quantity import ONE
from cashier.core.say import Count, Say, Sum, say
from cashier.core.shifts import caption
from cashier.core.state import Till
from cashier.core.view_keys import digit_of, help_sections, hint, listing, rows_of
from cashier.core.view_model import Dialog, Hint, Option, Section, Tone


def literal(text: str) -> Say:
    """Say a text of the outside as it stands."""
    return say("external", text=text)


def dialog(till: Till) -> Dialog | None:
    """Return the panel of the mode that stands, or None where the mode has none."""
    match till.mode:
        case m.Popup(reason, advice):
            enter = hint(till, Context.DIALOG, Action.ACCEPT, say("key_understood"))
            return Dialog(say("title_error"), Tone.ERROR, (reason, advice), keys=(enter,))
        case m.Telling(text, lines=lines, first=first):
            enter = hint(till, Context.DIALOG, Action.ACCEPT, say("key_understood"))
            return Dialog(say("title_telling"), Tone.QUESTION, (text,), lines=lines, first=first, keys=(enter,))
        case m.Confirming(question):
            return Dialog(say("title_question"), Tone.QUESTION, (question,), keys=_yes_no(till))
        case m.Menu(chosen):
            return Dialog(
                say("title_menu"), options=rows_of(MENU), chosen=chosen, keys=listing(till, say("key_choose"))
            )
        case m.Owing(document, chosen):
            return _owing(till, document, chosen)
        case m.Weighing(product):
            typed = _typed(till, say("title_weighing"), literal(product.name), price(product))
            if not till.wants_mark:
                return typed
            return structs.replace(typed, scan=True, keys=(*typed.keys, *view_question.panel_key(till)))
        case m.Requantifying(position):
            return _quantity(till, position)
        case m.Passing(_, Questioned() as at):
            return view_question.dialog_of(till, at)
        case m.Panel(_, chosen):
            samples = enumerate(till.samples)
            rows = tuple(Option(literal(sample.caption), digit=digit_of(row)) for row, sample in samples)
            return Dialog(say("title_panel"), options=rows, chosen=chosen, keys=listing(till, say("key_hold")))
        case m.Choosing() | m.Searching() | m.Browsing() | m.CheckingPrice() | m.ShowingPrice():
            return _goods(till)
        case mode if isinstance(mode, view_money.Money | view_returns.Returns):
            return _of_money(till, mode)
        case m.Inspecting():
            return view_status.status(till, till.mode)
        case m.ListingPeople() | m.ChangingPerson() | m.TypingPerson() | m.SavingPerson():
            return view_people.dialog_of(till, till.mode)
        case _:
            return None


def _of_money(till: Till, mode: view_money.Money | view_returns.Returns) -> Dialog | None:
    if isinstance(mode, view_returns.Returns):
        return view_returns.dialog_of(till, mode)
    return view_money.dialog_of(till, mode)


def _owing(till: Till, document: str, chosen: int) -> Dialog | None:
    paper = till.ledger.paper(document)
    if paper is None:
        return None
    keys = listing(till, say("key_choose"))
    owed = till.unregistered(paper)
    said = (say("paper_not_registered") if owed else say("paper_not_out"),)
    rows = rows_of(UNREGISTERED_ROWS if owed else PAPER_ROWS)
    return Dialog(caption(paper.document), Tone.QUESTION, said, rows, chosen, keys=keys)


def _goods(till: Till) -> Dialog | None:
    match till.mode:
        case m.Choosing(products, _, _, chosen):
            rows = _rows(products, digits=True)
            return Dialog(say("title_choosing"), options=rows, chosen=chosen, keys=listing(till))
        case m.Searching(entry, products, chosen):
            empty = say("search_nothing") if entry.strip() else say("search_type")
            rows = _rows(products, digits=False)
            return Dialog(say("title_search"), options=rows, chosen=chosen, empty=empty, keys=listing(till))
        case m.CheckingPrice(_, _, products):
            return view_price.search(till, till.mode, _rows(products, digits=False))
        case m.ShowingPrice():
            return view_price.card(till, till.mode)
        case m.Browsing(path, entries, chosen):
            where = " / ".join(folder.name for folder in path)
            title = say("title_folder", path=where) if path else say("title_pick_list")
            rows = tuple(
                Option(literal(e.name), None if e.product else say("folder_more"), digit_of(row))
                for row, e in enumerate(entries)
            )
            back = say("key_folder_up") if path else None
            keys = listing(till, back=back)
            return Dialog(title, options=rows, chosen=chosen, empty=say("folder_empty"), keys=keys)
        case _:
            return None


def _rows(products: tuple[Product, ...], *, digits: bool) -> tuple[Option, ...]:
    return tuple(Option(literal(p.name), price(p), digit_of(row) if digits else 0) for row, p in enumerate(products))


def price(product: Product) -> Say:
    """Say what a unit costs; goods by weight say the unit."""
    if product.fractional:
        return say("price_per_unit", price=Sum(product.price), unit=product.unit)
    if product.quantity != ONE:
        return say("price_of_pack", price=Sum(product.price), quantity=Count(product.quantity))
    return say("price", price=Sum(product.price))


def _quantity(till: Till, position: int) -> Dialog | None:
    line = till.ledger.receipt.at(position) if till.ledger.receipt else None
    if line is None:
        return None
    now = say("quantity_now", quantity=Count(line.quantity), unit=line.product.unit)
    return _typed(till, say("title_quantity"), literal(line.product.name), now)


def _typed(till: Till, title: Say, *body: Say) -> Dialog:
    """Ask for what is typed in the entry line."""
    accept, cancel = (
        hint(till, Context.DIALOG, Action.ACCEPT, say("key_accept")),
        hint(till, Context.DIALOG, Action.CANCEL, say("key_cancel")),
    )
    return Dialog(title, Tone.QUESTION, body, keys=(accept, cancel))


def _yes_no(till: Till) -> tuple[Hint, ...]:
    return hint(till, Context.DIALOG, Action.ACCEPT, say("key_yes")), hint(
        till, Context.DIALOG, Action.CANCEL, say("key_no")
    )


def help_of(till: Till) -> tuple[Section, ...]:
    """Return the help screen's sections while help stands."""
    return help_sections(till) if isinstance(till.mode, m.Helping) else ()
