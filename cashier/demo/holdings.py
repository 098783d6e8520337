"""What the stand-in СКО holds, as trainers and QA see it; quantities are texts, in units."""

from msgspec import Struct

from cashier.core.quantity import to_text
from cashier.demo.reserves import Reserves
from cashier.demo.stock_rules import Level


class Article(Struct, frozen=True):
    """An article that was set, asked for or sold."""

    sku: str
    free: str
    reserved: str
    sold: str
    measure: str


class Holding(Struct, frozen=True):
    """What a receipt holds of an article."""

    reservation: str
    till: str
    """Shop-till."""
    sku: str
    quantity: str


class Holdings(Struct, frozen=True):
    """All there is to see."""

    stock: tuple[Article, ...]
    reserves: tuple[Holding, ...]
    tombstones: tuple[str, ...]
    """Keys whose reserves were undone, in the order in which they came first."""


_ARTICLES = "SELECT sku FROM stock UNION SELECT sku FROM reserves WHERE held > 0 OR sold > 0 ORDER BY sku"
_RESERVES = """SELECT reservation, till, sku, sum(held) FROM reserves WHERE held > 0
    GROUP BY reservation, till, sku ORDER BY min(n)"""
_TOMBSTONES = "SELECT key FROM reserves WHERE undone ORDER BY n"


def holdings(reserves: Reserves) -> Holdings:
    """Return what a СКО holds now."""
    with reserves.book.transaction():
        run = reserves.book.run
        return Holdings(
            tuple(_article(sku, level) for (sku,) in run(_ARTICLES) if (level := reserves.look(sku))),
            tuple(Holding(guid, till, sku, to_text(held)) for guid, till, sku, held in run(_RESERVES)),
            tuple(key for (key,) in run(_TOMBSTONES)),
        )


def _article(sku: str, level: Level) -> Article:
    free, reserved, sold = map(to_text, (level.free, level.reserved, level.sold))
    return Article(sku, free, reserved, sold, level.measure)
