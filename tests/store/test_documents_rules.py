"""Rules inside documents.db: what no statement of any program may do, whatever the program."""

import sqlite3
from pathlib import Path

import pytest

from cashier.core import facts as f
from cashier.core.money import Kopecks
from cashier.core.receipt import Line
from cashier.core.tender import TenderKind
from cashier.store.connect import StoreError
from tests.core.goods import BREAD, IVANOVA, MILK
from tests.store.files import opened, refused, rows
from tests.store.journals import Journaled, stock

AT = "2026-11-21T12:00:00.000+03:00"
COLUMNS = {
    "document": "document (documentid, checknum, docnum, doctype, time_beg, identifier)",
    "document_by_rowid": "document (rowid, checknum, docnum, doctype, time_beg, identifier)",
    "goodsitem": """goodsitem (goodsitemid, documentid, ttime, opcode, code, bcode, name, cquant, price, minprice,
        disc_abs, sumb, sume, posnum)""",
    "moneyitem": "moneyitem (moneyitemid, documentid, mtime, opcode, valcode, sume)",
}
"""Tables with the columns that a row must have."""
LINE = f.LineAdded("r", Line(1, BREAD, BREAD.quantity, BREAD.price))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that is not there yet."""
    return tmp_path / "documents.db"


@pytest.fixture
def hand(path: Path) -> Journaled:
    """A signed-in till."""
    made = Journaled(path, stock())
    made.sign_in()
    return made


class TestRules:
    """No INSERT, UPDATE or DELETE of any program breaks these."""

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE journal SET body = '{}' WHERE seq = 1",
            "UPDATE journal SET at = '' WHERE seq = 1",
            "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)",
            "DELETE FROM journal",
            "INSERT OR REPLACE INTO journal VALUES (1, '', '{}', x'00')",
            "INSERT OR IGNORE INTO journal VALUES (1, '', '{}', x'00')",
            "INSERT INTO journal VALUES (1, '', '{}', x'00') ON CONFLICT (seq) DO UPDATE SET body = '{}'",
            "INSERT INTO journal (rowid, at, body, hash) VALUES (99, '', '{}', x'00')",
            "INSERT INTO journal (at, body, hash) VALUES ('', '{}', x'00')",
            "UPDATE OR REPLACE journal SET seq = 1 WHERE seq = 2",
        ],
    )
    def test_journal_only_grows(self, hand: Journaled, path: Path, statement: str) -> None:
        """A row of the journal is neither changed nor removed nor replaced, and none is put between or far ahead."""
        hand.scan(BREAD.barcode)
        refused(path, statement % COLUMNS, "append-only")

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE document SET closed = 0",
            "UPDATE document SET sume = 0",
            "UPDATE document SET identifier = 'x'",
            "UPDATE goodsitem SET sume = 0",
            "UPDATE goodsitem SET status = 1",
            "DELETE FROM document",
            "DELETE FROM goodsitem",
            "INSERT OR REPLACE INTO document SELECT * FROM document",
            "INSERT OR IGNORE INTO document SELECT * FROM document",
            "INSERT OR REPLACE INTO %(document)s VALUES (1, 9, 9, 1, '', 'new')",
            "INSERT OR REPLACE INTO %(document)s SELECT 9, 9, 9, 1, '', identifier FROM document",
            "INSERT OR REPLACE INTO %(document_by_rowid)s VALUES (1, 9, 9, 1, '', 'new')",
            "INSERT OR REPLACE INTO goodsitem SELECT * FROM goodsitem",
            "INSERT INTO %(goodsitem)s VALUES (99, 1, '', 50, '1', '1', '1', 1, 1, 1, 0, 1, 1, 99)",
            "INSERT OR REPLACE INTO %(goodsitem)s VALUES (1, 2, '', 50, '1', '1', '1', 1, 1, 1, 0, 1, 1, 99)",
            "INSERT OR REPLACE INTO %(goodsitem)s VALUES (99, 1, '', 50, '1', '1', '1', 1, 1, 1, 0, 1, 1, 1)",
            "INSERT INTO %(moneyitem)s VALUES (99, 1, '', 70, 1, 1)",
        ],
    )
    @pytest.mark.parametrize("end", ["plus enter", "f4 enter"])
    def test_ended_document_stays(self, hand: Journaled, path: Path, statement: str, end: str) -> None:
        """A document that is closed or cancelled is neither changed nor replaced any more, nor are its lines."""
        hand.scan(BREAD.barcode).press(*end.split())
        refused(path, statement % COLUMNS, "closed document does not change")

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE moneyitem SET sume = 1",
            "DELETE FROM moneyitem",
            "INSERT OR REPLACE INTO moneyitem SELECT * FROM moneyitem",
            "INSERT OR REPLACE INTO %(moneyitem)s VALUES (1, 2, '', 70, 1, 1)",
        ],
    )
    def test_money_of_a_closed_document_stays(self, hand: Journaled, path: Path, statement: str) -> None:
        """What was paid for a closed receipt is neither changed nor taken into another one."""
        hand.scan(BREAD.barcode).press("plus", "enter")
        refused(path, statement % COLUMNS, "closed document does not change")

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE goodsitem SET documentid = 1, posnum = 9 WHERE documentid = 2",
            "UPDATE moneyitem SET documentid = 1 WHERE documentid = 2",
            "UPDATE OR REPLACE goodsitem SET goodsitemid = 1 WHERE documentid = 2",
            "UPDATE OR REPLACE goodsitem SET rowid = 1 WHERE documentid = 2",
            "UPDATE OR REPLACE moneyitem SET moneyitemid = 1 WHERE documentid = 2",
            "UPDATE OR REPLACE document SET documentid = 1 WHERE documentid = 2",
            "UPDATE OR REPLACE document SET rowid = 1 WHERE documentid = 2",
            """UPDATE OR REPLACE document SET identifier = (SELECT identifier FROM document WHERE documentid = 1)
               WHERE documentid = 2""",
        ],
    )
    def test_open_document_takes_no_place_of_a_closed_one(self, hand: Journaled, path: Path, statement: str) -> None:
        """Given a closed receipt and one being paid, then nothing of the second can be put into or over the first."""
        hand.scan(BREAD.barcode).press("plus", "enter").scan(MILK.barcode).press("plus").write("1").press("enter")
        assert [row["documentid"] for row in rows(path, "moneyitem")] == [1, 2]
        refused(path, statement % COLUMNS, "closed document does not change")

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE workshift SET shiftnum = 2",
            "UPDATE workshift SET workshiftid = 2",
            "UPDATE workshift SET rowid = 2",
            "UPDATE workshift SET time_beg = ''",
            "UPDATE workshift SET scode = NULL",
            "UPDATE workshift SET cashcode = '9'",
            "DELETE FROM workshift",
            "INSERT OR REPLACE INTO workshift (workshiftid, shiftnum, time_beg) VALUES (1, 9, '')",
            "INSERT OR REPLACE INTO workshift (shiftnum, time_beg) VALUES (1, '')",
        ],
    )
    def test_shift_stays(self, hand: Journaled, path: Path, statement: str) -> None:
        """A shift keeps its number, its beginning, its cashier and its till."""
        hand.scan(BREAD.barcode)
        refused(path, statement % COLUMNS, "shift keeps what it began with")

    def test_shift_ends_once(self, hand: Journaled, path: Path) -> None:
        """Given a shift whose end was written down, then it is not opened again nor ended at another time."""
        hand.scan(BREAD.barcode)
        conn = sqlite3.connect(path, isolation_level=None)
        conn.execute("UPDATE workshift SET time_end = '2026-11-21T20:00:00'")
        conn.close()
        for statement in ("UPDATE workshift SET time_end = NULL", "UPDATE workshift SET time_end = ''"):
            refused(path, statement % COLUMNS, "shift keeps what it began with")

    @pytest.mark.parametrize("paid", [4549, 4551, 0])
    def test_payments_balance(self, path: Path, paid: int) -> None:
        """Given lines of 45.50 and money of another sum, when the document is closed, then it is not."""
        documents = opened(path)
        money = f.TenderTaken("r", TenderKind.CASH, Kopecks(paid), AT[:19])
        closed = f.ReceiptClosed("r", BREAD.price, Kopecks(0), AT[:19])
        with pytest.raises(StoreError, match="payments less change are not the sum of lines"):
            documents.commit(AT, (LINE, money, closed))
        assert rows(path, "document")[0]["closed"] == 0

    def test_a_position_is_taken_once(self, path: Path) -> None:
        """Two lines cannot stand at one place of a receipt."""
        documents = opened(path)
        with pytest.raises(StoreError, match="posnum"):
            documents.commit(AT, (LINE, LINE))

    def test_a_guid_is_used_once(self, path: Path) -> None:
        """Two receipts cannot have one GUID."""
        documents = opened(path)
        with pytest.raises(StoreError, match="identifier"):
            documents.commit(AT, (f.ReceiptOpened("r", 2, 1, AT[:19], IVANOVA),))
