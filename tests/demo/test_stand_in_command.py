"""`cashier stand-in` as a trainer runs it."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from cashier.demo.serving import bound
from cashier.demo.stand_in_command import run_stand_in
from tests.demo.asking import asked

RUN = "import sys, pathlib; from cashier.demo.stand_in_command import run_stand_in as r; "
PATIENCE = 20.0
"""Seconds."""


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    ends = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.02)


def free_port() -> int:
    """Return a port that nobody has."""
    with bound() as own:
        return int(own.getsockname()[1])


class TestCommand:
    def test_shows_what_changes(self, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """Given the command, when a mark is reserved, then its table has it, and control characters are only shown."""
        port, ended, seen = free_port(), threading.Event(), [""]

        def shows(text: str) -> bool:
            seen[0] += capfd.readouterr().out
            return text in seen[0]

        with ThreadPoolExecutor(1) as aside:
            code = aside.submit(run_stand_in, port, 0, tmp_path, ended)
            until(lambda: shows("Выход: Ctrl+C"))
            httpx.post(f"http://127.0.0.1:{port}/", json=asked("reserve", ki="k\x1b[2J[/]"))
            until(lambda: shows("k␛[2J[/]"))
            ended.set()
            assert code.result(PATIENCE) == 0
        assert "\x1b[2J" not in seen[0]
        assert f"http://127.0.0.1:{port}/CSrest/rest/sales/exciseMark/status" in seen[0]
        assert f"http://127.0.0.1:{port}/queue" in seen[0]

    def test_ends_by_ctrl_c(self, tmp_path: Path) -> None:
        """Given the command on a terminal, when Ctrl+C is pressed, then it ends well and without a word."""
        code = f"{RUN}sys.exit(r(0, 0, pathlib.Path(sys.argv[1])))"
        with subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as program:
            assert program.stdout
            while "Ctrl+C" not in program.stdout.readline():
                assert program.poll() is None
            program.send_signal(signal.SIGINT)
            assert program.wait(PATIENCE) == 0
            assert program.stderr
            assert program.stderr.read() == ""

    @pytest.mark.parametrize("port", [None, -1, 70_000])
    def test_port_not_to_be_had(self, port: int | None, capsys: pytest.CaptureFixture[str]) -> None:
        """Given a port that is taken or none, then the command says so and what to do, and starts nothing."""
        with bound() as taken:
            assert run_stand_in(taken.getsockname()[1] if port is None else port, 0, None) == 2
        assert "--cash-port" in capsys.readouterr().err

    def test_damaged_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Given a file that is no database, then the command names it and leaves the port alone."""
        (tmp_path / "stand-in-cash.db").write_bytes(b"no database" * 1000)
        port = free_port()
        assert run_stand_in(port, 0, tmp_path) == 2
        assert "stand-in-cash.db" in capsys.readouterr().err
        with socket.socket() as client:
            assert client.connect_ex(("127.0.0.1", port)) != 0
