import pytest
from textual import events

from cashier.core.modes import EnteringCode, Selling
from tests.ui.fake_front import BREAD, FakeFront
from tests.ui.running import running, text, typed
from tests.waiting import until


class TestKeys:
    async def test_a_sale_from_sign_in_to_change(self) -> None:
        """Code, password, a scan, payment: each is on the screen when it has happened."""
        front = FakeFront()
        async with running(front) as app:
            assert "Код кассира" in text(app)
            typed(app, *"101", "enter", *"1234", "enter")
            await until(lambda: "ПРОДАЖА" in text(app))
            front.scan(BREAD.barcode)
            await until(lambda: "▶  1  Хлеб" in text(app))
            typed(app, "+", *"100", "enter")
            await until(lambda: "СДАЧА, ₽" in text(app))
            assert front.till.farewell is not None
            assert front.till.farewell.change == 5450

    async def test_typed_ahead_is_typed_right(self) -> None:
        """A whole sale sent with no gap means what it means typed slowly."""
        front = FakeFront()
        async with running(front) as app:
            sale = (
                *"101",
                "enter",
                *"1234",
                "enter",
                *"1001",
                "enter",
                "3",
                "*",
                *"1002",
                "enter",
                "+",
                *"500",
                "enter",
            )
            typed(app, *sale, "7")
            await until(lambda: front.keys[-1:] == ["7"])
            assert len(front.keys) == len(sale) + 1
            last = front.till.ledger.last
            assert last is not None
            assert [line.quantity for line in last.lines] == [1000, 3000]
            assert last.paid == 50000
            assert front.till.mode == Selling("7")

    @pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c", "ctrl+z", "ctrl+p", "tab", "shift+tab", "ctrl+backslash"])
    async def test_keys_of_the_framework_are_dead(self, key: str) -> None:
        """Nothing quits, copies, suspends, opens a palette or moves a focus."""
        front = FakeFront().sign_in()
        async with running(front) as app:
            before = list(front.keys)
            typed(app, key, "5")
            await until(lambda: front.keys[-1] == "5")
            assert front.keys == [*before, "5"]
            assert app.is_running
            assert app.focused is None
            assert len(app.screen_stack) == 1

    async def test_a_paste_is_refused(self) -> None:
        """It is told by its size, and types nothing."""
        front = FakeFront()
        async with running(front) as app:
            app.post_message(events.Paste("4600000000017\n"))
            await until(lambda: front.pastes == [14])
            assert front.till.mode == EnteringCode()
