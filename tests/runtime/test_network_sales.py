"""Returns in the network: who finds sale receipts, who claims, and what carries claims that nobody waits for."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from cashier.core.conditions import receiver
from cashier.core.effects import FindSale
from cashier.core.events import SaleFound
from cashier.core.facts import MessageQueued
from cashier.core.ledger import Ledger
from cashier.core.sales import Wanted
from cashier.folder import DataFolder
from cashier.gates import returns
from cashier.network import Network
from cashier.outside import no_sales
from cashier.remote.errors import UnreachableError
from cashier.remote.sales import SalesServer
from cashier.settings import Settings
from cashier.settings import model as s
from cashier.store.dictionaries import Dictionaries, prepare_dictionaries
from cashier.store.documents import Documents
from cashier.store.outbox_list import undelivered
from cashier.store.writer import Writer
from cashier.till import Extras, Parts
from tests.core.goods import BREAD
from tests.remote.raw_server import RawServer, json_reply, reply, silence
from tests.runtime.rig import Rig
from tests.store.days import Day
from tests.waiting import until

NOON = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)
CLAIM = returns.Request("claim", "key-1", "sale-1", "return-1", 77, 3, (returns.Claimed(1, 1, 1, 45.5),))


@pytest.fixture
async def server() -> AsyncIterator[RawServer]:
    """A cash server that has no answers yet."""
    async with RawServer().running() as listening:
        yield listening


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    """What a till is put together from; it has sold a bread."""
    folder = DataFolder(tmp_path)
    prepare_dictionaries(folder.dictionaries).close()
    day = Day(folder.documents)
    day.begin(BREAD).close()
    day.documents.close()
    with (
        closing(Dictionaries(folder.dictionaries)) as dictionaries,
        closing(Writer(Documents(folder.documents))) as writer,
    ):
        yield Parts(Settings(till=s.Till(shopcode=77, cashcode=3)), folder, Extras(), dictionaries, writer)


class Nets:
    """Networks of a till, with the address of the cash server or without."""

    def __init__(self, parts: Parts, server: RawServer) -> None:
        self.parts, self.server = parts, server
        self.made: list[Network] = []

    def __call__(self, *, asks: bool = True, timeout: float = 5.0) -> Network:
        """Put one together."""
        url = f"http://127.0.0.1:{self.server.port}" if asks else ""
        settings = Settings(
            till=s.Till(shopcode=77, cashcode=3),
            cash_server=s.CashServer(url=url, timeout=timeout),
            queue=s.Queue(retry_min=0.1),
        )
        own = self.parts
        network = Network(Parts(settings, own.folder, own.extras, own.dictionaries, own.writer), lambda: NOON, Ledger)
        self.made.append(network)
        return network


@pytest.fixture
async def nets(parts: Parts, server: RawServer) -> AsyncIterator[Nets]:
    """Networks whose connections are let go."""
    own = Nets(parts, server)
    yield own
    for network in own.made:
        await network._client.close()


class TestFinding:
    async def test_own_receipt_without_a_server(self, nets: Nets) -> None:
        """Given no address, then what this till sold is found, and nothing else."""
        own = nets(asks=False)
        assert (await own.sales(FindSale("t", Wanted(shift=1, number=1)))).outcome == "found"
        assert (await own.sales(FindSale("t", Wanted("", "4", 1, 1)))).outcome == "missing"

    async def test_server_is_asked_for_others(self, nets: Nets) -> None:
        """Given an address, then another till's receipt is asked for, of this shop."""
        nets.server.answers = [
            json_reply({"receipts": [{"receiptType": "Sale", "result": "Cancelled", "storeId": "77"}]})
        ]
        found = await nets().sales(FindSale("t", Wanted("", "4", 9, 8)))
        assert found == SaleFound("t", "cancelled")
        assert [own.line for own in nets.server.asked] == [
            "GET /receipts?shopcode=77&cashcode=4&shift=9&number=8 HTTP/1.1"
        ]

    async def test_time_out_of_the_settings(self, nets: Nets) -> None:
        """Given a server that says nothing, then the cashier waits as long as the settings say."""
        nets.server.answers = [silence]
        found = await nets(timeout=0.1).sales(FindSale("t", Wanted("", "4", 9, 8)))
        assert found.outcome == "silent"

    async def test_hands_that_were_given_nobody(self) -> None:
        """Given hands that were given nobody to find receipts, then there are none."""
        assert await no_sales(FindSale("t", Wanted())) == SaleFound("t", "missing")

    @pytest.mark.parametrize("breaks", [False, True])
    async def test_hands_answer(self, *, breaks: bool) -> None:
        """Given the effect, then its answer comes to the till; a fault is silence."""
        rig = Rig()

        async def find(asked: FindSale) -> SaleFound:
            if breaks:
                raise ZeroDivisionError
            return SaleFound(asked.token, "several")

        rig.hands.sales = find
        rig.hands.do(FindSale("t", Wanted()))
        assert await rig.hands.bus.take(lambda _: False) == SaleFound("t", "silent" if breaks else "several")


class TestClaims:
    async def test_handler_of_the_gate(self, nets: Nets) -> None:
        """Given the gate's handler, then claims go to the address, and whoever waits for the network hears of it."""
        own = nets()
        nets.server.answers = [json_reply({"result": "CLAIMED"})]
        answer = await own.handlers[returns.NAME](msgspec.json.encode(CLAIM).decode())
        assert msgspec.json.decode(answer, type=returns.Answer).result == "CLAIMED"
        assert nets.server.asked[0].line == "POST /returns HTTP/1.1"
        assert own.delivery._waits._heard_of.is_set()

    async def test_handler_without_an_address(self, nets: Nets) -> None:
        """Given no address, then nobody is asked."""
        handler = nets(asks=False).handlers[returns.NAME]
        assert isinstance(handler, SalesServer)
        with pytest.raises(UnreachableError):
            await handler(msgspec.json.encode(CLAIM).decode())

    def test_no_address_no_carrier(self, nets: Nets) -> None:
        """Given no address, then claims wait; given one, then they are carried."""
        assert [own.carrier.destination for own in nets(asks=False).routes] == ["export_xml"]
        own = nets()
        assert [route.carrier.destination for route in own.routes] == [returns.DESTINATION, "export_xml"]
        assert own.conditions() == (receiver("returns", answers=True),)

    async def test_messages_are_delivered(self, nets: Nets) -> None:
        """Given a claim that the server refuses, then people see why, and the release after it gets through."""
        own = nets()
        nets.server.answers = [json_reply({"result": "REFUSED"}), reply("", 503), json_reply({"result": "RELEASED"})]
        release = msgspec.structs.replace(CLAIM, operation="release", key="key-2", lines=())
        for request, kind in ((CLAIM, returns.CLAIM), (release, returns.RELEASE)):
            body = msgspec.json.encode(request).decode()
            fact = MessageQueued(request.key, returns.DESTINATION, kind, body, key=request.key)
            assert await nets.parts.writer.commit(NOON, (fact,)) == ""
        path = nets.parts.folder.documents
        task = asyncio.create_task(own.run())
        try:
            await until(lambda: [message.state for message in undelivered(path)] == ["parked"])
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        (refused,) = undelivered(path)
        assert (refused.identifier, refused.reason) == (
            "key-1",
            "возвращено больше, чем продано: позиция 1 — 1, оставалось 0",
        )
        assert [asked.headers["idempotency-key"] for asked in nets.server.asked] == ["key-1", "key-2", "key-2"]
