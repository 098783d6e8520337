"""What the cash server answers about a mark: the seed's statuses, both documents, both questions."""

import pytest

from cashier.demo.cash_protocol import Status
from cashier.demo.cash_server import CashServer
from tests.demo.asking import KI, Till, asked, guid

MAY_SELL = {"NOT_REGISTERED", "RETURNED", "UNRESERVED_SALE"}
MAY_RETURN = {"SOLD", "NOT_REGISTERED", "UNRESERVED_RETURN"}
STATES: tuple[Status, ...] = (
    "NOT_REGISTERED",
    "SOLD",
    "RETURNED",
    "RESERVED_SALE",
    "UNRESERVED_SALE",
    "RESERVED_RETURN",
    "UNRESERVED_RETURN",
    "NOT_IN_WHITELIST",
    "WHITELIST_NO_BARCODE",
    "WHITELIST_MISMATCH",
    "UNKNOWN",
)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("document", "may"), [("sale", MAY_SELL), ("return", MAY_RETURN), ("returnByReceipt", MAY_RETURN)]
)
class TestTable:
    def test_status_is_told(self, server: CashServer, till: Till, state: Status, document: str, may: set[str]) -> None:
        """Given a mark in a state, when a till asks, then it is told this state, and asking changes nothing."""
        assert may
        server.put(KI, state, guid())
        assert till.ask("status", documentType=document) == state
        assert server.state(KI) == state

    def test_reserve(self, server: CashServer, till: Till, state: Status, document: str, may: set[str]) -> None:
        """Given a mark in a state, when a till reserves it, then it holds it where it may, else hears why not."""
        server.put(KI, state, guid())
        held = "RESERVED_SALE" if document == "sale" else "RESERVED_RETURN"
        assert till.ask("reserve", documentType=document) == ("RESERVED" if state in may else state)
        assert server.state(KI) == (held if state in may else state)


class TestOwnReserve:
    @pytest.mark.parametrize("before", ["NOT_REGISTERED", "RETURNED", "UNRESERVED_SALE"])
    def test_status_is_what_it_was_before(self, server: CashServer, till: Till, before: Status) -> None:
        """Given a mark held by a receipt, when this receipt asks again, then it is told what the mark was before."""
        server.put(KI, before)
        receipt = guid()
        till.ask("reserve", receipt=receipt)
        assert till.ask("status", receipt=receipt) == before
        assert till.ask("reserve", receipt=receipt) == "RESERVED"
        assert till.ask("status", receipt=receipt) == before
        assert till.ask("status") == "RESERVED_SALE"

    def test_it_is_one_document_only(self, till: Till) -> None:
        """Given a mark held for a sale, when the same receipt asks as a return, then it is reserved."""
        receipt = guid()
        till.ask("reserve", receipt=receipt)
        assert till.ask("reserve", receipt=receipt, documentType="return") == "RESERVED_SALE"


class TestMarks:
    def test_known_byte_for_byte(self, server: CashServer, till: Till) -> None:
        """Given a sold mark, when one asks about another letter case, then it is another mark."""
        server.put(KI, "SOLD")
        assert till.ask("status", ki=KI.swapcase()) == "NOT_REGISTERED"
        assert till.ask("status", ki=f"{KI} ") == "NOT_REGISTERED"

    def test_tail_does_not_matter(self, till: Till) -> None:
        """Given a reserved mark, when its code comes with another tail, then it is the same mark."""
        till.ask("reserve")
        assert till.ask("reserve", mark=f"{KI}\x1d93zzzz") == "RESERVED_SALE"

    def test_seed_default_url(self, till: Till) -> None:
        """Given the url without a path, when a till asks there, then it is answered the same."""
        assert till.tell("/", asked("status")).json() == {"status": "NOT_REGISTERED"}

    def test_trainer_sees_and_sets(self, till: Till) -> None:
        """Given a trainer, when a mark is put into a state, then it is listed, and gone after a reset."""
        receipt = guid()
        assert till.tell("/marks", {"ki": KI, "state": "UNKNOWN", "receipt": receipt}).status_code == 200
        till.ask("reserve", ki="other", receipt=receipt)
        seen = [(mark["ki"], mark["state"], mark["receipt"], mark["till"]) for mark in till.see("/marks")]
        assert seen == [(KI, "UNKNOWN", receipt, ""), ("other", "RESERVED_SALE", receipt, "77-3")]
        till.http.delete(f"{till.served.root}/marks")
        assert till.see("/marks") == []


class TestWhiteList:
    @pytest.mark.parametrize("operation", ["status", "reserve"])
    @pytest.mark.parametrize("document", ["sale", "return"])
    def test_table(self, till: Till, operation: str, document: str) -> None:
        """Given a white list, then a mark not in it, without barcode or with another one is refused in its words."""

        def told(**other: str) -> str:
            return till.ask(operation, documentType=document, **other)

        free = "NOT_REGISTERED" if operation == "status" else "RESERVED"
        assert told(ki="before it is on") == free
        till.tell("/whitelist", {KI: ["4600000000015", "2"]})
        assert told(ki="unlisted") == "NOT_IN_WHITELIST"
        assert told(barcode="") == "WHITELIST_NO_BARCODE"
        assert told(barcode="3") == "WHITELIST_MISMATCH"
        assert told(barcode="04600000000015") == free

    def test_state_comes_after_it(self, server: CashServer, till: Till) -> None:
        """Given a listed mark that is sold, then it is sold; given an unlisted one, then it is not listed."""
        till.tell("/whitelist", {KI: ["4600000000015"]})
        server.put(KI, "SOLD")
        server.put("unlisted", "SOLD")
        assert till.ask("reserve") == "SOLD"
        assert till.ask("reserve", ki="unlisted") == "NOT_IN_WHITELIST"

    def test_trainer_has_the_last_word(self, server: CashServer, till: Till) -> None:
        """Given a white list without a mark, when the trainer forced it to unknown, then it is unknown."""
        till.tell("/whitelist", {KI: ["4600000000015"]})
        server.put("unlisted", "UNKNOWN")
        assert till.ask("status", ki="unlisted") == "UNKNOWN"
