"""What a till costs while a server misbehaves: how long a decision took, how long the loop stood still, memory."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cashier.core import modes as m
from cashier.core.passage import Waiting
from tests.faults.headless import Headless

TICK = 0.002


@dataclass
class Cost:
    """The worst of a while; seconds, and bytes."""

    decision: float = 0.0
    gap: float = 0.0
    growth: int = 0

    def add(self, other: "Cost") -> None:
        """Keep the worse figure of each kind."""
        self.decision, self.gap = max(self.decision, other.decision), max(self.gap, other.gap)
        self.growth = max(self.growth, other.growth)


@asynccontextmanager
async def watched(till: Headless) -> AsyncIterator[Cost]:
    """Measure while the block runs."""
    cost, asked = Cost(), _Asked()
    unwatch = till.pump.watch(lambda: asked.look(till.pump.till.mode, cost))
    before = _forget_peak()
    ticking = asyncio.create_task(_tick(cost))
    try:
        yield cost
    finally:
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking
        unwatch()
        cost.growth = _peak() - before


@dataclass
class _Asked:
    token: str = ""
    since: float = 0.0

    def look(self, mode: m.Mode, cost: Cost) -> None:
        """See whether a gate waits, and for what; the time between is how long the cashier waited."""
        now = time.monotonic()
        token = mode.at.token if isinstance(mode, m.Passing) and isinstance(mode.at, Waiting) else ""
        if token != self.token:
            cost.decision = max(cost.decision, now - self.since) if self.token else cost.decision
            self.token, self.since = token, now


async def _tick(cost: Cost) -> None:
    while True:
        began = time.monotonic()
        await asyncio.sleep(TICK)
        cost.gap = max(cost.gap, time.monotonic() - began - TICK)


def _forget_peak() -> int:
    """Begin to measure the peak anew; return the bytes in memory now."""
    Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _peak() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
