"""Dialogs: a mode that stands over the receipt, as a panel to be drawn."""

from cashier.core import modes as m
from cashier.core.catalogue import Product
from cashier.core.keys import Action, Context
from cashier.core.modes import MENU, PAPER_ROWS
from cashier.core.passage import Questioned
from cashier.core.quantity import ONE
from cashier.core.say import Count, Say, Sum, say
from cashier.core.state import Till
from cashier.core.view_keys import help_sections, hint
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
        case m.Confirming(question):
            return Dialog(say("title_question"), Tone.QUESTION, (question,), keys=_yes_no(till))
        case m.Menu(chosen):
            rows = tuple(Option(say(key), digit=row) for row, key in enumerate(MENU, 1))
            return Dialog(say("title_menu"), options=rows, chosen=chosen, keys=_listing(till, say("key_choose")))
        case m.Owing(_, number, chosen):
            rows = tuple(Option(say(key), digit=row) for row, key in enumerate(PAPER_ROWS, 1))
            title = say("title_paper", number=number)
            return Dialog(title, Tone.QUESTION, options=rows, chosen=chosen, keys=_listing(till, say("key_choose")))
        case m.Weighing(product):
            return _typed(till, say("title_weighing"), literal(product.name), price(product))
        case m.Requantifying(position):
            return _quantity(till, position)
        case m.Passing(_, Questioned() as at):
            return _question(till, at)
        case m.Panel(_, chosen):
            samples = enumerate(till.rules.samples)
            rows = tuple(Option(literal(sample.caption), digit=_digit(row)) for row, sample in samples)
            return Dialog(say("title_panel"), options=rows, chosen=chosen, keys=_listing(till, say("key_hold")))
        case _:
            return _goods(till)


def _goods(till: Till) -> Dialog | None:
    match till.mode:
        case m.Choosing(products, _, _, chosen):
            rows = _rows(products, digits=True)
            return Dialog(say("title_choosing"), options=rows, chosen=chosen, keys=_listing(till))
        case m.Searching(entry, products, chosen):
            empty = say("search_nothing") if entry.strip() else say("search_type")
            rows = _rows(products, digits=False)
            return Dialog(say("title_search"), options=rows, chosen=chosen, empty=empty, keys=_listing(till))
        case m.Browsing(path, entries, chosen):
            where = " / ".join(folder.name for folder in path)
            title = say("title_folder", path=where) if path else say("title_pick_list")
            rows = tuple(
                Option(literal(e.name), None if e.product else say("folder_more"), _digit(row))
                for row, e in enumerate(entries)
            )
            back = say("key_folder_up") if path else None
            keys = _listing(till, back=back)
            return Dialog(title, options=rows, chosen=chosen, empty=say("folder_empty"), keys=keys)
        case _:
            return None


def _rows(products: tuple[Product, ...], *, digits: bool) -> tuple[Option, ...]:
    return tuple(Option(literal(p.name), price(p), _digit(row) if digits else 0) for row, p in enumerate(products))


def _digit(row: int) -> int:
    return row + 1 if row < len("123456789") else 0


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


def _question(till: Till, at: Questioned) -> Dialog:
    question = at.question
    rows = tuple(Option(choice.caption, digit=_digit(row)) for row, choice in enumerate(question.choices))
    cancel = hint(till, Context.DIALOG, Action.CANCEL, say("key_cancel"))
    keys = _listing(till, say("key_choose"), say("key_cancel")) if rows else (cancel,)
    return Dialog(
        title=question.title,
        tone=Tone.QUESTION,
        body=question.lines,
        options=rows,
        chosen=at.chosen,
        scan=question.wants_scan,
        problem=question.problem,
        keys=keys,
    )


def _listing(till: Till, take: Say | None = None, back: Say | None = None) -> tuple[Hint, ...]:
    arrows = [till.rules.keymap.keys_of(Context.LIST, action)[:1] for action in (Action.UP, Action.DOWN)]
    return (
        Hint(sum(arrows, ()), say("key_move")),
        hint(till, Context.LIST, Action.ACCEPT, take or say("key_take")),
        hint(till, Context.LIST, Action.CANCEL, back or say("key_close")),
    )


def _yes_no(till: Till) -> tuple[Hint, ...]:
    return hint(till, Context.DIALOG, Action.ACCEPT, say("key_yes")), hint(
        till, Context.DIALOG, Action.CANCEL, say("key_no")
    )


def help_of(till: Till) -> tuple[Section, ...]:
    """Return the help screen's sections while help stands."""
    return help_sections(till) if isinstance(till.mode, m.Helping) else ()
