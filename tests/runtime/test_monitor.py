"""The monitor: real disk and database, a clock of the test; what it tells comes over the bus."""

import asyncio
import contextlib
import logging
import shutil
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from cashier.bus import Bus
from cashier.core.conditions import Condition, Level, queue_server
from cashier.core.events import ConditionsChanged
from cashier.core.facts import MessageQueued, ShiftOpened
from cashier.core.ledger import Ledger, fold
from cashier.core.money import Kopecks
from cashier.core.say import Moment, Say, say
from cashier.core.state import Rules, Till
from cashier.folder import DataFolder
from cashier.monitor import Monitor
from cashier.settings import Settings
from cashier.store.connect import StoreError, open_for_writing
from cashier.store.documents import Documents
from cashier.store.outbox import Waiting, waiting
from tests.core.goods import IVANOVA
from tests.waiting import PATIENCE, until

NOON = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)


class Place:
    """A till's folder with a monitor over it; everything a test turns is here."""

    def __init__(self, folder: Path) -> None:
        self.folder = DataFolder(folder)
        self.now, self.uptime = NOON, 1000.0
        self.imported: datetime | Exception | None = NOON - timedelta(hours=2)
        self.till = Till(NOON)
        self.bus = Bus()
        self.looks = 0
        self.free = 10**11
        with closing(Documents(self.folder.documents)):
            pass
        self.monitor = Monitor(
            bus=self.bus,
            till=lambda: self.till,
            settings=Settings(),
            folder=self.folder,
            imported=self._imported,
            clock=lambda: self.now,
            version="1.2.3",
            interval=0.0,
            uptime=lambda: self.uptime,
        )

    def _imported(self) -> datetime | None:
        self.looks += 1
        if isinstance(self.imported, Exception):
            raise self.imported
        return self.imported

    def queue(self, *identifiers: str, at: datetime = NOON) -> None:
        """Let messages wait."""
        with closing(Documents(self.folder.documents)) as documents:
            documents.commit(at.isoformat(), tuple(MessageQueued(i, "server", "note", "{}") for i in identifiers))

    def park(self, identifier: str) -> None:
        """Let a message be rejected."""
        with closing(open_for_writing(self.folder.documents)) as conn:
            conn.execute("UPDATE outbox SET state = 'parked' WHERE identifier = ?", (identifier,))

    async def told(self) -> dict[str, Condition]:
        """Wait for what the monitor tells next."""
        async with asyncio.timeout(PATIENCE):
            event = await self.bus.take(lambda _arrived: False)
        assert isinstance(event, ConditionsChanged)
        topics = {condition.topic: condition for condition in event.conditions}
        assert len(topics) == len(event.conditions)
        return topics

    async def looked(self, times: int) -> None:
        """Wait for so many more looks, the first of which may have begun already."""
        wanted = self.looks + times + 1
        await until(lambda: self.looks >= wanted)

    @contextlib.asynccontextmanager
    async def watched(self) -> AsyncIterator[dict[str, Condition]]:
        """Let the monitor look; yields what it tells first."""
        task = asyncio.create_task(self.monitor.run())
        try:
            yield await self.told()
            assert not task.done()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def text(self, topic: str) -> Say:
        """Tell what the first look says of a topic."""
        async with self.watched() as told:
            return told[topic].text


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A till in order, on a disk with as much room as it says."""
    made, measured = Place(tmp_path), shutil.disk_usage
    monkeypatch.setattr(shutil, "disk_usage", lambda path: measured(path)._replace(free=made.free))
    return made


class TestLooking:
    async def test_first_look_tells_everything(self, place: Place) -> None:
        """Given a till in order, when the monitor starts, then each thing is told at once, and all is well."""
        async with place.watched() as told:
            assert list(told) == ["shift", "clock", "disk", "dictionaries", "queue", "drawer", "version"]
            assert {condition.level for condition in told.values()} == {Level.OK}
            assert told["version"].text == say("status_version", number="1.2.3")

    async def test_what_has_not_changed_is_not_told(self, place: Place) -> None:
        """Given a till in order, when it is looked at again, then nothing is said until something changes."""
        async with place.watched():
            await place.looked(3)
            place.queue("a")
            assert (await place.told())["queue"].text == say("status_queue", count=1)

    async def test_interval_is_waited(self, place: Place) -> None:
        """Given half a minute between looks, then there is one look for the time being."""
        place.monitor.interval = 30.0
        async with place.watched():
            for _ in range(200):
                await asyncio.sleep(0)
            assert place.looks == 1

    async def test_word_of_a_change_ends_the_wait(self, place: Place) -> None:
        """Given half a minute between looks, when something to be measured has changed, then it is told at once."""
        place.monitor.interval = 30.0
        async with place.watched():
            place.queue("a")
            place.monitor.look()
            assert (await place.told())["queue"].text == say("status_queue", count=1)

    async def test_servers_are_told_with_the_rest(self, place: Place) -> None:
        """Given a server of the queue, then how it is stands beside what is measured."""
        silent = queue_server(answers=False)
        place.monitor.servers = lambda: (silent,)
        async with place.watched() as told:
            assert told["queue_server"] == silent


class TestMeasures:
    async def test_room_of_the_data_folder(self, place: Place) -> None:
        """Given 49 MB where the data lie, then it is red by the settings' limits."""
        place.free = 49_000_000
        assert await place.text("disk") == say("status_disk_full", free=49)

    async def test_age_of_the_dictionaries(self, place: Place) -> None:
        """Given an import of four days ago, and one that never was, then the age is told by the clock."""
        place.imported = NOON - timedelta(days=4)
        assert await place.text("dictionaries") == say("status_dictionaries_old", days=4)
        place.imported = None
        assert await place.text("dictionaries") == say("status_dictionaries_none")

    async def test_queue_that_stands(self, place: Place) -> None:
        """Given a message of two days ago that still waits, then the queue stands; a rejected one is told first."""
        place.queue("a", at=NOON - timedelta(days=2))
        assert await place.text("queue") == say("status_queue_stands", days=2)
        place.park("a")
        assert await place.text("queue") == say("status_queue_parked", count=1)

    async def test_shift_and_drawer(self, place: Place) -> None:
        """Given a shift of yesterday and much cash, then both are told as the ledger and the rules have them."""
        ledger = fold(Ledger(), (ShiftOpened(1, "2026-11-20T22:00:00", IVANOVA),))
        rules = Rules(drawer_warning=Kopecks(100_00))
        place.till = replace(place.till, rules=rules, ledger=replace(ledger, drawer=Kopecks(100_00)))
        async with place.watched() as told:
            assert told["shift"].text == say("status_shift_yesterday")
            assert told["drawer"].text == say("status_drawer_full")

    async def test_slow_work_is_told_for_five_minutes(self, place: Place) -> None:
        """Given a turn that took too long, then it is told, and five minutes later no more."""
        async with place.watched() as told:
            assert "slow" not in told
            place.monitor.slow("Scanned", 0.4)
            place.uptime += 299
            assert dict((await place.told())["slow"].text.places)["what"] == "Scanned"
            place.uptime += 1
            assert "slow" not in await place.told()

    async def test_clock(self, place: Place) -> None:
        """Given a document of the day before yesterday, then the clock is doubted, and not until it is a day old."""
        place.till = Till(NOON, ledger=Ledger(dated="2026-11-20T11:59:59"))
        assert await place.text("clock") == say("status_clock_doubted", last=Moment("2026-11-20T11:59:59"))
        place.till = Till(NOON, ledger=Ledger(dated="2026-11-20T12:00:00"))
        assert await place.text("clock") == say("status_clock")


class TestTrouble:
    async def test_measure_that_fails_is_told(self, place: Place, caplog: pytest.LogCaptureFixture) -> None:
        """Given dictionaries that cannot be read, then that is yellow and logged once, and mends by itself."""
        caplog.set_level(logging.ERROR)
        place.imported = StoreError("dictionaries.db", "damaged")
        async with place.watched() as told:
            assert told["dictionaries"] == Condition(
                "dictionaries", Level.WARNING, say("status_dictionaries_unmeasured")
            )
            assert told["queue"].level is Level.OK
            await place.looked(3)
            assert [record.message for record in caplog.records] == ["measure of dictionaries"]
            place.imported = NOON
            assert (await place.told())["dictionaries"].level is Level.OK
            place.imported = OSError("gone")
            await place.told()
        assert len(caplog.records) == 2

    async def test_files_that_are_gone(self, place: Place) -> None:
        """Given a data folder that went, then disk and queue are told to be unknown, and the monitor looks on."""
        shutil.rmtree(place.folder.path)
        async with place.watched() as told:
            assert told["disk"].text == say("status_disk_unmeasured")
            assert told["queue"].text == say("status_queue_unmeasured")
            await place.looked(2)


class TestOutbox:
    def test_counts(self, place: Place) -> None:
        """Given messages that wait and one that was rejected, then each kind is counted and the first one dated."""
        assert waiting(place.folder.documents) == Waiting(0, 0, None)
        place.queue("a", at=NOON - timedelta(hours=1))
        place.queue("b", "c")
        assert waiting(place.folder.documents) == Waiting(3, 0, NOON - timedelta(hours=1))
        place.park("a")
        assert waiting(place.folder.documents) == Waiting(2, 1, NOON)

    def test_file_that_is_no_database(self, place: Place) -> None:
        """Given another file in its place, then it is refused in the store's words."""
        place.folder.documents.write_bytes(b"?" * 9000)
        with pytest.raises(StoreError):
            waiting(place.folder.documents)
