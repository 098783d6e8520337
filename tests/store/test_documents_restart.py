"""After a restart the till stands where it stood: whatever was done, and wherever it broke off."""

import shutil
import sqlite3
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cashier.core import facts as f
from cashier.core.ledger import Ledger, fold
from cashier.store.connect import StoreError, open_for_reading
from cashier.store.documents import Documents
from cashier.store.journal import entries, link
from cashier.store.verify import rebuild, verify
from tests.core.goods import BREAD, IVANOVA
from tests.store.files import TABLES, rows, tamper
from tests.store.journals import ACTIONS, Journaled, act, stock, trading

GATES = st.sampled_from([(), (stock(),), (stock(enter="do", leave="do"),), (stock(added="do", release="do"),)])


@settings(max_examples=30, deadline=None)
@given(gates=GATES, actions=st.lists(st.sampled_from(ACTIONS), max_size=40))
def test_any_day_is_the_same_after_a_restart(gates: tuple[()], actions: list[str]) -> None:
    """Given anything done at the till, when it is started again, then its ledger is the one it stopped with."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "documents.db"
        hand = Journaled(path, *gates)
        for action in ("in", "scan 4600682000013", *actions):
            act(hand, action)
        again = Documents(path)
        assert again.ledger == hand.documents.ledger == hand.till.ledger
        assert again.ledger == folded(path)
        assert verify(path) == []
        again.close()
        hand.documents.close()


def folded(path: Path) -> Ledger:
    """Fold the whole journal, from its first row on."""
    conn = open_for_reading(path)
    try:
        return fold(Ledger(), tuple(f.from_json(entry.body) for entry in entries(conn)))
    finally:
        conn.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a till that has sold, given a receipt up, and is in the middle of the next."""
    path = tmp_path_factory.mktemp("whole") / "documents.db"
    trading(path).documents.close()
    return path


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(whole, tmp_path / "documents.db"))


class TestRestart:
    def test_open_receipt_goes_on(self, path: Path) -> None:
        """Given an open receipt, when the till is started again and goes on, then numbers and places go on too."""
        documents = Documents(path)
        receipt = documents.ledger.receipt
        assert receipt is not None
        hand = Journaled(path, ledger=documents.ledger)
        hand.sign_in()
        hand.press("escape", "plus", "enter").scan(BREAD.barcode)
        assert hand.receipt.number == receipt.number + 1
        assert verify(path) == []

    def test_kept_ledger_is_the_fold_of_the_journal(self, path: Path) -> None:
        """The ledger kept between receipts is what the journal up to that row folds to."""
        (kept,) = rows(path, "ledger")
        facts = tuple(f.from_json(str(row["body"])) for row in rows(path, "journal")[: int(str(kept["seq"]))])
        assert msgspec.json.decode(str(kept["body"]), type=Ledger) == fold(Ledger(), facts)

    def test_start_replays_one_receipt_and_not_a_year(self, path: Path) -> None:
        """Given a kept ledger, when rows before it cannot be read any more, then the start does not notice."""
        tamper(path, "UPDATE journal SET body = 'unreadable' WHERE seq = 1")
        assert Documents(path).ledger.receipt is not None

    def test_start_without_a_kept_ledger_replays_all(self, path: Path) -> None:
        """Given that the kept ledger is missing, then the whole journal is folded to the same."""
        before = Documents(path).ledger
        tamper(path, "DELETE FROM ledger")
        assert Documents(path).ledger == before

    @pytest.mark.parametrize(
        "change",
        [
            "'{'",
            """'{"form": 2, "receipt": 5}'""",
            "json_set(body, '$.form', 1, '$.shifts', 9)",
            "json_set(body, '$.form', 99, '$.shifts', 9)",
            "json_remove(json_set(body, '$.shifts', 9), '$.form')",
        ],
    )
    def test_kept_ledger_of_another_form_is_not_gone_out_from(self, path: Path, change: str) -> None:
        """Given a kept ledger that this program cannot use, then the whole journal is folded, and sales go on."""
        before = Documents(path).ledger
        tamper(path, f"UPDATE ledger SET body = {change}")  # noqa: S608 - words of this test
        assert Documents(path).ledger == before

    def test_kept_ledger_of_this_form_is_gone_out_from(self, path: Path) -> None:
        """Given a kept ledger of this form that says something else, then that it was used is seen."""
        tamper(path, "UPDATE ledger SET body = json_set(body, '$.shifts', 9)")
        assert Documents(path).ledger.shifts == 9

    def test_kept_ledger_of_another_form_does_not_hide_a_broken_chain(self, path: Path) -> None:
        """Given a kept ledger of another form and a changed first row, then the start reads that row and refuses."""
        tamper(path, "UPDATE ledger SET body = json_set(body, '$.form', 1)")
        tamper(path, "UPDATE journal SET at = '' WHERE seq = 1")
        start_refused(path)

    def test_tables_are_rebuilt_from_the_journal_alone(self, path: Path) -> None:
        """Given the journal, then the tables made anew from it are those that stand in the file."""
        source = open_for_reading(path)
        fresh = rebuild(source)
        for table in TABLES[1:]:
            query = f"SELECT * FROM {table} ORDER BY 1"  # noqa: S608 - names of ours
            stored = source.execute(query).fetchall()
            assert stored
            assert fresh.execute(query).fetchall() == stored
        source.close()
        fresh.close()

    def test_equal_facts_give_equal_files(self, tmp_path: Path) -> None:
        """Given the same day twice, then the journals are equal to the byte."""
        days = [tmp_path / "one.db", tmp_path / "two.db"]
        for day in days:
            trading(day)
        assert rows(days[0], "journal") == rows(days[1], "journal")


class TestRefusedStart:
    """What cannot be continued is not: words instead of a till that forgets."""

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE journal SET body = 'unreadable' WHERE seq = (SELECT max(seq) FROM journal)",
            "UPDATE journal SET body = replace(body, '1', '2') WHERE seq = (SELECT seq FROM ledger)",
            "UPDATE journal SET at = '' WHERE seq = (SELECT max(seq) FROM journal)",
            "UPDATE journal SET hash = zeroblob(32) WHERE seq = (SELECT seq - 1 FROM ledger)",
            "DELETE FROM journal WHERE seq = (SELECT seq - 1 FROM ledger)",
            "DELETE FROM journal WHERE seq = (SELECT seq + 1 FROM ledger)",
            "DELETE FROM journal WHERE seq >= (SELECT seq FROM ledger)",
        ],
    )
    def test_journal_that_does_not_follow(self, path: Path, statement: str) -> None:
        """Given a journal or a kept ledger that was meddled with, when the till starts, then it refuses in words."""
        assert tamper(path, statement) > 0
        start_refused(path)

    @pytest.mark.parametrize(
        "body",
        [
            "unreadable",
            '{"type":"FactOfTheFuture"}',
            '{"type":"PaymentBegun","receipt":"stranger"}',
            '{"type":"LineStornoed","receipt":"OURS","position":9,"at":"","by":{"code":"7","name":"","role":1}}',
        ],
    )
    def test_chain_that_says_what_cannot_be(self, path: Path, body: str) -> None:
        """Given a whole chain whose last fact is unknown, or of no receipt or line of ours, then no start."""
        identifier = str(rows(path, "document")[-1]["identifier"])
        before, last = rows(path, "journal")[-2:]
        body, seq, head = body.replace("OURS", identifier), int(str(last["seq"])), before["hash"]
        assert isinstance(head, bytes)
        forged = link(head, seq, str(last["at"]), body)
        assert tamper(path, "UPDATE journal SET body = ?, hash = ? WHERE seq = ?", body, forged, seq) == 1
        start_refused(path)

    def test_broken_chain_is_named(self, path: Path) -> None:
        """Given an entry of the open receipt with another quantity, then the refusal names the entry."""
        last = len(rows(path, "journal"))
        tamper(path, "UPDATE journal SET body = replace(body, '1', '2') WHERE seq = ?", last)
        with pytest.raises(StoreError, match=f"запись {last} изменена"):
            Documents(path)

    def test_file_that_is_no_database(self, tmp_path: Path) -> None:
        """Given a text under the name of the database, then the refusal names the file and says what to do."""
        path = tmp_path / "documents.db"
        path.write_text("nothing of the kind " * 100, encoding="utf-8")
        with pytest.raises(StoreError, match=r"documents\.db.*не является базой"):
            Documents(path)

    def test_file_of_a_newer_program(self, path: Path) -> None:
        """Given a database that a newer program has changed, then it is left as it is."""
        tamper(path, "UPDATE _sqlite_migrations SET name = '2099-01-01 later' WHERE id = 2")
        with pytest.raises(StoreError, match="более новой программой"):
            Documents(path)

    def test_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        """Given a file where the data folder should be, then the refusal is in words."""
        (tmp_path / "data").write_text("", encoding="utf-8")
        with pytest.raises(StoreError):
            Documents(tmp_path / "data" / "documents.db")


def start_refused(path: Path) -> None:
    """Check that the till does not start, says why, and leaves the file to be looked at."""
    before = rows(path, "journal")
    with pytest.raises(StoreError) as refusal:
        Documents(path)
    assert str(path) in refusal.value.message
    assert "позовите администратора" in refusal.value.advice
    assert rows(path, "journal") == before


def test_closed_file_takes_no_fact(path: Path) -> None:
    """Given documents that were let go, when a fact comes, then it is refused and not lost in silence."""
    documents = Documents(path)
    documents.close()
    with pytest.raises((StoreError, sqlite3.Error)):
        documents.commit("2026-11-21T12:00:00.000+03:00", (f.SignedOut(IVANOVA),))
