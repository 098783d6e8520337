"""How the cash server comes up, stays silent, ends, and starts again with what it knew."""

import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from cashier.demo.cash_server import CashServer
from cashier.demo.faults import Fault
from cashier.demo.serving import Served, bound
from tests.demo.asking import KI, Till, about, asked, guid, message

LOADED = "import sys, cashier.demo.cash_server, cashier.demo.serving; print(*sys.modules)"


class TestStart:
    def test_asked_before_it_is_up(self) -> None:
        """Given a bound port, when a till asks before the server serves, then it is answered when the server is up."""
        with CashServer() as server, ThreadPoolExecutor(1) as early:
            served = Served(lambda: server.app)
            answer = early.submit(httpx.post, served.url, json=asked("status"))
            with served:
                assert answer.result(10).json() == {"status": "NOT_REGISTERED"}

    def test_stopped_before_it_is_up(self) -> None:
        """Given a server stopped at once, or never started, then it ends and the port is free."""
        with CashServer() as server:
            for start in (True, False):
                served = Served(lambda: server.app)
                if start:
                    served.start()
                served.stop()
                bound(served.port).close()

    def test_loopback_only(self) -> None:
        """Given a bound port, then only this machine reaches it."""
        own = bound()
        assert own.getsockname()[0] == "127.0.0.1"
        own.close()

    def test_taken_port(self) -> None:
        """Given a port that is taken, then binding says so."""
        own = bound()
        with pytest.raises(OSError, match="in use"):
            bound(own.getsockname()[1])
        own.close()

    def test_a_till_pays_nothing(self) -> None:
        """Given the server's modules, then what speaks HTTP is not loaded before it serves."""
        loaded = subprocess.run(
            [sys.executable, "-c", LOADED], check=True, capture_output=True, text=True
        ).stdout.split()
        assert "cashier.demo.cash_server" in loaded
        assert not {name.split(".")[0] for name in loaded} & {"starlette", "uvicorn", "anyio", "asyncio", "httpx"}


class TestSilence:
    def test_nothing_on_the_terminal(self, capfd: pytest.CaptureFixture[str]) -> None:
        """Given good, wrong and broken requests, then the terminal stays as it was: it is the till's screen."""
        with CashServer() as server, Served(lambda: server.app) as served:
            httpx.post(served.url, json=asked("status"))
            httpx.post(served.url, content=b"{")
            httpx.get(f"{served.root}/nowhere")
            with socket.create_connection(("127.0.0.1", served.port)) as raw:
                raw.sendall(b"\x00\xff nonsense\r\n\r\n")
                assert raw.recv(100)
            for fault in (Fault("down"), Fault("drip", seconds=60), Fault("slow", seconds=60)):
                server.faults.set(fault)
                with pytest.raises(httpx.TransportError):
                    httpx.post(served.url, json=asked("status"), timeout=0.1)
            server.close()
            server.fault = ""
            assert httpx.post(served.url, json=asked("status")).status_code == 500
        assert capfd.readouterr() == ("", "")


class TestEnd:
    def test_it_waits_for_nobody(self) -> None:
        """Given an answer that takes a minute, when the server is stopped, then it ends at once."""
        with CashServer() as server, ThreadPoolExecutor(1) as waiting:
            server.faults.set(Fault("slow", seconds=60))
            with Served(lambda: server.app) as served:
                answer = waiting.submit(httpx.post, served.url, json=asked("status"), timeout=30)
                httpx.get(f"{served.root}/marks")
                began = time.monotonic()
            assert time.monotonic() - began < 2
            assert answer.exception(10) or answer.result().status_code == 500
            assert "stand-in" not in [thread.name for thread in threading.enumerate()]

    def test_it_knows_what_it_knew(self, tmp_path: Path) -> None:
        """Given a file, when the server is started again, then marks, keys, tombstones, messages and list are there."""
        key, buried, receipt = guid(), guid(), guid()
        sold = message("markSold", about(guid(), ki="sold"))
        with CashServer(tmp_path / "cash.db") as server, Served(lambda: server.app) as served:
            till = Till(served)
            till.ask("reserve", key, receipt=receipt)
            till.send(sold, message("markReleased", about(receipt, buried, ki="late")))
            server.list_white({KI: ["4600000000015"], "late": ["4600000000015"]})
            till.http.close()
        with CashServer(tmp_path / "cash.db") as server, Served(lambda: server.app, bound(served.port)) as again:
            till = Till(again)
            assert [(mark.ki, mark.state) for mark in server.marks()] == [(KI, "RESERVED_SALE"), ("sold", "SOLD")]
            assert till.ask("reserve", key, receipt=receipt) == "RESERVED"
            assert till.ask("reserve", buried, receipt=receipt, ki="late") == "UNRESERVED_SALE"
            assert till.send(sold) == ["duplicate"]
            assert till.ask("status", ki="unlisted") == "NOT_IN_WHITELIST"
            till.http.close()

    def test_without_a_file(self) -> None:
        """Given no file, when the server is closed, then nothing is left of it."""
        with CashServer() as server:
            server.put(KI, "SOLD")
        with CashServer() as server:
            assert server.marks() == []
