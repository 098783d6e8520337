"""Goods that sections name by code: whether the dictionaries have them is known only where there are dictionaries."""

from collections.abc import Callable, Iterator

from cashier.settings.kinds import phrase
from cashier.settings.model import Settings
from cashier.settings.named import LegalMinimum, Restriction
from cashier.settings.problems import Mistake, Problem, tell

Knows = Callable[[str, str], bool]
"""Tells by `item` or `group` and a code whether there are such goods."""


def unknown_goods(settings: Settings, knows: Knows) -> tuple[Mistake, ...]:
    """Warn of rules that act on nothing, because the dictionaries have no such goods."""
    problems = [
        Problem(own.place, phrase("unknown_goods", section=section, key=key, found=code), warning=True)
        for section, own in _sections(settings)
        for key, code in (("item", own.item), ("group", own.group))
        if code and not knows(key, code)
    ]
    return tell(problems, settings.screen.language)


def _sections(settings: Settings) -> Iterator[tuple[str, Restriction | LegalMinimum]]:
    yield from ((f"Restriction.{own.name}", own) for own in settings.restrictions)
    yield from ((f"LegalMinimum.{own.name}", own) for own in settings.legal_minimums)
