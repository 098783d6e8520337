"""The catalogue: what a key of a text means in a language, and how that language writes money, quantities and dates.

Templates have named places, `{name}`, and forms by number, `{count|позиция|позиции|позиций}`: the form that goes with
the value of `count`, without the value itself. `⇥` parts a template: a dialog shows apart what stands before and after.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths
from cashier.core.quantity import to_text as plain_quantity
from cashier.core.say import Count, Day, Moment, Place, Say, Sum

LANGUAGES = ("ru", "en")
_PLACE = re.compile(r"\{(\w+)((?:\|[^{}|]*)*)\}")
_DAYS: Mapping[str, str] = {"ru": "%d.%m.%Y", "en": "%Y-%m-%d"}
_PARTING = " ⇥ "
_FEW = range(2, 5)
_TEENS = range(11, 15)


def _russian(number: int) -> int:
    if number % 100 in _TEENS:
        return 2
    return 0 if number % 10 == 1 else 1 if number % 10 in _FEW else 2


def _english(number: int) -> int:
    return 0 if number == 1 else 1


_FORMS: Mapping[str, Callable[[int], int]] = {"ru": _russian, "en": _english}


class Catalogue:
    """All texts of one language. A text that is missing shows its key: a till does not stop for that."""

    def __init__(self, language: str = "ru") -> None:
        """Read the language's file.

        Raises:
            FileNotFoundError: there is no such language.
        """
        self.language = language
        text = Path(__file__).with_name(f"{language}.toml").read_text("utf-8")
        self.texts: Mapping[str, str] = tomllib.loads(text)
        self._form = _FORMS[language]
        self.text = lru_cache(512)(self._text)
        """Write a `Say` in this language."""

    def _text(self, say: Say) -> str:
        return " ".join(self.parts(say))

    def parts(self, say: Say) -> tuple[str, ...]:
        """Write a `Say` part by part; values never part it."""
        template = self.texts.get(say.key)
        if template is None:
            return (f"⟨{say.key}⟩",)
        places = dict(say.places)
        return tuple(_PLACE.sub(lambda found: self._place(found, places), part) for part in template.split(_PARTING))

    def _place(self, found: "re.Match[str]", places: Mapping[str, Place]) -> str:
        name, forms = found.group(1), found.group(2)
        value = places.get(name, "?")
        if not forms:
            return self._written(value)
        words = forms[1:].split("|")
        return words[min(self._form(value), len(words) - 1)] if isinstance(value, int) else words[-1]

    def _written(self, value: Place) -> str:
        match value:
            case Sum(kopecks):
                return self.money(kopecks)
            case Count(thousandths):
                return self.quantity(thousandths)
            case Moment(at):
                return self.full_moment(datetime.fromisoformat(at))
            case Day(on):
                return date.fromisoformat(on).strftime(_DAYS[self.language])
            case Say():
                return self.text(value)
            case _:
                return str(value)

    def money(self, amount: Kopecks) -> str:
        """Write an amount: `1 234,50` in Russian, `1,234.50` in English."""
        sign, whole = ("-", -amount) if amount < 0 else ("", amount)
        roubles = f"{whole // 100:,}"
        point = "."
        if self.language == "ru":
            roubles, point = roubles.replace(",", " "), ","
        return f"{sign}{roubles}{point}{whole % 100:02d}"

    def quantity(self, quantity: Thousandths) -> str:
        """Write a quantity without idle zeros: `0,745` in Russian, `0.745` in English."""
        text = plain_quantity(quantity)
        return text.replace(".", ",") if self.language == "ru" else text

    def moment(self, at: datetime) -> str:
        """Write day and time for the header."""
        return at.strftime("%d.%m %H:%M" if self.language == "ru" else "%Y-%m-%d %H:%M")

    def full_moment(self, at: datetime) -> str:
        """Write day, year and time for the paper."""
        return at.strftime("%d.%m.%Y %H:%M" if self.language == "ru" else "%Y-%m-%d %H:%M")

    def key(self, name: str) -> str:
        """Write a key as its cap has it: `Ins`, `F5`, `+`."""
        return self.texts.get(f"cap_{name}", name.upper() if len(name) > 1 else name)
