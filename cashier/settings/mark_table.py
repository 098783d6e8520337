"""The effective parameters of every category of marks, side by side (spec M14)."""

from collections.abc import Iterator
from itertools import zip_longest
from textwrap import wrap

from cashier.settings.model import MarkedGoods, MarkRules
from cashier.settings.sections import slots
from cashier.settings.texts import plain

FIRST, MIDDLE, LAST = 24, 9, 40
"""Widths of the column of names, of those of short values and of the address: 100 characters together."""


def mark_table(goods: MarkedGoods) -> Iterator[str]:
    """Return the table line by line: the common section, then the categories in the order in which masks are tried."""
    names = [name for name in slots(MarkRules) if name != "markVerifyUrl"]
    yield from _row("", [_words(name) for name in names], ["markVerifyUrl"])
    named = [category for category in goods.categories if category.name]
    for title, rules in (("[MarkedGoods]", goods), *((category.name, category) for category in named)):
        shown = {name: slot.show(getattr(rules, slot.field)) for name, slot in slots(MarkRules).items()}
        address = wrap(plain(shown["markVerifyUrl"], 2000), LAST, break_on_hyphens=False)
        yield from _row(plain(title, FIRST - 2), [[shown[name]] for name in names], address)


def _words(name: str) -> list[str]:
    """Take the name of a key to pieces at its capitals: `enableMarkVerify` is three lines of a heading."""
    spaced = "".join(f" {sign}" if sign.isupper() else sign for sign in name)
    return spaced.split()


def _row(first: str, middle: list[list[str]], last: list[str]) -> Iterator[str]:
    """Lay cells of several lines side by side."""
    for title, *cells, address in zip_longest([first], *middle, last, fillvalue=""):
        yield f"{title:{FIRST}}{''.join(f'{cell:{MIDDLE}}' for cell in cells)}{address}".rstrip()
