"""Settings in words, for `cashier check`."""

from collections.abc import Iterator

from msgspec import Struct

from cashier.settings.kinds import phrase
from cashier.settings.loading import Loaded
from cashier.settings.mark_table import mark_table
from cashier.settings.model import Settings
from cashier.settings.sections import NAMED, SINGLE, slots
from cashier.settings.texts import plain, say

LONGEST = 2000


def report(loaded: Loaded) -> list[str]:
    """What `cashier check` says about settings: mistakes, warnings, values in force, those of marks side by side."""
    language = loaded.language
    lines = []
    for code, found in (("head_mistakes", loaded.mistakes), ("head_warnings", loaded.warnings)):
        if found:
            lines += [say(phrase(code, count=len(found)), language), *map(str, found)]
    if loaded.settings is None:
        return [*lines, say(phrase("no_settings"), language)]
    lines += [say(phrase("head_values"), language), *describe(loaded.settings)]
    if loaded.settings.plugins.markedgoods or loaded.settings.marked_goods.categories:
        head = "head_categories" if loaded.settings.plugins.markedgoods else "head_categories_off"
        lines += [say(phrase(head), language), *mark_table(loaded.settings.marked_goods)]
    return lines


def describe(settings: Settings) -> list[str]:
    """Values in force, one line each, sections as they stand in the files; passwords in addresses are left out."""
    lines: list[str] = []
    for section, (field, _) in SINGLE.items():
        lines += _section(section, getattr(settings, field))
    for category in settings.marked_goods.categories:
        lines += _section(f"MarkedGoods.{category.name}", category) if category.name else []
    for prefix, (field, _) in NAMED.items():
        lines += [line for part in getattr(settings, field) for line in _section(f"{prefix}.{part.name}", part)]
    return lines + list(_keys(settings))


def _section(name: str, part: Struct) -> list[str]:
    shown = ((slot.key.name, slot.show(getattr(part, slot.field))) for slot in slots(type(part)).values())
    return [f"[{plain(name)}]", *(f"  {key} = {plain(text, LONGEST)}".rstrip() for key, text in shown)]


def _keys(settings: Settings) -> Iterator[str]:
    context = ""
    for binding in settings.keys:
        if binding.context != context:
            context = binding.context
            yield f"[Keys.{plain(context)}]"
        yield f"  {plain(binding.action)} = {plain(', '.join(binding.keys))}"
