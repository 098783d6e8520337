"""Discounts of positions and of the receipt: to the kopeck, and never below a minimum price."""

from fractions import Fraction
from math import floor
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from cashier.core.discounts import Discount, Share, asked, granted, shared_out, shortfall, spread
from cashier.core.money import Kopecks


def percent(whole: int) -> Discount:
    """Grant a whole percentage."""
    return Discount(percent=whole * 100)


def amount(kopecks: int) -> Discount:
    """Grant a sum."""
    return Discount(amount=Kopecks(kopecks))


def share(gross: int, floor: int = 0, own: Discount | None = None) -> Share:
    """Bring a line."""
    return Share(Kopecks(gross), Kopecks(floor), own)


@st.composite
def shares(draw: st.DrawFn, largest: int = 10**9) -> Share:
    """Draw a line with any minimum price and perhaps a discount of its own."""
    gross = draw(st.integers(0, largest))
    return share(gross, draw(st.integers(0, gross)), draw(st.none() | DISCOUNTS))


DISCOUNTS = st.one_of(
    st.integers(0, 10_000).map(lambda hundredths: Discount(percent=hundredths)),
    st.integers(0, 10**10).map(amount),
)
RECEIPTS = st.lists(shares(), max_size=12) | st.lists(shares(largest=3), max_size=12)


class TestGranted:
    @pytest.mark.parametrize(
        ("discount", "base", "kopecks"),
        [
            (percent(10), 4550, 455),
            (percent(10), 4555, 456),
            (percent(10), 4554, 455),
            (Discount(percent=1), 5000, 1),
            (Discount(percent=1), 4999, 0),
            (percent(100), 4550, 4550),
            (amount(500), 4550, 500),
            (amount(5000), 4550, 4550),
            (Discount(), 4550, 0),
            (None, 4550, 0),
            (percent(10), 0, 0),
        ],
    )
    def test_table(self, discount: Discount | None, base: int, kopecks: int) -> None:
        """Given a discount on a sum, then it takes off that much, half a kopeck going up, at most the sum."""
        assert granted(discount, Kopecks(base)) == kopecks


class TestPositions:
    @pytest.mark.parametrize(
        ("own", "taken", "missing"),
        [
            (None, 0, 0),
            (percent(10), 1000, 0),
            (amount(1500), 1500, 0),
            (percent(30), 2000, 1000),
            (amount(9000), 2000, 7000),
        ],
    )
    def test_minimum_price_stops_it(self, own: Discount | None, taken: int, missing: int) -> None:
        """Given goods of 100 roubles with a minimum of 80, then at most 20 is taken, and the rest told as missing."""
        lines = [share(10_000, 8_000, own), share(5_000)]
        assert spread(lines, None) == (taken, 0)
        assert [line.missing for line in lines] == [missing, 0]


class TestReceipt:
    @pytest.mark.parametrize(
        ("lines", "whole", "taken"),
        [
            ([], percent(10), ()),
            ([share(0)], percent(10), (0,)),
            ([share(100), share(100), share(100)], amount(100), (34, 33, 33)),
            ([share(100), share(200), share(300)], amount(100), (17, 33, 50)),
            ([share(1), share(1), share(1)], amount(2), (1, 1, 0)),
            ([share(1), share(1), share(1)], percent(50), (1, 1, 0)),
            ([share(4550), share(9611)], percent(10), (455, 961)),
            ([share(1000, 950), share(1000)], amount(200), (50, 150)),
            ([share(1000, 1000), share(1000, 900), share(1000)], amount(300), (0, 100, 200)),
            ([share(1000, 950), share(1000, 900), share(1000, 990)], amount(500), (50, 100, 10)),
            ([share(1000, 990, percent(50)), share(1000)], amount(199), (10, 199)),
            ([share(1000, 0, percent(50)), share(500)], percent(10), (550, 50)),
            ([share(1000, 400), share(700)], percent(100), (600, 700)),
            ([share(1000), share(700)], amount(99_999), (1000, 700)),
        ],
    )
    def test_table(self, lines: list[Share], whole: Discount, taken: tuple[int, ...]) -> None:
        """Given lines and a discount of the receipt, then each line bears its part, of a sum what others cannot too."""
        assert spread(lines, whole) == taken

    @pytest.mark.parametrize(
        ("lines", "hundredths", "taken"),
        [
            ([share(4550), share(45_000, 45_000), share(19_500, 19_500)], 9000, (4095, 0, 0)),
            ([share(1000, 990, percent(50)), share(1000)], 1000, (10, 100)),
            ([share(1000, 950), share(1000)], 500, (50, 50)),
            ([share(1000, 950), share(1000)], 501, (50, 50)),
            ([share(1000, 950), share(1000)], 505, (50, 51)),
            ([share(4550, 4549), share(4555), share(4555)], 1000, (1, 456, 455)),
            ([share(5), share(5), share(5, 5)], 1000, (1, 0, 0)),
            ([share(4), share(5, 5)], 1000, (0, 0)),
        ],
    )
    def test_percentage_beside_minimum_prices(
        self, lines: list[Share], hundredths: int, taken: tuple[int, ...]
    ) -> None:
        """Given lines at their minimum price, when a percentage is given, then no other line bears more than that."""
        assert spread(lines, Discount(percent=hundredths)) == taken

    @pytest.mark.parametrize(
        ("lines", "whole", "missing"),
        [
            ([share(1000, 950), share(1000)], amount(200), 0),
            ([share(1000, 950), share(1000, 900)], amount(200), 50),
            ([share(1000, 950, amount(100)), share(1000, 900)], amount(200), 100),
            ([share(1000, 400), share(700)], percent(100), 400),
            ([share(1000, 1000), share(1000)], percent(10), 100),
            ([share(1000, 990, percent(50)), share(1000)], percent(10), 99),
            ([share(1000)], amount(5000), 4000),
            ([share(1000, 0, percent(50))], amount(800), 300),
            ([], percent(10), 0),
        ],
    )
    def test_what_is_not_given_is_told(self, lines: list[Share], whole: Discount, missing: int) -> None:
        """Given more than lines can bear, then what that discount lacks is told, and not what own ones lack."""
        assert shortfall(lines, whole) == missing

    def test_long_receipt(self) -> None:
        """Given 700 lines of 1 to 700 kopecks, every third at its floor, then a sum adds up, borne by the others."""
        lines = [share(gross, gross if gross % 3 == 0 else 0) for gross in range(1, 701)]
        taken = spread(lines, amount(24_535))
        assert sum(taken) == 24_535
        assert all(part == 0 for part, line in zip(taken, lines, strict=True) if line.floor)

    def test_largest_sums(self) -> None:
        """Given sums at the bounds of the till with floors a kopeck apart, then all still adds up."""
        lines = [share(10**17, 10**17 - 1), share(10**17 - 1, 10**17 - 3), share(10**17)]
        assert spread(lines, amount(10)) == (1, 2, 7)
        assert spread(lines, Discount(percent=3333)) == (1, 2, 3333 * 10**13)


class TestAlways:
    @given(RECEIPTS, st.none() | DISCOUNTS)
    def test_adds_up(self, lines: list[Share], whole: Discount | None) -> None:
        """Given any receipt, then what is taken and what is missing make what was asked, to the kopeck."""
        assert all(line.taken + line.missing == asked(line.own, line.gross) for line in lines)
        parts, left = shared_out(lines, whole), Kopecks(sum(line.left for line in lines))
        assert sum(parts) + shortfall(lines, whole) == asked(whole, left)
        assert sum(spread(lines, whole)) == sum(parts) + sum(line.taken for line in lines)
        assert shortfall(lines, whole) >= 0
        assert all(line.missing >= 0 for line in lines)

    @given(RECEIPTS, st.integers(0, 10_000))
    def test_no_line_bears_more_than_the_percentage(self, lines: list[Share], hundredths: int) -> None:
        """Given a percentage, then each line bears its exact share of it as far as it can, within a kopeck."""
        exact = [min(Fraction(line.left * hundredths, 10_000), Fraction(line.left - line.floor)) for line in lines]
        parts = shared_out(lines, Discount(percent=hundredths))
        assert all(-1 < part - share < 1 for part, share in zip(parts, exact, strict=True))
        assert sum(parts) == floor(sum(exact, Fraction(1, 2)))

    @given(RECEIPTS, st.integers(0, 10_000))
    def test_percentage_of_the_total_without_floors(self, lines: list[Share], hundredths: int) -> None:
        """Given no minimum prices, then a percentage takes off exactly that of what is left, rounded once."""
        free = [replace(line, floor=Kopecks(0)) for line in lines]
        whole = Discount(percent=hundredths)
        assert sum(shared_out(free, whole)) == granted(whole, Kopecks(sum(line.left for line in free)))
        assert shortfall(free, whole) == 0

    @given(RECEIPTS, st.none() | DISCOUNTS)
    def test_within_own_discount_and_floor(self, lines: list[Share], whole: Discount | None) -> None:
        """Given any receipt, then no line loses its own discount, and none is below its minimum price."""
        for line, taken in zip(lines, spread(lines, whole), strict=True):
            assert line.taken <= taken <= line.gross - line.floor

    @given(RECEIPTS, st.integers(1, 10**10).map(amount))
    def test_sum_missing_only_when_all_are_at_their_floors(self, lines: list[Share], whole: Discount) -> None:
        """Given a sum off the receipt that is not given in full, then no line could have borne another kopeck."""
        bare = [replace(line, own=None) for line in lines]
        if shortfall(bare, whole):
            assert spread(bare, whole) == tuple(line.gross - line.floor for line in lines)

    @given(RECEIPTS)
    def test_nothing_and_everything(self, lines: list[Share]) -> None:
        """Given a zero discount, then only the own ones are taken; given 100 %, then each line is at its floor."""
        own = tuple(line.taken for line in lines)
        assert spread(lines, None) == spread(lines, Discount()) == own
        floors = tuple(line.gross - line.floor for line in lines)
        assert spread(lines, percent(100)) == spread(lines, amount(10**11)) == floors

    @given(RECEIPTS, st.integers(0, 10_000), st.integers(0, 10_000))
    def test_more_granted_is_never_less_taken(self, lines: list[Share], one: int, other: int) -> None:
        """Given two discounts, then the greater takes no less off the receipt."""
        less, more = sorted((one, other))
        taken = [sum(spread(lines, Discount(percent=hundredths))) for hundredths in (less, more)]
        assert taken == sorted(taken)

    @given(RECEIPTS, st.integers(1, 10**10))
    def test_in_proportion(self, lines: list[Share], kopecks: int) -> None:
        """Given lines above their floors, then their parts are in proportion to what was left, within a kopeck."""
        taken = spread(lines, amount(kopecks))
        parts = [(line.left, part - line.taken, line) for line, part in zip(lines, taken, strict=True)]
        free = [(own, part) for own, part, line in parts if part + line.taken < line.gross - line.floor]
        assume(free)
        rates = [(Fraction(part - 1, own), Fraction(part + 1, own)) for own, part in free]
        assert max(low for low, _ in rates) < min(high for _, high in rates)

    @given(RECEIPTS, DISCOUNTS, st.randoms(use_true_random=False))
    def test_order_decides_a_kopeck_at_most(self, lines: list[Share], whole: Discount, chance: Random) -> None:
        """Given the same lines in another order, then a line's part differs by a kopeck at the most."""
        order = list(range(len(lines)))
        chance.shuffle(order)
        taken, again = spread(lines, whole), spread([lines[at] for at in order], whole)
        assert all(abs(taken[at] - part) <= 1 for at, part in zip(order, again, strict=True))
        assert sum(taken) == sum(again)

    @given(st.integers(1, 700), st.integers(0, 10**6))
    def test_equal_lines_pay_for_the_odd_kopecks_from_the_first(self, count: int, kopecks: int) -> None:
        """Given equal lines, then parts go down by a kopeck once at the most, along the receipt."""
        taken = spread([share(10_000)] * count, amount(kopecks))
        assert list(taken) == sorted(taken, reverse=True)
        assert max(taken) - min(taken) <= 1


class TestLessBought:
    """A sum was granted on so many pieces: who then buys fewer must not get them for nothing."""

    def test_the_sum_shrinks_with_what_is_bought(self) -> None:
        """Given 500 of 899 granted on ten pieces, when one is bought, then a tenth of it is taken off."""
        granted_on_ten = Discount(amount=Kopecks(50_000), of=Kopecks(89_900))
        (taken,) = spread([Share(Kopecks(8_990), own=granted_on_ten)], None)
        assert taken == 5_000

    def test_more_bought_gets_no_more(self) -> None:
        """Given a sum granted, when more is bought, then it is the sum that was granted."""
        granted_on_one = Discount(amount=Kopecks(1_000), of=Kopecks(8_990))
        assert spread([Share(Kopecks(89_900), own=granted_on_one)], None) == (1_000,)

    def test_of_the_receipt_likewise(self) -> None:
        """Given a sum on a receipt of two lines, when one of two equal lines goes, then half of it goes too."""
        whole = Discount(amount=Kopecks(1_000), of=Kopecks(20_000))
        assert spread([Share(Kopecks(10_000))], whole) == (500,)
