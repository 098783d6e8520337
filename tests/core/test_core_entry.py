"""The entry line, key by key."""

from tests.core.goods import APPLES
from tests.core.hand import Hand


class TestComma:
    def test_comma_of_the_numpad_is_a_point(self) -> None:
        """Given goods by weight, when the weight is typed with a comma, then it is taken."""
        hand = Hand.signed_in().scan(APPLES.barcode).write("0,745").press("enter")
        assert [quantity for _, quantity, _ in hand.lines] == [745]

    def test_comma_in_a_search_is_a_comma(self) -> None:
        """Given the directory search, when a comma is typed, then it stays one: names have commas."""
        hand = Hand.signed_in().press("f5").write("3,2")
        assert getattr(hand.till.mode, "entry", "") == "3,2"
