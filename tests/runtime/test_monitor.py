"""The monitor: real disk and database, a clock of the test; what it tells comes over the bus."""

import asyncio
import logging
import shutil
from contextlib import closing
from datetime import timedelta

import pytest
from msgspec.structs import replace

from cashier.core.conditions import Condition, Level, queue_server
from cashier.core.facts import ShiftOpened
from cashier.core.ledger import Ledger, fold
from cashier.core.money import Kopecks
from cashier.core.say import Moment, say
from cashier.core.state import Rules, Till
from cashier.core.told import documents
from cashier.settings import Settings
from cashier.settings.model import Queue
from cashier.store.connect import StoreError, open_for_writing
from cashier.store.documents import Documents
from cashier.store.outbox import Waiting, waiting
from tests.core.goods import IVANOVA
from tests.runtime.place import NOON, Place


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

    async def test_receipts_nobody_waits_for(self, place: Place) -> None:
        """Given no cash server, then receipts that would be told to it are not counted; all else is."""
        with closing(Documents(place.folder.documents)) as kept:
            kept.commit((NOON - timedelta(days=2)).isoformat(), documents("r", ("cash_server", "export_xml")))
        assert await place.text("queue") == say("status_queue_stands", days=2)
        with closing(open_for_writing(place.folder.documents)) as conn:
            conn.execute("UPDATE outbox SET state = 'delivered' WHERE destination = 'export_xml'")
        assert await place.text("queue") == say("status_queue_empty")
        place.monitor.settings = Settings(queue=Queue(url="http://cash"))
        assert await place.text("queue") == say("status_queue_stands", days=2)

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
            place.monitor.slow("marked_goods", 0.4)
            place.uptime += 299
            assert dict((await place.told())["slow"].text.places)["what"] == say("work_marked_goods")
            place.uptime += 1
            assert "slow" not in await place.told()

    async def test_slow_work_without_a_name(self, place: Place) -> None:
        """Given a turn that people have no name for, then only its time is told: the rest is for the log."""
        place.monitor.slow("Scanned", 0.4)
        text = await place.text("slow")
        assert (text.key, [name for name, _ in text.places]) == ("status_slowly", ["seconds"])

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
