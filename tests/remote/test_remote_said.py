"""What servers say to people: found in any form of an answer, made one harmless, short line (ukm5 1.5)."""

import msgspec
import pytest

from cashier.remote.said import LONGEST, json_of, plain, text_of

KEYS = ("message", "error", "errorMessage", "description", "reason", "text", "Message")


@pytest.mark.parametrize("key", KEYS)
def test_key(key: str) -> None:
    """Given an object with one of the known keys, then its text is told."""
    assert text_of(msgspec.json.encode({"code": 5, key: " мало "})) == "мало"


def test_order_of_keys() -> None:
    """Given several keys, then the first one with a text of its own is told."""
    for place in range(len(KEYS)):
        value = {key: key for key in reversed(KEYS[place:])}
        assert text_of(msgspec.json.encode(value)) == KEYS[place]
    assert text_of(b'{"message": "", "error": {"deep": 1}, "reason": " \\n", "text": "why"}') == "why"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b'"why"', "why"),
        (b"why not", "why not"),
        (b"", ""),
        (b"{}", ""),
        (b"[]", ""),
        (b"12", ""),
        (b"true", ""),
        (b" null ", ""),
        (b'{"message": 5}', ""),
        (b"\xff\xfe", "\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}"),
        (b"<html><b>no</b></html>", "<html><b>no</b></html>"),
        (b"[" * 100_000, "[" * LONGEST),
    ],
)
def test_other_forms(body: bytes, text: str) -> None:
    """Given a bare string, plain text, or what is no text at all, then it is told as it is, or nothing is."""
    assert text_of(body) == text


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x07", "\x7f", "\x9b", "\u202e", "\u200b", "\ufeff", "\ue000"])
def test_signs_that_do_something(sign: str) -> None:
    """Given a sign that terminals or layouts act on, then another one stands in its place."""
    assert plain(f"a{sign}b") == "a\N{REPLACEMENT CHARACTER}b"


def test_one_short_line() -> None:
    """Given many lines and too many signs, then it is one line of so many at most."""
    assert plain(" a\r\n\tb\u2028c  d ") == "a b c d"
    assert len(plain("х" * 10_000)) == LONGEST
    assert plain(" " * 10_000 + "late") == ""


def test_markup_is_text() -> None:
    """Given what looks like markup, then it stays what it is."""
    assert plain("[@click=app.quit]{name}[/]") == "[@click=app.quit]{name}[/]"


def test_json_of_nothing() -> None:
    """Given what is no JSON, or too deep for it, then there is no value."""
    assert [json_of(body) for body in (b"", b"{", b"[" * 100_000, b'"\\ud800"')] == [None] * 4
