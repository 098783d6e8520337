"""A program in a pseudo-terminal: started, typed to, watched for the bytes it paints."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path
from typing import Self

COLUMNS, ROWS = 100, 37


class NotPaintedError(TimeoutError):
    """A text was not painted in time, or the program has ended."""


class Terminal:
    """One running program. `output` holds what was painted since the last `forget`."""

    def __init__(self, command: list[str], environment: dict[str, str] | None = None) -> None:
        self.began = time.perf_counter()
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        base = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**base, **(environment or {})},
            start_new_session=True,
        )
        os.close(slave)
        self.master = master
        self.output = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        os.close(self.master)

    def type(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self.master, keys)

    def forget(self) -> None:
        """Drop what was painted so far."""
        self.pump(0)
        self.output = b""

    def pump(self, seconds: float) -> None:
        """Read what is painted within some time; returns at the first bytes."""
        while select.select([self.master], [], [], seconds)[0]:
            self.output += os.read(self.master, 65536)
            seconds = 0

    def wait_for(self, text: str | re.Pattern[bytes], limit: float = 20.0) -> float:
        """Wait until a text is painted; return the moment.

        Raises:
            NotPaintedError: it was not.
        """
        end = time.perf_counter() + limit
        sought = text if isinstance(text, re.Pattern) else re.compile(re.escape(text.encode()))
        while not sought.search(self.output):
            if time.perf_counter() > end or self.process.poll() is not None:
                raise NotPaintedError(text, self.output[-600:])
            self.pump(0.5)
        return time.perf_counter()

    def rss(self) -> float:
        """Resident memory of the program, MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def percentile(values: list[float], share: float) -> float:
    """Return a percentile of a list, share between 0 and 1."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
