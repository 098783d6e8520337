"""`cashier queue`: what waits, what is parked and why, and a parked one put back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cashier.core.facts import MessageQueued
from cashier.folder import DataFolder
from cashier.queue_command import run_queue
from cashier.store.documents import Documents
from cashier.store.outbox import waiting
from tests.store.files import rows

AT = "2026-11-21T12:00:00.000+03:00"
FIRST, SECOND, THIRD = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abc")
KI = "010460268200001321" + "S" * 40
Say = Callable[..., tuple[int, str, str]]


def message(identifier: str, key: str = "", kind: str = "markSold") -> MessageQueued:
    """Make a message for the cash server."""
    return MessageQueued(identifier, "cash_server", kind, "{}", key=key)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A data folder without a till."""
    return DataFolder(tmp_path / "data")


@pytest.fixture
def documents(folder: DataFolder) -> Iterator[Documents]:
    """Three messages of a till at work: one parked, one tried, one new."""
    made = Documents(folder.documents)
    made.commit(AT, (message(FIRST, KI), message(SECOND), message(THIRD, "key", "markReleased")))
    change = "UPDATE outbox SET state = ?, tries = ?, reason = ? WHERE seq = ?"
    made.change(change, [("parked", 1, "чужая марка", 1), ("waiting", 7, "нет связи с сервером", 2)])
    yield made
    made.close()


@pytest.fixture
def queue(folder: DataFolder, capsys: pytest.CaptureFixture[str]) -> Say:
    """Type the command."""

    def run(retry: str | None = None, dismissed: str | None = None) -> tuple[int, str, str]:
        status = run_queue(folder, retry, dismissed)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.mark.usefixtures("documents")
def test_list(queue: Say) -> None:
    """Given messages, then counts come first, then each with its time, mark, tries and reason, beside the till."""
    status, said, _ = queue(None)
    assert status == 0
    assert said.splitlines() == [
        "Ждут отправки: 2, отклонены: 1",
        f"{FIRST}  21.11.2026 12:00:00  cash_server  markSold  {KI[:39]}…  отклонено  попыток: 1  чужая марка",
        f"{SECOND}  21.11.2026 12:00:00  cash_server  markSold  ждёт  попыток: 7  нет связи с сервером",
        f"{THIRD}  21.11.2026 12:00:00  cash_server  markReleased  key  ждёт  попыток: 0",
    ]


@pytest.mark.parametrize("beginning", [FIRST, FIRST.upper(), "a", FIRST[:9]])
@pytest.mark.usefixtures("documents")
def test_retry(queue: Say, folder: DataFolder, beginning: str) -> None:
    """Given the beginning of a parked message's identifier, then it waits again and nothing is parked any more."""
    assert queue(beginning) == (0, f"{FIRST}: будет отправлено снова\n", "")
    assert {row["state"] for row in rows(folder.documents, "outbox")} == {"waiting"}


@pytest.mark.parametrize("beginning", ["", SECOND, "x", "%", "\x1b[2J\n"])
@pytest.mark.usefixtures("documents")
def test_unknown_is_refused(queue: Say, folder: DataFolder, beginning: str) -> None:
    """Given what names no parked message, then words say so and nothing is changed."""
    before = rows(folder.documents, "outbox")
    status, said, error = queue(beginning)
    assert (status, said) == (2, "")
    assert error.startswith("Отклонённого сообщения ")
    assert "\x1b" not in error
    assert len(error.splitlines()) == 1
    assert rows(folder.documents, "outbox") == before


def test_ambiguous_is_refused(queue: Say, documents: Documents) -> None:
    """Given a beginning of two parked messages, then more signs are asked for."""
    documents.commit(AT, (message(f"a{SECOND}"),))
    documents.change("UPDATE outbox SET state = 'parked' WHERE seq = ?", [(4,)])
    status, _, error = queue("a")
    assert (status, error) == (2, "Сообщений, которые начинаются с a, несколько. Введите больше знаков\n")
    assert queue("aa")[0] == 0


def test_hostile_content_is_harmless(queue: Say, documents: Documents) -> None:
    """Given marks, reasons and times that would move the cursor or forge a line, then none of it happens."""
    documents.commit("\x1b[31m", (message("d\n1", "ki\x1d\u202e\r\n2"),))
    documents.change("UPDATE outbox SET reason = ? WHERE seq = ?", [("no\n\x9b2J[bold]", 4)])
    said = queue(None)[1]
    assert said.splitlines()[-1] == "d�1  �[31m  cash_server  markSold  ki����2  ждёт  попыток: 0  no��2J[bold]"
    assert len(said.splitlines()) == 5


def test_till_that_never_worked(queue: Say, folder: DataFolder) -> None:
    """Given no database, then there is nothing to list, nothing to put back, and none is made."""
    assert queue(None) == (0, f"{folder.documents}: касса ещё не работала\n", "")
    assert queue("a") == (2, "", f"{folder.documents}: касса ещё не работала\n")
    assert not folder.documents.exists()


def test_damaged_file(queue: Say, folder: DataFolder) -> None:
    """Given a file that is no database, then words say so."""
    folder.path.mkdir()
    folder.documents.write_text("not a database" * 100)
    status, said, error = queue(None)
    assert (status, said) == (2, "")
    assert "Файл не является базой данных" in error


@pytest.mark.usefixtures("documents")
def test_a_rejection_is_taken_note_of(queue: Say, folder: DataFolder) -> None:
    """Given a rejected message, when its rejection is dismissed, then it is kept, not listed and not sent again."""
    before = waiting(folder.documents)
    assert before.parked
    status, said, _ = queue(None, "all")
    assert (status, said.count("больше не отправляется")) == (0, before.parked)
    after = waiting(folder.documents)
    assert (after.parked, after.count) == (0, before.count)
    assert queue("all")[0] == 0
    assert waiting(folder.documents).count == before.count


@pytest.mark.usefixtures("documents")
def test_all_rejected_messages_are_sent_again(queue: Say, folder: DataFolder) -> None:
    """Given rejected messages, when all are to be sent again, then they wait once more."""
    before = waiting(folder.documents)
    assert queue("all")[0] == 0
    assert waiting(folder.documents).count == before.count + before.parked
