"""A keyboard scanner: finds the device, keeps its reader process, turns key events into frames."""

import errno
import os
import select
import subprocess
import sys
from pathlib import Path

from devices._intake import Intake
from devices._serve import Arrival, serve
from devices.happening import Sink
from devices.hid.events import EventStream
from devices.hid.find import HidConfig, find
from devices.hid.reader import EVENT

READER = Path(__file__).with_name("reader.py")
START = 10.0
"""Seconds for the reader process to come up; a twentieth of one is usual."""

CHUNK = 512 * EVENT.size
"""Bytes of one read, some 128 characters."""


class HidScanner:
    """Reads a keyboard that nobody else hears any more."""

    def __init__(self, config: HidConfig) -> None:
        self._config = config
        self._intake = Intake(config.name, config.framing)

    @property
    def name(self) -> str:
        """The scanner's name in the settings."""
        return self._config.name

    async def run(self, sink: Sink) -> None:
        """Read until cancelled; see `Scanner`."""
        await serve(self._open, self._intake, sink)

    def signal(self, accepted: bool, /) -> None:  # noqa: FBT001 - see Scanner
        """Do nothing: a keyboard has no way to be told."""

    def _open(self) -> "_Keyboard":
        path = find(self._config)
        if path is None:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return _Keyboard(path)


class _Keyboard:
    """The reader process of one device as the common reading loop wants it."""

    lag = 0.1

    def __init__(self, path: str) -> None:
        self.detail = path
        self._events = EventStream()
        self._process = subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, "-I", "-S", str(READER), path],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        try:
            self._await_first_event()
        except OSError:
            self.close()
            raise

    def fileno(self) -> int:
        assert self._process.stdout is not None  # noqa: S101 - PIPE was asked for
        return self._process.stdout.fileno()

    def read(self) -> list[Arrival]:
        try:
            data = os.read(self.fileno(), CHUNK)
        except BlockingIOError:
            return []
        if not data:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return self._events.feed(data)

    def close(self) -> None:
        with self._process:
            self._process.kill()

    def _await_first_event(self) -> None:
        """Wait until the device is open and grabbed.

        Raises:
            PermissionError: not allowed, or another program has grabbed it.
            OSError: it is not there, or the reader does not answer.
        """
        if not select.select([self.fileno()], [], [], START)[0]:
            raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
        lamp = os.read(self.fileno(), EVENT.size)
        if not lamp:
            raise _refusal(self._process.wait())
        self._events.feed(lamp)
        os.set_blocking(self.fileno(), False)


def _refusal(status: int) -> OSError:
    words = os.strerror(status)
    return PermissionError(status, words) if status == errno.EBUSY else OSError(status, words)
