"""The screen of a front, run without a terminal."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual import events

from cashier.ui.app import TillApp
from tests.ui.drawing import text_of, words_of
from tests.ui.fake_front import FakeFront
from tests.waiting import until

RU = words_of("ru")


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
