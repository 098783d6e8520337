"""Another quantity: cancel, then reserve; the old one again where that fails; the line goes where that fails (S6)."""

import pytest
from msgspec.structs import replace

from cashier.gates.stock_control import Answer, StockControlGate
from tests.core.goods import BREAD, MILK
from tests.gates.choosy import Choosy, changes
from tests.gates.stocked import ANSWERS, BROKEN, DONE, GONE, LATE, REFUSED, UNSENT, UNSURE, Stocked

OVER = {"done": DONE, "gone": GONE}
"""Answers after which a reserve is certainly not held."""


def asked(*, merged: bool = False) -> Stocked:
    """Ask for five of a line of two: one reserve of two, or two of one."""
    till = Stocked.selling().sell()
    if merged:
        till.sell()
    else:
        till.change("2").said(DONE, DONE)
    assert (till.lines, till.sound()) == ([("Хлеб", 2000, False)], True)
    till.requests.clear()
    return till.change("5")


class TestChange:
    @pytest.mark.parametrize("over", OVER)
    def test_cancel_then_reserve(self, over: str) -> None:
        """Given another quantity, then the old reserve is cancelled, then the new one asked for; then it is so."""
        till = asked()
        assert (till.waits, till.lines) == ("stock_cancelling", [("Хлеб", 2000, False)])
        till.said(OVER[over])
        assert (till.waits, till.lines) == ("stock_reserving", [("Хлеб", 2000, False)])
        till.said(DONE)
        assert till.asks == [("cancel", 2000), ("reserve", 5000)]
        assert till.wrote[:3] == ["QuantityChanged", "IntentSettled", "IntentSettled"]
        assert (till.lines, till.reserves) == ([("Хлеб", 5000, False)], [[5000]])
        assert till.undone == ([(2000, True)] if over == "gone" else []), "400 may be a refusal, too"
        assert till.sound()

    def test_same_quantity_is_no_change(self) -> None:
        """Given the quantity there is, then nobody is asked."""
        assert len(Stocked.selling().sell().change("1").asks) == 1

    @pytest.mark.parametrize("over", OVER)
    @pytest.mark.parametrize("way", ANSWERS)
    def test_new_one_refused(self, way: str, over: str) -> None:
        """Given a refusal of the new quantity, then the old one is reserved again, and the line is as it was."""
        till = asked().said(OVER[over], ANSWERS[way])
        assert (till.waits, till.problem) == ("stock_reserving", "")
        till.said(DONE)
        assert till.asks == [("cancel", 2000), ("reserve", 5000), ("reserve", 2000)]
        assert (till.lines, till.reserves) == ([("Хлеб", 2000, False)], [[2000]])
        doubtful = ([(2000, True)] if over == "gone" else []) + ([(5000, True)] if way in UNSURE else [])
        assert sorted(till.undone) == sorted(doubtful)
        assert till.sound()
        assert till.popup.endswith("Количество осталось прежним: Хлеб")
        assert till.popup.startswith(_words(ANSWERS[way]))

    @pytest.mark.parametrize("second", ANSWERS)
    @pytest.mark.parametrize("way", ANSWERS)
    def test_old_one_refused_too(self, way: str, second: str) -> None:
        """Given that the old quantity is refused as well, then the line goes, loudly."""
        till = asked().said(DONE, ANSWERS[way], ANSWERS[second])
        assert till.lines == [("Хлеб", 2000, True)]
        doubtful = ([(5000, True)] if way in UNSURE else []) + ([(2000, True)] if second in UNSURE else [])
        assert sorted(till.undone) == sorted(doubtful)
        assert (till.till.ledger.intents, till.till.ledger.leaving) == ((), ())
        assert till.popup.startswith("Позиция 1 снята с чека: Хлеб. Её резерв потерян: ")
        reason = ANSWERS[way] or ANSWERS[second]
        assert _words(reason) in till.popup

    @pytest.mark.parametrize("way", ["refused", "wordless", "unsent"])
    def test_cancel_refused(self, way: str) -> None:
        """Given that the cancel was certainly not done, then nothing has changed, and nothing more is asked."""
        till = asked().said(ANSWERS[way])
        assert till.asks == [("cancel", 2000)]
        assert (till.lines, till.reserves, till.undone) == ([("Хлеб", 2000, False)], [[2000]], [])
        assert till.sound()
        assert till.popup == f"{_words(ANSWERS[way])}. Количество осталось прежним: Хлеб"

    @pytest.mark.parametrize("way", UNSURE)
    def test_cancel_unknown(self, way: str) -> None:
        """Given that nobody knows of the cancel, then the old quantity is reserved anew, the outbox cancels."""
        till = asked().said(ANSWERS[way])
        old = till.orders[0].key
        till.said(DONE)
        assert till.asks == [("cancel", 2000), ("reserve", 2000)]
        assert (till.lines, till.reserves, till.undone) == ([("Хлеб", 2000, False)], [[2000]], [(2000, True)])
        assert till.undos[0].key == old != till.orders[1].key
        assert till.sound()

    @pytest.mark.parametrize("second", ANSWERS)
    @pytest.mark.parametrize("way", UNSURE)
    def test_cancel_unknown_and_no_reserve_again(self, way: str, second: str) -> None:
        """Given that the old quantity is not reserved again either, then the line goes, and all that may be held."""
        till = asked().said(ANSWERS[way], ANSWERS[second])
        assert till.lines == [("Хлеб", 2000, True)]
        assert till.undone == [(2000, True)] * (2 if second in UNSURE else 1)
        assert till.problem == "stock_lost"

    def test_switched_off_meanwhile(self) -> None:
        """Given the module switched off, when a quantity changes, then nobody is asked and the reserve stays known."""
        till = Stocked.selling(asks=False).scan(BREAD.barcode).change("5")
        assert (till.lines, till.asks) == ([("Хлеб", 5000, False)], [])

    def test_line_without_a_reserve(self) -> None:
        """Given a line of the time when the module was off, when its quantity changes, then all of it is reserved."""
        till = Stocked.selling(asks=False).scan(BREAD.barcode)
        till.till = replace(till.till, rules=replace(till.rules, gates=(StockControlGate(),)))
        till.change("3").said(DONE)
        assert (till.asks, till.reserves, till.sound()) == ([("reserve", 3000)], [[3000]], True)

    def test_escape_does_not_end_it(self) -> None:
        """Given a change under way, when Esc is pressed, then it goes on: the old reserve may be gone."""
        till = asked()
        for answer in (DONE, REFUSED):
            till.press("escape")
            assert till.notice == "cannot_give_up"
            till.said(answer)
        till.press("escape").said(DONE)
        assert (till.lines, till.sound()) == ([("Хлеб", 2000, False)], True)


class TestMerged:
    def test_one_more_piece_is_one_more_reserve(self) -> None:
        """Given the same goods again, then one more piece is reserved, and what is held stays."""
        till = Stocked.selling().sell(BREAD, BREAD)
        assert till.asks == [("reserve", 1000)] * 2
        assert (till.lines, till.reserves) == ([("Хлеб", 2000, False)], [[1000, 1000]])
        assert till.sound()

    @pytest.mark.parametrize("way", ANSWERS)
    def test_refused_piece_leaves_the_line(self, way: str) -> None:
        """Given a refusal of the second piece, then the first one stands with its reserve."""
        till = Stocked.selling().sell().scan(BREAD.barcode).said(ANSWERS[way])
        assert (till.lines, till.reserves) == ([("Хлеб", 1000, False)], [[1000]])
        assert till.undone == ([(1000, True)] if way in UNSURE else [])
        assert till.sound()
        assert till.popup.endswith("Количество осталось прежним: Хлеб")

    def test_lines_of_their_own(self) -> None:
        """Given a till that merges nothing, then each piece has a line and a reserve."""
        till = Stocked.selling(merges=False).sell(BREAD, BREAD, MILK)
        assert till.reserves == [[1000]] * 3
        assert till.sound()

    def test_change_cancels_each_reserve(self) -> None:
        """Given a line of two reserves, then both are cancelled one after the other, then all of it is reserved."""
        till = asked(merged=True).said(DONE, DONE, DONE)
        assert till.asks == [("cancel", 1000), ("cancel", 1000), ("reserve", 5000)]
        assert (till.reserves, till.undone, till.sound()) == ([[5000]], [], True)

    @pytest.mark.parametrize("way", ["refused", "unsent"])
    def test_second_cancel_refused(self, way: str) -> None:
        """Given that the second cancel was certainly not done, then only what is gone is reserved again."""
        till = asked(merged=True).said(DONE, ANSWERS[way], DONE)
        assert till.asks == [("cancel", 1000), ("cancel", 1000), ("reserve", 1000)]
        assert (till.lines, till.reserves, till.undone) == ([("Хлеб", 2000, False)], [[1000, 1000]], [])
        assert till.sound()

    @pytest.mark.parametrize("way", UNSURE)
    def test_first_cancel_unknown(self, way: str) -> None:
        """Given that nobody knows of the first cancel, then that piece is reserved again, the other one stays."""
        till = asked(merged=True).said(ANSWERS[way], DONE)
        assert till.asks == [("cancel", 1000), ("reserve", 1000)]
        assert (till.reserves, till.undone, till.sound()) == ([[1000, 1000]], [(1000, True)], True)

    @pytest.mark.parametrize("second", ANSWERS)
    def test_lost_with_what_is_held(self, second: str) -> None:
        """Given a piece that is not reserved again, then the line goes, and the outbox cancels its other reserve."""
        till = asked(merged=True).said(LATE, ANSWERS[second])
        assert till.lines == [("Хлеб", 2000, True)]
        doubtful = [(1000, True)] * (2 if second in UNSURE else 1)
        assert sorted(till.undone) == sorted([(1000, False), *doubtful])


class TestLaterGate:
    def refused(self) -> Stocked:
        """Let a later gate refuse another quantity, which is reserved."""
        till = Stocked.selling(Choosy(changes)).sell().change("3")
        return till.said(DONE, DONE)

    def test_change_is_taken_back(self) -> None:
        """Given a later gate that refuses a change, then the new reserve is cancelled, the old quantity reserved."""
        till = self.refused()
        till.said(DONE, DONE)
        assert till.asks[1:] == [("cancel", 1000), ("reserve", 3000), ("cancel", 3000), ("reserve", 1000)]
        assert (till.lines, till.reserves, till.undone) == ([("Хлеб", 1000, False)], [[1000]], [])
        assert (till.sound(), till.problem) == (True, "no")

    @pytest.mark.parametrize("way", ANSWERS)
    def test_new_reserve_stays_held(self, way: str) -> None:
        """Given that its cancel fails, then the outbox does it, and the old quantity is reserved all the same."""
        till = self.refused().said(ANSWERS[way], DONE)
        assert till.reserves == [[1000]]
        assert till.undone == [(3000, way in UNSURE)]
        assert till.sound()

    @pytest.mark.parametrize("way", ANSWERS)
    def test_old_quantity_is_not_reserved(self, way: str) -> None:
        """Given that the old quantity is not reserved again, then the line goes."""
        till = self.refused().said(DONE, ANSWERS[way])
        assert till.lines == [("Хлеб", 1000, True)]
        assert till.undone == ([(1000, True)] if way in UNSURE else [])
        assert till.problem == "stock_lost"
        assert (till.till.ledger.intents, till.till.ledger.leaving) == ((), ())

    @pytest.mark.parametrize("way", ["done", *ANSWERS])
    def test_piece_is_taken_back(self, way: str) -> None:
        """Given a later gate that refuses a second piece, then its reserve alone is cancelled."""
        answer = DONE if way == "done" else ANSWERS[way]
        till = Stocked.selling(Choosy(changes)).sell().sell()
        till.said(answer)
        assert till.asks == [("reserve", 1000), ("reserve", 1000), ("cancel", 1000)]
        assert (till.lines, till.reserves) == ([("Хлеб", 1000, False)], [[1000]])
        assert till.undone == ([] if way == "done" else [(1000, way in UNSURE)])
        assert till.sound()

    @pytest.mark.parametrize("first", [DONE, BROKEN, UNSENT])
    def test_escape_leaves_the_rest_to_the_outbox(self, first: Answer) -> None:
        """Given the old quantity asked for again, when Esc is pressed, then nobody knows of it: the line goes."""
        till = self.refused().said(first).press("escape")
        assert till.lines == [("Хлеб", 1000, True)]
        assert (1000, True) in till.undone


def _words(answer: Answer | None) -> str:
    if answer is None or not answer.sent:
        return "Нет ответа от системы контроля остатков"
    return answer.text or "Продажа товара запрещена системой контроля остатков"
