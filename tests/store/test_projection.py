"""What facts mean for the tables: values are bound, never part of a statement, and every fact means something known."""

import re
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cashier.core import facts as f
from cashier.core.catalogue import Person, Product
from cashier.core.discounts import Discount
from cashier.core.money import LIMIT as MOST
from cashier.core.money import Kopecks, from_roubles
from cashier.core.quantity import LIMIT, Thousandths, cost
from cashier.core.receipt import Line
from cashier.core.shifts import CashMove, ShiftReport, Totals
from cashier.core.tender import CardSlip, TenderKind
from cashier.store._document_schema import DOCUMENTS
from cashier.store.migrations import bring_up_to_date
from cashier.store.projection import statements
from tests.core.goods import BREAD, IVANOVA, PETROV

AT, DAY = "2026-11-21T12:00:00.000+03:00", "2026-11-21T12:00:00"
OPENED = (f.ShiftOpened(1, DAY, IVANOVA), f.ReceiptOpened("r", 1, 1, DAY, IVANOVA))
HOSTILE = ("'; DROP TABLE goodsitem; --", '"', "\x1d\x00\x1b[2J", "[/]{}%s?1", "\u202eоверт", "😀" * 100, " ", "ё")
EXAMPLES: tuple[f.AnyFact, ...] = (
    f.SignedIn(IVANOVA),
    f.SignedOut(IVANOVA),
    f.SignInRefused("7"),
    *OPENED,
    f.LineAdded("r", Line(1, BREAD, BREAD.quantity, BREAD.price)),
    f.QuantityChanged("r", 1, Thousandths(2000), Kopecks(9100), ()),
    f.LineStornoed("r", 1, DAY, IVANOVA),
    f.LineLeft("r", 1),
    f.PaymentBegun("r"),
    f.PaymentLeft("r"),
    f.TenderTaken("r", TenderKind.CASH, Kopecks(5000), DAY),
    f.TendersReturned("r", Kopecks(5000), DAY),
    f.IntentMade("t", "stock", "r", "{}", 1),
    f.IntentSettled("t", "done"),
    f.MessageQueued("m", "server", "note", "{}"),
    f.PrintBegun("p", "r", copy=False),
    f.PrintEnded("p", "printed"),
    f.PaperSeen("r"),
    f.ReceiptClosed("r", Kopecks(5000), Kopecks(5000), DAY),
    f.ReceiptCancelled("r", DAY, IVANOVA),
    f.Approved("discount", PETROV, IVANOVA, DAY),
    f.AgeConfirmed("r", 18, DAY, IVANOVA),
    f.ClockConfirmed(DAY, PETROV),
    f.PersonChanged(IVANOVA, "added", PETROV, DAY),
    f.CashierChanged("r", PETROV),
    f.ReceiptMoved("r", 2, 1),
    f.ReceiptPostponed("r", DAY, IVANOVA),
    f.ReceiptRestored("r", DAY, PETROV),
    f.DiscountGranted("r", 1, Discount(1000), DAY, PETROV),
    f.DiscountsSpread("r", ((1, Kopecks(455), Kopecks(4095)),)),
    f.ChargeBegun("c", "r", Kopecks(100), DAY),
    f.ChargeEnded("c", "declined"),
    f.ChargeDisputed("c", "approved", DAY),
    f.TenderReversed("r", "c", Kopecks(100), DAY),
    f.CashMoved(CashMove("m", 1, 1, "in", Kopecks(100), DAY, IVANOVA)),
    f.ClosingBegun("z", 1, 7, DAY, PETROV),
    f.ClosingLeft("z"),
    f.ShiftClosed(ShiftReport("z", "z", 1, DAY, DAY, PETROV, Totals(), Kopecks(0))),
    f.RegisterBegun("p", 7),
    f.ReasonGiven("r", "faulty"),
    f.OrderAsked("1001", "o", "r", DAY),
    f.OrderLeft("o", "missing"),
    f.OrderTaken("r", "o", "1001", "d-1", (Line(1, BREAD, BREAD.quantity, BREAD.price, order="1001"),), DAY),
    f.LineMarked("r", Line(1, BREAD, BREAD.quantity, BREAD.price, order="1001")),
)


@pytest.fixture(scope="module")
def form() -> Iterator[sqlite3.Connection]:
    """The form of documents.db, without a row."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    bring_up_to_date(conn, DOCUMENTS)
    yield conn
    conn.close()


def tables(form: sqlite3.Connection, *facts: f.AnyFact) -> sqlite3.Connection:
    """Make the tables that follow from facts."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    form.backup(conn)
    for fact in facts:
        for sql, parameters in statements(AT, fact):
            conn.execute(sql, parameters)
    return conn


def test_every_fact_is_known() -> None:
    """No kind of fact is left that the tables have no word about, not even the word «nothing»."""
    assert {type(fact) for fact in EXAMPLES} == set(get_args(f.AnyFact))
    for fact in EXAMPLES:
        assert isinstance(statements(AT, fact), list)


@pytest.mark.parametrize("fact", [fact for fact in EXAMPLES if not statements(AT, fact)])
def test_what_is_of_no_table_is_of_the_till_itself(fact: f.AnyFact) -> None:
    """Who is signed in, allowed or confirmed what, what is being asked of the outside: the journal alone knows."""
    people = f.SignedIn | f.SignedOut | f.SignInRefused | f.Approved | f.PersonChanged
    people |= f.AgeConfirmed | f.ClockConfirmed
    asked = f.IntentMade | f.IntentSettled | f.ChargeBegun | f.ChargeEnded | f.ChargeDisputed
    inner = f.ClosingBegun | f.ClosingLeft | f.PaymentBegun | f.PaymentLeft | f.LineLeft | f.RegisterBegun | f.PaperSeen
    inner |= f.OrderAsked | f.OrderLeft
    assert isinstance(fact, people | asked | inner)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_outside_is_only_a_value(form: sqlite3.Connection, text: str) -> None:
    """Given names, codes, marks and bodies full of traps, then they stand in the tables as they came."""
    person, product = Person(text, text, 1), Product(text, text, Kopecks(100), barcode=text, unit=text)
    facts = (
        f.ShiftOpened(1, DAY, person),
        f.ReceiptOpened(text, 1, 1, DAY, person),
        f.LineAdded(text, Line(1, product, BREAD.quantity, product.price, mark=text)),
        f.MessageQueued(text, text, text, text, key=text),
        f.TenderTaken(text, TenderKind.CARD, Kopecks(100), DAY, text, CardSlip(text, text, text, (text,))),
    )
    conn = tables(form, *facts)
    goods = conn.execute("SELECT code, bcode, name, measure, excisemark, scode FROM goodsitem").fetchone()
    assert goods == (text,) * 6
    assert conn.execute("SELECT identifier FROM document").fetchone() == (text,)
    told = conn.execute("SELECT token, cardnum, authcode, operationid, slip FROM moneyitem").fetchone()
    assert told == (text,) * 5
    assert conn.execute("SELECT identifier, destination, type, key, body FROM outbox").fetchone() == (text,) * 5
    conn.close()


@given(price=st.integers(1, 10**9), quantity=st.integers(1, LIMIT))
def test_figures_come_back_to_the_kopeck(form: sqlite3.Connection, price: int, quantity: int) -> None:
    """Given any price and quantity, then the roubles and units of the row are exactly theirs."""
    line = Line(1, BREAD, Thousandths(quantity), Kopecks(price))
    assume(line.sum <= MOST)
    conn = tables(form, *OPENED, f.LineAdded("r", line))
    cells = conn.execute("SELECT price, sume, cquant FROM goodsitem").fetchone()
    (total,) = conn.execute("SELECT sume FROM document").fetchone()
    conn.close()
    assert (from_roubles(cells[0]), from_roubles(cells[1]), from_roubles(total)) == (price, line.sum, line.sum)
    assert round(Decimal(str(cells[2])) * 1000) == quantity


@given(prices=st.lists(st.integers(1, 10**7), min_size=1, max_size=30), given_more=st.integers(0, 10**6))
def test_sums_of_many_lines_balance(form: sqlite3.Connection, prices: list[int], given_more: int) -> None:
    """Given any lines, when they are paid with too much, then the database agrees that it balances."""
    lines = [Line(place, BREAD, BREAD.quantity, Kopecks(price)) for place, price in enumerate(prices, 1)]
    total = sum(cost(line.price, line.quantity) for line in lines)
    paid = f.TenderTaken("r", TenderKind.CASH, Kopecks(total + given_more), DAY)
    closed = f.ReceiptClosed("r", Kopecks(total), Kopecks(given_more), DAY)
    conn = tables(form, *OPENED, *(f.LineAdded("r", line) for line in lines), paid, closed)
    (sume, ended) = conn.execute("SELECT sume, closed FROM document").fetchone()
    conn.close()
    assert (from_roubles(sume), ended) == (total, 1)


def test_one_identifier_is_one_message(form: sqlite3.Connection) -> None:
    """Given a message that a crash made the till word twice, then it waits once, as it was worded first."""
    conn = tables(form, f.MessageQueued("m", "server", "note", "1"), f.MessageQueued("m", "server", "note", "2"))
    assert conn.execute("SELECT identifier, body FROM outbox").fetchall() == [("m", "1")]
    conn.close()


def test_change_of_a_quantity_keeps_the_discount(form: sqlite3.Connection) -> None:
    """Given a line with a discount, when its quantity changes, then the sum after it is less by the discount."""
    line = Line(1, BREAD, BREAD.quantity, BREAD.price, discount=Kopecks(50))
    more = f.QuantityChanged("r", 1, Thousandths(2000), Kopecks(9100), ())
    conn = tables(form, *OPENED, f.LineAdded("r", line), more)
    assert conn.execute("SELECT cquant, sumb, disc_abs, sume FROM goodsitem").fetchone() == (2, 91, 0.5, 90.5)
    conn.close()


def test_document_sums_follow_every_change_of_lines(form: sqlite3.Connection) -> None:
    """Given lines that come, change and go, then after each of them the document says the sums of what is left."""
    off = Line(2, BREAD, BREAD.quantity, BREAD.price, discount=Kopecks(50))
    changes = (
        (f.LineAdded("r", Line(1, BREAD, BREAD.quantity, BREAD.price)), (45.5, 0, 45.5)),
        (f.LineAdded("r", off), (91, 0.5, 90.5)),
        (f.QuantityChanged("r", 1, Thousandths(3000), Kopecks(13650), ()), (182, 0.5, 181.5)),
        (f.LineStornoed("r", 2, DAY, IVANOVA), (136.5, 0, 136.5)),
    )
    facts = [fact for fact, _ in changes]
    for done, (_, sums) in enumerate(changes, 1):
        conn = tables(form, *OPENED, *facts[:done])
        assert conn.execute("SELECT sumb, disc_abs, sume FROM document").fetchone() == sums
        conn.close()


def test_money_given_back_is_no_payment(form: sqlite3.Connection) -> None:
    """Given money that was taken and given back before the end, then only what was taken after it pays."""
    line = f.LineAdded("r", Line(1, BREAD, BREAD.quantity, BREAD.price))
    early, paid = (f.TenderTaken("r", TenderKind.CASH, Kopecks(amount), DAY) for amount in (2000, 4550))
    closed = f.ReceiptClosed("r", BREAD.price, Kopecks(0), DAY)
    conn = tables(form, *OPENED, line, early, f.TendersReturned("r", Kopecks(2000), DAY), paid, closed)
    assert conn.execute("SELECT opcode, sume FROM moneyitem").fetchall() == [(70, 45.5)]
    conn.close()


def test_rows_have_the_place_of_their_document(form: sqlite3.Connection) -> None:
    """Given a receipt of till 3 in a shift that till 2 opened, then its rows are of till 3."""
    opened = (f.ShiftOpened(1, DAY, IVANOVA, "77", "2"), f.ReceiptOpened("r", 1, 1, DAY, IVANOVA, "77", "3"))
    line = f.LineAdded("r", Line(1, BREAD, BREAD.quantity, BREAD.price))
    conn = tables(form, *opened, line, f.TenderTaken("r", TenderKind.CASH, Kopecks(4550), DAY))
    assert conn.execute("SELECT shopcode, cashcode FROM workshift").fetchone() == ("77", "2")
    assert conn.execute("SELECT shopcode, cashcode FROM document").fetchone() == ("77", "3")
    for table in ("goodsitem", "moneyitem"):
        assert conn.execute(f"SELECT cashcode, scode FROM {table}").fetchone() == ("3", IVANOVA.code)  # noqa: S608 - ours
    conn.close()


def test_journal_of_an_earlier_program_is_read() -> None:
    """Given opening facts that do not say shop and till, then they are read, and neither is known."""
    for fact in OPENED:
        assert f.from_json(re.sub(rb',"(shop|till)":""', b"", f.to_json(fact))) == fact
