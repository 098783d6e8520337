"""The handler of stock control in front of a server on loopback, with what the till would tell it."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Final, Literal

import msgspec

from cashier.core.quantity import Thousandths
from cashier.gates.stock_control import Answer, Request, Undo
from cashier.remote.http import Client, Method, Spoken
from cashier.remote.stock import StockControl, StockSystem
from cashier.store.outbox import Message

GUID: Final = "7e0b0c5e-5d2f-5a0e-9a53-0f4d0c6f9a11"
KEY: Final = "1b9ad1c8-96f6-5d0b-8a55-3f2f3d1b2c3d"
RESERVE_PATH: Final = "/api/1.0/reservationItem/{store}/{pos}/{reservation}"
STOCK_PATH: Final = "/api/1.0/stock/{store}"
DEADLINE: Final = 0.3


def spoken(method: Method, url: str, headers: Mapping[str, str], status: int, body: bytes) -> None:
    """Look at a request and its answer as they went over the wire: the place for whoever knows the contract."""
    assert url.startswith("http://127.0.0.1:")
    assert (method, status > 0, body is not None, headers is not None) == (method, True, True, True)


class Watched(Client):
    """A client that shows all it hears."""

    async def ask(
        self,
        method: Method,
        url: str,
        body: bytes = b"",
        *,
        headers: Mapping[str, str] | None = None,
        deadline: float = DEADLINE,
        once: bool = False,
    ) -> Spoken:
        """Ask, and show what was asked and answered."""
        answer = await super().ask(method, url, body, headers=headers, deadline=deadline, once=once)
        spoken(method, url, headers or {}, answer.status, answer.body)
        return answer


@dataclass
class Control:
    """The handler, and the answers of the till to what it wants to know."""

    client: Client
    url: str
    shared: bool = False
    deadline: float = 5.0
    reserve_path: str = RESERVE_PATH
    stock_path: str = STOCK_PATH
    begun: list[int] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        system = StockSystem(self.url, self.reserve_path, self.stock_path, "77", "3")
        self.handler = StockControl(
            self.client,
            system,
            self.deadline,
            lambda: self.heard.append("heard"),
            shares=self._shares,
            begin=self._begin,
        )

    async def _shares(self, _undo: Undo) -> bool:
        return self.shared

    async def _begin(self, message: Message) -> None:
        self.begun.append(message.seq)

    async def asked(
        self, operation: Literal["reserve", "cancel", "stock"], sku: str = "1", quantity: int = 1000, key: str = KEY
    ) -> Answer:
        """Ask what the gate asks."""
        request = Request(operation, sku, GUID, Thousandths(quantity), key)
        return msgspec.json.decode(await self.handler(msgspec.json.encode(request).decode()), type=Answer)

    async def carry(self, *, doubtful: bool = False, tries: int = 0, sku: str = "1", seq: int = 1) -> str:
        """Carry a cancel of the outbox."""
        return await self.handler.carry(message(doubtful=doubtful, tries=tries, sku=sku, seq=seq))


def message(*, doubtful: bool = False, tries: int = 0, sku: str = "1", seq: int = 1) -> Message:
    """Make a cancel that waits in the outbox."""
    body = msgspec.json.encode(Undo(GUID, sku, Thousandths(1000), KEY, doubtful)).decode()
    return Message(seq, f"m{seq}", "reserveCancelled", f"{GUID}/{sku}", "", body, seq, tries)


@contextmanager
def black_hole() -> Iterator[str]:
    """Give an address that answers no connection: its queue is full."""
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        address = listening.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for own in waiting:
            own.settimeout(0)
            own.connect_ex(address)
        try:
            yield f"http://127.0.0.1:{address[1]}"
        finally:
            for own in waiting:
                own.close()
