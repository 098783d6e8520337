"""The module is switched off while lines are reserved: what was reserved before is seen to its end."""

from msgspec.structs import replace

from cashier.gates.stock_control import StockControlGate
from tests.core.goods import BREAD, MILK
from tests.gates.stocked import DONE, LATE, Stocked


def off(till: Stocked) -> Stocked:
    """Start the till again with the module switched off."""
    till.rules = replace(till.rules, gates=(StockControlGate(asks=False),))
    again = till.restarted()
    again.sign_in()
    return again


def test_nothing_more_is_reserved() -> None:
    """Given a reserved line, then other lines, pieces and quantities come without a reserve, and nobody is asked."""
    till = off(Stocked.selling().sell()).scan(MILK.barcode).scan(BREAD.barcode)
    till.change("5")
    assert till.lines == [("Хлеб", 5000, False), ("Молоко", 1000, False)]
    assert (till.requests, till.reserves) == ([], [[1000], []])


def test_storno_cancels() -> None:
    """Given a reserved line, when it is storno'd, then its reserve is cancelled as ever."""
    till = off(Stocked.selling().sell()).press("delete").said(DONE)
    assert (till.asks, till.undone) == ([("cancel", 1000)], [])


def test_receipt_cancels() -> None:
    """Given a reserved line and one without a reserve, when the receipt is given up, then one cancel is queued."""
    till = off(Stocked.selling().sell()).scan(MILK.barcode).press("f4", "enter")
    assert till.undone == [(1000, False)]


def test_intents_are_settled() -> None:
    """Given a reserve that was being asked for, then it is cancelled by the outbox."""
    assert off(Stocked.selling().scan(BREAD.barcode)).undone == [(1000, True)]


def test_cut_off_cancel_is_put_right() -> None:
    """Given a change that was cut off, then the old quantity is reserved anew, or the line goes."""
    assert off(Stocked.selling().sell().change("3")).settle(DONE).sound()
    assert off(Stocked.selling().sell().change("3")).settle(LATE).live == ()
