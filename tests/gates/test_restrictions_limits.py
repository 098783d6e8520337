"""Which restrictions hold for goods: their own, else those of the nearest group; age and time each by themselves."""

from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cashier.core.catalogue import Period
from cashier.gates.restrictions import Limits, RestrictionRules
from cashier.plugins import restriction_rules
from cashier.settings import Settings
from cashier.settings.named import Restriction
from tests.gates.restricted import NIGHT, RUM, TONIC

NOON = Period(begins=time(12), ends=time(13))
BARE = replace(RUM, min_age=0)


def limits(item: Limits | None = None, age: int = 0, periods: tuple[Period, ...] = (), **groups: Limits) -> Limits:
    """Tell what holds for rum of the group `rum`, which is in `spirits`, which is in `drinks`."""
    rules = RestrictionRules({RUM.code: item} if item else {}, groups)
    return rules.of(replace(BARE, min_age=age, periods=periods))


class TestNearest:
    @pytest.mark.parametrize(
        ("known", "age", "periods"),
        [
            ({}, 0, ()),
            ({"drinks": Limits(18, (NIGHT,))}, 18, (NIGHT,)),
            ({"spirits": Limits(21), "drinks": Limits(18)}, 21, ()),
            ({"spirits": Limits(16), "drinks": Limits(18)}, 16, ()),
            ({"rum": Limits(25), "spirits": Limits(21)}, 25, ()),
            ({"spirits": Limits(21), "drinks": Limits(18, (NIGHT,))}, 21, (NIGHT,)),
            ({"rum": Limits(0, (NOON,)), "spirits": Limits(21, (NIGHT,))}, 21, (NOON,)),
            ({"rum": Limits(), "spirits": Limits(21)}, 21, ()),
            ({"beer": Limits(18, (NIGHT,))}, 0, ()),
            ({"item": Limits(30), "rum": Limits(25, (NIGHT,))}, 30, (NIGHT,)),
            ({"item": Limits(0, (NOON,)), "rum": Limits(25, (NIGHT,))}, 25, (NOON,)),
            ({"item": Limits(16, (NOON,)), "rum": Limits(25, (NIGHT,))}, 16, (NOON,)),
            ({"age": 16, "rum": Limits(25, (NIGHT,))}, 16, (NIGHT,)),
            ({"periods": (NOON,), "rum": Limits(25, (NIGHT,))}, 25, (NOON,)),
            ({"age": 18, "item": Limits(21)}, 21, ()),
            ({"age": 21, "item": Limits(18)}, 21, ()),
            ({"age": -5, "rum": Limits(25)}, 25, ()),
            ({"periods": (NOON,), "item": Limits(0, (NIGHT,))}, 0, (NIGHT, NOON)),
        ],
    )
    def test_table(self, known: dict[str, Any], age: int, periods: tuple[Period, ...]) -> None:
        """Given what item, dictionary and groups say, then this is the age, and these are the hours."""
        found = limits(**known)
        assert (found.age, found.periods) == (age, periods)

    def test_goods_of_no_group(self) -> None:
        """Given goods without a group, then what groups say is nothing to them."""
        rules = RestrictionRules(groups={"": Limits(99), "rum": Limits(21)})
        assert rules.of(TONIC) == Limits(18)

    @given(ages=st.lists(st.integers(0, 3).map(lambda n: n * 9), min_size=4, max_size=4))
    def test_nearest_that_has_an_age(self, ages: list[int]) -> None:
        """Given any ages on the item and on three groups, then the first that is one is it."""
        item, rum, spirits, drinks = map(Limits, ages)
        first = next((age for age in ages if age), 0)
        assert limits(item, rum=rum, spirits=spirits, drinks=drinks).age == first


class TestSettings:
    def rules(self, *own: Restriction) -> RestrictionRules:
        """Take rules from sections of the settings."""
        return restriction_rules(replace(Settings(), restrictions=own))

    def test_sections_of_one_item_hold_together(self) -> None:
        """Given several sections of one item, then the greatest age counts, and all hours do."""
        rules = self.rules(
            Restriction(name="a", item="54", age=18, begins=time(23), ends=time(8)),
            Restriction(name="b", item="54", age=21),
            Restriction(name="c", item="54", age=16, begins=time(12), ends=time(13)),
        )
        assert rules == RestrictionRules({"54": Limits(21, (NIGHT, NOON))})

    def test_item_and_group_are_apart(self) -> None:
        """Given an item and a group of one code, then each has what its section says."""
        rules = self.rules(Restriction(name="a", item="54", age=18), Restriction(name="b", group="54", age=21))
        assert rules == RestrictionRules({"54": Limits(18)}, {"54": Limits(21)})

    @pytest.mark.parametrize(
        ("section", "period"),
        [
            (Restriction(name="a", group="g", weekdays=frozenset({7, 6})), Period((6, 7))),
            (Restriction(name="a", group="g", begins=time(22)), Period(begins=time(22))),
            (Restriction(name="a", group="g", ends=time(6)), Period(ends=time(6))),
            (Restriction(name="a", group="g", begins=time(0)), Period()),
            (Restriction(name="a", group="g", ends=time(0)), Period()),
        ],
    )
    def test_periods(self, section: Restriction, period: Period) -> None:
        """Given a section with a time or days, then what it does not say is midnight, or every day."""
        assert self.rules(section).groups == {"g": Limits(0, (period,))}

    def test_age_alone_is_no_period(self) -> None:
        """Given a section with an age alone, then goods may be sold at any hour."""
        assert self.rules(Restriction(name="a", group="g", age=18)).groups == {"g": Limits(18)}
