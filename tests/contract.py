"""The contract of СКО: what goes over the wire is checked against `demo/stock-control.openapi.yaml` by a library.

Its import takes a second, so only tests that speak of the contract import this module.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from jsonschema_path.readers import FilePathReader
from openapi_core import OpenAPI
from openapi_core.testing.requests import MockRequest
from openapi_core.testing.responses import MockResponse

FILE = Path(__file__).parent / "demo" / "stock-control.openapi.yaml"
KEY, UNDO = "Idempotency-Key", "Idempotency-Undo"
GUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
"""Canonical form: lower-case with dashes (ukm5.md 1.5)."""
QUANTITY = r"(0|[1-9]\d*)(\.\d{1,3})?"
RESERVATION = re.compile(r"/reservationItem/[^/]+/[^/]+/(?P<guid>[^/]+)$")


def assert_spoken(request: httpx.Request, response: httpx.Response) -> None:
    """Check a request and its answer against the contract.

    Fields that the contract does not name are mistakes: a stand-in must not teach a till what no СКО says.

    Raises:
        openapi_core.exceptions.OpenAPIError: one of them is not of the contract; says what and where.
    """
    _contract().validate_request(_asked(request))
    assert_answered(request, response)


def assert_answered(request: httpx.Request, response: httpx.Response) -> None:
    """Check only the answer: the request may be wrong on purpose.

    Raises:
        openapi_core.exceptions.OpenAPIError: it is not of the contract.
    """
    kind = response.headers.get("Content-Type", "")
    answer = MockResponse(response.content, response.status_code, content_type=kind)
    _contract().validate_response(_asked(request), answer)


def assert_asked(request: httpx.Request) -> None:
    """Check a request of a till: by the contract, and by our own rules (ukm5.md 1.5, spec S10).

    Article and quantity are always there, a reserve has its key, a cancel names the key that it undoes.

    Raises:
        openapi_core.exceptions.OpenAPIError: it is not of the contract.
        AssertionError: it breaks a rule of ours.
    """
    _contract().validate_request(_asked(request))
    query, named = request.url.params, RESERVATION.search(request.url.path)
    assert query.get("sku"), "sku is missing"
    assert request.content == b"", "a body that the contract has not"
    if named is None:
        return
    assert re.fullmatch(GUID, named["guid"]), f"reservation is no canonical GUID: {named['guid']}"
    assert re.fullmatch(QUANTITY, query.get("quantity", "")), f"quantity: {query.get('quantity')}"
    header = {"POST": KEY, "DELETE": UNDO}[request.method]
    assert re.fullmatch(GUID, request.headers.get(header, "")), f"{header} is no canonical GUID"


@cache
def _file() -> dict[str, Any]:
    """Read the file, and close its schemas against fields it does not name."""
    spec: dict[str, Any] = dict(FilePathReader(str(FILE)).read()[0])
    for schema in spec["components"]["schemas"].values():
        schema["additionalProperties"] = False
    return spec


@cache
def _contract() -> OpenAPI:
    return OpenAPI.from_dict(_file())


def _asked(request: httpx.Request) -> MockRequest:
    """Put a request before the address that the contract names; any other is as good."""
    return MockRequest(
        _file()["servers"][0]["url"],
        request.method,
        request.url.path,
        args=dict(request.url.params),
        headers=dict(request.headers),
        data=request.content,
        content_type=request.headers.get("Content-Type", ""),
    )
