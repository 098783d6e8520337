"""What servers say to people: found in answers of any form, made harmless and short (domain/ukm5.md 1.5)."""

from typing import Any, Final

import msgspec

LONGEST: Final = 200
"""Characters that are kept."""

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

_KEYS: Final = ("message", "error", "errorMessage", "description", "reason", "text", "Message")
"""Where a text may stand in a JSON object, first come first served."""


def plain(text: str) -> str:
    """Make text from outside one harmless, short line."""
    line = " ".join(text[: LONGEST * 4].split())[:LONGEST]
    return "".join(sign if sign.isprintable() else REPLACEMENT for sign in line)


def text_of(body: bytes) -> str:
    """Return what an answer tells people: a key of its object, a bare JSON string, else the body; empty for none."""
    value = json_of(body)
    if isinstance(value, dict):
        found = (value.get(key) for key in _KEYS)
        return plain(next((text for text in found if isinstance(text, str) and text.strip()), ""))
    if isinstance(value, str):
        return plain(value)
    is_text = value is None and body.strip() != b"null"
    return plain(body.decode(errors="replace")) if is_text else ""


def json_of(body: bytes) -> Any:  # noqa: ANN401 - it may be anything
    """Read JSON of any form; None for what is none."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
