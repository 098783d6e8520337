"""МРЦ of a tobacco pack: four characters, base 80 (domain/marking.md 2.1)."""

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"%&'*+-./_,:;=<>?"
"""The digits of МРЦ, 0 first."""

_VALUES = {character: value for value, character in enumerate(ALPHABET)}


def mrc_kopecks(text: str) -> int | None:
    """Return the price that four characters of a pack stand for, in kopecks; 0 is "not set".

    None for another length or a character outside the alphabet.

    >>> mrc_kopecks("ABm8"), mrc_kopecks("AAAA"), mrc_kopecks("A(AA")
    (9500, 0, None)
    """
    if len(text) != 4 or any(character not in _VALUES for character in text):  # noqa: PLR2004 - the field's length
        return None
    total = 0
    for character in text:
        total = total * len(ALPHABET) + _VALUES[character]
    return total


def mrc_text(kopecks: int) -> str:
    """Return the four characters that stand for a price in kopecks on a pack, 0 to 40 959 999.

    >>> mrc_text(9500), mrc_text(0)
    ('ABm8', 'AAAA')
    """
    text = ""
    for _ in range(4):
        kopecks, digit = divmod(kopecks, len(ALPHABET))
        text = ALPHABET[digit] + text
    return text
