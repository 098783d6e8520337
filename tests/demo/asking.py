"""A till as the cash server sees it: what it asks, and what it sends from its queue."""

from typing import Any
from uuid import uuid4

import httpx

from cashier.demo.serving import Served

GS = "\x1d"
KI = "0104600000000015215!N%aB<QdWkXp"


def guid() -> str:
    """Return a new name of a receipt, a reserve or a message."""
    return str(uuid4())


def asked(operation: str, **other: str | int) -> dict[str, str | int]:
    """Return a question about the sample mark."""
    usual: dict[str, str | int] = {
        "operation": operation,
        "mark": f"{KI}{GS}93abcd",
        "ki": KI,
        "barcode": "4600000000015",
        "shopcode": 77,
        "cashcode": 3,
        "receipt": guid(),
        "documentType": "sale",
    }
    return usual | other


def message(kind: str, body: object, name: str = "", seq: int = 1) -> dict[str, Any]:
    """Return a message of the queue."""
    time = "2026-03-01T10:00:00+03:00"
    return {"id": name or guid(), "seq": seq, "till": "77-3", "type": kind, "time": time, "body": body}


def about(receipt: str, reserve: str = "", document: str = "sale", ki: str = KI) -> dict[str, str]:
    """Return the body of a message about a mark."""
    body = {"mark": f"{ki}{GS}93abcd", "ki": ki, "barcode": "4600000000015", "receipt": receipt}
    return body | {"documentType": document} | ({"reserve": reserve} if reserve else {})


class Till:
    """Asks over HTTP."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.http = httpx.Client(timeout=10)

    def ask(self, operation: str, key: str = "", **other: str | int) -> str:
        """Ask about the sample mark; return the status."""
        headers = {"Idempotency-Key": key} if key else {}
        answer = self.http.post(self.served.url, json=asked(operation, **other), headers=headers)
        assert answer.status_code == httpx.codes.OK, answer.text
        return str(answer.json()["status"])

    def send(self, *messages: object) -> list[str]:
        """Send a batch; return what became of each message."""
        return [str(each["result"]) for each in self.results(*messages)]

    def results(self, *messages: object) -> list[dict[str, str]]:
        """Send a batch; return the answers whole."""
        answer = self.http.post(self.served.queue_url, json=list(messages))
        assert answer.status_code == httpx.codes.OK, answer.text
        results: list[dict[str, str]] = answer.json()
        return results

    def tell(self, path: str, value: object) -> httpx.Response:
        """Set something, as a trainer does."""
        return self.http.post(f"{self.served.root}{path}", json=value)

    def see(self, path: str) -> list[dict[str, Any]]:
        """Look, as QA does."""
        seen: list[dict[str, Any]] = self.http.get(f"{self.served.root}{path}").json()
        return seen
