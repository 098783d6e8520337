"""Discounts on goods that have a minimum price: how much is given, and what is said of the rest."""

from cashier.core.money import Kopecks
from cashier.core.say import Sum, say
from tests.core.discounted import DEAR, FIXED, at_the_till, off_line, off_receipt, on_line, on_receipt, sell, taken
from tests.core.goods import BREAD


class TestMinimumPrice:
    def test_position(self) -> None:
        """Given milk that may not go below 85, when half is given, then it goes to 85, and what is missing is said."""
        hand = on_line(at_the_till(DEAR), "50")
        assert (taken(hand), hand.receipt.total) == ([490], 8500)
        assert hand.till.notice == say("discount_shortened", missing=Sum(Kopecks(4495 - 490)))

    def test_receipt_others_bear_it(self) -> None:
        """Given goods at their minimum price, when a sum is given on the receipt, then the others bear it all."""
        hand = off_receipt(at_the_till(FIXED, BREAD), "10")
        assert (taken(hand), hand.notice) == ([0, 1000], "discount_granted_receipt")

    def test_receipt_none_can_bear_it(self) -> None:
        """Given more than the lines may bear, then all are at their minimum, and what is missing is said."""
        hand = off_receipt(at_the_till(FIXED, DEAR), "10")
        assert (taken(hand), hand.receipt.total) == ([0, 490], 13050)
        assert hand.till.notice == say("discount_shortened", missing=Sum(Kopecks(510)))

    def test_position_that_can_bear_nothing(self) -> None:
        """Given goods at their minimum price, when a discount is given on them, then it is said that none was."""
        for hand in (on_line(at_the_till(FIXED), "10"), off_line(at_the_till(FIXED), "10")):
            assert (taken(hand), hand.till.notice) == ([0], say("discount_not_given"))
        assert on_line(at_the_till(BREAD, FIXED), "10").till.notice == say("discount_not_given")

    def test_receipt_that_can_bear_nothing(self) -> None:
        """Given goods that are all at their minimum price, when a discount is given on all, then it is said as well."""
        for hand in (on_receipt(at_the_till(FIXED, FIXED), "10"), off_receipt(at_the_till(FIXED), "1")):
            assert (sum(taken(hand)), hand.till.notice) == (0, say("discount_not_given"))

    def test_less_than_half_a_kopeck(self) -> None:
        """Given a discount that is rounded to nothing, then it was given in full, and nothing is missing."""
        hand = on_line(at_the_till(BREAD), "0.01")
        assert (taken(hand), hand.till.notice) == ([0], say("discount_granted_line", discount=Sum(Kopecks(0))))

    def test_nothing_is_left_to_take_off(self) -> None:
        """Given a receipt that costs nothing any more, when more is given, then it is said that all is given."""
        hand = off_receipt(on_line(at_the_till(BREAD), "100"), "1")
        assert (taken(hand), hand.notice) == ([4550], "discount_exhausted")

    def test_percentage_is_that_of_each_line(self) -> None:
        """Given bread beside goods at their minimum price, when 90 % is given, then bread bears 90 % of itself only."""
        hand = on_receipt(at_the_till(BREAD, FIXED, DEAR), "90")
        assert (taken(hand), hand.receipt.lines[0].sum) == ([4095, 0, 490], 455)
        missing = 16281 - 4095 - 490
        assert hand.till.notice == say("discount_shortened", missing=Sum(Kopecks(missing)))

    def test_only_what_the_last_one_lacks_is_said(self) -> None:
        """Given a position whose discount fell short, when another is given, then its shortfall is not told again."""
        hand = on_line(sell(on_line(at_the_till(DEAR), "50"), BREAD), "10")
        assert hand.till.notice == say("discount_granted_line", discount=Sum(Kopecks(455)))
        hand = off_receipt(hand, "5")
        assert hand.till.notice == say("discount_granted_receipt", discount=Sum(Kopecks(500)))

    def test_more_than_position_discounts_have_left(self) -> None:
        """Given half off all there is, when more than is left is given on the receipt, then the difference is said."""
        hand = off_receipt(on_line(at_the_till(BREAD), "50"), "30")
        assert (taken(hand), hand.receipt.total) == ([4550], 0)
        assert hand.till.notice == say("discount_exhausted", missing=Sum(Kopecks(3000 - 2275)))

    def test_more_lines_bear_what_was_missing(self) -> None:
        """Given a discount that could not be given in full, when goods are added, then they bear the rest."""
        hand = sell(off_receipt(at_the_till(FIXED, DEAR), "10"), BREAD)
        assert (sum(taken(hand)), taken(hand)[0]) == (1000, 0)

    def test_quantity_moves_the_minimum(self) -> None:
        """Given half off goods with a minimum price, when there are three, then three times as much is off."""
        hand = on_line(at_the_till(DEAR), "50").press("f6", "3", "enter")
        assert (taken(hand), hand.receipt.total) == ([1470], 25500)
