"""Which keys work now, by the key map in force: for the key bar, for dialogs and for help."""

from cashier.core.keys import Action, Context, KeyMap
from cashier.core.modes import EnteringCode, EnteringPassword, Mode, Paying, Selling
from cashier.core.say import Say, say
from cashier.core.state import Till
from cashier.core.view_model import Hint, Section


def hint(till: Till, action: Action, caption: Say, context: Context = Context.ALL) -> Hint:
    """Pair the first key of an action with its caption."""
    return Hint(keys_of(till.rules.keymap, action, context)[:1], caption)


def keys_of(keymap: KeyMap, action: Action, context: Context) -> tuple[str, ...]:
    """List the keys of an action as a context has them."""
    own = tuple(key for key, meant in keymap.keys.get(context, {}).items() if meant is action)
    return own or tuple(key for key, meant in keymap.keys[Context.ALL].items() if meant is action)


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
    return (*hints, hint(till, Action.HELP, say("key_help")))


def _sign_in(till: Till, mode: EnteringCode | EnteringPassword) -> tuple[Hint, ...]:
    if isinstance(mode, EnteringPassword):
        back = hint(till, Action.CANCEL, say("key_other_code"))
        return hint(till, Action.ACCEPT, say("key_sign_in")), back
    onward = (hint(till, Action.ACCEPT, say("key_onward")),) if mode.entry else ()
    return (*onward, hint(till, Action.HELP, say("key_help")))


def _typing(till: Till) -> tuple[Hint, ...]:
    return (
        hint(till, Action.ACCEPT, say("key_accept")),
        hint(till, Action.TIMES, say("key_times"), Context.SALE),
        hint(till, Action.ERASE, say("key_erase")),
        hint(till, Action.CANCEL, say("key_clear")),
    )


def _sale(till: Till) -> tuple[Hint, ...]:
    receipt, line = till.ledger.receipt, till.line
    hints = []
    if receipt and any(not own.storno for own in receipt.lines):
        hints.append(hint(till, Action.SUBTOTAL, say("key_pay"), Context.SALE))
    if line and not line.storno:
        hints.append(hint(till, Action.STORNO_LINE, say("key_storno_line"), Context.SALE))
        if not line.single:
            hints.append(hint(till, Action.QUANTITY, say("key_quantity"), Context.SALE))
    if receipt:
        hints.append(hint(till, Action.STORNO_RECEIPT, say("key_storno_receipt"), Context.SALE))
    hints.append(hint(till, Action.SEARCH, say("key_search"), Context.SALE))
    hints.append(hint(till, Action.PICK_LIST, say("key_pick_list"), Context.SALE))
    hints.append(hint(till, Action.MENU, say("key_menu"), Context.SALE))
    if till.rules.samples:
        hints.append(hint(till, Action.PANEL, say("key_panel")))
    return tuple(hints)


def _payment(till: Till, mode: Paying) -> tuple[Hint, ...]:
    receipt = till.ledger.receipt
    if mode.entry:
        return (
            hint(till, Action.ACCEPT, say("key_cash")),
            hint(till, Action.ERASE, say("key_erase")),
            hint(till, Action.CANCEL, say("key_clear")),
        )
    exact = hint(till, Action.ACCEPT, say("key_exact"))
    if receipt and receipt.tenders:
        return (exact,)
    return exact, hint(till, Action.CANCEL, say("key_to_lines"))


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
    return Section(title, tuple(Hint(keys_of(keymap, a, context), say(f"action_{a}")) for a in actions))
