"""A СКО of the simulation and the network before it: requests come late, twice or never, and answers get lost."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final
from urllib.parse import parse_qs, urlsplit

import msgspec

from cashier.core.quantity import Thousandths, typed
from cashier.remote.errors import BadAnswerError, LateError, UnreachableError
from cashier.remote.http import Method, Spoken

HOST: Final = "stock"
LATEST: Final = 20.0
"""Seconds after which a request is there, or never will be: four times what the till waits."""
HANGS: Final = 0.05
"""Share of requests that hang before there is a connection."""


@dataclass(frozen=True)
class Wish:
    """A request as the server reads it."""

    method: Method
    guid: str
    sku: str
    quantity: int
    key: str
    """Of the reserve to be made or to be undone; empty: none was named."""


@dataclass
class Server:
    """Answers each key alike for ever; an undone one is a tombstone, also if its reserve comes later (spec S10)."""

    stock: dict[str, int]
    buries: bool = True
    """Keeps tombstones."""
    reserves: dict[str, Wish] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)

    def held(self) -> Counter[tuple[str, str]]:
        """Return what is held, by receipt and article."""
        sums: Counter[tuple[str, str]] = Counter()
        for own in self.reserves.values():
            sums[own.guid, own.sku] += own.quantity
        return sums

    def free(self, sku: str) -> int:
        """Return what may be reserved still."""
        return self.stock[sku] - sum(own.quantity for own in self.reserves.values() if own.sku == sku)

    def take(self, wish: Wish) -> int:
        """Do what is asked for; return the status."""
        return self._reserve(wish) if wish.method == "POST" else self._cancel(wish)

    def _reserve(self, wish: Wish) -> int:
        if wish.key in self.undone:
            return 409
        if wish.key not in self.answers:
            fits = wish.quantity <= self.free(wish.sku)
            self.answers[wish.key] = 200 if fits else 400
            if fits:
                self.reserves[wish.key] = wish
        return self.answers[wish.key]

    def _cancel(self, wish: Wish) -> int:
        if not wish.key:
            return self._of_quantity(wish)
        if self.buries:
            self.undone.add(wish.key)
        else:
            self.answers.pop(wish.key, None)
        return 200 if self.reserves.pop(wish.key, None) else 404

    def _of_quantity(self, wish: Wish) -> int:
        named = (wish.guid, wish.sku, wish.quantity)
        found = (key for key, own in self.reserves.items() if (own.guid, own.sku, own.quantity) == named)
        return 404 if (key := next(found, None)) is None else 200 * bool(self.reserves.pop(key))


@dataclass
class Deaf(Server):
    """Knows no keys: a cancel frees so much of what the receipt holds of the article, whatever it was meant for."""

    sums: Counter[tuple[str, str]] = field(default_factory=Counter)

    def held(self) -> Counter[tuple[str, str]]:
        """Return the same."""
        return self.sums

    def free(self, sku: str) -> int:
        """Return the same."""
        return self.stock[sku] - sum(held for (_, own), held in self.sums.items() if own == sku)

    def take(self, wish: Wish) -> int:
        """Do the same by quantity alone."""
        place = wish.guid, wish.sku
        if wish.quantity > (self.free(wish.sku) if wish.method == "POST" else self.sums[place]):
            return 400
        self.sums[place] += wish.quantity if wish.method == "POST" else -wish.quantity
        return 200


@dataclass
class Weather:
    """The network between; it outlives the tills that use it, and so does what is on its way."""

    server: Server
    chance: Random
    harsh: float = 0.5
    """Share of requests that something happens to."""
    twice: bool = True
    """A request may come once more, later."""
    late_cancels: bool = True
    """A cancel may come when the till does not wait for it any more."""
    faults: Counter[str] = field(default_factory=Counter)
    on_way: set["asyncio.Task[int]"] = field(default_factory=set)

    async def ask(
        self,
        method: Method,
        url: str,
        body: bytes = b"",
        *,
        headers: Mapping[str, str] | None = None,
        deadline: float,
        once: bool = False,
    ) -> Spoken:
        """Do what `Client.ask` does, as well as the network lets it."""
        assert body == b""
        assert once is (method == "DELETE")
        wish = _wish(method, url, headers or {})
        fault = self._fault(wish)
        self.faults[fault] += 1
        return await self._asked(wish, fault, deadline)

    def _fault(self, wish: Wish) -> str:
        if self.chance.random() >= self.harsh:
            return ""
        kinds = ["refused", "hangs", "lost", "answer lost", "broken", "failed", "failed late", "garbage", "shut"]
        kinds += ["packed", "slow"]
        if wish.method == "POST" or self.late_cancels:
            kinds += ["late", "late", "broken late"]
        if wish.method == "POST" and self.twice:
            kinds += ["twice"]
        return self.chance.choice(kinds)

    async def _asked(self, wish: Wish, fault: str, deadline: float) -> Spoken:
        near, far = self.chance.uniform(0.01, 0.3), self.chance.uniform(0.0, LATEST)
        match fault:
            case "refused":
                raise UnreachableError(HOST, "ConnectError", sent=False)
            case "hangs":
                await asyncio.sleep(deadline)
                raise LateError(HOST, deadline, sent=False)
            case "lost":
                await asyncio.sleep(deadline)
                raise LateError(HOST, deadline)
            case "failed" | "shut":
                await asyncio.sleep(near)
                return Spoken(HOST, 500 if fault == "failed" else 401, b"")
            case "late" | "broken late":
                self._send(wish, far)
                await asyncio.sleep(deadline if fault == "late" else near)
                raise LateError(HOST, deadline) if fault == "late" else UnreachableError(HOST, "ReadError")
            case "slow":
                near = self.chance.uniform(0.3, deadline * 0.99)
            case "twice":
                self._send(wish, far)
        return await self._answered(wish, fault, near, deadline)

    async def _answered(self, wish: Wish, fault: str, near: float, deadline: float) -> Spoken:
        """Let the server do it now, and something happen to its answer."""
        status = await asyncio.shield(self._send(wish, near))
        match fault:
            case "answer lost":
                await asyncio.sleep(deadline - near)
                raise LateError(HOST, deadline)
            case "broken":
                raise UnreachableError(HOST, "ReadError")
            case "packed":
                raise BadAnswerError(HOST, status, "packed")
            case "failed late":
                return Spoken(HOST, 500, b'{"error": "x"}')
            case "garbage" if status == 200 and wish.method == "POST":
                return Spoken(HOST, 200, b"<html>")
            case _:
                return Spoken(HOST, status, msgspec.json.encode({"success": status == 200, "message": str(status)}))

    def _send(self, wish: Wish, seconds: float) -> "asyncio.Task[int]":
        async def arrive() -> int:
            await asyncio.sleep(seconds)
            return self.server.take(wish)

        task = asyncio.create_task(arrive())
        self.on_way.add(task)
        task.add_done_callback(self.on_way.discard)
        return task


def _wish(method: Method, url: str, headers: Mapping[str, str]) -> Wish:
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    key = headers.get("Idempotency-Key" if method == "POST" else "Idempotency-Undo", "")
    quantity = typed(query["quantity"])
    assert quantity
    return Wish(method, parts.path.rsplit("/", 1)[-1], query["sku"], Thousandths(quantity), key)
