"""Carries messages of one destination, one at a time: order kept per key, each until it is delivered."""

import logging
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from cashier.ports import NoAnswerError, NotYetError
from cashier.remote.blame import blame, reason
from cashier.remote.delivery import POLL
from cashier.remote.errors import LateError, UnreachableError
from cashier.remote.pace import Held, Pace
from cashier.remote.roles import Box
from cashier.remote.waits import Waits
from cashier.settings.model import Queue
from cashier.store.connect import StoreError
from cashier.store.outbox import Message, Outcome

log = logging.getLogger("cashier.queue")

Carry = Callable[[Message], Awaitable[str]]
"""Delivers a message: empty when done, else why it is parked; raises `NoAnswerError` for it to be tried again."""

AT_ONCE: Final = 1
"""Messages in hand."""

SOON: Final = 0.3
"""Seconds until a message is looked at again that is not ready to be sent."""


@dataclass(slots=True)
class Carrier:
    """Carries for ever; a fault of its own stops nothing else."""

    destination: str
    carry: Carry
    queue: Queue
    """How long to wait before repetitions."""
    outbox: Box
    clock: Callable[[], datetime]
    """Shop's time with its zone."""
    uptime: Callable[[], float] = time.monotonic
    waits: Waits = field(default_factory=Waits)
    chance: Callable[[], float] = random.random
    changed: Callable[[], None] = lambda: None
    """Told when something was delivered, or could not be."""
    silent_since: datetime | None = None
    """Since when nothing gets through; None while it does."""
    _held: Held = field(init=False)
    _failures: int = 0
    """Messages in a row that did not get through."""

    def __post_init__(self) -> None:
        """Begin without failures."""
        self._held = Held(Pace(self.queue.retry_min, self.queue.retry_max, self.chance))

    def wake(self) -> None:
        """Hear that a message was committed."""
        self.waits.wake()

    def reachable(self) -> None:
        """Hear that the network is there."""
        self.waits.reachable()

    async def run(self) -> None:
        """Carry until cancelled."""
        while True:
            try:
                await self._round()
            except StoreError as error:
                log.error("%s: not delivered: %s", self.destination, error)  # noqa: TRY400 - the text says all
                await self._back_off()
            except Exception:
                log.exception("%s: not delivered", self.destination)
                await self._back_off()

    async def _round(self) -> None:
        """Carry one message, or rest while there is none."""
        self.waits.begin()
        now = self.uptime()
        found = await self.outbox.first(self.destination, self._held.lanes(now), AT_ONCE)
        if not found:
            await self.waits.rest(min(POLL, self._held.next(now)))
            return
        (message,) = found
        try:
            refused = await self.carry(message)
        except NotYetError:
            self._held.put_off(message.lane, self.uptime() + SOON)
        except NoAnswerError as error:
            await self._failed(message, error)
        except Exception:
            log.exception("%s: message %d", self.destination, message.number)
            self._held.hold(message.lane, self.uptime())
        else:
            await self._done(message, refused)

    async def _done(self, message: Message, refused: str) -> None:
        if self.silent_since is not None:
            log.info("%s: messages get through again", self.destination)
        self.silent_since, self._failures = None, 0
        if refused:
            log.warning("%s: message %d was rejected: %s", self.destination, message.number, refused)
        self._held.free(message.lane)
        await self._settle(Outcome(message.seq, "parked" if refused else "delivered", refused))

    async def _failed(self, message: Message, error: NoAnswerError) -> None:
        """Wait before anything is sent again; a message that may be at fault itself lets the others pass."""
        if self.silent_since is None:
            self.silent_since = self.clock()
            log.warning("%s: not delivered: %s", self.destination, error)
        tried = not isinstance(error, UnreachableError | LateError) or error.sent
        await self._settle(Outcome(message.seq, "waiting", reason(error), tried))
        if blame(error) == "way":
            await self._back_off()
            return
        # It steps aside: the others may well be taken, and who wakes the carrier brings another one.
        pause = self._held.pace.wait(self._failures)
        self._failures += 1
        self._held.hold(message.lane, self.uptime() + pause)
        await self.waits.rest(pause)

    async def _settle(self, outcome: Outcome) -> None:
        await self.outbox.settle([outcome])
        self.changed()

    async def _back_off(self) -> None:
        self._failures += 1
        await self.waits.back_off(self._held.pace.wait(self._failures - 1))
