"""What checks the contract catches what is not of it."""

import httpx
import pytest
from openapi_core.exceptions import OpenAPIError

from tests.contract import KEY, UNDO, assert_asked, assert_spoken
from tests.demo.stocking import guid

QUERY = {"sku": "0 3/4", "quantity": "0.345"}


def request(
    method: str = "POST", query: dict[str, str] | None = None, receipt: str = "", headers: dict[str, str] | None = None
) -> httpx.Request:
    """Return a request about a reserve."""
    usual = {KEY: guid()} if method == "POST" else {UNDO: guid()}
    url = f"http://127.0.0.1:1/api/1.0/reservationItem/77/3/{receipt or guid()}"
    return httpx.Request(method, url, params=query or QUERY, headers=usual if headers is None else headers)


class TestRequests:
    def test_right(self) -> None:
        """Given what a till should send, then it passes."""
        for method in ("POST", "DELETE"):
            assert_asked(request(method))
        assert_asked(httpx.Request("GET", "http://127.0.0.1:1/api/1.0/stock/77", params={"sku": "1"}))

    @pytest.mark.parametrize(
        "wrong",
        [
            request(query={"sku": "1"}),
            request(query={"quantity": "1"}),
            request(query={"sku": "1", "quantity": "1,5"}),
            request(query={"sku": "1", "quantity": "01"}),
            request(receipt=guid().upper()),
            request(receipt=guid().replace("-", "")),
            request(headers={}),
            request(headers={KEY: "1"}),
            request("DELETE", headers={KEY: guid()}),
        ],
    )
    def test_our_rules(self, wrong: httpx.Request) -> None:
        """Given a request that breaks a rule of ours, then it is caught."""
        with pytest.raises(AssertionError):
            assert_asked(wrong)

    @pytest.mark.parametrize(
        "wrong", [httpx.Request("PUT", request().url), httpx.Request("GET", "http://127.0.0.1:1/api/1.0/stock/77")]
    )
    def test_contract(self, wrong: httpx.Request) -> None:
        """Given a request that the contract does not have, then it is caught."""
        with pytest.raises(OpenAPIError):
            assert_asked(wrong)


class TestAnswers:
    @pytest.mark.parametrize(
        ("status", "answer"),
        [(200, {"success": 1}), (200, {"reserved": True}), (400, {"available": "3"}), (404, {}), (500, {"error": ""})],
    )
    def test_wrong(self, status: int, answer: dict[str, object]) -> None:
        """Given an answer that the contract does not have, then it is caught."""
        with pytest.raises(OpenAPIError):
            assert_spoken(request(), httpx.Response(status, json=answer))

    def test_right(self) -> None:
        """Given answers of the contract, then they pass."""
        for status, answer in ((200, {"success": True}), (400, {"message": "", "available": 3.5}), (500, {})):
            assert_spoken(request(), httpx.Response(status, json=answer))
