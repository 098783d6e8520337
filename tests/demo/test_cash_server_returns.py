"""Claims on lines that come back: who comes first has them, once, whatever is sent again or too late."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import httpx
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cashier.demo.book import Book
from cashier.demo.cash_server import TABLES, CashServer
from cashier.demo.faults import Fault
from cashier.demo.return_protocol import LineAsked, ReturnAsked
from cashier.demo.sold import Sold
from cashier.gates.returns import Answer, Request
from cashier.gates.returns._words import Claimed
from tests.demo.asking import Till, guid, message
from tests.demo.selling import Desk, back, find, returned, sold

CLAIMED: Final[tuple[str, dict[int, float]]] = ("CLAIMED", {})
CLAIMED_ONE: Final = (Claimed(1, 1.0, 3.0, 10.0),)


@pytest.fixture
def sale(till: Till) -> str:
    """A sale of three pieces and of 0.35 kg."""
    name = guid()
    assert till.send(message("document", sold(name, 3, 0.35))) == ["accepted"]
    return name


class TestClaiming:
    def test_until_nothing_is_left(self, till: Till, sale: str) -> None:
        """Given three pieces, when two returns claim, then the one that asks for too much hears what is left."""
        first, second = Desk(till, sale), Desk(till, sale)
        assert first.claim(1, 2) == CLAIMED
        assert second.claim(1, 2) == ("REFUSED", {1: 1.0})
        assert second.claim(1, 1) == CLAIMED
        assert first.claim(1, 0.001) == ("REFUSED", {1: 0.0})
        assert second.claim(2, 0.35) == CLAIMED
        assert returned(till, sale) == [
            (first.back, 1, 2.0, 20.0),
            (second.back, 1, 1.0, 10.0),
            (second.back, 2, 0.35, 3.5),
        ]

    def test_all_or_nothing(self, till: Till, sale: str) -> None:
        """Given a claim of several positions of which one is too much, then none is held, and that one is named."""
        lines: list[dict[str, float]] = [
            {"position": place, "quantity": quantity} for place, quantity in ((1, 3), (2, 1))
        ]
        answer = Desk(till, sale).ask("claim", guid(), lines)
        assert answer.json() == {"result": "REFUSED", "lines": [{"position": 2, "left": 0.35}]}
        assert returned(till, sale) == []

    def test_one_position_twice(self, till: Till, sale: str) -> None:
        """Given a claim that names a position twice, then both together may be no more than was sold."""
        lines: list[dict[str, float]] = [{"position": 1, "quantity": 2}] * 2
        assert Desk(till, sale).ask("claim", guid(), lines).json()["result"] == "REFUSED"

    def test_what_was_not_sold(self, till: Till, sale: str) -> None:
        """Given a position that is not in the sale, then nothing of it comes back, whatever the till says was sold."""
        assert Desk(till, sale).claim(7, 1, sold=5) == ("REFUSED", {7: 0.0})

    @pytest.mark.parametrize("other", [{"result": "Cancelled"}, {"receiptType": "RefundWOReceipt"}])
    def test_no_paid_sale(self, till: Till, other: dict[str, str]) -> None:
        """Given a receipt that was cancelled, or is no sale, then nothing of it comes back."""
        name = guid()
        till.send(message("document", sold(name, 3) | other))
        assert Desk(till, name).claim(1, 1, sold=3) == ("REFUSED", {1: 0.0})

    def test_sale_not_told_yet(self, till: Till) -> None:
        """Given a sale the server has not heard of, then what the till says was sold counts, until it is told."""
        name = guid()
        desk = Desk(till, name)
        assert desk.claim(1, 2, sold=2) == CLAIMED
        assert desk.claim(1, 1, sold=2) == ("REFUSED", {1: 0.0})
        till.send(message("document", sold(name, 3)))
        assert desk.claim(1, 1, sold=2) == CLAIMED

    @pytest.mark.parametrize("repeat", range(5))
    def test_two_tills_at_once(self, till: Till, sale: str, repeat: int) -> None:  # noqa: ARG002 - a race, again
        """Given one piece left, when two tills claim it at once, then exactly one has it."""
        Desk(till, sale).claim(1, 2)
        desks = [Desk(till, sale) for _ in range(2)]
        with ThreadPoolExecutor(2) as tills:
            words = sorted(tills.map(lambda desk: desk.claim(1, 1)[0], desks))
        assert words == ["CLAIMED", "REFUSED"]
        assert sum(quantity for *_, quantity, _ in returned(till, sale)) == 3


class TestOnce:
    def test_repeated(self, till: Till, sale: str) -> None:
        """Given a claim whose answer was lost, when it is made again, then it is answered alike and holds no more."""
        desk, key = Desk(till, sale), guid()
        assert [desk.claim(1, 2, key) for _ in range(3)] == [CLAIMED] * 3
        assert [own[2] for own in returned(till, sale)] == [2.0]

    def test_refused_is_judged_anew(self, till: Till, sale: str) -> None:
        """Given a refused claim, when the goods are free again, then the same claim is granted: nothing held it."""
        other, desk, key, late = Desk(till, sale), Desk(till, sale), guid(), guid()
        other.claim(1, 3, key)
        assert desk.claim(1, 1, late) == ("REFUSED", {1: 0.0})
        other.release(key)
        assert desk.claim(1, 1, late) == CLAIMED

    def test_release_comes_first(self, till: Till, sale: str) -> None:
        """Given a release that overtook its claim, then the claim holds nothing, however its key is written."""
        desk, key = Desk(till, sale), guid()
        assert [desk.release(key), desk.release(key)] == ["RELEASED"] * 2
        assert desk.claim(1, 1, key.upper()) == ("RELEASED", {})
        assert returned(till, sale) == []

    def test_released(self, till: Till, sale: str) -> None:
        """Given a claim that was released, then others may have it, and it comes back to life by no repeat."""
        desk, key = Desk(till, sale), guid()
        desk.claim(1, 3, key)
        assert desk.release(key) == "RELEASED"
        assert desk.claim(1, 3, key) == ("RELEASED", {})
        assert Desk(till, sale).claim(1, 3) == CLAIMED

    def test_lost_answer_has_claimed(self, server: CashServer, till: Till, sale: str) -> None:
        """Given a fault that loses answers, then the claim holds, and its key says so afterwards."""
        desk, key = Desk(till, sale), guid()
        server.faults.set(Fault("lost", "returns"))
        with pytest.raises(httpx.TransportError):
            desk.claim(1, 3, key)
        server.faults.set(Fault(""))
        assert Desk(till, sale).claim(1, 1) == ("REFUSED", {1: 0.0})
        assert desk.claim(1, 3, key) == CLAIMED


class TestHeldBeside:
    def test_release_is_still_on_its_way(self, till: Till, sale: str) -> None:
        """Given a line that went out and in again, when its release has not come, then the new claim has the goods."""
        desk, first = Desk(till, sale), guid()
        assert desk.claim(1, 3, first, time="10:00:00") == CLAIMED
        assert desk.claim(1, 3, time="10:00:05") == CLAIMED
        assert [own[2] for own in returned(till, sale)] == [3.0]
        assert desk.release(first) == "RELEASED"
        assert [own[2] for own in returned(till, sale)] == [3.0]

    def test_overtaken(self, till: Till, sale: str) -> None:
        """Given a claim that a later one of its return has overtaken, when it comes, then it holds nothing."""
        desk, first = Desk(till, sale), guid()
        assert desk.claim(1, 1, time="10:00:05") == CLAIMED
        assert desk.claim(1, 1, first, time="10:00:00") == ("RELEASED", {})
        assert [own[2] for own in returned(till, sale)] == [1.0]

    def test_beside_each_other(self, till: Till, sale: str) -> None:
        """Given two packs of one position, when the second claim holds the first, then both are held."""
        desk, first = Desk(till, sale), guid()
        assert desk.claim(1, 1, first, time="10:00:00") == CLAIMED
        assert desk.claim(1, 1, time="10:00:05", holds=(first.upper(),)) == CLAIMED
        assert [own[2] for own in returned(till, sale)] == [2.0]

    def test_other_positions_and_returns_stay(self, till: Till, sale: str) -> None:
        """Given claims of another position and of another return, then a later claim frees neither."""
        desk, other = Desk(till, sale), Desk(till, sale)
        assert desk.claim(2, 0.35, time="10:00:00") == CLAIMED
        assert other.claim(1, 1, time="10:00:00") == CLAIMED
        assert desk.claim(1, 3, time="10:00:05") == ("REFUSED", {1: 2.0})
        assert [own[2] for own in returned(till, sale)] == [0.35, 1.0]


class TestDocuments:
    def test_claims_stay(self, till: Till, sale: str) -> None:
        """Given claims, when the document of their return comes, then they stay, with its amounts, past any release."""
        desk, key = Desk(till, sale), guid()
        desk.claim(1, 2, key)
        desk.end((1, 2))
        assert desk.release(key) == "RELEASED"
        assert returned(till, sale) == [(desk.back, 1, 2.0, 20.0)]
        assert Desk(till, sale).claim(1, 2) == ("REFUSED", {1: 1.0})

    def test_what_is_not_in_it_is_free(self, till: Till, sale: str) -> None:
        """Given a line that left the return before its end, when the document comes, then that line is free."""
        desk = Desk(till, sale)
        desk.claim(1, 1)
        desk.claim(2, 0.35)
        desk.end((1, 1))
        assert Desk(till, sale).claim(2, 0.35) == CLAIMED

    def test_offline(self, till: Till, sale: str) -> None:
        """Given a return made offline, then it is noted beyond what was sold, and no more comes back.

        A claim of it that comes only then says no more than the document did.
        """
        Desk(till, sale).claim(1, 2)
        desk = Desk(till, sale)
        desk.end((1, 2))
        assert [own[2] for own in returned(till, sale)] == [2.0, 2.0]
        assert desk.claim(1, 2) == CLAIMED
        assert [own[2] for own in returned(till, sale)] == [2.0, 2.0]
        assert Desk(till, sale).claim(1, 1) == ("REFUSED", {1: 0.0})

    def test_before_the_sale(self, till: Till) -> None:
        """Given a return that is told before its sale, then the sale has it when it comes."""
        name = guid()
        desk = Desk(till, name)
        desk.end((1, 1))
        till.send(message("document", sold(name, 3)))
        assert returned(till, name) == [(desk.back, 1, 1.0, 10.0)]

    def test_cancelled(self, till: Till, sale: str) -> None:
        """Given a return that is given up, then all it had claimed is free, and what it claims too late as well."""
        desk = Desk(till, sale)
        desk.claim(1, 3)
        desk.end((1, 3), result="Cancelled")
        assert desk.claim(1, 1) == ("RELEASED", {})
        assert returned(till, sale) == []
        assert Desk(till, sale).claim(1, 3) == CLAIMED

    def test_told_twice(self, till: Till, sale: str) -> None:
        """Given a document that comes again in another message, then nothing comes back twice."""
        desk = Desk(till, sale)
        desk.end((1, 1))
        desk.end((1, 1))
        assert [own[2] for own in returned(till, sale)] == [1.0]

    def test_without_its_sale(self, till: Till, sale: str) -> None:
        """Given a completed return that does not name its sale, then claims stay as they are."""
        desk = Desk(till, sale)
        desk.claim(1, 1)
        nameless = back(desk.back, "", (1, 1))
        assert till.send(message("document", nameless)) == ["accepted"]
        assert [own[2] for own in returned(till, sale)] == [1.0]


NO_LINES: Final[tuple[object, ...]] = (None, [], 5, [None], [{}], [[1, 1]])
GOOD: dict[str, Any] = {
    "operation": "claim",
    "key": guid(),
    "receipt": guid(),
    "return": guid(),
    "lines": [{"position": 1, "quantity": 1, "sold": 9}],
}


class TestHostile:
    @pytest.mark.parametrize(
        "other",
        [
            *({name: value} for name in ("key", "receipt", "return") for value in (None, "", "1", 5, f"{guid()}\n")),
            *({"lines": value} for value in NO_LINES),
            *({"lines": [GOOD["lines"][0] | {"position": value}]} for value in (0, -1, 1.5, "1", 2**40, None)),
            *({"lines": [GOOD["lines"][0] | {"quantity": value}]} for value in (0, -1, 0.0001, 1e10, "1", None)),
            *({"lines": [GOOD["lines"][0] | {"sold": value}]} for value in (-1, 1e300, "1", None)),
            {"operation": "steal"},
            {"shopcode": "77"},
        ],
    )
    def test_refused(self, till: Till, other: dict[str, object]) -> None:
        """Given a body that is no claim, then it is refused with a reason, and nothing is held."""
        answer = till.http.post(f"{till.served.root}/returns", json=GOOD | other)
        assert answer.status_code == httpx.codes.BAD_REQUEST
        assert answer.json()["reason"].isprintable()
        till.send(message("document", sold(GOOD["receipt"], 1)))
        assert returned(till, GOOD["receipt"]) == []

    @pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"NaN", b"[" * 100_000, b'{"key":' * 100_000])
    def test_no_json(self, till: Till, body: bytes) -> None:
        """Given what is no JSON, then it is refused with a reason."""
        answer = till.http.post(f"{till.served.root}/returns", content=body)
        assert answer.status_code == httpx.codes.BAD_REQUEST
        assert answer.json()["reason"].isprintable()

    def test_words_of_the_gate(self, till: Till, sale: str) -> None:
        """Given a claim and its release in the words of a till's gate, then the server reads them, and answers so."""
        asked = Request("claim", guid(), sale, guid(), 77, 3, CLAIMED_ONE, "2026-03-01T10:00:00", (guid(),))
        for request, word in ((asked, "CLAIMED"), (replace(asked, operation="release", lines=()), "RELEASED")):
            answer = till.http.post(f"{till.served.root}/returns", content=msgspec.json.encode(request))
            assert msgspec.json.decode(answer.content, type=Answer).result == word

    def test_key_of_another(self, till: Till, sale: str) -> None:
        """Given a key that names a claim, when another return or header uses it, then it is refused."""
        desk, key = Desk(till, sale), guid()
        desk.claim(1, 1, key)
        line: dict[str, float] = {"position": 1, "quantity": 1}
        assert Desk(till, sale).ask("claim", key, [line]).status_code == httpx.codes.BAD_REQUEST
        assert Desk(till, sale).ask("release", key, []).status_code == httpx.codes.BAD_REQUEST
        answer = till.http.post(f"{till.served.root}/returns", json=GOOD, headers={"Idempotency-Key": guid()})
        assert answer.status_code == httpx.codes.BAD_REQUEST
        assert [own[2] for own in returned(till, sale)] == [1.0]

    def test_text_is_text(self, till: Till) -> None:
        """Given strange texts in a receipt, then they are kept as they came."""
        name, strange = guid(), "'; DROP TABLE receipts; --\x00[/]\x1b[2J\u202e"
        till.send(message("document", sold(name, 1, shop=strange, comment=strange)))
        (found,) = find(till, identifier=name)
        assert (found["storeId"], found["comment"]) == (strange, strange)


class TestBalance:
    @settings(max_examples=50, deadline=None)
    @given(
        st.lists(st.tuples(st.sampled_from(["claim", "release"]), st.integers(0, 5), st.integers(1, 3)), max_size=12)
    )
    def test_never_more_than_sold(self, steps: list[tuple[Any, int, int]]) -> None:
        """Whatever is claimed and released, repeated and in any order, no more is held than was sold."""
        sale, back, keys = guid(), guid(), [guid() for _ in range(6)]
        book = Book(TABLES)
        receipts = Sold(book)
        for operation, key, quantity in steps:
            lines = (LineAsked(1, quantity, sold=4),)
            receipts.returns.ask(ReturnAsked(operation, keys[key], sale, back, lines=lines))
        with book.transaction():
            held = sum(own.quantity for own in receipts.returns.of(sale))
        book.close()
        assert held <= 4
