"""Quantity: thousandths of the unit of measure, so that grams and litres add up exactly."""

from typing import NewType

from cashier.core.money import Kopecks

Thousandths = NewType("Thousandths", int)

ONE = Thousandths(1000)
LIMIT = Thousandths(100_000_000)
"""A hundred thousand units in one line: beyond that a barcode was typed in the place of a quantity."""

_DIGITS = 3


def pieces(count: int) -> Thousandths:
    """Write a whole number of pieces as a quantity."""
    return Thousandths(count * 1000)


def is_whole(quantity: Thousandths) -> bool:
    """Tell whether goods counted by the piece can be sold in this quantity."""
    return quantity % 1000 == 0


def to_text(quantity: Thousandths) -> str:
    """Write a quantity with a point and no idle zeros, as tables, files and СКО have it.

    >>> to_text(Thousandths(345)), to_text(ONE), to_text(Thousandths(1500))
    ('0.345', '1', '1.5')
    """
    sign, whole = ("-", -quantity) if quantity < 0 else ("", quantity)
    return f"{sign}{whole // 1000}.{whole % 1000:03d}".rstrip("0").rstrip(".")


def typed(entry: str) -> Thousandths | None:
    """Read what a cashier typed as a quantity: at most three digits after the point; None if it is none."""
    whole, _, part = entry.partition(".")
    if not (whole or part) or not f"{whole}{part}".isascii() or not f"{whole}{part}".isdigit() or len(part) > _DIGITS:
        return None
    quantity = int(whole or "0") * 1000 + int(part.ljust(_DIGITS, "0") or "0")
    return Thousandths(quantity) if quantity <= LIMIT else None


def cost(price: Kopecks, quantity: Thousandths) -> Kopecks:
    """Price of a unit times quantity, to the nearest kopeck, halves up.

    >>> cost(Kopecks(12900), Thousandths(745))
    9611
    """
    return Kopecks((price * quantity * 2 + 1000) // 2000)
