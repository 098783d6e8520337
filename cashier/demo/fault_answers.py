"""What a stand-in server answers while a fault is on."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable
from functools import cache
from typing import Final

import msgspec
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from cashier.demo.cash_protocol import NOT_READ
from cashier.demo.faults import Fault

Work = Callable[[], Response]
"""What a request asks for; returns the answer."""

DROP: Final = "cashier.drop"
"""Extension of the ASGI scope: a function that breaks the connection (`serving`)."""

SLOW, DRIP, HANG = 3.0, 1.0, 30.0
"""Seconds unless told otherwise: before the work of `slow`, between bytes of `drip`, of the silence of `hang`."""

ELSEWHERE: Final = "/elsewhere"
"""Where `redirect` leads: whoever follows is told that all is well."""

HUGE: Final = 50_000_000
"""Bytes."""
DEPTH: Final = 100_000
_PIECE: Final = 65_536
_LONG: Final = b'{"status": "NOT_REGISTERED", "message": "'
_JSON: Final = "application/json"


async def answered(fault: Fault, body: bytes, work: Work) -> Response:
    """Do the work or not, as the fault has it, and answer.

    `slow` works late: a till that has stopped waiting may have released meanwhile. `lost` works, and its answer is
    lost. `drip` answers byte by byte. All others do no work: `hang` is silent and breaks the connection then, `refuse`
    and `error500` say no in form.
    """
    match fault.fault:
        case "":
            return work()
        case "slow":
            await asyncio.sleep(fault.pause(SLOW))
            return work()
        case "lost":
            work()
            return Dropped()
        case "drip":
            answer = work()
            return StreamingResponse(
                _dripping(bytes(answer.body), fault.pause(DRIP)), answer.status_code, media_type=_JSON
            )
        case "hang":
            await asyncio.sleep(fault.pause(HANG))
            return Dropped()
        case _:
            return _without_work(fault, body)


def _without_work(fault: Fault, body: bytes) -> Response:
    match fault.fault:
        case "500":
            return Response("Internal Server Error", 500)
        case "error500":
            return _said({}, fault.text, 500)
        case "refuse":
            return _said({"success": False}, fault.text, 400)
        case "401":
            return Response(b'{"error": "unauthorized"}', 401, {"WWW-Authenticate": "Basic"}, _JSON)
        case "garbage":
            return Response(b"<html>\xff\x00\x1b[2J[/]</html>", media_type=_JSON)
        case "huge":
            return StreamingResponse(_huge(), media_type=_JSON)
        case "bomb":
            return Response(_bomb(), headers={"Content-Encoding": "gzip"}, media_type=_JSON)
        case "deep":
            return Response(_LONG[:-1] + b"[" * DEPTH + b"]" * DEPTH + b"}", media_type=_JSON)
        case "redirect":
            return RedirectResponse(ELSEWHERE, 307)
        case "unknown_key" | "later":
            return _strange(body, "later" if fault.fault == "later" else "swallowed")
        case _:
            return Dropped()


def _said(answer: dict[str, object], text: str, status: int) -> Response:
    said = answer | ({"message": text} if text else {})
    return Response(msgspec.json.encode(said), status, media_type=_JSON)


class Dropped(Response):
    """No answer at all: the connection breaks."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - nothing is sent
        """Break the connection and wait until it is broken.

        Raises:
            ConnectionResetError: there is no connection to break, the app was called directly.
        """
        drop = scope.get("extensions", {}).get(DROP)
        if drop is None:
            raise ConnectionResetError
        drop()
        while (await receive())["type"] != "http.disconnect":
            pass


def _strange(body: bytes, result: str) -> Response:
    """Answer in form, with a word that nobody expects; every message of a queue gets it."""
    try:
        batch = msgspec.json.decode(body, type=list[dict[str, object]])
    except NOT_READ:
        return Response(msgspec.json.encode({"status": "BURNED"}), media_type=_JSON)
    return Response(msgspec.json.encode([{"id": each.get("id"), "result": result} for each in batch]), media_type=_JSON)


async def _dripping(body: bytes, pause: float) -> AsyncIterator[bytes]:
    for place in range(len(body)):
        yield body[place : place + 1]
        await asyncio.sleep(pause)


async def _huge() -> AsyncIterator[bytes]:
    yield _LONG
    for _ in range(HUGE // _PIECE):
        yield b"x" * _PIECE
    yield b'"}'


@cache
def _bomb() -> bytes:
    """Return a small body that is huge when it is unpacked."""
    return gzip.compress(_LONG + b"x" * HUGE + b'"}', compresslevel=1)
