"""Scenes of «Проверка цены»: the search, its problems, cards of goods with little and with much to tell."""

from collections.abc import Callable
from datetime import time
from typing import Final

from msgspec.structs import replace

from cashier.core.catalogue import Period, Product
from cashier.core.money import LIMIT, Kopecks
from cashier.core.quantity import ONE, Thousandths
from cashier.core.reading import Reading
from cashier.core.say import Count, Say, say
from tests.core.stock import StockGate
from tests.gates.marked import damaged
from tests.ui.check_front import CheckFront
from tests.ui.fake_front import APPLES, CRATE, FORBIDDEN, MILK
from tests.ui.price_front import BASKET
from tests.ui.price_goods import BEER, PACK, pack, priced
from tests.ui.scenes_prices import LONG
from tests.ui.shots import Shot

Scene = Callable[[], Shot]

WEEKEND: Final = Period((6, 7), time(20), time(10))
MUCH: Final = replace(
    priced(21000, 22500, 24000),
    min_price=Kopecks(18000),
    min_age=18,
    periods=(Period(begins=time(18), ends=time(8)), WEEKEND),
)
"""Goods of which each gate has something to tell."""
MANY: Final = priced(*range(100000, 200000, 9000))
"""Goods of more prices than one row has room for."""
ENDLESS: Final = replace(LONG, price=LIMIT, min_price=LIMIT, alternatives=(Kopecks(LIMIT - 1),))


class Counted(StockGate, frozen=True):
    """Tells the stock in the words of stock control: the pictures are those of the till."""

    def told(self, amount: str) -> tuple[Say, ...]:
        """Say both amounts in pieces."""
        free = say("stock_free", quantity=Count(Thousandths(int(amount) * ONE)), unit="шт")
        return free, say("stock_reserved", quantity=Count(ONE), unit="шт")


def checking(*goods: Product, stock: str = "12", legal: int = 0, inside: bool = True) -> CheckFront:
    """Return a till with the dialog open."""
    front = CheckFront(*goods, stock=stock, legal=legal, inside=inside, gate=Counted())
    front.press("f2")
    return front


def _keys(*keys: str, inside: bool = True) -> Scene:
    def shot() -> Shot:
        front = checking(APPLES, CRATE, inside=inside)
        front.type(*keys)
        return Shot(front)

    return shot


def _scan(product: Product, stock: str = "12", *, inside: bool = True) -> Scene:
    def shot() -> Shot:
        own = () if product in BASKET else (product,)
        front = checking(*own, stock=stock, inside=inside)
        front.scan(product.barcode)
        return Shot(front)

    return shot


def _mark(product: Product, reading: Reading, *keys: str, legal: int = 0) -> Scene:
    def shot() -> Shot:
        front = checking(product, legal=legal)
        front.take(reading).type(*keys)
        return Shot(front)

    return shot


def _unknown() -> Shot:
    front = checking()
    front.scan("4699999999999")
    return Shot(front)


CHECK_SCENES: dict[str, Scene] = {
    "check": _keys(),
    "check-between": _keys(inside=False),
    "check-search": _keys(*"во", "down"),
    "check-nothing": _keys(*"щука"),
    "check-typed-unknown": _keys(*"щука", "enter"),
    "check-unknown": _unknown,
    "check-unread": _mark(PACK, damaged("no_gs")),
    "check-card": _scan(MILK),
    "check-card-between": _scan(MILK, inside=False),
    "check-waiting": _scan(MILK, ""),
    "check-silent": _scan(MILK, "?"),
    "check-weighed": _scan(APPLES),
    "check-crate": _scan(CRATE),
    "check-beer": _scan(BEER),
    "check-forbidden": _scan(FORBIDDEN),
    "check-without-price": _scan(replace(CRATE, price=Kopecks(0))),
    "check-pack": _mark(PACK, pack(PACK, 230)),
    "check-pack-maximum": _mark(PACK, pack(PACK, 180)),
    "check-much": _mark(MUCH, pack(MUCH, 230), legal=19000),
    "check-much-end": _mark(MUCH, pack(MUCH, 230), "end", legal=19000),
    "check-many": _mark(MANY, pack(MANY, 0)),
    "check-long": _mark(ENDLESS, pack(ENDLESS, 0)),
}
