"""A till's end of the conversation, and a serial line whose far end the test holds."""

import asyncio
import contextlib
import os
import tty
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from devices import Broken, Happening, Scan, Scanner, Status
from tests.devices.typist import stamped

PATIENCE = 60.0 if "HID_VM" in os.environ else 15.0
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

    def received(self, size: int) -> bytes:
        """Wait for so many bytes from the till."""
        data = b""
        while len(data) < size:
            data += os.read(self.device, size - len(data))
        return data


class Keyboard:
    """A device node made of a named pipe; the test types on it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.plug()

    def plug(self) -> None:
        """Make the node; both ends stay open here, so that neither opening blocks."""
        os.mkfifo(self.path)
        self._end = os.open(self.path, os.O_RDWR)

    def unplug(self) -> None:
        """Take the node away; its reader sees the end."""
        self.path.unlink()
        os.close(self._end)

    def type(self, events: bytes) -> None:
        """Send events as the kernel would, whole ones."""
        for start in range(0, len(events), 2400):
            os.write(self._end, stamped(events[start : start + 2400]))


@pytest.fixture
def keyboard(tmp_path: Path) -> Iterator[Keyboard]:
    """Return a plugged keyboard."""
    made = Keyboard(tmp_path / "event3")
    yield made
    if made.path.exists():
        made.unplug()


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
