"""Discounts that people grant: on one position and on the whole receipt, spread over the lines to the kopeck.

A minimum price is never broken (spec T9). Of a sum, what a line cannot bear goes to the others, and what none can is
not given. A percentage is meant of each line: what a line cannot bear of it is not given, and no other loses more.
"""

from collections.abc import Sequence

from msgspec import Struct

from cashier.core.money import ZERO, Kopecks

_WHOLE = 10_000
"""A hundred percent in hundredths of a percent."""
_FINE = 128
"""Bits that keep any two ratios of sums below 2**64 kopecks apart, so that they are put in order as integers."""


class Discount(Struct, frozen=True):
    """What a person granted: one of the two is set."""

    percent: int = 0
    """Hundredths of a percent: 1000 is 10 %."""
    amount: Kopecks = ZERO
    of: Kopecks = ZERO
    """Sum that the amount was granted on: where less of it is bought in the end, the amount shrinks likewise."""


class Share(Struct, frozen=True):
    """What one line brings to the spreading."""

    gross: Kopecks
    """Sum of the line before discounts."""
    floor: Kopecks = ZERO
    """Sum that the line may not go below: that of its minimum price, at most `gross`."""
    own: Discount | None = None
    """Granted on this position alone."""

    @property
    def taken(self) -> Kopecks:
        """What the discount of the position itself takes off."""
        return Kopecks(min(granted(self.own, self.gross), self.gross - self.floor))

    @property
    def missing(self) -> Kopecks:
        """What the discount of the position itself lacks because of the minimum price."""
        return Kopecks(asked(self.own, self.gross) - self.taken)

    @property
    def left(self) -> Kopecks:
        """What the discount of the position leaves: that of the receipt is reckoned on it."""
        return Kopecks(self.gross - self.taken)


def asked(discount: Discount | None, base: Kopecks) -> Kopecks:
    """Reckon what a discount is of a sum: halves of a kopeck up; one in roubles may be more than there is."""
    if discount is None:
        return ZERO
    if discount.amount and base < discount.of:
        return Kopecks((2 * discount.amount * base + discount.of) // (2 * discount.of))
    return discount.amount or Kopecks((base * discount.percent + _WHOLE // 2) // _WHOLE)


def granted(discount: Discount | None, base: Kopecks) -> Kopecks:
    """Reckon what a discount takes off a sum where no minimum price hinders: at most the sum."""
    return min(asked(discount, base), base)


def spread(shares: Sequence[Share], whole: Discount | None) -> tuple[Kopecks, ...]:
    """Return what is taken off each line, its own discount and that of the receipt together."""
    parts = shared_out(shares, whole)
    return tuple(Kopecks(share.taken + part) for share, part in zip(shares, parts, strict=True))


def shared_out(shares: Sequence[Share], whole: Discount | None) -> tuple[Kopecks, ...]:
    """Return what the discount of the receipt takes off each line, on top of the own ones.

    It is reckoned once, on what the own ones leave, and shared out in proportion to that. It goes to whole kopecks by
    the largest remainder, equal remainders in order of lines; the parts add up exactly.
    """
    left = [share.left for share in shares]
    room = [share.left - share.floor for share in shares]
    if whole is None:
        return (ZERO,) * len(left)
    if not whole.amount:
        return tuple(map(Kopecks, _of_each(whole.percent, left, room)))
    given = min(granted(whole, Kopecks(sum(left))), sum(room))
    return tuple(map(Kopecks, _parts(given, left, room)))


def shortfall(shares: Sequence[Share], whole: Discount | None) -> Kopecks:
    """Tell how much the discount of the receipt lacks: minimum prices hinder, or lines have less left than it asks."""
    left = Kopecks(sum(share.left for share in shares))
    return Kopecks(asked(whole, left) - sum(shared_out(shares, whole)))


def _of_each(percent: int, left: Sequence[int], room: Sequence[int]) -> list[int]:
    """Take a percentage off each line, no part above its `room`; the sum of these is rounded once, halves up."""
    exact = [min(own * percent, most * _WHOLE) for own, most in zip(left, room, strict=True)]
    parts = _to_the_kopeck((sum(exact) + _WHOLE // 2) // _WHOLE, dict(enumerate(exact)), _WHOLE)
    return list(parts.values())


def _parts(given: int, left: Sequence[int], room: Sequence[int]) -> list[int]:
    """Share `given` out in proportion to `left`, no part above its `room`; all rooms together hold it.

    Lines fill up in order of how soon their room ends, each by the rate of those that are not full yet.
    """
    parts, rest, weight = list(room), given, sum(left)
    order = sorted(range(len(left)), key=lambda at: (room[at] << _FINE) // left[at] if left[at] else 0)
    for full, at in enumerate(order):
        if room[at] * weight > rest * left[at]:
            exact = {own: rest * left[own] for own in order[full:]}
            for own, part in _to_the_kopeck(rest, exact, weight).items():
                parts[own] = part
            break
        rest, weight = rest - room[at], weight - left[at]
    return parts


def _to_the_kopeck(given: int, exact: dict[int, int], unit: int) -> dict[int, int]:
    """Round parts of so many units to the kopeck so that they make `given`: the largest remainders up, others down."""
    parts = {at: part // unit for at, part in exact.items()}
    spare = given - sum(parts.values())
    for at in sorted(exact, key=lambda at: (-(exact[at] % unit), at))[:spare]:
        parts[at] += 1
    return parts
