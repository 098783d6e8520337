"""Which keys work now, by the key map in force: for the key bar, for dialogs and for help."""

from msgspec.structs import replace

from cashier.core.keys import Action, Context
from cashier.core.modes import EnteringCode, EnteringPassword, Mode, Paying, Returning, Selling
from cashier.core.receipt import Receipt
from cashier.core.return_form import refundable
from cashier.core.say import Say, say
from cashier.core.state import Till
from cashier.core.tender import TenderKind
from cashier.core.view_model import Hint, Option, Section


def hint(till: Till, context: Context, action: Action, caption: Say) -> Hint:
    """Pair the first key of an action with its caption."""
    return Hint(till.rules.keymap.keys_of(context, action)[:1], caption)


def rows_of(keys: tuple[str, ...]) -> tuple[Option, ...]:
    """Make rows with digits of keys of the text catalogue."""
    return tuple(Option(Say(key), digit=digit_of(row)) for row, key in enumerate(keys))


def digit_of(row: int) -> int:
    """Return the digit that takes a row counted from 0; 0 where there is none left."""
    return row + 1 if row < len("123456789") else 0


def listing(till: Till, take: Say | None = None, back: Say | None = None) -> tuple[Hint, ...]:
    """Return the keys of a list."""
    arrows = [till.rules.keymap.keys_of(Context.LIST, action)[:1] for action in (Action.UP, Action.DOWN)]
    return (
        Hint(sum(arrows, ()), say("key_move")),
        hint(till, Context.LIST, Action.ACCEPT, take or say("key_take")),
        hint(till, Context.LIST, Action.CANCEL, back or say("key_close")),
    )


def answering(till: Till) -> tuple[Hint, ...]:
    """Return the keys of a list that must be answered: there is no way back from it."""
    return listing(till, say("key_choose"))[:-1]


def bar(till: Till, mode: Mode) -> tuple[Hint, ...]:
    """Return the key bar: what works now, the most important first."""
    match mode:
        case EnteringCode() | EnteringPassword():
            return _sign_in(till, mode)
        case Selling():
            hints = _typing(till) if mode.entry or mode.times else _sale(till)
        case Paying():
            hints = _payment(till, mode)
        case Returning():
            hints = _return(till, mode)
        case _:
            return ()
    contexts = {Paying: Context.PAYMENT, Returning: Context.RETURN}
    return (*hints, hint(till, contexts.get(type(mode), Context.SALE), Action.HELP, say("key_help")))


def _return(till: Till, mode: Returning) -> tuple[Hint, ...]:
    """Return what works in the form: what is picked comes first once there is something."""
    receipt = till.ledger.receipt
    offered: list[tuple[Action, Say]] = []
    if mode.form.picked or (receipt and receipt.sold):
        offered.append((Action.SUBTOTAL, say("key_form_return")))
    offered += [(Action.PICK, say("key_pick")), (Action.QUANTITY, say("key_quantity"))]
    offered.append((Action.WHOLE, say("key_whole")))
    offered.append((Action.CANCEL, say("key_back")))
    offered += [(Action.PANEL, say("key_panel"))] if till.rules.samples else []
    return tuple(hint(till, Context.RETURN, action, caption) for action, caption in offered)


def _sign_in(till: Till, mode: EnteringCode | EnteringPassword) -> tuple[Hint, ...]:
    if isinstance(mode, EnteringPassword):
        back = hint(till, Context.SIGN_IN, Action.CANCEL, say("key_other_code"))
        return hint(till, Context.SIGN_IN, Action.ACCEPT, say("key_sign_in")), back
    onward = hint(till, Context.SIGN_IN, Action.ACCEPT, say("key_onward"))
    first = onward if mode.entry else hint(till, Context.SALE, Action.STATUS, say("status"))
    return first, hint(till, Context.SIGN_IN, Action.HELP, say("key_help"))


def _typing(till: Till) -> tuple[Hint, ...]:
    return (
        hint(till, Context.SALE, Action.ACCEPT, say("key_accept")),
        hint(till, Context.SALE, Action.TIMES, say("key_times")),
        hint(till, Context.SALE, Action.ERASE, say("key_erase")),
        hint(till, Context.SALE, Action.CANCEL, say("key_clear")),
        hint(till, Context.SALE, Action.PRICE_CHECK, say("key_price_check")),
    )


def _sale(till: Till) -> tuple[Hint, ...]:
    receipt, line = till.ledger.receipt, till.line
    offered: list[tuple[Action, Say]] = []
    if receipt and not receipt.sold:
        offered.append((Action.STORNO_RECEIPT, say("key_storno_receipt")))
    if receipt and receipt.sold:
        back = receipt.gives_back
        offered.append((Action.SUBTOTAL, say("key_refund") if back else say("key_pay")))
    if line and not (line.storno or line.fixed):
        offered.append((Action.STORNO_LINE, say("key_storno_line")))
        offered += [] if line.single or line.origin else [(Action.QUANTITY, say("key_quantity"))]
    if receipt and receipt.sale:
        offered.append((Action.RETURN, say("key_return_form")))
    if till.rules.samples:
        offered.append((Action.PANEL, say("key_panel")))
    offered.append((Action.PRICE_CHECK, say("key_price_check")))
    offered += [(Action.SEARCH, say("key_search")), (Action.PICK_LIST, say("key_pick_list"))]
    offered.append((Action.MENU, say("key_menu")))
    if receipt and receipt.sold and not receipt.gives_back:
        offered.append((Action.POSTPONE, say("key_postpone")))
    elif till.ledger.postponed and receipt is None:
        offered.append((Action.POSTPONE, say("key_restore")))
    if receipt is None:
        offered.append((Action.RETURN, say("key_return")))
    elif receipt.sold:
        offered.append((Action.STORNO_RECEIPT, say("key_storno_receipt")))
    return tuple(hint(till, Context.SALE, action, caption) for action, caption in offered)


def _payment(till: Till, mode: Paying) -> tuple[Hint, ...]:
    receipt = till.ledger.receipt
    card = hint(till, Context.PAYMENT, Action.CARD, say("key_card"))
    if receipt and receipt.gives_back:
        return _refund(till, receipt, mode)
    if mode.entry:
        return (
            hint(till, Context.PAYMENT, Action.ACCEPT, say("key_cash")),
            card,
            hint(till, Context.PAYMENT, Action.ERASE, say("key_erase")),
            hint(till, Context.PAYMENT, Action.CANCEL, say("key_clear")),
        )
    exact = hint(till, Context.PAYMENT, Action.ACCEPT, say("key_exact"))
    if receipt and receipt.tenders:
        return exact, card, hint(till, Context.PAYMENT, Action.CANCEL, say("key_give_back"))
    return exact, card, hint(till, Context.PAYMENT, Action.CANCEL, say("key_to_lines"))


def _refund(till: Till, receipt: Receipt, mode: Paying) -> tuple[Hint, ...]:
    """Return how money goes back: what was paid by card alone goes there also by the key of cash."""
    cash, card = (refundable(receipt, kind) for kind in (TenderKind.CASH, TenderKind.CARD))
    ways = []
    if cash or not card:
        ways.append(hint(till, Context.PAYMENT, Action.ACCEPT, say("key_refund_cash")))
    if card:
        by_cash_key = not (cash or mode.entry)
        key = Action.ACCEPT if by_cash_key else Action.CARD
        ways.append(hint(till, Context.PAYMENT, key, say("key_refund_card")))
    if mode.entry:
        ways.append(hint(till, Context.PAYMENT, Action.CANCEL, say("key_clear")))
    elif not receipt.tendered[TenderKind.CARD]:
        ways.append(hint(till, Context.PAYMENT, Action.CANCEL, say("key_to_lines")))
    return tuple(ways)


_EVERYWHERE = (
    Action.ACCEPT,
    Action.CANCEL,
    Action.ERASE,
    Action.UP,
    Action.DOWN,
    Action.PAGE_UP,
    Action.PAGE_DOWN,
    Action.FIRST,
    Action.LAST,
    Action.HELP,
)


def help_sections(till: Till) -> tuple[Section, ...]:
    """Return every action with the keys of its context, for the help screen."""
    everywhere = (*_EVERYWHERE, Action.PANEL) if till.rules.samples else _EVERYWHERE
    back = (Action.PICK, Action.WHOLE)
    sale = tuple(action for action in Action if action not in {*_EVERYWHERE, Action.PANEL, Action.CARD, *back})
    payment = (Action.CARD, Action.LOCK, Action.STATUS)
    return (
        _with_form(till, _section(till, say("help_sale"), Context.SALE, (*sale, *_otherwise(till, Context.SALE)))),
        _section(till, say("help_payment"), Context.PAYMENT, (*payment, *_otherwise(till, Context.PAYMENT))),
        _with_rows(_section(till, say("help_everywhere"), Context.ALL, everywhere)),
    )


def _otherwise(till: Till, context: Context) -> tuple[Action, ...]:
    """Return what is everywhere, and has keys of its own in a context."""
    keys_of = till.rules.keymap.keys_of
    return tuple(action for action in _EVERYWHERE if keys_of(context, action) != keys_of(Context.ALL, action))


def _with_form(till: Till, section: Section) -> Section:
    """Add what the form of a return has beside: its captions say where the keys work."""
    own = _section(till, section.title, Context.RETURN, (Action.PICK, Action.WHOLE))
    return replace(section, hints=(*section.hints, *own.hints))


def _with_rows(section: Section) -> Section:
    """Add the digits, which take a row of a list or of a question in every key map."""
    return replace(section, hints=(*section.hints, Hint(("1–9",), say("help_rows"))))


def _section(till: Till, title: Say, context: Context, actions: tuple[Action, ...]) -> Section:
    keymap = till.rules.keymap
    return Section(title, tuple(Hint(keymap.keys_of(context, a), say(f"action_{a}")) for a in actions))
