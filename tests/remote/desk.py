"""A cash server in memory behind the client's back, and an outbox on disk with a delivery in virtual time."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from cashier.core.facts import MessageQueued
from cashier.remote.delivery import DESTINATION, Delivery
from cashier.remote.errors import BadAnswerError, LateError, UnreachableError
from cashier.settings.model import Queue
from cashier.store.documents import Documents
from cashier.store.outbox import Outbox
from cashier.store.writer import Writer
from tests.store.files import Row, rows
from tests.waiting import until

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
URL = "http://cash/queue"
Form = TypeVar("Form")
Sent = dict[str, Any]

NO_WAY, LATE = UnreachableError("cash", "ConnectError"), LateError("cash", 60)


def http(status: int) -> BadAnswerError:
    """Word an answer of this status."""
    return BadAnswerError("cash", status)


@dataclass
class Desk:
    """Does what messages say, each identifier once, unless a test says otherwise."""

    verdict: Callable[[Sent], str | Sent] = lambda _sent: "accepted"
    """Result of a message that is new: a word, or a whole answer."""
    before: Callable[[list[Sent]], Exception | None] = lambda _batch: None
    """What goes wrong before anything is done."""
    after: Callable[[list[Sent]], Exception | None] = lambda _batch: None
    """What goes wrong with the answer."""
    batches: list[list[Sent]] = field(default_factory=list)
    effects: list[Sent] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    busy: bool = False

    async def post(self, url: str, body: bytes, form: type[Form], /, *, deadline: float) -> Form:
        """Take a batch."""
        assert (url, deadline) == (URL, 60.0)
        assert not self.busy, "two requests at a time"
        self.busy = True
        try:
            await asyncio.sleep(0)
            batch = msgspec.json.decode(body)
            self.batches.append(batch)
            _break(self.before(batch))
            answer = [self._answer(sent) for sent in batch]
            _break(self.after(batch))
            return msgspec.json.decode(msgspec.json.encode(answer), type=form)
        finally:
            self.busy = False

    def _answer(self, sent: Sent) -> Sent:
        if sent["id"] in self.known:
            return {"id": sent["id"], "result": "duplicate"}
        verdict = self.verdict(sent)
        if verdict == "accepted":
            self.known.add(sent["id"])
            self.effects.append(sent)
        return verdict if isinstance(verdict, dict) else {"id": sent["id"], "result": verdict}

    @property
    def done(self) -> list[str]:
        """Identifiers of what was done, in order."""
        return [sent["id"] for sent in self.effects]

    @property
    def sent(self) -> list[list[str]]:
        """Identifiers of what was sent, by request."""
        return [[sent["id"] for sent in batch] for batch in self.batches]


def _break(fault: Exception | None) -> None:
    if fault:
        raise fault


@dataclass
class Clock:
    """Virtual time: whoever sleeps moves it on."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)
    limit: float = 1e9
    """Moment after which nobody wakes any more."""

    def uptime(self) -> float:
        """Return the seconds since the start."""
        return self.now

    def time(self) -> datetime:
        """Return the shop's time."""
        return NOON + timedelta(seconds=self.now)

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        await asyncio.sleep(0)
        self.slept.append(seconds)
        if self.now + seconds > self.limit:
            await asyncio.Event().wait()
        self.now += seconds


def note(identifier: str, key: str = "", body: str = '{"mark":"m\\u001d1"}') -> MessageQueued:
    """Make a message for the cash server."""
    return MessageQueued(identifier, DESTINATION, "markSold", body, key=key)


@dataclass
class Post:
    """The post of a till: its outbox on disk and the desk it is for."""

    path: Path
    desk: Desk = field(default_factory=Desk)
    clock: Clock = field(default_factory=Clock)
    queue: Queue = field(default_factory=lambda: Queue(url=URL, batch=4))

    _looked: tuple[int, int] = (-1, 0)
    _seen: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.writer = Writer(Documents(self.path))
        self.delivery = self._delivery()

    def _delivery(self) -> Delivery:
        outbox = Outbox(self.path, self.writer)
        clock = self.clock
        return Delivery(
            self.queue, "77-3", outbox, self.desk, clock.time, clock.uptime, clock.sleep, chance=lambda: 0.0
        )

    def restart(self) -> None:
        """End the till and start it again."""
        self.writer.close()
        self.__post_init__()

    async def put(self, *messages: MessageQueued) -> None:
        """Commit messages."""
        assert await self.writer.commit(self.clock.time(), messages) == ""
        self.delivery.wake()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Deliver while the block runs."""
        task = asyncio.create_task(self.delivery.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def deliver(self, holds: Callable[[], object]) -> None:
        """Deliver until a condition holds."""
        async with self.running():
            await until(holds)

    def table(self) -> dict[str, Row]:
        """Read the outbox by identifier."""
        return {str(row["identifier"]): row for row in rows(self.path, "outbox")}

    def states(self) -> dict[str, object]:
        """Read what became of each message."""
        return {identifier: row["state"] for identifier, row in self.table().items()}

    def all_in(self, *states: str) -> bool:
        """Tell whether all messages are in one of these states; looks only when something has happened."""
        happened = len(self.desk.batches), len(self.clock.slept)
        if happened != self._looked:
            self._looked, self._seen = happened, self.states()
        return set(self._seen.values()) <= set(states)


NAMES = [f"m{number}" for number in range(10)]


async def of_names(post: Post) -> None:
    """Commit ten messages, each with a key of its own."""
    for name in NAMES:
        await post.put(note(name, f"ki {name}"))
