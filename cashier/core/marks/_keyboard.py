"""A keyboard scanner on a till whose layout is Russian: typed back to meant (domain/marking.md 6.2)."""

_PAIRS = (
    ("йцукенгшщзхъ", "qwertyuiop[]"),
    ("фывапролджэ", "asdfghjkl;'"),
    ("ячсмитьбюё", "zxcvbnm,.`"),
    ("ЙЦУКЕНГШЩЗХЪ", "QWERTYUIOP{}"),
    ("ФЫВАПРОЛДЖЭ", 'ASDFGHJKL:"'),
    ("ЯЧСМИТЬБЮЁ", "ZXCVBNM<>~"),
    ('"№;:?.,/', "@#$^&/?|"),
)
"""Windows and xkb ru(winkeys): typed, meant. What is in neither column means itself."""

_MEANT = {typed: meant for left, right in _PAIRS for typed, meant in zip(left, right, strict=True)}
_TELLING = frozenset(typed for typed in _MEANT if not typed.isascii())
_ITSELF = frozenset("0123456789!%*()_+-=\\ \x1d\r\n\t")
_TABLE = str.maketrans(_MEANT)


def is_russian(text: str) -> bool:
    """Tell whether the text has a character that only the Russian layout types."""
    return not text.isascii() and not _TELLING.isdisjoint(text)


def meant(text: str) -> str | None:
    """Reverse the whole text; None if that layout cannot have typed it.

    >>> meant("ЕНсБ"), meant("ъв201"), meant("йQ")
    ('TYc<', ']d201', None)
    """
    if not all(character in _MEANT or character in _ITSELF for character in text):
        return None
    return text.translate(_TABLE)
