"""The writer thread: commits in order, words in the place of exceptions, and the loop lives on meanwhile."""

import asyncio
import logging
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cashier.core import facts as f
from cashier.core.money import Kopecks
from cashier.core.receipt import Line
from cashier.core.shifts import CashMove, ShiftReport, Totals
from cashier.core.tender import TenderKind
from cashier.store.connect import refusal
from cashier.store.documents import Documents
from cashier.store.verify import verify
from cashier.store.writer import Writer
from tests.core.gates import message
from tests.core.goods import BREAD, IVANOVA
from tests.store.files import rows

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = "2026-11-21T12:00:00"
OPENED = (f.ShiftOpened(1, DAY, IVANOVA), f.ReceiptOpened("r", 1, 1, DAY, IVANOVA))
CLOSED = (
    f.LineAdded("r", Line(1, BREAD, BREAD.quantity, BREAD.price)),
    f.TenderTaken("r", TenderKind.CASH, BREAD.price, DAY),
    f.ReceiptClosed("r", BREAD.price, Kopecks(0), DAY),
)


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


async def test_written_when_it_says_so(writer: Writer, path: Path) -> None:
    """Given facts, when the commit has answered, then another program reads them, with the moment and its offset."""
    assert await writer.commit(NOON, OPENED) == ""
    assert [row["at"] for row in rows(path, "journal")] == ["2026-11-21T12:00:00.000+00:00"] * 2


async def test_many_at_once_keep_their_order(writer: Writer, path: Path) -> None:
    """Given fifty commits begun together, then the journal has them in the order they were begun."""
    wanted = [f"m{number}" for number in range(50)]
    assert set(await asyncio.gather(*(writer.commit(NOON, (message(name),)) for name in wanted))) == {""}
    assert [row["identifier"] for row in rows(path, "outbox")] == wanted
    assert verify(path) == []


async def test_trouble_is_a_word(
    writer: Writer, path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Given a file that another program holds, then the answer says so, the log has more, the next commit works."""
    monkeypatch.setattr(logging.getLogger("cashier"), "propagate", True)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    writer._documents._conn.execute("PRAGMA busy_timeout = 20")
    assert await writer.commit(NOON, OPENED) == "busy"
    assert "documents.db" in caplog.text
    assert "занята другой программой" in caplog.text
    holder.execute("ROLLBACK")
    holder.close()
    assert await writer.commit(NOON, OPENED) == ""
    assert len(rows(path, "journal")) == 2


async def test_loop_lives_while_the_disk_works(
    writer: Writer, documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a disk that takes its time, then the loop goes on turning and nothing is said to be written."""
    slow, finish = threading.Event(), documents.finish

    def slowly() -> None:
        slow.wait(5)
        finish()

    monkeypatch.setattr(documents, "finish", slowly)
    asked = asyncio.ensure_future(writer.commit(NOON, OPENED))
    for _ in range(100):
        await asyncio.sleep(0)
    assert not asked.done()
    slow.set()
    assert await asked == ""


@pytest.mark.parametrize(
    ("end", "table"),
    [
        (CLOSED, "document"),
        ((f.ReceiptCancelled("r", DAY, IVANOVA),), "document"),
        ((f.ReceiptPostponed("r", DAY, IVANOVA),), "document"),
        ((f.CashMoved(CashMove("m", 2, 1, "in", Kopecks(100), DAY, IVANOVA)),), "document"),
        ((f.ShiftClosed(ShiftReport("z", "z", 1, DAY, DAY, IVANOVA, Totals(), Kopecks(0))),), "workshift"),
    ],
)
async def test_log_is_tidied_between_documents(
    writer: Writer, path: Path, end: tuple[f.AnyFact, ...], table: str
) -> None:
    """Given the end of a document, then what stood in the write-ahead log is brought into the file."""
    assert await writer.commit(NOON, OPENED) == ""
    assert await writer.commit(NOON, end) == ""
    assert await writer.commit(NOON, (message("after the tidying"),)) == ""
    lone = Path(shutil.copy(path, path.with_name("lone.db")))
    assert rows(lone, table) == rows(path, table)
    assert rows(lone, "ledger")[0]["seq"] == 2 + len(end)


async def test_failed_tidying_is_logged_only(
    writer: Writer, documents: Documents, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Given that tidying fails, then the receipt is closed all the same and the log says what was wrong."""

    def fails() -> None:
        raise refusal(Path("documents.db"), "busy", "Подождите")

    monkeypatch.setattr(documents, "tidy", fails)
    monkeypatch.setattr(logging.getLogger("cashier"), "propagate", True)
    assert await writer.commit(NOON, (*OPENED, *CLOSED)) == ""
    writer.close()
    assert "checkpoint: documents.db: busy" in caplog.text


async def test_what_was_begun_is_finished(writer: Writer, path: Path) -> None:
    """Given commits on their way, when the till is left, then they are written before the file is let go."""
    asked = [asyncio.ensure_future(writer.commit(NOON, (message(f"m{number}"),))) for number in range(20)]
    await asyncio.sleep(0)
    writer.close()
    assert await asyncio.gather(*asked) == [""] * 20
    assert len(rows(path, "outbox")) == 20


async def test_foreign_fact_is_an_exception(writer: Writer, path: Path) -> None:
    """Given a fact nobody could have made, then that is no trouble of the disk: it is raised, and nothing written."""
    with pytest.raises(ValueError, match="stranger"):
        await writer.commit(NOON, (f.PaymentBegun("stranger"),))
    assert rows(path, "journal") == []
