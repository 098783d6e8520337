"""The outbox as the delivery to the cash server sees it: messages about receipts hold the receipts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from msgspec.structs import replace

from cashier.core.told import CASH_SERVER, documents
from cashier.documents_box import DocumentsBox
from cashier.exports import Exports
from cashier.ports import NotYetError
from cashier.store.connect import StoreError
from cashier.store.documents import Documents
from cashier.store.outbox import Message, Outbox, Outcome
from cashier.store.writer import Writer
from tests.remote.desk import NOON, note
from tests.store.files import rows
from tests.waiting import until


@dataclass
class Told:
    """Tells receipts as a test wants it."""

    faults: dict[str, Exception] = field(default_factory=dict)

    def document_body(self, message: Message) -> bytes:
        """Return the message's own body, marked."""
        if message.identifier in self.faults:
            raise self.faults[message.identifier]
        return b'{"whole":' + message.body.encode() + b"}"


@dataclass
class Way:
    """A box over an outbox on disk."""

    path: Path
    told: Told = field(default_factory=Told)
    again: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.writer = Writer(Documents(self.path))
        outbox = Outbox(self.path, self.writer)
        self.box = DocumentsBox(outbox, cast("Exports", self.told), lambda: self.again.append(1))

    async def put(self, *receipts: str) -> tuple[str, ...]:
        """Queue the words about receipts, and a word about a mark before them; return the identifiers."""
        queued = tuple(own for name in receipts for own in documents(name, (CASH_SERVER,)))
        mark = replace(note("mark"), destination=CASH_SERVER)
        assert await self.writer.commit(NOON, (mark, *queued)) == ""
        return tuple(own.identifier for own in queued)

    async def found(self) -> list[str]:
        """Return the bodies that would go out."""
        return [own.body for own in await self.box.first(CASH_SERVER, (), 10)]


@pytest.fixture
def way(tmp_path: Path) -> Iterator[Way]:
    """An empty box."""
    made = Way(tmp_path / "documents.db")
    yield made
    made.writer.close()


async def test_receipts_are_whole(way: Way) -> None:
    """Given words about a mark and a receipt, then the receipt is put into its own, the other is as it was."""
    await way.put("r1")
    mark, receipt = await way.found()
    assert "whole" not in mark
    assert receipt == '{"whole":{"receipt":"r1"}}'


async def test_one_that_is_not_ready_is_looked_at_again(way: Way) -> None:
    """Given a receipt whose paper is under way, then the others go, and the delivery is told to look again."""
    late, _ = await way.put("r1", "r2")
    way.told.faults[late] = NotYetError()
    assert [body for body in await way.found() if "whole" in body] == ['{"whole":{"receipt":"r2"}}']
    assert way.again == []
    await until(lambda: way.again)
    del way.told.faults[late]
    assert len(await way.found()) == 3


async def test_one_that_cannot_be_read_is_parked(way: Way) -> None:
    """Given a receipt that the journal does not tell, then it is parked with the reason, and stops nothing."""
    broken, _ = await way.put("r1", "r2")
    way.told.faults[broken] = StoreError("чек r1 не читается", "Проверьте журнал", "corrupt")
    assert len(await way.found()) == 2
    parked = [row for row in rows(way.path, "outbox") if row["state"] == "parked"]
    assert [(row["identifier"], row["reason"]) for row in parked] == [(broken, "чек r1 не читается")]
    assert way.again == [1]


async def test_disk_that_fails_now_stops_all(way: Way) -> None:
    """Given a disk that cannot be read now, then nothing is parked: it is tried again."""
    (name,) = await way.put("r1")
    way.told.faults[name] = StoreError("диск", "Проверьте диск", "io")
    with pytest.raises(StoreError):
        await way.found()
    assert {row["state"] for row in rows(way.path, "outbox")} == {"waiting"}


async def test_purge_is_the_outboxs(way: Way) -> None:
    """Given what was delivered long ago, then it is deleted as ever."""
    await way.put("r1")
    found = await way.box.first(CASH_SERVER, (), 10)
    await way.box.settle([Outcome(own.seq, "delivered") for own in found])
    await way.box.purge(datetime(2027, 1, 1, tzinfo=UTC))
    assert rows(way.path, "outbox") == []
