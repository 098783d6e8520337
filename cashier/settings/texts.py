"""Sentences of the settings room, by language: what is allowed, what was found, what to do."""

from cashier.settings._texts_en import ADVICE as ADVICE_EN
from cashier.settings._texts_en import TEXTS as TEXTS_EN
from cashier.settings._texts_ru import ADVICE as ADVICE_RU
from cashier.settings._texts_ru import TEXTS as TEXTS_RU
from cashier.settings.kinds import Parameter, Phrase

TEXTS = {"ru": TEXTS_RU, "en": TEXTS_EN}
ADVICE = {"ru": ADVICE_RU, "en": ADVICE_EN}
LONGEST = 80


def plain(text: str, longest: int = LONGEST) -> str:
    """Text of a file as a console may show it: one line, nothing that steers the console, not too long."""
    shown = "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in text[: longest + 1])
    return shown if len(shown) <= longest else f"{shown[:longest]}…"


def say(phrase: Phrase, language: str) -> str:
    """Put a phrase into words."""
    return TEXTS[language][phrase.code].format(**_shown(phrase, language))


def advise(phrase: Phrase, language: str) -> str:
    """Say what to do about a problem."""
    return ADVICE[language][phrase.code].format(**_shown(phrase, language))


def _shown(phrase: Phrase, language: str) -> dict[str, str]:
    return {name: _value(value, language) for name, value in phrase.params.items()}


def _value(value: Parameter | Phrase, language: str) -> str:
    return say(value, language) if isinstance(value, Phrase) else plain(str(value))
