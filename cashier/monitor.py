"""The eye on the world around the till: disk, dictionaries, outbox, shift and slow work, told when they change."""

import asyncio
import contextlib
import logging
import shutil
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from cashier.bus import Bus
from cashier.core import conditions as c
from cashier.core.clock import local
from cashier.core.conditions import Condition, Measured
from cashier.core.events import ConditionsChanged
from cashier.core.ledger import Ledger
from cashier.core.state import Till
from cashier.folder import DataFolder
from cashier.settings import Settings
from cashier.store.outbox import waiting

log = logging.getLogger("cashier")

INTERVAL: Final = 30.0
"""Seconds between two looks."""

SLOW_SHOWN: Final = 300.0
"""Seconds for which slow work is spoken of."""

_DAY = timedelta(days=1)


@dataclass(slots=True)
class Monitor:
    """Looks, and never raises into the house: a measure that fails is itself something to be told."""

    bus: Bus
    till: Callable[[], Till]
    """The state of the till as it stands."""
    settings: Settings
    folder: DataFolder
    imported: Callable[[], datetime | None]
    """When the last import was finished; called on the loop, whose connection reads the dictionaries."""
    clock: Callable[[], datetime]
    """Shop's local time with its zone."""
    version: str
    """Of the program."""
    servers: Callable[[], tuple[Condition, ...]] = tuple
    """How the servers are that take what waits."""
    interval: float = INTERVAL
    uptime: Callable[[], float] = time.monotonic
    _slow: tuple[Condition, float] | None = None
    """The slow work spoken of, with its moment."""
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _seen: tuple[int, str, str] = (0, "", "")
    """Number of the shift, and what the ledger knows of the clock."""
    _told: tuple[int, str] = (0, "")
    """What the last look showed of that."""
    _failing: set[Measured] = field(default_factory=set)

    async def run(self) -> None:
        """Look for ever; what has not changed is not told again."""
        told: tuple[Condition, ...] = ()
        while True:
            found = await self._look()
            if found != told:
                self.bus.put(ConditionsChanged(found))
                told = found
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), self.interval)
            self._woken.clear()

    def look(self) -> None:
        """Hear that something to be measured has changed."""
        self._woken.set()

    def slow(self, what: str, seconds: float) -> None:
        """Hear that something took too long, and tell it."""
        self._slow = c.slow(what, seconds), self.uptime()
        self._woken.set()

    def stepped(self) -> None:
        """Hear of a step of the till: another shift, and what a document says of the clock, are told at once."""
        ledger = self.till().ledger
        seen = ledger.shift.number if ledger.shift else 0, ledger.dated, ledger.astray
        if seen != self._seen:
            self._seen = seen
            if self._told != self._shown(ledger):
                self._woken.set()

    def _shown(self, ledger: Ledger) -> tuple[int, str]:
        """Return what is shown of the ledger: the shift, and the last document where the clock is doubted."""
        return ledger.shift.number if ledger.shift else 0, ledger.doubted(local(self.clock()))

    async def _look(self) -> tuple[Condition, ...]:
        till = self.till()
        self._told = self._shown(till.ledger)
        return (
            await self._tried("shift", self._shift(till)),
            c.clock(self._told[1]),
            await self._tried("disk", self._disk()),
            await self._tried("dictionaries", self._dictionaries()),
            await self._tried("queue", self._queue()),
            *self.servers(),
            c.drawer(till.ledger.drawer, till.rules.drawer_warning),
            *self._slow_lately(),
            c.version(self.version),
        )

    async def _tried(self, topic: Measured, measure: Awaitable[Condition]) -> Condition:
        """Measure; of failures in a row the first one is logged."""
        try:
            condition = await measure
        except Exception:
            if topic not in self._failing:
                log.exception("measure of %s", topic)
            self._failing.add(topic)
            return c.unmeasured(topic)
        self._failing.discard(topic)
        return condition

    async def _shift(self, till: Till) -> Condition:
        opened = till.ledger.shift.opened if till.ledger.shift else ""
        return c.shift(opened, self.clock(), self.settings.shift.alarm)

    async def _disk(self) -> Condition:
        usage = await asyncio.to_thread(shutil.disk_usage, self.folder.path)
        limits = self.settings.status
        return c.disk(usage.free, usage.total, limits.disk_warning, limits.disk_alarm)

    async def _dictionaries(self) -> Condition:
        finished = self.imported()
        age = self.clock() - finished if finished else None
        return c.dictionaries(age, self.settings.status.dictionaries_days)

    async def _queue(self) -> Condition:
        alone = not self.settings.queue.url
        messages = await asyncio.to_thread(lambda: waiting(self.folder.documents, alone=alone))
        age = self.clock() - messages.oldest if messages.oldest else timedelta()
        return c.queue(messages.count, age // _DAY, messages.parked, self.settings.status.queue_warning)

    def _slow_lately(self) -> tuple[Condition, ...]:
        if self._slow is None or self.uptime() - self._slow[1] >= SLOW_SHOWN:
            return ()
        return (self._slow[0],)
