"""The sentences of the settings room, in both languages."""

import re
from pathlib import Path
from string import Formatter

import pytest

from cashier.settings.texts import ADVICE, LONGEST, TEXTS, plain

ROOM = Path(__file__).parents[2] / "cashier" / "settings"


def names(sentence: str) -> set[str]:
    """What goes into a sentence."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("catalogue", [TEXTS, ADVICE])
def test_languages_say_the_same(catalogue: dict[str, dict[str, str]]) -> None:
    """The same sentences with the same things in them."""
    shapes = [{code: names(text) for code, text in sentences.items()} for sentences in catalogue.values()]
    assert shapes[0] == shapes[1]


def test_every_sentence_is_said_somewhere() -> None:
    """No sentence outlives its use."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in ROOM.glob("*.py") if "_texts_" not in path.name)
    assert TEXTS["ru"].keys() | ADVICE["ru"].keys() <= set(re.findall(r'"(\w+)"', code))


def test_text_of_a_file_is_shown_harmless_and_short() -> None:
    """One line, nothing that steers a console, an end."""
    assert plain("a\x1b[2J\n\u202eb") == "a\\x1b[2J\\x0a\\x202eb"
    assert plain("x" * 1000) == "x" * LONGEST + "…"
