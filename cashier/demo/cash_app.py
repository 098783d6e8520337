"""The stand-in cash server's HTTP side: what tills ask, and what trainers and QA set and see."""

from typing import TYPE_CHECKING, Final

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cashier.demo.addresses import ORDERS, QUEUE, RETURNS, SALES, STATUS
from cashier.demo.cash_protocol import Ki, MarkAsked, Status, Text, read
from cashier.demo.endpoints import Worker, answer, done, faulty, is_guid, refused, shown, told
from cashier.demo.fault_answers import ELSEWHERE
from cashier.demo.faults import Wish
from cashier.demo.registry import OTHER_MARK
from cashier.demo.sales_work import claimed, found

if TYPE_CHECKING:
    from cashier.demo.cash_server import CashServer

STATUS_PATHS: Final = (STATUS, "/")
"""The vendor's path, and what is asked by the seed's default `markVerifyUrl`."""


class MarkPut(msgspec.Struct, frozen=True):
    """A mark to be forced into a state."""

    ki: Ki
    state: Status
    receipt: Text = ""


def application(server: "CashServer") -> Starlette:
    """Put the routes of a cash server together."""
    return Starlette(
        routes=[
            *_tills(server),
            Route(ELSEWHERE, shown(lambda: {"status": "NOT_REGISTERED"}), methods=["GET", "POST"]),
            Route("/marks", shown(server.marks), methods=["GET"]),
            Route("/messages", shown(server.messages), methods=["GET"]),
            Route("/marks", told(MarkPut, lambda put: server.put(put.ki, put.state, put.receipt)), methods=["POST"]),
            Route("/marks", done(server.registry.reset), methods=["DELETE"]),
            Route("/whitelist", told(dict[Ki, list[Text]], server.list_white), methods=["POST"]),
            Route("/faults", shown(server.faults.known), methods=["GET"]),
            Route("/faults", told(Wish, server.faults.wish), methods=["POST"]),
            Route(ORDERS, shown(server.orders.all), methods=["GET"]),
            Route("/sold", shown(server.sold.all), methods=["GET"]),
            Route("/sold", told(msgspec.Raw, lambda body: server.sold.put(bytes(body))), methods=["POST"]),
        ]
    )


def _tills(server: "CashServer") -> list[Route]:
    """Return what tills ask; a fault may be on."""
    faults, status = server.faults, faulty(server.faults, "status", _status(server))
    return [
        *(Route(path, status, methods=["POST"]) for path in STATUS_PATHS),
        Route(QUEUE, faulty(faults, "queue", _queue(server)), methods=["POST"]),
        Route(f"{ORDERS}/{{number}}", faulty(faults, "orders", _order(server)), methods=["GET"]),
        Route(SALES, faulty(faults, "sales", found(server.sold)), methods=["GET"]),
        Route(RETURNS, faulty(faults, "returns", claimed(server.sold.returns)), methods=["POST"]),
        Route(f"{ORDERS}/{{number}}/release", faulty(faults, "orders", _release(server)), methods=["POST"]),
    ]


def _status(server: "CashServer") -> Worker:
    def work(request: Request, body: bytes) -> Response:
        asked, key = read(body, MarkAsked), _key(request)
        if isinstance(asked, str):
            return refused(asked)
        if key is None:
            return refused("Idempotency-Key не UUID")
        status = server.registry.ask(asked, key)
        return (
            refused("Idempotency-Key уже назван другой марке") if status == OTHER_MARK else answer({"status": status})
        )

    return work


def _queue(server: "CashServer") -> Worker:
    def work(_request: Request, body: bytes) -> Response:
        batch = read(body, list[msgspec.Raw])
        return refused(batch) if isinstance(batch, str) else answer(server.inbox.take(batch))

    return work


def _order(server: "CashServer") -> Worker:
    def work(request: Request, _body: bytes) -> Response:
        order = server.orders.take(request.path_params["number"])
        return answer(order) if order else _no_order()

    return work


def _release(server: "CashServer") -> Worker:
    def work(request: Request, _body: bytes) -> Response:
        return answer({}) if server.orders.release(request.path_params["number"]) else _no_order()

    return work


def _no_order() -> Response:
    return refused("Такого заказа нет", 404)


def _key(request: Request) -> str | None:
    """Return the name of a reserve, empty without one, or None if it is no UUID."""
    key = request.headers.get("Idempotency-Key", "")
    return key if not key or is_guid(key) else None
