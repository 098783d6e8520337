"""A till as СКО sees it: every request and answer is checked against the contract."""

from typing import Any
from uuid import uuid4

import httpx

from tests.contract import KEY, UNDO, assert_answered, assert_spoken


def guid() -> str:
    """Return a new name of a receipt or a reserve."""
    return str(uuid4())


def pushed(receipt: str, result: str = "Completed") -> dict[str, object]:
    """Return a push of one receipt."""
    properties = [{"code": "SHOP", "value": 77}, {"code": "RECEIPT_GUID", "value": receipt}]
    return {"elements": [{"number": 15, "result": result, "additional": {"properties": properties}}]}


class Buyer:
    """A receipt at a till, asking over HTTP."""

    def __init__(self, root: str, http: httpx.Client) -> None:
        self.root = root
        self.http = http
        self.receipt = guid()

    @property
    def url(self) -> str:
        """Address of the receipt's reserves."""
        return f"{self.root}/api/1.0/reservationItem/77/3/{self.receipt}"

    def another(self) -> "Buyer":
        """Return another receipt of the same till."""
        return Buyer(self.root, self.http)

    def reserve(self, sku: str, quantity: str, key: str = "") -> httpx.Response:
        """Wish to reserve."""
        return self._spoken("POST", sku, quantity, {KEY: key} if key else {})

    def cancel(self, sku: str, quantity: str, undo: str = "") -> httpx.Response:
        """Cancel a reserve."""
        return self._spoken("DELETE", sku, quantity, {UNDO: undo} if undo else {})

    def stock(self, sku: str) -> httpx.Response:
        """Ask what is free."""
        answer = self.http.get(f"{self.root}/api/1.0/stock/77", params={"sku": sku})
        assert_spoken(answer.request, answer)
        return answer

    def wrong(self, method: str, url: str, headers: dict[str, str] | None = None) -> str:
        """Ask for what is no question; return why it is refused."""
        answer = self.http.request(method, url, headers=headers)
        assert_answered(answer.request, answer)
        assert answer.status_code == httpx.codes.BAD_REQUEST
        return str(answer.json()["message"])

    def push(self, body: object) -> httpx.Response:
        """Push receipts."""
        return self.tell("/api/1.0/receipts", body)

    def tell(self, path: str, value: object) -> httpx.Response:
        """Set something, as a trainer does."""
        return self.http.post(f"{self.root}{path}", json=value)

    def see(self, path: str) -> Any:
        """Look, as QA does."""
        return self.http.get(f"{self.root}{path}").json()

    def _spoken(self, method: str, sku: str, quantity: str, headers: dict[str, str]) -> httpx.Response:
        query = {"sku": sku, "quantity": quantity}
        answer = self.http.request(method, self.url, params=query, headers=headers)
        assert_spoken(answer.request, answer)
        return answer
