"""Receipts of all tills: told by the queue, looked up by what is printed on them."""

from typing import Any

import httpx
import pytest

from cashier.demo.cash_server import CashServer
from cashier.demo.faults import Fault
from tests.demo.asking import Till, guid, message
from tests.demo.selling import DAY, back, find, money, returned, sold


def tell(till: Till, body: Any) -> None:
    """Let the document of a receipt come."""
    assert till.send(message("document", body)) == ["accepted"]


class TestFinding:
    @pytest.mark.parametrize(
        "asked",
        [
            {"shopcode": "77", "cashcode": "3", "shift": "412", "number": "15"},
            {"date": DAY, "number": "15"},
        ],
        ids=["till", "date"],
    )
    def test_by_what_is_printed(self, till: Till, asked: dict[str, str]) -> None:
        """Given two receipts, then each way to look one up finds that one as it came, and another number none."""
        own, other = sold(guid(), 2, comment="как пришёл"), sold(guid(), 1, number=16)
        tell(till, own)
        tell(till, other)
        assert find(till, **asked) == [own | {"returns": [], "refunds": []}]
        assert find(till, **asked | {"number": "17"}) == []

    def test_by_code(self, till: Till) -> None:
        """Given a receipt, then its GUID finds it in either case, and a text that is none finds nothing."""
        name = guid()
        tell(till, sold(name, 1))
        for text in (name, name.upper()):
            assert [own["number"] for own in find(till, identifier=text)] == [15]
        for text in (guid(), "", "' OR 1=1 --", "\x00"):
            assert find(till, identifier=text) == []

    def test_several_of_a_day(self, till: Till) -> None:
        """Given one number on two tills and in two shops, then a day and a number find all of them in order."""
        names = [guid() for _ in range(3)]
        for name, shop, cash in zip(names, ("77", "77", "78"), ("3", "2", "3"), strict=True):
            tell(till, sold(name, 1, shop=shop, cash=cash))
        found = find(till, date=DAY, number="15")
        assert [(own["storeId"], own["posId"]) for own in found] == [("77", "3"), ("77", "2"), ("78", "3")]
        assert len(find(till, shopcode="78", cashcode="3", shift="412", number="15")) == 1

    @pytest.mark.parametrize("asked", [{}, {"number": "1"}, {"identifier": "1", "number": "1"}, {"sql": "1"}])
    def test_no_question(self, till: Till, asked: dict[str, str]) -> None:
        """Given parameters by which nothing is looked up, then the server says which there are."""
        answer = till.http.get(f"{till.served.root}/receipts", params=asked)
        assert answer.status_code == httpx.codes.BAD_REQUEST
        assert "identifier" in answer.json()["reason"]

    def test_fault(self, server: CashServer, till: Till) -> None:
        """Given a fault of sales, then receipts are not to be had, and claims are."""
        server.faults.set(Fault("500", "sales"))
        assert till.http.get(f"{till.served.root}/receipts?identifier=x").status_code == 500
        assert till.http.post(f"{till.served.root}/returns", json={}).status_code == 400


class TestTelling:
    def test_told_again(self, till: Till) -> None:
        """Given a receipt that is told twice, then it is there once, as it was told last."""
        name = guid()
        tell(till, sold(name, 1))
        tell(till, sold(name, 2))
        (found,) = find(till, identifier=name)
        assert found["items"][0]["totalQuantity"]["amount"] == 2

    @pytest.mark.parametrize(
        "other",
        [
            {"items": [{"posNum": 0}]},
            {"additional": {"properties": []}},
            {"additional": {"properties": [{"code": "RECEIPT_GUID", "value": "1"}]}},
            {"additional": {"properties": [{"code": "RECEIPT_GUID", "value": guid()}] * 2}},
            {"dates": None},
            {"result": "Lost"},
            {"number": "x"},
        ],
    )
    def test_no_receipt_of_ours(self, server: CashServer, till: Till, other: dict[str, object]) -> None:
        """Given a document that is no receipt, then it is stored as any is, nothing finds it, and QA cannot put it."""
        document = sold(guid(), 1) | other
        tell(till, document)
        assert [own.effect for own in server.messages()] == ["stored"]
        assert till.see("/sold") == []
        assert till.tell("/sold", document).status_code == httpx.codes.BAD_REQUEST

    def test_put_by_qa(self, till: Till) -> None:
        """Given a receipt of another till that QA puts, then a till finds it; what QA says came back of it did not."""
        name = guid()
        body = sold(name, 3, cash="2") | {"returns": [{"position": 1}], "refunds": 5}
        assert till.tell("/sold", body).status_code == 200
        assert find(till, identifier=name) == [body | {"returns": [], "refunds": []}]
        assert till.see("/sold") == find(till, identifier=name)

    @pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b"{", b'{"x": "\\ud800"}', b'{"x":' * 100_000])
    def test_put_hostile(self, till: Till, body: bytes) -> None:
        """Given what is no JSON object, then it is refused with a reason."""
        answer = till.http.post(f"{till.served.root}/sold", content=body)
        assert answer.status_code == httpx.codes.BAD_REQUEST
        assert answer.json()["reason"].isprintable()

    def test_reset(self, server: CashServer, till: Till) -> None:
        """Given a receipt with a return, when the server is reset, then it knows of neither."""
        name = guid()
        tell(till, sold(name, 2))
        tell(till, back(guid(), name, (1, 1)))
        server.reset()
        assert till.see("/sold") == []
        tell(till, sold(name, 2))
        assert returned(till, name) == []


class TestRefunds:
    def test_money_given_back(self, till: Till) -> None:
        """Given a sale of which two returns gave back money, and one that was cancelled, then the two are told."""
        sale, first, second = guid(), guid(), guid()
        tell(till, sold(sale, 3))
        tell(till, back(first, sale, (1, 1)))
        tell(till, back(guid(), sale, (1, 1), result="Cancelled"))
        tell(till, back(second, sale, (1, 2), kind="Card") | {"comment": money(1)})
        (found,) = find(till, identifier=sale)
        assert found["refunds"] == [
            {"return": first, "pType": "Cash", "amount": 10.0},
            {"return": second, "pType": "Card", "amount": 20.0},
        ]
        assert [own["receiptType"] for own in till.see("/sold")] == ["Sale", *["RefundOnReceipt"] * 3]
