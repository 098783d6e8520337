"""The delivery over a real connection to a server that misbehaves: what the fake desk cannot show."""

import msgspec

from cashier.remote.http import Client
from cashier.settings.model import Queue
from tests.remote.desk import Post, note
from tests.remote.raw_server import Asked, RawServer, drop, json_reply, raw, reply
from tests.waiting import until


def ids(asked: Asked) -> list[str]:
    """Return the identifiers of a request's messages."""
    return [sent["id"] for sent in msgspec.json.decode(asked.body)]


async def test_delivered_through_every_fault(post: Post, client: Client, server: RawServer) -> None:
    """Given a server that hangs up, speaks nonsense, packs, redirects and breaks, then at last all is delivered."""
    done = json_reply([{"id": name, "result": "accepted"} for name in "abc"])
    packed = reply("", 200, "Content-Encoding: gzip")
    bad = [drop, raw(b"nonsense", close=True), packed, reply("", 302), reply("no", 500), reply("[" * 100_000)]
    server.answers = [*bad, done]
    post.queue = Queue(url=server.url, batch=3)
    post.restart()
    post.delivery.client = client
    await post.put(note("a", "ka"), note("b", "kb"), note("c", "kc"))
    await post.deliver(lambda: post.all_in("delivered"))
    assert {name for asked in server.asked for name in ids(asked)} == set("abc")
    assert server.asked[0].line == "POST /marks HTTP/1.1"


async def test_nobody_there_at_first(post: Post, client: Client) -> None:
    """Given a till that starts before its server, then messages wait, and go out when it is there."""
    server = RawServer([json_reply([{"id": "a", "result": "accepted"}])])
    async with server.running():
        address = server.url
    post.queue = Queue(url=address)
    post.restart()
    post.delivery.client = client
    await post.put(note("a"))
    async with post.running():
        await until(lambda: post.delivery.silent_since)
        async with server.running():
            post.delivery.queue = Queue(url=server.url)
            await until(lambda: post.all_in("delivered"))
