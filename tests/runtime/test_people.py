"""People as the running till lists and keeps them, in real dictionaries; what goes wrong is told and logged once."""

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cashier import people as room
from cashier.core.catalogue import Person
from cashier.core.effects import SavePerson
from cashier.core.events import PeopleListed, PersonSaved, Worker
from cashier.lookups import Lookups
from cashier.people import People
from cashier.store.dictionaries import Dictionaries, prepare_dictionaries
from cashier.store.passwords import check_password
from cashier.store.staff import save_person

ANNA = Person("1", "Анна", 3)
SECRET = "7390518264"
NEW = SavePerson("2", "Борис", 2, password=SECRET)
DONE, FAILED = PersonSaved(done=True), PersonSaved(done=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Dictionaries with an administrator."""
    path = tmp_path / "dictionaries.db"
    with closing(prepare_dictionaries(path)) as conn:
        save_person(conn, ANNA, "hash of Anna")
    return path


@pytest.fixture
def dictionaries(path: Path) -> Iterator[Dictionaries]:
    """What the till looks up in."""
    with closing(Dictionaries(path)) as opened:
        yield opened


@pytest.fixture
def people(path: Path) -> People:
    """What the till asks."""
    return People(path)


@pytest.fixture
def lookups(dictionaries: Dictionaries) -> Lookups:
    """What lists them."""
    return Lookups(dictionaries)


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged as an error."""
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


def spoil(path: Path, damage: str) -> None:
    """Put something else in the place of the dictionaries."""
    path.unlink()
    if damage == "a folder":
        path.mkdir()
    else:
        path.write_bytes(b"no database, but long enough to be looked at" * 40)


class TestKept:
    async def test_new_person_is_listed_and_can_sign_in(
        self, people: People, lookups: Lookups, dictionaries: Dictionaries
    ) -> None:
        """Given a new person, when saved, then the next list has him and the password is his alone, as a hash."""
        assert await people.save(NEW) == DONE
        assert lookups.list_people() == PeopleListed((Worker(ANNA), Worker(Person("2", "Борис", 2))))
        found = dictionaries.person("2")
        assert found is not None
        assert check_password(SECRET, found[1])
        assert SECRET not in found[1]

    async def test_lock_leaves_the_password(self, people: People, dictionaries: Dictionaries) -> None:
        """Given no new password, when the lock is saved, then the hash is the one there was."""
        assert await people.save(SavePerson("1", "Анна", 3, locked=True)) == DONE
        assert dictionaries.person("1") == (ANNA, "hash of Anna", True)

    async def test_the_loop_lives_while_a_password_is_hashed(
        self, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Given a hash that takes its time, when a person is saved, then other work goes on meanwhile."""
        go_on = threading.Event()

        def slow(_password: str) -> str:
            assert go_on.wait(5)
            return "hash"

        monkeypatch.setattr(room, "hash_password", slow)
        saving = asyncio.create_task(people.save(NEW))
        await asyncio.sleep(0)
        assert not saving.done()
        go_on.set()
        assert await saving == DONE


class TestNotKept:
    async def test_file_held_by_another_program(
        self,
        people: People,
        lookups: Lookups,
        path: Path,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """Given dictionaries that another program writes to for long, then it is not done, with one line in the log."""
        monkeypatch.setattr("cashier.store.connect.BUSY_TIMEOUT", 0.05)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert await people.save(NEW) == FAILED
        assert len(errors(caplog)) == 1
        assert lookups.list_people() == PeopleListed((Worker(ANNA),))

    @pytest.mark.parametrize("damage", ["no database", "a folder"])
    async def test_file_that_is_none(
        self, people: People, path: Path, damage: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Given no database in the place of the dictionaries, then it is not done, with one line in the log."""
        spoil(path, damage)
        assert await people.save(NEW) == FAILED
        assert len(errors(caplog)) == 1

    async def test_person_deleted_in_the_meantime(
        self, people: People, lookups: Lookups, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Given a person whom an import has deleted, when the lock is saved, then nobody is made anew."""
        assert await people.save(SavePerson("9", "Вера", 1, locked=True)) == FAILED
        assert len(errors(caplog)) == 1
        assert lookups.list_people() == PeopleListed((Worker(ANNA),))

    def test_list_that_cannot_be_read(
        self, lookups: Lookups, dictionaries: Dictionaries, path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Given dictionaries without people's table, then nobody is listed, with one line in the log."""
        with closing(sqlite3.connect(path)) as conn:
            conn.execute("ALTER TABLE mol RENAME TO gone")
        assert lookups.list_people() == PeopleListed(())
        assert len(errors(caplog)) == 1
        assert dictionaries.tenders()

    async def test_password_is_in_no_log(self, people: People, path: Path, caplog: pytest.LogCaptureFixture) -> None:
        """Given saves that are done and that are not, then no line of the log and no byte of the file has it."""
        caplog.set_level(logging.DEBUG)
        await people.save(NEW)
        with closing(sqlite3.connect(path)) as conn:
            conn.execute("ALTER TABLE mol RENAME TO gone")
        await people.save(NEW)
        assert len(errors(caplog)) == 1
        assert SECRET not in caplog.text
        assert not any(SECRET.encode() in file.read_bytes() for file in path.parent.iterdir())
