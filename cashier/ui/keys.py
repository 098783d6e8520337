"""Key names: Textual's event → the project's own name, by a table. One place for all terminals and keyboards."""

from textual import events

_NAMED = frozenset(
    {"enter", "escape", "backspace", "up", "down", "pageup", "pagedown", "home", "end", "insert", "delete"}
)
_CHARACTERS = {"+": "plus", "*": "asterisk", " ": "space"}
_OTHER = {
    "add": "plus",
    "multiply": "asterisk",
    "decimal": ".",
    "separator": ",",
    "ctrl+h": "backspace",
    "ctrl+m": "enter",
}
"""Numpad keys of the kitty protocol, and control characters that keyboards send for a key of their own."""

_UNREADABLE = "\ufffd"
"""What the decoder makes of bytes that are no text."""

_SHIFTED = 12
"""Shift and a function key is what the Linux console calls the key twelve further on."""


def key_name(event: events.Key) -> str | None:
    """Name a key as the key map does; None if it is none that the till knows."""
    key = event.key
    if key in _NAMED:
        return key
    if key in _OTHER:
        return _OTHER[key]
    function = _function(key)
    if function:
        return function
    character = event.character
    if (
        character is None
        or character == _UNREADABLE
        or len(character) != 1
        or not character.isprintable()
        or "ctrl+" in key
    ):
        return None
    return _CHARACTERS.get(character, character)


def _function(key: str) -> str | None:
    shifted, name = key.startswith("shift+f"), key.removeprefix("shift+")
    number = name[1:]
    if name[:1] != "f" or not (number.isascii() and number.isdigit()):
        return None
    return f"f{int(number) + _SHIFTED * shifted}"
