"""The carrier of one destination: one message at a time, order per key, each until it is delivered."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from msgspec.structs import replace

from cashier.ports import NoAnswerError, NotYetError
from cashier.remote.carrier import Carrier
from cashier.remote.errors import BadAnswerError, LateError, UnreachableError
from cashier.remote.waits import Waits
from cashier.settings.model import Queue
from cashier.store.connect import StoreError
from cashier.store.documents import Documents
from cashier.store.outbox import Message, Outbox
from cashier.store.writer import Writer
from tests.remote.desk import NOON, Clock, note
from tests.store.files import Row, rows
from tests.waiting import until

NO_WAY, LATE = UnreachableError("stock", "ConnectError"), LateError("stock", 5)
HERE = "stock_control"


@dataclass
class Far:
    """Takes messages, unless a test says otherwise."""

    verdict: Callable[[Message], Exception | str] = lambda _message: ""
    tried: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    async def carry(self, message: Message) -> str:
        """Deliver one."""
        self.tried.append(message.identifier)
        said = self.verdict(message)
        if isinstance(said, Exception):
            raise said
        self.done += [] if said else [message.identifier]
        return said


@dataclass
class Round:
    """A carrier over an outbox on disk, in virtual time."""

    path: Path
    far: Far = field(default_factory=Far)
    clock: Clock = field(default_factory=Clock)
    changes: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.writer = Writer(Documents(self.path))
        self.carrier = Carrier(
            HERE,
            self.far.carry,
            Queue(),
            Outbox(self.path, self.writer),
            self.clock.time,
            self.clock.uptime,
            Waits(self.clock.sleep),
            chance=lambda: 0.0,
            changed=lambda: self.changes.append(len(self.far.tried)),
        )

    async def put(self, *names: str, key: str = "", destination: str = HERE) -> None:
        """Commit messages."""
        messages = tuple(replace(note(name, key), destination=destination) for name in names)
        assert await self.writer.commit(NOON, messages) == ""
        self.carrier.wake()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Carry while the block runs."""
        task = asyncio.create_task(self.carrier.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def table(self) -> dict[str, Row]:
        """Read the outbox by identifier."""
        return {str(row["identifier"]): row for row in rows(self.path, "outbox")}

    def states(self) -> dict[str, object]:
        """Read what became of each message."""
        return {name: row["state"] for name, row in self.table().items()}


@pytest.fixture
def carried(tmp_path: Path) -> Iterator[Round]:
    """A carrier without messages."""
    made = Round(tmp_path / "documents.db")
    yield made
    made.writer.close()


async def test_in_order_and_none_of_others(carried: Round) -> None:
    """Given messages of two destinations, then those of this one are delivered in order, each once."""
    await carried.put("a", "b")
    await carried.put("x", destination="cash_server")
    await carried.put("c")
    async with carried.running():
        await until(lambda: len(carried.far.done) == 3)
        await until(lambda: carried.states()["c"] == "delivered")
    assert carried.far.tried == ["a", "b", "c"]
    assert carried.states() == {"a": "delivered", "b": "delivered", "x": "waiting", "c": "delivered"}
    assert [row["number"] for row in carried.table().values()] == [1, 2, 1, 3]


async def test_new_message_wakes_it(carried: Round) -> None:
    """Given a carrier at rest, when a message is committed and it is woken, then it goes out at once."""
    carried.clock.limit = 1.0
    async with carried.running():
        await until(lambda: carried.clock.slept)
        await carried.put("a")
        await until(lambda: carried.far.done == ["a"])


async def test_order_of_a_key(carried: Round) -> None:
    """Given a message that fails, then those of its key wait behind it, and those of others do not."""
    left = [4]

    def verdict(message: Message) -> Exception | str:
        if message.identifier != "a1" or not left[0]:
            return ""
        left[0] -= 1
        return LATE

    carried.far.verdict = verdict
    await carried.put("a1", "a2", key="a")
    await carried.put("b1", key="b")
    async with carried.running():
        await until(lambda: len(carried.far.done) == 3)
    assert carried.far.done == ["b1", "a1", "a2"]
    assert carried.far.tried.count("a1") == 5


@pytest.mark.parametrize("fault", [NO_WAY, BadAnswerError("stock", 401), BadAnswerError("stock", 503)])
async def test_way_is_shut(carried: Round, fault: NoAnswerError) -> None:
    """Given that nothing gets through, then waits double up to the longest, nothing is parked, and all is delivered."""
    left = [12]

    def verdict(_message: Message) -> Exception | str:
        left[0] -= 1
        return fault if left[0] >= 0 else ""

    carried.far.verdict = verdict
    await carried.put("a", key="a")
    async with carried.running():
        await until(lambda: carried.carrier.silent_since)
        assert carried.carrier.silent_since == NOON
        await until(lambda: carried.far.done)
        await until(lambda: carried.carrier.silent_since is None)
        await until(lambda: carried.states()["a"] == "delivered")
    assert carried.clock.slept[:12] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    assert carried.table()["a"]["tries"] == 13
    assert carried.changes


async def test_network_is_there_again(carried: Round) -> None:
    """Given a wait after a failure, when somebody else gets an answer, then it is over."""
    carried.clock.limit = 0.5
    failing = [True]
    carried.far.verdict = lambda _message: NO_WAY if failing[0] else ""
    await carried.put("a", key="a")
    async with carried.running():
        await until(lambda: carried.carrier.silent_since)
        tried = len(carried.far.tried)
        carried.carrier.wake()
        await asyncio.sleep(0)
        assert len(carried.far.tried) == tried
        failing[0] = False
        carried.clock.now, carried.clock.limit = 10.0, 1e9
        carried.carrier.reachable()
        await until(lambda: carried.far.done == ["a"])


async def test_hanging_message_stops_no_other(carried: Round) -> None:
    """Given a message that is late each time, then those of other keys are delivered between its tries."""
    carried.far.verdict = lambda message: LATE if message.identifier == "slow" else ""
    await carried.put("slow", key="s")
    await carried.put(*(f"m{number}" for number in range(5)))
    async with carried.running():
        await until(lambda: len(carried.far.done) == 5)
    assert carried.states()["slow"] == "waiting"
    assert carried.table()["slow"]["reason"] == "сервер не ответил вовремя"


async def test_what_is_not_ready_steps_aside(carried: Round) -> None:
    """Given a message that cannot be sent yet, then the others go, and it goes as soon as it can, tried for nothing."""
    ready: list[str] = []

    def verdict(message: Message) -> Exception | str:
        if message.identifier == "late" and not ready:
            ready.extend(["now"] if len(carried.far.tried) > 4 else [])
            return NotYetError()
        return ""

    carried.far.verdict = verdict
    await carried.put("late", key="l")
    await carried.put("a", "b")
    async with carried.running():
        await until(lambda: len(carried.far.done) == 3)
        await until(lambda: carried.states()["late"] == "delivered")
    assert carried.far.done[:2] == ["a", "b"]
    assert (carried.table()["late"]["tries"], carried.carrier.silent_since) == (1, None)


async def test_mistake_of_ours_stops_no_other(carried: Round, caplog: pytest.LogCaptureFixture) -> None:
    """Given a message that a mistake of ours cannot send, then it is logged, and the others are delivered."""
    carried.far.verdict = lambda message: ValueError("a bug") if message.identifier == "bad" else ""
    await carried.put("bad", key="b")
    await carried.put("a", "c")
    async with carried.running():
        await until(lambda: carried.far.done == ["a", "c"])
    assert carried.states()["bad"] == "waiting"
    assert "message 1" in caplog.text


async def test_what_nobody_heard_of_was_not_tried(carried: Round) -> None:
    """Given no connection at first, then the message counts as tried once it was sent."""
    left = [3]

    def verdict(_message: Message) -> Exception | str:
        left[0] -= 1
        return UnreachableError("stock", "ConnectError", sent=False) if left[0] >= 0 else ""

    carried.far.verdict = verdict
    await carried.put("a")
    async with carried.running():
        await until(lambda: carried.states()["a"] == "delivered")
    assert carried.table()["a"]["tries"] == 1


async def test_rejected_is_parked(carried: Round, caplog: pytest.LogCaptureFixture) -> None:
    """Given a message that the receiver rejects, then it is parked with its reason and the next of its key goes on."""
    carried.far.verdict = lambda message: "нет такого" if message.identifier == "a1" else ""
    await carried.put("a1", "a2", key="a")
    async with carried.running():
        await until(lambda: carried.far.done == ["a2"])
    assert (carried.states()["a1"], carried.table()["a1"]["reason"]) == ("parked", "нет такого")
    assert any("message 1 was rejected: нет такого" in record.getMessage() for record in caplog.records)


@pytest.mark.parametrize("fault", [StoreError("документы", "disk", "full"), RuntimeError("a bug")])
async def test_fault_of_its_own(carried: Round, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    """Given a disk that fails, or a mistake, then it goes on after a wait."""
    left = [3]
    first = carried.carrier.outbox.first

    async def broken(*details: object) -> object:
        left[0] -= 1
        if left[0] >= 0:
            raise fault
        return await first(*details)  # type: ignore[arg-type]

    monkeypatch.setattr(carried.carrier.outbox, "first", broken)
    await carried.put("a")
    async with carried.running():
        await until(lambda: carried.far.done == ["a"])
    assert carried.clock.slept[:3] == [1, 2, 4]
