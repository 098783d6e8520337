"""A serial scanner whose far end the rehearsal holds."""

import fcntl
import os
import select
import sys
import termios
import time
import tty
from pathlib import Path

from tests.faults.process import PATIENCE


class Line:
    """A serial line under a fixed name; the rehearsal is the scanner."""

    def __init__(self, path: Path) -> None:
        """Plug it in."""
        self.path = path
        self.plug()

    def plug(self) -> None:
        """Make a new line under the same name."""
        self._device, self._held = os.openpty()
        tty.setraw(self._held)
        os.set_blocking(self._device, False)
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(self._held))

    def unplug(self) -> None:
        """Pull the cable."""
        self.path.unlink()
        os.close(self._held)
        os.close(self._device)

    @property
    def unread(self) -> int:
        """Bytes that wait at the till's end."""
        count = fcntl.ioctl(self._held, termios.FIONREAD, bytes(4))
        return int.from_bytes(count, sys.byteorder)

    def send(self, data: bytes) -> None:
        """Send bytes, waiting where the line is full."""
        deadline = time.monotonic() + PATIENCE
        while data and time.monotonic() < deadline:
            if select.select([], [self._device], [], 0.1)[1]:
                data = data[os.write(self._device, data[:1024]) :]
