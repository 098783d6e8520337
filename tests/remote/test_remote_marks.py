"""The gate's handler: orders to the cash server, statuses back (spec M12, M13)."""

from typing import Any

import msgspec
import pytest

from cashier.core import effects as e
from cashier.core.events import Answered, NoReply
from cashier.gates.marked_goods import STATUSES, Order, Request
from cashier.ports import NoAnswerError
from cashier.remote.errors import UnreachableError
from cashier.remote.http import Client
from cashier.remote.marks import LONGEST, MarkRegistry
from tests.remote.raw_server import RawServer, drop, json_reply, reply
from tests.runtime.rig import Rig
from tests.waiting import until

MARK = "010460268200001321ABC\x1d91EE11\x1d92signature="
RESERVE = Order("milk", Request("reserve", MARK, MARK[:21], "4602682000013", 77, 3, "r-1", "sale"), "key-1")
STATUS = Order("milk", msgspec.structs.replace(RESERVE.request, operation="status"), "key-1")


def body(order: Order) -> str:
    """Write an order as the gate does."""
    return msgspec.json.encode(order).decode()


@pytest.mark.parametrize("status", [*STATUSES, "RESERVED"])
async def test_status_is_told(client: Client, server: RawServer, status: str) -> None:
    """Given a server that knows the mark, then the gate is told the key of its status."""
    server.answers = [json_reply({"status": status, "message": {"any": "thing"}})]
    assert await MarkRegistry(client, server.url)(body(STATUS)) == status


@pytest.mark.parametrize("status", ["", "sold", "ЧУЖОЙ", "RESERVED\n", "X" * 1000])
async def test_status_nobody_knows(client: Client, server: RawServer, status: str) -> None:
    """Given a status that nobody knows, then it is the unknown one."""
    server.answers = [json_reply({"status": status})]
    assert await MarkRegistry(client, server.url)(body(STATUS)) == "UNKNOWN"


async def test_request_is_as_ordered(client: Client, server: RawServer) -> None:
    """Given a reserve, then the server reads the whole code, GS included, and the key that makes it one."""
    server.answers = [json_reply({"status": "RESERVED"})]
    await MarkRegistry(client, server.url)(body(RESERVE))
    (asked,) = server.asked
    assert msgspec.json.decode(asked.body) == {
        "operation": "reserve",
        "mark": MARK,
        "ki": MARK[:21],
        "barcode": "4602682000013",
        "shopcode": 77,
        "cashcode": 3,
        "receipt": "r-1",
        "documentType": "sale",
    }
    assert asked.headers["idempotency-key"] == "key-1"


async def test_question_has_no_key(client: Client, server: RawServer) -> None:
    """Given a question about a status, then nothing is to be done once, and no key goes along."""
    server.answers = [json_reply({"status": "SOLD"})]
    await MarkRegistry(client, server.url)(body(STATUS))
    assert "idempotency-key" not in server.asked[0].headers


async def test_category_has_its_own_server(client: Client, server: RawServer) -> None:
    """Given a category with an address of its own, then that one is asked; any other asks the common one."""
    server.answers = [json_reply({"status": "SOLD"})]
    registry = MarkRegistry(client, server.url, {"milk": f"{server.url}/milk", "shoes": ""})
    for category in ("milk", "shoes", "water"):
        await registry(body(msgspec.structs.replace(STATUS, category=category)))
    paths = [asked.line.split()[1] for asked in server.asked]
    assert paths == ["/marks/milk", "/marks", "/marks"]


async def test_no_address_is_an_error_of_access(client: Client) -> None:
    """Given no address at all, then nobody is asked and that is an error of access."""
    with pytest.raises(UnreachableError):
        await MarkRegistry(client, "")(body(STATUS))


@pytest.mark.parametrize("answer", [drop, reply("no", 500), reply("{}"), reply("<html>"), reply("", 307)])
async def test_error_of_access(client: Client, server: RawServer, answer: object) -> None:
    """Given no usable answer, then the gate has no reply, and the log one line about it without the mark."""
    server.answers = [answer]  # type: ignore[list-item]
    with pytest.raises(NoAnswerError) as caught:
        await MarkRegistry(client, server.url)(body(RESERVE))
    assert MARK[:21] not in str(caught.value)


async def test_log_has_one_line(client: Client, server: RawServer, caplog: pytest.LogCaptureFixture) -> None:
    """Given a server that hangs up, when the gate asks, then it has no reply, and the log no traceback."""
    server.answers = [drop]
    rig = Rig(handlers={"gate": MarkRegistry(client, server.url)})
    heard: list[object] = []
    rig.hands.bus.put = heard.append  # type: ignore[method-assign, assignment]
    rig.hands.do(e.RunGate("gate", "token", body(RESERVE), 5.0))
    await until(lambda: heard)
    assert heard == [Answered("token", NoReply("failed"))]
    (record,) = [record for record in caplog.records if record.name == "cashier"]
    assert record.exc_info is None
    assert record.getMessage().startswith("gate gate: 127.0.0.1: no connection")


async def test_an_answer_is_heard_of(client: Client, server: RawServer) -> None:
    """Given a server that answers at last, then whoever waits for the network is told, and only then."""
    server.answers = [reply("", 500), json_reply({"status": "SOLD"})]
    heard: list[str] = []
    registry = MarkRegistry(client, server.url, heard=lambda: heard.append("heard"))
    with pytest.raises(NoAnswerError):
        await registry(body(STATUS))
    assert heard == []
    assert await registry(body(STATUS)) == "SOLD"
    assert heard == ["heard"]


async def test_the_gate_alone_counts_the_time(server: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given the gate's own deadline, then the client's is longer than any setting, and ends no request before it."""
    own, deadlines = Client(), []
    sent = own.post

    async def post(*args: Any, **named: Any) -> Any:
        deadlines.append(named["deadline"])
        return await sent(*args, **named)

    monkeypatch.setattr(own, "post", post)
    server.answers = [json_reply({"status": "SOLD"})]
    await MarkRegistry(own, server.url)(body(STATUS))
    await own.close()
    assert deadlines == [LONGEST]
    assert LONGEST >= 600, "the longest that `markVerifyTimeout` may be"
