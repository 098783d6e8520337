"""The stand-in cash server of a rehearsal: each request passes a door where it can be seen, spoilt and waited for."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Literal, Self

import msgspec
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cashier.demo.cash_server import CashServer
from cashier.demo.faults import Fault, FaultName
from cashier.demo.serving import Served
from tests.faults.journal import wait_for

Asked = Literal["status", "reserve", "queue"]
"""What a till asks for."""

Stage = Literal["asked", "done", "answered"]
"""How far a request has come: it is here; its work is done; its answer is on the way, or lost."""

RIVAL: Final = "00000000-0000-4000-8000-000000000001"
"""Receipt of a till that nobody sees."""


class _Body(msgspec.Struct):
    operation: Literal["status", "reserve"]
    ki: str


class Market:
    """A file-backed server in a thread of this program; it outlives any till."""

    def __init__(self, db: Path | None = None) -> None:
        self.server = CashServer(db)
        self.weather: Mapping[Asked, Fault | FaultName] = {}
        """What goes wrong, by what is asked for."""
        self.passed: Callable[[int, Stage], None] = lambda _number, _stage: None
        """Told how far each request has come, in the server's thread."""
        self.rivals: frozenset[str] = frozenset()
        """Marks that another till takes between the answer to a status and the reserve."""
        self.bodies: list[tuple[Asked, bytes]] = []
        self._under_way = 0
        self._served = Served(self._application)

    @property
    def root(self) -> str:
        """Address without a path."""
        return self._served.root

    def still(self) -> None:
        """Wait until nothing is under way: what a dead till asked is done as well."""
        wait_for(lambda: not self._under_way, lambda: time.sleep(0.001))

    def clear(self) -> None:
        """Begin anew."""
        self.mend()
        self.server.reset()
        self.bodies = []

    def mend(self) -> None:
        """Be well from now on; what is under way is dealt with as it was."""
        self.still()
        self.weather, self.rivals = {}, frozenset()
        self.passed = lambda _number, _stage: None

    async def meet(self, asked: Asked, ki: str) -> None:
        """Let a request wait for others before its work."""

    def __enter__(self) -> Self:
        self._served.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._served.stop()
        self.server.close()

    def _application(self) -> ASGIApp:
        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            await self._door(scope, receive, send)

        return application

    async def _door(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _whole(receive)
        asked, ki = _told(scope["path"], body)
        number, self._under_way = len(self.bodies), self._under_way + 1
        self.bodies.append((asked, body))
        self.passed(number, "asked")
        await self.meet(asked, ki)
        given = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def again() -> Message:
            return next(given, None) or await receive()

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._done(number, asked, ki)
            await send(message)

        self._spoil(asked)
        try:
            await self.server.app(scope, again, answer)
        finally:
            self._under_way -= 1
        self.passed(number, "answered")

    def _done(self, number: int, asked: Asked, ki: str) -> None:
        if asked == "status" and ki in self.rivals:
            self.server.put(ki, "RESERVED_SALE", RIVAL)
        self.passed(number, "done")

    def _spoil(self, asked: Asked) -> None:
        fault = self.weather.get(asked, "")
        path: Any = "queue" if asked == "queue" else "status"
        own = fault if isinstance(fault, Fault) else Fault(fault)
        self.server.faults.set(msgspec.structs.replace(own, path=path))


async def _whole(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _told(path: str, body: bytes) -> tuple[Asked, str]:
    if path == "/queue":
        return "queue", ""
    told = msgspec.json.decode(body, type=_Body)
    return told.operation, told.ki
