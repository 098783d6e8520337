"""Any day at a till: its Z passes the rules, and the tables made anew from the journal are the same."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cashier.core.catalogue import Product
from cashier.core.discounts import Discount
from cashier.core.money import Kopecks, from_roubles
from cashier.core.quantity import Thousandths
from cashier.store.documents import Documents
from cashier.store.verify import verify
from tests.store.days import Day
from tests.store.files import Row, rows

PRICES, QUANTITIES = st.integers(1, 10**6), st.integers(1, 9000)
LINES = st.lists(st.tuples(PRICES, QUANTITIES, st.integers(0, 10**5)), min_size=1, max_size=4)
PERCENTS = st.builds(Discount, percent=st.integers(1, 10_000))
AMOUNTS = st.builds(lambda amount: Discount(amount=Kopecks(amount)), st.integers(1, 10**6))
DISCOUNTS = st.lists(st.tuples(st.integers(0, 4), PERCENTS | AMOUNTS | st.none()), max_size=2)
ENDS = st.sampled_from(["cash", "over", "card", "mixed", "reversed", "returned", "cancel", "postpone", "z", "storno"])
STEPS = st.one_of(
    st.tuples(st.just("sale"), LINES, DISCOUNTS, ENDS),
    st.tuples(st.just("order"), LINES, st.integers(0, 4), ENDS),
    st.tuples(st.just("miss")),
    st.tuples(st.just("in"), PRICES),
    st.tuples(st.just("out"), PRICES),
    st.tuples(st.sampled_from(["restore", "cancel", "z", "print"])),
)
"""What may happen at a till between two receipts."""


def do(day: Day, step: tuple[object, ...]) -> None:
    """Do one thing, where it can be done."""
    match step:
        case ("sale", list(lines), list(discounts), str(end)):
            sale(day, lines, discounts, end)
        case ("order", list(lines), int(marked), str(end)):
            order(day, lines, marked, end)
        case ("miss",):
            day.miss()
        case (("in" | "out") as direction, int(amount)):
            day.move(direction, amount)
        case ("restore",) if day.ledger.postponed:
            day.restore(day.ledger.postponed[-1].identifier).close()
        case ("cancel",) if day.ledger.postponed:
            day.cancel(day.ledger.postponed[0].identifier)
        case ("print",) if day.ledger.papers:
            day.printed(day.ledger.papers[0].document.identifier, day.ledger.shifts)
        case ("z",) if day.ledger.shift:
            day.z()
        case _:
            pass


def sale(day: Day, lines: list[tuple[int, int, int]], discounts: list[tuple[int, Discount | None]], end: str) -> None:
    """Sell goods of a price, a quantity and a minimum price, with discounts, to some end."""
    for number, (price, quantity, lowest) in enumerate(lines):
        product = Product(str(number), "Товар", Kopecks(price), min_price=Kopecks(min(lowest, price)))
        day.begin(product) if not number else day.add(product, Thousandths(quantity))
    for position, discount in discounts:
        day.grant(min(position, len(lines)), discount)
    finish(day, end, day.receipt.total)


def order(day: Day, lines: list[tuple[int, int, int]], marked: int, end: str) -> None:
    """Sell an order beside a loaf; some of its lines get a mark, which is taken off the last of them again."""
    day.begin().order(*((Product(str(own), "Товар", Kopecks(own)), Thousandths(much)) for own, much, _ in lines))
    positions = range(2, min(len(lines), marked) + 2)
    for position in positions:
        day.mark(position, day.new("ki"))
    if positions:
        day.mark(positions[-1])
    finish(day, end, day.receipt.total)


def finish(day: Day, end: str, total: int) -> None:
    """Bring the open receipt to an end."""
    match end:
        case "over":
            day.cash(total + 777).close()
        case "card" if total:
            day.card(total)
            day.close()
        case "mixed" if total > 1:
            day.card(total // 2)
            day.close()
        case "reversed" if total:
            day.reverse(day.card(total)).close()
        case "returned" if total > 1:
            day.cash(1).give_back().close()
        case "cancel":
            day.cancel()
        case "postpone":
            day.postpone()
        case "z":
            day.z().follow().close()
        case "storno":
            day.storno(1).close()
        case _:
            day.close()


def kopecks(row: Row, *columns: str) -> tuple[int, ...]:
    """Read sums of a row."""
    return tuple(from_roubles(str(row[column])) for column in columns)


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(STEPS, min_size=1, max_size=12))
def test_any_day_is_closed_and_rebuilt(steps: list[tuple[object, ...]]) -> None:
    """Given any day, when Z is made, then the file says what the ledger says, and follows from the journal."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "documents.db"
        day = Day(path)
        for step in steps:
            do(day, step)
        totals, drawer = day.shift().totals, day.ledger.drawer
        day.z()
        last = rows(path, "workshift")[-1]
        assert kopecks(last, "sumsale", "sumsalecash", "sumsalenoncash") == (totals.sold, totals.cash, totals.card)
        assert kopecks(last, "sumdrawer", "cashin", "cashout") == (drawer, totals.cash_in, totals.cash_out)
        assert (last["countsale"], last["countcancelled"]) == (totals.sales, totals.cancelled)
        assert sum(kopecks(row, "sumsale")[0] for row in rows(path, "workshift")) == sold(path)
        again = Documents(path)
        assert again.ledger == day.ledger
        assert verify(path) == []
        again.close()
        day.documents.close()


def sold(path: Path) -> int:
    """Add up the receipts that were paid, whatever their shift."""
    paid = [row for row in rows(path, "document") if row["doctype"] == 1 and row["closed"] == 1]
    return sum(kopecks(row, "sume")[0] for row in paid)
