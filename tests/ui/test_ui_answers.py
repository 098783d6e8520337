"""What the screen tells the hands: a flash and a bell, and nothing at all where it cannot be seen."""

from cashier.ui.app import TillApp
from cashier.ui.paint.screen import Answer
from tests.ui.fake_front import MILK, FakeFront
from tests.ui.running import RU, running, text, typed
from tests.waiting import until


def flashes(app: TillApp) -> set[str]:
    """Tell how the screen flashes now."""
    return {span.role for row in app.glass.rows for span in row} & set(Answer)


def counted(app: TillApp) -> list[int]:
    """Count bells instead of ringing them."""
    bells: list[int] = []
    app.bell = lambda: bells.append(1)  # type: ignore[method-assign]
    return bells


class TestFlash:
    async def test_each_answer_has_a_flash_of_its_own(self) -> None:
        """An acceptance flashes in silence, a refusal flashes otherwise and rings; both are calm again."""
        front = FakeFront().sign_in()
        async with running(front) as app:
            bells = counted(app)
            front.scan(MILK.barcode)
            await until(lambda: flashes(app) == {Answer.YES})
            await until(lambda: flashes(app) == set())
            assert bells == []
            front.press("f8")
            await until(lambda: flashes(app) == {Answer.NO})
            await until(lambda: flashes(app) == set())
            assert bells == [1]

    async def test_the_later_answer_is_the_one_that_flashes(self) -> None:
        """A refusal right after an acceptance is not hidden by it, nor the other way round."""
        front = FakeFront().sign_in()
        async with running(front) as app:
            front.scan(MILK.barcode)
            front.press("f8")
            await until(lambda: flashes(app) == {Answer.NO})
            front.scan(MILK.barcode)
            await until(lambda: flashes(app) == {Answer.YES})
            await until(lambda: flashes(app) == set())


class TestTooSmall:
    async def test_keys_ring_and_do_nothing(self) -> None:
        """Where the sale cannot be seen no key counts; a scan does; in a window that fits keys count again."""
        front = FakeFront().sign_in()
        app = TillApp(front, RU)
        async with app.run_test(size=(80, 25)) as pilot:
            bells = counted(app)
            await pilot.resize_terminal(79, 24)
            await until(lambda: "Окно" in text(app))
            before = list(front.keys)
            typed(app, "1", "enter")
            await until(lambda: len(bells) == len(("1", "enter")))
            assert front.keys == before
            front.scan(MILK.barcode)
            assert front.till.ledger.receipt is not None
            await pilot.resize_terminal(80, 24)
            await until(lambda: "ПРОДАЖА" in text(app))
            typed(app, "7")
            await until(lambda: "Ввод: 7" in text(app))
            assert front.keys == [*before, "7"]
