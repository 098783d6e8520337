"""Returns in documents.db: what their rows say, and the rules that no program breaks: no more comes back than was sold.

Neither goods nor money, over all returns of a sale, whoever writes them down (spec R6).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.discounts import Discount
from cashier.core.money import Kopecks
from cashier.core.quantity import ONE, Thousandths, pieces
from cashier.core.receipt import DocumentType, Line
from cashier.core.sales import Paid, Refunded, Sale, SoldLine
from cashier.core.tender import TenderKind
from cashier.store.connect import StoreError
from cashier.store.documents import Documents
from cashier.store.past_sales import PastSales
from cashier.store.verify import verify
from tests.core.goods import APPLES, BREAD, IVANOVA, MILK
from tests.store.days import PLACE, Day
from tests.store.files import refused, rows, tamper
from tests.store.test_documents_released import DUMP
from tests.store.test_past_sales import begin_return, give_back, left, sold

GOODS, MONEY = "no more comes back than was sold", "no more money goes back than was paid"
INTO = "(documentid, ttime, opcode, code, bcode, name, cquant, price, minprice, disc_abs, sumb, sume, posnum"
LOAF = "'', 58, '1', '1', '1', {quantity}, 1, 1, 0, 1, {sum}, 99"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that is not there yet."""
    return tmp_path / "documents.db"


@pytest.fixture
def day(path: Path) -> Day:
    """A till."""
    return Day(path)


@pytest.fixture
def past(day: Day) -> Iterator[PastSales]:
    """What is read beside it."""
    with closing(PastSales(day.documents._path)) as opened:
        yield opened


@pytest.fixture
def sale(day: Day, past: PastSales) -> Sale:
    """Three loaves, a milk that was storno'd, apples: 182.61 in cash and 50 by card."""
    day.begin().add(MILK).add(APPLES, Thousandths(745)).storno(2)
    name = day.receipt.identifier
    day.write(f.QuantityChanged(name, 1, pieces(3), Kopecks(13650), ())).card(5000)
    return sold(past, day.close())


def test_more_came_back_than_was_sold(day: Day, sale: Sale) -> None:
    """Given somebody who tells of more money back than was paid for a position, then the rest comes back for 0."""
    odd = replace(sale.lines[0], returned=ONE, returned_sum=Kopecks(99999))
    begin_return(day, replace(sale, lines=(odd, *sale.lines[1:]), own=False), (1, 2000))
    assert day.receipt.total == 0


def without(day: Day, rule: str) -> None:
    """Drop a rule."""
    day.documents._conn.execute(f"DROP TRIGGER {rule}")


def begin_free(day: Day) -> str:
    """Begin a return without a receipt, of one loaf."""
    shift, name = day.shift(), day.new("return")
    opened = f.ReceiptOpened(name, day.ledger.next_receipt, shift.number, day.now, IVANOVA, *PLACE, DocumentType.RETURN)
    day.write(opened, f.LineAdded(name, Line(1, BREAD, ONE, BREAD.price)))
    return name


def too_much(day: Day, sale: Sale, *back: tuple[int, int]) -> None:
    """Try to bring more back than was sold; the same goes through where the rule is dropped."""
    with pytest.raises(StoreError, match=GOODS):
        begin_return(day, sale, *back)
    day.cancel() if day.ledger.receipt else None
    without(day, "sold_comes_back_once")
    begin_return(day, sale, *back)


class TestRows:
    def test_return_by_receipt(self, day: Day, sale: Sale, path: Path) -> None:
        """Given goods of both kinds of money, when they come back, then the rows say from where, why and how."""
        name = begin_return(day, sale, (1, 2000), (3, 745))
        day.write(f.ReasonGiven(name, "faulty")).card(4000)
        day.close()
        _, document = rows(path, "document")
        assert (document["doctype"], document["closed"], document["sume"]) == (25, 1, 187.11)
        assert (document["sourceidentifier"], document["backreason"]) == (sale.identifier, "faulty")
        lines = [row for row in rows(path, "goodsitem") if row["documentid"] == 2]
        assert [(row["opcode"], row["sourceposnum"], row["cquant"], row["sume"]) for row in lines] == [
            (58, 1, 2, 91),
            (58, 3, 0.745, 96.11),
        ]
        money = [row for row in rows(path, "moneyitem") if row["documentid"] == 2]
        assert [(row["opcode"], row["valcode"], row["sume"]) for row in money] == [(100, 4, 40), (100, 1, 147.11)]
        assert verify(path) == []

    def test_return_without_receipt(self, day: Day, path: Path) -> None:
        """Given a loaf that comes back without a receipt, then it is a return of its own kind, and of no sale."""
        name = begin_free(day)
        day.write(f.ReasonGiven(name, "other")).close()
        (document,) = rows(path, "document")
        assert (document["doctype"], document["sourceidentifier"], document["backreason"]) == (2, None, "other")
        assert [(row["opcode"], row["sourceposnum"]) for row in rows(path, "goodsitem")] == [(56, None)]
        assert [(row["opcode"], row["valcode"]) for row in rows(path, "moneyitem")] == [(74, 1)]
        assert verify(path) == []

    @pytest.mark.usefixtures("sale")
    def test_sale_stays_what_it_was(self, path: Path) -> None:
        """Given a sale, then none of its rows knows of returns."""
        (document,) = rows(path, "document")
        assert (document["doctype"], document["sourceidentifier"], document["backreason"]) == (1, None, None)
        assert {(row["opcode"], row["sourceposnum"]) for row in rows(path, "goodsitem")} == {(50, None)}
        assert {row["opcode"] for row in rows(path, "moneyitem")} == {70}
        assert rows(path, "solditem") == rows(path, "soldmoney") == []

    def test_what_was_sold(self, day: Day, sale: Sale, path: Path) -> None:
        """Given two returns of a sale, one of them begun while some came back elsewhere, then its rows say that."""
        give_back(day, sale, (1, 1000))
        elsewhere = replace(sale.lines[0], returned=pieces(2), returned_sum=Kopecks(9100))
        again = replace(
            sale,
            lines=(elsewhere, *sale.lines[1:]),
            refunded=(Refunded(TenderKind.CASH, Kopecks(4550)), Refunded(TenderKind.CARD, Kopecks(4550))),
        )
        begin_return(day, again, (1, 1000))
        assert [tuple(row.values()) for row in rows(path, "solditem")] == [
            (sale.identifier, 1, 3, 136.5, 1, 45.5),
            (sale.identifier, 3, 0.745, 96.11, 0, 0),
        ]
        assert [tuple(row.values()) for row in rows(path, "soldmoney")] == [
            (sale.identifier, 1, 182.61, 0),
            (sale.identifier, 4, 50, 45.5),
        ]
        assert verify(path) == []


class TestGoods:
    """Given a sale of three loaves and some apples, no statement brings more of them back."""

    def test_in_one_return(self, day: Day, sale: Sale) -> None:
        """Four of three."""
        too_much(day, sale, (1, 4000))

    def test_by_the_gram(self, day: Day, sale: Sale) -> None:
        """A gram too much; to the gram it goes."""
        begin_return(day, sale, (3, 745))
        day.cancel()
        too_much(day, sale, (3, 746))

    def test_twice_in_one_return(self, day: Day, sale: Sale) -> None:
        """Two and two of three, in one receipt."""
        too_much(day, sale, (1, 2000), (1, 2000))

    def test_over_two_returns(self, day: Day, sale: Sale) -> None:
        """Two and two of three, of a till that has forgotten the first two; one more goes."""
        give_back(day, sale, (1, 2000))
        begin_return(day, sale, (1, 1000))
        day.cancel()
        too_much(day, sale, (1, 2000))

    def test_beside_one_put_aside(self, day: Day, sale: Sale) -> None:
        """Two in a return that was put aside, and two more."""
        begin_return(day, sale, (1, 2000))
        day.postpone()
        too_much(day, sale, (1, 2000))

    def test_beside_an_open_one(self, day: Day, sale: Sale, path: Path) -> None:
        """Two in the open return, and two more of another program."""
        begin_return(day, sale, (1, 2000))
        values = LOAF.format(quantity=2, sum=1)
        statement = f"INSERT INTO goodsitem {INTO}, sourceposnum) VALUES (2, {values}, 1)"  # noqa: S608 - ours
        refused(path, statement, GOODS, "sold_comes_back_once")

    def test_came_back_elsewhere(self, day: Day, sale: Sale) -> None:
        """Two that another till has taken back, and two more; one more goes."""
        own = replace(sale.lines[0], returned=pieces(2), returned_sum=Kopecks(9100))
        known = replace(sale, lines=(own, *sale.lines[1:]))
        begin_return(day, known, (1, 1000))
        day.cancel()
        too_much(day, known, (1, 2000))

    def test_sale_of_another_till(self, day: Day) -> None:
        """Goods that this till never sold: what it was told of the sale is what counts."""
        line = SoldLine(7, BREAD, pieces(2), BREAD.price, Kopecks(9100))
        paid = (Paid(TenderKind.CASH, Kopecks(9100)),)
        foreign = Sale("foreign", "77", "4", 9, 1, "2026-11-20T12:00:00", (line,), paid, own=False)
        give_back(day, foreign, (7, 1000))
        too_much(day, foreign, (7, 2000))

    def test_position_that_was_not_sold(self, day: Day, sale: Sale, path: Path) -> None:
        """The milk that was storno'd, and a place where nothing stood."""
        name = begin_return(day, sale)
        for origin in (2, 9):
            with pytest.raises(StoreError, match=GOODS):
                day.write(f.LineAdded(name, Line(1, MILK, ONE, MILK.price, origin=origin)))
        assert len(rows(path, "goodsitem")) == 3

    def test_line_that_names_no_position(self, day: Day, sale: Sale) -> None:
        """Goods that come back by the receipt, and nobody says which."""
        name = begin_return(day, sale)
        with pytest.raises(StoreError, match=GOODS):
            day.write(f.LineAdded(name, Line(1, BREAD, ONE, BREAD.price)))

    def test_more_money_than_for_the_position(self, day: Day, sale: Sale) -> None:
        """Apples by the gram, and a kopeck above what was paid for all of them."""
        name = begin_return(day, sale)
        dear = Line(1, APPLES, Thousandths(745), APPLES.price, discount=Kopecks(-1), origin=3)
        with pytest.raises(StoreError, match=GOODS):
            day.write(f.LineAdded(name, dear))
        day.write(f.LineAdded(name, replace(dear, discount=Kopecks(0))))

    def test_discount_parts(self, day: Day, past: PastSales, path: Path) -> None:
        """Given three loaves for 100 roubles, when they come back one by one, then the rules let each of them in."""
        day.begin().write(f.QuantityChanged(day.receipt.identifier, 1, pieces(3), Kopecks(13650), ()))
        name = day.grant(0, Discount(amount=Kopecks(3650))).close()
        for _ in range(3):
            give_back(day, sold(past, name), (1, 1000))
        assert [row["sume"] for row in rows(path, "document")] == [100, 33.33, 33.34, 33.33]
        assert left(sold(past, name)) == [(0, 0)]
        assert verify(path) == []

    def test_storno_frees(self, day: Day, sale: Sale, path: Path) -> None:
        """Given all loaves in a return, when the line is storno'd, then they may come in again, and not twice."""
        name = begin_return(day, sale, (1, 3000))
        day.storno(1)
        line = replace(day.receipt.lines[0], position=2, storno=False)
        day.write(f.LineAdded(name, line))
        refused(path, "UPDATE goodsitem SET status = 0 WHERE documentid = 2", GOODS, "sold_stays_back_once")
        day.close()
        assert verify(path) == []

    def test_given_up_return_frees(self, day: Day, sale: Sale, path: Path) -> None:
        """Given a return of all loaves that is given up, then they come back by another one."""
        begin_return(day, sale, (1, 3000))
        day.cancel()
        give_back(day, sale, (1, 3000))
        assert verify(path) == []

    @pytest.mark.parametrize("change", ["cquant = 4", "sume = 150", "sourceposnum = 9", "sourceposnum = NULL"])
    def test_no_update_of_any_program(self, day: Day, sale: Sale, path: Path, change: str) -> None:
        """Given a line of an open return, then no UPDATE makes more of it."""
        begin_return(day, sale, (1, 2000))
        refused(path, f"UPDATE goodsitem SET {change} WHERE documentid = 2", GOODS, "sold_stays_back_once")  # noqa: S608

    @pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE", "REPLACE"])
    def test_no_insert_of_any_program(self, day: Day, sale: Sale, path: Path, verb: str) -> None:
        """Given two loaves that came back, then no INSERT brings two more into an open return."""
        give_back(day, sale, (1, 2000))
        begin_return(day, sale)
        statement = f"{verb} INTO goodsitem {INTO}, sourceposnum) VALUES (3, {LOAF.format(quantity=2, sum=1)}, 1)"
        refused(path, statement, GOODS, "sold_comes_back_once")

    def test_line_of_another_document(self, day: Day, sale: Sale, path: Path) -> None:
        """Given a loaf in an open sale, then it is not moved into a return that has all of them."""
        begin_return(day, sale, (1, 3000))
        day.postpone()
        day.begin()
        change = "UPDATE goodsitem SET documentid = 2, posnum = 9, sourceposnum = 1 WHERE documentid = 3"
        refused(path, change, GOODS, "sold_stays_back_once")

    @pytest.mark.parametrize("change", ["'other'", "NULL"])
    def test_return_of_another_sale(self, day: Day, sale: Sale, path: Path, change: str) -> None:
        """Given an open return, then no program makes it one of another sale, so that this one is whole again."""
        begin_return(day, sale, (1, 3000))
        statement = f"UPDATE document SET sourceidentifier = {change} WHERE documentid = 2"  # noqa: S608 - ours
        refused(path, statement, "a return keeps the sale that it gives back", "return_keeps_its_sale")

    @pytest.mark.parametrize("kind", [1, 2])
    def test_return_of_another_kind(self, day: Day, sale: Sale, path: Path, kind: int) -> None:
        """Given an open return by receipt, then it does not become a document that the rules do not look at."""
        begin_return(day, sale, (1, 3000))
        words = "none changes its number or type"
        refused(path, f"UPDATE document SET doctype = {kind} WHERE documentid = 2", words, "document_stays")  # noqa: S608

    def test_forgotten_sale(self, day: Day, sale: Sale) -> None:
        """Given what was sold taken out of the table, then nothing comes back at all."""
        name = begin_return(day, sale)
        without(day, "solditem_remains")
        day.documents._conn.execute("DELETE FROM solditem")
        with pytest.raises(StoreError, match=GOODS):
            day.write(f.LineAdded(name, Line(1, BREAD, ONE, BREAD.price, origin=1)))

    @pytest.mark.parametrize(
        ("statement", "rule"),
        [
            ("UPDATE solditem SET cquant = 9", "solditem_stays"),
            ("DELETE FROM solditem", "solditem_remains"),
            ("REPLACE INTO solditem SELECT identifier, posnum, 9, sume, 0, 0 FROM solditem", "solditem_grows_not"),
            ("UPDATE soldmoney SET backsum = 0", "soldmoney_stays"),
            ("DELETE FROM soldmoney", "soldmoney_remains"),
            ("REPLACE INTO soldmoney SELECT identifier, valcode, 9999, 0 FROM soldmoney", "soldmoney_grows_not"),
        ],
    )
    def test_what_was_sold_stays(self, day: Day, sale: Sale, path: Path, statement: str, rule: str) -> None:
        """Given a return in work, then no statement makes more of its sale than it was."""
        begin_return(day, sale)
        refused(path, statement, "what was sold does not change", rule)

    def test_line_written_before_its_document(self, day: Day, sale: Sale) -> None:
        """Given a line too many that slipped past the first rule, then the return is not closed with it."""
        without(day, "sold_comes_back_once")
        begin_return(day, sale, (1, 4000))
        with pytest.raises(StoreError, match=GOODS):
            day.close()
        without(day, "sold_has_come_back_once")
        without(day, "money_goes_back_once")
        day.close()


class TestMoney:
    """Given a sale that was paid with 182.61 in cash and 50 by card, no more goes back in either."""

    def denied(self, day: Day, sale: Sale, *back: tuple[int, int], card: int = 0) -> None:
        """Try to give so much back; the same goes through where the rule is dropped."""
        with pytest.raises(StoreError, match=MONEY):
            give_back(day, sale, *back, card=card)
        without(day, "money_goes_back_once")
        day.close()

    def test_cash(self, day: Day, sale: Sale) -> None:
        """All of it in cash."""
        self.denied(day, sale, (1, 3000), (3, 745))

    def test_card(self, day: Day, sale: Sale) -> None:
        """A kopeck too much on the card."""
        self.denied(day, sale, (1, 3000), card=5001)

    def test_both_to_the_kopeck(self, day: Day, sale: Sale, path: Path) -> None:
        """All of it as it was paid: that goes."""
        give_back(day, sale, (1, 3000), (3, 745), card=5000)
        assert verify(path) == []

    def test_over_two_returns(self, day: Day, sale: Sale) -> None:
        """Cash twice, of a till that has forgotten the first time."""
        give_back(day, sale, (1, 2000))
        self.denied(day, sale, (1, 1000), (3, 745))

    def test_given_back_elsewhere(self, day: Day, sale: Sale) -> None:
        """The card has all of it back by another till."""
        known = replace(sale, refunded=(Refunded(TenderKind.CARD, Kopecks(5000)),))
        self.denied(day, known, (1, 1000), card=1)

    def test_kind_that_was_not_paid(self, day: Day, past: PastSales) -> None:
        """A card, and there was none."""
        self.denied(day, sold(past, day.begin(BREAD).close()), (1, 1000), card=100)

    def test_given_up_return_frees(self, day: Day, sale: Sale, path: Path) -> None:
        """Given cash that was on its way and was taken in again, then it may go back by another return."""
        begin_return(day, sale, (1, 3000))
        day.cash(10000).give_back().cancel()
        give_back(day, sale, (1, 3000))
        assert verify(path) == []

    def test_no_update_of_any_program(self, day: Day, sale: Sale, path: Path) -> None:
        """Given a return in payment that has no more card to give back, then no program closes it so."""
        give_back(day, sale, (1, 2000), card=5000)
        begin_return(day, sale, (1, 1000))
        day.card(1000)
        day.write(f.TenderTaken(day.receipt.identifier, TenderKind.CASH, Kopecks(3550), day.now))
        refused(path, "UPDATE document SET closed = 1 WHERE documentid = 3", MONEY, "money_goes_back_once")

    def test_lines_and_money_of_a_return_agree(self, day: Day, sale: Sale) -> None:
        """Given less money than the lines come to, then the return is not closed."""
        name = begin_return(day, sale, (1, 1000))
        day.cash(4549)
        with pytest.raises(StoreError, match="payments less change are not the sum of lines"):
            day.write(f.ReceiptClosed(name, Kopecks(4550), Kopecks(0), day.now))


class TestShift:
    @pytest.fixture
    def closed(self, day: Day, sale: Sale) -> Day:
        """A day with a return by receipt, 40 of it to a card, and one without."""
        day.move("in", 50000)
        give_back(day, sale, (1, 1000), (3, 745), card=4000)
        begin_free(day)
        day.close()
        begin_return(day, sale, (1, 1000))
        return day.cancel()

    def test_sums(self, closed: Day, path: Path) -> None:
        """Given returns of both kinds, when Z is made, then its sums are those of its documents."""
        drawer = closed.ledger.drawer
        closed.z()
        (shift,) = rows(path, "workshift")
        names = ("countsale", "countrefund", "sumsale", "sumrefund", "sumrefundcash", "sumrefundnoncash", "sumgain")
        assert [shift[name] for name in names] == [1, 2, 232.61, 187.11, 147.11, 40, 45.5]
        assert (drawer, shift["sumdrawer"]) == (18261 + 50000 - 14711, 535.5)
        assert (shift["countcancelled"], shift["sumcancelled"]) == (1, 45.5)
        assert verify(path) == []
        with closing(Documents(path)) as again:
            assert again.ledger == closed.ledger

    @pytest.mark.parametrize("name", ["countrefund", "sumrefund", "sumrefundcash", "sumrefundnoncash", "sumgain"])
    def test_other_sums(self, closed: Day, path: Path, name: str) -> None:
        """Given a Z that says otherwise of returns, then no program closes the shift so."""
        closed.z()
        (shift,) = rows(path, "workshift")
        tamper(path, "UPDATE workshift SET time_end = NULL")
        change = f"UPDATE workshift SET time_end = '{shift['time_end']}', {name} = {name} + 1"  # noqa: S608 - ours
        refused(path, change, "the sums of the shift are not those of its documents", "shift_balances")


class TestVerify:
    @pytest.fixture
    def returned(self, day: Day, sale: Sale, path: Path) -> Path:
        """A file with returns that ended in all ways, one of them still open."""
        give_back(day, sale, (1, 1000), card=1000)
        begin_return(day, sale, (1, 1000), (3, 345))
        day.storno(1).cancel()
        begin_return(day, sale, (1, 2000))
        day.write(f.ReasonGiven(day.receipt.identifier, "unfit"))
        return path

    def test_silent(self, returned: Path) -> None:
        """Given all that, then there is no fault, and a restart stands where the till stood."""
        assert verify(returned) == []

    @pytest.mark.parametrize(
        ("table", "change"),
        [
            ("solditem", "cquant = 9 WHERE posnum = 1"),
            ("solditem", "sume = 999 WHERE posnum = 3"),
            ("solditem", "backquant = 1"),
            ("soldmoney", "sume = 999 WHERE valcode = 4"),
            ("document", "sourceidentifier = 'x' WHERE documentid = 2"),
            ("document", "backreason = 'other' WHERE documentid = 4"),
            ("document", "doctype = 2 WHERE documentid = 2"),
            ("goodsitem", "sourceposnum = 3 WHERE goodsitemid = 4"),
            ("goodsitem", "opcode = 50 WHERE goodsitemid = 4"),
            ("moneyitem", "opcode = 70 WHERE moneyitemid = 3"),
        ],
    )
    def test_meddled_row_is_found(self, returned: Path, table: str, change: str) -> None:
        """Given a row of a return, or of what was sold, changed behind the rules, then its table is named."""
        assert tamper(returned, f"UPDATE {table} SET {change}")  # noqa: S608 - words of this test
        assert [fault.split(":")[0] for fault in verify(returned)] == [f"таблица {table}"]

    @pytest.mark.parametrize("rule", ["sold_comes_back_once", "sold_stays_back_once", "money_goes_back_once"])
    def test_dropped_rule_is_found(self, returned: Path, rule: str) -> None:
        """Given a rule that somebody dropped, then that is said."""
        with closing(sqlite3.connect(returned, isolation_level=None)) as conn:
            conn.execute(f"DROP TRIGGER {rule}")
        assert verify(returned) == [f"форма базы данных изменена: {rule}"]


class TestReleased:
    """A file that the first released program wrote: its receipts come back like any other."""

    @pytest.fixture
    def old(self, path: Path) -> Day:
        """The till that was brought to our form, its open receipt given up."""
        with closing(sqlite3.connect(path)) as conn:
            conn.execute("PRAGMA journal_mode = WAL")
            conn.executescript(DUMP.read_text(encoding="utf-8"))
        return Day(path).cancel()

    def test_old_receipt_comes_back(self, old: Day, path: Path) -> None:
        """Given two loaves for 91 roubles of then, when they come back one by one, then that is all, and all agrees."""
        with closing(PastSales(path)) as past:
            for _ in range(2):
                give_back(old, sold(past, "r1"), (1, 1000))
            assert left(sold(past, "r1")) == [(0, 0)]
            too_much(old, sold(past, "r1"), (1, 1000))

    def test_its_shift_is_closed(self, old: Day, path: Path) -> None:
        """Given a receipt of both kinds of money that came back by both, when Z is made, then all is whole."""
        with closing(PastSales(path)) as past:
            give_back(old, sold(past, "r3"), (2, 1000), card=2500)
        old.z()
        (shift,) = rows(path, "workshift")
        assert [shift[name] for name in ("sumsale", "sumrefund", "sumgain", "countrefund")] == [225.9, 45, 180.9, 1]
        assert verify(path) == []
