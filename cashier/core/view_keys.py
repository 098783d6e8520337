"""Which keys work now, by the key map in force: for the key bar, for dialogs and for help."""

from cashier.core.keys import Action, Context
from cashier.core.modes import EnteringCode, EnteringPassword, Mode, Paying, Selling
from cashier.core.say import Say, say
from cashier.core.state import Till
from cashier.core.view_model import Hint, Section


def hint(till: Till, context: Context, action: Action, caption: Say) -> Hint:
    """Pair the first key of an action with its caption."""
    return Hint(till.rules.keymap.keys_of(context, action)[:1], caption)


def bar(till: Till, mode: Mode) -> tuple[Hint, ...]:
    """Return the key bar: what works now, the most important first."""
    match mode:
        case EnteringCode() | EnteringPassword():
            return _sign_in(till, mode)
        case Selling():
            hints = _typing(till) if mode.entry or mode.times else _sale(till)
        case Paying():
            hints = _payment(till, mode)
        case _:
            return ()
    return (
        *hints,
        hint(till, Context.PAYMENT if isinstance(mode, Paying) else Context.SALE, Action.HELP, say("key_help")),
    )


def _sign_in(till: Till, mode: EnteringCode | EnteringPassword) -> tuple[Hint, ...]:
    if isinstance(mode, EnteringPassword):
        back = hint(till, Context.SIGN_IN, Action.CANCEL, say("key_other_code"))
        return hint(till, Context.SIGN_IN, Action.ACCEPT, say("key_sign_in")), back
    onward = (hint(till, Context.SIGN_IN, Action.ACCEPT, say("key_onward")),) if mode.entry else ()
    return (*onward, hint(till, Context.SIGN_IN, Action.HELP, say("key_help")))


def _typing(till: Till) -> tuple[Hint, ...]:
    return (
        hint(till, Context.SALE, Action.ACCEPT, say("key_accept")),
        hint(till, Context.SALE, Action.TIMES, say("key_times")),
        hint(till, Context.SALE, Action.ERASE, say("key_erase")),
        hint(till, Context.SALE, Action.CANCEL, say("key_clear")),
    )


def _sale(till: Till) -> tuple[Hint, ...]:
    receipt, line = till.ledger.receipt, till.line
    offered: list[tuple[Action, Say]] = []
    if receipt and receipt.sold:
        offered.append((Action.SUBTOTAL, say("key_pay")))
    if line and not line.storno:
        offered.append((Action.STORNO_LINE, say("key_storno_line")))
        offered += [] if line.single else [(Action.QUANTITY, say("key_quantity"))]
    if till.rules.samples:
        offered.append((Action.PANEL, say("key_panel")))
    offered += [(Action.SEARCH, say("key_search")), (Action.PICK_LIST, say("key_pick_list"))]
    offered.append((Action.MENU, say("key_menu")))
    if receipt:
        offered.append((Action.STORNO_RECEIPT, say("key_storno_receipt")))
    return tuple(hint(till, Context.SALE, action, caption) for action, caption in offered)


def _payment(till: Till, mode: Paying) -> tuple[Hint, ...]:
    receipt = till.ledger.receipt
    if mode.entry:
        return (
            hint(till, Context.PAYMENT, Action.ACCEPT, say("key_cash")),
            hint(till, Context.PAYMENT, Action.ERASE, say("key_erase")),
            hint(till, Context.PAYMENT, Action.CANCEL, say("key_clear")),
        )
    exact = hint(till, Context.PAYMENT, Action.ACCEPT, say("key_exact"))
    if receipt and receipt.tenders:
        return exact, hint(till, Context.PAYMENT, Action.CANCEL, say("key_give_back"))
    return exact, hint(till, Context.PAYMENT, Action.CANCEL, say("key_to_lines"))


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
    sale = tuple(action for action in Action if action not in {*_EVERYWHERE, Action.PANEL})
    return (
        _section(till, say("help_sale"), Context.SALE, sale),
        _section(till, say("help_everywhere"), Context.ALL, everywhere),
    )


def _section(till: Till, title: Say, context: Context, actions: tuple[Action, ...]) -> Section:
    keymap = till.rules.keymap
    return Section(title, tuple(Hint(keymap.keys_of(context, a), say(f"action_{a}")) for a in actions))
