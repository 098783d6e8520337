"""A month of a till whose cash server is away, and the time after it: real files, real client, real server."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import msgspec

from cashier.core.facts import MessageQueued
from cashier.demo.faults import FaultName
from cashier.demo.marks import MILK
from cashier.folder import DataFolder
from cashier.gates.marked_goods._asking import DESTINATION, Told
from cashier.remote.delivery import Delivery
from cashier.remote.http import Client
from cashier.settings.model import Queue
from cashier.store.documents import Documents
from cashier.store.outbox import Outbox, waiting
from cashier.store.writer import Writer
from tests.faults.clock import ZONE
from tests.faults.mark_day import ki, pack
from tests.faults.mark_server import Market, Stage

DAYS = 30
BEGIN = datetime(2026, 11, 1, 8, tzinfo=ZONE)
COMMIT = 100
"""Messages in one commit at most."""
LIFE_OFFLINE = 4
"""Days between two starts of the till while it is offline."""
PATIENCE = 3600.0
GLANCE = 0.05

LIFE: tuple[tuple[str, str], ...] = (
    ("markSold", "sale"),
    ("markReturned", "return"),
    ("markSold", "sale"),
    ("markReleased", "return"),
    ("markReturned", "returnByReceipt"),
)
"""What happens to each mark in this order; in most others the server would reject some of it."""

KINDS: tuple[FaultName, ...] = ("lost", "500", "later", "garbage", "down")
_NAMES = UUID("5f0b8a44-2f2c-4d6e-9a7e-0c1f6f6f3a12")
Sabotage = Callable[[Delivery], None]


def sound(_delivery: Delivery) -> None:
    """Leave it as it is."""


def message(mark: int, step: int) -> MessageQueued:
    """Word what happens to a mark, as the gate does."""
    kind, document = LIFE[step]
    receipt = str(uuid5(_NAMES, f"{mark}/{step}"))
    told = Told(pack(mark), ki(mark), MILK[1:], receipt, document, str(uuid5(_NAMES, f"{receipt}/key")))
    return MessageQueued(
        str(uuid5(_NAMES, f"{receipt}/{kind}")), DESTINATION, kind, msgspec.json.encode(told).decode(), key=ki(mark)
    )


def written(messages: int, chance: random.Random) -> list[MessageQueued]:
    """Return all messages of a month; what happens to a mark happens in its order, between all the others."""
    marks = [mark for mark in range(messages // len(LIFE)) for _ in LIFE]
    chance.shuffle(marks)
    steps: Counter[int] = Counter()
    made = []
    for mark in marks:
        made.append(message(mark, steps[mark]))
        steps[mark] += 1
    return made


@dataclass
class Month:
    """The till, its month and its server."""

    folder: DataFolder
    market: Market
    messages: int
    harsh: float
    """How likely a request goes wrong once the server is back; the till is ended at a tenth of so many."""
    sabotage: Sabotage = sound
    batch: int = 100
    day: int = 0
    lives: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    """Requests that went wrong."""

    def __post_init__(self) -> None:
        """Write the month down before it happens."""
        self._chance = random.Random(4)  # noqa: S311 - the same month each time
        self.made = written(self.messages, self._chance)
        self._share = -(-len(self.made) // DAYS)

    def now(self) -> datetime:
        """Return the shop's time."""
        return BEGIN + timedelta(days=self.day)

    async def pass_offline(self) -> None:
        """Sell for a month while the server is away."""
        self.market.weather = {"queue": "down"}
        while self.day < DAYS:
            await self._live(self._days)

    async def _days(self) -> None:
        for _ in range(LIFE_OFFLINE):
            todays = self.made[self.day * self._share : (self.day + 1) * self._share]
            for first in range(0, len(todays), COMMIT):
                assert await self._writer.commit(self.now(), tuple(todays[first : first + COMMIT])) == ""
                self._delivery.wake()
            self.day += 1

    async def come_back(self) -> None:
        """Deliver all of it to a server that fails now and then, to its end."""
        loop = asyncio.get_running_loop()

        def passed(_number: int, stage: Stage) -> None:
            if stage == "asked":
                fault = self._chance.choice(KINDS) if self._chance.random() < self.harsh else ""
                self.market.weather = {"queue": fault}
                self.faults.update([fault] if fault else [])
            elif self._chance.random() < self.harsh / 10:
                loop.call_soon_threadsafe(self._gone.set)

        self.market.passed = passed
        async with asyncio.timeout(PATIENCE):
            while await asyncio.to_thread(self._waits):
                await self._live(self._drained)
            await asyncio.to_thread(self.market.mend)

    async def _drained(self) -> None:
        while await asyncio.to_thread(self._waits):  # noqa: ASYNC110 - the outbox tells of no end
            await asyncio.sleep(GLANCE)

    def _waits(self) -> bool:
        return waiting(self.folder.documents).count > 0

    async def _live(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Start the till, work until that is done or the till is ended, whatever it is about to do."""
        self.lives += 1
        self._gone = asyncio.Event()
        self._writer, client = Writer(Documents(self.folder.documents)), Client()
        queue = Queue(url=f"{self.market.root}/queue", retry_min=0.1, retry_max=0.2, batch=self.batch)
        self._delivery = Delivery(queue, "77-3", Outbox(self.folder.documents, self._writer), client, self.now)
        self.sabotage(self._delivery)
        working, delivering = asyncio.create_task(work()), asyncio.create_task(self._delivery.run())
        ended = asyncio.create_task(self._gone.wait())
        await asyncio.wait([working, ended], return_when=asyncio.FIRST_COMPLETED)
        for task in (delivering, ended, working):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await client.close()
        self._writer.close()
