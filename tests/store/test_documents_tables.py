"""documents.db by the names and figures of interfaces.md, as other programs read it."""

from pathlib import Path

import pytest

from cashier.core import facts as f
from cashier.core.catalogue import Kind, Product
from cashier.core.money import Kopecks
from cashier.core.receipt import Line
from cashier.core.tender import TenderKind
from cashier.store.connect import StoreError, open_for_reading
from cashier.store.documents import Documents
from cashier.store.verify import verify
from tests.core.gates import message
from tests.core.goods import APPLES, BREAD, IVANOVA, MILK
from tests.store.files import Row, opened, rows
from tests.store.journals import Journaled, stock

AT = "2026-11-21T12:00:00.000+03:00"
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


def sold(hand: Journaled) -> Journaled:
    """Sell bread, apples and a storno'd milk, paid with a thousand."""
    hand.scan(BREAD.barcode).scan(MILK.barcode).press("delete").scan(APPLES.barcode).write("0.745").press("enter")
    hand.press("plus").write("1000").press("enter")
    return hand


def only(path: Path, table: str) -> Row:
    """Read the one row of a table."""
    (row,) = rows(path, table)
    return row


def part(row: Row, *names: str) -> tuple[object, ...]:
    """Return columns of a row."""
    return tuple(row[name] for name in names)


class TestOpenReceipt:
    def test_document_is_there_with_the_first_line(self, hand: Journaled, path: Path) -> None:
        """Given a first scan, then the document is open, a sale, and carries the GUID of the receipt."""
        hand.scan(BREAD.barcode)
        document = only(path, "document")
        assert part(document, "shopcode", "cashcode", "checknum", "doctype", "closed") == ("77", "3", 1, 1, 0)
        assert part(document, "identifier", "scode") == (hand.receipt.identifier, IVANOVA.code)
        assert document["time_beg"] == hand.receipt.opened
        assert document["time_end"] is None

    def test_line_has_code_barcode_and_sums_in_roubles(self, hand: Journaled, path: Path) -> None:
        """Given bread, then the row says inventcode, barcode, quantity and roubles as numbers."""
        hand.scan(BREAD.barcode)
        line = only(path, "goodsitem")
        assert part(line, "code", "bcode", "name", "measure") == ("1", BREAD.barcode, "Хлеб", "шт")
        assert part(line, "cquant", "price", "minprice", "sumb", "sume") == (1, 45.5, 0, 45.5, 45.5)
        assert part(line, "opcode", "status", "posnum", "excisemark") == (50, 0, 1, None)
        assert line["ttime"] == hand.till.now.isoformat()

    def test_shift_is_opened_and_counts_receipts(self, hand: Journaled, path: Path) -> None:
        """Given two receipts, then the shift knows the first and the last of their numbers."""
        sold(hand).scan(BREAD.barcode)
        shift = only(path, "workshift")
        assert part(shift, "shiftnum", "scode", "checknum1", "checknum2", "time_end") == (1, "7", 1, 2, None)
        assert {row["workshiftid"] for row in rows(path, "document")} == {shift["workshiftid"]}

    def test_weight_has_three_digits(self, hand: Journaled, path: Path) -> None:
        """Given 745 grams, then the quantity is 0.745 and the sum is rounded to the kopeck."""
        hand.scan(APPLES.barcode).write("0.745").press("enter")
        assert part(only(path, "goodsitem"), "cquant", "sume", "measure") == (0.745, 96.11, "кг")

    def test_quantity_changes_in_place(self, hand: Journaled, path: Path) -> None:
        """Given a line, when its quantity becomes 3, then the same row says so."""
        hand.scan(BREAD.barcode).press("f6").write("3").press("enter")
        assert part(only(path, "goodsitem"), "cquant", "sumb", "sume", "posnum") == (3, 136.5, 136.5, 1)

    def test_storno_stays_as_a_row(self, hand: Journaled, path: Path) -> None:
        """Given two lines, when one is storno'd, then its row stays with status 1."""
        hand.scan(BREAD.barcode).scan(MILK.barcode).press("delete")
        assert [part(row, "code", "status") for row in rows(path, "goodsitem")] == [("1", 0), ("2", 1)]


class TestMark:
    @pytest.mark.parametrize(
        ("kind", "name"),
        [(Kind.TOBACCO, "TOBACCO"), (Kind.ALCOHOL, "ALCOHOL"), (Kind.MEDICINE, "MEDIC"), (Kind.SHOES, "MARKEDGOODS")],
    )
    def test_mark_is_kept_whole(self, path: Path, kind: Kind, name: str) -> None:
        """Given a marked pack, then the row keeps the full code with GS, and the kind of goods."""
        mark = "010460068200001321AB\x1d91EE10\x1d92xyz"
        documents = opened(path)
        product = Product("1", "Пачка", Kopecks(15000), kind=kind)
        documents.commit(AT, (f.LineAdded("r", Line(1, product, BREAD.quantity, product.price, mark=mark)),))
        assert part(only(path, "goodsitem"), "excisemark", "excisetype") == (mark, name)


class TestEnd:
    def test_closed_receipt_balances(self, hand: Journaled, path: Path) -> None:
        """Given a sale of 141.61 paid with 1000, then closed is 1 and money less change is the sum."""
        sold(hand)
        document = only(path, "document")
        assert part(document, "closed", "sumb", "sume", "disc_abs") == (1, 141.61, 141.61, 0)
        assert document["time_end"] == hand.till.now.isoformat()
        money = [part(row, "opcode", "valcode", "valname", "sume") for row in rows(path, "moneyitem")]
        assert money == [(70, 1, "Наличные", 1000), (72, 1, "Наличные", 858.39)]

    def test_exact_payment_has_no_change(self, hand: Journaled, path: Path) -> None:
        """Given an exact payment, then there is one row of money and none of change."""
        hand.scan(BREAD.barcode).press("plus", "enter")
        assert part(only(path, "moneyitem"), "opcode", "sume") == (70, 45.5)

    def test_card_is_tender_four(self, path: Path) -> None:
        """Given a card tender, then its valcode is 4."""
        documents = opened(path)
        documents.commit(AT, (f.TenderTaken("r", TenderKind.CARD, Kopecks(4550), AT[:19]),))
        assert part(only(path, "moneyitem"), "opcode", "valcode", "sume") == (70, 4, 45.5)

    def test_cancelled_receipt_keeps_its_type(self, hand: Journaled, path: Path) -> None:
        """Given a receipt, when it is given up, then closed is 2 and the document is still a sale."""
        hand.scan(BREAD.barcode).press("f4", "enter")
        assert part(only(path, "document"), "closed", "doctype", "sume") == (2, 1, 45.5)

    def test_discounts_are_summed(self, path: Path) -> None:
        """Given a line of 45.50 with 0.50 off, then the document says before, off and after."""
        documents = opened(path)
        line = Line(1, BREAD, BREAD.quantity, BREAD.price, discount=Kopecks(50))
        paid = f.TenderTaken("r", TenderKind.CASH, Kopecks(4500), AT[:19])
        closed = f.ReceiptClosed("r", Kopecks(4500), Kopecks(0), AT[:19])
        documents.commit(AT, (f.LineAdded("r", line), paid, closed))
        assert part(only(path, "document"), "sumb", "disc_abs", "sume") == (45.5, 0.5, 45)

    def test_messages_wait_in_the_outbox(self, hand: Journaled, path: Path) -> None:
        """Given a gate with something to say about a closed receipt, then the outbox has it from the same moment."""
        sold(hand)
        last = rows(path, "outbox")[-1]
        receipt = only(path, "document")["identifier"]
        assert part(last, "identifier", "destination", "type", "body") == (receipt, "server", "note", "completed")
        assert part(last, "state", "tries") == ("waiting", 0)

    def test_nothing_but_names_of_tables_is_new(self, path: Path) -> None:
        """The file has the tables of artix.md 5.3 that we use, and our own seven."""
        Documents(path).close()
        tables = {str(row["name"]) for row in rows(path, "sqlite_schema") if row["type"] == "table"}
        assert {name for name in tables if not name.startswith(("_", "sqlite_"))} == {
            "document",
            "goodsitem",
            "moneyitem",
            "workshift",
            "journal",
            "ledger",
            "outbox",
            "printing",
            "numbering",
            "solditem",
            "soldmoney",
        }


class TestDurability:
    def test_wal_and_full(self, path: Path) -> None:
        """The connection that writes receipts is in WAL mode and waits for the disk at every commit."""
        conn = Documents(path)._conn
        assert conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert conn.execute("PRAGMA synchronous").fetchone() == (2,)
        assert conn.execute("PRAGMA foreign_keys").fetchone() == (1,)

    def test_commit_is_seen_by_others_at_once(self, hand: Journaled, path: Path) -> None:
        """Given another program that reads, when a line is committed, then its next look sees it."""
        reader = open_for_reading(path)
        assert reader.execute("SELECT count(*) FROM goodsitem").fetchone() == (0,)
        hand.scan(BREAD.barcode)
        assert reader.execute("SELECT count(*) FROM goodsitem").fetchone() == (1,)
        reader.close()

    def test_a_failing_row_leaves_nothing(self, path: Path) -> None:
        """Given a commit whose last line cannot be, then neither journal nor tables have any of it."""
        documents = opened(path)
        before = (documents.ledger, rows(path, "journal"))
        with pytest.raises(StoreError):
            documents.commit(AT, (message("one"), LINE, LINE))
        assert (documents.ledger, rows(path, "journal")) == before
        assert rows(path, "goodsitem") == rows(path, "outbox") == []

    def test_it_goes_on_after_a_failure(self, path: Path) -> None:
        """Given a commit that failed, when the next one is good, then the chain has no gap."""
        documents = opened(path)
        with pytest.raises(StoreError):
            documents.commit(AT, (LINE, LINE))
        documents.commit(AT, (LINE,))
        assert [row["seq"] for row in rows(path, "journal")] == [1, 2, 3]
        assert verify(path) == []

    def test_foreign_fact_is_not_written(self, path: Path) -> None:
        """Given a fact about a receipt that is not open, then it is refused before anything is written."""
        documents = opened(path)
        with pytest.raises(ValueError, match="stranger"):
            documents.commit(AT, (f.PaymentBegun("stranger"),))
        assert len(rows(path, "journal")) == 2
