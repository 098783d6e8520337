"""Every fault is what its name says."""

import time

import httpx
import pytest

from cashier.demo.cash_server import CashServer
from cashier.demo.fault_answers import HUGE
from cashier.demo.faults import Fault
from tests.demo.asking import KI, Till, about, asked, guid, message

AT_ONCE = 1.0
"""Seconds in which an answer of a server on this machine has come."""


def reserve(till: Till) -> httpx.Response:
    """Reserve the sample mark."""
    return till.http.post(till.served.url, json=asked("reserve"))


@pytest.mark.alone
class TestLateAndSlow:
    def test_slow(self, server: CashServer, till: Till) -> None:
        """Given `slow`, then the answer comes late, and the work is done late."""
        server.faults.set(Fault("slow", seconds=0.3))
        began = time.monotonic()
        assert reserve(till).json() == {"status": "RESERVED"}
        assert 0.3 <= time.monotonic() - began < 0.3 + AT_ONCE

    def test_slow_works_for_who_has_gone(self, server: CashServer, till: Till) -> None:
        """Given `slow`, when the till stops waiting, then its reserve comes nevertheless."""
        server.faults.set(Fault("slow", seconds=0.2))
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(till.served.url, json=asked("reserve"), timeout=0.05)
        assert server.state(KI) == "NOT_REGISTERED"
        ends = time.monotonic() + AT_ONCE
        while server.state(KI) == "NOT_REGISTERED" and time.monotonic() < ends:
            pass
        assert server.state(KI) == "RESERVED_SALE"

    def test_drip(self, server: CashServer, till: Till) -> None:
        """Given `drip`, then the right answer comes byte by byte."""
        server.faults.set(Fault("drip", seconds=0.01))
        began = time.monotonic()
        with till.http.stream("POST", till.served.url, json=asked("reserve")) as answer:
            pieces = list(answer.iter_raw())
        assert b"".join(pieces) == b'{"status":"RESERVED"}'
        assert len(pieces) > 10
        assert time.monotonic() - began >= 0.01 * len(b'{"status":"RESERVED"}')

    def test_usual_seconds(self) -> None:
        """Given no seconds, then the usual ones hold; zero is a figure as well."""
        assert Fault("slow").pause(3) == 3
        assert Fault("slow", seconds=0).pause(3) == 0


@pytest.mark.alone
class TestBroken:
    @pytest.mark.parametrize(("fault", "state"), [("down", "NOT_REGISTERED"), ("lost", "RESERVED_SALE")])
    def test_no_answer(self, server: CashServer, till: Till, fault: str, state: str) -> None:
        """Given `down` or `lost`, then the connection breaks at once; only `lost` did the work."""
        till.tell("/faults", {"fault": fault})
        began = time.monotonic()
        with pytest.raises(httpx.TransportError):
            reserve(till)
        assert time.monotonic() - began < AT_ONCE
        assert server.state(KI) == state

    def test_lost_answers_of_the_queue(self, server: CashServer, till: Till) -> None:
        """Given a queue whose answers are lost, when it sends again, then its messages are duplicates."""
        sold = message("markSold", about(guid()))
        till.tell("/faults", {"fault": "lost", "path": "queue"})
        with pytest.raises(httpx.TransportError):
            till.send(sold)
        assert till.ask("status") == "SOLD"
        till.tell("/faults", {"fault": ""})
        assert till.send(sold) == ["duplicate"]
        assert len(server.messages()) == 1

    @pytest.mark.parametrize("fault", [Fault("down"), Fault("lost")])
    async def test_app_without_a_network(self, server: CashServer, fault: Fault) -> None:
        """Given the application called directly, then a broken connection is an error of the connection."""
        server.faults.set(fault)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(server.app), base_url="http://till") as till:
            with pytest.raises(ConnectionResetError):
                await till.post("/", json=asked("reserve"))


class TestWrongAnswers:
    @pytest.mark.parametrize("code", [500, 401])
    def test_codes(self, till: Till, code: int) -> None:
        """Given a code as a fault, then it is the answer's status."""
        till.tell("/faults", {"fault": str(code)})
        assert reserve(till).status_code == code

    def test_garbage(self, till: Till) -> None:
        """Given `garbage`, then 200 and no JSON, not even text."""
        till.tell("/faults", {"fault": "garbage"})
        answer = reserve(till)
        assert answer.status_code == 200
        with pytest.raises(ValueError, match="decode"):
            answer.json()

    @pytest.mark.parametrize("fault", ["huge", "bomb"])
    def test_huge(self, till: Till, fault: str) -> None:
        """Given `huge` or `bomb`, then what is unpacked is huge; only the bomb is small on its way."""
        till.tell("/faults", {"fault": fault})
        unpacked = 0
        with till.http.stream("POST", till.served.url, json=asked("reserve")) as answer:
            for piece in answer.iter_bytes():
                unpacked += len(piece)
            assert (answer.num_bytes_downloaded < HUGE / 50) == (fault == "bomb")
        assert unpacked > HUGE * 0.99

    def test_deep(self, till: Till) -> None:
        """Given `deep`, then JSON that says all is well breaks who reads it to its end."""
        till.tell("/faults", {"fault": "deep"})
        answer = reserve(till)
        assert answer.content.startswith(b'{"status": "NOT_REGISTERED"')
        assert len(answer.content) < 1_000_000
        with pytest.raises(RecursionError):
            answer.json()

    def test_redirect(self, till: Till) -> None:
        """Given `redirect`, then whoever follows it is told that all is well."""
        till.tell("/faults", {"fault": "redirect"})
        answer = reserve(till)
        assert answer.status_code == 307
        assert till.tell(answer.headers["location"], {}).json() == {"status": "NOT_REGISTERED"}

    def test_unknown_key(self, till: Till) -> None:
        """Given `unknown_key`, then 200 in form with a word that is none of ours."""
        till.tell("/faults", {"fault": "unknown_key"})
        assert till.ask("status") == "BURNED"
        assert till.send(message("document", {})) == ["swallowed"]

    def test_later(self, server: CashServer, till: Till) -> None:
        """Given `later`, then the queue is to come again, and nothing was taken."""
        till.tell("/faults", {"fault": "later", "path": "queue"})
        assert till.send(message("document", {}), message("document", {})) == ["later", "later"]
        assert server.messages() == []
        assert till.ask("status") == "NOT_REGISTERED"

    @pytest.mark.parametrize("fault", ["500", "401", "garbage", "deep", "redirect", "unknown_key", "later"])
    def test_no_work_is_done(self, server: CashServer, till: Till, fault: str) -> None:
        """Given a wrong answer, then the mark was not touched."""
        till.tell("/faults", {"fault": fault})
        assert reserve(till).status_code
        assert server.marks() == []


class TestSwitch:
    def test_until_it_is_changed(self, server: CashServer, till: Till) -> None:
        """Given a fault, then it stays until it is changed, also in code; trainers reach the server all the time."""
        server.fault = "500"
        assert [reserve(till).status_code for _ in range(3)] == [500, 500, 500]
        assert till.see("/marks") == []
        till.tell("/faults", {"fault": "401"})
        assert server.faults.of("queue").fault == "401"
        assert reserve(till).status_code == 401
        server.fault = ""
        assert till.ask("reserve") == "RESERVED"

    def test_in_one_place(self, till: Till) -> None:
        """Given a fault of the status, then the queue works."""
        till.tell("/faults", {"fault": "500", "path": "status"})
        assert reserve(till).status_code == 500
        assert till.send(message("document", {})) == ["accepted"]

    @pytest.mark.parametrize(
        "wrong", [{}, [], {"fault": "gone"}, {"fault": "500", "path": "/"}, {"fault": "slow", "seconds": -1}]
    )
    def test_wrong(self, server: CashServer, till: Till, wrong: object) -> None:
        """Given a fault that is none, then it is refused and nothing goes wrong."""
        assert till.tell("/faults", wrong).status_code == 400
        assert server.fault == ""
