"""One mark, two tills: the reserve decides; a reserve that was undone before it came reserves nothing."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cashier.demo.book import Book
from cashier.demo.cash_protocol import RESERVED, Answer, MarkAsked, MarkBody
from cashier.demo.cash_server import TABLES, CashServer
from cashier.demo.mark_rules import FREE, KINDS
from cashier.demo.registry import Registry
from tests.demo.asking import KI, Till, about, asked, guid, message

RACES = 200


class Careless(Registry):
    """Red control: looks and sets without keeping the two together."""

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        self.looked = threading.Barrier(2, timeout=10)

    def ask(self, asked: MarkAsked, key: str = "") -> Answer | str:  # noqa: ARG002 - reserves are not named
        """Reserve."""
        with self.book.transaction():
            status = self.look(asked)
        self.looked.wait()
        if status not in FREE[KINDS[asked.document_type]]:
            return status
        with self.book.transaction():
            self.hold(asked, KINDS[asked.document_type], status)
        return RESERVED


Reserve = Callable[[str], str]
"""Reserves a mark for a receipt of its own; returns the answer."""


def by(registry: Registry) -> Reserve:
    """Return a till without a network."""

    def reserve(ki: str) -> str:
        return registry.ask(msgspec.convert(asked("reserve", ki=ki), MarkAsked), guid())

    return reserve


def winners(one: Reserve, other: Reserve, races: int) -> list[int]:
    """Let two tills race for marks; return how many held each of them."""
    start = threading.Barrier(2, timeout=10)

    def race(till: Reserve) -> list[str]:
        answers = []
        for number in range(races):
            start.wait()
            answers.append(till(f"mark {number}"))
        return answers

    with ThreadPoolExecutor(2) as tills:
        both = zip(*tills.map(race, (one, other)), strict=True)
    return [answers.count(RESERVED) for answers in both]


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[tuple[Book, Book]]:
    """Two servers' hands on one file."""
    books = Book(TABLES, tmp_path / "cash.db"), Book(TABLES, tmp_path / "cash.db")
    yield books
    for book in books:
        book.close()


class TestRaces:
    def test_two_tills_one_server(self, server: CashServer) -> None:
        """Given two tills and one mark after another, then each mark has exactly one winner."""
        assert winners(by(server.registry), by(server.registry), RACES) == [1] * RACES

    def test_two_servers_one_file(self, shared: tuple[Book, Book]) -> None:
        """Given two connections to one file, then the transaction decides and not a lock of the program."""
        one, other = (by(Registry(book)) for book in shared)
        assert winners(one, other, RACES) == [1] * RACES

    def test_over_the_network(self, server: CashServer, till: Till) -> None:
        """Given two tills over HTTP, then each mark has exactly one winner."""
        assert server.marks() == []
        with httpx.Client() as second:

            def reserve(ki: str) -> str:
                return str(second.post(till.served.url, json=asked("reserve", ki=ki)).json()["status"])

            assert winners(lambda ki: till.ask("reserve", key=guid(), ki=ki), reserve, RACES) == [1] * RACES

    def test_control_without_compare_and_set(self, server: CashServer) -> None:
        """Given a server that looks first and sets later, then marks have two winners: the race does find it."""
        careless = Careless(server.book)
        assert 2 in winners(by(careless), by(careless), 5)


class TestNames:
    def test_asked_again_is_answered_as_before(self, server: CashServer, till: Till) -> None:
        """Given a reserve answered once, when it is repeated with its key, then it is answered so again."""
        key, receipt = guid(), guid()
        assert till.ask("reserve", key, receipt=receipt) == "RESERVED"
        assert till.send(message("markSold", about(receipt))) == ["accepted"]
        assert till.ask("reserve", key, receipt=receipt) == "RESERVED"
        assert server.state(KI) == "SOLD"

    def test_refused_again(self, server: CashServer, till: Till) -> None:
        """Given a reserve that was refused, when the obstacle is gone, then the same key is refused as before."""
        server.put(KI, "SOLD")
        key, receipt = guid(), guid()
        assert till.ask("reserve", key, receipt=receipt) == "SOLD"
        assert till.send(message("markReturned", about(guid(), document="return"))) == ["accepted"]
        assert till.ask("reserve", key, receipt=receipt) == "SOLD"
        assert till.ask("reserve", guid(), receipt=receipt) == "RESERVED"

    def test_key_of_another_mark(self, server: CashServer, till: Till) -> None:
        """Given a key that names a reserve, when it comes with another mark or receipt, then nothing is reserved."""
        key, receipt = guid(), guid()
        till.ask("reserve", key, receipt=receipt)
        for strange in (asked("reserve", ki="other", receipt=receipt), asked("reserve")):
            answer = till.http.post(till.served.url, json=strange, headers={"Idempotency-Key": key})
            assert answer.status_code == 400
        assert [mark.ki for mark in server.marks()] == [KI]


class TestTombstones:
    def test_release_overtakes_the_reserve(self, server: CashServer, till: Till) -> None:
        """Given a release that came first, when its reserve comes late, then it is refused and holds nothing."""
        key, receipt = guid(), guid()
        assert till.send(message("markReleased", about(receipt, key))) == ["accepted"]
        assert till.ask("reserve", key, receipt=receipt) == "UNRESERVED_SALE"
        assert server.state(KI) == "NOT_REGISTERED"

    def test_control_release_without_a_name(self, server: CashServer, till: Till) -> None:
        """Given a release that names no reserve, when the reserve comes late, then it is left for ever."""
        key, receipt = guid(), guid()
        till.send(message("markReleased", about(receipt)))
        assert till.ask("reserve", key, receipt=receipt) == "RESERVED"
        assert server.state(KI) == "RESERVED_SALE"

    def test_reserve_repeated_after_its_release(self, server: CashServer, till: Till) -> None:
        """Given a reserve that was released, when its repetition comes late, then it reserves nothing."""
        key, receipt = guid(), guid()
        till.ask("reserve", key, receipt=receipt)
        till.send(message("markReleased", about(receipt, key)))
        assert till.ask("reserve", key, receipt=receipt) == "UNRESERVED_SALE"
        assert server.state(KI) == "UNRESERVED_SALE"

    @pytest.mark.parametrize("late_first", [True, False])
    def test_scanned_again_after_storno(self, server: CashServer, till: Till, *, late_first: bool) -> None:
        """Given a mark scanned again, when the release of its first reserve comes late, then the second one stands."""
        first, second, receipt = guid(), guid(), guid()
        for key in (second, first) if late_first else (first, second):
            assert till.ask("reserve", key, receipt=receipt) == "RESERVED"
        till.send(message("markReleased", about(receipt, first)))
        assert server.state(KI) == "RESERVED_SALE"
        till.send(message("markReleased", about(receipt, second)))
        assert server.state(KI) == "UNRESERVED_SALE"

    def test_another_receipt_cannot_release(self, server: CashServer, till: Till) -> None:
        """Given a mark held by a receipt, when another one releases it, even by its key, then it stays held."""
        key, receipt = guid(), guid()
        till.ask("reserve", key, receipt=receipt)
        assert till.send(message("markReleased", about(guid(), key))) == ["accepted"]
        assert till.send(message("markReleased", about(guid()))) == ["accepted"]
        assert server.state(KI) == "RESERVED_SALE"
        assert till.ask("reserve", key, receipt=receipt) == "RESERVED"

    def test_release_of_all_reserves(self, server: CashServer, till: Till) -> None:
        """Given two reserves of a receipt, when it releases without a name, then both are undone."""
        receipt = guid()
        for _ in range(2):
            till.ask("reserve", guid(), receipt=receipt)
        till.send(message("markReleased", about(receipt)))
        assert server.state(KI) == "UNRESERVED_SALE"

    def test_return(self, server: CashServer, till: Till) -> None:
        """Given a sold mark held by a return, when it is released, then it may be returned and not sold."""
        server.put(KI, "SOLD")
        key, receipt = guid(), guid()
        assert till.ask("reserve", key, receipt=receipt, documentType="returnByReceipt") == "RESERVED"
        till.send(message("markReleased", about(receipt, key, "returnByReceipt")))
        assert till.ask("reserve") == "UNRESERVED_RETURN"
        assert till.ask("reserve", documentType="return") == "RESERVED"


RECEIPTS = tuple(guid() for _ in range(2))
RESERVES = {guid(): RECEIPTS[number % 2] for number in range(4)}
"""Receipt by the name of its reserve."""
SENT = [(kind, key) for key in RESERVES for kind in ("reserve", "release")]


def left(registry: Registry, deliveries: list[tuple[str, str]], *, named: bool) -> str:
    """Deliver reserves and releases in this order; return the state of the mark after them."""
    for kind, key in deliveries:
        receipt = RESERVES[key]
        if kind == "reserve":
            registry.ask(msgspec.convert(asked("reserve", receipt=receipt), MarkAsked), key)
            continue
        with registry.book.transaction():
            registry.release(msgspec.convert(about(receipt, key if named else ""), MarkBody), "77-3")
    with registry.book.transaction():
        return registry.mark(KI).state


class TestNoOrphans:
    @settings(max_examples=50, deadline=None)
    @given(st.permutations(SENT), st.lists(st.sampled_from(SENT), max_size=8))
    def test_any_order(self, order: list[tuple[str, str]], again: list[tuple[str, str]]) -> None:
        """Given reserves that were all released, in any order and some again, then none holds the mark."""
        with CashServer() as server:
            assert left(server.registry, order + again, named=True) != "RESERVED_SALE"

    def test_control_releases_without_names(self, server: CashServer) -> None:
        """Given releases that name no reserve, when they come first, then the mark is left held."""
        assert left(server.registry, SENT[::-1], named=False) == "RESERVED_SALE"
