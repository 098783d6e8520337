"""Which restrictions hold for goods: those of the item, else of the nearest group that has any (spec T8)."""

from collections.abc import Mapping

from msgspec import Struct

from cashier.core.catalogue import Period, Product


class Limits(Struct, frozen=True):
    """What restricts a sale."""

    age: int = 0
    """Buyer's age in years from which goods may be sold; zero: any."""
    periods: tuple[Period, ...] = ()
    """When they may not be sold."""

    def with_other(self, other: "Limits") -> "Limits":
        """Let both hold."""
        return Limits(max(self.age, other.age), (*self.periods, *other.periods))


NONE = Limits()


class RestrictionRules(Struct, frozen=True):
    """What the settings say, by code of the item and by code of the group."""

    items: Mapping[str, Limits] = {}
    groups: Mapping[str, Limits] = {}

    def of(self, product: Product) -> Limits:
        """Return what holds for goods.

        Age and time each go by themselves: an item with an age of its own is still not sold in the hours of its group.
        """
        own = self.items.get(product.code, NONE).with_other(Limits(product.min_age, product.periods))
        if (own.age and own.periods) or not self.groups:
            return own
        above = [self.groups[group] for group in product.groups if group in self.groups]
        age = own.age or next((limits.age for limits in above if limits.age), 0)
        periods = own.periods or next((limits.periods for limits in above if limits.periods), ())
        return Limits(age, periods)
