"""One thin HTTP client for the program's life: posts JSON, reads JSON, and trusts no server with time or memory."""

import asyncio
import contextlib
import importlib
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlsplit

import msgspec

from cashier.remote.errors import BadAnswerError, LateError, UnreachableError

if TYPE_CHECKING:
    import httpx

DEADLINE: Final = 30.0
"""Seconds a request may take in total, where the caller says nothing else."""

CONNECT: Final = 5.0
"""Seconds for a connection to stand."""

KEPT: Final = 60.0
"""Seconds a connection without work is kept: the next mark need not wait for a new one."""

LARGEST: Final = 1_000_000
"""Bytes of an answer at most (domain/reliability.md)."""

_OK: Final = 200

Form = TypeVar("Form")


class Client:
    """Posts to any server; loads httpx (150 ms) and makes its connections when they are first needed."""

    def __init__(self) -> None:
        self._http: httpx.AsyncClient | None = None
        self._making = threading.Lock()

    def warm_up(self) -> None:
        """Load what the first request would wait for; from a thread, once the first picture stands."""
        self._made()
        with contextlib.suppress(ImportError):
            importlib.import_module("anyio._backends._asyncio")  # 20 ms at the first connection, in the screen's loop

    async def post(
        self,
        url: str,
        body: bytes,
        form: type[Form],
        *,
        headers: Mapping[str, str] | None = None,
        deadline: float = DEADLINE,
    ) -> Form:
        """Post JSON and return the answer in its form, within so many seconds in total.

        A connection that the server let go of while it had no work is no reason to fail: the same body goes out once
        more on another one. So whatever is posted must bear being posted twice.

        Raises:
            NoAnswerError: no connection, no whole answer in time, or one of no use.
        """
        return await self._request("POST", url, body, form, headers, deadline)

    async def get(
        self, url: str, form: type[Form], *, headers: Mapping[str, str] | None = None, deadline: float = DEADLINE
    ) -> Form:
        """Get JSON in its form, likewise; a status other than 200 is a `BadAnswerError` that tells it.

        Raises:
            NoAnswerError: no connection, no whole answer in time, or one of no use.
        """
        return await self._request("GET", url, b"", form, headers, deadline)

    async def _request(
        self, method: str, url: str, body: bytes, form: type[Form], headers: Mapping[str, str] | None, deadline: float
    ) -> Form:
        call = _Call(method, url, body, dict(headers or {}))
        try:
            async with asyncio.timeout(deadline):
                answer = await self._asked(call)
        except TimeoutError:
            raise LateError(call.host, deadline) from None
        return _decoded(call.host, answer, form)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._http is not None:
            await self._http.aclose()

    def _made(self) -> "httpx.AsyncClient":
        import httpx  # noqa: PLC0415 - 130 ms that the first picture must not wait for

        with self._making:
            if self._http is None:
                self._http = httpx.AsyncClient(
                    verify=ssl.create_default_context(),  # the machine's authorities: shops have their own
                    trust_env=False,
                    follow_redirects=False,
                    timeout=httpx.Timeout(None, connect=CONNECT),
                    limits=httpx.Limits(max_keepalive_connections=4, keepalive_expiry=KEPT),
                    headers={"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "cashier"},
                )
            return self._http

    async def _asked(self, call: "_Call") -> bytes:
        """Ask until an answer is there or a new connection fails."""
        http = self._made()
        import httpx  # noqa: PLC0415 - loaded by now

        while True:
            trip = _Trip()
            try:
                return await _answer(http, call, trip)
            except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError) as error:
                if trip.connected:
                    raise UnreachableError(call.host, type(error).__name__) from None
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
                raise UnreachableError(call.host, type(error).__name__) from None


@dataclass(frozen=True, slots=True)
class _Call:
    """A request, as often as it goes out."""

    method: str
    url: str
    body: bytes
    headers: dict[str, str]

    @property
    def host(self) -> str:
        """Whom errors name."""
        return urlsplit(self.url).hostname or "?"


class _Trip:
    """Tells whether a request went out on a connection made for it."""

    def __init__(self) -> None:
        self.connected = False

    async def heard(self, event: str, _details: Mapping[str, Any]) -> None:
        self.connected |= event.startswith("connection.connect")


async def _answer(http: "httpx.AsyncClient", call: _Call, trip: _Trip) -> bytes:
    """Ask once; read no more than an answer may have."""
    host, typed = call.host, {"Content-Type": "application/json"} if call.body else {}
    sent, heard = {**call.headers, **typed}, {"trace": trip.heard}
    async with http.stream(call.method, call.url, content=call.body, headers=sent, extensions=heard) as response:
        http.cookies.clear()
        if response.status_code != _OK:
            raise BadAnswerError(host, response.status_code)
        if response.headers.get("Content-Encoding", "").lower() not in {"", "identity"}:
            raise BadAnswerError(host, _OK, "packed")
        answer = bytearray()
        async for part in response.aiter_raw():
            answer += part
            if len(answer) > LARGEST:
                raise BadAnswerError(host, _OK, "too long")
        return bytes(answer)


def _decoded(host: str, answer: bytes, form: type[Form]) -> Form:
    try:
        return msgspec.json.decode(answer, type=form)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise BadAnswerError(host, _OK, "not readable") from None
