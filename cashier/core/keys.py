"""The key map: which key means which action in which context. Data, so that a shop may have its own."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct


class Action(StrEnum):
    """What a key can mean; the values are the names used in `[Keys.<context>]`."""

    ACCEPT = "accept"
    CANCEL = "cancel"
    ERASE = "erase"
    TIMES = "times"
    UP = "up"
    DOWN = "down"
    PAGE_UP = "page_up"
    PAGE_DOWN = "page_down"
    FIRST = "first"
    LAST = "last"
    QUANTITY = "quantity"
    STORNO_LINE = "storno_line"
    STORNO_RECEIPT = "storno_receipt"
    SUBTOTAL = "subtotal"
    PRICE_CHECK = "price_check"
    SEARCH = "search"
    PICK_LIST = "pick_list"
    MENU = "menu"
    HELP = "help"
    PANEL = "panel"
    CARD = "card"
    POSTPONE = "postpone"
    DISCOUNT = "discount"
    LOCK = "lock"
    STATUS = "status"
    RETURN = "return"
    PICK = "pick"
    WHOLE = "whole"


class Context(StrEnum):
    """Where keys may differ; a key that a context does not name means what `all` says."""

    ALL = "all"
    SIGN_IN = "signin"
    SALE = "sale"
    PAYMENT = "payment"
    DIALOG = "dialog"
    LIST = "list"
    TEXT = "text"
    RETURN = "return"
    """The form of a return by receipt."""


class Typed(Struct, frozen=True):
    """A character for the entry line."""

    character: str


Meaning = Action | Typed | None
"""None: the key says nothing here."""

_COMMON: dict[Action, tuple[str, ...]] = {
    Action.ACCEPT: ("enter",),
    Action.CANCEL: ("escape",),
    Action.ERASE: ("backspace",),
    Action.UP: ("up",),
    Action.DOWN: ("down",),
    Action.PAGE_UP: ("pageup",),
    Action.PAGE_DOWN: ("pagedown",),
    Action.FIRST: ("home",),
    Action.LAST: ("end",),
    Action.HELP: ("f1",),
    Action.PANEL: ("f3",),
}

_SALE: dict[Action, tuple[str, ...]] = {
    Action.TIMES: ("asterisk",),
    Action.QUANTITY: ("insert", "f6"),
    Action.STORNO_LINE: ("delete",),
    Action.STORNO_RECEIPT: ("f4",),
    Action.SUBTOTAL: ("plus", "f12"),
    Action.PRICE_CHECK: ("f2",),
    Action.SEARCH: ("f5",),
    Action.PICK_LIST: ("f7",),
    Action.MENU: ("f10",),
    Action.POSTPONE: ("f11",),
    Action.DISCOUNT: ("/",),
    Action.LOCK: ("-",),
    Action.STATUS: ("?",),
    Action.RETURN: ("f9",),
}

_RETURN: dict[Action, tuple[str, ...]] = {
    Action.PICK: ("space",),
    Action.QUANTITY: ("insert", "f6"),
    Action.SUBTOTAL: ("plus",),
    Action.WHOLE: ("f12",),
}

_PAYMENT: dict[Action, tuple[str, ...]] = {
    Action.CARD: ("f2",),
    Action.LOCK: ("-",),
    Action.STATUS: ("?",),
}

Preset = Mapping[Context, Mapping[Action, tuple[str, ...]]]
"""Keys of each action by context."""

DEFAULT: Preset = {
    Context.ALL: _COMMON,
    Context.SALE: _SALE,
    Context.PAYMENT: _PAYMENT,
    Context.RETURN: _RETURN,
}

OF_ENTRY = frozenset(
    {Action.ACCEPT, Action.CANCEL, Action.ERASE, Action.TIMES, Action.SUBTOTAL, Action.QUANTITY, Action.DISCOUNT},
)
"""What is done with what was typed: a sign bound to one of these is never typed itself."""

CHARACTERS = {"plus": "+", "asterisk": "*", "space": " "}
"""Characters of the keys that have a name and type one."""

FORBIDDEN = frozenset({"tab", "f8", "ctrl+]"})
"""Keys that scanners type in the middle of a code; so does Ctrl with a letter (domain/textual.md 1, marking.md 5)."""


class KeyClashError(ValueError):
    """A key was given two meanings, or is one that scanners type."""

    def __init__(self, context: Context, key: str, actions: tuple[Action, ...]) -> None:
        self.context, self.key, self.actions = context, key, actions
        super().__init__(f"[Keys.{context}] {key}: {', '.join(actions)}")


class KeyMap(Struct, frozen=True):
    """The map in force."""

    keys: dict[Context, dict[str, Action]]
    captions: dict[tuple[Context, Action], tuple[str, ...]] = {}
    """Keys of each action by context, made once: captions are painted with every scan."""

    def meaning(self, context: Context, key: str) -> Meaning:
        """Tell what a key means; a printable character that is bound to nothing is typed."""
        action = self.keys.get(context, {}).get(key) or self.keys[Context.ALL].get(key)
        return self.character(key) if action is None else action

    def in_entry(self, context: Context, key: str) -> Meaning:
        """Tell what a key means while the entry line holds something.

        A sign then types itself, so that codes may have it, unless its action works on the entry (`OF_ENTRY`).
        """
        meaning = self.meaning(context, key)
        return meaning if meaning in OF_ENTRY else self.character(key) or meaning

    def character(self, key: str) -> Typed | None:
        """Return the character that a key types where it is bound to nothing; None if it types none."""
        character = CHARACTERS.get(key, key)
        return Typed(character) if len(character) == 1 and character.isprintable() else None

    def keys_of(self, context: Context, action: Action) -> tuple[str, ...]:
        """List the keys that mean an action in a context, those of its own first."""
        return self.captions.get((context, action), ())


def changed(preset: Preset, changes: Preset) -> Preset:
    """Put changes into a preset; a changed action loses its keys of the preset. Contexts come in their order."""
    return {context: {**preset.get(context, {}), **changes.get(context, {})} for context in Context}


def key_map(changes: Preset | None = None, preset: Preset = DEFAULT) -> KeyMap:
    """Make a map from a preset and a shop's changes; a changed action loses the keys of the preset.

    Raises:
        KeyClashError: a key has two actions in one context or in `all`, or is one that scanners type.
    """
    result: dict[Context, dict[str, Action]] = {}
    for context, bindings in changed(preset, changes or {}).items():
        own = _by_key(context, bindings)
        for key, action in own.items():
            common = result.get(Context.ALL, own).get(key, action)
            if common is not action:
                raise KeyClashError(context, key, (common, action))
        result[context] = own
    return KeyMap(result, _captions(result))


def _captions(keys: dict[Context, dict[str, Action]]) -> dict[tuple[Context, Action], tuple[str, ...]]:
    captions: dict[tuple[Context, Action], tuple[str, ...]] = {}
    for context, own in keys.items():
        for key, action in {**own, **keys[Context.ALL]}.items():
            captions[context, action] = (*captions.get((context, action), ()), key)
    return captions


def _by_key(context: Context, bindings: Mapping[Action, tuple[str, ...]]) -> dict[str, Action]:
    by_key: dict[str, Action] = {}
    for action, keys in bindings.items():
        for key in keys:
            if key in FORBIDDEN or key.startswith("ctrl+"):
                raise KeyClashError(context, key, (action,))
            if by_key.setdefault(key, action) is not action:
                raise KeyClashError(context, key, (by_key[key], action))
    return by_key
