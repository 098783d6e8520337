"""What goes over the network: handlers of gates, delivery of the outbox, and how the servers are."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from cashier.core import conditions as c
from cashier.core.conditions import Condition
from cashier.core.orders import DESTINATION
from cashier.gates import marked_goods
from cashier.ordering import Ordering
from cashier.outside import FetchOrder, Handler, no_orders
from cashier.remote.delivery import Delivery
from cashier.remote.http import Client
from cashier.remote.marks import MarkRegistry
from cashier.remote.orders import OrderServer
from cashier.store.outbox import Outbox
from cashier.till import Parts

log = logging.getLogger("cashier")


class Network:
    """Everything that goes over the network; nothing of it is loaded before the first picture stands."""

    def __init__(self, parts: Parts, clock: Callable[[], datetime]) -> None:
        settings = parts.settings
        self._parts, self._client, self._clock = parts, Client(), clock
        till = f"{settings.till.shopcode}-{settings.till.cashcode}"
        self._outbox = outbox = Outbox(parts.folder.documents, parts.writer)
        self.delivery = Delivery(settings.queue, till, outbox, self._client, clock)

    @property
    def handlers(self) -> dict[str, Handler]:
        """Do what gates ask for, by the gate's name."""
        own = self._parts.settings.marked_goods
        urls = {category.name: category.mark_verify_url for category in own.categories}
        return {marked_goods.NAME: MarkRegistry(self._client, own.mark_verify_url, urls, self.delivery.reachable)}

    @property
    def orders(self) -> FetchOrder:
        """Fetch orders, where there is an order server."""
        url = self._parts.settings.orders.url
        if not url:
            return no_orders
        waits = partial(self._outbox.waits, DESTINATION)
        return Ordering(OrderServer(self._client, url), self._parts.dictionaries, self._clock, waits)

    def conditions(self) -> tuple[Condition, ...]:
        """Tell how the servers are that are not asked by the cashier's own doing."""
        if not self._parts.settings.queue.url:
            return ()
        return (c.queue_server(answers=self.delivery.silent_since is None),)

    async def run(self) -> None:
        """Get ready what the first request would wait for, then deliver for ever; connections are let go at the end."""
        settings, background = self._parts.settings, self._parts.extras.background
        if background:
            await self._prepared(background)
        try:
            if settings.plugins.markedgoods or settings.queue.url or settings.orders.url:
                await self._prepared(self._client.warm_up)
            await self.delivery.run()
            await asyncio.Event().wait()
        finally:
            await self._client.close()

    async def _prepared(self, work: Callable[[], None]) -> None:
        """Do something in a thread; if it breaks, the rest goes on without it."""
        try:
            await asyncio.to_thread(work)
        except Exception:
            log.exception("network")
