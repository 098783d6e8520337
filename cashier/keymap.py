"""From `[Keys]` and `[Keys.<context>]` to the key map, with every mistake named by its place."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from cashier.core.keys import CHARACTERS, FORBIDDEN, Action, Context, KeyMap, Preset, changed, key_map
from cashier.core.presets import PRESETS
from cashier.settings import Settings
from cashier.settings.model import KeyBinding, Place

SPELLINGS = {
    "+": "plus",
    "*": "asterisk",
    "ins": "insert",
    "del": "delete",
    "esc": "escape",
    "pgup": "pageup",
    "pgdn": "pagedown",
    " ": "space",
    "comma": ",",
}
"""How people write keys whose names are longer."""

KNOWN = frozenset(
    {"enter", "escape", "backspace", "up", "down", "pageup", "pagedown", "home", "end", "insert", "delete"}
    | {"plus", "asterisk", "space", *(f"f{number}" for number in range(1, 25))}
)
"""Names of keys of which only plus, asterisk and space type a character."""

ADVICE = "Имена клавиш: F1–F24, Enter, Esc, Ins, Del, PgUp, PgDn, Home, End, Up, Down, Space или сам знак"

NEEDED: tuple[tuple[Action, tuple[Context, ...]], ...] = (
    (Action.ACCEPT, tuple(Context)),
    (Action.CANCEL, tuple(Context)),
    (Action.SUBTOTAL, (Context.SALE,)),
)
"""Without a key for these nobody signs in, closes an error or takes money."""

NUMBERS = "0123456789.,"
TYPED = {
    Context.ALL: "",
    Context.SIGN_IN: "",
    Context.TEXT: "",
    Context.PAYMENT: NUMBERS,
    Context.DIALOG: NUMBERS,
    Context.LIST: "123456789",
    Context.RETURN: "123456789",
}
"""Characters that are typed in a context; nothing stands for all of them. In the sale: letters and digits.

A sign may mean something in the sale, as it is typed all the same within an entry (`KeyMap.in_entry`).
"""

N = TypeVar("N", bound=StrEnum)


def keys_of(settings: Settings) -> tuple[KeyMap, tuple[str, ...]]:
    """Make the key map of the settings; with mistakes it is the preset alone, and the texts say what to do."""
    changes: dict[Context, dict[Action, tuple[str, ...]]] = {}
    mistakes: list[str] = []
    for binding in settings.keys:
        mistakes += (f"{_at(binding.place)}: {text}" for text in _wrong(binding))
        context, action = _one(Context, binding.context), _one(Action, binding.action)
        if context and action:
            changes.setdefault(context, {})[action] = _pressed(binding)
    preset = PRESETS[settings.key_preset]
    merged = changed(preset, changes)
    mistakes += (*_clashes(settings, merged), *_absent(settings, merged, preset))
    return key_map({} if mistakes else changes, preset), tuple(mistakes)


def _wrong(binding: KeyBinding) -> Iterator[str]:
    """Say what is wrong with one line by itself."""
    context, action = _one(Context, binding.context), _one(Action, binding.action)
    if context is None:
        yield f"неизвестный контекст «{binding.context}». Контексты: {', '.join(Context)}"
    if action is None:
        yield f"неизвестное действие «{binding.action}». Действия: {', '.join(Action)}"
    for key in _pressed(binding):
        if key in FORBIDDEN or key.startswith("ctrl+"):
            yield f"[Keys.{binding.context}] {key}: эту клавишу посылают сканеры. Выберите другую, например F13"
        elif not (len(key) == 1 or key in KNOWN):
            yield f"нет клавиши «{key}». {ADVICE}"
        elif context and _is_typed(context, key):
            yield f"[Keys.{context}] {key}: этот знак здесь вводят. Выберите клавишу, которая ничего не печатает: F13"


def _is_typed(context: Context, key: str) -> bool:
    """Tell whether a key types a character that its context needs."""
    character = CHARACTERS.get(key, key)
    if len(character) > 1:
        return False
    if context is Context.SALE:
        return character.isalnum()
    return character in TYPED[context] or not TYPED[context]


def _clashes(settings: Settings, merged: Preset) -> Iterator[str]:
    """Say which keys have two actions in one context; what `all` says holds in every other one, too."""
    common = _by_key(merged[Context.ALL])
    for context in Context:
        for key, own in _by_key(merged[context]).items():
            actions = own if context is Context.ALL else list(dict.fromkeys([*common.get(key, []), *own]))
            if len(actions) > 1:
                where = ", ".join(dict.fromkeys(_at(place) for place in _places(settings, context, key)))
                yield f"{where}: [Keys.{context}] {key}: {' и '.join(actions)}. Оставьте одно действие"


def _absent(settings: Settings, merged: Preset, preset: Preset) -> Iterator[str]:
    """Say which action nobody could do any more, where its keys were taken away."""
    for action, contexts in NEEDED:
        bound = all(merged[context].get(action) for context in contexts)
        if not bound and not merged[Context.ALL].get(action):
            places = (binding.place for binding in settings.keys if binding.action == action and not binding.keys)
            usual = next(own[action] for own in preset.values() if action in own)
            where = ", ".join(map(_at, places))
            yield f"{where}: без клавиши для {action} касса не работает. Назначьте её: {action} = {', '.join(usual)}"


def _by_key(bindings: Mapping[Action, tuple[str, ...]]) -> dict[str, list[Action]]:
    by_key: dict[str, list[Action]] = {}
    for action, keys in bindings.items():
        for key in dict.fromkeys(keys):
            by_key.setdefault(key, []).append(action)
    return by_key


def _places(settings: Settings, context: Context, key: str) -> Iterator[Place]:
    """Name the lines that bind the key; one of two actions may have it by default."""
    for binding in settings.keys:
        if binding.context in {context, Context.ALL} and key in _pressed(binding):
            yield binding.place


def _pressed(binding: KeyBinding) -> tuple[str, ...]:
    return tuple(map(_named, binding.keys))


def _one(kind: type[N], word: str) -> N | None:
    return kind(word) if word in kind.__members__.values() else None


def _at(place: Place) -> str:
    return f"{place.file}:{place.line}"


def _named(key: str) -> str:
    return SPELLINGS.get(key.lower(), key.lower() if len(key) > 1 else key)
