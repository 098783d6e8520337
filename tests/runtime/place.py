"""A data folder with a monitor over it, whose clock, disk and till a test turns."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cashier.bus import Bus
from cashier.core.conditions import Condition
from cashier.core.events import ConditionsChanged
from cashier.core.facts import MessageQueued
from cashier.core.say import Say
from cashier.core.state import Till
from cashier.folder import DataFolder
from cashier.monitor import Monitor
from cashier.settings import Settings
from cashier.store.connect import open_for_writing
from cashier.store.documents import Documents
from tests.waiting import PATIENCE, until

NOON = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)


class Place:
    """A till's folder with a monitor over it; everything a test turns is here."""

    def __init__(self, folder: Path) -> None:
        self.folder = DataFolder(folder)
        self.now, self.uptime = NOON, 1000.0
        self.imported: datetime | Exception | None = NOON - timedelta(hours=2)
        self.till = Till(NOON)
        self.bus = Bus()
        self.looks = 0
        self.free = 10**11
        with closing(Documents(self.folder.documents)):
            pass
        self.monitor = Monitor(
            bus=self.bus,
            till=lambda: self.till,
            settings=Settings(),
            folder=self.folder,
            imported=self._imported,
            clock=lambda: self.now,
            version="1.2.3",
            interval=0.0,
            uptime=lambda: self.uptime,
        )

    def _imported(self) -> datetime | None:
        self.looks += 1
        if isinstance(self.imported, Exception):
            raise self.imported
        return self.imported

    def queue(self, *identifiers: str, at: datetime = NOON) -> None:
        """Let messages wait."""
        with closing(Documents(self.folder.documents)) as documents:
            documents.commit(at.isoformat(), tuple(MessageQueued(i, "server", "note", "{}") for i in identifiers))

    def park(self, identifier: str) -> None:
        """Let a message be rejected."""
        with closing(open_for_writing(self.folder.documents)) as conn:
            conn.execute("UPDATE outbox SET state = 'parked' WHERE identifier = ?", (identifier,))

    async def told(self) -> dict[str, Condition]:
        """Wait for what the monitor tells next."""
        async with asyncio.timeout(PATIENCE):
            event = await self.bus.take(lambda _arrived: False)
        assert isinstance(event, ConditionsChanged)
        topics = {condition.topic: condition for condition in event.conditions}
        assert len(topics) == len(event.conditions)
        return topics

    async def looked(self, times: int) -> None:
        """Wait for so many more looks, the first of which may have begun already."""
        wanted = self.looks + times + 1
        await until(lambda: self.looks >= wanted)

    @contextlib.asynccontextmanager
    async def watched(self) -> AsyncIterator[dict[str, Condition]]:
        """Let the monitor look; yields what it tells first."""
        task = asyncio.create_task(self.monitor.run())
        try:
            yield await self.told()
            assert not task.done()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def text(self, topic: str) -> Say:
        """Tell what the first look says of a topic."""
        async with self.watched() as told:
            return told[topic].text
