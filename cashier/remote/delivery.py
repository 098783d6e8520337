"""Delivery of the outbox to the cash server: one request at a time, order kept per mark, nothing lost, none blocked.

A message is sent until the server has said what became of it, always under the same identifier; the server counts it
once. What the server cannot take is found by halving what is sent together, so that it stops nothing else.
"""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from cashier.ports import NoAnswerError
from cashier.remote.blame import blame, reason
from cashier.remote.envelopes import Result, envelopes, outcomes
from cashier.remote.pace import Held, Pace
from cashier.remote.roles import Box, Poster
from cashier.remote.waits import Waits
from cashier.settings.model import Queue
from cashier.store.connect import StoreError
from cashier.store.outbox import Message, Outcome

log = logging.getLogger("cashier.queue")

DESTINATION: Final = "cash_server"

DEADLINE: Final = 60.0
"""Seconds for one request in total."""

POLL: Final = 30.0
"""Seconds between two looks when nobody wakes it: another program may have put a parked message back."""

KEPT: Final = timedelta(days=7)
"""How long delivered messages are kept."""

PURGE: Final = 3600.0
"""Seconds between two purges."""


@dataclass(slots=True)
class Delivery:
    """Delivers for ever; a fault of its own stops nothing else."""

    queue: Queue
    till: str
    """`shop-cash`."""
    outbox: Box
    client: Poster
    clock: Callable[[], datetime]
    """Shop's time with its zone."""
    uptime: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random
    changed: Callable[[], None] = lambda: None
    """Told when something was delivered, or could not be."""
    silent_since: datetime | None = None
    """Since when the server does not answer as it should; None while it does."""
    _held: Held = field(init=False)
    _together: int = field(init=False)
    """How many messages go into the next request."""
    _failures: int = 0
    """Requests in a row of which nothing got through."""
    _purged: float | None = None
    _waits: Waits = field(init=False)

    def __post_init__(self) -> None:
        """Begin with full requests."""
        self._held = Held(Pace(self.queue.retry_min, self.queue.retry_max, self.chance))
        self._together = self.queue.batch
        self._waits = Waits(self.sleep)

    def wake(self) -> None:
        """Hear that a message was committed."""
        self._waits.wake()

    def reachable(self) -> None:
        """Hear that the network is there: what waits after a failure is tried at once."""
        self._waits.reachable()

    async def run(self) -> None:
        """Deliver until cancelled; without an address messages wait."""
        while self.queue.url:
            try:
                await self._round()
            except StoreError as error:
                log.error("not delivered: %s", error)  # noqa: TRY400 - the text says all, a traceback nothing
                await self._back_off()
            except Exception:
                log.exception("not delivered")
                await self._back_off()

    async def _round(self) -> None:
        """Send once, or rest while there is nothing to send."""
        self._waits.begin()
        held = self._held.lanes(self.uptime())
        messages = await self.outbox.first(DESTINATION, held, self._together)
        if not messages:
            await self._purge()
            await self._waits.rest(min(POLL, self._held.next(self.uptime())))
            return
        try:
            body = envelopes(self.till, messages)
            results = await self.client.post(self.queue.url, body, list[Result], deadline=DEADLINE)
        except NoAnswerError as error:
            await self._failed(messages, error)
        else:
            await self._answered(messages, outcomes(messages, results))

    async def _answered(self, messages: Sequence[Message], told: Sequence[Outcome]) -> None:
        """Go on at once, unless the server wants nothing at all yet."""
        self._heard()
        await self._settle(messages, told)
        for message, outcome in zip(messages, told, strict=True):
            if outcome.state == "waiting":
                self._held.hold(message.lane, self.uptime())
        if any(outcome.state != "waiting" for outcome in told):
            self._failures, self._together = 0, min(self._together * 2, self.queue.batch)
        else:
            # Shorter than lanes are soon held: the next request is about other messages.
            await self._waits.rest(self._held.pace.wait(0))

    async def _failed(self, messages: Sequence[Message], error: NoAnswerError) -> None:
        """Send less together until one message is at fault alone."""
        whose = blame(error)
        if whose == "way":
            await self._kept(messages, error)
            await self._back_off()
        elif len(messages) > 1:
            self._together = len(messages) // 2
            if whose == "unclear":
                await self._kept(messages, error)
                await self._back_off()
        elif whose == "messages":
            self._heard()
            log.warning("message %d was parked: %s", messages[0].seq, error)
            await self._settle(messages, [Outcome(messages[0].seq, "parked", reason(error))])
            await self._back_off()
        else:
            # It steps aside: the others may well be taken, and who wakes the delivery brings another one.
            await self._kept(messages, error)
            pause = self._held.pace.wait(self._failures)
            self._failures += 1
            self._held.hold(messages[0].lane, self.uptime() + pause)
            await self._waits.rest(pause)

    async def _kept(self, messages: Sequence[Message], error: NoAnswerError) -> None:
        self._silent(error)
        await self._settle(messages, [Outcome(own.seq, "waiting", reason(error)) for own in messages])

    async def _settle(self, messages: Sequence[Message], told: Sequence[Outcome]) -> None:
        await self.outbox.settle(told)
        for message, outcome in zip(messages, told, strict=True):
            if outcome.state == "parked":
                log.warning("message %d, %s, was rejected: %s", message.seq, message.kind, outcome.reason)
            if outcome.state != "waiting":
                self._held.free(message.lane)
        self.changed()

    async def _back_off(self) -> None:
        self._failures += 1
        await self._waits.back_off(self._held.pace.wait(self._failures - 1))

    async def _purge(self) -> None:
        now = self.uptime()
        if self._purged is None or now - self._purged >= PURGE:
            await self.outbox.purge(self.clock() - KEPT)
            self._purged = now

    def _silent(self, error: NoAnswerError) -> None:
        if self.silent_since is None:
            self.silent_since = self.clock()
            log.warning("not delivered: %s", error)

    def _heard(self) -> None:
        if self.silent_since is not None:
            log.info("the server answers again")
        self.silent_since = None
