"""Waits of whoever delivers: until woken, until the network is there, so long at most."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Waits:
    """Two things end a wait early: a new message, and an answer that shows that the network is there."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _heard_of: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        """Hear that a message was committed."""
        self._woken.set()

    def reachable(self) -> None:
        """Hear that the network is there."""
        self._heard_of.set()

    def begin(self) -> None:
        """Forget who has woken it: the outbox is about to be looked at."""
        self._woken.clear()

    async def rest(self, seconds: float) -> None:
        """Wait until woken."""
        await self._first(self._woken, seconds)

    async def back_off(self, seconds: float) -> None:
        """Wait, whoever wakes: what failed is not better for a new message."""
        self._heard_of.clear()
        await self._first(self._heard_of, seconds)

    async def _first(self, event: asyncio.Event, seconds: float) -> None:
        waits = {asyncio.ensure_future(event.wait()), asyncio.ensure_future(self.sleep(seconds))}
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
