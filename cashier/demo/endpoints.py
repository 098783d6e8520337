"""What the stand-in servers' HTTP sides are made of: bodies, answers, faults, and what trainers and QA set and see."""

from collections.abc import Awaitable, Callable
from typing import Final

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from cashier.demo.cash_protocol import Form, Guid, read
from cashier.demo.fault_answers import Work, answered
from cashier.demo.faults import Faults, Path

LARGEST: Final = 16_000_000
"""Bytes of the longest body that is read."""

Endpoint = Callable[[Request], Awaitable[Response]]
Worker = Callable[[Request, bytes], Response]
"""Does what a till asks for; takes the body that came."""


def faulty(faults: Faults, path: Path, worker: Worker) -> Endpoint:
    """Let the fault that is on decide what becomes of a request's work and of its answer."""

    async def endpoint(request: Request) -> Response:
        body = await _body(request)
        if isinstance(body, Response):
            return body
        work: Work = lambda: worker(request, body)  # noqa: E731 - its type is its point
        return await answered(faults.of(path), body, work)

    return endpoint


def told(form: type[Form], tell: Callable[[Form], str | None]) -> Endpoint:
    """Make an endpoint that takes one value; a text that `tell` returns says why it is not taken."""

    async def endpoint(request: Request) -> Response:
        body = await _body(request)
        if isinstance(body, Response):
            return body
        value = read(body, form)
        reason = value if isinstance(value, str) else tell(value)
        return refused(reason) if reason else answer({})

    return endpoint


def shown(values: Callable[[], object]) -> Endpoint:
    """Make an endpoint that answers with what is there."""

    async def endpoint(_request: Request) -> Response:
        return answer(values())

    return endpoint


def done(work: Callable[[], None]) -> Endpoint:
    """Make an endpoint that does something which needs no words."""

    async def endpoint(_request: Request) -> Response:
        work()
        return answer({})

    return endpoint


def is_guid(text: str) -> bool:
    """Tell whether a text is a UUID with dashes."""
    try:
        msgspec.convert(text, Guid)
    except msgspec.ValidationError:
        return False
    return True


def answer(value: object, status: int = 200) -> Response:
    """Answer with JSON."""
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def refused(reason: str, status: int = 400) -> Response:
    """Answer with the reason why not, in Russian."""
    return answer({"reason": reason}, status)


async def _body(request: Request) -> bytes | Response:
    """Read a body of any but a senseless length."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                return refused("Тело запроса слишком велико", 413)
    except ClientDisconnect:
        return refused("Запрос не пришёл целиком")
    return bytes(body)
