"""A till with an order server that answers when a test lets it."""

import asyncio
from typing import Any

from msgspec.structs import replace

from cashier.core.catalogue import Product
from cashier.core.effects import FetchOrder
from cashier.core.events import OrderFetched
from cashier.core.modes import MENU
from cashier.core.money import Kopecks
from cashier.core.orders import Order, OrderLine
from cashier.core.quantity import ONE
from tests.core.goods import BREAD, MILK
from tests.runtime.rig import Rig

ROW = ("f10", *("down",) * MENU.index("menu_order"), "enter")


def of(product: Product, price: int) -> OrderLine:
    """Make a position of one piece at a price."""
    return OrderLine(replace(product, price=Kopecks(price)), ONE)


ORDER = Order("1001", "d-1", (of(BREAD, 4000), of(MILK, 8000)))


class OrderDesk:
    """Gives orders out."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.ready = asyncio.Event()
        """Clear it to make the server slow."""
        self.ready.set()
        self.book = {ORDER.number: ORDER}
        self.breaks: Exception | None = None

    async def __call__(self, asked: FetchOrder) -> OrderFetched:
        """Answer."""
        self.asked.append(asked.number)
        await self.ready.wait()
        if self.breaks:
            raise self.breaks
        order = self.book.get(asked.number)
        return OrderFetched(asked.token, "found" if order else "missing", order)


class OrderRig(Rig):
    """A till that takes orders."""

    def __init__(self, **besides: Any) -> None:
        super().__init__(**besides)
        self.desk = self.hands.orders = OrderDesk()
        self.pump.till = replace(self.pump.till, rules=replace(self.pump.till.rules, orders=True))

    def order(self, number: str = ORDER.number) -> "OrderRig":
        """Ask for an order."""
        self.press(*ROW).write(number).press("enter")
        return self

    @property
    def returned(self) -> int:
        """How many messages that give orders back were committed."""
        return self.disk.kinds.count("MessageQueued")
