"""The demo as a trainer runs it, put together from its root, with a scanner on a serial line.

Only the terminal is missing: its keys come from the test, which reads the screen instead.
"""

import asyncio
import os
import shutil
import sys
import tty
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cashier.core.modes import Passing, Popup
from cashier.core.passage import Questioned
from cashier.demo.start import run_demo
from cashier.entrance import Entrance
from cashier.folder import DataFolder
from cashier.settings import Settings
from cashier.settings import model as s
from cashier.store.documents import Documents
from cashier.ui.app import TillApp
from tests.faults.process import goods
from tests.ui.running import text, typed
from tests.waiting import until

PATIENCE = 4.0
"""Seconds to wait for a screen: other tests run beside this one, and a real server answers."""


class Counter:
    """The screen, the keys and the scanner."""

    def __init__(self, app: TillApp, line: int) -> None:
        assert isinstance(app.front, Entrance)
        self.app, self.door, self._line = app, app.front, line

    def scan(self, code: str | bytes) -> None:
        """Send a code as the scanner does, with its return."""
        os.write(self._line, (code.encode() if isinstance(code, str) else code) + b"\r")

    def type(self, *keys: str) -> None:
        """Press keys."""
        typed(self.app, *keys)

    async def sees(self, *words: str) -> str:
        """Wait until all the words are on the screen, return it; what takes no key before it was read has been read."""

        def seen() -> bool:
            mode = self.door.till.mode
            asked = isinstance(mode, Popup) or (isinstance(mode, Passing) and isinstance(mode.at, Questioned))
            read = not asked or self.door.pump._painted[0] is mode
            return read and all(own in text(self.app) for own in words)

        await until(seen, PATIENCE, lambda: f"{words} not in\n{text(self.app)}")
        return text(self.app)

    async def sees_no(self, words: str) -> None:
        """Wait until words have gone from the screen."""
        await until(lambda: words not in text(self.app), PATIENCE, lambda: text(self.app))

    async def signs_in(self, code: str) -> None:
        """Sign somebody of the demo in; the password of each is the code."""
        await self.sees("Код кассира", "Сканер counter: готов")
        self.type(code, "enter", code, "enter")
        await self.sees("ПРОДАЖА")

    async def line(self, number: int) -> str:
        """Wait for the selected line of a receipt, return it with single blanks."""
        screen = await self.sees(f"▶{number:>3}  ")
        return " ".join(next(row for row in screen.split("\n") if row.startswith("▶")).split())[2:]


Play = Callable[[Counter], Awaitable[None]]


def play(
    folder: Path,
    script: Play,
    zone: str = "Europe/Moscow",
    rights: s.Rights | None = None,
    *,
    yesterday: bool = False,
) -> None:
    """Run the demo on a data folder until a script is over; the shop's clock goes by the time zone.

    A new folder has the receipts of yesterday's shift only where they are wanted.
    """
    if not folder.exists():
        folder.mkdir()
        shutil.copy(goods(), DataFolder(folder).dictionaries)
        if not yesterday:
            Documents(DataFolder(folder).documents).close()
    with _serial_line() as (scanner, port), pytest.MonkeyPatch.context() as patch, _pace_put_back():
        own = s.Scanner(name="counter", type="serial", port=port)
        settings = Settings(till=s.Till(timezone=zone), rights=rights or s.Rights(), scanners=(own,))
        patch.setattr(TillApp, "run", lambda app, **_: asyncio.run(_sat(app, scanner, script)))
        run_demo(settings, DataFolder(folder))


async def _sat(app: TillApp, line: int, script: Play) -> None:
    async with app.run_test(size=(80, 25)):
        await script(Counter(app, line))


@contextmanager
def _serial_line() -> Iterator[tuple[int, str]]:
    """Lay a line, return the scanner's end and the name of the till's."""
    scanner, till = os.openpty()
    tty.setraw(till)
    try:
        yield scanner, os.ttyname(till)
    finally:
        os.close(till)
        os.close(scanner)


@contextmanager
def _pace_put_back() -> Iterator[None]:
    """Put the interval of threads back, which the till sets for weeks."""
    interval = sys.getswitchinterval()
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


def zone_of(hour: int) -> str:
    """Return a time zone where it is about that hour now."""
    ahead = (hour - datetime.now(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}"
