import logging
from collections.abc import Callable

import pytest

from cashier.core.modes import EnteringCode
from cashier.ui.app import TillApp
from tests.ui.fake_front import FakeFront
from tests.ui.running import RU, running, text, typed
from tests.waiting import until


class TestFront:
    async def test_a_dialog_is_told_when_it_is_on_the_glass(self) -> None:
        """Each new popup is reported once; a plain key is not."""
        front = FakeFront().sign_in()
        async with running(front) as app:
            typed(app, "5")
            await until(lambda: "Ввод: 5" in text(app))
            assert front.paintings == 0
            typed(app, "enter")
            await until(lambda: front.paintings == 1)
            assert "не найден" in text(app)
            typed(app, "enter", "5", "enter")
            await until(lambda: front.paintings == 2)

    async def test_a_long_wait_is_spoken_of(self) -> None:
        """A password that takes long to compare is told; what is typed meanwhile waits."""
        front = FakeFront(slow=True)
        async with running(front) as app:
            typed(app, *"101", "enter", *"1234", "enter")
            await until(lambda: front.till.mode != EnteringCode() and front._owed != [])
            await until(lambda: "Проверка пароля" in text(app))
            typed(app, "7")
            await until(lambda: front.keys[-1] == "7")
            assert "Ввод: 7" not in text(app)
            front.answer()
            await until(lambda: "Ввод: 7" in text(app))

    async def test_the_end_of_the_pump_ends_the_app(self) -> None:
        """Quitting leaves with 0, and nobody watches any more."""
        front = FakeFront().sign_in()
        async with running(front) as app:
            typed(app, "f10", "end", "enter", "enter")
            await until(lambda: not app.is_running)
        assert app.return_code == 0
        assert front._watchers == []

    async def test_a_failure_is_told_in_words(
        self, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The cashier reads a sentence and a code; the log has the same code and no local variables."""
        front = FakeFront()
        secret = "pin-4321"
        app = TillApp(front, RU)
        caplog.set_level(logging.ERROR)
        with pytest.raises(RuntimeError):
            await _failing(app, front)
        assert app.return_code == 1
        said = capsys.readouterr().err
        code = caplog.records[-1].getMessage().rpartition(" ")[2]
        assert f"назовите код {code}" in " ".join(said.split())
        assert "Traceback" not in said
        assert secret not in caplog.text + said

    async def test_a_picture_that_cannot_be_painted_ends_the_app(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Better no screen than one that shows yesterday's state."""
        front = FakeFront()
        app = TillApp(front, RU)

        def broken(*_: object) -> None:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await _unpainted(app, front, lambda: monkeypatch.setattr("cashier.ui.app.paint", broken))
        assert app.return_code == 1

    async def test_leaving_stops_the_pump(self) -> None:
        """Whatever ends the app, the pump is cancelled and waited for."""
        front = FakeFront()
        async with running(front) as app:
            pump = app._pump
        assert pump is not None
        assert pump.cancelled()


async def _unpainted(app: TillApp, front: FakeFront, breaking: Callable[[], None]) -> None:
    async with app.run_test():
        await until(lambda: front.running)
        breaking()
        front.press("1")
        await until(lambda: not app.is_running)


async def _failing(app: TillApp, front: FakeFront) -> None:
    async with app.run_test():
        await until(lambda: front.running)
        front.end(RuntimeError("broken"))
        await until(lambda: not app.is_running)
