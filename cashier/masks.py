"""Masks of marked goods: which category takes a code, and what the mask captures of it (spec M3).

`regex` is loaded when there is a mask: nobody else waits for it at the start.
"""

import logging
import re
import time
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Final

from cashier.core.marks import GS
from cashier.settings.model import MarkCategory

if TYPE_CHECKING:
    from regex import Match, Pattern

log = logging.getLogger("cashier")

DEADLINE: Final = 0.02
"""Seconds a mask may take for a code; one that takes longer does not match it."""

BUDGET: Final = 0.1
"""Seconds all masks together may take for a code: the screen waits for them. Those left after that do not match it."""

BARCODE: Final = "barcode"
"""The group that says which item the code is of."""

_NAMES_GS = re.compile(r"\x1d|(?<!\\)(?:\\\\)*\\(?:x1[dD]|u001[dD]|035)")

_REPEATS = re.compile(r"(\)?)\{(\d*),?(\d*)\}")
_MOST_REPEATS: Final = 100_000
"""Repetitions inside repetitions; `regex` writes them all out, and a million of them fill the memory."""

_REASONS: Final = {
    "missing )": "нет закрывающей скобки «)»",
    "unbalanced parenthesis": "лишняя закрывающая скобка «)»",
    "unterminated character set": "нет закрывающей скобки «]»",
    "bad character range": "диапазон в [ ] записан наоборот",
    "nothing to repeat": "нечего повторять: перед * + ? {} ничего нет",
    "multiple repeat": "два знака повторения подряд",
    "min repeat greater": "в {} первое число больше второго",
    "missing >": "имя группы не закрыто знаком «>»",
    "bad character in group name": "в имени группы недопустимый знак",
    "missing group name": "у группы нет имени",
    "unknown group": "такой группы нет",
    "invalid group reference": "такой группы нет",
    "unknown extension": "неизвестная запись после «(?»",
    "bad escape": "неизвестная запись после «\\»",
    "incomplete escape": "запись после «\\» не закончена",
    "unknown property": "нет такого класса знаков",
}
"""How the words of `regex` begin → what is wrong."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A code that a mask accepts.

    Attributes:
        category: whose mask it is.
        named: the mask has a group `barcode`, whether or not it took part.
        barcode: what that group captured; empty if nothing.
        properties: what the other named groups captured, in the order of the mask; groups that took no part are out.
    """

    category: MarkCategory
    named: bool
    barcode: str = ""
    properties: tuple[tuple[str, str], ...] = ()


class Masks:
    """The masks of all categories that work, in file order; each must compile (`check_mask`)."""

    def __init__(self, categories: tuple[MarkCategory, ...]) -> None:
        self._masks = tuple(_Mask(category) for category in categories)

    def match(self, code: str) -> Accepted | None:
        """Return what the first mask that matches makes of a full code; None if none does.

        A mask is held against the code without GS; against the code as it is only if it names GS.
        """
        plain, until = code.replace(GS, ""), time.monotonic() + BUDGET
        for mask in self._masks:
            left = until - time.monotonic()
            if left <= 0:
                log.warning("masks: [%s] and those after it had no time", mask.category.section)
                return None
            found = mask.match(code if mask.names_gs else plain, min(left, DEADLINE))
            if found:
                return mask.accepted(found)
        return None


class _Mask:
    def __init__(self, category: MarkCategory) -> None:
        self.category = category
        self.names_gs = _NAMES_GS.search(category.mask) is not None
        self._pattern = _compiled(category.mask)
        numbers = self._pattern.groupindex
        self._named = BARCODE in numbers
        self._others = tuple(name for name in sorted(numbers, key=numbers.__getitem__) if name != BARCODE)
        self._cut_off: set[int] = set()

    def match(self, text: str, seconds: float) -> "Match[str] | None":
        """Match the whole text; a mask cut off is told once for each length, and not the code."""
        try:
            return self._pattern.fullmatch(text, timeout=seconds)
        except TimeoutError:
            if len(text) not in self._cut_off:
                self._cut_off.add(len(text))
                log.warning("mask of [%s]: cut off on a code of %d characters", self.category.section, len(text))
            return None

    def accepted(self, found: "Match[str]") -> Accepted:
        captured = ((name, found[name]) for name in self._others)
        return Accepted(
            self.category,
            self._named,
            (found[BARCODE] or "") if self._named else "",
            tuple((name, text) for name, text in captured if text is not None),
        )


def check_mask(mask: str) -> str:
    """Say in words why a mask does not compile, and at which character; empty if it does."""
    import regex  # noqa: PLC0415 - only a mask needs it

    if _repetitions(mask) > _MOST_REPEATS:
        return "слишком много повторений {} друг в друге"
    try:
        _compiled(mask)
    except regex.error as error:
        told, _, position = str(error).partition(" at position ")
        return f"знак {int(position) + 1}: {_reason(told)}" if position.isdigit() else _reason(told)
    except RecursionError:
        return "слишком много вложенных скобок"
    except ValueError as error:
        return str(error)
    return ""


def _repetitions(mask: str) -> int:
    """Return how often, at most, a part of a mask is repeated: by its own count and by those of groups around it."""
    counts = [(group, max(int(low or 1), int(high or 1))) for group, low, high in _REPEATS.findall(mask)]
    groups = prod(count for group, count in counts if group)
    return groups * max((count for group, count in counts if not group), default=1)


def _compiled(mask: str) -> "Pattern[str]":
    r"""Compile as PCRE reads it: `\d`, `\s` and `\w` are ASCII."""
    import regex  # noqa: PLC0415 - as above

    return regex.compile(mask, regex.ASCII)


def _reason(told: str) -> str:
    return next((words for beginning, words in _REASONS.items() if told.startswith(beginning)), told)
