"""Scanners on a serial line: RS-232, USB-COM (CDC), USB adapters, and a pseudo-terminal in tests."""

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from devices._intake import Intake
from devices._serve import Arrival, serve
from devices.framing import Framing
from devices.happening import Sink

CHUNK = 4096
"""Bytes of one read: all that the kernel keeps for a line."""


@dataclass(frozen=True, slots=True)
class SerialConfig:
    """A serial scanner as the settings name it.

    `accept` and `refuse` are sent to the scanner for a tone or a flash of its own, as its manual says; empty: nothing.
    """

    name: str
    port: str
    baudrate: int = 9600
    bytesize: int = 8
    parity: str = "N"
    stopbits: float = 1.0
    framing: Framing = field(default_factory=Framing)
    accept: bytes = b""
    refuse: bytes = b""


class Port(Protocol):
    """An open line."""

    def fileno(self) -> int:
        """Return the descriptor, which does not block."""
        ...

    def close(self) -> None:
        """Close the line."""
        ...


class SerialScanner:
    """Reads a line on the event loop; while the loop is busy the kernel keeps the bytes."""

    def __init__(self, config: SerialConfig, opened: Callable[[SerialConfig], Port] | None = None) -> None:
        self._config = config
        self._opened = opened or open_port
        self._line: _Line | None = None
        self._intake = Intake(config.name, config.framing)

    @property
    def name(self) -> str:
        """The scanner's name in the settings."""
        return self._config.name

    async def run(self, sink: Sink) -> None:
        """Read until cancelled; see `Scanner`."""
        await serve(self._open, self._intake, sink)

    def signal(self, accepted: bool, /) -> None:  # noqa: FBT001 - see Scanner
        """Send the configured bytes for a tone of acceptance or refusal."""
        if self._line:
            self._line.write(self._config.accept if accepted else self._config.refuse)

    def _open(self) -> "_Line":
        self._line = _Line(self._opened(self._config), self._config.port)
        return self._line


class _Line:
    """An open port as the common reading loop wants it."""

    lag = 0.0

    def __init__(self, port: Port, detail: str) -> None:
        self.detail = detail
        self._port = port
        self._descriptor = port.fileno()

    def fileno(self) -> int:
        return self._descriptor

    def read(self) -> list[Arrival]:
        try:
            data = os.read(self._descriptor, CHUNK)
        except BlockingIOError:
            return []
        if not data:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return [Arrival(data, None)]

    def write(self, data: bytes) -> None:
        try:
            os.write(self._descriptor, data)
        except OSError:
            return  # a tone is a courtesy: a line that has gone is told by the reader, a full one needs no more tones

    def close(self) -> None:
        self._descriptor = -1
        self._port.close()


def open_port(config: SerialConfig) -> Port:
    """Open a tty through pyserial, for this program alone.

    Raises:
        PermissionError: not allowed, or another program has it.
        OSError: not there, not a tty, or it cannot have these settings.
    """
    import serial  # noqa: PLC0415 - a till without serial scanners starts without it

    try:
        # An inter-byte timeout of 0 makes VMIN 1: an empty read then means the end and not "nothing yet".
        return serial.Serial(
            config.port,
            config.baudrate,
            config.bytesize,
            config.parity,
            config.stopbits,
            inter_byte_timeout=0,
            exclusive=True,
        )
    except ValueError as error:
        raise OSError(errno.EINVAL, str(error)) from error
    except serial.SerialException as error:
        if error.errno in {errno.EAGAIN, errno.EBUSY}:  # the former is the lock's word for it
            raise PermissionError(errno.EBUSY, str(error)) from error
        if error.errno in {errno.EACCES, errno.EPERM}:
            raise PermissionError(error.errno, str(error)) from error
        raise
