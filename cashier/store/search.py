"""Search of goods by name: every typed word begins a word of the name, in any order, any case, «ё» as «е»."""

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_MOST_WORDS: Final = 8


def match_expression(words: str) -> str:
    """Write what was typed as a query to the index of names; empty when there is no word in it.

    Signs of the query language cannot get through: only letters and digits stay, each word in quotes.

    >>> match_expression('Мёд  "3,2%"')
    '"мед"* "3"* "2"*'
    """
    found = _WORD.findall(words.lower().replace("ё", "е"))[:_MOST_WORDS]
    return " ".join(f'"{word}"*' for word in found)
