"""Scenes of orders: the number, the wait, lines that came with one, marks they wait for, what does not come."""

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from cashier.core.catalogue import Kind
from cashier.core.events import OrderFetched
from cashier.core.modes import MENU
from cashier.core.money import Kopecks
from cashier.core.orders import Order, OrderLine
from cashier.core.quantity import Thousandths
from tests.ui.fake_front import BREAD, CIGARETTES, FakeFront
from tests.ui.shots import MARK, Shot, sold

Scene = Callable[[], Shot]

NUMBER: Final = "ИМ-10017"
PACK: Final = replace(CIGARETTES, kind=Kind.TOBACCO, price=Kopecks(19000))
ORDER: Final = Order(
    NUMBER,
    "d-1",
    (
        OrderLine(replace(BREAD, price=Kopecks(4200)), Thousandths(2000)),
        OrderLine(PACK, Thousandths(2000)),
    ),
)
ROW: Final = ("f10", *("down",) * MENU.index("menu_order"), "enter")


def ordering(*keys: str, orders: bool = True, marks: bool = True) -> FakeFront:
    """Return a till with a receipt in which the row «Заказ» was taken, and keys pressed."""
    front = sold()
    front.show(rules=replace(front.till.rules, orders=orders, reads_marks=marks))
    front.type(*ROW, *keys)
    return front


def fetched(outcome: str, order: Order | None = None) -> FakeFront:
    """Return one whose order was asked for and answered."""
    front = ordering(*NUMBER, "enter")
    asked = front.till.ledger.ordering
    assert asked is not None
    front.tell(OrderFetched(asked.token, outcome, order))  # type: ignore[arg-type]  # one of the words of the event
    return front


def _asked(*keys: str) -> Scene:
    return lambda: Shot(ordering(*keys))


def _taken(*keys: str, fixed: bool = False) -> Scene:
    def shot() -> Shot:
        front = fetched("found", replace(ORDER, dont_change=fixed))
        front.type(*keys)
        return Shot(front)

    return shot


def _marked() -> Shot:
    front = fetched("found", ORDER)
    receipt = front.till.ledger.receipt
    assert receipt is not None
    receipt = receipt.with_line(replace(receipt.lines[-2], mark=MARK))
    front.show(ledger=replace(front.till.ledger, receipt=receipt), cursor=len(receipt.lines) - 1)
    return Shot(front)


ORDER_SCENES: dict[str, Scene] = {
    "order": _asked(),
    "order-typed": _asked(*NUMBER),
    "order-waiting": _asked(*NUMBER, "enter"),
    "order-taken": _taken(),
    "order-waits-for-marks": _taken("end"),
    "order-marked": _marked,
    "order-storno": _taken("delete"),
    "order-fixed": _taken("delete", fixed=True),
    "order-missing": lambda: Shot(fetched("missing")),
    "order-silent": lambda: Shot(fetched("silent")),
    "order-twice": _taken(*ROW, *NUMBER, "enter"),
    "order-off": lambda: Shot(ordering(orders=False)),
}
