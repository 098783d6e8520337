"""`cashier stand-in` as a trainer runs it."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from cashier.demo.serving import bound
from cashier.demo.stand_in_command import run_stand_in
from tests.demo.asking import asked, guid
from tests.demo.selling import back, sold

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


@contextmanager
def running(folder: Path, capfd: pytest.CaptureFixture[str]) -> Iterator[tuple[str, str, Callable[[str], bool]]]:
    """Run the command; give the roots of both servers, and what tells whether a text has been shown by now."""
    cash, stock, ended, seen = free_port(), free_port(), threading.Event(), [""]

    def shows(text: str) -> bool:
        seen[0] += capfd.readouterr().out
        return text in seen[0]

    with ThreadPoolExecutor(1) as aside:
        code = aside.submit(run_stand_in, cash, stock, folder, ended)
        try:
            until(lambda: shows("Выход: Ctrl+C"))
            yield f"http://127.0.0.1:{cash}", f"http://127.0.0.1:{stock}", shows
        finally:
            ended.set()
        assert code.result(PATIENCE) == 0
    assert not shows("\x1b[2J")


class TestTables:
    def test_marks(self, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """Given the command, when a mark is reserved, then its table has it, and control characters are only shown."""
        with running(tmp_path, capfd) as (cash, _, shows):
            httpx.post(f"{cash}/", json=asked("reserve", ki="k\x1b[2J[/]"))
            until(lambda: shows("k␛[2J[/]"))

    def test_stock(self, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """Given the command, when an article is reserved and sold, then its table says who holds it, then that it went.

        Whatever a till names is only shown.
        """
        receipt, query = guid(), {"sku": "s\x1b[2J[/]", "quantity": "0.345"}
        properties = [{"code": "RECEIPT_GUID", "value": receipt}]
        with running(tmp_path, capfd) as (_, stock, shows):
            httpx.post(f"{stock}/api/1.0/reservationItem/77/[red]/{receipt}", params=query)
            until(lambda: shows("s␛[2J[/] │ 99.655   │ 0.345     │ 0       │"))
            assert shows(f"{receipt[:8]} 77-[red] 0.345")
            body = {"elements": [{"result": "Completed", "additional": {"properties": properties}}]}
            httpx.post(f"{stock}/api/1.0/receipts", json=body)
            until(lambda: shows("│ 0         │ 0.345   │"))

    def test_receipts(self, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """Given the command, when a receipt is put and a piece of it claimed, then its table says so; texts are shown.

        A return that is told has its own row.
        """
        sale, back_name = guid(), guid()
        with running(tmp_path, capfd) as (cash, _, shows):
            httpx.post(f"{cash}/sold", json=sold(sale, 3, 0.35, shop="7\x1b[2J[/]"))
            until(lambda: shows("7␛[2J[/]-3"))
            until(lambda: shows("1 Товар 1: 3/0 "))
            httpx.post(f"{cash}/sold", json=back(back_name, sale, (1, 1), result="Cancelled"))
            until(lambda: shows(back_name[:8]))
            until(lambda: shows("отменён"))
            line = {"position": 2, "quantity": 0.35}
            claim = {"operation": "claim", "key": guid(), "receipt": sale, "return": guid(), "lines": [line]}
            httpx.post(f"{cash}/returns", json=claim)
            until(lambda: shows("2 Товар 2: 0.35/0.35"))

    def test_what_to_set(self, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """Given the command, then it says which addresses to write into the settings, and a till can read them."""
        with running(tmp_path, capfd) as (cash, stock, shows):
            assert shows(f"[MarkedGoods] markVerifyUrl = {cash}/CSrest/rest/sales/exciseMark/status\n")
            assert shows(f"[Queue] url = {cash}/queue\n")
            assert shows(f"[Orders] url = {cash}/orders\n")
            assert shows(f"[CashServer] url = {cash}\n")
            assert shows(f"[StockControl] url = {stock}\n")
            assert shows(f"[Export] pushUrl = {stock}/api/1.0/receipts\n")
            assert httpx.get(f"{cash}/orders/1001").status_code == 200


class TestCommand:
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

    @pytest.mark.parametrize("option", ["--cash-port", "--stock-port"])
    @pytest.mark.parametrize("port", [None, -1, 70_000])
    def test_port_not_to_be_had(self, option: str, port: int | None, capsys: pytest.CaptureFixture[str]) -> None:
        """Given a port that is taken or none, then the command says so and what to do, and starts nothing."""
        with bound() as taken:
            wrong, free = taken.getsockname()[1] if port is None else port, free_port()
            cash, stock = (wrong, free) if option == "--cash-port" else (free, wrong)
            assert run_stand_in(cash, stock, None) == 2
            bound(free).close()
        assert option in capsys.readouterr().err

    @pytest.mark.parametrize("name", ["stand-in-cash.db", "stand-in-stock.db"])
    def test_damaged_file(self, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Given a file that is no database, then the command names it and leaves the ports alone."""
        (tmp_path / name).write_bytes(b"no database" * 1000)
        port = free_port()
        assert run_stand_in(port, 0, tmp_path) == 2
        assert name in capsys.readouterr().err
        with socket.socket() as client:
            assert client.connect_ex(("127.0.0.1", port)) != 0
