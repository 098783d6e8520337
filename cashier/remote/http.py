"""One thin HTTP client for the program's life, that trusts no server with time or memory."""

import asyncio
import contextlib
import importlib
import ssl
import threading
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar
from urllib.parse import unquote, urlsplit

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

_OK, _REDIRECT = 200, 300

_HEADERS: Final = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "cashier"}

Form = TypeVar("Form")

Method = Literal["GET", "POST", "DELETE"]


class Client:
    """Asks any server; loads httpx (150 ms) and makes its connections when they are first needed."""

    def __init__(self) -> None:
        self._http: httpx.AsyncHTTPTransport | None = None
        self._making = threading.Lock()
        self._closed = False

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

        Raises:
            NoAnswerError: no connection, no whole answer in time, or one of no use.
        """
        sent = {**(headers or {}), "Content-Type": "application/json"}
        answer = await self.ask("POST", url, body, headers=sent, deadline=deadline)
        return answer.decoded(form)

    async def get(
        self, url: str, form: type[Form], *, headers: Mapping[str, str] | None = None, deadline: float = DEADLINE
    ) -> Form:
        """Get JSON in its form, likewise; a status other than 200 is a `BadAnswerError` that tells it.

        Raises:
            NoAnswerError: no connection, no whole answer in time, or one of no use.
        """
        return (await self.ask("GET", url, headers=headers, deadline=deadline)).decoded(form)

    async def ask(
        self,
        method: Method,
        url: str,
        body: bytes = b"",
        *,
        headers: Mapping[str, str] | None = None,
        deadline: float = DEADLINE,
        once: bool = False,
    ) -> "Spoken":
        """Send a request and return what was answered, whatever its status, within so many seconds in total.

        A connection that the server let go of while it had no work is no reason to fail: the same request goes out once
        more on another one. So whatever is sent must bear being sent twice, or be sent `once`.

        Raises:
            LateError: no whole answer in time.
            UnreachableError: no connection, or it broke.
            BadAnswerError: an answer too long or packed.
        """
        request = Asked(method, url, body, dict(headers or {}), urlsplit(url).hostname or "?")
        if self._closed:
            raise UnreachableError(request.host, "the till is closing", sent=False)
        trip = _Trip()
        try:
            async with asyncio.timeout(deadline):
                return await self._asked(request, trip, once=once)
        except TimeoutError:
            raise LateError(request.host, deadline, sent=trip.sent) from None

    async def close(self) -> None:
        """Let go of the connections."""
        self._closed = True
        http, self._http = self._http, None
        if http is not None:
            await http.aclose()

    def _made(self) -> "httpx.AsyncHTTPTransport":
        import httpx  # noqa: PLC0415 - 130 ms that the first picture must not wait for

        with self._making:
            if self._http is None:
                # Below httpx's own client: its cookies, redirects and layers cost each reserve a millisecond.
                self._http = httpx.AsyncHTTPTransport(
                    verify=ssl.create_default_context(),  # the machine's authorities: shops have their own
                    trust_env=False,
                    limits=httpx.Limits(max_keepalive_connections=4, keepalive_expiry=KEPT),
                )
            return self._http

    async def _asked(self, request: "Asked", trip: "_Trip", *, once: bool) -> "Spoken":
        """Ask until an answer is there or a new connection fails."""
        http = self._made()
        import httpx  # noqa: PLC0415 - loaded by now

        while True:
            trip.connected = False
            try:
                return await _answer(http, request, trip)
            except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError) as error:
                if trip.connected or once or self._closed:
                    raise UnreachableError(request.host, type(error).__name__) from None
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
                raise UnreachableError(request.host, type(error).__name__, sent=trip.sent) from None


@dataclass(frozen=True, slots=True)
class Asked:
    """A request."""

    method: Method
    url: str
    body: bytes
    headers: Mapping[str, str]
    host: str
    """For logs: nothing of an address but this."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a server has answered."""

    host: str
    status: int
    body: bytes

    @property
    def well(self) -> bool:
        """It did what was asked for."""
        return _OK <= self.status < _REDIRECT

    def decoded(self, form: type[Form]) -> Form:
        """Return the body of a 200 in its form.

        Raises:
            BadAnswerError: another status, or a body that cannot be read.
        """
        if self.status != _OK:
            raise BadAnswerError(self.host, self.status)
        try:
            return msgspec.json.decode(self.body, type=form)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            raise BadAnswerError(self.host, _OK, "not readable") from None


class _Trip:
    """Tells how far a request came."""

    def __init__(self) -> None:
        self.connected = False
        """It went out on a connection made for it."""
        self.sent = False
        """Something of it went out."""

    async def heard(self, event: str, _details: Mapping[str, Any]) -> None:
        self.connected |= event.startswith("connection.connect")
        self.sent |= event.startswith("http11.send_request")


async def _answer(http: "httpx.AsyncHTTPTransport", request: Asked, trip: _Trip) -> Spoken:
    """Ask once; read no more than an answer may have."""
    sent, host = _worded(request, trip), request.host
    response = await http.handle_async_request(sent)
    try:
        status = response.status_code
        if response.headers.get("Content-Encoding", "").lower() not in {"", "identity"}:
            raise BadAnswerError(host, status, "packed")
        answer = bytearray()
        async for part in response.aiter_raw():
            answer += part
            if len(answer) > LARGEST:
                raise BadAnswerError(host, status, "too long")
        return Spoken(host, status, bytes(answer))
    finally:
        await response.aclose()


def _worded(request: Asked, trip: _Trip) -> "httpx.Request":
    """Word a request; name and password of the address go where servers look for them."""
    import httpx  # noqa: PLC0415 - loaded by now

    address = urlsplit(request.url)
    headers = {**_HEADERS, **request.headers}
    if address.username is not None:
        secret = f"{unquote(address.username)}:{unquote(address.password or '')}"
        headers["Authorization"] = f"Basic {b64encode(secret.encode()).decode()}"
    content = request.body if request.method == "POST" else None
    extensions = {"trace": trip.heard, "timeout": httpx.Timeout(None, connect=CONNECT).as_dict()}
    return httpx.Request(request.method, request.url, headers=headers, content=content, extensions=extensions)
