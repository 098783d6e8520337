"""Rules of a whole day inside documents.db; each statement that is refused passes where its rule is dropped."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.money import Kopecks
from cashier.core.shifts import Totals
from cashier.store.connect import StoreError
from cashier.store.verify import verify
from tests.core.goods import BREAD, MILK
from tests.store.days import Day
from tests.store.files import refused, rows, tamper, update

CLOSED = "closed document does not change"
NO_MORE = "closed shift takes no document"
SUMS = "sums of the shift are not those of its documents"
DOCUMENT = "document (documentid, workshiftid, checknum, docnum, doctype, time_beg, identifier, closed)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file of `day` is."""
    return tmp_path / "documents.db"


@pytest.fixture
def day(path: Path) -> Day:
    """A closed shift and an open one.

    Documents 1 and 2 are paid by cash and card, 3 is put aside, 4 and 5 are cash in and out: those of shift 1. Shift 2
    has 6, paid and registered, 7, given up, and 8, open.
    """
    made = Day(path)
    made.begin(BREAD).close()
    made.begin(MILK).card(8990)
    made.close()
    made.begin(MILK).postpone()
    made.move("in", 1000)
    made.move("out", 500)
    made.z(3)
    made.printed(made.begin(BREAD).close(), 17)
    made.begin(BREAD).cancel().begin(BREAD, MILK).cash(100)
    return made


@pytest.mark.usefixtures("day")
class TestFiscalNumber:
    """A closed document takes the number of its fiscal document, once, and nothing else."""

    @pytest.mark.parametrize("number", [1, 2**40])
    def test_it_is_taken(self, path: Path, number: int) -> None:
        """Given a closed receipt without a number, also of a closed shift, then another program may write one."""
        conn = sqlite3.connect(path, isolation_level=None)
        conn.execute("UPDATE document SET frdocnum = ? WHERE documentid = 1", (number,))
        conn.close()
        assert rows(path, "document")[0]["frdocnum"] == number

    @pytest.mark.parametrize(
        "change",
        [
            "frdocnum = 18 WHERE documentid = 6",
            "frdocnum = 17 WHERE documentid = 6",
            "frdocnum = NULL WHERE documentid = 6",
            "frdocnum = 18 WHERE documentid = 7",
            *(f"frdocnum = {value} WHERE documentid = 1" for value in ("NULL", "0", "-1", "1.5", "'x'", "x'01'")),
            "closed = closed WHERE documentid = 1",
        ],
    )
    def test_no_other_change_of_it(self, path: Path, change: str) -> None:
        """A number is not changed or taken away, a cancelled receipt gets none, and it is a number above zero."""
        refused(path, update("document", change), CLOSED, "document_stays")

    def test_nothing_changes_under_its_cover(self, path: Path) -> None:
        """Given any other column changed together with the number, then neither is."""
        for column, value in rows(path, "document")[0].items():
            if column in {"frdocnum", "sourceidentifier"}:
                continue  # the sale that a return gives back is under a rule of its own
            other = f"{value} + 1000" if isinstance(value, int | float) else f"'{value}x'"
            refused(path, update("document", f"frdocnum = 5, {column} = {other} WHERE documentid = 1"), CLOSED)

    @pytest.mark.parametrize("table", ["goodsitem", "moneyitem"])
    def test_rows_of_a_registered_receipt_stay(self, path: Path, table: str) -> None:
        """Given a receipt with its number, then lines and money are protected as before."""
        refused(path, update(table, "sume = 1 WHERE documentid = 6"), CLOSED, f"{table}_update")
        refused(path, f"DELETE FROM {table} WHERE documentid = 6", CLOSED, f"{table}_delete")  # noqa: S608 - ours


@pytest.mark.usefixtures("day")
class TestDocuments:
    @pytest.mark.parametrize("closed", [1, 2, 3])
    def test_receipt_begins_open(self, path: Path, closed: int) -> None:
        """A receipt that was paid, given up or put aside before it had a line is none."""
        statement = f"INSERT INTO {DOCUMENT} VALUES (99, 2, 9, 9, 1, '', 'new', {closed})"  # noqa: S608 - ours
        refused(path, statement, "a receipt begins open", "document_begins")

    @pytest.mark.parametrize("doctype", [3, 4, 7])
    def test_receipt_stays_a_receipt(self, path: Path, doctype: int) -> None:
        """An open sale does not become a document whose money nobody weighs against its lines."""
        refused(path, update("document", f"doctype = {doctype} WHERE documentid = 8"), CLOSED, "document_stays")

    @pytest.mark.parametrize("doctype", [1, 2])
    def test_sales_and_returns_balance(self, path: Path, doctype: int) -> None:
        """Given an open receipt of any type whose money is not the sum of its lines, then it is not closed."""
        tamper(path, update("document", f"doctype = {doctype} WHERE documentid = 8"))
        words = "payments less change are not the sum of lines"
        refused(path, "UPDATE document SET closed = 1 WHERE documentid = 8", words, "money_balances")

    @pytest.mark.parametrize("statement", ["DELETE FROM document", "UPDATE document SET sume = 1"])
    @pytest.mark.parametrize("number", [4, 5])
    def test_cash_move_stays(self, path: Path, statement: str, number: int) -> None:
        """Cash that was put in or taken out is neither changed nor forgotten."""
        rule = "document_remains" if "DELETE" in statement else "document_stays"
        refused(path, f"{statement} WHERE documentid = {number}", CLOSED, rule)


@pytest.mark.usefixtures("day")
class TestClosedShift:
    @pytest.mark.parametrize(
        "values",
        [
            "(99, 1, 9, 9, 1, '', 'new', 0)",
            "(99, 1, 9, 9, 3, '', 'new', 1)",
            "(99, 1, 9, 9, 4, '', 'new', 1)",
            "(99, NULL, 9, 9, 3, '', 'new', 1)",
            "(99, 77, 9, 9, 3, '', 'new', 1)",
        ],
    )
    @pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE"])
    def test_no_document_comes(self, path: Path, verb: str, values: str) -> None:
        """Neither a receipt nor cash comes into a closed shift, and cash into none at all."""
        refused(path, f"{verb} INTO {DOCUMENT} VALUES {values}", NO_MORE, "document_comes")

    @pytest.mark.parametrize(
        "change",
        [
            "closed = 1 WHERE documentid = 3",
            "workshiftid = 1 WHERE documentid = 8",
            "workshiftid = 1, closed = 1 WHERE documentid = 8",
            "workshiftid = NULL, closed = 1 WHERE documentid = 8",
        ],
    )
    def test_no_receipt_is_paid_into_it(self, path: Path, change: str) -> None:
        """A receipt is not paid in a closed shift, moved into one, or paid in none; it is paid in full here."""
        tamper(path, "UPDATE goodsitem SET sume = 0 WHERE documentid IN (3, 8)")
        tamper(path, "DELETE FROM moneyitem WHERE documentid = 8")
        refused(path, update("document", change), NO_MORE, "document_ends")

    def test_what_was_left_in_it_may_go_on(self, day: Day, path: Path) -> None:
        """Given a receipt put aside in it, when it is taken up in the open shift, then it is paid there."""
        day.postpone()
        aside = next(own.identifier for own in day.ledger.postponed)
        day.restore(aside).close()
        assert [row["workshiftid"] for row in rows(path, "document")][2] == 2
        assert verify(path) == []

    def test_what_was_left_in_it_may_be_given_up(self, path: Path) -> None:
        """Given a receipt put aside in it, then any program may cancel it."""
        conn = sqlite3.connect(path, isolation_level=None)
        assert conn.execute("UPDATE document SET closed = 2 WHERE documentid = 3").rowcount == 1
        conn.close()

    @pytest.mark.parametrize(
        "column", ["sumsale", "sumsalecash", "sumdrawer", "countsale", "cashin", "frdocnum", "checknum2"]
    )
    def test_its_figures_stay(self, path: Path, column: str) -> None:
        """What Z has said is not said otherwise."""
        change = update("workshift", f"{column} = {column} + 1 WHERE workshiftid = 1")
        words = f"{SUMS}|shift keeps what it began with"
        refused(path, change, words)
        tamper_alone(path, change, "shift_balances")

    def test_it_begins_open(self, path: Path) -> None:
        """A shift that is closed from the start is none."""
        statement = "INSERT INTO workshift (workshiftid, shiftnum, time_beg, time_end) VALUES (9, 9, '', '')"
        refused(path, statement, "a shift begins open", "shift_begins_open")


def tamper_alone(path: Path, statement: str, rule: str) -> None:
    """Check that a statement is refused even where one of two rules is dropped."""
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("BEGIN")
    conn.execute(f"DROP TRIGGER {rule}")
    with pytest.raises(sqlite3.IntegrityError):
        conn.execute(statement)
    conn.execute("ROLLBACK")
    conn.close()


def _more(name: str) -> Callable[[Totals, int], Totals]:
    return lambda totals, amount: replace(totals, **{name: getattr(totals, name) + amount})


class TestSums:
    """Z says what the documents of the shift say, to the kopeck."""

    @pytest.mark.parametrize("amount", [-1, 1])
    @pytest.mark.parametrize("name", ["sales", "cash", "card", "cash_in", "cash_out"])
    def test_a_kopeck_or_a_receipt_off(self, day: Day, path: Path, name: str, amount: int) -> None:
        """Given a Z whose figure is one more or less, then it is refused and the shift is open; the true one passes."""
        day.close()
        day.move("in", 700)
        day.move("out", 300)
        report = day.report()
        wrong = replace(report, totals=_more(name)(report.totals, amount))
        with pytest.raises(StoreError, match=SUMS):
            day.write(f.ShiftClosed(wrong))
        assert rows(path, "workshift")[1]["time_end"] is None
        day.write(f.ShiftClosed(report))
        assert rows(path, "workshift")[1]["time_end"] == report.at

    def test_a_kopeck_that_changed_its_place(self, day: Day) -> None:
        """Given a Z with a kopeck of cash told as one of the card, then the sum is right and Z is refused."""
        day.close()
        totals = day.report().totals
        wrong = replace(totals, cash=Kopecks(totals.cash - 1), card=Kopecks(totals.card + 1))
        with pytest.raises(StoreError, match=SUMS):
            day.write(f.ShiftClosed(replace(day.report(), totals=wrong)))

    @pytest.mark.parametrize(
        "change",
        [
            "time_end = '2026-11-21T20:00:00'",
            "time_end = ''",
            "time_end = '', sumsale = 45.5, sumsalecash = 45.5, countsale = 1",
            "time_end = '', sumsale = 45.5, sumgain = 45.5, sumsalecash = 45.51, countsale = 1",
            "time_end = '', sumsale = 45.5, sumgain = 45.5, sumsalecash = 45.5, countsale = 1, cashin = 0.01",
        ],
    )
    @pytest.mark.usefixtures("day")
    def test_another_program_cannot_close_it_otherwise(self, path: Path, change: str) -> None:
        """Given other sums, or none, then no program closes the shift."""
        refused(path, update("workshift", f"{change} WHERE workshiftid = 2"), SUMS, "shift_balances")

    @pytest.mark.usefixtures("day")
    def test_another_program_may_close_it_rightly(self, path: Path) -> None:
        """Given the sums that its documents have, then the shift is closed: open and cancelled ones do not count."""
        conn = sqlite3.connect(path, isolation_level=None)
        sums = "sumsale = 45.5, sumgain = 45.5, sumsalecash = 45.5, countsale = 1"
        conn.execute(update("workshift", f"time_end = '', {sums} WHERE workshiftid = 2"))
        conn.close()

    @pytest.mark.parametrize(("table", "sum_"), [("moneyitem", 45.51), ("goodsitem", 45.49)])
    def test_documents_that_were_meddled_with(self, day: Day, path: Path, table: str, sum_: float) -> None:
        """Given a row of a paid receipt changed behind the rules, then the Z of the journal is refused."""
        day.cancel()
        tamper(path, update(table, f"sume = {sum_} WHERE documentid = 6"))
        with pytest.raises(StoreError, match=SUMS):
            day.z()
