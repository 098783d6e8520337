"""A documents.db that the first released program wrote, `released.sql`, is brought to our form and goes on."""

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from cashier.core import facts as f
from cashier.core.ledger import Ledger, fold
from cashier.core.money import Kopecks
from cashier.core.shifts import ShiftReport
from cashier.core.tender import TenderKind
from cashier.store._document_schema import DOCUMENTS
from cashier.store.documents import Documents
from cashier.store.verify import verify
from tests.core.goods import PETROV
from tests.store.files import AT, NOON, rows, tamper

DUMP = Path(__file__).with_name("released.sql")
"""Three receipts paid by cash, card and both, one given up, one open; printed once, twice, by word, and not yet."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file as that program left it."""
    made = tmp_path / "documents.db"
    with closing(sqlite3.connect(made)) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.executescript(DUMP.read_text(encoding="utf-8"))
    return made


def test_released_step_stays() -> None:
    """The step that files in shops were made with is what it was."""
    (released, *_) = DOCUMENTS.steps
    text = "\n".join((released.name, *released.statements))
    assert sha256(text.encode()).hexdigest() == "be0e0654e0af863e145b9c1d8a053b6cd80e22c172be0b4b1aeb1b3886266796"


def test_file_is_of_that_program(path: Path) -> None:
    """The sample has the form of the first step alone, and words that later programs have more of."""
    assert {row["name"] for row in rows(path, "_sqlite_migrations")} == {DOCUMENTS.steps[0].name}
    (kept,) = rows(path, "ledger")
    assert '"form"' not in str(kept["body"])
    bodies = [str(row["body"]) for row in rows(path, "journal")]
    assert not any('"by"' in body for body in bodies if "PaperSeen" in body)
    assert not any('"at"' in body for body in bodies if "SignedOut" in body)


def test_it_is_checked_as_it_is(path: Path) -> None:
    """Given a file that no newer till has opened, when it is checked, then it is whole, and stays as it was."""
    before = rows(path, "sqlite_schema")
    assert verify(path) == []
    assert rows(path, "sqlite_schema") == before


def test_it_opens_and_is_whole(path: Path) -> None:
    """Given such a file, when the till starts, then the tables follow from the journal, and the ledger is its fold."""
    before = rows(path, "journal")
    documents = Documents(path)
    assert verify(path) == []
    assert rows(path, "journal") == before
    assert documents.ledger == fold(Ledger(), tuple(f.from_json(str(row["body"])) for row in before))


def test_totals_are_not_those_of_the_kept_ledger(path: Path) -> None:
    """Given a kept ledger that is readable but knows no totals, then they come from the whole journal."""
    shift = Documents(path).ledger.shift
    assert shift is not None
    totals = (shift.totals.sales, shift.totals.cash, shift.totals.card, shift.totals.cancelled)
    assert totals == (3, 9100 + 2000, 8990 + 2500, 1)


def test_what_it_knew_stands_in_the_new_columns(path: Path) -> None:
    """Given numbers of fiscal documents and payments by card, then the tables tell them from the first start on."""
    Documents(path)
    assert [row["frdocnum"] for row in rows(path, "document")] == [11, 12, None, None, None]
    assert [row["valutoperation"] for row in rows(path, "moneyitem")] == [None, None, 10, 10, None]
    assert [(row["token"], row["identifier"]) for row in rows(path, "printing")] == [("p6", "r3")]


LAST = "2026-11-21T12:27:00"
"""When the last receipt was paid."""


def test_its_last_document_is_known(path: Path) -> None:
    """Given a journal of before the clock was watched, then the till knows when its last document was made."""
    ledger = Documents(path).ledger
    assert (ledger.dated, ledger.astray) == (LAST, "")
    assert ledger.doubted("2026-11-22T12:27:01") == LAST
    assert ledger.receipt is not None
    assert ledger.receipt.age == 0


@pytest.mark.parametrize("form", [1, 2])
def test_ledger_of_before_the_clock_was_watched(path: Path, form: int) -> None:
    """Given a ledger kept by a program that did not watch it, then it is folded anew, not taken for a new till's."""
    with closing(Documents(path)) as documents:
        before = documents.ledger
    body = f"json_remove(json_set(body, '$.form', {form}), '$.dated', '$.astray')"
    tamper(path, f"UPDATE ledger SET body = {body}")  # noqa: S608 - ours
    with closing(Documents(path)) as documents:
        assert documents.ledger == before
    assert verify(path) == []


def test_its_day_goes_on(path: Path) -> None:
    """Given the open receipt and the printing it left, when both end and Z is made, then all is whole."""
    documents = Documents(path)
    documents.commit(AT, (f.PrintEnded("p6", "printed", fiscal=13),))
    taken = f.TenderTaken("r5", TenderKind.CASH, Kopecks(8990), NOON)
    documents.commit(AT, (taken, f.ReceiptClosed("r5", Kopecks(8990), Kopecks(0), NOON)))
    shift, drawer = documents.ledger.shift, documents.ledger.drawer
    assert shift is not None
    report = ShiftReport("z", "z", 1, shift.opened, NOON, PETROV, shift.totals, drawer)
    documents.commit(AT, (f.ShiftClosed(report, 14),))
    assert [row["frdocnum"] for row in rows(path, "document")] == [11, 12, 13, None, None]
    (told,) = rows(path, "workshift")
    assert (told["sumsale"], told["sumdrawer"], told["countsale"], told["frdocnum"]) == (315.8, 200.9, 4, 14)
    assert verify(path) == []


def test_its_rules_are_replaced(path: Path) -> None:
    """Given the file brought to our form, then its rules are those of a new file, word for word."""
    Documents(path)
    new = path.with_name("new.db")
    Documents(new)
    rules = [{row["name"]: row["sql"] for row in rows(own, "sqlite_schema")} for own in (path, new)]
    assert rules[0] == rules[1]


@pytest.mark.parametrize(
    ("table", "change"),
    [("moneyitem", "sume = 1 WHERE moneyitemid = 1"), ("document", "sume = 1 WHERE documentid = 1")],
)
def test_what_was_meddled_with_before_is_found(path: Path, table: str, change: str) -> None:
    """Given a row of the old file changed behind the rules, then it is found before the first start and after it."""
    tamper(path, f"UPDATE {table} SET {change}")  # noqa: S608 - ours
    fault = f"таблица {table}: строка 1 не следует из журнала"
    assert verify(path) == [fault]
    Documents(path)
    assert verify(path) == [fault]
