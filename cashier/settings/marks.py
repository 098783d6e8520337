"""`[MarkedGoods]` and its subsections: which categories there are, and with which parameters each works."""

from collections.abc import Callable, Mapping

from cashier.settings.kinds import phrase
from cashier.settings.model import MarkCategory, MarkedGoods, MarkRules
from cashier.settings.problems import Problem
from cashier.settings.reader import Book, Section
from cashier.settings.sections import fill, is_known, slots

MaskCheck = Callable[[str], str]
"""Says why a mask does not compile; empty if it does."""


def categories(book: Book, common: MarkedGoods, check_mask: MaskCheck) -> tuple[MarkCategory, ...]:
    """Categories that work, in file order; what a subsection does not state comes from `common` (spec M2, M14).

    A mask in `[MarkedGoods]` itself makes a category without a name. Subsections that do not work get a warning each.
    """
    inherited = {slot.field: getattr(common, slot.field) for slot in slots(MarkRules).values()}
    found = [_category(book, section, inherited) for section in _sections(book)]
    read = [category for category in found if category]
    alike: dict[str, list[MarkCategory]] = {}
    for category in read:
        alike.setdefault(category.mask, []).append(category)
    unique = [category for category in read if _is_unique(book, category, alike[category.mask])]
    for category in unique:
        reason = check_mask(category.mask)
        if reason:
            book.complain(category.place, "bad_mask", section=category.section, reason=reason)
    return tuple(unique)


def _sections(book: Book) -> list[Section]:
    """Subsections, and `[MarkedGoods]` if a mask stands in it."""
    return [section for section in book.sections.values() if _is_category(section)]


def _is_category(section: Section) -> bool:
    if section.name == "MarkedGoods":
        return "mask" in section.entries and bool(section.entries["mask"].text)
    return section.name.startswith("MarkedGoods.") and is_known(section.name)


def _category(book: Book, section: Section, inherited: Mapping[str, object]) -> MarkCategory | None:
    """The category of a section; None if it has mistakes or no mask."""
    if section.name == "MarkedGoods":
        section = Section("MarkedGoods", section.place, {"mask": section.entries["mask"]})
    mask = section.entries.get("mask")
    place = mask.place if mask else section.place
    name = section.name.partition(".")[2]
    category = fill(MarkCategory, section, book, **inherited, name=name, place=place)
    if mask and mask.text:
        return category
    book.problems.append(Problem(section.place, phrase("no_mask", section=section.name), warning=True))
    return None


def _is_unique(book: Book, category: MarkCategory, alike: list[MarkCategory]) -> bool:
    """The seed: settings of a subsection whose mask is not unique do not work; so of two like ones neither does."""
    if len(alike) == 1:
        return True
    other = f"[{(alike[0] if category is not alike[0] else alike[1]).section}]"
    same = phrase("same_mask", section=category.section, other=other)
    book.problems.append(Problem(category.place, same, warning=True))
    return False
