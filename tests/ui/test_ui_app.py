import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from rich.segment import Segment
from textual import events
from textual.color import Color

from cashier.core.events import Ticked
from cashier.core.modes import EnteringCode, Selling
from cashier.ui.app import TillApp
from cashier.ui.guard import ControlFilter
from cashier.ui.locale import Catalogue
from cashier.ui.patience import Patience
from tests.ui.drawing import text_of
from tests.ui.fake_front import BREAD, MILK, FakeFront
from tests.ui.scenes import SCENES

RU = Catalogue("ru")


async def until(condition: Callable[[], bool], what: str = "") -> None:
    """Wait for a condition; fail when it does not come."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - the screen has no event for what a test waits for
            await asyncio.sleep(0)
    assert condition(), what


@asynccontextmanager
async def running(
    front: FakeFront, size: tuple[int, int] = (80, 25), theme: str = "normal", *, training: bool = False
) -> AsyncIterator[TillApp]:
    """Run the screen of a front without a terminal."""
    app = TillApp(front, RU, theme, training=training)
    front.app_signal = lambda accepted: app.signal(accepted=accepted)
    async with app.run_test(size=size):
        await until(lambda: front.running)
        yield app


def text(app: TillApp) -> str:
    """Read the screen."""
    return text_of(app.glass.rows)


def typed(app: TillApp, *keys: str) -> None:
    """Send keys without waiting for anything, as a macro key does."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


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


class TestGlass:
    @pytest.mark.parametrize("scene", SCENES)
    async def test_every_screen_is_what_the_painter_made(self, scene: str) -> None:
        """What the compositor holds is what was painted, cell for cell."""
        front = SCENES[scene]().front
        async with running(front, size=(100, 30)) as app:
            await until(lambda: len(app.glass.rows) == 30)
            await app.animator.wait_for_idle()
            strips = app.screen._compositor.render_strips()
            assert [strip.text for strip in strips] == ["".join(span.text for span in row) for row in app.glass.rows]

    async def test_an_unchanged_row_is_not_painted_again(self) -> None:
        """A digit typed costs the entry line and the key bar."""
        front = FakeFront().sign_in()
        front.type("1")
        async with running(front) as app:
            painted: list[int] = []
            refresh = app.glass.refresh
            app.glass.refresh = lambda *regions, **kw: painted.extend(r.y for r in regions) or refresh(*regions, **kw)  # type: ignore[method-assign, func-returns-value]
            front.press("2")
            await until(lambda: "Ввод: 12" in text(app))
            assert painted == [23]

    async def test_nodes_are_constant(self) -> None:
        """Two hundred receipts leave no widget behind."""
        front = FakeFront().sign_in()
        async with running(front) as app:
            nodes = len(app.screen.walk_children())
            for _ in range(200):
                front.scan(BREAD.barcode)
                front.type("plus", "enter")
            await until(lambda: "чек 200" in text(app))
            assert len(app.screen.walk_children()) == nodes == 1

    async def test_a_resize_lays_everything_out_anew(self) -> None:
        """A larger window is filled at once; one too small says so."""
        front = FakeFront().sign_in()
        app = TillApp(front, RU)
        async with app.run_test(size=(80, 25)) as pilot:
            for size in ((128, 48), (60, 20), (80, 24)):
                await pilot.resize_terminal(*size)
                await until(lambda size=size: len(app.glass.rows) == size[1])  # type: ignore[misc]
            assert "ПРОДАЖА" in text(app)

    async def test_news_is_shown_without_a_key(self) -> None:
        """A lock by the idle limit stands on the screen at once."""
        front = FakeFront().sign_in()
        async with running(front) as app:
            front.tell(Ticked(idle=True))
            await until(lambda: "Касса заперта" in text(app))


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
        """A password that takes long to compare is told; what is typed meanwhile waits and is counted."""
        front = FakeFront(slow=True)
        async with running(front) as app:
            typed(app, *"101", "enter", *"1234", "enter")
            await until(lambda: front.till.mode != EnteringCode() and front._owed != [])
            await until(lambda: "Проверка пароля" in text(app))
            typed(app, "7")
            await until(lambda: front.waiting == 1)
            front.answer()
            await until(lambda: "Ввод: 7" in text(app))

    async def test_a_refusal_rings_and_flashes(self) -> None:
        """The entry line flashes and is calm again; an acceptance is silent."""
        front = FakeFront().sign_in()
        async with running(front) as app:
            bells: list[int] = []
            app.bell = lambda: bells.append(1)  # type: ignore[method-assign]
            front.scan(MILK.barcode)
            assert bells == []
            front.press("f11")
            await until(lambda: any(span.role == "flash" for row in app.glass.rows for span in row))
            assert bells == [1]
            await until(lambda: not any(span.role == "flash" for row in app.glass.rows for span in row))

    async def test_the_end_of_the_pump_ends_the_app(self) -> None:
        """Quitting leaves with 0, and nobody watches any more."""
        front = FakeFront().sign_in()
        async with running(front) as app:
            typed(app, "f10", "4", "enter")
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


class TestPatience:
    def test_a_short_wait_is_not_spoken_of(self) -> None:
        """Nothing for 150 ms, words until 2 s, then seconds; a new wait begins anew."""
        now = [0.0]
        patience = Patience(lambda: now[0])
        said = []
        for at, token in ((0, "a"), (0.1, "a"), (0.2, "a"), (1.9, "a"), (2.0, "a"), (3.5, "a"), (3.6, "b"), (3.7, "")):
            now[0] = at
            said.append(patience.waited(token)[0])
        assert said == [None, None, 0, 0, 2, 3, None, None]

    def test_it_asks_again_when_its_words_change(self) -> None:
        """One timer is enough."""
        now = [0.0]
        patience = Patience(lambda: now[0])
        assert patience.waited("a")[1] == pytest.approx(0.15)
        now[0] = 0.15
        assert patience.waited("a")[1] == pytest.approx(1.85)
        now[0] = 2.25
        assert patience.waited("a")[1] == pytest.approx(0.75)
        assert patience.waited("")[1] is None


class TestGuard:
    def test_nothing_a_terminal_obeys_gets_out(self) -> None:
        """Whatever a widget draws, controls, bidi and zero width are dots."""
        segments = [Segment("a\x1b[2Jb\u202e\u200b\x9b"), Segment("Хлеб «350 г»")]
        guarded = ControlFilter().apply(segments, Color(0, 0, 0))
        assert guarded[0].text == "a·[2Jb···"
        assert guarded[1] is segments[1]

    async def test_the_guard_stands_in_the_app(self) -> None:
        """The app has the filter."""
        async with running(FakeFront()) as app:
            assert any(isinstance(own, ControlFilter) for own in app.get_line_filters())
