"""VAT contained in what the buyer pays: right to the kopeck, one sum for each rate."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cashier.core.money import Kopecks
from cashier.core.quantity import ONE
from cashier.core.receipt import Line
from cashier.core.taxes import Tax, by_rate, contained
from tests.core.goods import BREAD

TOTALS = st.integers(0, 10**12).map(Kopecks)
RATES = st.integers(0, 9_999)


def line(price: int, vat: int | None, discount: int = 0) -> Line:
    """Sell one piece."""
    return Line(1, replace(BREAD, vat=vat), ONE, Kopecks(price), discount=Kopecks(discount))


class TestContained:
    @pytest.mark.parametrize(
        ("total", "rate", "tax"),
        [
            (12200, 2200, 2200),
            (11000, 1000, 1000),
            (4550, 1000, 414),
            (100, 2200, 18),
            (3, 2000, 1),
            (1, 2200, 0),
            (0, 2200, 0),
            (19550, 0, 0),
            (10500, 500, 500),
        ],
    )
    def test_table(self, total: int, rate: int, tax: int) -> None:
        """Given a sum with tax in it, then the tax is that part of it, half a kopeck going up."""
        assert contained(Kopecks(total), rate) == tax

    @given(TOTALS, RATES)
    def test_nearest_kopeck(self, total: Kopecks, rate: int) -> None:
        """Given any sum and rate, then the tax is off by half a kopeck at most, and never above the sum."""
        exact = Fraction(total * rate, 10_000 + rate)
        assert -Fraction(1, 2) < contained(total, rate) - exact <= Fraction(1, 2)
        assert 0 <= contained(total, rate) <= total


class TestByRate:
    def test_reckoned_on_the_sum_of_a_rate(self) -> None:
        """Given three lines of 2 kopecks each at 22 %, then the tax is of the six together: no line has one alone."""
        assert by_rate([line(2, 2200)] * 3) == (Tax(2200, Kopecks(6), Kopecks(1)),)
        assert contained(Kopecks(2), 2200) == 0

    def test_highest_rate_first_and_none_last(self) -> None:
        """Given goods of all sorts, then rates go down, zero is a rate, and goods without VAT close the list."""
        goods = [line(100, None), line(200, 0), line(1100, 1000), line(1220, 2200), line(50, None)]
        assert by_rate(goods) == (
            Tax(2200, Kopecks(1220), Kopecks(220)),
            Tax(1000, Kopecks(1100), Kopecks(100)),
            Tax(0, Kopecks(200), Kopecks(0)),
            Tax(None, Kopecks(150), Kopecks(0)),
        )

    def test_discount_lessens_the_tax(self) -> None:
        """Given a line with a discount, then the tax is of what the buyer pays."""
        assert by_rate([line(2000, 1000, discount=900)]) == (Tax(1000, Kopecks(1100), Kopecks(100)),)

    def test_nothing_sold(self) -> None:
        """Given no lines, then there are no taxes."""
        assert by_rate([]) == ()

    @given(st.lists(st.builds(line, st.integers(0, 10**8), st.sampled_from([None, 0, 500, 1000, 2200]))))
    def test_totals_add_up(self, lines: list[Line]) -> None:
        """Given any lines, then the totals of the rates add up to their sum, each rate standing once."""
        taxes = by_rate(lines)
        assert sum(tax.total for tax in taxes) == sum(line.sum for line in lines)
        assert len({tax.rate for tax in taxes}) == len(taxes)
