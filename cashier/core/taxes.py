"""VAT that a sum contains: prices are with tax, and the tax is reckoned once on all lines of a rate."""

from collections.abc import Iterable

from msgspec import Struct

from cashier.core.money import ZERO, Kopecks
from cashier.core.receipt import Line

_WHOLE = 10_000
"""A hundred percent in hundredths of a percent."""


class Tax(Struct, frozen=True):
    """What a receipt has at one rate."""

    rate: int | None
    """Hundredths of a percent; None for goods without VAT."""
    total: Kopecks
    """What the buyer pays for the goods of this rate."""
    tax: Kopecks
    """VAT contained in the total."""


def contained(total: Kopecks, rate: int) -> Kopecks:
    """Reckon the VAT that a sum contains at a rate in hundredths of a percent, halves of a kopeck up.

    >>> contained(Kopecks(12200), 2200), contained(Kopecks(100), 1000)
    (2200, 9)
    """
    whole = _WHOLE + rate
    return Kopecks((2 * total * rate + whole) // (2 * whole))


def by_rate(lines: Iterable[Line]) -> tuple[Tax, ...]:
    """Add lines that are sold up by rate: the highest first, goods without VAT last."""
    totals: dict[int | None, int] = {}
    for line in lines:
        totals[line.product.vat] = totals.get(line.product.vat, 0) + line.sum
    rates = sorted(totals, key=lambda rate: -1 if rate is None else rate, reverse=True)
    return tuple(_tax(rate, Kopecks(totals[rate])) for rate in rates)


def _tax(rate: int | None, total: Kopecks) -> Tax:
    return Tax(rate, total, ZERO if rate is None else contained(total, rate))
