import pytest
from rich.segment import Segment
from textual.color import Color

from cashier.core.events import Ticked
from cashier.ui.app import TillApp
from cashier.ui.guard import ControlFilter
from tests.ui.fake_front import BREAD, FakeFront
from tests.ui.running import RU, running, text
from tests.ui.scenes import SCENES
from tests.waiting import until


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
            await until(lambda: "Касса заперлась" in text(app))


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
