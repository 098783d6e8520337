"""Discounts that people grant: on one position and on the whole receipt, spread over the lines to the kopeck.

A minimum price is never broken (spec T9): what a line cannot bear goes to the others, and what none can is not given.
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


def granted(discount: Discount | None, base: Kopecks) -> Kopecks:
    """Reckon what a discount takes off a sum where no minimum price hinders: halves of a kopeck up, at most the sum."""
    if discount is None:
        return ZERO
    asked = discount.amount or (base * discount.percent + _WHOLE // 2) // _WHOLE
    return Kopecks(min(asked, base))


def spread(shares: Sequence[Share], whole: Discount | None) -> tuple[Kopecks, ...]:
    """Return what is taken off each line, its own discount and that of the receipt together.

    The discount of the receipt is reckoned once, on what the own ones leave, and shared out in proportion to that. It
    goes to whole kopecks by the largest remainder, equal remainders in order of lines; the parts add up exactly.
    """
    own = [share.taken for share in shares]
    left = [share.gross - taken for share, taken in zip(shares, own, strict=True)]
    room = [rest - share.floor for share, rest in zip(shares, left, strict=True)]
    given = min(granted(whole, Kopecks(sum(left))), sum(room))
    return tuple(Kopecks(taken + part) for taken, part in zip(own, _parts(given, left, room), strict=True))


def shortfall(shares: Sequence[Share], whole: Discount | None) -> Kopecks:
    """Tell how much less than granted is given because of minimum prices; zero when all is."""
    left = Kopecks(sum(share.gross - share.taken for share in shares))
    asked = [granted(share.own, share.gross) for share in shares]
    return Kopecks(sum(asked) + granted(whole, left) - sum(spread(shares, whole)))


def _parts(given: int, left: Sequence[int], room: Sequence[int]) -> list[int]:
    """Share `given` out in proportion to `left`, no part above its `room`; all rooms together hold it.

    Lines fill up in order of how soon their room ends, each by the rate of those that are not full yet.
    """
    parts, rest, weight = list(room), given, sum(left)
    order = sorted(range(len(left)), key=lambda at: (room[at] << _FINE) // left[at] if left[at] else 0)
    for full, at in enumerate(order):
        if room[at] * weight > rest * left[at]:
            for own, part in _to_the_kopeck(rest, {own: left[own] for own in order[full:]}).items():
                parts[own] = part
            break
        rest, weight = rest - room[at], weight - left[at]
    return parts


def _to_the_kopeck(given: int, left: dict[int, int]) -> dict[int, int]:
    """Share `given` out in proportion to `left` by the largest remainder; a part is rounded up to the next at most."""
    weight = sum(left.values())
    parts = {at: given * own // weight for at, own in left.items()}
    spare = given - sum(parts.values())
    for at in sorted(left, key=lambda at: (-(given * left[at] % weight), at))[:spare]:
        parts[at] += 1
    return parts
