"""The real program in a pseudo-terminal, with its screen."""

import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pyte

from tests.faults.journal import NeverCameError
from tests.faults.process import PATIENCE, ROOT, goods

WIDTH, HEIGHT = 100, 30
KEYS = {
    "enter": b"\r",
    "escape": b"\x1b",
    "backspace": b"\x7f",
    "plus": b"+",
    "asterisk": b"*",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "end": b"\x1b[F",
    "delete": b"\x1b[3~",
    "insert": b"\x1b[2~",
    "f1": b"\x1bOP",
    "f4": b"\x1bOS",
    "f5": b"\x1b[15~",
    "f6": b"\x1b[17~",
    "f7": b"\x1b[18~",
    "f10": b"\x1b[21~",
    "f11": b"\x1b[23~",
}
"""What a terminal sends for the keys of a rehearsal; a character sends itself."""


class Terminal:
    """A till on a terminal."""

    def __init__(self, folder: Path, command: tuple[str, ...] = ("-m", "cashier", "run")) -> None:
        """Start the program with settings and data below a folder; the data may be there already."""
        self.data, conf = folder / "data", folder / "conf"
        if not conf.exists():
            conf.mkdir(parents=True)
            scanner = f"[Scanner.counter]\ntype = serial\nport = {folder / 'tty'}\n"
            (conf / "ncash.ini").write_text(f"[Till]\nshopcode = 77\ncashcode = 3\n{scanner}")
        if not self.data.exists():
            self.data.mkdir()
            shutil.copy(goods(), self.data / "dictionaries.db")
        self._began = time.monotonic()
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.ByteStream(self._screen)
        self._terminal, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
        options = ["--conf", str(conf), "--data", str(self.data)] if command[0] == "-m" else []
        self._child = subprocess.Popen(
            [sys.executable, *command, *options],
            cwd=ROOT,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"},
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        os.close(self._terminal)

    @property
    def alive(self) -> bool:
        """Tell whether the program runs."""
        return self._child.poll() is None

    @property
    def pid(self) -> int:
        """The process."""
        return self._child.pid

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def type(self, *keys: str) -> None:
        """Press keys with no gap between them."""
        self.send(b"".join(KEYS.get(key, key.encode()) for key in keys))

    def send(self, data: bytes) -> None:
        """Send bytes to the program, reading what it draws meanwhile."""
        while data:
            self.read(0)
            if select.select([], [self._terminal], [], 0.1)[1]:
                data = data[os.write(self._terminal, data[:512]) :]

    def read(self, patience: float) -> bool:
        """Take what was drawn; False when nothing was."""
        if not select.select([self._terminal], [], [], patience)[0]:
            return False
        try:
            data = os.read(self._terminal, 1 << 16)
        except OSError:
            return False
        self._stream.feed(data)
        return bool(data)

    def until(self, holds: Callable[[str], bool], patience: float = PATIENCE) -> float:
        """Wait until the screen is as wanted; return the seconds since the start of the program."""
        deadline = time.monotonic() + patience
        while not holds(self.text):
            if time.monotonic() > deadline or not (self.read(0.05) or self.alive):
                raise NeverCameError(self.alive, self.text)
        return time.monotonic() - self._began

    def shows(self, *words: str, patience: float = PATIENCE) -> float:
        """Wait until all the words stand on the screen."""
        return self.until(lambda text: all(word in text for word in words), patience)

    def stall(self, seconds: float, meanwhile: Callable[[], None]) -> None:
        """Stop the program as a busy machine does, do something, and let it go on."""
        self._child.send_signal(signal.SIGSTOP)
        try:
            meanwhile()
            time.sleep(seconds)
        finally:
            self._child.send_signal(signal.SIGCONT)

    def sign_in(self) -> None:
        """Sign the cashier in."""
        self.shows("Код кассира")
        self.type("2", "enter", "2", "enter")
        self.shows("Петров")

    def end(self, patience: float = PATIENCE) -> int:
        """Wait for the end of the program and return its status."""
        deadline = time.monotonic() + patience
        while self.alive and time.monotonic() < deadline:
            self.read(0.05)
        return self._child.wait(0.1)

    def kill(self) -> None:
        """Kill the program."""
        self._child.kill()
        self._child.wait()
