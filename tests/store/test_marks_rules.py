"""How marks stand in documents.db: their columns, and the rule that none stands twice in receipts not yet ended."""

import json
import sqlite3
from pathlib import Path

import pytest

from cashier.core import facts as f
from cashier.core.receipt import Line
from cashier.store.connect import StoreError
from cashier.store.documents import Documents
from cashier.store.verify import verify
from tests.core.goods import MILK
from tests.store.days import Day
from tests.store.files import AT, opened, refused, rows, tamper
from tests.store.marked import PACK, PACKS, begin, code, enter

WORDS = "this mark stands in an open receipt already"
ANOTHER = """goodsitem (goodsitemid, documentid, ttime, opcode, code, bcode, name, cquant, price, minprice, disc_abs,
    sumb, sume, posnum, ki) SELECT {number}, {document}, ttime, opcode, code, bcode, name, cquant, price, minprice,
    disc_abs, sumb, sume, {place}, ki FROM goodsitem WHERE ki IS NOT NULL LIMIT 1"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that is not there yet."""
    return tmp_path / "documents.db"


@pytest.fixture
def day(path: Path) -> Day:
    """A till's day."""
    return Day(path)


def marked(mark: str, ki: str = "", *properties: tuple[str, str]) -> f.LineAdded:
    """Write the fact of a marked line."""
    return f.LineAdded("r", Line(1, MILK, MILK.quantity, MILK.price, mark=mark, ki=ki, properties=properties))


class TestColumns:
    def test_line_keeps_its_mark(self, path: Path) -> None:
        """Given a pack with a weight in its code, then the row has the full code, its КИ and a JSON object."""
        documents = opened(path)
        documents.commit(AT, (marked(code(PACK), PACK, ("weight", "350"), ("note", 'a"\x1d[b]')),))
        (row,) = rows(path, "goodsitem")
        assert (row["excisemark"], row["ki"]) == (code(PACK), PACK)
        assert json.loads(str(row["additionaldata"])) == {"weight": "350", "note": 'a"\x1d[b]'}
        assert verify(path) == []

    def test_unmarked_line_has_none(self, day: Day, path: Path) -> None:
        """Given milk without a mark, then both columns are NULL."""
        day.begin(MILK)
        (row,) = rows(path, "goodsitem")
        assert (row["ki"], row["additionaldata"]) == (None, None)

    @pytest.mark.parametrize(
        ("mark", "ki"),
        [
            (code(PACK), PACK),
            ("00000046198488X?io+qCABm8wAYa", "00000046198488X?io+qC"),
            ("RU-430302-AAA4050108", "RU-430302-AAA4050108"),
            ("\x1dodd", "\x1dodd"),
        ],
    )
    def test_line_of_an_earlier_program(self, path: Path, mark: str, ki: str) -> None:
        """Given a line whose program told the mark and no КИ, then the row has what the text tells of it."""
        opened(path).commit(AT, (marked(mark),))
        assert rows(path, "goodsitem")[0]["ki"] == ki
        assert verify(path) == []

    def test_meddled_mark_is_found(self, day: Day, path: Path) -> None:
        """Given the КИ of a sold pack changed behind the rules, then `cashier check` finds the row."""
        begin(day, PACK).close()
        tamper(path, "UPDATE goodsitem SET ki = 'x' WHERE goodsitemid = 2")
        assert verify(path) == ["таблица goodsitem: строка 2 не следует из журнала"]

    def test_file_of_an_earlier_program_gets_them(self, day: Day, path: Path) -> None:
        """Given a closed receipt with a mark in the form before, when the till starts, then the row has its КИ."""
        day.begin(MILK)
        line = Line(2, MILK, MILK.quantity, MILK.price, mark=code(PACK))
        day.write(f.LineAdded(day.receipt.identifier, line)).close()
        day.documents.close()
        _undo_marks(path)
        assert verify(path) == []
        Documents(path)
        assert [row["ki"] for row in rows(path, "goodsitem")] == [None, PACK]
        assert verify(path) == []


class TestOnce:
    """No statement lets a mark stand twice in receipts that are open or postponed."""

    def test_same_receipt(self, day: Day, path: Path) -> None:
        """Given a pack in the receipt, when it is recorded again, then nothing of that is written."""
        begin(day, PACK)
        with pytest.raises(StoreError, match=WORDS):
            enter(day, PACK)
        assert len(rows(path, "goodsitem")) == 2
        assert verify(path) == []

    def test_postponed_receipt(self, day: Day) -> None:
        """Given a pack in a postponed receipt, when it is recorded in the open one, then it is refused."""
        begin(day, PACK).postpone()
        begin(day)
        with pytest.raises(StoreError, match=WORDS):
            enter(day, PACK)

    def test_ended_receipts_do_not_count(self, day: Day) -> None:
        """Given a pack sold, given up and storno'd, then the rule has nothing against it: the gate decides."""
        begin(day, PACK).close()
        begin(day, PACK).cancel()
        enter(begin(day, PACK).storno(2), PACK).close()

    def test_packs_of_another_case_are_others(self, day: Day) -> None:
        """Given packs that differ by the case of a letter, then they stand in one receipt."""
        assert len(begin(day, *PACKS).receipt.live) == len(PACKS)

    @pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE", "REPLACE"])
    def test_no_insert_of_any_program(self, day: Day, path: Path, verb: str) -> None:
        """Given a pack in a postponed receipt, then no INSERT puts it into the open one."""
        begin(day, PACK).postpone()
        begin(day)
        insert = ANOTHER.format(number=99, document=2, place=9)
        refused(path, f"{verb} INTO {insert}", WORDS, "mark_enters_once")

    @pytest.mark.parametrize("change", ["ki = '{pack}'", "documentid = 2, ki = '{pack}'", "status = 0, ki = '{pack}'"])
    def test_no_update_of_any_program(self, day: Day, path: Path, change: str) -> None:
        """Given a pack in a postponed receipt, then no UPDATE makes a line of the open one that pack."""
        begin(day, PACK).postpone()
        begin(day, PACKS[2])
        statement = f"UPDATE goodsitem SET {change.format(pack=PACK)} WHERE goodsitemid = 4"  # noqa: S608 - ours
        refused(path, statement, WORDS, "mark_stays_once")

    def test_storno_is_not_taken_back(self, day: Day, path: Path) -> None:
        """Given a storno'd pack that was scanned again, then its first line does not come to life."""
        enter(begin(day, PACK).storno(2), PACK)
        refused(path, "UPDATE goodsitem SET status = 0 WHERE goodsitemid = 2", WORDS, "mark_stays_once")

    def test_lines_before_their_document(self, day: Day, path: Path) -> None:
        """Given a pack in the open receipt, then no program writes it down for a document that comes after."""
        begin(day, PACK)
        refused(path, f"INSERT INTO {ANOTHER.format(number=99, document=77, place=1)}", WORDS, "mark_enters_once")


def _undo_marks(path: Path) -> None:
    """Bring a file to the form before marks."""
    conn = sqlite3.connect(path, isolation_level=None)
    conn.executescript("""
        DROP TRIGGER mark_enters_once; DROP TRIGGER mark_stays_once; DROP INDEX goodsitem_of_mark;
        ALTER TABLE goodsitem DROP COLUMN ki; ALTER TABLE goodsitem DROP COLUMN additionaldata;
        DROP TRIGGER sold_comes_back_once; DROP TRIGGER sold_stays_back_once; DROP TRIGGER return_keeps_its_sale;
        DROP TRIGGER reason_stays; DROP TRIGGER sold_has_come_back_once;
        DROP TRIGGER money_goes_back_once; DROP TRIGGER shift_balances; DROP INDEX document_of_sale;
        DROP TABLE solditem; DROP TABLE soldmoney;
        ALTER TABLE document DROP COLUMN sourceidentifier; ALTER TABLE document DROP COLUMN backreason;
        ALTER TABLE workshift DROP COLUMN sumrefund; ALTER TABLE workshift DROP COLUMN sumrefundcash;
        ALTER TABLE workshift DROP COLUMN sumrefundnoncash; ALTER TABLE goodsitem DROP COLUMN sourceposnum;
        ALTER TABLE goodsitem DROP COLUMN extdocid;
        DELETE FROM _sqlite_migrations
        WHERE name IN ('2026-11-22 marks', '2026-11-22 orders', '2026-11-22 returns');
    """)
    conn.close()
