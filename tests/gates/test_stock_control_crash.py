"""The power goes between any two steps: at the next start each reserve has its line, or its cancel (spec S10)."""

from collections.abc import Callable

import pytest

from cashier.core.events import Answered, Reply
from cashier.gates.stock_control import Answer
from tests.core.goods import BREAD, MILK
from tests.gates.choosy import Choosy, always, changes
from tests.gates.stocked import ANSWERS, BROKEN, DONE, GONE, LATE, REFUSED, UNSENT, Stocked

Move = Callable[[Stocked], object]
"""Something the cashier or the system does."""


def says(*answers: object) -> tuple[Move, ...]:
    """Let the system answer so, in turn."""
    return tuple(lambda till, own=own: till.said(own) for own in answers)


def scan(till: Stocked) -> None:
    """Hold bread under the scanner."""
    till.scan(BREAD.barcode)


def five(till: Stocked) -> None:
    """Ask for five of it."""
    till.change("5")


def press(*keys: str) -> Move:
    """Press keys."""
    return lambda till: till.press(*keys)


SOLD = (scan, *says(DONE))
TWO = (*SOLD, *SOLD)
SCENES: dict[str, tuple[Move, ...]] = {
    "sale": (*SOLD, lambda till: till.scan(MILK.barcode), *says(DONE)),
    "refused sale": (scan, *says(BROKEN)),
    "silent sale": (scan, *says(LATE)),
    "given up": (scan, press("escape")),
    "merge": (*SOLD, scan, *says(REFUSED)),
    "change": (*SOLD, five, *says(DONE, DONE)),
    "change refused": (*SOLD, five, *says(DONE, REFUSED, DONE)),
    "change unknown": (*SOLD, five, *says(DONE, LATE, DONE)),
    "cancel unknown": (*SOLD, five, *says(LATE, DONE)),
    "cancel broken": (*SOLD, five, *says(BROKEN, REFUSED)),
    "line lost": (*SOLD, five, *says(DONE, LATE, LATE)),
    "change of merged": (*TWO, five, *says(DONE, DONE, DONE)),
    "change of merged, stopped": (*TWO, five, *says(DONE, UNSENT, DONE)),
    "storno": (*SOLD, press("delete"), *says(DONE)),
    "storno of merged": (*TWO, press("delete"), *says(DONE, DONE)),
    "silent storno": (*TWO, press("delete"), *says(DONE, LATE)),
    "storno given up": (*SOLD, press("delete"), press("escape")),
    "receipt given up": (*TWO, press("f4"), press("enter")),
    "put aside": (*SOLD, press("f11"), press("f11"), press("enter")),
}
CUTS = [(name, cut) for name, moves in SCENES.items() for cut in range(1, len(moves) + 1)]


EVERY = (DONE, *ANSWERS.values())


def answered(till: Stocked, answer: Answer | None) -> Stocked:
    """Answer the same to all that is asked again."""
    return till.settle_all(answer)


def cut_off(name: str, cut: int, *others: Choosy) -> Stocked:
    """Play the scene so far, then cut the power."""
    till = Stocked.selling(*others)
    for move in SCENES[name][:cut]:
        move(till)
    return till.restarted()


@pytest.mark.parametrize(("name", "cut"), CUTS)
class TestAnywhere:
    def test_no_reserve_without_a_line_or_a_cancel(self, name: str, cut: int) -> None:
        """Given a power cut after any step, whatever is answered to what is asked again, then all is accounted for."""
        for answer in EVERY:
            till = answered(cut_off(name, cut), answer)
            assert (till.till.ledger.intents, till.till.ledger.leaving) == ((), ())
            assert till.unowned() == set()
            assert till.sound()

    def test_nor_after_a_second_one(self, name: str, cut: int) -> None:
        """Given one more power cut before the answer, then the same is asked, and the same holds."""
        for answer in EVERY:
            once = cut_off(name, cut)
            till = once.restarted()
            assert [own.body for own in till.requests] == [own.body for own in once.requests]
            answered(till, answer)
            assert till.unowned() == set()
            assert till.sound()

    def test_nor_when_the_receipt_is_given_up_meanwhile(self, name: str, cut: int) -> None:
        """Given the same, when the receipt is given up before the answers come, then nothing is held."""
        for answer in EVERY:
            till = cut_off(name, cut)
            till.sign_in()
            if till.till.ledger.receipt:
                till.press("f4", "enter")
            answered(till, answer)
            assert till.till.ledger.intents == ()
            assert till.unowned() == set()

    def test_nor_with_a_later_gate(self, name: str, cut: int) -> None:
        """Given a gate after it that refuses changes, then the same holds where the scene goes that far."""
        for answer in EVERY:
            till = Stocked.selling(Choosy(changes))
            for move in SCENES[name][:cut]:
                if move in SOLD or till.waits or not till.live:
                    move(till)
            till = answered(till.restarted(), answer)
            assert till.unowned() == set()


class TestNewLine:
    def test_is_not_in(self) -> None:
        """Given a power cut before the answer, then the line is not in, and its reserve is cancelled by the outbox."""
        till = Stocked.selling().scan(BREAD.barcode).restarted()
        assert (till.lines, till.undone, till.requests) == ([], [(1000, True)], [])
        assert till.receipt.identifier == till.undos[0].reservation

    def test_later_gate_had_refused_it(self) -> None:
        """Given a line that is leaving a receipt it was in, then its reserve is cancelled once."""
        till = Stocked.selling(Choosy(standing=always)).scan(BREAD.barcode).said(DONE).restarted()
        assert till.till.ledger.leaving == ()
        assert till.unowned() == set()
        assert {own.key for own in till.undos} >= {till.undos[0].key}


class TestCutCancel:
    def cut(self) -> Stocked:
        """Cut the power while the old reserve of a line is being cancelled."""
        till = Stocked.selling().sell().change("5")
        return till.restarted()

    def test_old_quantity_is_reserved_anew(self) -> None:
        """Given such a cut, then the old quantity is asked for under a new key, the line keeps it, the old one goes."""
        till = self.cut()
        assert till.asks == [("reserve", 1000)]
        (order,) = till.orders
        till.settle(DONE)
        assert (till.lines, till.reserves, till.undone) == ([("Хлеб", 1000, False)], [[1000]], [(1000, True)])
        assert till.undos[0].key != order.key
        assert till.condition == "status_stock"

    @pytest.mark.parametrize("way", ANSWERS)
    def test_or_the_line_goes(self, way: str) -> None:
        """Given that it is not, then the line goes with a lasting warning, and both reserves are cancelled."""
        till = self.cut().settle(ANSWERS[way])
        assert till.lines == [("Хлеб", 1000, True)]
        assert till.undone == [(1000, True), (1000, True)]
        assert till.warned.startswith("Снята позиция: Хлеб. ")

    def test_change_that_was_granted_is_made(self) -> None:
        """Given a cut while the new quantity was asked for, when that is granted now, then the line has it."""
        till = Stocked.selling().sell().change("5").said(DONE).restarted()
        assert till.asks == [("reserve", 5000)]
        till.settle(DONE)
        assert (till.lines, till.reserves) == ([("Хлеб", 5000, False)], [[5000]])
        assert (till.unowned(), till.sound()) == (set(), True)

    def test_change_that_is_refused_is_not(self) -> None:
        """Given the same, when it is not granted, then the old quantity is asked for, and the line keeps that."""
        till = Stocked.selling().sell().change("5").said(DONE).restarted().settle(REFUSED)
        assert till.asks == [("reserve", 5000), ("reserve", 1000)]
        till.give(Answered(till.requests[-1].token, Reply('{"done":true}')))
        assert (till.lines, till.reserves, till.warned) == ([("Хлеб", 1000, False)], [[1000]], "")

    def test_of_two_reserves(self) -> None:
        """Given a line of two whose cancels were cut off, when one is not reserved anew, then nothing is certain."""
        till = Stocked.selling().sell(BREAD, BREAD).change("5").said(DONE).restarted()
        assert till.asks == [("reserve", 1000)]
        till.settle(REFUSED)
        assert till.live == ()
        assert till.undone == [(1000, True)] * 4
        assert till.unowned() == set()

    def test_two_reserves_anew(self) -> None:
        """Given the same, when both are reserved anew, then the line holds these and the old ones are cancelled."""
        till = Stocked.selling().sell(BREAD, BREAD).change("5").said(DONE).restarted().settle_all(DONE)
        assert (till.reserves, till.undone) == ([[1000, 1000]], [(1000, True)] * 2)
        assert till.sound()

    def test_neither_paid_nor_put_aside_meanwhile(self) -> None:
        """Given the question still open, when it is to be paid or put aside, then the same is asked once more."""
        till = self.cut()
        till.sign_in()
        for key in ("plus", "f11"):
            asked = len(till.requests)
            assert till.press(key).notice == "gates_at_work"
            assert len(till.requests) == asked + 1
        assert len({own.body for own in till.requests}) == 1

    def test_not_changed_meanwhile(self) -> None:
        """Given the same, when another quantity is typed, then it must wait: nobody knows what the line holds."""
        till = self.cut()
        till.sign_in()
        till.change("3")
        assert (till.notice, till.waits) == ("gates_at_work", "")
        assert len({own.body for own in till.requests}) == 1
        till.settle(DONE, DONE)
        till.requests.clear()
        till.change("3").said(DONE, DONE)
        assert (till.reserves, till.unowned(), till.sound()) == ([[3000]], set(), True)

    def test_withdrawn_under_the_dialog(self) -> None:
        """Given the dialog of another quantity, when the line goes meanwhile, then there is nothing to change."""
        till = self.cut()
        till.sign_in()
        till.press("f6", "3").settle(REFUSED).press("enter")
        assert (till.notice, till.waits, till.live) == ("line_is_stornoed", "", ())
        assert till.unowned() == set()

    def test_not_merged_into_meanwhile(self) -> None:
        """Given the same, when another piece is scanned, then it is a line of its own."""
        till = self.cut()
        till.sign_in()
        till.scan(BREAD.barcode)
        (again, _) = till.requests
        till.said(DONE)
        till.give(Answered(again.token, Reply('{"done":true}')))
        assert till.reserves == [[1000], [1000]]
        assert till.sound()

    @pytest.mark.parametrize("answer", [DONE, GONE, LATE])
    def test_storno_meanwhile(self, answer: object) -> None:
        """Given the same, when the line is storno'd, then both reserves are cancelled, whatever is answered then."""
        till = self.cut()
        till.sign_in()
        till.press("delete")
        again = till.requests[0]
        till.said(DONE if answer == DONE else GONE if answer == GONE else LATE)
        till.give(Answered(again.token, Reply('{"done":true}')))
        assert (till.live, till.unowned()) == ((), set())

    def test_restored_from_aside(self) -> None:
        """Given a receipt put aside whose gate is at work, when it is taken up, then the same is asked once more."""
        till = self.cut()
        till.sign_in()
        (request,) = till.requests
        till.give(Answered(request.token, Reply('{"done":true}'))).press("f11", "f11", "enter")
        assert till.till.ledger.intents == ()
        assert till.sound()
