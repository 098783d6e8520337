"""A till at a far server that misbehaves in one place: one pack is sold meanwhile, and one after it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cashier.demo.faults import Fault, FaultName
from tests.faults.mark_day import DISMISS, PAY, scan
from tests.faults.mark_far import Far, Weather
from tests.faults.mark_person import Sabotage, at_work
from tests.faults.mark_server import Asked
from tests.faults.mark_till import Marked
from tests.faults.mark_watch import Cost, watched
from tests.faults.person import Person
from tests.faults.process import PATIENCE
from tests.faults.sale import SIGN_IN

Case = tuple[Asked, FaultName]
_SECONDS: Final[dict[FaultName, float]] = {"slow": 1.0, "drip": 0.1}
_SECONDS_OF_QUEUE: Final[dict[FaultName, float]] = {"slow": 0.5, "drip": 0.01}
_TWICE: Final = 4
"""Requests of one sale whose message is sent twice."""
_WITHDRAWN: Final = {("status", "unknown_key"), ("status", "later"), ("reserve", "unknown_key"), ("reserve", "later")}
"""Where the server does answer, with a word that nobody knows: no line (spec M12)."""


@dataclass
class Bench:
    """A till, its far server, and packs that nobody has scanned yet."""

    person: Person
    far: Far
    number: int = 0
    said: int = 0
    """Requests up to now."""

    async def measured(self, case: Case) -> tuple[Cost, list[str]]:
        """Sell one pack while something goes wrong in one place, then another one while nothing does."""
        asked, fault = case
        seconds = _SECONDS_OF_QUEUE if asked == "queue" else _SECONDS
        weather: Weather = {asked: Fault(fault, seconds=seconds.get(fault))}
        self.said = self.far.be(weather)
        assert self.person.till.post
        self.person.till.post.awaited = False
        async with watched(self.person.till) as cost:
            found = [*await self.sold(lost=case in _WITHDRAWN)]
            if asked == "queue":
                await self._tried(weather)
        self.far.be({})
        self.person.till.post.awaited = True
        return cost, [*found, *await self.sold(lost=False)]

    async def sold(self, *, lost: bool) -> list[str]:
        """Scan a pack, and pay if it stands in the receipt as it should."""
        self.number += 1
        await self.person.give((scan(self.number),))
        receipt = self.person.ledger.receipt
        stands = bool(receipt and receipt.live)
        await self.person.give(PAY if stands else DISMISS)
        return [f"a line stands: {stands}"] if stands is lost else []

    async def _tried(self, weather: Weather) -> None:
        """Wait until the queue was tried twice, or is empty: the first try was dealt with."""
        assert self.person.till.post
        empty = self.person.till.post.outbox.empty
        async with asyncio.timeout(PATIENCE):
            while self.far.be(weather) < self.said + _TWICE and not empty.is_set():  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.01)


@asynccontextmanager
async def bench(data: Path, far: Far, sabotage: Sabotage, limit: float) -> AsyncIterator[Bench]:
    """Sign in, and sell once, so that everything is loaded."""
    async with at_work(data, Marked(far.root, timeout=limit), sabotage) as person:
        await person.give(SIGN_IN)
        own = Bench(person, far)
        assert await own.sold(lost=False) == []
        yield own
