"""Sales that goods may come back by: what was sold and paid is told to the kopeck, and what came back since."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.discounts import Discount
from cashier.core.money import Kopecks
from cashier.core.quantity import ONE, Thousandths, cost
from cashier.core.receipt import DocumentType, Line
from cashier.core.sales import Paid, Refunded, Sale, SoldLine
from cashier.core.tender import TenderKind
from cashier.store.connect import StoreError, open_for_reading
from cashier.store.past_sales import _DAY, _LINES, _MONEY, _RETURNS, Back, PastSales
from tests.core.goods import APPLES, BREAD, IVANOVA, MILK
from tests.store.days import PLACE, SLIP, Day
from tests.store.files import tamper
from tests.store.test_past_receipts import MARKED

TODAY = "2026-11-21"


@pytest.fixture
def day(tmp_path: Path) -> Day:
    """A till."""
    return Day(tmp_path / "documents.db")


@pytest.fixture
def past(day: Day) -> Iterator[PastSales]:
    """What is read beside it."""
    with closing(PastSales(day.documents._path)) as opened:
        yield opened


def sold(past: PastSales, identifier: str) -> Sale:
    """Return a sale that was paid."""
    sale = past.of(identifier)
    assert isinstance(sale, Sale), sale
    return sale


def begin_return(day: Day, sale: Sale, *back: tuple[int, int]) -> str:
    """Begin a return of positions, each with so many thousandths; return its GUID."""
    shift, name = day.shift(), day.new("return")
    day.write(
        f.ReceiptOpened(
            name, day.ledger.next_receipt, shift.number, day.now, IVANOVA, *PLACE, DocumentType.RETURN_BY_RECEIPT, sale
        )
    )
    for place, (position, quantity) in enumerate(back, 1):
        own = sale.at_position(position)
        assert own is not None
        amount = Thousandths(quantity)
        discount = Kopecks(cost(own.price, amount) - own.due(amount))
        day.write(f.LineAdded(name, Line(place, own.product, amount, own.price, discount=discount, origin=position)))
    return name


def give_back(day: Day, sale: Sale, *back: tuple[int, int], card: int = 0) -> str:
    """Make a return to its end: so much by card, the rest in cash."""
    name = begin_return(day, sale, *back)
    if card:
        day.card(card)
    day.close()
    return name


def left(sale: Sale) -> list[tuple[int, int]]:
    """Tell what is left of each position, and of its sum."""
    return [(line.left, line.left_sum) for line in sale.lines]


class TestSale:
    def test_what_was_sold(self, day: Day, past: PastSales) -> None:
        """Given a storno'd line, a mark and a weight, then the live ones are told by their positions."""
        day.begin(BREAD, MILK).add(APPLES, Thousandths(745)).write(
            f.LineAdded(day.receipt.identifier, replace(MARKED, position=4))
        )
        name = day.storno(1).close()
        sale = sold(past, name)
        assert (sale.shop, sale.till, sale.shift, sale.number, sale.own) == ("77", "3", 1, 1, True)
        assert sale.at.startswith(TODAY)
        assert sale.lines == (
            SoldLine(2, MILK, ONE, Kopecks(8990), Kopecks(8990)),
            SoldLine(3, APPLES, Thousandths(745), Kopecks(12900), Kopecks(9611)),
            SoldLine(
                4, MARKED.product, ONE, Kopecks(16900), Kopecks(16900), Kopecks(14900), mark=MARKED.mark, ki=MARKED.ki
            ),
        )

    def test_discounts_are_taken_off(self, day: Day, past: PastSales) -> None:
        """Given a discount of the receipt, then the sums are what the buyer paid."""
        name = day.begin(BREAD, MILK).grant(0, Discount(percent=1000)).close()
        assert sum(line.sum for line in sold(past, name).lines) == 12186
        assert [line.price for line in sold(past, name).lines] == [4550, 8990]

    def test_change_is_taken_off_the_cash(self, day: Day, past: PastSales) -> None:
        """Given a card and too much cash, then the card has its operation and the cash what stayed of it."""
        day.begin(BREAD, MILK).card(8990)
        name = day.cash(2000).cash(5000).close()
        assert sold(past, name).paid == (
            Paid(TenderKind.CASH, Kopecks(4550)),
            Paid(TenderKind.CARD, Kopecks(8990), SLIP.operation),
        )

    def test_card_alone(self, day: Day, past: PastSales) -> None:
        """Given a card alone, then no cash was paid."""
        day.begin(BREAD).card(4550)
        assert [own.kind for own in sold(past, day.close()).paid] == [TenderKind.CARD]

    def test_mark_of_an_earlier_program(self, day: Day, past: PastSales) -> None:
        """Given a line that does not tell the КИ of its mark, then it is found by it all the same."""
        day.begin(BREAD).write(f.LineAdded(day.receipt.identifier, replace(MARKED, position=2, ki="")))
        sale = sold(past, day.close())
        assert sale.of_mark(MARKED.ki) is sale.lines[1]

    def test_none(self, day: Day, past: PastSales) -> None:
        """Given receipts that are open, aside or given up, a cash in and a stranger, then each says what it is."""
        given_up = day.begin(BREAD).receipt.identifier
        day.cancel()
        aside = day.begin(BREAD).postpone()
        cash = day.move("in", 100)
        going_on = day.begin(BREAD).receipt.identifier
        names = (given_up, aside, going_on, cash, "nobody")
        assert [past.of(name) for name in names] == ["cancelled", "open", "open", "missing", "missing"]

    def test_return_is_no_sale(self, day: Day, past: PastSales) -> None:
        """Given returns, completed and given up, then nothing comes back by them."""
        sale = sold(past, day.begin(BREAD, MILK).close())
        first = give_back(day, sale, (1, 1000))
        second = begin_return(day, sold(past, sale.identifier), (2, 1000))
        day.cancel()
        assert [past.of(name) for name in (first, second)] == ["no_sale"] * 2

    def test_damaged_journal(self, day: Day, past: PastSales) -> None:
        """Given a journal that does not tell of it, then that is said."""
        name = day.begin(BREAD).close()
        assert tamper(day.documents._path, "DELETE FROM journal WHERE body LIKE '%\"ReceiptClosed\"%'")
        with pytest.raises(StoreError):
            past.of(name)


class TestBalance:
    def test_over_several_returns(self, day: Day, past: PastSales) -> None:
        """Given two returns of a position, then what is left goes down with each, by quantity and by sum."""
        name = day.begin(BREAD).add(BREAD, Thousandths(3000)).grant(0, Discount(percent=1000)).close()
        assert left(sold(past, name)) == [(1000, 4095), (3000, 12285)]
        give_back(day, sold(past, name), (2, 1000))
        give_back(day, sold(past, name), (2, 1000), (1, 1000))
        assert left(sold(past, name)) == [(0, 0), (1000, 4095)]

    def test_of_a_weight(self, day: Day, past: PastSales) -> None:
        """Given a part of a weight, then the rest is left to the gram."""
        name = day.begin(BREAD).add(APPLES, Thousandths(745)).close()
        give_back(day, sold(past, name), (2, 345))
        assert left(sold(past, name)) == [(1000, 4550), (400, 9611 - 4451)]

    def test_open_ones_and_those_aside_count(self, day: Day, past: PastSales) -> None:
        """Given a return that goes on, or is put aside, then its goods may not come back beside it."""
        name = day.begin(BREAD, MILK).close()
        begin_return(day, sold(past, name), (1, 1000))
        assert left(sold(past, name)) == [(0, 0), (1000, 8990)]
        day.postpone()
        begin_return(day, sold(past, name), (2, 1000))
        assert left(sold(past, name)) == [(0, 0), (0, 0)]
        assert sold(past, name).refunded == ()

    def test_given_up_ones_do_not(self, day: Day, past: PastSales) -> None:
        """Given a storno'd line and a return given up, then all may come back again."""
        name = day.begin(BREAD, MILK).close()
        begin_return(day, sold(past, name), (1, 1000), (2, 1000))
        day.storno(1)
        assert left(sold(past, name)) == [(1000, 4550), (0, 0)]
        day.cancel()
        assert left(sold(past, name)) == [(1000, 4550), (1000, 8990)]

    def test_money_given_back(self, day: Day, past: PastSales) -> None:
        """Given returns by card and in cash, then each kind of money has less to give back."""
        day.begin(BREAD, MILK).card(8990)
        name = day.close()
        give_back(day, sold(past, name), (2, 1000), card=8990)
        give_back(day, sold(past, name), (1, 1000))
        sale = sold(past, name)
        assert sale.refunded == (
            Refunded(TenderKind.CASH, Kopecks(4550)),
            Refunded(TenderKind.CARD, Kopecks(8990)),
        )
        assert [sale.left_of(kind) for kind in TenderKind] == [0, 0]

    def test_sale_of_another_till(self, day: Day, past: PastSales) -> None:
        """Given goods of another till's sale that came back here, then this till knows of them, and of no sale."""
        far = Sale("far", "77", "4", 9, 8, f"{TODAY}T10:00:00", (SoldLine(5, BREAD, ONE, BREAD.price, BREAD.price),),
                   (Paid(TenderKind.CASH, BREAD.price),), own=False)  # fmt: skip
        name = give_back(day, far, (5, 1000))
        assert past.of("far") == "missing"
        assert past.back("far") == Back({5: (ONE, BREAD.price)}, {TenderKind.CASH: BREAD.price}, frozenset({name}))

    def test_returns_are_known_whatever_became_of_them(self, day: Day, past: PastSales) -> None:
        """Given returns in any state, then their GUIDs are known: the server's word of them is not counted twice."""
        sale = sold(past, day.begin(BREAD, MILK).close())
        first = give_back(day, sale, (1, 1000))
        second = begin_return(day, sold(past, sale.identifier), (2, 1000))
        day.cancel()
        third = begin_return(day, sold(past, sale.identifier))
        assert past.returns_of(sale.identifier) == {first, second, third}
        assert past.returns_of("other") == frozenset()

    def test_what_others_know_is_added(self, day: Day, past: PastSales) -> None:
        """Given what another till took back, then it counts beside this one's."""
        name = day.begin(BREAD).add(MILK, Thousandths(2000)).close()
        give_back(day, sold(past, name), (2, 1000))
        elsewhere = Back({2: (ONE, Kopecks(8990)), 9: (ONE, Kopecks(1))}, {TenderKind.CASH: Kopecks(8990)})
        sale = elsewhere.on(sold(past, name))
        assert left(sale) == [(1000, 4550), (0, 0)]
        assert sale.refunded == (Refunded(TenderKind.CASH, Kopecks(17980)),)


class TestNumbers:
    def test_by_shift_and_number(self, day: Day, past: PastSales) -> None:
        """Given receipts of two shifts, then each is found by its shift and number, and no cash in."""
        first = day.begin(BREAD).close()
        day.z()
        day.move("in", 100)
        second = day.begin(MILK).close()
        assert past.numbered(1, 1, "3") == sold(past, first)
        assert past.numbered(2, 2, "3") == sold(past, second)
        assert [past.numbered(*own, "3") for own in ((2, 1), (1, 2), (3, 1))] == ["missing"] * 3

    def test_number_of_the_till(self, day: Day, past: PastSales) -> None:
        """Given the number of another till, then what was sold here is not its own."""
        day.begin(BREAD).close()
        assert past.numbered(1, 1, "4", own=False) == "missing"
        assert past.numbered(1, 1, "4") == "missing"

    def test_journal_that_does_not_say_the_till(self, day: Day, past: PastSales) -> None:
        """Given a receipt of an earlier program, then it is the till's own, and no other's."""
        shift = day.shift()
        day.write(f.ReceiptOpened("old", 1, shift.number, day.now, IVANOVA))
        day.add(BREAD).close()
        assert past.numbered(1, 1, "3") == sold(past, "old")
        assert past.numbered(1, 1, "3", own=False) == "missing"

    def test_what_is_no_sale(self, day: Day, past: PastSales) -> None:
        """Given numbers of receipts that were not paid, then it is said why."""
        day.begin(BREAD).cancel()
        day.begin(BREAD)
        assert [past.numbered(1, number, "3") for number in (1, 2)] == ["cancelled", "open"]

    def test_by_day_and_number(self, day: Day, past: PastSales) -> None:
        """Given two shifts of a day, then both receipts of a number are found, the newest first."""
        first = day.begin(BREAD).close()
        day.z()
        second = day.begin(MILK).close()
        day.z()
        day._made = 86400
        third = day.begin(MILK).close()
        assert past.dated(TODAY, 1) == (sold(past, second), sold(past, first))
        assert past.dated("2026-11-22", 1) == (sold(past, third),)
        assert past.dated(TODAY, 2) == ()

    def test_paid_on_another_day_than_begun(self, day: Day, past: PastSales) -> None:
        """Given a receipt that was aside over midnight, then its day is that of its paper."""
        name = day.begin(BREAD).postpone()
        day._made = 86400
        day.restore(name).close()
        assert past.dated(TODAY, 1) == ()
        assert past.dated("2026-11-22", 1) == (sold(past, name),)


class TestDay:
    def test_list(self, day: Day, past: PastSales) -> None:
        """Given a day with all there is, then its sales are listed, the newest first, and nothing else."""
        first = day.begin(BREAD, MILK).close()
        day.move("in", 100)
        day.begin(BREAD).cancel()
        second = day.begin(APPLES).close()
        give_back(day, sold(past, first), (1, 1000))
        day.begin(BREAD)
        heads = past.of_day(TODAY)
        assert [(own.identifier, own.number, own.total, own.is_back) for own in heads] == [
            (second, 4, 12900, False),
            (first, 1, 13540, False),
        ]
        assert {(own.till, own.shift) for own in heads} == {("3", 1)}
        assert past.of_day("2026-11-22") == ()

    def test_all_came_back(self, day: Day, past: PastSales) -> None:
        """Given a sale of which the last position comes back, then the list says so; a storno'd line plays no part."""
        name = day.begin(BREAD, MILK).add(APPLES, Thousandths(745)).storno(2).close()
        give_back(day, sold(past, name), (1, 1000), (3, 700))
        assert [own.is_back for own in past.of_day(TODAY)] == [False]
        give_back(day, sold(past, name), (3, 45))
        assert [own.is_back for own in past.of_day(TODAY)] == [True]


class TestFile:
    def test_no_file(self, tmp_path: Path) -> None:
        """Given no file, then none is made."""
        with pytest.raises(StoreError):
            PastSales(tmp_path / "documents.db")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("sql", [_LINES, _MONEY, _RETURNS, _DAY])
    def test_index_is_used(self, day: Day, sql: str) -> None:
        """Returns of a sale are found by an index, not by going through years."""
        with closing(open_for_reading(day.documents._path)) as conn:
            plan = " ".join(row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}", ("x",)))
        assert "document_of_sale" in plan
