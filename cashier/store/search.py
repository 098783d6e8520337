"""Search of goods by name: every typed word begins a word of the name, in any order, any case, «ё» as «е»."""

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_MOST_WORDS: Final = 8


def folded(name: str) -> str:
    """Write a name as it is compared and put in order: in small letters, «ё» as «е».

    >>> folded("МЁД")
    'мед'
    """
    return name.lower().replace("ё", "е")


def words_of(text: str) -> tuple[str, ...]:
    """Take a text to its words, folded.

    >>> words_of('Мёд  "3,2%"')
    ('мед', '3', '2')
    """
    return tuple(_WORD.findall(folded(text)))


def typed_words(text: str) -> tuple[str, ...]:
    """Take what was typed to its words; what comes after the eighth is not looked at."""
    return words_of(text)[:_MOST_WORDS]


def match_expression(words: tuple[str, ...]) -> str:
    """Write words as a query to the index of names.

    Signs of the query language cannot get through: words have only letters and digits, each stands in quotes.

    >>> match_expression(("мед", "3"))
    '"мед"* "3"*'
    """
    return " ".join(f'"{word}"*' for word in words)


def fits(name: str, words: tuple[str, ...]) -> bool:
    """Tell whether each word begins a word of the name."""
    own = words_of(name)
    return all(any(part.startswith(word) for part in own) for word in words)


def rank(name: str, words: tuple[str, ...]) -> tuple[bool, str]:
    """Return what found names are put in order by: those that begin with the first word, then in order of names."""
    plain = folded(name)
    return not plain.startswith(words[0]), plain
