"""Receipts that have ended are told from the journal as they stood at their end, whatever happened in between."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.catalogue import Kind, Product
from cashier.core.ended import Ended
from cashier.core.money import Kopecks
from cashier.core.quantity import ONE
from cashier.core.receipt import Line
from cashier.core.tender import TenderKind
from cashier.store._past_schema import ENDING, OPENING
from cashier.store.connect import StoreError, open_for_reading
from cashier.store.documents import Documents
from cashier.store.past_receipts import PastReceipts, prepare_documents
from tests.core.goods import APPLES, BREAD, IVANOVA, MILK, PETROV
from tests.store.days import SLIP, Day
from tests.store.files import tamper
from tests.store.test_documents_random_days import STEPS, do
from tests.store.test_documents_released import DUMP

TOBACCO = Product(
    "5", "Сигареты", Kopecks(15900), "4600000000017", kind=Kind.TOBACCO, group="7", tax="3", vat=2200,
    min_price=Kopecks(14900), alternatives=(Kopecks(15900), Kopecks(16900)), min_age=18,
)  # fmt: skip
MARKED = Line(
    3,
    TOBACCO,
    ONE,
    Kopecks(16900),
    Kopecks(14900),
    mark="0104600000000017215abc\x1d93zzzz",
    ki="0104600000000017215abc",
    properties=(("mrc", "16900"),),
    single=True,
    source="scanner#5",
)
DAY = date(2026, 11, 21)


class Watched(Day):
    """A day of which somebody keeps what each receipt was at its end."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.ends: dict[str, Ended] = {}

    def write(self, *facts: f.AnyFact) -> "Watched":
        """Keep the receipt that ends."""
        before = self.ledger
        super().write(*facts)
        for fact in facts:
            if isinstance(fact, f.ReceiptClosed):
                assert self.ledger.last is not None
                self._keep(Ended(self.ledger.last, True, fact.at, self.ledger.last.cashier, "77", "3", 0))  # noqa: FBT003
            if isinstance(fact, f.ReceiptCancelled):
                open_ones = (before.receipt, *before.postponed)
                own = next(own for own in open_ones if own and own.identifier == fact.receipt)
                self._keep(Ended(own, False, fact.at, fact.by, "77", "3", 0))  # noqa: FBT003
        return self

    def wait(self) -> "Watched":
        """Let a minute pass: what follows is another commit."""
        self._made += 60
        return self

    def _keep(self, ended: Ended) -> None:
        self.ends[ended.receipt.identifier] = ended


@pytest.fixture
def day(tmp_path: Path) -> Watched:
    """A till."""
    return Watched(tmp_path / "documents.db")


@pytest.fixture
def past(day: Watched) -> Iterator[PastReceipts]:
    """What is read beside it."""
    with closing(PastReceipts(day.documents._path)) as opened:
        yield opened


def told(past: PastReceipts, identifier: str) -> Ended:
    """Return a receipt that has ended."""
    ended = past.of(identifier)
    assert ended is not None
    return ended


class TestOneReceipt:
    def test_paid_with_all_it_holds(self, day: Watched, past: PastReceipts) -> None:
        """Given a storno'd line, a mark, a discount, a card and cash with change, then all of it is told."""
        day.begin(BREAD, MILK).write(f.LineAdded(day.receipt.identifier, MARKED))
        day.storno(1)
        day.card(8990)
        name = day.cash(20000).close()
        day.printed(name, 17)
        ended = told(past, name)
        assert ended == replace(
            day.ends[name], receipt=replace(day.ends[name].receipt, fiscal=17), ordinal=1, fiscal=17
        )
        assert [line.storno for line in ended.receipt.lines] == [True, False, False]
        assert ended.receipt.lines[2] == MARKED
        assert [(own.kind, own.amount) for own in ended.receipt.tenders] == [
            (TenderKind.CARD, 8990),
            (TenderKind.CASH, 20000),
        ]
        assert (ended.receipt.tenders[0].slip, ended.receipt.change) == (SLIP, 3100)
        assert (ended.completed, ended.by, ended.shop, ended.till) == (True, IVANOVA, "77", "3")

    def test_given_up(self, day: Watched, past: PastReceipts) -> None:
        """Given a receipt given up by a senior, then it is told as not completed, with its lines, by whom."""
        name = day.begin(BREAD).receipt.identifier
        day.write(f.ReceiptCancelled(name, day.now, PETROV))
        ended = told(past, name)
        assert (ended.completed, ended.by, ended.receipt.cashier) == (False, PETROV, IVANOVA)
        assert [line.product for line in ended.receipt.lines] == [BREAD]

    def test_given_up_while_aside(self, day: Watched, past: PastReceipts) -> None:
        """Given a receipt put aside and another one sold meanwhile, when it is given up, then it is told alone."""
        first = day.begin(BREAD).postpone()
        second = day.begin(MILK).close()
        day.begin(APPLES).cancel(first)
        assert [line.product for line in told(past, first).receipt.lines] == [BREAD]
        assert [line.product for line in told(past, second).receipt.lines] == [MILK]
        assert not told(past, first).completed

    def test_taken_up_again_in_the_next_shift(self, day: Watched, past: PastReceipts) -> None:
        """Given a receipt put aside over a Z, when another closes it, then number, shift, cashier are new."""
        first = day.begin(BREAD).postpone()
        day.z()
        day.begin(MILK).close()
        day.restore(first, PETROV).close()
        ended = told(past, first)
        assert (ended.receipt.shift, ended.receipt.number, ended.by) == (2, 2, PETROV)
        assert ended.ordinal == 1
        assert ended.receipt == day.ends[first].receipt

    def test_none(self, day: Watched, past: PastReceipts) -> None:
        """Given no such receipt, one that is open or put aside, or a cash in, then there is nothing to tell."""
        aside = day.begin(BREAD).postpone()
        cash = day.move("in", 100)
        going_on = day.begin(BREAD).receipt.identifier
        assert [past.of(name) for name in ("nobody", aside, cash, going_on)] == [None] * 4


class TestAllowed:
    def test_while_open(self, day: Watched, past: PastReceipts) -> None:
        """Given words of a senior before, in and after a receipt, then those said while it was open are its own."""
        words = [f.Approved(right, PETROV, IVANOVA, day.now) for right in ("x_report", "discount", "z_report")]
        day.write(words[0]).wait()
        name = day.begin(BREAD).write(words[1]).close()
        day.wait().write(words[2])
        assert told(past, name).allowed == (words[1],)

    def test_in_the_commit_that_opens_it(self, day: Watched, past: PastReceipts) -> None:
        """Given a price that a senior has allowed for the first line, then the word is the receipt's."""
        word = f.Approved("choose_price", PETROV, IVANOVA, day.now)
        opened = f.ReceiptOpened("r", 1, day.shift().number, day.now, IVANOVA, "77", "3")
        day.wait()
        day.write(word, opened)
        day.add(BREAD).close()
        assert told(past, "r").allowed == (word,)

    def test_in_the_commit_that_gives_it_up(self, day: Watched, past: PastReceipts) -> None:
        """Given a receipt put aside, when a senior allows it to be given up, then the word is its own."""
        first = day.begin(BREAD).postpone()
        day.wait()
        other = f.Approved("cash_out", PETROV, IVANOVA, day.now)
        day.write(other).wait()
        word = f.Approved("storno_receipt", PETROV, IVANOVA, day.now)
        day.write(word, f.ReceiptCancelled(first, day.now, IVANOVA))
        assert told(past, first).allowed == (word,)


class TestDays:
    def test_by_end(self, day: Watched, past: PastReceipts) -> None:
        """Given receipts that ended on two days, then each day has its own, in order; cash moves are none."""
        late = day.begin(BREAD).postpone()
        first = day.begin(BREAD).close()
        day.move("out", 1)
        second = day.begin(BREAD).receipt.identifier
        day.cancel()
        day._made = 86400
        day.restore(late).close()
        aside = day.begin(BREAD).postpone()
        assert past.between(DAY, DAY) == (first, second)
        assert past.between(date(2026, 11, 22), date.max) == (late,)
        assert past.between(DAY, date(2026, 11, 22)) == (first, second, late)
        assert past.between(date(2026, 11, 23), DAY) == ()
        assert past.of(aside) is None


class TestFile:
    @pytest.mark.parametrize(("condition", "index"), [(OPENING, "journal_opening"), (ENDING, "journal_ending")])
    def test_index_is_used(self, day: Watched, condition: str, index: str) -> None:
        """A receipt is found by an index, not by going through years."""
        with closing(open_for_reading(day.documents._path)) as conn:
            sql = f"EXPLAIN QUERY PLAN SELECT seq FROM journal WHERE {condition} = ?"  # noqa: S608 - ours
            plan = conn.execute(sql, ("r",)).fetchall()
        assert [row[3] for row in plan] == [f"SEARCH journal USING INDEX {index} (<expr>=?)"]

    def test_file_of_an_earlier_program(self, tmp_path: Path) -> None:
        """Given a file that no newer till has opened, when it is made ready, then its receipts are told."""
        path = tmp_path / "documents.db"
        with closing(sqlite3.connect(path)) as conn:
            conn.execute("PRAGMA journal_mode = WAL")
            conn.executescript(DUMP.read_text(encoding="utf-8"))
        prepare_documents(path)
        with closing(PastReceipts(path)) as past:
            ends = [told(past, name) for name in past.between(DAY, DAY)]
        assert [(own.receipt.identifier, own.completed, own.fiscal, own.ordinal) for own in ends] == [
            ("r1", True, 11, 1),
            ("r2", True, 12, 2),
            ("r3", True, 0, 3),
            ("r4", False, 0, 4),
        ]
        assert [own.receipt.total for own in ends] == [9100, 8990, 4500, 4550]
        assert {(own.shop, own.till) for own in ends} == {("77", "3")}

    @pytest.mark.parametrize(
        "change",
        [
            """UPDATE journal SET body = '{"type":"LineAdded","receipt":"receipt1"}' WHERE body LIKE '%"LineAdded"%'""",
            "DELETE FROM journal WHERE body LIKE '%\"ReceiptOpened\"%'",
            "DELETE FROM journal WHERE body LIKE '%\"ReceiptClosed\"%'",
            """UPDATE journal SET body = replace(body, '"change"', '"receipt":"other","change"')""",
            """UPDATE journal SET body = replace(body, '"kind":"cash"', '"kind":"tea"')""",
        ],
    )
    def test_journal_that_does_not_tell(self, day: Watched, past: PastReceipts, change: str) -> None:
        """Given a damaged journal, then the receipt is named in the refusal."""
        name = day.begin(BREAD).close()
        assert tamper(day.documents._path, change)
        with pytest.raises(StoreError, match=f"чек {name} не читается"):
            past.of(name)

    def test_no_file(self, tmp_path: Path) -> None:
        """Given no file, then none is made."""
        with pytest.raises(StoreError):
            PastReceipts(tmp_path / "documents.db")
        assert list(tmp_path.iterdir()) == []


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(STEPS, min_size=1, max_size=12))
def test_any_day(steps: list[tuple[object, ...]]) -> None:
    """Given any day, then each receipt that ended is told as it stood, in the order of their ends, and no other."""
    with tempfile.TemporaryDirectory() as folder:
        day = Watched(Path(folder) / "documents.db")
        for step in steps:
            do(day, step)
        with closing(PastReceipts(day.documents._path)) as past:
            names = past.between(date.min, date.max)
            assert sorted(names) == sorted(day.ends)
            for name in names:
                ended = told(past, name)
                assert replace(ended, receipt=replace(ended.receipt, fiscal=0), ordinal=0, fiscal=0) == replace(
                    day.ends[name], receipt=replace(day.ends[name].receipt, fiscal=0)
                )
        Documents.close(day.documents)
