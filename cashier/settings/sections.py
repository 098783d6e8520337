"""Which sections there are, which keys they have, and a section turned into its struct."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from msgspec import NODEFAULT, Struct

from cashier.settings.kinds import Key, phrase
from cashier.settings.model import (
    CashServer,
    Drawer,
    Export,
    Keyboard,
    LegalMinimum,
    LockTimer,
    MarkedGoods,
    Orders,
    PaymentTerminal,
    Plugins,
    Printer,
    Queue,
    Receipt,
    Restriction,
    Rights,
    Scanner,
    Screen,
    Shift,
    Status,
    StockControl,
    Till,
)
from cashier.settings.problems import MOST, Problem
from cashier.settings.reader import Book, Entry, Section

SINGLE: Mapping[str, tuple[str, type[Struct]]] = {
    "Till": ("till", Till),
    "Screen": ("screen", Screen),
    "plugins": ("plugins", Plugins),
    "MarkedGoods": ("marked_goods", MarkedGoods),
    "StockControl": ("stock_control", StockControl),
    "Queue": ("queue", Queue),
    "Export": ("export", Export),
    "Orders": ("orders", Orders),
    "CashServer": ("cash_server", CashServer),
    "Receipt": ("receipt", Receipt),
    "Rights": ("rights", Rights),
    "HW.LOCKTIMER": ("lock_timer", LockTimer),
    "PaymentTerminal": ("payment_terminal", PaymentTerminal),
    "Drawer": ("drawer", Drawer),
    "Shift": ("shift", Shift),
    "Status": ("status", Status),
    "Keys": ("keyboard", Keyboard),
}
"""Section → field of `Settings` and struct."""
NAMED: Mapping[str, tuple[str, type[Struct]]] = {
    "Restriction": ("restrictions", Restriction),
    "LegalMinimum": ("legal_minimums", LegalMinimum),
    "Scanner": ("scanners", Scanner),
    "Printer": ("printers", Printer),
}
"""First part of the names of sections that may be there several times → field of `Settings` and struct."""
PREFIXES = (*NAMED, "MarkedGoods", "Keys")
S = TypeVar("S", bound=Struct)


class Slot(Struct, frozen=True):
    """One field of a struct together with its key."""

    field: str
    key: Key
    default: Any
    """`NODEFAULT` if the key must be there."""

    @property
    def may_be_empty(self) -> bool:
        """Does nothing stand for the default?"""
        return self.default is None or (isinstance(self.default, str | bytes | tuple | frozenset) and not self.default)

    def show(self, value: object) -> str:
        """Write a value as the files have it."""
        return "" if self.may_be_empty and value == self.default else self.key.kind.show(value)


@cache
def slots(kind: type[Struct]) -> Mapping[str, Slot]:
    """Keys of a section by their spelling, in the order of the struct."""
    notes = {name: note for base in kind.__mro__ for name, note in vars(base).get("__annotations__", {}).items()}
    names, defaults = kind.__struct_fields__, kind.__struct_defaults__
    padded = (NODEFAULT,) * (len(names) - len(defaults)) + defaults
    found = (
        Slot(name, key, default)
        for name, default in zip(names, padded, strict=True)
        for key in getattr(notes[name], "__metadata__", ())
    )
    return {slot.key.name: slot for slot in found}


def is_known(section: str) -> bool:
    """May there be a section of this name?"""
    prefix, dot, name = section.partition(".")
    return section in SINGLE or (prefix in PREFIXES and bool(dot and name))


def complain_of_section(book: Book, section: Section) -> None:
    """Say that nobody knows the section, and which one may have been meant."""
    prefix, dot, name = section.name.partition(".")
    if prefix in PREFIXES:
        book.complain(section.place, "no_name", section=prefix)
    elif prefix in SINGLE:
        book.complain(section.place, "has_name", section=section.name, near=prefix)
    else:
        near = _near(book, section.name, SINGLE) or _near(book, prefix, PREFIXES)
        near = f"{near}.{name or '…'}" if near in NAMED or (near in PREFIXES and dot) else near
        book.complain(
            section.place, "unknown_section_near" if near else "unknown_section", section=section.name, near=near
        )


def fill(kind: type[S], section: Section, book: Book, **given: Any) -> S | None:  # noqa: ANN401 - fields of any struct
    """Turn a section into its struct; None if anything is wrong with it, which the book is told.

    Fields that are `given` go before the defaults; the section goes before both.
    """
    before, known = len(book.problems), slots(kind)
    values = dict(given)
    for name, entry in section.entries.items():
        if name in known:
            values[known[name].field] = _value(known[name], section, entry, book)
        else:
            _complain_of_key(kind, section, name, book)
    for slot in known.values():
        if slot.default is NODEFAULT and slot.field not in values:
            missing = phrase("missing", section=section.name, key=slot.key.name, allowed=slot.key.kind.allowed)
            book.problems.append(Problem(section.place, missing))
    return kind(**values) if len(book.problems) == before else None


def _value(slot: Slot, section: Section, entry: Entry, book: Book) -> object:
    if not entry.text and slot.may_be_empty:
        return slot.default
    value = slot.key.kind.read(entry.text)
    if value is None:
        code, allowed = "wrong" if entry.text else "empty", slot.key.kind.allowed
        wrong = phrase(code, section=section.name, key=slot.key.name, found=entry.text, allowed=allowed)
        book.problems.append(Problem(entry.place, wrong))
    return value


def _complain_of_key(kind: type[Struct], section: Section, name: str, book: Book) -> None:
    place = section.entries[name].place
    if section.name.startswith("MarkedGoods.") and name in slots(MarkedGoods):
        book.complain(place, "common_key", section=section.name, key=name)
        return
    near = _near(book, name, slots(kind))
    book.complain(place, "unknown_key_near" if near else "unknown_key", section=section.name, key=name, near=near)


def _near(book: Book, name: str, known: "Mapping[str, object] | tuple[str, ...]") -> str:
    """The name that was probably meant; empty if none, or if there are more mistakes than anybody will read."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    by_lower = {word.lower(): word for word in known}
    found = [] if len(book.problems) > MOST else get_close_matches(name[:100].lower(), by_lower, 1)
    return by_lower[found[0]] if found else ""
