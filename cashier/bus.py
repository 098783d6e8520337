"""The one ordered queue: keys, scans, answers and news on their way to the machines.

Keys and scans keep their order for ever. While the till waits for an answer they wait too; the answer and the news
pass them. Which input may go now is asked for each turn, because each turn changes what stands on the screen.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from cashier.core.events import Answer, Event, Input, News, Pressed, Scanned

MOST_SCANS = 64
"""Scans that wait at the most; then the readers stop (domain/reliability.md, the scanner contract)."""


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
        self._woken = asyncio.Event()

    @property
    def waiting(self) -> int:
        """Number of scans that wait."""
        return sum(isinstance(arrived.event, Scanned) for arrived in self._inputs)

    def put(self, event: Event, at: float = 0.0) -> bool:
        """Take an event; False if it is a scan and there is no room for it."""
        if not isinstance(event, Pressed | Scanned):
            self._others.append(event)
        elif isinstance(event, Scanned) and self.waiting >= MOST_SCANS:
            return False
        else:
            self._inputs.append(Arrived(event, at))
        self._woken.set()
        return True

    def put_first(self, event: Pressed, at: float) -> None:
        """Take a key before whatever waits, once: the wish to give a wait up cannot wait for its end."""
        if not (self._inputs and self._inputs[0].urgent):
            self._inputs.appendleft(Arrived(event, at, urgent=True))
        self._woken.set()

    def take_back(self) -> bool:
        """Drop the key that came last, if nothing but a key came last."""
        last = self._inputs[-1] if self._inputs else None
        if last is None or last.urgent or not isinstance(last.event, Pressed):
            return False
        self._inputs.pop()
        return True

    def forget_urgent(self) -> None:
        """Drop a wish to give up a wait that is over: it must not close what came after."""
        if self._inputs and self._inputs[0].urgent:
            self._inputs.popleft()

    def wake(self) -> None:
        """Look again: what holds the inputs may have changed."""
        self._woken.set()

    async def take(self, held: Callable[[Arrived], bool]) -> Event:
        """Return the next event: answers and news first, then the first input that is not held."""
        while True:
            self._woken.clear()
            if self._others:
                return self._others.popleft()
            for index, arrived in enumerate(self._inputs):
                if not held(arrived):
                    del self._inputs[index]
                    return arrived.event
            await self._woken.wait()
