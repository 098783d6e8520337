"""The stand-in СКО's HTTP side: what tills ask (domain/stock-control.openapi.yaml), what trainers set and see."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Final

from msgspec import Meta, Struct
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cashier.core.quantity import Thousandths
from cashier.demo.addresses import RECEIPTS
from cashier.demo.cash_protocol import Text
from cashier.demo.endpoints import Worker, answer, done, faulty, shown, told
from cashier.demo.fault_answers import ELSEWHERE, Dropped
from cashier.demo.faults import Path, Wish
from cashier.demo.stock_requests import KEY, UNDO, asked_of, heard
from cashier.demo.stock_rules import (
    NO_QUANTITY,
    UNKNOWN,
    Asked,
    Outcome,
    StockResult,
    is_name,
    quantity_of,
    refusal,
    units,
)

if TYPE_CHECKING:
    from cashier.demo.stock_server import StockServer

RESERVE: Final = "/api/1.0/reservationItem/{store}/{pos}/{reservation}"
STOCK: Final = "/api/1.0/stock/{store}"


class StockPut(Struct, frozen=True):
    """How much there shall be of an article."""

    sku: Annotated[str, Meta(min_length=1, max_length=200)]
    quantity: Text
    """As a till writes it; "0" as well."""
    measure: Text = "шт"


class Switches(Struct, frozen=True):
    """Ways of the server; what is not named stays."""

    endless: bool | None = None
    ignores_keys: bool | None = None


def application(server: "StockServer") -> Starlette:
    """Put the routes of a СКО together."""
    return Starlette(
        routes=[
            _heard(server, RESERVE, "POST", "reserve", _reservation(server, KEY, server.reserves.reserve)),
            _heard(server, RESERVE, "DELETE", "cancel", _reservation(server, UNDO, server.reserves.cancel)),
            _heard(server, STOCK, "GET", "stock", _stock(server)),
            _heard(server, RECEIPTS, "POST", "receipts", _push(server)),
            Route(ELSEWHERE, shown(lambda: {"success": True}), methods=["GET", "POST", "DELETE"]),
            Route("/receipts", shown(server.receipts.kept), methods=["GET"]),
            Route("/holdings", shown(server.holdings), methods=["GET"]),
            Route("/stock", told(StockPut, lambda put: _put(server, put)), methods=["POST"]),
            Route("/stock", done(server.forget), methods=["DELETE"]),
            Route("/faults", shown(server.faults.known), methods=["GET"]),
            Route("/faults", told(Wish, server.faults.wish), methods=["POST"]),
            Route("/switches", told(Switches, lambda switches: _switch(server, switches)), methods=["POST"]),
        ]
    )


def _heard(server: "StockServer", path: str, method: str, name: Path, worker: Worker) -> Route:
    """Route what tills ask, and note it; a fault may be on."""
    inner = faulty(server.faults, name, worker)

    async def endpoint(request: Request) -> Response:
        number = server.hear(heard(request))
        response = await inner(request)
        if not isinstance(response, Dropped):
            server.answered(number, response.status_code)
        return response

    return Route(path, endpoint, methods=[method])


def _reservation(server: "StockServer", header: str, decide: Callable[[Asked], Outcome]) -> Worker:
    def work(request: Request, _body: bytes) -> Response:
        asked = asked_of(request, "" if server.ignores_keys else header)
        outcome = decide(asked) if isinstance(asked, Asked) else refusal(asked)
        return answer(outcome, outcome.status)

    return work


def _stock(server: "StockServer") -> Worker:
    def work(request: Request, _body: bytes) -> Response:
        sku = request.query_params.get("sku", "")
        level = server.stock(sku) if is_name(sku) else None
        if level is None:
            return answer(refusal(UNKNOWN), 400)
        return answer(StockResult(sku, units(level.free), units(level.reserved), level.measure))

    return work


def _push(server: "StockServer") -> Worker:
    def work(_request: Request, body: bytes) -> Response:
        reason = server.receipts.push(body)
        return answer({"result": "error", "description": reason}, 400) if reason else answer({"result": "success"})

    return work


def _put(server: "StockServer", put: StockPut) -> str:
    quantity = Thousandths(0) if put.quantity == "0" else quantity_of(put.quantity)
    if quantity is None:
        return NO_QUANTITY
    server.set(put.sku, quantity, put.measure)
    return ""


def _switch(server: "StockServer", switches: Switches) -> None:
    if switches.endless is not None:
        server.endless = switches.endless
    if switches.ignores_keys is not None:
        server.ignores_keys = switches.ignores_keys
