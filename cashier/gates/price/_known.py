"""What the gate of prices tells of goods before they are sold (spec S8)."""

from cashier.core.catalogue import Product
from cashier.core.money import Kopecks
from cashier.core.say import Place, Say, Sum, joined, say
from cashier.gates.price._rule import Prices


def known_of(product: Product, legal: Kopecks) -> tuple[Say, ...]:
    """Tell what the dictionaries and the law say; `legal` is zero where the law says nothing."""
    others = tuple(sorted({own for own in product.alternatives if own not in {0, product.price}}))
    return (
        *((say("known_alternatives", prices=_all(others)),) if others else ()),
        *((say("known_minimum", price=Sum(product.min_price)),) if product.min_price else ()),
        *((say("known_legal", price=Sum(legal)),) if legal else ()),
    )


def known_of_pack(prices: Prices, most: Kopecks | None, legal: Kopecks) -> tuple[Say, ...]:
    """Tell what this very pack may be sold at, and its МРЦ."""
    maximum = say("known_maximum", price=Sum(most)) if most else say("known_maximum_unread")
    rows = tuple(price for price in prices.rows if price >= legal)
    return say("known_of_pack", prices=_all(rows)) if rows else say("known_of_pack_none"), maximum


def _all(prices: tuple[Kopecks, ...]) -> Place:
    """Write prices one after the other."""
    return joined([Sum(price) for price in prices])
