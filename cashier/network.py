"""What goes over the network: handlers of gates, delivery of the outbox, and how the servers are."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import msgspec

from cashier.core import conditions as c
from cashier.core import orders, told
from cashier.core.conditions import Condition
from cashier.core.ledger import Ledger
from cashier.documents_box import DocumentsBox
from cashier.exports import Exports
from cashier.gates import marked_goods, returns, stock_control
from cashier.ordering import Ordering
from cashier.outside import FetchOrder, FindSales, Handler, no_orders
from cashier.remote.carrier import Carrier, Carry
from cashier.remote.delivery import KEPT, PURGE, Delivery
from cashier.remote.http import Client
from cashier.remote.marks import MarkRegistry
from cashier.remote.orders import OrderServer
from cashier.remote.sales import SalesServer
from cashier.remote.stock import StockControl, StockSystem
from cashier.seeking import Seeking
from cashier.settings import Settings
from cashier.store.connect import StoreError
from cashier.store.outbox import Message, Outbox, Outcome
from cashier.store.reserved_lines import counts_on
from cashier.till import Parts

log = logging.getLogger("cashier")


@dataclass(frozen=True, slots=True)
class Route:
    """A destination of the outbox beside the cash server's queue."""

    carrier: Carrier
    receiver: c.Receiver | None = None
    """Whose state is told of; None where the gate tells of it itself."""


class Network:
    """Everything that goes over the network; nothing of it is loaded before the first picture stands."""

    def __init__(self, parts: Parts, clock: Callable[[], datetime], ledger: Callable[[], Ledger]) -> None:
        settings = parts.settings
        self._parts, self._client, self._clock, self._ledger = parts, Client(), clock, ledger
        till = f"{settings.till.shopcode}-{settings.till.cashcode}"
        self._outbox = Outbox(parts.folder.documents, parts.writer)
        self._exports = Exports(settings.export, parts.folder, self._client)
        self.delivery = Delivery(
            settings.queue, till, DocumentsBox(self._outbox, self._exports, self._look_again), self._client, clock
        )
        self._stock = self._stock_control(settings)
        self._order_server = OrderServer(self._client, settings.orders.url)
        own, shop = settings.cash_server, str(settings.till.shopcode)
        self._sales_server = SalesServer(self._client, own.url, own.timeout, shop, self._heard)
        self.routes = tuple(self._routes())

    def _stock_control(self, settings: Settings) -> StockControl:
        own = settings.stock_control
        system = StockSystem(
            url=own.url,
            reserve_path=own.reserve_path,
            stock_path=own.stock_path,
            store=own.store or str(settings.till.shopcode),
            pos=own.pos or str(settings.till.cashcode),
        )
        return StockControl(self._client, system, own.timeout, self._heard, shares=self._shares, begin=self._begin)

    def _routes(self) -> "tuple[Route, ...]":
        own = self._parts.settings
        found = []
        if own.stock_control.url:
            found.append(Route(self._carrier(stock_control.DESTINATION, self._stock.carry)))
        if own.export.push_url:
            found.append(Route(self._carrier(told.EXPORT_PUSH, self._exports.push), "push"))
        if own.orders.url:
            found.append(Route(self._carrier(orders.DESTINATION, self._order_server.release), "orders"))
        if own.cash_server.url:
            found.append(Route(self._carrier(returns.DESTINATION, self._sales_server.carry), "returns"))
        files = self._carrier(told.EXPORT_XML, self._exports.write_file)
        found.append(Route(files, "files" if own.export.xml else None))
        return tuple(found)

    def _carrier(self, destination: str, carry: Carry) -> Carrier:
        return Carrier(destination, carry, self._parts.settings.queue, self._outbox, self._clock)

    @property
    def handlers(self) -> dict[str, Handler]:
        """Do what gates ask for, by the gate's name."""
        own = self._parts.settings.marked_goods
        urls = {category.name: category.mark_verify_url for category in own.categories}
        marks = MarkRegistry(self._client, own.mark_verify_url, urls, self._heard)
        return {marked_goods.NAME: marks, stock_control.NAME: self._stock, returns.NAME: self._sales_server}

    def wake(self) -> None:
        """Hear that a message was committed."""
        self.delivery.wake()
        for route in self.routes:
            route.carrier.wake()

    def told(self, changed: Callable[[], None]) -> None:
        """Say who is told when messages were delivered, or could not be."""
        self.delivery.changed = changed
        for route in self.routes:
            route.carrier.changed = changed

    def _look_again(self) -> None:
        """Hear that a receipt may be ready to be told by now."""
        self.delivery.wake()

    def _heard(self) -> None:
        """The network is there: what waits after a failure is tried at once."""
        self.delivery.reachable()
        for route in self.routes:
            route.carrier.reachable()

    async def _shares(self, undo: stock_control.Undo) -> bool:
        """Tell whether a line of the article counts on a reserve of the same GUID, or may before the cancel arrives."""
        asking = (i.body for i in self._ledger().intents if i.gate == stock_control.NAME)
        requests = (msgspec.json.decode(body, type=stock_control.Request) for body in asking)
        if any(own.sku == undo.sku and own.key != undo.key for own in requests):
            return True
        return await asyncio.to_thread(counts_on, self._parts.folder.documents, undo.reservation, undo.sku)

    async def _begin(self, message: Message) -> None:
        await self._outbox.settle([Outcome(message.seq, "waiting", "отправляется")])

    @property
    def orders(self) -> FetchOrder:
        """Fetch orders, where there is an order server."""
        if not self._parts.settings.orders.url:
            return no_orders
        waits = partial(self._outbox.waits, orders.DESTINATION)
        return Ordering(self._order_server, self._parts.dictionaries, self._clock, waits)

    @property
    def sales(self) -> FindSales:
        """Find sale receipts: in the till's own documents, and where there is a cash server also those of others."""
        parts, own = self._parts, self._parts.settings
        server = self._sales_server if own.cash_server.url else None
        place = parts.folder.documents, str(own.till.shopcode), str(own.till.cashcode)
        return Seeking(*place, parts.dictionaries, self._clock, server)

    def conditions(self) -> tuple[Condition, ...]:
        """Tell how the servers are that are not asked by the cashier's own doing."""
        others = tuple(
            c.receiver(route.receiver, answers=route.carrier.silent_since is None)
            for route in self.routes
            if route.receiver
        )
        if not self._parts.settings.queue.url:
            return others
        return (c.queue_server(answers=self.delivery.silent_since is None), *others)

    async def run(self) -> None:
        """Get ready what the first request would wait for, then deliver for ever; connections are let go at the end."""
        settings, background = self._parts.settings, self._parts.extras.background
        if background:
            await self._prepared(background)
        try:
            if settings.plugins.markedgoods or any(self._addresses()):
                await self._prepared(self._client.warm_up)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self.delivery.run())
                tasks.create_task(self._purged())
                for route in self.routes:
                    tasks.create_task(route.carrier.run())
            await asyncio.Event().wait()
        finally:
            await self._client.close()

    def _addresses(self) -> tuple[str, ...]:
        own = self._parts.settings
        return own.stock_control.url, own.queue.url, own.export.push_url, own.orders.url, own.cash_server.url

    async def _purged(self) -> None:
        """Delete what was delivered long ago, where no delivery to a cash server does."""
        while not self._parts.settings.queue.url:
            try:
                await self._outbox.purge(self._clock() - KEPT)
            except StoreError as error:
                log.error("outbox: %s", error)  # noqa: TRY400 - the text says all, a traceback nothing
            await asyncio.sleep(PURGE)

    async def _prepared(self, work: Callable[[], None]) -> None:
        """Do something in a thread; if it breaks, the rest goes on without it."""
        try:
            await asyncio.to_thread(work)
        except Exception:
            log.exception("network")
