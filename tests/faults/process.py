"""A headless till as a process of its own, with the lines it has acknowledged."""

import atexit
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile, mkdtemp
from typing import Self

import msgspec
from msgspec import Struct

from cashier.demo.start import _fill
from cashier.folder import DataFolder
from tests.faults.roll import Paper
from tests.faults.shown import Shown, from_lines

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0
"""Seconds after which a till that says nothing is a fault of its own."""


class SilentError(AssertionError):
    """The till did not say what it had to in time."""


@cache
def goods() -> Path:
    """Make the dictionaries of the demo once for this program; they go when it ends."""
    folder = DataFolder(Path(mkdtemp(prefix="faults-goods-")))
    atexit.register(shutil.rmtree, folder.path, ignore_errors=True)
    _fill(folder)
    return folder.dictionaries


class Process:
    """One run of the headless till on a data folder."""

    def __init__(self, data: Path, synchronous: str = "", paper: Paper = "file", marked: Struct | None = None) -> None:
        """Start it; it waits for `go`. `marked` is how it stands to a cash server, if it sells marked goods."""
        self.data = data
        self._ear, theirs = socket.socketpair()
        command = [sys.executable, "-m", "tests.faults.headless", str(data), "--goods", str(goods())]
        command += ["--ack", str(theirs.fileno()), "--synchronous", synchronous, "--paper", paper]
        command += ["--marked", msgspec.json.encode(marked).decode()] if marked else []
        self._moans = TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._child = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stderr=self._moans, pass_fds=[theirs.fileno()]
        )
        theirs.close()
        self._heard = b""
        self._until(b"\n")
        self.hand = int(self._heard.removeprefix(b"ready "))
        """The thread that does all work on files."""
        self._heard = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._ear.close()
        self._moans.close()

    @property
    def pid(self) -> int:
        """The process."""
        return self._child.pid

    @property
    def acknowledged(self) -> list[Shown]:
        """What was shown so far, oldest first."""
        self._drain()
        return from_lines(self._heard)

    def go(self) -> None:
        """Let it open its data and start."""
        self.send("go")

    def send(self, *inputs: str) -> None:
        """Give inputs; one that has died takes none."""
        assert self._child.stdin
        with suppress(BrokenPipeError):
            self._child.stdin.write("".join(f"{line}\n" for line in inputs).encode())
            self._child.stdin.flush()

    def heard(self, turns: int) -> list[Shown]:
        """Wait until so many turns were acknowledged and return them."""
        deadline = time.monotonic() + PATIENCE
        while len(self.acknowledged) < turns:
            if not self._hear(0.5) or time.monotonic() > deadline:
                raise self._silent()
        return self.acknowledged

    def ask(self, *inputs: str) -> Shown:
        """Give inputs and return what is shown when the last of them has been dealt with.

        Raises:
            SilentError: the till has ended, or says nothing.
        """
        known = len(self.acknowledged)
        self.send(*inputs)
        deadline = time.monotonic() + PATIENCE
        while sum(said.resting for said in self.acknowledged[known:]) < len(inputs):
            if not self._hear(0.5) or time.monotonic() > deadline:
                raise self._silent()
        return self.acknowledged[-1]

    def play(self, inputs: Iterable[str]) -> int:
        """Give all inputs and wait for the end; return the exit status, negative for a signal."""
        self.go()
        self.send(*inputs)
        return self.end()

    def end(self) -> int:
        """Wait until everything given is dealt with and the program has ended."""
        assert self._child.stdin
        with suppress(BrokenPipeError):
            self._child.stdin.close()
        deadline = time.monotonic() + PATIENCE
        while self._hear(0.5):
            if time.monotonic() > deadline:
                raise self._silent()
        return self._child.wait(PATIENCE)

    def kill(self) -> None:
        """Kill it."""
        self._child.send_signal(signal.SIGKILL)
        self._child.wait()
        self._drain()
        if self._child.stdin and not self._child.stdin.closed:
            with suppress(BrokenPipeError):
                self._child.stdin.close()

    def _silent(self) -> SilentError:
        self.kill()
        self._moans.seek(0)
        return SilentError(self._heard[-500:], self._moans.read()[-2000:])

    def _drain(self) -> None:
        while self._hear(0):
            pass

    def _hear(self, patience: float) -> bool:
        """Read what was said; False at the end of the stream, or after silence when none is waited for."""
        if self._ear.fileno() < 0:
            return False
        if not select.select([self._ear], [], [], patience)[0]:
            return patience > 0
        try:
            data = self._ear.recv(1 << 16)
        except ConnectionResetError:
            return False
        self._heard += data
        return bool(data)

    def _until(self, end: bytes) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self._heard.endswith(end):
            if not self._hear(0.5) or time.monotonic() > deadline:
                raise self._silent()
