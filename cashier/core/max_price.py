"""МРЦ: the highest price of a pack, as the mask has captured it of the mark (spec T6; domain/marking.md 2)."""

from collections.abc import Mapping
from typing import Final

from cashier.core.marks.mrc import mrc_kopecks
from cashier.core.money import Kopecks

_PACK, _KOPECKS = "mrc", "price"
"""Names of groups in masks: four characters of a pack, and digits that are kopecks."""
_MOST_OF_PACK: Final = 500_000
_ROUBLE: Final = 100
_MOST_DIGITS: Final = 9
"""Of a price in kopecks; a mask may capture any number of them."""


def names_max_price(properties: Mapping[str, str]) -> bool:
    """Tell whether the mask has captured what should be a МРЦ, readable or not."""
    return _PACK in properties or _KOPECKS in properties


def max_price(properties: Mapping[str, str]) -> Kopecks | None:
    """Read МРЦ; None where it cannot be told: nothing or nonsense was captured, or zero, which means "not set".

    On a pack it is in whole roubles and at most 5000: whatever else its characters give is not what was printed.
    """
    pack = mrc_kopecks(properties.get(_PACK, ""))
    if pack and pack <= _MOST_OF_PACK and pack % _ROUBLE == 0:
        return Kopecks(pack)
    digits = properties.get(_KOPECKS, "")
    plain = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    return Kopecks(int(digits)) if plain and int(digits) else None
