"""What is no question is refused with a reason and changes nothing."""

import socket

import msgspec
import pytest

from cashier.demo.cash_server import CashServer
from cashier.demo.endpoints import LARGEST
from tests.demo.asking import Till, asked

GOOD: dict[str, object] = {**asked("reserve")}
WRONG: tuple[object, ...] = (
    None,
    [],
    "reserve",
    {},
    *(GOOD | {name: value} for name in ("mark", "ki", "barcode") for value in (None, 5, ["x"], "x" * 5000)),
    *(GOOD | {name: value} for name in ("shopcode", "cashcode") for value in (None, "1", -1, 1.5, 2**64)),
    *(GOOD | {"receipt": value} for value in (None, "", "1", f"{GOOD['receipt']}\n")),
    GOOD | {"documentType": "SALE"},
    asked("steal"),
    GOOD | {"ki": ""},
)
TEXTS = (b"", b"{", b"\xff\xfe", b"NaN", b'{"ki": "\\ud800"}', b"[" * 100_000, b'{"ki":' * 100_000)


class TestQuestions:
    @pytest.mark.parametrize("body", [*map(msgspec.json.encode, WRONG), *TEXTS])
    def test_refused(self, server: CashServer, till: Till, body: bytes) -> None:
        """Given a body that is no question about a mark, then it is refused with a reason, and nothing is reserved."""
        answer = till.http.post(till.served.url, content=body)
        assert answer.status_code == 400
        assert answer.json()["reason"].isprintable()
        assert server.marks() == []

    @pytest.mark.parametrize("key", ["1", "x" * 36, "'; DROP TABLE marks"])
    def test_names(self, server: CashServer, till: Till, key: str) -> None:
        """Given a reserve whose name is no UUID, then it is refused."""
        answer = till.http.post(till.served.url, json=asked("reserve"), headers={"Idempotency-Key": key})
        assert answer.status_code == 400
        assert server.marks() == []

    @pytest.mark.parametrize("ki", ["'; DROP TABLE marks; --", "\x00", "[/]", "\x1b[2J", "\u202e", "я" * 512, "😀"])
    def test_text_is_text(self, server: CashServer, till: Till, ki: str) -> None:
        """Given a strange code, then it is a mark like any other, kept as it came."""
        assert till.ask("reserve", ki=ki) == "RESERVED"
        assert [mark.ki for mark in server.marks()] == [ki]
        assert [mark["ki"] for mark in till.see("/marks")] == [ki]

    def test_cut_off(self, server: CashServer, till: Till) -> None:
        """Given a till that breaks off in the middle of its question, then the server takes the next one."""
        with socket.create_connection(("127.0.0.1", till.served.port)) as raw:
            raw.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{")
        assert till.ask("reserve") == "RESERVED"
        assert len(server.marks()) == 1

    def test_too_long(self, server: CashServer, till: Till) -> None:
        """Given a body without an end, then it is refused before it is read whole."""
        answer = till.http.post(till.served.queue_url, content=iter([b"[" + b" " * LARGEST, b"]"]))
        assert answer.status_code == 413
        assert server.messages() == []


class TestTrainersHand:
    @pytest.mark.parametrize("wrong", [{}, {"ki": "x"}, {"ki": "x", "state": "LOST"}, {"ki": "", "state": "SOLD"}, []])
    def test_marks(self, server: CashServer, till: Till, wrong: object) -> None:
        """Given a state that is none, then no mark is put into it."""
        assert till.tell("/marks", wrong).status_code == 400
        assert server.marks() == []

    @pytest.mark.parametrize("wrong", [[], {"x": "1"}, {"x": [1]}, {"": ["1"]}, {"x": ["1"], "y": None}])
    def test_white_list(self, till: Till, wrong: object) -> None:
        """Given a list that is none, then no mark is listed, not even the good ones in it."""
        assert till.tell("/whitelist", wrong).status_code == 400
        assert till.ask("status") == "NOT_REGISTERED"

    def test_unknown_paths_and_methods(self, till: Till) -> None:
        """Given a path or method that is not there, then the answer says so."""
        assert till.http.get(f"{till.served.root}/nowhere").status_code == 404
        assert till.http.get(till.served.url).status_code == 405
