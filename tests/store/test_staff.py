"""People as an administrator writes them down: what changes, and what stays as the trade system sent it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from cashier.core.catalogue import Person
from cashier.core.events import Worker
from cashier.store.dictionaries import Dictionaries, prepare_dictionaries
from cashier.store.staff import add_person, save_person

ANNA = Person("1", "Анна", 3)
BORIS = Person("2", "Борис", 1)


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Dictionaries with two people, opened to write."""
    conn = prepare_dictionaries(tmp_path / "dictionaries.db")
    save_person(conn, ANNA, "hash of Anna")
    save_person(conn, BORIS, "hash of Boris")
    yield conn
    conn.close()


@pytest.fixture
def dictionaries(writer: sqlite3.Connection, tmp_path: Path) -> Iterator[Dictionaries]:
    """The same, opened to look up."""
    assert not writer.in_transaction
    opened = Dictionaries(tmp_path / "dictionaries.db")
    yield opened
    opened.close()


def rows(conn: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Return all that is kept of people."""
    people = conn.execute("SELECT * FROM mol ORDER BY code").fetchall()
    return people + conn.execute("SELECT usercode, rolecode FROM roleuser ORDER BY 1, 2").fetchall()


class TestList:
    def test_codes_come_in_order(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given codes of different length, then they come as figures do: 2 before 10."""
        for code in ("10", "9", "а", "007"):
            save_person(writer, Person(code, "Имя", 1), "hash")
        assert [worker.person.code for worker in dictionaries.people()] == ["1", "2", "9", "а", "10", "007"]

    def test_everybody_is_there(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given somebody locked, then the list has him, with name, role and lock."""
        save_person(writer, BORIS, locked=True)
        assert dictionaries.people() == (Worker(ANNA), Worker(BORIS, locked=True))

    @pytest.mark.parametrize(
        ("codes", "role"), [((), 1), ((4,), 1), ((0, 1), 1), ((2, 4), 2), ((1, 2, 3), 3), ((-1, 99), 1)]
    )
    def test_role_is_the_highest_of_the_tills_own(
        self, writer: sqlite3.Connection, dictionaries: Dictionaries, codes: tuple[int, ...], role: int
    ) -> None:
        """Given roles of the trade system, then list and sign-in know the same one, 1 to 3."""
        writer.execute("INSERT INTO mol (code, name) VALUES ('5', 'Вера')")
        writer.executemany("INSERT INTO roleuser (usercode, rolecode) VALUES ('5', ?)", [(code,) for code in codes])
        person = Person("5", "Вера", role)
        assert dictionaries.people()[-1] == Worker(person)
        assert dictionaries.person("5") == (person, "", False)


class TestSave:
    def test_new_person(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given a code nobody has, then the person is known with this hash."""
        assert save_person(writer, Person("3", "Вера", 2), "hash")
        assert dictionaries.person("3") == (Person("3", "Вера", 2), "hash", False)

    def test_password_stays_without_a_new_one(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given no new password, when name, role and lock are saved, then the password is the one there was."""
        assert save_person(writer, Person("2", "Борис Ли", 3), locked=True)
        assert dictionaries.person("2") == (Person("2", "Борис Ли", 3), "hash of Boris", True)

    def test_new_password(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given a new password of somebody locked, then it is kept and the lock is as it is said."""
        save_person(writer, BORIS, "other", locked=True)
        assert dictionaries.person("2") == (BORIS, "other", True)

    def test_nobody_is_made_without_a_password(self, writer: sqlite3.Connection) -> None:
        """Given a code nobody has and no password, then nothing is written: an import has deleted the person."""
        before = rows(writer)
        assert not save_person(writer, Person("3", "Вера", 2))
        assert (rows(writer), writer.in_transaction) == (before, False)

    def test_what_the_trade_system_sent_stays(self, writer: sqlite3.Connection) -> None:
        """Given job title, login and a role of the installation, when the lock changes, then they stay."""
        writer.execute("UPDATE mol SET rank = 'стажёр', login = 'boris' WHERE code = '2'")
        writer.execute("INSERT INTO roleuser (usercode, rolecode) VALUES ('2', 4)")
        before = rows(writer)
        save_person(writer, BORIS, locked=True)
        save_person(writer, BORIS)
        assert rows(writer) == before

    def test_new_role_takes_the_place_of_the_old_one(self, writer: sqlite3.Connection) -> None:
        """Given a role of the installation beside the till's own, when that changes, then only that is replaced."""
        writer.execute("INSERT INTO roleuser (usercode, rolecode) VALUES ('1', 4)")
        save_person(writer, Person("1", "Анна", 2))
        kept = writer.execute("SELECT rolecode FROM roleuser WHERE usercode = '1' ORDER BY 1").fetchall()
        assert kept == [(2,), (4,)]
        assert writer.execute("SELECT rank FROM mol WHERE code = '1'").fetchall() == [("старший кассир",)]

    def test_all_or_nothing(self, writer: sqlite3.Connection) -> None:
        """Given a role that cannot be written, then neither name nor lock has changed."""
        before = rows(writer)
        writer.execute("CREATE TRIGGER no BEFORE INSERT ON roleuser BEGIN SELECT RAISE(ABORT, 'no'); END")
        with pytest.raises(sqlite3.IntegrityError):
            save_person(writer, Person("2", "Другой", 2), "other", locked=True)
        assert (rows(writer), writer.in_transaction) == (before, False)

    def test_hostile_texts_are_texts(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given SQL and markup in code and name, then they are kept to the letter and nothing else happens."""
        hostile = Person("'; DROP TABLE mol; --", "[red]%s{0}\\'\"", 1)
        save_person(writer, hostile, "hash")
        assert dictionaries.person(hostile.code) == (hostile, "hash", False)
        assert len(dictionaries.people()) == 3

    def test_code_of_thirty_characters(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given the longest code, then it is kept whole."""
        save_person(writer, Person("я" * 30, "Имя", 1), "hash")
        assert dictionaries.people()[-1].person.code == "я" * 30


def test_command_lets_in_again(writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
    """Given somebody locked, when the command adds the same code, then the person can sign in with the new password."""
    save_person(writer, BORIS, locked=True)
    add_person(writer, "2", "Борис", 2, "new")
    assert dictionaries.person("2") == (Person("2", "Борис", 2), "new", False)
