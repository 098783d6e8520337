"""A line that goes takes its reserve along; what the system cannot cancel now the outbox cancels (spec S5, S7)."""

import pytest

from cashier.core import facts as f
from tests.core.goods import BREAD, MILK
from tests.gates.stocked import ANSWERS, DONE, GONE, UNSURE, Stocked


class TestLine:
    def test_reserve_is_cancelled(self) -> None:
        """Given a storno, then the line is out first, its reserve is cancelled, and nothing is left to do (S7)."""
        till = Stocked.selling().sell().press("delete")
        assert till.wrote[:2] == ["LineStornoed", "IntentMade"]
        assert (till.waits, till.asks[-1]) == ("stock_cancelling", ("cancel", 1000))
        assert till.orders[1].key == till.orders[0].key
        till.said(DONE)
        assert till.wrote == ["LineLeft", "IntentSettled"]
        assert (till.undone, till.problem) == ([], "")

    def test_nothing_to_cancel_may_be_a_refusal(self) -> None:
        """Given that the system finds nothing to cancel, then the outbox sees to it that there is nothing."""
        till = Stocked.selling().sell().press("delete").said(GONE)
        assert (till.undone, till.problem) == ([(1000, True)], "")

    @pytest.mark.parametrize("way", ANSWERS)
    def test_failed_cancel_goes_to_the_outbox(self, way: str) -> None:
        """Given that the cancel fails, then the storno stands all the same, and the outbox has the cancel (S7)."""
        till = Stocked.selling().sell().press("delete").said(ANSWERS[way])
        assert till.lines == [("Хлеб", 1000, True)]
        assert till.undone == [(1000, way in UNSURE)]
        assert (till.undos[0].key, till.undos[0].sku) == (till.orders[0].key, BREAD.code)
        assert till.wrote == ["LineLeft", "IntentSettled", "MessageQueued"]
        assert till.problem == ""

    def test_message(self) -> None:
        """Given a cancel in the outbox, then it is one of its reserve, and keeps its order per article and receipt."""
        till = Stocked.selling().sell().press("delete", "escape")
        (message,) = [fact for fact in till.facts if isinstance(fact, f.MessageQueued)]
        assert (message.destination, message.kind) == ("stock_control", "reserveCancelled")
        assert message.key == f"{till.receipt.identifier}/1"
        other = Stocked.selling().sell().restarted()
        assert other.undone == []

    def test_escape_leaves_it_to_the_outbox(self) -> None:
        """Given a wait for the cancel, when Esc is pressed, then the cashier goes on, and the outbox cancels."""
        till = Stocked.selling().sell().press("delete", "escape")
        assert (till.waits, till.undone) == ("", [(1000, True)])
        assert (till.till.ledger.intents, till.till.ledger.leaving) == ((), ())

    @pytest.mark.parametrize("way", ["done", *ANSWERS])
    def test_merged_line(self, way: str) -> None:
        """Given a line of two reserves, then both are cancelled; after a failure nobody is asked for the second."""
        till = Stocked.selling().sell(BREAD, BREAD).press("delete")
        if way == "done":
            till.said(DONE, DONE)
        else:
            till.said(ANSWERS[way])
        assert till.asks[2:] == [("cancel", 1000)] * (2 if way == "done" else 1)
        assert till.undone == ([] if way == "done" else [(1000, False), (1000, way in UNSURE)])
        assert till.unowned() == set()

    def test_line_without_a_reserve(self) -> None:
        """Given a line of the time when the module was off, then nobody is asked."""
        till = Stocked.selling(asks=False).scan(BREAD.barcode).press("delete")
        assert (till.asks, till.lines) == ([], [("Хлеб", 1000, True)])


class TestReceipt:
    def test_each_reserve_is_cancelled_by_the_outbox(self) -> None:
        """Given a receipt that is given up, then cancels of all its reserves are in the same commit (S5)."""
        till = Stocked.selling().sell(BREAD, BREAD, MILK).press("f4")
        till.press("enter")
        assert till.wrote == ["ReceiptCancelled", *["MessageQueued"] * 3]
        assert till.undone == [(1000, False)] * 3
        assert [own.sku for own in till.undos] == ["1", "1", "2"]
        assert len(till.asks) == 3

    def test_stornoed_lines_are_not_cancelled_again(self) -> None:
        """Given a line that is out already, then only the other one is cancelled."""
        till = Stocked.selling().sell(BREAD, MILK).press("delete").said(DONE).press("f4", "enter")
        assert [own.sku for own in till.undos] == ["1"]

    def test_put_aside_keeps_reserves(self) -> None:
        """Given a receipt put aside and taken up, then its reserves and its GUID stay, and nobody is asked."""
        till = Stocked.selling().sell(BREAD, MILK)
        guid, held = till.receipt.identifier, till.reserves
        till.press("f11").sell().press("f4", "enter", "f11", "enter")
        assert (till.receipt.identifier, till.reserves) == (guid, held)
        assert till.undone == [(1000, False)]
        till.press("delete").said(DONE)
        assert till.asks[-1] == ("cancel", 1000)
        assert till.orders[-1].reservation == guid

    def test_of_two_receipts(self) -> None:
        """Given another receipt while one is put aside, then it has a GUID of its own."""
        till = Stocked.selling().sell().press("f11").sell()
        assert len({order.reservation for order in till.orders}) == 2
