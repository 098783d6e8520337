"""The stand-in cash server's HTTP side: the tills' two questions, and what trainers and QA set and see."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

import msgspec
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from cashier.demo.cash_protocol import Form, Guid, Ki, MarkAsked, Status, Text, read
from cashier.demo.fault_answers import Work, answered
from cashier.demo.faults import Fault, Path
from cashier.demo.registry import OTHER_MARK

if TYPE_CHECKING:
    from cashier.demo.cash_server import CashServer

STATUS_PATHS: Final = ("/CSrest/rest/sales/exciseMark/status", "/")
"""The vendor's path, and what is asked by the seed's default `markVerifyUrl`."""
QUEUE_PATH: Final = "/queue"
ELSEWHERE: Final = "/elsewhere"
"""Where the fault `redirect` leads: whoever follows is told that all is well."""

LARGEST: Final = 16_000_000
"""Bytes of the longest body that is read."""

Endpoint = Callable[[Request], Awaitable[Response]]


class MarkPut(msgspec.Struct, frozen=True):
    """A mark to be forced into a state."""

    ki: Ki
    state: Status
    receipt: Text = ""


def application(server: "CashServer") -> Starlette:
    """Put the routes of a cash server together."""
    tills = [Route(path, _faulty(server, "status", _status(server)), methods=["POST"]) for path in STATUS_PATHS]
    return Starlette(
        routes=[
            *tills,
            Route(QUEUE_PATH, _faulty(server, "queue", _queue(server)), methods=["POST"]),
            Route(ELSEWHERE, _elsewhere, methods=["GET", "POST"]),
            Route("/marks", _shown(server.marks), methods=["GET"]),
            Route("/messages", _shown(server.messages), methods=["GET"]),
            Route("/marks", _told(MarkPut, lambda put: server.put(put.ki, put.state, put.receipt)), methods=["POST"]),
            Route("/marks", _reset(server), methods=["DELETE"]),
            Route("/whitelist", _told(dict[Ki, list[Text]], server.list_white), methods=["POST"]),
            Route("/faults", _told(Fault, server.faults.set), methods=["POST"]),
        ]
    )


def _faulty(server: "CashServer", path: Path, worker: Callable[[Request, bytes], Response]) -> Endpoint:
    """Let the fault that is on decide what becomes of a request's work and of its answer."""

    async def endpoint(request: Request) -> Response:
        body = await _body(request)
        if isinstance(body, Response):
            return body
        work: Work = lambda: worker(request, body)  # noqa: E731 - its type is its point
        return await answered(server.faults.of(path), body, work)

    return endpoint


def _status(server: "CashServer") -> Callable[[Request, bytes], Response]:
    def work(request: Request, body: bytes) -> Response:
        asked, key = read(body, MarkAsked), _key(request)
        if isinstance(asked, str):
            return _refused(asked)
        if key is None:
            return _refused("Idempotency-Key не UUID")
        status = server.registry.ask(asked, key)
        return (
            _refused("Idempotency-Key уже назван другой марке") if status == OTHER_MARK else _json({"status": status})
        )

    return work


def _queue(server: "CashServer") -> Callable[[Request, bytes], Response]:
    def work(_request: Request, body: bytes) -> Response:
        batch = read(body, list[msgspec.Raw])
        return _refused(batch) if isinstance(batch, str) else _json(server.inbox.take(batch))

    return work


def _told(form: type[Form], tell: Callable[[Form], None]) -> Endpoint:
    """Make an endpoint that takes one value."""

    async def endpoint(request: Request) -> Response:
        body = await _body(request)
        if isinstance(body, Response):
            return body
        value = read(body, form)
        if isinstance(value, str):
            return _refused(value)
        tell(value)
        return _json({})

    return endpoint


def _shown(values: Callable[[], object]) -> Endpoint:
    async def endpoint(_request: Request) -> Response:
        return _json(values())

    return endpoint


def _reset(server: "CashServer") -> Endpoint:
    async def endpoint(_request: Request) -> Response:
        server.registry.reset()
        return _json({})

    return endpoint


async def _elsewhere(_request: Request) -> Response:
    return _json({"status": "NOT_REGISTERED"})


async def _body(request: Request) -> bytes | Response:
    """Read a body of any but a senseless length."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                return _refused("Тело запроса слишком велико", 413)
    except ClientDisconnect:
        return _refused("Запрос не пришёл целиком")
    return bytes(body)


def _key(request: Request) -> str | None:
    """Return the name of a reserve, empty without one, or None if it is no UUID."""
    key = request.headers.get("Idempotency-Key", "")
    return key if not key or _is_guid(key) else None


def _is_guid(key: str) -> bool:
    try:
        msgspec.convert(key, Guid)
    except msgspec.ValidationError:
        return False
    return True


def _json(value: object) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")


def _refused(reason: str, status: int = 400) -> Response:
    return Response(msgspec.json.encode({"reason": reason}), status, media_type="application/json")
