"""The terminal itself as a source of bytes, for setting a scanner up that types into it."""

import errno
import os
import select
import termios
from dataclasses import dataclass, field

from devices._intake import Intake
from devices._serve import Arrival, serve
from devices.framing import Framing
from devices.happening import Sink

CHUNK = 4096
RAW_INPUT = termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP
RAW_LOCAL = termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG
"""What a terminal does to bytes before a program reads them; a till switches the same off."""


@dataclass(frozen=True, slots=True)
class TerminalConfig:
    """A scanner that types; `descriptor` is the terminal's, 0 for standard input."""

    name: str
    framing: Framing = field(default_factory=Framing)
    descriptor: int = 0


class TerminalScanner:
    """Reads a terminal raw, people's typing included: Ctrl+C comes as a byte. For tills there is `Wedge`."""

    def __init__(self, config: TerminalConfig) -> None:
        self._config = config
        self._intake = Intake(config.name, config.framing)

    @property
    def name(self) -> str:
        """The scanner's name in the settings."""
        return self._config.name

    async def run(self, sink: Sink) -> None:
        """Read until cancelled; see `Scanner`. The terminal is as it was afterwards."""
        await serve(lambda: _Terminal(self._config.descriptor), self._intake, sink)

    def signal(self, accepted: bool, /) -> None:  # noqa: FBT001 - see Scanner
        """Do nothing: what types has no way to be told."""


class _Terminal:
    """A terminal, or a pipe in its place, as the common reading loop wants it."""

    lag = 0.0

    def __init__(self, descriptor: int) -> None:
        self.detail = os.ttyname(descriptor) if os.isatty(descriptor) else ""
        self._descriptor = descriptor
        self._before = termios.tcgetattr(descriptor) if self.detail else None
        if self._before:
            raw = termios.tcgetattr(descriptor)
            raw[0] &= ~RAW_INPUT
            raw[3] &= ~RAW_LOCAL
            termios.tcsetattr(descriptor, termios.TCSANOW, raw)

    def fileno(self) -> int:
        return self._descriptor

    def read(self) -> list[Arrival]:
        # Not by a descriptor that does not block: standard output may be the same open file.
        if not select.select([self._descriptor], [], [], 0)[0]:
            return []
        data = os.read(self._descriptor, CHUNK)
        if not data:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return [Arrival(data, None)]

    def close(self) -> None:
        if self._before:
            termios.tcsetattr(self._descriptor, termios.TCSANOW, self._before)
