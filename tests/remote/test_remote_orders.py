"""The order server: what is asked, what is made of any answer, and how an order goes back."""

import msgspec
import pytest

from cashier.core.orders import MOST_LINES, returned
from cashier.ports import NoAnswerError
from cashier.remote.errors import BadAnswerError, LateError, UnreachableError
from cashier.remote.http import Client
from cashier.remote.orders import BusyError, MissingError, OrderServer, UnreadableError
from cashier.store.outbox import Message
from tests.remote.raw_server import Answer, RawServer, drop, json_reply, raw, reply, silence

POSITION = {"code": "1", "name": "Хлеб", "price": 45.5, "quant": "2"}
DOCUMENT = {"identifier": "d-1", "dontChange": True, "positions": [POSITION], "payments": [], "sum": 91}
WORD = returned("№ 10/01?", "receipt-1")
MESSAGE = Message(7, WORD.identifier, WORD.kind, WORD.key, "2026-11-21T12:00:00+03:00", WORD.body)


@pytest.fixture
def orders(client: Client, server: RawServer) -> OrderServer:
    """The server by its address."""
    return OrderServer(client, f"http://127.0.0.1:{server.port}/orders/")


class TestGetting:
    async def test_number_is_one_part_of_the_path(self, orders: OrderServer, server: RawServer) -> None:
        """Given a number with every sign there is, then it is asked for as one part of the path, without a body."""
        server.answers = [json_reply(DOCUMENT)]
        await orders.get("№ 10/../01?a=b#c%")
        (asked,) = server.asked
        assert asked.line == "GET /orders/%E2%84%96%2010%2F..%2F01%3Fa%3Db%23c%25 HTTP/1.1"
        assert (asked.body, "content-type" in asked.headers) == (b"", False)

    @pytest.mark.parametrize("number", [".", ".."])
    async def test_dots_are_no_number(self, orders: OrderServer, server: RawServer, number: str) -> None:
        """Given a number that a path would lose, then nobody is asked."""
        with pytest.raises(MissingError):
            await orders.get(number)
        assert server.asked == []

    @pytest.mark.parametrize(
        "body", [DOCUMENT, {"state": "NOT_PAID", "document": msgspec.json.encode(DOCUMENT).decode()}]
    )
    async def test_document_in_both_forms(self, orders: OrderServer, server: RawServer, body: object) -> None:
        """Given the document itself, or its text in an envelope, then it is the same."""
        server.answers = [json_reply(body)]
        document = await orders.get("1001")
        assert (document.identifier, document.dont_change) == ("d-1", True)
        assert (document.positions[0].name, document.positions[0].quant) == ("Хлеб", "2")

    @pytest.mark.parametrize("status", [400, 404, 410, 422])
    async def test_missing(self, orders: OrderServer, server: RawServer, status: int) -> None:
        """Given a server that has no such order, then that is told apart."""
        server.answers = [reply("", status)]
        with pytest.raises(MissingError):
            await orders.get("1001")

    @pytest.mark.parametrize("status", [409, 423])
    async def test_taken_by_another(self, orders: OrderServer, server: RawServer, status: int) -> None:
        """Given a server that has given the order to another till, then that is told apart."""
        server.answers = [reply("", status)]
        with pytest.raises(BusyError):
            await orders.get("1001")

    @pytest.mark.parametrize(
        "answer",
        [
            reply(""),
            reply("{"),
            reply("[]"),
            reply("{}"),
            reply(b"\xff\xfe"),
            reply("[" * 100_000),
            json_reply({"positions": 5}),
            json_reply({"positions": [5]}),
            json_reply({"positions": [{"price": [1]}]}),
            json_reply({"document": "{}"}),
            json_reply({"document": '{"document": "{}"}'}),
            json_reply({"positions": [{}] * (MOST_LINES + 1)}),
            reply(b" " * 1_000_001),
            raw(b"HTTP/1.1 204 No Content\r\n\r\n"),
        ],
    )
    async def test_unreadable(self, orders: OrderServer, server: RawServer, answer: Answer) -> None:
        """Given an answer that is no order, then that is told apart too."""
        server.answers = [answer]
        with pytest.raises(UnreadableError):
            await orders.get("1001")

    @pytest.mark.parametrize("answer", [drop, reply("", 500), reply("", 401), reply("", 302, "Location: /"), raw(b"?")])
    async def test_no_answer(self, orders: OrderServer, server: RawServer, answer: Answer) -> None:
        """Given a server that is not there or not itself, then it is no answer."""
        server.answers = [answer]
        with pytest.raises(NoAnswerError) as caught:
            await orders.get("1001")
        assert not isinstance(caught.value, MissingError | BusyError | UnreadableError)

    async def test_silence(self, orders: OrderServer, server: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given a server that says nothing, then it is not waited for longer than the cashier is."""
        monkeypatch.setattr("cashier.remote.orders.DEADLINE", 0.2)
        server.answers = [silence]
        with pytest.raises(LateError):
            await orders.get("1001")


class TestReleasing:
    async def test_what_goes_out(self, orders: OrderServer, server: RawServer) -> None:
        """Given an order to be given back, then its number is in the path, and the body says for which receipt."""
        server.answers = [json_reply({})]
        assert await orders.release(MESSAGE) == ""
        (asked,) = server.asked
        assert asked.line == "POST /orders/%E2%84%96%2010%2F01%3F/release HTTP/1.1"
        assert msgspec.json.decode(asked.body) == {"number": "№ 10/01?", "receipt": "receipt-1"}
        assert asked.headers["idempotency-key"] == WORD.identifier

    @pytest.mark.parametrize(
        "answer", [reply(""), reply("ok"), reply("", 201), reply("", 202), raw(b"HTTP/1.1 204 No Content\r\n\r\n")]
    )
    async def test_done(self, orders: OrderServer, server: RawServer, answer: Answer) -> None:
        """Given a server that took it, then it is delivered."""
        server.answers = [answer]
        assert await orders.release(MESSAGE) == ""

    @pytest.mark.parametrize("status", [400, 404, 409, 410, 422, 423])
    async def test_nothing_to_give_back(self, orders: OrderServer, server: RawServer, status: int) -> None:
        """Given a server that has nothing of this order out, then there is no message left for people to look at."""
        server.answers = [reply("", status)]
        assert await orders.release(MESSAGE) == ""

    @pytest.mark.parametrize("answer", [*(reply("", status) for status in (302, 401, 403, 408, 429, 500, 503)), drop])
    async def test_again(self, orders: OrderServer, server: RawServer, answer: Answer) -> None:
        """Given a server that is not there, then it is to be tried again."""
        server.answers = [answer]
        with pytest.raises((BadAnswerError, UnreachableError)):
            await orders.release(MESSAGE)
