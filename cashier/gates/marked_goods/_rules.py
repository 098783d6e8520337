"""What the settings say of marked goods, as far as the gate goes by it (seed artix-marked-goods, spec M14)."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

NAME: Final = "marked_goods"
"""Of the gate, in facts and in the registration of its handler."""


class Category(Struct, frozen=True):
    """Effective parameters of one category."""

    verify: bool = False
    """Ask the cash server for the status of a mark, and reserve it there."""
    deadline: float = 30.0
    """Seconds in total for each question to it."""
    ignore_errors: bool = True
    """Sell when it does not answer."""
    white: bool = False
    """Ask the till's own white list; only where the server is not asked."""


class MarkRules(Struct, frozen=True):
    """Common parameters and the categories by name."""

    shop: int = 1
    till: int = 1
    categories: Mapping[str, Category] = {}
    common: Category = Category()
    """What goes for a category that the settings have no more."""
    without_mark: bool = False
    unique: bool = True
    trust_return: bool = False
    skip_check: bool = False
    """No check of marks in a return by receipt."""
    told: bool = False
    """Messages have somewhere to go: sold marks are told to the cash server whether or not it was asked."""

    def of(self, category: str) -> Category:
        """Return the parameters of a category."""
        return self.categories.get(category, self.common)
