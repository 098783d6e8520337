"""The HTTP client: what goes out, how long it waits, and that no answer can hurt the till."""

import asyncio
import gzip
import subprocess
import sys
import time
import tracemalloc
from base64 import b64encode

import msgspec
import pytest

from cashier.ports import NoAnswerError
from cashier.remote.errors import BadAnswerError, LateError, UnreachableError
from cashier.remote.http import LARGEST, Client
from tests.remote.raw_server import Answer, RawServer, drop, forever, json_reply, raw, reply, silence
from tests.waiting import until

GREETING = {"status": "SOLD"}
DEADLINE = 0.3
LATEST = DEADLINE + 0.2
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
CHUNK = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
BOMB = gzip.compress(b" " * 50_000_000)


class Status(msgspec.Struct):
    """Form of an answer."""

    status: str


async def asked(client: Client, server: RawServer, deadline: float = 5.0) -> Status:
    """Post something."""
    return await client.post(server.url, b'{"mark":1}', Status, headers={"Idempotency-Key": "k"}, deadline=deadline)


class TestAsking:
    async def test_answer_comes_in_its_form(self, client: Client, server: RawServer) -> None:
        """Given a server that answers, then the answer is read, and what was asked came as it was given."""
        server.answers = [json_reply(GREETING)]
        assert (await asked(client, server)).status == "SOLD"
        (request,) = server.asked
        assert (request.line, request.body) == ("POST /marks HTTP/1.1", b'{"mark":1}')
        assert request.headers["content-type"] == "application/json"
        assert request.headers["accept-encoding"] == "identity"
        assert request.headers["idempotency-key"] == "k"

    async def test_one_connection_serves_many_requests(self, client: Client, server: RawServer) -> None:
        """Given a server that keeps connections, then the next request goes out on the same one."""
        server.answers = [json_reply(GREETING)]
        for _ in range(5):
            await asked(client, server)
        assert server.connections == 1

    async def test_surroundings_change_nothing(
        self, client: Client, server: RawServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Given a proxy in the environment of the process, then the server is asked directly."""
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
        server.answers = [json_reply(GREETING)]
        assert (await asked(client, server)).status == "SOLD"

    async def test_name_and_password_of_the_address(self, client: Client, server: RawServer) -> None:
        """Given an address with name and password, then they go as servers take them, and nowhere else."""
        server.answers = [json_reply({"status": "a"})]
        url = server.url.replace("http://", "http://till:p%40ss@")
        await client.post(url, b"{}", Status, deadline=5)
        (sent,) = server.asked
        assert sent.headers["authorization"] == f"Basic {b64encode(b'till:p@ss').decode()}"
        assert "till" not in sent.line + sent.headers["host"]

    async def test_none_is_made_after_the_end(self, client: Client, server: RawServer) -> None:
        """Given a client that was closed, then nobody is asked any more, and the asker hears that nothing was sent."""
        await client.close()
        with pytest.raises(UnreachableError) as caught:
            await asked(client, server)
        assert (caught.value.sent, client._http, server.asked) == (False, None, [])

    async def test_request_under_way_at_the_end_is_not_made_again(self, client: Client, server: RawServer) -> None:
        """Given a kept connection and a request on it, when the client is closed, then it does not go out once more."""
        server.answers = [json_reply({"status": "a"}), silence]
        await asked(client, server)
        request = asyncio.create_task(asked(client, server))
        await until(lambda: len(server.asked) == 2)
        await client.close()
        with pytest.raises(NoAnswerError):
            await request
        assert len(server.asked) == 2

    async def test_cookies_are_not_kept(self, client: Client, server: RawServer) -> None:
        """Given a server that hands out cookies, then none comes back to it."""
        server.answers = [reply('{"status":"SOLD"}', 200, "Set-Cookie: a=b")]
        await asked(client, server)
        await asked(client, server)
        assert "cookie" not in server.asked[1].headers

    def test_httpx_waits_for_the_first_request(self) -> None:
        """Given the delivery and the marks, when they are loaded, then httpx is not."""
        code = "import sys, cashier.remote.delivery, cashier.remote.marks; sys.exit('httpx' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

    async def test_warm_up_is_for_a_thread(self, client: Client, server: RawServer) -> None:
        """Given a client warmed up in a thread while it is first used, then one set of connections serves both."""
        server.answers = [json_reply(GREETING)]
        await asyncio.gather(asyncio.to_thread(client.warm_up), asked(client, server))
        await asked(client, server)
        assert server.connections == 1


class TestBrokenConnections:
    async def test_kept_one_that_was_dropped_is_made_anew(self, client: Client, server: RawServer) -> None:
        """Given a server that let a kept connection go, then the same request goes out at once on another one."""
        server.answers = [json_reply(GREETING), drop, json_reply(GREETING)]
        await asked(client, server)
        assert (await asked(client, server)).status == "SOLD"
        assert [request.connection for request in server.asked] == [1, 1, 2]
        assert server.asked[1].body == server.asked[2].body
        assert server.asked[1].headers == server.asked[2].headers

    async def test_new_one_is_not(self, client: Client, server: RawServer) -> None:
        """Given a server that hangs up on a new connection, then it is asked once and that is the outcome."""
        server.answers = [drop]
        with pytest.raises(UnreachableError):
            await asked(client, server)
        assert len(server.asked) == 1

    async def test_both_may_break(self, client: Client, server: RawServer) -> None:
        """Given a server that hangs up on the kept and on the new connection, then nobody asks a third time."""
        server.answers = [json_reply(GREETING), drop]
        await asked(client, server)
        with pytest.raises(UnreachableError):
            await asked(client, server)
        assert len(server.asked) == 3

    async def test_nobody_listens(self, client: Client) -> None:
        """Given a port where nobody listens, then there is no connection, said without the password of the address."""
        with pytest.raises(UnreachableError) as caught:
            await client.post("http://user:secret@127.0.0.1:9/m", b"{}", Status, deadline=5)
        assert str(caught.value) == "127.0.0.1: no connection (ConnectError)"

    async def test_given_up_requests_leave_nothing_behind(self, client: Client, server: RawServer) -> None:
        """Given many requests given up in the middle, then the next one is served."""
        server.answers = [silence]
        given_up = (asyncio.wait_for(asked(client, server), DEADLINE) for _ in range(60))
        assert {type(end) for end in await asyncio.gather(*given_up, return_exceptions=True)} == {TimeoutError}
        server.answers = [json_reply(GREETING)]
        assert (await asked(client, server)).status == "SOLD"


LATE: dict[str, Answer] = {
    "says nothing": silence,
    "drips its body": forever(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b" ", 0.02),
    "drips its head": forever(b"HTTP/1.1 200 OK\r\n", b"A", 0.02),
    "is always about to answer": forever(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.001),
    "breaks off": raw(b'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"status"'),
}

USELESS: dict[str, Answer] = {
    "error": reply("no", 500),
    "refusal": reply("no", 403),
    "nothing": reply("", 204),
    "elsewhere": reply("", 302, "Location: http://127.0.0.1:9/"),
    "huge": forever(b"HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n", b" " * 65536),
    "without end": forever(CHUNKED, CHUNK),
    "packed": reply(BOMB, 200, "Content-Encoding: gzip"),
    "packed twice": reply(b"1", 200, "Content-Encoding: br, gzip"),
    "empty": reply(""),
    "page": reply("<html>"),
    "other form": reply('{"status": 1}'),
    "list": reply("[]"),
    "null": reply("null"),
    "deep": reply("[" * 200_000),
    "deep inside": reply('{"status":"SOLD","x":' + "[" * 200_000 + "]" * 200_000 + "}"),
    "wrong bytes": reply(b'{"status":"\xff\xfe"}'),
    "half a surrogate": reply('{"status":"\\ud800"}'),
    "two values": reply('{"status":"SOLD"}{}'),
}

GARBAGE: dict[str, Answer] = {
    "other protocol": raw(b"SSH-2.0-OpenSSH_9.2\r\n", close=True),
    "random": raw(bytes(range(256)) * 10, close=True),
    "endless head": forever(b"HTTP/1.1 200 OK\r\n", b"A: " + b"B" * 65536 + b"\r\n"),
    "bad length": raw(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", close=True),
    "two lengths": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", close=True),
    "bad chunks": raw(CHUNKED + b"zz\r\n", close=True),
    "half": raw(b'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"status"', close=True),
}


class TestBadAnswers:
    @pytest.mark.alone
    @pytest.mark.parametrize("kind", LATE)
    async def test_deadline_is_total(self, client: Client, server: RawServer, kind: str) -> None:
        """Given a server that never comes to an end, then the wait is over at the deadline."""
        client.warm_up()
        server.answers = [LATE[kind]]
        began = time.monotonic()
        with pytest.raises(LateError):
            await asked(client, server, DEADLINE)
        assert time.monotonic() - began < LATEST

    @pytest.mark.parametrize("kind", USELESS)
    async def test_useless_answer_is_refused(self, client: Client, server: RawServer, kind: str) -> None:
        """Given an answer of no use, then it is refused after one request, little memory, and the next one is read."""
        client.warm_up()
        server.answers = [USELESS[kind], json_reply(GREETING)]
        tracemalloc.start()
        with pytest.raises(BadAnswerError):
            await asked(client, server)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 20 * LARGEST
        assert len(server.asked) == 1
        assert (await asked(client, server)).status == "SOLD"

    @pytest.mark.parametrize("kind", GARBAGE)
    async def test_garbage_is_no_answer(self, client: Client, server: RawServer, kind: str) -> None:
        """Given what is not HTTP, then there is no answer and the next one is read."""
        server.answers = [GARBAGE[kind], json_reply(GREETING)]
        with pytest.raises(NoAnswerError):
            await asked(client, server)
        assert (await asked(client, server)).status == "SOLD"

    async def test_largest_answer_is_read(self, client: Client, server: RawServer) -> None:
        """Given an answer of just as many bytes as it may have, then it is read; one more, and it is refused."""
        body = b'{"status":"SOLD"}'.ljust(LARGEST)
        server.answers = [reply(body), reply(body + b" ")]
        assert (await asked(client, server)).status == "SOLD"
        with pytest.raises(BadAnswerError, match="too long"):
            await asked(client, server)
