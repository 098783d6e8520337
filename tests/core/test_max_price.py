"""МРЦ of a mark: what is read of what its mask has captured, and what is not taken for a price (spec T6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.core.marks.mrc import ALPHABET
from cashier.core.max_price import max_price, names_max_price


def of_pack(kopecks: int) -> str:
    """Write a price as a pack has it: four digits to the base 80."""
    return "".join(ALPHABET[kopecks // 80**place % 80] for place in (3, 2, 1, 0))


class TestPack:
    @pytest.mark.parametrize(
        ("text", "kopecks"),
        [
            ("ABUA", 8_000),
            ("ABm8", 9_500),
            ("AB.A", 12_000),
            ("ACyA", 16_800),
            ("ADD8", 19_500),
            ("ADI8", 19_900),
            ("ADvo", 23_000),
            (of_pack(100), 100),
            (of_pack(499_900), 499_900),
            (of_pack(500_000), 500_000),
        ],
    )
    def test_read(self, text: str, kopecks: int) -> None:
        """Given the characters of a pack, then they are its price; 5000 roubles are the most a pack costs."""
        assert max_price({"mrc": text}) == kopecks

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "AAAA",
            "ABm",
            "ABm8A",
            "AB m",
            "AB(8",
            "AБm8",
            "ABm\u0663",
            of_pack(1),
            of_pack(9_501),
            of_pack(9_499),
            of_pack(9_450),
            of_pack(500_001),
            of_pack(500_100),
            "????",
        ],
    )
    def test_not_read(self, text: str) -> None:
        """Given nothing, zero, another length, strange characters, kopecks or too much, then there is no МРЦ."""
        assert max_price({"mrc": text}) is None

    @given(st.integers(0, 80**4 - 1))
    def test_whole_roubles_up_to_the_most(self, kopecks: int) -> None:
        """Given any four characters, then they are a price only in whole roubles, above zero and up to 5000."""
        expected = kopecks if kopecks in range(100, 500_001, 100) else None
        assert max_price({"mrc": of_pack(kopecks)}) == expected

    @given(st.integers(1, 5_000))
    def test_every_price_of_a_pack(self, roubles: int) -> None:
        """Given any price that a pack may have, then it is read."""
        assert max_price({"mrc": of_pack(roubles * 100)}) == roubles * 100


class TestKopecks:
    @pytest.mark.parametrize(
        ("text", "kopecks"),
        [
            ("095000", 95_000),
            ("199000", 199_000),
            ("000001", 1),
            ("095001", 95_001),
            ("500100", 500_100),
            ("999999", 999_999),
            ("1", 1),
            ("999999999", 999_999_999),
        ],
    )
    def test_read(self, text: str, kopecks: int) -> None:
        """Given the digits of a carton, then they are kopecks: it may have some, and cost more than a pack may."""
        assert max_price({"price": text}) == kopecks

    @pytest.mark.parametrize(
        "text",
        ["", "0", "000000", "09500A", "-95000", "+95000", "950.00", "95_000", " 95000", "٩٥٠٠٠", "９５", "²", "1" * 10],
    )
    def test_not_read(self, text: str) -> None:
        """Given nothing, zero, too many digits, or other than the digits 0 to 9, then there is no МРЦ."""
        assert max_price({"price": text}) is None


@pytest.mark.parametrize(
    ("properties", "named", "kopecks"),
    [
        ({}, False, None),
        ({"expiry": "261231", "weight": "000345"}, False, None),
        ({"MRC": "ABm8"}, False, None),
        ({"mrc": "AAAA"}, True, None),
        ({"price": "zzz"}, True, None),
        ({"mrc": "ABm8", "price": "095000"}, True, 9_500),
        ({"mrc": "AAAA", "price": "095000"}, True, 95_000),
    ],
)
def test_what_the_mask_names(properties: dict[str, str], named: bool, kopecks: int | None) -> None:  # noqa: FBT001 - a column of the table
    """Given what a mask has captured, then one of two names says that МРЦ was to be there; a pack's goes first."""
    assert (names_max_price(properties), max_price(properties)) == (named, kopecks)
