"""The price of goods with МРЦ: every edge of the rule, to the kopeck, and whatever the prices are (spec T6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.core.money import Kopecks
from cashier.gates.price._rule import allowed

M = 19_900
Row = tuple[str, int, int, tuple[int, ...], int | None, tuple[int, ...], int]
TABLE: list[Row] = [
    # what is shown, P, Pmin, others, M, the prices that are left, the minimum
    ("P = M + 1", M + 1, 0, (), M, (M,), 0),
    ("P = M", M, 0, (), M, (M,), 0),
    ("P = M - 1, no others", M - 1, 0, (), M, (M - 1,), 0),
    ("P > M: others do not matter", M + 1, 0, (M - 100, M + 200), M, (M,), 0),
    ("P = M: others do not matter", M, 0, (M - 100, M + 200), M, (M,), 0),
    ("P < M: one other below P", M - 100, 0, (M - 200,), M, (M - 200, M - 100), 0),
    ("P < M: one other above P", M - 200, 0, (M - 100,), M, (M - 200, M - 100), 0),
    ("P < M: other = M - 1", M - 200, 0, (M - 1,), M, (M - 200, M - 1), 0),
    ("P < M: other = M", M - 200, 0, (M,), M, (M - 200, M), 0),
    ("P < M: other = M + 1", M - 200, 0, (M + 1,), M, (M - 200,), 0),
    ("P < M: some fit", M - 200, 0, (M + 100, M - 100, M, M + 1), M, (M - 200, M - 100, M), 0),
    ("equal prices are one row", M - 200, 0, (M - 200, M - 200), M, (M - 200,), 0),
    ("equal others are one row", M - 200, 0, (M, M), M, (M - 200, M), 0),
    ("rows in order", M - 200, 0, (M, M - 300, M - 100), M, (M - 300, M - 200, M - 100, M), 0),
    ("other of zero is no price", M - 200, 0, (0,), M, (M - 200,), 0),
    ("P < M: other = Pmin - 1", M - 100, M - 150, (M - 151,), M, (M - 100,), M - 150),
    ("P < M: other = Pmin", M - 100, M - 150, (M - 150,), M, (M - 150, M - 100), M - 150),
    ("P < M: other = Pmin + 1", M - 100, M - 150, (M - 149,), M, (M - 149, M - 100), M - 150),
    ("P = Pmin", M - 100, M - 100, (M - 101, M - 99), M, (M - 100, M - 99), M - 100),
    ("P = Pmin - 1: only others", M - 100, M - 99, (M - 99, M), M, (M - 99, M), M - 99),
    ("P < Pmin: one other", M - 100, M - 50, (M - 20,), M, (M - 20,), M - 50),
    ("P < Pmin, no others", M - 100, M - 50, (), M, (), M - 50),
    ("P < Pmin, others too", M - 100, M - 50, (M - 51, M + 1), M, (), M - 50),
    ("Pmin = M - 1", M - 1, M - 1, (M,), M, (M - 1, M), M - 1),
    ("Pmin = M, P < M: M alone", M - 100, M, (M - 1, M), M, (M,), M),
    ("Pmin = M + 1 sinks to M, P > M", M + 1, M + 1, (), M, (M,), M),
    ("Pmin = M + 1 sinks to M, P = M", M, M + 1, (), M, (M,), M),
    ("Pmin = M + 1 sinks to M, P < M: M alone", M - 1, M + 1, (M,), M, (M,), M),
    ("Pmin > M, P < M, no others", M - 1, M + 1, (M + 1,), M, (), M),
    ("Pmin < M < P", M + 100, M - 100, (), M, (M,), M - 100),
    ("M unknown, no others", M, 0, (), None, (M,), 0),
    ("M unknown: all prices", M, 0, (M + 100_000, M - 100), None, (M - 100, M, M + 100_000), 0),
    ("M unknown: other = Pmin - 1", M, M - 50, (M - 51,), None, (M,), M - 50),
    ("M unknown: other = Pmin", M, M - 50, (M - 50,), None, (M - 50, M), M - 50),
    ("M unknown: P < Pmin", M, M + 50, (M + 49, M + 50), None, (M + 50,), M + 50),
    ("M unknown: nothing fits", M, M + 50, (M + 49,), None, (), M + 50),
    ("M unknown: equal prices", M, 0, (M, M), None, (M,), 0),
    ("M unknown: other of zero", M, 0, (0,), None, (M,), 0),
]


@pytest.mark.parametrize(
    ("price", "floor", "others", "most", "rows", "minimum"), [r[1:] for r in TABLE], ids=[r[0] for r in TABLE]
)
def test_edge(
    price: int, floor: int, others: tuple[int, ...], most: int | None, rows: tuple[int, ...], minimum: int
) -> None:
    """Given prices of the dictionaries and what the mark says, then these rows are left, and this minimum."""
    found = allowed(Kopecks(price), Kopecks(floor), map(Kopecks, others), most if most is None else Kopecks(most))
    assert (found.rows, found.floor) == (rows, minimum)


NEAR = st.integers(1, 12)
"""Prices so near each other that every order of them comes up."""


def may_be_sold_at(own: int, price: int, floor: int, others: list[int], most: int | None) -> bool:
    """Tell by the words of the spec whether goods may be sold at a price."""
    if most is None:
        return own in {price, *others} and own >= floor
    if price > most or price == most:
        return own == most
    lowest = min(floor, most)
    return own in {price, *others} and lowest <= own <= most


@given(NEAR, st.integers(0, 12), st.lists(st.integers(0, 12), max_size=5), st.none() | NEAR)
def test_whatever_the_prices_are(price: int, floor: int, others: list[int], most: int | None) -> None:
    """Given any prices, then the rows are those that the spec lets through, in order, and each once."""
    found = allowed(Kopecks(price), Kopecks(floor), map(Kopecks, others), most if most is None else Kopecks(most))
    assert list(found.rows) == [own for own in range(1, 13) if may_be_sold_at(own, price, floor, others, most)]
    assert found.floor == (floor if most is None or floor <= most else most)
