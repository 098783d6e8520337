"""Thirty virtual days of a till: sales at any time, a server that fails in every way, ends and starts in the middle."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from cashier.core import facts as f
from cashier.core.money import Kopecks
from cashier.core.shifts import CashMove
from cashier.remote.delivery import DESTINATION, Delivery
from cashier.settings.model import Queue
from cashier.store.documents import Documents
from cashier.store.outbox import Lane, Message, Outbox, Outcome, waiting
from cashier.store.writer import Writer
from tests.core.goods import IVANOVA
from tests.remote.desk import LATE, NO_WAY, NOON, URL, Desk, Sent, http

DAY = 24 * 3600.0
DAYS = 30
MARKS = 20_000
COMMIT = 100
"""Messages in one commit."""
LIVES = 30
Form = TypeVar("Form")


@dataclass
class Trouble:
    """What the server does, by chance and by the calendar."""

    chance: random.Random
    world: "Month"
    put_off: dict[int, int] = field(default_factory=dict)

    def before(self, _batch: list[Sent]) -> Exception | None:
        """Be away on some days; else fail now and then."""
        if int(self.world.now / DAY) in {4, 17}:
            return NO_WAY
        fate = self.chance.random()
        return NO_WAY if fate < 0.02 else http(503) if fate < 0.03 else http(500) if fate < 0.04 else None

    def after(self, _batch: list[Sent]) -> Exception | None:
        """Lose an answer now and then."""
        fate = self.chance.random()
        return LATE if fate < 0.02 else NO_WAY if fate < 0.04 else http(200) if fate < 0.05 else None

    def verdict(self, sent: Sent) -> str | Sent:
        """Put one message in five hundred off, a few times."""
        if sent["seq"] % 500 == 7 and self.put_off.setdefault(sent["seq"], 3) > 0:
            self.put_off[sent["seq"]] -= 1
            return "later"
        return "accepted"


class Forgetful:
    """Sabotage: an outbox that takes a message for delivered as soon as it is read."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox

    async def first(self, destination: str, held: Collection[Lane], limit: int, /) -> tuple[Message, ...]:
        """Go on after what was read."""
        found = await self.outbox.first(destination, held, limit)
        await self.outbox.settle([Outcome(own.seq, "delivered") for own in found])
        return found

    async def settle(self, outcomes: object, /) -> None:
        """Know it already."""

    async def purge(self, before: object, /) -> None:
        """Keep all."""


class Renaming(Desk):
    """Sabotage: each try of a message has an identifier of its own."""

    tries = 0

    async def post(self, url: str, body: bytes, form: type[Form], /, *, deadline: float) -> Form:
        """Rename what comes."""
        batch = msgspec.json.decode(body)
        names = {}
        for sent in batch:
            self.tries += 1
            names[f"{sent['id']}/{self.tries}"] = sent["id"]
            sent["id"] = f"{sent['id']}/{self.tries}"
        answer = await super().post(url, msgspec.json.encode(batch), list[Sent], deadline=deadline)
        for own in answer:
            own["id"] = names[own["id"]]
        return msgspec.json.decode(msgspec.json.encode(answer), type=form)


class Month:
    """The till and its server."""

    def __init__(self, path: Path, messages: int, desk: Desk, *, forgetful: bool = False) -> None:
        self.path, self.desk, self.forgetful = path, desk, forgetful
        self.chance = random.Random(4)  # noqa: S311 - the same month each time
        trouble = Trouble(self.chance, self)
        desk.before, desk.after, desk.verdict = trouble.before, trouble.after, trouble.verdict
        self.now = 0.0
        self.messages = messages
        self.made = 0
        moments = (self.chance.random() * DAYS * DAY for _ in range(messages // COMMIT))
        self.commits = sorted(moments, reverse=True)
        self.ends = sorted((self.chance.random() * DAYS * DAY for _ in range(LIVES)), reverse=True)
        self.wanted: dict[str, list[str]] = defaultdict(list)
        self.dead = asyncio.Event()
        self.selling: asyncio.Future[None] | None = None

    async def live(self) -> None:
        """Let the month pass, and the days after it until all is delivered."""
        writer = Writer(Documents(self.path))
        assert await writer.commit(NOON, (f.ShiftOpened(1, "2026-11-21T08:00:00", IVANOVA),)) == ""
        writer.close()
        while self.ends or not self._all_known():
            await self._life()
            if self.now > (DAYS + 3) * DAY:
                return

    async def _life(self) -> None:
        self.dead.clear()
        documents = Documents(self.path)
        documents._conn.execute("PRAGMA synchronous = OFF")  # no power is cut here, and there are thousands of commits
        self.writer = Writer(documents)
        own = Outbox(self.path, self.writer)
        queue, outbox = Queue(url=URL), Forgetful(own) if self.forgetful else own
        self.delivery = Delivery(
            queue, "77-3", outbox, self.desk, self._time, self._uptime, self._sleep, self.chance.random
        )
        task = asyncio.create_task(self.delivery.run())
        await self.dead.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        if self.selling:
            await self.selling  # a life that ends in the middle of a commit ends after it
        self.desk.busy = False
        move = f.CashMoved(CashMove(f"m{self.now}", 1, 1, "in", Kopecks(100), "2026-11-21T12:00:00", IVANOVA))
        assert await self.writer.commit(NOON, (move,)) == ""
        self.writer.close()

    def _all_known(self) -> bool:
        """Tell whether all is done and the till knows it."""
        done = not self.commits and len(self.desk.effects) >= self.messages
        return done and waiting(self.path).count == 0

    def _uptime(self) -> float:
        return self.now

    def _time(self) -> Any:
        return NOON + timedelta(seconds=self.now)

    async def _sleep(self, seconds: float) -> None:
        """Let time pass, with all that happens in it."""
        end = self.now + seconds
        while self.commits and self.commits[-1] <= end:
            self.now = self.commits.pop()
            self.selling = asyncio.ensure_future(self._sell())
            await asyncio.shield(self.selling)
            for _ in range(5):
                await asyncio.sleep(0)
        self.now = end
        if self._all_known() or (self.ends and self.ends[-1] <= self.now):
            if self.ends:
                self.ends.pop()
            self.dead.set()
            await asyncio.Event().wait()
        if self.now > (DAYS + 3) * DAY:
            self.dead.set()
        await asyncio.sleep(0)

    async def _sell(self) -> None:
        facts = tuple(self._message() for _ in range(COMMIT))
        assert await self.writer.commit(self._time(), facts) == ""
        self.delivery.wake()

    def _message(self) -> f.MessageQueued:
        self.made += 1
        key = f"ki{self.chance.randrange(MARKS)}"
        identifier = f"id{self.made}"
        self.wanted[key].append(identifier)
        return f.MessageQueued(identifier, DESTINATION, "markSold", f'{{"ki":"{key}"}}', key=key)

    def reached(self) -> dict[str, list[str]]:
        """Return what was done to each mark, in order."""
        found: dict[str, list[str]] = defaultdict(list)
        for sent in self.desk.effects:
            found[sent["body"]["ki"]].append(sent["id"].partition("/")[0])
        return found
