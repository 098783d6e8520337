"""The price of goods whose mark names the highest one: seed ukm5-tobacco, spec T6."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from cashier.core.catalogue import Product
from cashier.core.max_price import max_price
from cashier.core.money import Kopecks


class Prices(Struct, frozen=True):
    """What the goods may be sold at."""

    rows: tuple[Kopecks, ...]
    """In order; one is taken without a question, of several the cashier chooses; none: it cannot be sold."""
    floor: Kopecks
    """Below which no discount brings it."""


def allowed(catalogue: Kopecks, floor: Kopecks, others: Iterable[Kopecks], most: Kopecks | None) -> Prices:
    """Return the prices that goods may be sold at.

    Args:
        catalogue: price of the dictionaries without discounts.
        floor: minimum price; zero where none is set.
        others: alternative prices.
        most: МРЦ; None where it cannot be read.
    """
    if most is None:
        return Prices(_between(floor, (catalogue, *others), None), floor)
    floor = min(floor, most)
    if catalogue >= most:
        return Prices((most,), floor)
    return Prices(_between(floor, (catalogue, *others), most), floor)


def prices_of(product: Product, properties: Mapping[str, str]) -> tuple[Prices, Kopecks | None]:
    """Return the prices of goods by what the mask captured of their mark, and МРЦ if it can be read."""
    most = max_price(properties)
    return allowed(product.price, product.min_price, product.alternatives, most), most


def _between(floor: Kopecks, prices: Iterable[Kopecks], most: Kopecks | None) -> tuple[Kopecks, ...]:
    return tuple(sorted({own for own in prices if own > 0 and own >= floor and (most is None or own <= most)}))
