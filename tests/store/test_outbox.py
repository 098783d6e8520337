"""The outbox on disk: what goes out next, what became of it, and that a sale does not wait for either."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cashier.core.facts import MessageQueued
from cashier.store.connect import StoreError
from cashier.store.documents import Documents
from cashier.store.outbox import _NEXT, CHUNK, Message, Outbox, Outcome, Waiting, waiting
from cashier.store.outbox_list import put_back, undelivered
from cashier.store.verify import verify
from cashier.store.writer import Writer
from tests.store.files import rows

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def note(identifier: str, key: str = "", destination: str = "cash_server") -> MessageQueued:
    """Make a message."""
    return MessageQueued(identifier, destination, "markSold", "{}", key=key)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file is."""
    return tmp_path / "documents.db"


@pytest.fixture
def documents(path: Path) -> Documents:
    """An empty file."""
    return Documents(path)


@pytest.fixture
def writer(documents: Documents) -> Iterator[Writer]:
    """A writer of it."""
    made = Writer(documents)
    yield made
    made.close()


@pytest.fixture
def outbox(path: Path, writer: Writer) -> Outbox:
    """The outbox of that file."""
    return Outbox(path, writer)


async def put(writer: Writer, *messages: MessageQueued, at: datetime = NOON) -> None:
    """Commit messages."""
    assert await writer.commit(at, messages) == ""


def names(found: tuple[Message, ...]) -> str:
    """Return the identifiers of messages, one letter each."""
    return "".join(own.identifier for own in found)


def states(path: Path) -> dict[object, tuple[object, ...]]:
    """Read what became of each message."""
    return {row["identifier"]: (row["state"], row["tries"], row["reason"]) for row in rows(path, "outbox")}


class TestNext:
    async def test_message_is_read_as_written(self, outbox: Outbox, writer: Writer) -> None:
        """Given a message, then it is read with its number, its time and its body to the byte."""
        body = '{"mark":"01\\u001d\\"é"}'
        await put(writer, MessageQueued("m", "cash_server", "markSold", body, key="ki"))
        wanted = Message(1, "m", "markSold", "ki", "2026-11-21T12:00:00.000+00:00", body, number=1)
        assert await outbox.first("cash_server", (), 10) == (wanted,)

    async def test_order_is_that_of_numbers(self, outbox: Outbox, writer: Writer) -> None:
        """Given messages for two systems, then those of one are read in order, as many as are wanted."""
        await put(writer, note("d"), note("x", destination="stock"), note("b"), note("c"), note("a"))
        assert names(await outbox.first("cash_server", (), 3)) == "dbc"
        assert names(await outbox.first("stock", (), 3)) == "x"

    async def test_one_of_a_lane(self, outbox: Outbox, writer: Writer) -> None:
        """Given several messages of a mark, then only the first of them; those without a key are all alone."""
        await put(writer, note("a", "k"), note("b", "k"), note("c"), note("d"), note("e", "l"))
        assert names(await outbox.first("cash_server", (), 10)) == "acde"

    async def test_held_lanes_are_left_out(self, outbox: Outbox, writer: Writer) -> None:
        """Given lanes that are held, then nothing of them; a number and a mark that looks like one are two."""
        await put(writer, note("a", "k"), note("b"), note("c", "2"), note("d", "k"), note("e", "k'\x1d"))
        assert names(await outbox.first("cash_server", ["k"], 10)) == "bce"
        assert names(await outbox.first("cash_server", [2], 10)) == "ace"
        assert names(await outbox.first("cash_server", ["2", "k'\x1d"], 10)) == "ab"

    async def test_delivered_ones_cost_nothing(self, outbox: Outbox, path: Path) -> None:
        """Given the question for the next messages, then SQLite goes by an index and sorts nothing."""
        assert await outbox.first("cash_server", (), 10) == ()
        conn = sqlite3.connect(path)
        plan = [row[-1] for row in conn.execute(f"EXPLAIN QUERY PLAN {_NEXT}", ("cash_server", "[]", 10))]
        conn.close()
        assert plan[0].startswith("SEARCH outbox USING INDEX outbox_by_state (state=? AND destination=?)")
        assert not any("ORDER BY" in step for step in plan)


class TestSettling:
    async def test_outcomes_are_kept(self, outbox: Outbox, writer: Writer, path: Path) -> None:
        """Given outcomes, then state, tries and reason say them, and the journal still agrees."""
        await put(writer, note("a"), note("b"), note("c"), note("d"))
        told = [Outcome(1, "delivered"), Outcome(2, "parked", "no"), Outcome(3, "waiting", "later")]
        await outbox.settle(told)
        assert states(path) == {
            "a": ("delivered", 1, ""),
            "b": ("parked", 1, "no"),
            "c": ("waiting", 1, "later"),
            "d": ("waiting", 0, ""),
        }
        assert verify(path) == []
        assert waiting(path) == Waiting(2, 1, NOON)

    async def test_settled_is_settled(self, outbox: Outbox, writer: Writer, path: Path) -> None:
        """Given a message that is delivered or parked, then a late outcome changes nothing."""
        await put(writer, note("a"), note("b"))
        await outbox.settle([Outcome(1, "delivered"), Outcome(2, "parked", "no")])
        await outbox.settle([Outcome(1, "waiting", "x"), Outcome(2, "delivered")])
        assert states(path) == {"a": ("delivered", 1, ""), "b": ("parked", 1, "no")}

    async def test_trouble_is_raised(self, outbox: Outbox, writer: Writer, documents: Documents, path: Path) -> None:
        """Given a file that another program holds, then settling says so, and goes on afterwards."""
        await put(writer, note("a"))
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        documents._conn.execute("PRAGMA busy_timeout = 20")
        with pytest.raises(StoreError):
            await outbox.settle([Outcome(1, "delivered")])
        holder.close()
        await outbox.settle([Outcome(1, "delivered")])
        assert states(path)["a"][0] == "delivered"

    async def test_identifier_stays_unique(self, outbox: Outbox, writer: Writer, path: Path) -> None:
        """Given a delivered message, when a crash words it again, then it does not go out again."""
        await put(writer, note("a"))
        await outbox.settle([Outcome(1, "delivered")])
        await put(writer, note("a"))
        assert await outbox.first("cash_server", (), 10) == ()
        assert verify(path) == []

    async def test_old_ones_are_purged(self, outbox: Outbox, writer: Writer, path: Path) -> None:
        """Given messages of different age, then the delivered ones before a moment are deleted, in any offset."""
        await put(writer, note("a"), note("b"))
        await put(writer, note("c"), at=NOON + timedelta(hours=2))
        await outbox.settle([Outcome(1, "delivered"), Outcome(3, "delivered")])
        moment = datetime.fromisoformat("2026-11-21T16:00:00+03:00")
        await outbox.purge(moment)
        assert "".join(map(str, states(path))) == "bc"
        assert verify(path) == []


class TestBesideSales:
    async def test_commit_gets_between_chunks(
        self, outbox: Outbox, writer: Writer, documents: Documents, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Given a long settling, when a sale is committed meanwhile, then it waits for one transaction at most."""
        count = 10 * CHUNK
        await put(writer, *(note(f"m{number}") for number in range(count)))
        began, change, changes = threading.Event(), documents.change, 0

        def counted(sql: str, changed: list[tuple[object, ...]]) -> None:
            nonlocal changes
            changes += 1
            began.set()
            change(sql, changed)

        monkeypatch.setattr(documents, "change", counted)
        settling = asyncio.create_task(outbox.settle([Outcome(number + 1, "delivered") for number in range(count)]))
        await asyncio.to_thread(began.wait, 5)
        await put(writer, note("sale"))
        assert changes < 5
        await settling
        assert changes == 10
        assert verify(path) == []

    async def test_given_up_settling_spoils_no_commit(
        self, outbox: Outbox, writer: Writer, documents: Documents, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Given a settling under way whose task is cancelled, then the next commit waits until the file is free."""
        await put(writer, note("a"))
        slow, began, change = threading.Event(), threading.Event(), documents.change

        def slowly(sql: str, changed: list[tuple[object, ...]]) -> None:
            documents._conn.execute("BEGIN IMMEDIATE")
            documents._conn.execute("ROLLBACK")
            began.set()
            slow.wait(5)
            change(sql, changed)

        monkeypatch.setattr(documents, "change", slowly)
        settling = asyncio.create_task(outbox.settle([Outcome(1, "delivered")]))
        await asyncio.to_thread(began.wait, 5)
        settling.cancel()
        await asyncio.gather(settling, return_exceptions=True)
        assert not writer._idle
        committed = asyncio.ensure_future(writer.commit(NOON, (note("b"),)))
        for _ in range(100):
            await asyncio.sleep(0)
        assert not committed.done()
        slow.set()
        assert await committed == ""
        assert {name: state[0] for name, state in states(path).items()} == {"a": "delivered", "b": "waiting"}


class TestPuttingBack:
    @pytest.fixture(autouse=True)
    async def _parked(self, outbox: Outbox, writer: Writer) -> None:
        await put(writer, note("ab1"), note("ab2"), note("ab3"), note("c%_"))
        await outbox.settle([Outcome(1, "parked", "no"), Outcome(2, "parked", "no"), Outcome(4, "parked", "no")])

    @pytest.mark.parametrize(("beginning", "found"), [("ab1", "ab1"), ("AB2", "ab2"), ("c", "c%_"), ("c%_", "c%_")])
    async def test_one_is_put_back(self, path: Path, outbox: Outbox, beginning: str, found: str) -> None:
        """Given the identifier of a parked message or its beginning, beside a running till, then it waits again."""
        assert put_back(path, beginning) == (found,)
        assert states(path)[found] == ("waiting", 1, "")
        assert found in {own.identifier for own in await outbox.first("cash_server", (), 10)}

    @pytest.mark.parametrize("beginning", ["ab", "ab3", "x", "a%", "ab_", "ab1 "])
    async def test_else_nothing_changes(self, path: Path, beginning: str) -> None:
        """Given a beginning of several, of a message that waits, or of none, then nothing is changed."""
        before = states(path)
        assert len(put_back(path, beginning)) != 1
        assert states(path) == before

    async def test_list_names_parked_ones_first(self, path: Path) -> None:
        """Given messages parked and waiting, then the list has the parked ones first."""
        listed = [(own.identifier, own.state, own.reason) for own in undelivered(path)]
        assert listed == [
            ("ab1", "parked", "no"),
            ("ab2", "parked", "no"),
            ("c%_", "parked", "no"),
            ("ab3", "waiting", ""),
        ]
