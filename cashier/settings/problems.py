"""What is wrong in the settings, where, and what to do about it."""

from msgspec import Struct

from cashier.settings.kinds import Phrase, phrase
from cashier.settings.named import Place
from cashier.settings.texts import advise, plain, say

MOST = 100
"""Mistakes told at once: a file of garbage must not fill the screen for ever."""


class Problem(Struct, frozen=True):
    """Something found while reading, still without a language."""

    place: Place
    phrase: Phrase
    warning: bool = False
    """The till starts all the same."""


class Mistake(Struct, frozen=True):
    """Something found while reading, as the reader of `cashier check` sees it."""

    file: str
    line: int
    """Counted from 1; 0 means the file as a whole."""
    text: str
    """What was found, where, and what is allowed there."""
    advice: str
    """What to do."""

    def __str__(self) -> str:
        """One line without control characters."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.text}. {self.advice}"


def tell(problems: list[Problem], language: str) -> tuple[Mistake, ...]:
    """Put the problems into words, in order of file and line; no more than `MOST` of them."""
    ordered = sorted(problems, key=lambda problem: (problem.place.file, problem.place.line))
    if len(ordered) > MOST:
        more = Problem(ordered[MOST].place, phrase("more", rest=len(ordered) - MOST))
        ordered[MOST:] = [more]
    return tuple(_tell(problem, language) for problem in ordered)


def _tell(problem: Problem, language: str) -> Mistake:
    place = problem.place
    return Mistake(plain(place.file, 4096), place.line, say(problem.phrase, language), advise(problem.phrase, language))
