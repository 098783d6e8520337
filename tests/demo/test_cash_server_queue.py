"""What the tills send later: released, sold, returned, documents; each takes effect once."""

from typing import get_args

import pytest

from cashier.demo.cash_protocol import Status
from cashier.demo.cash_server import CashServer
from tests.demo.asking import KI, Till, about, guid, message

MAY_SELL = {"NOT_REGISTERED", "RETURNED", "UNRESERVED_SALE"}
MAY_RETURN = {"NOT_REGISTERED", "SOLD", "UNRESERVED_RETURN"}
Told = tuple[str, str, set[str], Status]
"""Type of the message, of the document, states from which it counts, and the state it ends in."""


class TestSettling:
    @pytest.mark.parametrize(
        ("kind", "document", "end"),
        [
            ("markSold", "sale", "SOLD"),
            ("markReturned", "return", "RETURNED"),
            ("markReturned", "returnByReceipt", "RETURNED"),
        ],
    )
    def test_from_its_own_reserve(self, server: CashServer, till: Till, kind: str, document: str, end: Status) -> None:
        """Given a mark held by a receipt, when the receipt is closed, then the mark is sold or returned for good."""
        receipt = guid()
        till.ask("reserve", guid(), receipt=receipt, documentType=document)
        assert till.send(message(kind, about(receipt, document=document))) == ["accepted"]
        assert server.state(KI) == end
        assert till.send(message(kind, about(receipt, document=document))) == ["accepted"]
        assert till.send(message(kind, about(guid(), document=document))) == ["rejected"]
        assert [(mark.state, mark.receipt) for mark in server.marks()] == [(end, receipt)]

    @pytest.mark.parametrize(
        "told",
        [("markSold", "sale", MAY_SELL, "SOLD"), ("markReturned", "return", MAY_RETURN, "RETURNED")],
    )
    @pytest.mark.parametrize(
        "state",
        [state for state in get_args(Status) if not state.startswith("WHITELIST")],
    )
    def test_without_a_reserve(self, server: CashServer, till: Till, state: Status, told: Told) -> None:
        """Given a mark in a state, when an offline sale or return is told, then it counts where the table allows."""
        kind, document, may, end = told
        server.put(KI, state, guid())
        [result] = till.results(message(kind, about(guid(), document=document)))
        assert result["result"] == ("accepted" if state in may else "rejected")
        assert ("арк" in result.get("reason", "")) == (state not in may)
        assert server.state(KI) == (end if state in may else state)

    def test_late_reserve_after_the_sale(self, server: CashServer, till: Till) -> None:
        """Given a mark sold offline, when the reserve of the same receipt comes late, then it stays sold."""
        receipt = guid()
        till.send(message("markSold", about(receipt)))
        assert till.ask("reserve", guid(), receipt=receipt) == "SOLD"
        assert server.state(KI) == "SOLD"

    def test_release_after_the_sale(self, server: CashServer, till: Till) -> None:
        """Given a sold mark, when its receipt releases, then it stays sold."""
        key, receipt = guid(), guid()
        till.ask("reserve", key, receipt=receipt)
        till.send(message("markSold", about(receipt)), message("markReleased", about(receipt, key)))
        assert server.state(KI) == "SOLD"


class TestOnce:
    def test_duplicates(self, server: CashServer, till: Till) -> None:
        """Given messages sent twice, in one batch or two, then the second ones are duplicates without an effect."""
        receipt, other = guid(), guid()
        sold = message("markSold", about(receipt))
        back = message("markReturned", about(other, document="return"))
        assert till.send(sold, back, sold) == ["accepted", "accepted", "duplicate"]
        assert till.send(sold, back) == ["duplicate", "duplicate"]
        assert server.state(KI) == "RETURNED"
        assert [(one.type, one.effect) for one in server.messages()] == [
            ("markSold", "SOLD"),
            ("markReturned", "RETURNED"),
        ]

    def test_rejected_may_be_sent_again(self, server: CashServer, till: Till) -> None:
        """Given a rejected message, when its reason is gone, then sent again it is accepted and no duplicate."""
        server.put(KI, "UNKNOWN")
        sold = message("markSold", about(guid()))
        assert till.send(sold) == ["rejected"]
        server.put(KI, "NOT_REGISTERED")
        assert till.send(sold) == ["accepted"]
        assert [one.result for one in server.messages()] == ["accepted"]

    def test_answers_keep_the_order(self, till: Till) -> None:
        """Given a poisoned message in the middle, then the rest is taken, and every answer has its message's name."""
        batch = [message("document", {"number": number}) for number in range(100)]
        batch[50] |= {"type": "nonsense"}
        results = till.results(*batch)
        assert [each["id"] for each in results] == [each["id"] for each in batch]
        assert [place for place, each in enumerate(results) if each["result"] != "accepted"] == [50]

    def test_qa_sees_what_was_done(self, till: Till) -> None:
        """Given messages, then QA reads their ids, types and effects in order."""
        name, key, receipt = guid(), guid(), guid()
        till.ask("reserve", key, receipt=receipt)
        till.send(message("document", {"sum": 1}, name, seq=7), message("markReleased", about(receipt, key), seq=8))
        till.send(message("markReleased", about(receipt, key), seq=9), message("other", {}, seq=10))
        seen = till.see("/messages")
        assert [one["seq"] for one in seen] == [7, 8, 9, 10]
        assert [one["effect"] for one in seen] == ["stored", "UNRESERVED_SALE", "", "Тип сообщения неизвестен"]
        assert (seen[0]["id"], seen[0]["type"], seen[0]["till"]) == (name, "document", "77-3")


class TestRejected:
    @pytest.mark.parametrize(
        "body",
        [
            *(None, 1, "text", [], {}, about("not a guid"), about(guid(), "not a guid")),
            *(about(guid(), document="gift"), about(guid(), document="return"), about(guid(), ki="")),
        ],
    )
    def test_bodies(self, server: CashServer, till: Till, body: object) -> None:
        """Given a body that does not fit its type, then the message is rejected with a reason and does nothing."""
        [result] = till.results(message("markSold", body))
        assert result["result"] == "rejected"
        assert result["reason"]
        assert server.marks() == []

    @pytest.mark.parametrize("wrong", [None, 1, [], {}, {"id": 5}, {"id": "x"}, message("document", {}) | {"seq": -1}])
    def test_envelopes(self, server: CashServer, till: Till, wrong: object) -> None:
        """Given what is no message in a batch, then it alone is rejected."""
        assert till.send(wrong, message("document", {})) == ["rejected", "accepted"]
        assert len(server.messages()) == 1

    @pytest.mark.parametrize("body", [[], 5, "x", None])
    def test_documents(self, till: Till, body: object) -> None:
        """Given a document that is no object, then it is rejected."""
        assert till.send(message("document", body)) == ["rejected"]

    @pytest.mark.parametrize("body", [b"", b"{}", b"null", b"[", b"\xff", b'["\\ud800"]', b"[" * 100_000])
    def test_no_batch(self, server: CashServer, till: Till, body: bytes) -> None:
        """Given a body that is no JSON array, then it is refused whole."""
        answer = till.http.post(till.served.queue_url, content=body)
        assert answer.status_code == 400
        assert answer.json()["reason"]
        assert server.messages() == []


class TestEmptyReserve:
    def test_is_none(self, server: CashServer, till: Till) -> None:
        """Given a release whose reserve is empty, then it is one without: every reserve of the receipt is undone."""
        receipt = guid()
        till.ask("reserve", guid(), receipt=receipt)
        assert till.send(message("markReleased", about(receipt) | {"reserve": ""})) == ["accepted"]
        assert server.state(KI) == "UNRESERVED_SALE"

    @pytest.mark.parametrize("reserve", ["x", " ", "\n", "0" * 36])
    def test_nonsense_is_refused(self, server: CashServer, till: Till, reserve: str) -> None:
        """Given a reserve that is no name of one, then the message is rejected and nothing is undone."""
        receipt = guid()
        till.ask("reserve", guid(), receipt=receipt)
        assert till.send(message("markReleased", about(receipt) | {"reserve": reserve})) == ["rejected"]
        assert server.state(KI) == "RESERVED_SALE"
