"""A scanner without hardware, for the demo and for tests."""

import asyncio
from collections import deque
from dataclasses import dataclass

from devices._intake import Intake
from devices.framing import Framing
from devices.happening import Sink

REMEMBERED = 1000
"""Signals kept, of a demo that may run for days."""


@dataclass(frozen=True, slots=True)
class SimulatedConfig:
    """A scanner that exists in name only."""

    name: str


class SimulatedScanner:
    """Scans what it is told to."""

    def __init__(self, config: SimulatedConfig) -> None:
        self._config = config
        self._intake = Intake(config.name, Framing())
        self._scanned = asyncio.Event()
        self._signals: deque[bool] = deque(maxlen=REMEMBERED)

    @property
    def name(self) -> str:
        """The scanner's name in the settings."""
        return self._config.name

    @property
    def signals(self) -> list[bool]:
        """What was signalled back, oldest first, the last `REMEMBERED` of it."""
        return list(self._signals)

    def scan(self, data: bytes) -> None:
        """Scan one code, given without prefix and suffix; handed over at once if there is room, else by `run`."""
        self._intake.deliver(data)
        self._scanned.set()

    async def run(self, sink: Sink) -> None:
        """Hand over until cancelled; see `Scanner`."""
        self._intake.connect(sink)
        self._intake.tell("ready", "")
        try:
            while True:
                await self._intake.drained()
                self._scanned.clear()
                await self._scanned.wait()
        finally:
            self._intake.tell("stopped", "")
            self._intake.connect(None)

    def signal(self, accepted: bool, /) -> None:  # noqa: FBT001 - see Scanner
        """Remember what was signalled."""
        self._signals.append(accepted)
