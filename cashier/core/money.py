"""Money: whole kopecks inside the program, roubles with a decimal point in files and tables."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NewType

Kopecks = NewType("Kopecks", int)

ZERO = Kopecks(0)
LIMIT = Kopecks(10**12)
"""Ten thousand million roubles: whatever is beyond it is a slip of the hand or a broken file."""


def total(amounts: "list[Kopecks] | tuple[Kopecks, ...]") -> Kopecks:
    """Add amounts up."""
    return Kopecks(sum(amounts))


def to_roubles(amount: Kopecks) -> str:
    """Write an amount as files and tables have it: roubles, a point, two digits.

    >>> to_roubles(Kopecks(19550)), to_roubles(Kopecks(-5))
    ('195.50', '-0.05')
    """
    sign, whole = ("-", -amount) if amount < 0 else ("", amount)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def from_roubles(roubles: "str | float | Decimal") -> Kopecks:
    """Read an amount in roubles from a file or a table; halves of a kopeck go up.

    A float counts as the decimal number it prints as, so 0.1 + 0.2 read back from a column is 30 kopecks.

    Raises:
        ValueError: not a number, or beyond `LIMIT`.
    """
    try:
        kopecks = (Decimal(str(roubles).strip()) * 100).quantize(Decimal(1), ROUND_HALF_UP)
    except ArithmeticError:
        raise ValueError(str(roubles)) from None
    if kopecks.is_nan() or abs(kopecks) > LIMIT:
        raise ValueError(str(roubles))
    return Kopecks(int(kopecks))


def typed_roubles(entry: str) -> Kopecks | None:
    """Read what a cashier typed as a sum: roubles with at most two digits after the point; None if it is none."""
    whole, _, part = entry.partition(".")
    if not (whole or part) or not f"{whole}{part}".isascii() or not f"{whole}{part}".isdigit() or len(part) > len("00"):
        return None
    kopecks = int(whole or "0") * 100 + int(part.ljust(2, "0") or "0")
    return Kopecks(kopecks) if kopecks <= LIMIT else None
