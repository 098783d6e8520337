"""A server on loopback that answers with any bytes a test wants, and remembers what it was asked."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import msgspec


@dataclass
class Asked:
    """One request as it came."""

    line: str
    headers: dict[str, str]
    body: bytes
    connection: int
    """Number of the connection, from 1."""


Answer = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]
"""Writes an answer; may close the connection."""


def reply(body: bytes | str, status: int = 200, *headers: str) -> Answer:
    """Answer properly."""
    content = body.encode() if isinstance(body, str) else body
    head = "\r\n".join((f"HTTP/1.1 {status} words", f"Content-Length: {len(content)}", *headers))
    return raw(f"{head}\r\n\r\n".encode() + content)


def json_reply(value: object) -> Answer:
    """Answer in JSON."""
    return reply(msgspec.json.encode(value))


def raw(content: bytes, *, close: bool = False) -> Answer:
    """Answer with bytes as they are."""

    async def write(_asked: Asked, out: asyncio.StreamWriter) -> None:
        out.write(content)
        await out.drain()
        if close:
            out.close()

    return write


def forever(first: bytes, again: bytes, pause: float = 0.0) -> Answer:
    """Answer without an end."""

    async def write(_asked: Asked, out: asyncio.StreamWriter) -> None:
        out.write(first)
        while not out.is_closing():
            out.write(again)
            await out.drain()
            await asyncio.sleep(pause)

    return write


async def drop(_asked: Asked, out: asyncio.StreamWriter) -> None:
    """Take the request and hang up."""
    out.close()


async def silence(_asked: Asked, _out: asyncio.StreamWriter) -> None:
    """Take the request and say nothing."""
    await asyncio.Event().wait()


@dataclass
class RawServer:
    """Gives its answers in turn, the last one for ever."""

    answers: list[Answer] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    port: int = 0
    connections: int = 0
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}/marks"

    async def _serve(self, incoming: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        self.connections += 1
        number = self.connections
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while not out.is_closing():
                await self._one(incoming, out, number)
        out.close()
        self._tasks.discard(task)

    async def _one(self, incoming: asyncio.StreamReader, out: asyncio.StreamWriter, number: int) -> None:
        head = (await incoming.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in head[1:] if line)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        body = await incoming.readexactly(int(headers.get("content-length", "0")))
        asked = Asked(head[0], headers, body, number)
        self.asked.append(asked)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        await answer(asked, out)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["RawServer"]:
        """Listen while the block runs."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for task in tuple(self._tasks):
                task.cancel()
            await asyncio.gather(*self._tasks)
            await server.wait_closed()
