"""A till's end of the conversation, and a serial line whose far end the test holds."""

import asyncio
import contextlib
import os
import tty
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from devices import Broken, Happening, Scan, Scanner, Status

PATIENCE = 60.0 if "HID_VM" in os.environ else 5.0
"""Seconds to wait for what must come; more where everything is slow."""


class Till:
    """Takes happenings, as many as there is room for, and keeps them."""

    def __init__(self) -> None:
        self.got: list[Happening] = []
        self.room: float = float("inf")

    def __call__(self, happening: Happening, /) -> bool:
        """Take one if there is room."""
        if isinstance(happening, Status):
            self.got.append(happening)
            return True
        if self.room < 1:
            return False
        self.room -= 1
        self.got.append(happening)
        return True

    @property
    def codes(self) -> list[bytes]:
        """What was scanned."""
        return [item.data for item in self.got if isinstance(item, Scan)]

    @property
    def faults(self) -> list[str]:
        """Why frames were broken."""
        return [item.reason for item in self.got if isinstance(item, Broken)]

    @property
    def numbers(self) -> list[int]:
        """The numbers of all frames."""
        return [item.number for item in self.got if not isinstance(item, Status)]

    @property
    def states(self) -> list[str]:
        """The states told."""
        return [item.state for item in self.got if isinstance(item, Status)]

    async def until(self, holds: Callable[["Till"], bool], patience: float = PATIENCE) -> None:
        """Wait until it holds; fail with what has come if it never does."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while not holds(self):  # noqa: ASYNC110 - any condition may be waited for
                    await asyncio.sleep(0.002)
        assert holds(self), self.got


class Line:
    """A pseudo-terminal under a fixed name that a scanner opens; the test is the device."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "tty"
        self.plug()

    def plug(self) -> None:
        """Make a new line under the same name."""
        self.device, self._held = os.openpty()
        # Raw at once: what is sent before the scanner has opened the line must not be echoed back.
        tty.setraw(self._held)
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(self._held))

    def unplug(self) -> None:
        """Pull the cable."""
        self.path.unlink()
        os.close(self._held)
        os.close(self.device)

    def send(self, data: bytes) -> None:
        """Send bytes to the till."""
        os.write(self.device, data)

    def received(self) -> bytes:
        """Read what the till has sent to the device."""
        return os.read(self.device, 100)


@pytest.fixture
def till() -> Till:
    """Return a till with room for everything."""
    return Till()


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    """Return a plugged serial line."""
    made = Line(tmp_path)
    yield made
    if made.path.is_symlink():
        made.unplug()


Running = Callable[[Scanner], "contextlib.AbstractAsyncContextManager[None]"]


@pytest.fixture
def running(till: Till) -> Running:
    """Return a context in which a scanner runs and is ready."""

    @contextlib.asynccontextmanager
    async def run(scanner: Scanner) -> AsyncIterator[None]:
        task = asyncio.create_task(scanner.run(till))
        try:
            await till.until(lambda till: "ready" in till.states)
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    return run
