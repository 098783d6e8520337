"""Lines of orders in the tables, and an order that was asked for in the ledger of the next start."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core.catalogue import Kind
from cashier.core.money import Kopecks
from cashier.core.orders import DESTINATION
from cashier.core.quantity import ONE
from cashier.store.connect import StoreError
from cashier.store.documents import Documents
from cashier.store.verify import verify
from tests.core.goods import BREAD, MILK
from tests.store.days import Day
from tests.store.files import rows, tamper

PACK = replace(MILK, barcode="", kind=Kind.TOBACCO)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file is."""
    return tmp_path / "documents.db"


@pytest.fixture
def day(path: Path) -> Day:
    """A receipt with a loaf and an order of two packs."""
    return Day(path).begin(BREAD).order((PACK, ONE), (PACK, ONE))


def test_lines_say_their_order(day: Day, path: Path) -> None:
    """Given an order beside a loaf, then its lines name it, the loaf's does not, and the sum has them all."""
    number = day.receipt.orders[0]
    assert [(row["posnum"], row["extdocid"]) for row in rows(path, "goodsitem")] == [
        (1, None),
        (2, number),
        (3, number),
    ]
    (document,) = rows(path, "document")
    assert document["sume"] == pytest.approx((BREAD.price + 2 * PACK.price) / 100)
    assert verify(path) == []


def test_mark_stands_in_its_row(day: Day, path: Path) -> None:
    """Given a line that gets its mark, then the row has mark, kind, barcode and minimum; taken off, they are gone."""
    day.mark(2, "ki-1")
    row = rows(path, "goodsitem")[1]
    assert (row["ki"], row["excisetype"], row["bcode"]) == ("ki-1", "TOBACCO", "4600000000213")
    assert row["excisemark"] == "ki-1\x1d93abcd"
    assert row["minprice"] == pytest.approx(PACK.price / 100)
    assert verify(path) == []
    day.mark(2)
    row = rows(path, "goodsitem")[1]
    assert (row["ki"], row["excisemark"], row["excisetype"]) == (None, None, None)
    assert verify(path) == []


def test_mark_stands_once(day: Day, path: Path) -> None:
    """Given a mark on one line of an order, when another one gets it, then nothing of that is written."""
    day.mark(2, "ki-1")
    with pytest.raises(StoreError, match="mark stands in an open receipt"):
        day.mark(3, "ki-1")
    assert verify(path) == []


def test_next_start_knows_what_was_asked(day: Day, path: Path) -> None:
    """Given an order asked for when the power went, then the next start knows it; one that came is none."""
    assert day.ledger.ordering is None
    asked = f.OrderAsked("1002", "t", day.receipt.identifier, day.now)
    day.write(asked)
    day.documents.close()
    again = Documents(path)
    assert again.ledger.ordering == asked
    assert again.ledger.receipt == day.ledger.receipt
    again.close()


def test_order_goes_back_through_the_outbox(day: Day, path: Path) -> None:
    """Given an order that does not come, then the word that gives it back waits in the outbox under its number."""
    day.miss()
    (row,) = rows(path, "outbox")
    assert (row["destination"], row["type"], row["state"]) == (DESTINATION, "orderReleased", "waiting")
    assert str(row["key"]) in str(row["body"])
    assert verify(path) == []


def test_order_that_was_changed_behind_is_found(day: Day, path: Path) -> None:
    """Given a row whose order somebody has changed, then the check names it."""
    day.documents.close()
    tamper(path, "UPDATE goodsitem SET extdocid = 'other' WHERE posnum = 2")
    assert verify(path) != []


def test_sum_of_an_order_is_reckoned_once(day: Day) -> None:
    """Given lines that come all at once, then total and count are those of a receipt added up anew."""
    own = day.receipt
    assert own == replace(own, total=Kopecks(0), sold=0)
