"""Receipts and claims as tills tell the cash server of them."""

from typing import Any

import httpx

from tests.demo.asking import Till, guid, message

DAY = "2026-03-01"


def sold(name: str, *quantities: float, shop: str = "77", cash: str = "3", number: int = 15, **other: Any) -> Any:
    """Return a sale of so much in each position, ten roubles a unit, paid in cash."""
    total = sum(quantities) * 10
    properties = [{"code": "RECEIPT_GUID", "value": name}]
    usual = {
        "id": number,
        "number": number,
        "receiptType": "Sale",
        "result": "Completed",
        "storeId": shop,
        "posId": cash,
        "shiftNumber": "412",
        "dates": {"dateOpen": f"{DAY}T10:00:00", "dateClose": f"{DAY}T10:01:00"},
        "additional": {"properties": properties},
        "items": [item(place, quantity) for place, quantity in enumerate(quantities, 1)],
        "payments": [{"pType": "Cash", "amount": money(total)}],
    }
    return usual | other


def back(name: str, sale: str, *lines: tuple[int, float], result: str = "Completed", kind: str = "Cash") -> Any:
    """Return a return by receipt that gives back so much of each position."""
    items = [item(place, quantity) | {"sourcePosNum": origin} for place, (origin, quantity) in enumerate(lines, 1)]
    properties = [{"code": code, "value": value} for code, value in (("RECEIPT_GUID", name), ("SALE_GUID", sale))]
    total = sum(quantity for _, quantity in lines) * 10
    return sold(name, number=16) | {
        "receiptType": "RefundOnReceipt",
        "result": result,
        "additional": {"properties": properties},
        "items": items,
        "payments": [{"pType": kind, "amount": money(total)}],
    }


def item(position: int, quantity: float) -> dict[str, Any]:
    """Return a line of a receipt."""
    return {
        "posNum": position,
        "totalQuantity": {"amount": quantity, "decimals": 3},
        "totalWithDiscounts": money(quantity * 10),
        "productInfo": {"name": f"Товар {position}"},
    }


def money(amount: float) -> dict[str, Any]:
    """Return roubles."""
    return {"amount": round(amount, 2), "code": "RUB"}


class Desk:
    """A return receipt at a till that asks over HTTP."""

    def __init__(self, till: Till, sale: str, back: str = "") -> None:
        self.till, self.sale, self.back = till, sale, back or guid()

    def claim(
        self, position: int, quantity: float, key: str = "", sold: float = 0, **beside: Any
    ) -> tuple[str, dict[int, float]]:
        """Claim so much of one position; return the word, and what is left of each position where it is refused."""
        line = {"position": position, "quantity": quantity, "sold": sold, "amount": quantity * 10}
        answer = self.ask("claim", key or guid(), [line], **beside).json()
        return answer["result"], {left["position"]: left["left"] for left in answer.get("lines", ())}

    def release(self, key: str) -> str:
        """Release a claim."""
        return str(self.ask("release", key, []).json()["result"])

    def ask(self, operation: str, key: str, lines: list[dict[str, float]], **beside: Any) -> httpx.Response:
        """Claim lines or release a claim; `beside`: when it was asked first, and what else is held."""
        names = {"operation": operation, "key": key, "receipt": self.sale, "return": self.back}
        body = names | {"shopcode": 77, "cashcode": 3, "lines": lines} | beside
        headers = {"Idempotency-Key": key} if operation == "claim" else {}
        return self.till.http.post(f"{self.till.served.root}/returns", json=body, headers=headers)

    def end(self, *lines: tuple[int, float], result: str = "Completed") -> None:
        """Let the document of this return come."""
        assert self.till.send(message("document", back(self.back, self.sale, *lines, result=result))) == ["accepted"]


def find(till: Till, **asked: str) -> list[dict[str, Any]]:
    """Look receipts up."""
    answer = till.http.get(f"{till.served.root}/receipts", params=asked)
    assert answer.status_code == httpx.codes.OK, answer.text
    found: list[dict[str, Any]] = answer.json()["receipts"]
    return found


def returned(till: Till, sale: str) -> list[tuple[str, int, float, float]]:
    """Return what was claimed or came back of a sale: by which return, position, quantity, amount."""
    (receipt,) = find(till, identifier=sale)
    return [(own["return"], own["position"], own["quantity"], own["amount"]) for own in receipt["returns"]]
