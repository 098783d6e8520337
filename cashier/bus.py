"""The one ordered queue: keys, scans, answers and news on their way to the machines.

Keys and scans keep their order for ever. While the till waits for an answer they wait too; the answer and the news
pass them. Which input may go now is asked for each turn, because each turn changes what stands on the screen.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from cashier.core.events import Answer, Event, Input, News, Pressed, ScanBroken, Scanned

MOST_SCANS = 64
"""Scans that wait at the most; then the readers stop (domain/reliability.md, the scanner contract)."""

MOST_KEYS = 256
"""Keys that wait at the most: more is a hand lying on the keyboard."""

MOST_NEWS = 16
"""Answers and news that go in a row before an input that may go: a broken scanner must not starve the keyboard."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An input with the moment it came in, by `time.monotonic()`."""

    event: Input
    at: float
    urgent: bool = False
    """It gives up what the others wait for."""


class Bus:
    """The queue. Everything on the event loop; `put` never blocks."""

    def __init__(self) -> None:
        self._inputs: deque[Arrived] = deque()
        self._others: deque[Answer | News] = deque()
        self._scans = self._keys = self._in_a_row = 0
        self._woken = asyncio.Event()

    @property
    def waiting(self) -> int:
        """Number of scans that wait."""
        return self._scans

    def put(self, event: Event, at: float = 0.0) -> bool:
        """Take an event; False if it is a key, a scan or a broken scan and there is no room for it."""
        match event:
            case Scanned() if self._scans >= MOST_SCANS:
                return False
            case Pressed() if self._keys >= MOST_KEYS:
                return False
            case ScanBroken() if len(self._others) >= MOST_SCANS:
                return False
            case Pressed() | Scanned():
                self._inputs.append(Arrived(event, at))
                self._count(event, 1)
            case _:
                self._others.append(event)
        self._woken.set()
        return True

    def _count(self, event: Input, by: int) -> None:
        if isinstance(event, Scanned):
            self._scans += by
        else:
            self._keys += by

    def put_first(self, event: Pressed, at: float) -> None:
        """Take a key before whatever waits, once: the wish to give a wait up cannot wait for its end."""
        if not (self._inputs and self._inputs[0].urgent):
            self._inputs.appendleft(Arrived(event, at, urgent=True))
            self._count(event, 1)
        self._woken.set()

    def take_back(self) -> bool:
        """Drop the key that came last, if nothing but a key came last."""
        last = self._inputs[-1] if self._inputs else None
        if last is None or last.urgent or not isinstance(last.event, Pressed):
            return False
        self._count(self._inputs.pop().event, -1)
        return True

    def forget_urgent(self) -> None:
        """Drop a wish to give up a wait that is over: it must not close what came after."""
        if self._inputs and self._inputs[0].urgent:
            self._count(self._inputs.popleft().event, -1)

    def wake(self) -> None:
        """Look again: what holds the inputs may have changed."""
        self._woken.set()

    async def take(self, held: Callable[[Arrived], bool]) -> Event:
        """Return the next event: answers and news first, then the first input that is not held."""
        while True:
            self._woken.clear()
            if self._others and self._in_a_row < MOST_NEWS:
                self._in_a_row += 1
                return self._others.popleft()
            self._in_a_row = 0
            event = self._next_input(held)
            if event is not None:
                return event
            if not self._others:
                await self._woken.wait()

    def _next_input(self, held: Callable[[Arrived], bool]) -> Input | None:
        for index, arrived in enumerate(self._inputs):
            if not held(arrived):
                del self._inputs[index]
                self._count(arrived.event, -1)
                return arrived.event
        return None
