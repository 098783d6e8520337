"""From `[Keys.<context>]` to the key map, with every mistake named by its place."""

from cashier.core.keys import FORBIDDEN, Action, Context, KeyClashError, KeyMap, key_map
from cashier.settings import Settings

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
"""Names of keys that type no character."""

ADVICE = "Имена клавиш: F1–F24, Enter, Esc, Ins, Del, PgUp, PgDn, Home, End, Up, Down, Space или сам знак"

Changes = dict[Context, dict[Action, tuple[str, ...]]]


def keys_of(settings: Settings) -> tuple[KeyMap, tuple[str, ...]]:
    """Make the key map of the settings; with mistakes it is the default one, and the texts say what to do."""
    changes: Changes = {}
    mistakes: list[str] = []
    for binding in settings.keys:
        where = f"{binding.place.file}:{binding.place.line}"
        try:
            context, action = Context(binding.context), Action(binding.action)
        except ValueError as error:
            mistakes.append(f"{where}: {error}. Контексты: {', '.join(Context)}. Действия: {', '.join(Action)}")
            continue
        keys = tuple(_named(key) for key in binding.keys)
        mistakes += (f"{where}: нет клавиши {key!r}. {ADVICE}" for key in keys if not _exists(key))
        changes.setdefault(context, {})[action] = keys
    try:
        return key_map(changes), tuple(mistakes)
    except KeyClashError as clash:
        advice = (
            "Эту клавишу посылают сканеры, выберите другую" if len(clash.actions) == 1 else "Оставьте одно действие"
        )
        return key_map(), (*mistakes, f"{_places(settings, clash)}: {clash}. {advice}")


def _exists(key: str) -> bool:
    """Tell whether a key can be pressed; keys that scanners type are refused elsewhere, in words of their own."""
    return len(key) == 1 or key in KNOWN or key in FORBIDDEN or key.startswith("ctrl+")


def _places(settings: Settings, clash: KeyClashError) -> str:
    """Name the lines that bind the key; one of two actions may have it by default."""
    own = (b.place for b in settings.keys if b.context == clash.context and clash.key in map(_named, b.keys))
    return ", ".join(f"{place.file}:{place.line}" for place in own)


def _named(key: str) -> str:
    return SPELLINGS.get(key.lower(), key.lower() if len(key) > 1 else key)
