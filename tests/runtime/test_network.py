"""What goes over the network: got ready in the background, delivered for ever, let go at the end."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cashier.core.conditions import queue_server
from cashier.core.effects import FetchOrder
from cashier.core.facts import MessageQueued
from cashier.core.ledger import Ledger
from cashier.core.orders import returned
from cashier.folder import DataFolder
from cashier.network import Network
from cashier.settings import Settings
from cashier.settings import model as s
from cashier.store.dictionaries import Dictionaries, prepare_dictionaries
from cashier.store.documents import Documents
from cashier.store.outbox import Outbox
from cashier.store.writer import Writer
from cashier.till import Extras, Parts
from tests.runtime.rig import settled
from tests.waiting import until

NOON = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)
ASKING = Settings(plugins=s.Plugins(markedgoods=True))


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    """What a till is put together from, without an address of a server."""
    folder = DataFolder(tmp_path)
    prepare_dictionaries(folder.dictionaries).close()
    with (
        closing(Dictionaries(folder.dictionaries)) as dictionaries,
        closing(Writer(Documents(folder.documents))) as writer,
    ):
        yield Parts(Settings(), folder, Extras(), dictionaries, writer)


def network(parts: Parts, settings: Settings = ASKING, extras: Extras | None = None) -> Network:
    """Put it together."""
    made = Parts(settings, parts.folder, extras or parts.extras, parts.dictionaries, parts.writer)
    return Network(made, lambda: NOON, Ledger)


@contextlib.asynccontextmanager
async def running(own: Network) -> AsyncIterator[asyncio.Task[None]]:
    """Let it work while the block runs."""
    task = asyncio.create_task(own.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


class TestBackground:
    async def test_is_begun_in_a_thread(self, parts: Parts) -> None:
        """Given something to begin once the picture stands, then it is begun, and the network works on."""
        begun: list[str] = []
        async with running(network(parts, extras=Extras(background=lambda: begun.append("begun")))) as task:
            await until(lambda: begun)
            assert not task.done()

    async def test_that_breaks_stops_nothing(self, parts: Parts, caplog: pytest.LogCaptureFixture) -> None:
        """Given a stand-in that cannot begin, then the log says why, and the rest is got ready all the same."""

        def breaks() -> None:
            raise ConnectionAbortedError

        own = network(parts, extras=Extras(background=breaks))
        async with running(own) as task:
            await until(lambda: own._client._http)
            await settled()
            assert not task.done()
        assert "ConnectionAbortedError" in caplog.text


class TestConnections:
    async def test_are_let_go_at_the_end(self, parts: Parts) -> None:
        """Given a till that ends, then no connection is left open."""
        own = network(parts, Settings())
        own._client.warm_up()
        assert own._client._http is not None
        async with running(own):
            await settled()
            assert own._client._http is not None
        assert own._client._http is None

    async def test_are_not_got_ready_for_nothing(self, parts: Parts) -> None:
        """Given neither marks nor a queue, then nothing is loaded for the network."""
        own = network(parts, Settings())
        async with running(own) as task:
            await settled()
            assert not task.done()
            assert own._client._http is None


class TestConditions:
    def test_without_an_address_there_is_no_server(self, parts: Parts) -> None:
        """Given no `[Queue] url`, then nothing is said of its server."""
        assert network(parts).conditions() == ()

    def test_server_of_the_queue(self, parts: Parts) -> None:
        """Given an address, then it says whether messages are taken."""
        own = network(parts, Settings(queue=s.Queue(url="http://127.0.0.1:9/queue")))
        assert own.conditions() == (queue_server(answers=True),)
        own.delivery.silent_since = NOON
        assert own.conditions() == (queue_server(answers=False),)

    def test_answer_about_a_mark_ends_the_wait_of_the_queue(self, parts: Parts) -> None:
        """Given the handler of marks, then whoever waits for the network hears of each of its answers."""
        own = network(parts)
        own.handlers["marked_goods"].heard()  # type: ignore[attr-defined]
        assert own.delivery._waits._heard_of.is_set()


class TestOrders:
    async def test_nobody_is_asked_without_an_address(self, parts: Parts) -> None:
        """Given no order server, then the answer says so."""
        assert (await network(parts).orders(FetchOrder("t", "1001"))).outcome == "off"

    async def test_one_on_its_way_back_is_not_asked_for(self, parts: Parts) -> None:
        """Given an order whose return waits in the outbox, then it is not asked for; another one is, in vain here."""
        own = network(parts, Settings(orders=s.Orders(url="http://127.0.0.1:9/orders")))
        message: MessageQueued = returned("1001", "receipt", "token")
        assert await parts.writer.commit(NOON, (message,)) == ""
        outbox = Outbox(parts.folder.documents, parts.writer)
        assert await outbox.waits("orders", "1001")
        assert not await outbox.waits("orders", "1002")
        assert not await outbox.waits("cash_server", "1001")
        assert (await own.orders(FetchOrder("t", "1001"))).outcome == "returning"
        assert (await own.orders(FetchOrder("t", "1002"))).outcome == "down"
