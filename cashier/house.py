"""The house in work: the pump, the readers of scanners and the clocks, run together while the screen lives."""

import asyncio
import gc
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from cashier.core.effects import Print
from cashier.core.events import (
    ChargeFound,
    ClosingFound,
    DeviceChanged,
    IntentFound,
    LeaveFound,
    OrderFound,
    Printed,
    ScanBroken,
    Scanned,
    Ticked,
)
from cashier.outside import Hands
from cashier.pump import Pump
from devices import Broken, Happening, Scan, Scanner, Status, Wedge

log = logging.getLogger("cashier")


class Watch(Protocol):
    """Looks after what no event tells of: disk, dictionaries, queue."""

    async def run(self) -> None:
        """Look for ever, and put what has changed on the queue."""
        ...


GC_DELAY = 0.3
"""Seconds after a receipt until its garbage is collected: the cashier is counting change."""


@dataclass(slots=True)
class House:
    """Readers, clocks and hands around the pump."""

    pump: Pump
    hands: Hands
    scanners: tuple[Scanner, ...]
    clock: Callable[[], datetime]
    idle: float
    """Seconds without a key or scan until the till locks; 0 is never."""
    monitor: Watch | None = None
    network: Callable[[], Awaitable[None]] | None = None
    """Runs for ever beside the pump: what goes over the network by itself."""
    loop: asyncio.AbstractEventLoop = field(init=False)
    """The screen's loop, from `run` on."""

    async def run(self) -> None:
        """Settle what a crash left open, then work until cancelled."""
        self.loop = asyncio.get_running_loop()
        self.pump.outside = self.hands
        self.hands.unfinished = lambda: bool(self.pump.till.ledger.prints)
        self._settle()
        gc.enable()
        gc.collect()
        gc.freeze()
        gc.set_threshold(5_000, 20, 100)
        self.pump.watch(self._tidy)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.pump.run())
            tasks.create_task(self._minutes())
            tasks.create_task(self._lock_when_idle())
            if self.monitor:
                tasks.create_task(self._kept_up("monitor", self.monitor.run))
            if self.network:
                tasks.create_task(self._kept_up("network", self.network))
            for scanner in self.scanners:
                tasks.create_task(self._read(scanner))

    async def _kept_up(self, what: str, work: Callable[[], Awaitable[None]]) -> None:
        """Run what should run for ever; if it breaks, it takes nothing else down."""
        try:
            await work()
        except Exception:
            log.exception("%s", what)

    async def _read(self, scanner: Scanner) -> None:
        """Run one reader; one that breaks takes nothing else down."""
        try:
            await scanner.run(self.hear)
        except Exception:
            log.exception("scanner %s", scanner.name)
            self.pump.bus.put(DeviceChanged(scanner.name, "gone", "internal error"))

    def hear(self, happening: Happening) -> bool:
        """Take what a scanner tells; False when there is no room for a scan."""
        match happening:
            case Scan(device, number, data, at):
                return self.pump.bus.put(Scanned(device, number, data, at), at)
            case Broken(device, number, reason, _):
                return self.pump.bus.put(ScanBroken(device, number, reason))
            case Status(device, state, detail):
                return self.pump.bus.put(DeviceChanged(device, state, detail))

    def typed_by(self, wedge: Wedge) -> Callable[[bytes], bytes]:
        """Return a filter for the terminal's bytes that takes a scanner's typing out; called in the input thread."""

        def keys_of(data: bytes) -> bytes:
            now = time.monotonic()
            found, keys = wedge.feed(data, now) if data else wedge.expire(now)
            for happening in found:
                self.loop.call_soon_threadsafe(self._hear_typed, happening)
            return keys

        return keys_of

    def _hear_typed(self, happening: Scan | Broken) -> None:
        """Take a typed scan; a terminal cannot be told to stop, so without room the scan is said to be lost."""
        if not self.hear(happening):
            self.pump.bus.put(ScanBroken(happening.device, happening.number, "overflow"))

    def _settle(self) -> None:
        """Take up everything without an outcome. Whether a paper may be repeated is the press's to tell."""
        ledger, put = self.pump.till.ledger, self.pump.bus.put
        for intent in ledger.intents:
            put(IntentFound(intent))
        for position in ledger.leaving:
            put(LeaveFound(position))
        if ledger.ordering:
            put(OrderFound())
        if ledger.charge:
            put(ChargeFound())
        if ledger.closing:
            put(ClosingFound())
        for begun in ledger.prints:
            paper = ledger.paper(begun.receipt)
            if paper and not begun.copy:
                self.hands.repeat(Print(begun.token, paper.document, fiscal=paper.fiscal, before=paper.before))
            else:
                put(Printed(begun.token, "unknown", "no_answer"))

    def _tidy(self) -> None:
        if self.pump.till.farewell and self.pump.till.ledger.receipt is None:
            asyncio.get_running_loop().call_later(GC_DELAY, gc.collect)

    async def _minutes(self) -> None:
        """Tick at every full minute, for the clock on the screen."""
        while True:
            now = self.clock()
            await asyncio.sleep(60 - now.second - now.microsecond / 1e6 + 0.01)
            self.pump.bus.put(Ticked())

    async def _lock_when_idle(self) -> None:
        while self.idle:
            left = self.pump.touched + self.idle - time.monotonic()
            if left <= 0:
                self.pump.bus.put(Ticked(idle=True))
                left = self.idle
            await asyncio.sleep(left)
