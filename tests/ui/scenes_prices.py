"""Scenes of a kiosk: the choice of a price, МРЦ, the buyer's age, the clock, what may not be sold."""

from collections.abc import Callable
from datetime import time
from typing import Final

from msgspec.structs import replace

from cashier.core import conditions as c
from cashier.core.catalogue import Period, Product
from cashier.core.events import ConditionsChanged
from cashier.core.money import Kopecks
from cashier.core.rights import SENIOR, Right
from cashier.ui.paint.screen import Answer, Moment
from tests.ui.fake_front import BREAD, IVANOVA, ORLOV
from tests.ui.price_front import BASKET, PriceFront
from tests.ui.price_goods import BEER, GLUE, PACK, pack, priced
from tests.ui.scenes_money import WELL
from tests.ui.shots import Shot

Scene = Callable[[], Shot]

CHEAP: Final = replace(PACK, price=Kopecks(9500))
LONG: Final = replace(
    CHEAP,
    code="2002",
    name="Сигареты «Пример» с фильтром, в мягкой пачке, со вкусом спелой чёрной смородины и мяты, синие, 20 штук",
)
SHUT: Final = replace(BEER, periods=(Period(begins=time(18), ends=time(8)),))
FEW, MANY = range(21000, 22000, 500), range(13000, 24000, 1000)
"""Prices in kopecks for a window without and with rows that have no digit."""
DEAR: Final = 119500


def begun(*goods: Product, days: int = 0, cashier: str = IVANOVA.code, legal: int = 0) -> PriceFront:
    """Return a till with a basket in its receipt, so that a dialog stands over something."""
    front = PriceFront(*goods, days=days, cashier=cashier, legal=legal)
    for product in BASKET:
        front.scan(product.barcode)
    return front


def choosing(*others: int, product: Product = PACK, roubles: int = 4000, legal: int = 0) -> PriceFront:
    """Return a till that asks for the price of a pack; `others` are its alternative prices in kopecks."""
    product = priced(*others, product=product) if others else product
    front = begun(product, legal=legal)
    front.take(pack(product, roubles))
    return front


def _price(*others: int, product: Product = PACK, roubles: int = 4000, keys: tuple[str, ...] = ()) -> Scene:
    def shot() -> Shot:
        front = choosing(*others, product=product, roubles=roubles)
        front.type(*keys)
        return Shot(front)

    return shot


def _price_legal(*keys: str) -> Scene:
    def shot() -> Shot:
        front = choosing(roubles=230, legal=21000)
        front.type(*keys)
        return Shot(front)

    return shot


def _price_scan() -> Shot:
    front = choosing()
    front.scan(BREAD.barcode)
    return Shot(front, Moment(flash=Answer.NO))


def _asking(right: Right, front: PriceFront) -> PriceFront:
    """Take a right away from cashiers."""
    rights = {**front.till.rules.rights, right: SENIOR}
    front.show(rules=replace(front.till.rules, rights=rights))
    return front


def _price_approving() -> Shot:
    front = _asking(Right.CHOOSE_PRICE, begun(cashier=ORLOV.code))
    front.take(pack(roubles=4000)).type("2")
    return Shot(front)


def _sold(*keys: str, product: Product = PACK) -> Scene:
    def shot() -> Shot:
        front = begun(product)
        front.take(pack(product, 230)).type("enter", *keys)
        return Shot(front)

    return shot


def _age(*keys: str, product: Product = BEER, again: bool = False) -> Scene:
    def shot() -> Shot:
        front = begun(product)
        front.scan(product.barcode)
        front.type(*keys)
        if again:
            front.scan(product.barcode)
        return Shot(front)

    return shot


def _age_approving() -> Shot:
    front = _asking(Right.CONFIRM_AGE, begun(cashier=ORLOV.code))
    front.scan(BEER.barcode)
    front.type("enter")
    return Shot(front)


def _clock(*keys: str, cashier: str = IVANOVA.code) -> Scene:
    def shot() -> Shot:
        front = begun(days=45, cashier=cashier)
        front.scan(BEER.barcode)
        front.type(*keys)
        return Shot(front)

    return shot


def _clock_status() -> Shot:
    front = begun(days=45)
    front.tell(ConditionsChanged((*WELL, c.clock(front.till.ledger.astray))))
    front.press("?")
    return Shot(front)


def _hours() -> Shot:
    front = begun(SHUT)
    front.scan(SHUT.barcode)
    return Shot(front)


def _hours_unpayable() -> Shot:
    front = begun()
    front.scan(BEER.barcode)
    front.press("enter")
    receipt = front.till.ledger.receipt
    assert receipt is not None
    line = replace(receipt.lines[-1], product=SHUT)
    front.show(ledger=replace(front.till.ledger, receipt=receipt.with_line(line)))
    front.press("plus")
    return Shot(front)


def _below_minimum() -> Shot:
    product = replace(PACK, min_price=Kopecks(20000), alternatives=())
    return Shot(begun(product).take(pack(product, 230)))


_DISCOUNTS = ("/", *"5", "enter", "/", "down", *"3", "enter")

PRICE_SCENES: dict[str, Scene] = {
    "price": _price(keys=("down",)),
    "price-choice": _price(roubles=230),
    "price-two": _price(21000),
    "price-nine": _price(*FEW, *MANY[:5], DEAR, product=CHEAP, roubles=5000),
    "price-many": _price(*MANY, product=CHEAP, keys=("down",) * 9),
    "price-long": _price(DEAR, product=LONG, roubles=1200),
    "price-unread": _price(roubles=0),
    "price-legal": _price_legal(),
    "price-legal-taken": _price_legal("1"),
    "price-scan": _price_scan,
    "price-approving": _price_approving,
    "price-maximum": _sold(),
    "price-discounts": _sold(*_DISCOUNTS),
    "price-below-minimum": _below_minimum,
    "age": _age(),
    "age-long": _age(product=replace(GLUE, name=LONG.name)),
    "age-born": _age("2", *"2111200"),
    "age-born-wrong": _age("2", *"31.02.2000", "enter"),
    "age-born-short": _age("2", *"21.11.", "enter"),
    "age-born-only": _age("2", *"21112008", "enter", "enter", again=True),
    "age-too-young": _age("2", *"21112008", "enter"),
    "age-approving": _age_approving,
    "clock": _clock(),
    "clock-approving": _clock("enter", cashier=ORLOV.code),
    "clock-status": _clock_status,
    "hours": _hours,
    "hours-unpayable": _hours_unpayable,
}
