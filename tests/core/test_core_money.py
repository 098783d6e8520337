"""Money and quantity: exact, to the kopeck and to the gram."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cashier.core import money
from cashier.core import quantity as q
from cashier.core.money import Kopecks, from_roubles, to_roubles, total, typed_roubles
from cashier.core.quantity import Thousandths, cost

AMOUNTS = st.integers(-money.LIMIT, money.LIMIT).map(Kopecks)
SUMS = st.integers(0, money.LIMIT).map(Kopecks)
QUANTITIES = st.integers(0, q.LIMIT).map(Thousandths)


class TestMoney:
    @given(AMOUNTS)
    def test_written_amount_reads_back(self, amount: Kopecks) -> None:
        """Any amount written in roubles reads back as itself, from text, number and Decimal."""
        written = to_roubles(amount)
        assert from_roubles(written) == from_roubles(Decimal(written)) == amount
        assert Decimal(written) * 100 == amount

    @given(st.integers(-(10**13), 10**13).map(Kopecks))
    def test_float_column_reads_back(self, amount: Kopecks) -> None:
        """Any amount that went through a REAL column reads back as itself, if it is in bounds."""
        if abs(amount) <= money.LIMIT:
            assert from_roubles(amount / 100) == amount
        else:
            with pytest.raises(ValueError, match=r"\d"):
                from_roubles(amount / 100)

    @pytest.mark.parametrize(
        ("roubles", "kopecks"),
        [("195.50", 19550), (" 1 ", 100), ("-0.05", -5), (0.1 + 0.2, 30), ("0.005", 1), ("0.0049", 0), (45, 4500)],
    )
    def test_roubles_of_files(self, roubles: str | float, kopecks: int) -> None:
        """Amounts as files have them are kopecks, halves up."""
        assert from_roubles(roubles) == kopecks

    @pytest.mark.parametrize(
        "roubles",
        [
            "",
            "x",
            "1,5",
            "nan",
            "sNaN",
            "inf",
            "-inf",
            "1e999999",
            "9e999999",
            "10000000000.01",
            "-10000000000.01",
            "[/]",
        ],
    )
    def test_no_amount_is_refused(self, roubles: str) -> None:
        """What is no number, no finite number or beyond all bounds is refused and named."""
        with pytest.raises(ValueError) as refusal:  # noqa: PT011 - its text is the text refused
            from_roubles(roubles)
        assert str(refusal.value) == roubles

    @given(st.lists(AMOUNTS))
    def test_total_is_the_sum(self, amounts: list[Kopecks]) -> None:
        """A total is the sum of its amounts, in whatever order."""
        assert total(amounts) == total(tuple(reversed(amounts))) == sum(amounts)

    def test_limits(self) -> None:
        """A sum has the bounds that are written down: ten thousand million roubles, a hundred thousand units."""
        assert money.LIMIT == 1_000_000_000_000
        assert q.LIMIT == 100_000_000


class TestTypedSum:
    @given(SUMS)
    def test_typed_amount_is_read(self, amount: Kopecks) -> None:
        """Any sum typed with two digits is that sum."""
        assert typed_roubles(to_roubles(amount)) == amount

    @pytest.mark.parametrize(
        ("entry", "kopecks"),
        [("0", 0), ("5", 500), ("5.", 500), (".5", 50), ("5.5", 550), ("05.05", 505), ("10000000000", 10**12)],
    )
    def test_short_forms(self, entry: str, kopecks: int) -> None:
        """A cashier leaves out what is idle."""
        assert typed_roubles(entry) == kopecks

    @pytest.mark.parametrize(
        "entry", ["", ".", "1.234", "1..2", "1.2.3", "-1", "+1", "1e3", "٣", "²", "x", "10000000000.01"]
    )
    def test_no_sum(self, entry: str) -> None:
        """What is no sum is none: no sign, no exponent, no digits of other scripts, no third digit."""
        assert typed_roubles(entry) is None

    @given(st.text(max_size=20))
    def test_any_entry_is_decided(self, entry: str) -> None:
        """Whatever is typed, it is a sum in bounds or none."""
        amount = typed_roubles(entry)
        assert amount is None or 0 <= amount <= money.LIMIT


class TestQuantity:
    @given(QUANTITIES)
    def test_written_quantity_reads_back(self, quantity: Thousandths) -> None:
        """Any quantity written for a table reads back as itself."""
        assert q.typed(q.to_text(quantity)) == quantity
        assert Decimal(q.to_text(quantity)) * 1000 == quantity

    @pytest.mark.parametrize(
        ("quantity", "text"),
        [(0, "0"), (1, "0.001"), (345, "0.345"), (1000, "1"), (1500, "1.5"), (10_000, "10"), (-1500, "-1.5")],
    )
    def test_no_idle_zeros(self, quantity: int, text: str) -> None:
        """A quantity is written without idle zeros, and tens keep theirs."""
        assert q.to_text(Thousandths(quantity)) == text

    @pytest.mark.parametrize(
        ("entry", "quantity"),
        [("3", 3000), ("0.5", 500), (".5", 500), ("5.", 5000), ("1.234", 1234), ("100000", 10**8)],
    )
    def test_typed(self, entry: str, quantity: int) -> None:
        """A cashier types pieces or up to three digits after the point."""
        assert q.typed(entry) == quantity

    @pytest.mark.parametrize("entry", ["", ".", "1.2345", "-1", "1e3", "٣", "²", "1..2", "100000.001", "x"])
    def test_no_quantity(self, entry: str) -> None:
        """What is no quantity is none."""
        assert q.typed(entry) is None

    def test_pieces(self) -> None:
        """Pieces are whole, parts of them are not."""
        assert q.pieces(3) == 3000
        assert q.is_whole(Thousandths(3000))
        assert not q.is_whole(Thousandths(3001))


class TestCost:
    @given(SUMS, QUANTITIES)
    @example(Kopecks(1), Thousandths(500))
    @example(Kopecks(1), Thousandths(499))
    @example(Kopecks(12900), Thousandths(745))
    def test_cost_is_half_up(self, price: Kopecks, quantity: Thousandths) -> None:
        """Price times quantity is rounded to the kopeck as Decimal rounds halves up."""
        exact = Decimal(price) * Decimal(quantity) / 1000
        assert cost(price, quantity) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))

    @given(SUMS, st.integers(0, 1000))
    def test_pieces_cost_their_price(self, price: Kopecks, count: int) -> None:
        """Pieces are never rounded."""
        assert cost(price, q.pieces(count)) == price * count
