"""The ways to an ESC/POS printer. python-escpos has its own, without deadlines for writing; hence these."""

import errno
import os
import select
import socket
import time
from pathlib import Path
from typing import Protocol

from devices.serial import SerialConfig


class Wire(Protocol):
    """An open connection."""

    def send(self, data: bytes, seconds: float) -> None:
        """Send everything within so many seconds.

        Raises:
            OSError: it could not be sent; a part of it may have been.
        """
        ...

    def receive(self, seconds: float) -> bytes:
        """Return what comes within so many seconds, nothing if nothing does.

        Raises:
            OSError: the connection broke.
        """
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


class NetworkWire:
    """A printer on the network, raw TCP."""

    def __init__(self, host: str, port: int, seconds: float) -> None:
        """Connect.

        Raises:
            OSError: it cannot be reached.
        """
        self._socket = socket.create_connection((host, port), seconds)

    def send(self, data: bytes, seconds: float) -> None:
        """See `Wire`."""
        self._socket.settimeout(seconds)
        self._socket.sendall(data)

    def receive(self, seconds: float) -> bytes:
        """See `Wire`."""
        self._socket.settimeout(seconds)
        try:
            answer = self._socket.recv(16)
        except TimeoutError:
            return b""
        if not answer:
            raise ConnectionResetError
        return answer

    def close(self) -> None:
        """See `Wire`."""
        self._socket.close()


class SerialWire:
    """A printer on a serial line."""

    def __init__(self, config: SerialConfig) -> None:
        """Open the line.

        Raises:
            OSError: it is not there or not allowed.
        """
        import serial  # noqa: PLC0415 - a till without serial printers starts without it

        try:
            self._serial = serial.Serial(
                config.port, config.baudrate, config.bytesize, config.parity, config.stopbits, exclusive=True
            )
        except ValueError as error:
            raise OSError(str(error)) from error

    def send(self, data: bytes, seconds: float) -> None:
        """See `Wire`."""
        self._serial.write_timeout = seconds
        self._serial.write(data)

    def receive(self, seconds: float) -> bytes:
        """See `Wire`."""
        self._serial.timeout = seconds
        return self._serial.read(1)

    def close(self) -> None:
        """See `Wire`."""
        self._serial.close()


class FileWire:
    """A printer behind a device file, as the kernel gives one to a printer on USB: `/dev/usb/lp0`."""

    def __init__(self, path: Path) -> None:
        """Open it; one that only takes is opened to write.

        Raises:
            OSError: it is not there or not allowed.
        """
        try:
            self._file = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
        except PermissionError:
            self._file = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)

    def send(self, data: bytes, seconds: float) -> None:
        """See `Wire`."""
        until = time.monotonic() + seconds
        while data:
            _, ready, _ = select.select((), (self._file,), (), max(until - time.monotonic(), 0))
            if not ready:
                raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
            data = data[os.write(self._file, data) :]

    def receive(self, seconds: float) -> bytes:
        """See `Wire`."""
        ready, _, _ = select.select((self._file,), (), (), seconds)
        try:
            return os.read(self._file, 16) if ready else b""
        except OSError as error:
            if error.errno in {errno.EAGAIN, errno.EBADF}:  # opened to write only, or nothing came after all
                return b""
            raise

    def close(self) -> None:
        """See `Wire`."""
        os.close(self._file)
