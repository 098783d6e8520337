"""What the gate of prices tells of goods before they are sold (spec S8)."""

from cashier.core.catalogue import Product
from cashier.core.gate import Known
from cashier.core.money import Kopecks
from cashier.core.say import Place, Say, Sum, joined, say
from cashier.gates.price._rule import Prices


def known_of(product: Product, legal: Kopecks) -> Known:
    """Tell what the dictionaries and the law say; `legal` is zero where the law says nothing."""
    others = tuple(sorted({own for own in product.alternatives if own not in {0, product.price}}))
    prices = (say("known_alternatives", prices=_all(others)),) if others else ()
    return Known(_least(product.min_price, legal), prices=prices)


def known_of_pack(product: Product, prices: Prices, most: Kopecks | None, legal: Kopecks) -> Known:
    """Tell what this very pack may be sold at, and its МРЦ.

    It costs the catalogue price if it may be sold at that, else the highest price it may be sold at.
    """
    rows = tuple(price for price in prices.rows if price >= legal)
    maximum = say("known_maximum", price=Sum(most)) if most else say("known_maximum_unread")
    least = _least(prices.floor, legal)
    if not rows:
        return Known(least, prices=(say("known_of_pack_none"), maximum))
    own = say("known_of_pack", prices=_all(rows)), maximum
    if product.price in rows:
        return Known(least, prices=own)
    return Known((say("known_catalogue", price=Sum(product.price)), *least), prices=own, price=rows[-1])


def _least(floor: Kopecks, legal: Kopecks) -> tuple[Say, ...]:
    return (
        *((say("known_minimum", price=Sum(floor)),) if floor else ()),
        *((say("known_legal", price=Sum(legal)),) if legal else ()),
    )


def _all(prices: tuple[Kopecks, ...]) -> Place:
    """Write prices one after the other."""
    return joined([Sum(price) for price in prices])
