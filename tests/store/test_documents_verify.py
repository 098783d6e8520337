"""`cashier check` finds every change that was made to documents.db behind the till's back."""

import os
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cashier.core import facts as f
from cashier.core.ledger import FORM
from cashier.core.money import Kopecks
from cashier.core.receipt import Line
from cashier.core.state import Rules
from cashier.core.tender import TenderKind
from cashier.store import verify as store
from cashier.store.connect import StoreError
from cashier.store.documents import Documents
from cashier.store.journal import START, BrokenChainError, chained, link
from cashier.store.verify import verify
from tests.core.goods import BREAD, IVANOVA
from tests.store.files import TABLES, Row, rows, tamper
from tests.store.journals import Journaled, trading

AT = "2026-11-21T12:00:00.000+03:00"
OUTBOX = ("seq", "identifier", "destination", "type", "key", "time", "body")
"""Columns of a message that the journal knows; state, tries and reason are the delivery's."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file nobody has meddled with."""
    path = tmp_path_factory.mktemp("whole") / "documents.db"
    trading(path).documents.close()
    return path


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    """A copy to meddle with."""
    return Path(shutil.copy(whole, tmp_path / "documents.db"))


def other(value: object) -> object:
    """Return another value of the same kind, as near as can be."""
    match value:
        case None:
            return 0
        case bytes():
            return bytes((value[0] ^ 1,)) + value[1:]
        case str():
            return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"
        case float():
            return value + 0.01
        case int():
            return 1 - value if value in {0, 1} else value + 1000
        case _:
            raise TypeError(value)


def change(path: Path, table: str, row: Row, column: str) -> None:
    """Change one cell; the first column of each table is its key."""
    key = next(iter(row))
    statement = f"UPDATE {table} SET {column} = ? WHERE {key} = ?"  # noqa: S608 - names of ours
    assert tamper(path, statement, other(row[column]), row[key]) == 1


class TestWhole:
    def test_nothing_is_found(self, whole: Path) -> None:
        """Given a file nobody has meddled with, then there is no fault."""
        assert verify(whole) == []

    def test_beside_a_running_till(self, tmp_path: Path) -> None:
        """Given a till in the middle of a receipt, when it is checked from outside, then there is no fault."""
        hand = trading(tmp_path / "documents.db")
        assert verify(tmp_path / "documents.db") == []
        hand.documents.close()

    def test_till_may_sell_meanwhile(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given a till that commits a shift while the check is at work, then that is no fault."""
        documents, made_anew = Documents(path), store.rebuild

        def meanwhile(source: sqlite3.Connection) -> sqlite3.Connection:
            fresh = made_anew(source)
            documents.commit(AT, (f.ShiftOpened(99, AT[:19], IVANOVA),))
            return fresh

        monkeypatch.setattr(store, "rebuild", meanwhile)
        assert verify(path) == []

    def test_delivery_may_mark_its_messages(self, path: Path) -> None:
        """Given messages that were tried and delivered, then that is no fault."""
        tamper(path, "UPDATE outbox SET state = 'parked', tries = 3, reason = 'no'")
        tamper(path, "DELETE FROM outbox WHERE seq = 1")
        assert verify(path) == []


class TestJournal:
    @pytest.mark.parametrize("column", ["seq", "at", "body", "hash"])
    def test_changed_cell(self, path: Path, column: str) -> None:
        """Given one character, figure or bit changed in any column, then the row is named."""
        row = rows(path, "journal")[7]
        tamper(path, "DELETE FROM journal WHERE seq = 9") if column == "seq" else None
        change(path, "journal", row, column)
        (fault,) = verify(path)
        assert "8" in fault

    @pytest.mark.parametrize("seq", [1, 2, 10])
    def test_removed_row(self, path: Path, seq: int) -> None:
        """Given a row taken out, then the gap is named."""
        tamper(path, "DELETE FROM journal WHERE seq = ?", seq)
        assert verify(path) == [f"журнал: нет записи {seq}, за ней идёт {seq + 1}"]

    def test_removed_end(self, path: Path) -> None:
        """Given the last lines of the journal taken out, then the tables betray it."""
        tamper(path, "DELETE FROM journal WHERE seq >= (SELECT max(seq) FROM journal WHERE body LIKE '%TenderTaken%')")
        assert any("moneyitem" in fault for fault in verify(path))

    def test_rows_that_changed_places(self, path: Path) -> None:
        """Given two rows that took each other's place, hashes and all, then the first of them is named."""
        for old, new in ((3, -1), (4, 3), (-1, 4)):
            tamper(path, "UPDATE journal SET seq = ? WHERE seq = ?", new, old)
        assert verify(path) == ["журнал: запись 3 изменена после того, как была сделана"]

    def test_fact_of_another_program(self, path: Path) -> None:
        """Given a whole chain with a fact this program does not know, then that is said and nothing breaks."""
        documents = Documents(path)
        strange = '{"type":"FactOfTheFuture"}'
        seq = documents._seq + 1
        forged = link(documents._head, seq, AT, strange)
        tamper(path, "INSERT INTO journal VALUES (?, ?, ?, ?)", seq, AT, strange, forged)
        (fault,) = verify(path)
        assert "не читаются этой программой" in fault


class TestTables:
    @pytest.mark.parametrize("table", TABLES[1:])
    def test_removed_row(self, path: Path, table: str) -> None:
        """Given a row taken out of a table, then the table is named."""
        key = next(iter(rows(path, table)[0]))
        tamper(path, f"DELETE FROM {table} WHERE {key} = 1")  # noqa: S608 - names of ours
        assert any(table in fault for fault in verify(path))

    def test_added_row(self, path: Path) -> None:
        """Given a payment that nobody made, then the table is named."""
        columns = "cashcode, documentid, scode, mtime, opcode, valcode, valname, sume"
        tamper(path, f"INSERT INTO moneyitem ({columns}) SELECT {columns} FROM moneyitem LIMIT 1")  # noqa: S608 - ours
        assert verify(path) == ["таблица moneyitem: строка 3 не следует из журнала"]

    @pytest.mark.parametrize("column", OUTBOX)
    def test_changed_message(self, path: Path, column: str) -> None:
        """Given a message with another content, receiver or order, then the outbox is named."""
        change(path, "outbox", rows(path, "outbox")[-1], column)
        assert any("outbox" in fault for fault in verify(path))

    def test_changed_ledger(self, path: Path) -> None:
        """Given another ledger for the next start to go out from, then it is named."""
        tamper(path, """UPDATE ledger SET body = replace(body, '"name":"Хлеб"', '"name":"Хлев"')""")
        assert verify(path) == ["таблица ledger: не следует из журнала"]

    def test_ledger_moved_back(self, path: Path) -> None:
        """Given a ledger that claims to be older than it is, then it is named."""
        tamper(path, "UPDATE ledger SET seq = 5")
        assert verify(path) == ["таблица ledger: не следует из журнала"]

    @pytest.mark.parametrize("body", ["'{'", f"""'{{"form": {FORM}, "shift": 5}}'"""])
    def test_unreadable_ledger(self, path: Path, body: str) -> None:
        """Given a kept ledger that says it is of our form and is not, or says nothing at all, then it is named."""
        tamper(path, f"UPDATE ledger SET body = {body}")  # noqa: S608 - words of this test
        assert verify(path) == ["таблица ledger: не следует из журнала"]

    @pytest.mark.parametrize("form", ["json_set(body, '$.form', 1)", "json_remove(body, '$.form')"])
    def test_ledger_of_another_form(self, path: Path, form: str) -> None:
        """Given a ledger that a program of another form has kept, then that is no fault: no start goes out from it."""
        tamper(path, f"UPDATE ledger SET body = json_set({form}, '$.shifts', 9)")  # noqa: S608 - words of this test
        assert verify(path) == []

    def test_ledger_in_other_words(self, path: Path) -> None:
        """Given a ledger that says the same in another order, then that is no fault."""
        moved = "json_set(json_remove(body, '$.shifts'), '$.shifts', json_extract(body, '$.shifts'))"
        tamper(path, f"UPDATE ledger SET body = {moved}")  # noqa: S608 - words of this test
        assert verify(path) == []

    def test_changed_printing(self, path: Path) -> None:
        """Given a printing under way that is made to be one of another document, then the table is named."""
        assert tamper(path, "UPDATE printing SET identifier = 'x'")
        assert verify(path)[0].startswith("таблица printing")

    @pytest.mark.parametrize(
        "statement",
        [
            "DROP TRIGGER money_balances",
            "DROP TRIGGER shift_balances",
            "DROP INDEX document_by_time",
            "ALTER TABLE goodsitem RENAME COLUMN sume TO total",
        ],
    )
    def test_changed_form(self, path: Path, statement: str) -> None:
        """Given a rule or an index taken away, or a column under another name, then that is said."""
        conn = sqlite3.connect(path, isolation_level=None)
        conn.execute("DROP TRIGGER money_balances") if "RENAME" in statement else None
        conn.execute(statement)
        conn.close()
        assert verify(path)[0].startswith("форма базы данных изменена")

    def test_till_that_got_another_number(self, path: Path) -> None:
        """Given a till that is number 3 and then number 4, then its receipts say which, and there is no fault."""
        hand = Journaled(path, rules=Rules("77", "4"), ledger=Documents(path).ledger)
        hand.sign_in()
        hand.press("escape", "plus", "enter").scan(BREAD.barcode).press("plus", "enter")
        assert [row["cashcode"] for row in rows(path, "document")] == ["3", "3", "3", "4"]
        assert [row["cashcode"] for row in rows(path, "goodsitem")][-2:] == ["3", "4"]
        assert [row["cashcode"] for row in rows(path, "moneyitem")][-2:] == ["3", "4"]
        assert verify(path) == []


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_changed_cell_is_found(whole: Path, data: st.DataObject) -> None:
    """Given any one cell of the journal or the tables changed, then there is a fault."""
    table = data.draw(st.sampled_from(TABLES))
    row = data.draw(st.sampled_from(rows(whole, table)))
    column = data.draw(st.sampled_from(sorted(row)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(whole, Path(folder) / "documents.db"))
        if column == next(iter(row)):
            statement = f"UPDATE {table} SET {column} = {column} + 1000 WHERE {column} = ?"  # noqa: S608 - ours
            tamper(path, statement, row[column])
        else:
            change(path, table, row, column)
        assert verify(path)


@settings(max_examples=40, deadline=None)
@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_flipped_bit_is_found_or_harmless(whole: Path, where: float, bit: int) -> None:
    """Given any bit of the file flipped, then it is found, or the journal still says what it said."""
    content = bytearray(whole.read_bytes())
    content[int(where * len(content))] ^= 1 << bit
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "documents.db"
        path.write_bytes(content)
        try:
            found = verify(path)
        except StoreError:
            return
        assert found or [rows(path, table) for table in TABLES] == [rows(whole, table) for table in TABLES]


@pytest.mark.parametrize("column", ["at", "body"])
@pytest.mark.parametrize("damaged", [b"{}", 7, None])
def test_text_that_is_no_text_is_a_broken_chain(column: str, damaged: object) -> None:
    """Given a row whose damaged head makes something else of its text, then the chain breaks there, in words."""
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.execute("CREATE TABLE journal (seq INTEGER PRIMARY KEY, at, body, hash)")
        row = {"at": "now", "body": "{}", column: damaged}
        conn.execute("INSERT INTO journal VALUES (1, ?, ?, ?)", (row["at"], row["body"], link(START, 1, "now", "{}")))
        with pytest.raises(BrokenChainError, match="запись 1 изменена"):
            list(chained(conn))


def test_damaged_name_is_damage(path: Path) -> None:
    """Given a name of a table that is no text any more, then check and start refuse in words."""
    path.write_bytes(path.read_bytes().replace(b"journaljournal", b"journal\xf1ournal", 1))
    for opened in (verify, Documents):
        with pytest.raises(StoreError, match="повреждена"):
            opened(path)


@pytest.mark.no_cover
def test_check_is_quick(tmp_path: Path) -> None:
    """A day of 500 receipts is checked in well under the time a start may take; progress is told on the way."""
    documents = Documents(tmp_path / "documents.db")
    documents._conn.execute("PRAGMA synchronous = OFF")
    documents.commit(AT, (f.ShiftOpened(1, AT[:19], IVANOVA),))
    for first in range(1, 501, 10):
        documents.commit(AT, tuple(fact for number in range(first, first + 10) for fact in receipt(number)))
    told: list[int] = []
    began = time.process_time()
    assert verify(tmp_path / "documents.db", told.append) == []
    took = time.process_time() - began  # of the processor: other programs do not count
    facts = documents._seq
    documents.close()
    assert told == list(range(1000, facts + 1, 1000))
    assert took < float(os.environ.get("PATIENCE", "5")), f"{facts} rows took {took:.2f} s"


def receipt(number: int) -> tuple[f.AnyFact, ...]:
    """Make the facts of a receipt of ten lines."""
    name, day = f"r{number}", AT[:19]
    lines = (f.LineAdded(name, Line(place, BREAD, BREAD.quantity, BREAD.price)) for place in range(1, 11))
    return (
        f.ReceiptOpened(name, number, 1, day, IVANOVA),
        *lines,
        f.PaymentBegun(name),
        f.TenderTaken(name, TenderKind.CASH, Kopecks(45500), day),
        f.ReceiptClosed(name, Kopecks(45500), Kopecks(0), day),
    )
