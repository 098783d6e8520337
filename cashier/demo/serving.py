"""A stand-in server on a loopback socket, served from a thread of its own.

Binding is apart from serving: a till may ask at once, and is answered when the server has come up.
"""

import socket
from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING, Final, Self

from cashier.demo.addresses import QUEUE, STATUS

if TYPE_CHECKING:
    from starlette.types import ASGIApp
    from uvicorn import Server

LOOPBACK: Final = "127.0.0.1"
_BACKLOG: Final = 128
_SOON: Final = 5.0
"""Seconds within which it stops."""


def bound(port: int = 0) -> socket.socket:
    """Take a port of this machine; zero is any that is free.

    Raises:
        OSError: the port is taken.
        OverflowError: there is no such port.
    """
    # With the protocol named, asyncio sends small answers at once; without it each waits 40 ms for an acknowledgement.
    own = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        own.bind((LOOPBACK, port))
        own.listen(_BACKLOG)
    except (OSError, OverflowError):
        own.close()
        raise
    return own


class Served:
    """One application behind one socket; started once, stopped once."""

    def __init__(self, app: "Callable[[], ASGIApp]", own: socket.socket | None = None) -> None:
        """Take what makes the application, called in the server's thread, and a bound socket if there is one."""
        self._app = app
        self._socket = own or bound()
        self.port: int = self._socket.getsockname()[1]
        self._server: Server | None = None
        self._stopping = False
        self._thread = Thread(target=self._serve, name="stand-in", daemon=True)

    @property
    def root(self) -> str:
        """Address without a path."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def url(self) -> str:
        """What a till has as `markVerifyUrl`."""
        return self.root + STATUS

    @property
    def queue_url(self) -> str:
        """What a till has as url of its queue."""
        return self.root + QUEUE

    def start(self) -> None:
        """Serve from now on; what was asked before waits in the socket."""
        self._thread.start()

    def stop(self) -> None:
        """Break off what is being answered and free the port."""
        self._stopping = True
        if self._server:
            self._server.should_exit = True
        if self._thread.ident:
            self._thread.join(_SOON)
        self._socket.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _serve(self) -> None:
        from cashier.demo.uvicorn_server import quiet_server  # noqa: PLC0415 - a till's start must not pay for it

        self._server = quiet_server(self._app())
        if not self._stopping:
            self._server.run(sockets=[self._socket])
