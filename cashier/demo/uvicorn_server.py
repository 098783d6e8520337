"""Uvicorn as the stand-ins need it: silent, since the screen belongs to the till, and able to break a connection."""

import asyncio
import logging

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from cashier.demo.fault_answers import DROP


class Droppable(H11Protocol):
    """A connection that the application may break without an answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as its base has it
        """Show the application how to break this connection."""
        super().connection_made(transport)
        inner: ASGIApp = self.app

        async def with_drop(scope: Scope, receive: Receive, send: Send) -> None:
            scope["extensions"] = {**scope.get("extensions", {}), DROP: transport.abort}
            await inner(scope, receive, send)

        self.app = with_drop


def quiet_server(app: ASGIApp) -> Server:
    """Return a server that writes nothing anywhere and ends without waiting for slow answers."""
    return Server(
        Config(
            app,
            http=Droppable,
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level=logging.CRITICAL + 1,
            access_log=False,
            proxy_headers=False,
            timeout_graceful_shutdown=0,
        )
    )
