"""States of orders: asked for, waited for, in the receipt, and what can come upon them."""

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.events import Event, OrderFetched
from cashier.core.state import Till
from tests.core.goods import BANNED
from tests.gates.marked import FREE, KEFIR, STRICT, gate, mark
from tests.gates.ordered import MARKED, NUMBER, PLAIN, ROW, WHOLE, OrderShop, Outcome, of

_OUTCOMES: Final[tuple[Outcome, ...]] = ("missing", "busy", "down", "silent", "unreadable", "returning", "off")


def asked_orders() -> dict[str, Till]:
    """Return states in which an order is asked for, under names that tell how they were reached."""
    asked = OrderShop.behind(gate()).wants()
    return {
        "number of an order asked": OrderShop.behind(gate()).press(*ROW).till,
        "number of an order typed": OrderShop.behind(gate()).press(*ROW).write(NUMBER).till,
        "order waited for": asked.till,
        "order waited for, another one in the receipt": OrderShop.having(PLAIN).wants("1002").till,
        "order given up": OrderShop.behind(gate()).wants().press("escape").till,
        "menu of a till with orders": replace(OrderShop.behind(gate()).till, mode=m.Menu(m.MENU.index("menu_order"))),
        "order found at the start": asked.restarted().till,
    }


def orders() -> dict[str, Till]:
    """Return states of orders in a receipt, with the gate of marked goods."""
    waiting = OrderShop.having(MARKED, gate(STRICT))
    return {
        "order in the receipt": OrderShop.having(PLAIN).till,
        "order that waits for marks": waiting.till,
        "order that may not be changed": OrderShop.having(WHOLE).till,
        "mark of an order asked for": OrderShop.having(MARKED).scan(KEFIR.barcode).till,
        "mark of an order checked": OrderShop.having(MARKED, gate(STRICT)).take(mark(KEFIR)).till,
        "mark of an order reserved": OrderShop.having(MARKED, gate(STRICT)).take(mark(KEFIR)).reply(FREE).till,
        "order put aside": OrderShop.having(PLAIN).press("f11").till,
        "order in payment": OrderShop.having(PLAIN).press("plus").till,
    }


def of_orders(till: Till) -> Iterator[Event]:
    """Yield what the order server may say of what is asked for."""
    asked = till.ledger.ordering
    if asked is None:
        return
    unsaleable = replace(PLAIN, lines=(of(BANNED),))
    for order in (PLAIN, MARKED, WHOLE, unsaleable, replace(PLAIN, lines=()), replace(PLAIN, identifier="d-2")):
        yield OrderFetched(asked.token, "found", replace(order, number=asked.number))
    yield OrderFetched(asked.token, "found")
    for outcome in _OUTCOMES:
        yield OrderFetched(asked.token, outcome)
