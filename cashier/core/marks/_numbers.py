"""Numbers of GS1: digits closed by a check digit."""

BARCODES = (8, 12, 13, 14)
"""Lengths of EAN-8, UPC-A, EAN-13 and ITF-14."""


def is_number(text: str) -> bool:
    """Tell whether the text is digits with a right check digit, whatever its length.

    >>> is_number("04600439931256"), is_number("04600439931255"), is_number("x")
    (True, False, False)
    """
    if not (text.isdigit() and text.isascii()):
        return False
    return (3 * sum(map(int, text[-2::-2])) + sum(map(int, text[::-2]))) % 10 == 0
