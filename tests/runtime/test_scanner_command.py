"""`cashier scanner`: what arrives, byte by byte, and what the till makes of it."""

import os
import signal
import subprocess
import sys
import tty
from pathlib import Path

import pytest

from cashier import scanner_command
from devices import Broken, Scan, Status
from tests.runtime.conftest import Do

ROOT = Path(__file__).parent.parent.parent


class TestScanner:
    def test_without_a_scanner(self, do: Do) -> None:
        """Given no scanner in the settings, then 2 and what to do."""
        result = do("scanner")
        assert result.exit_code == 2
        assert "[Scanner." in result.output

    def test_scan_is_taken_to_pieces(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Given a scan with AIM prefix and GS as a caret, then bytes, spelling and the verdict are said."""
        assert scanner_command._told(Scan("main", 3, b"]d2010460^]91\r", 0.0))
        said = capsys.readouterr().out
        for part in ("main #3", "5d 64 32", "GS1 DataMatrix", "^]", "в конце: ␍", "касса примет как: 010460^]91"):
            assert part in said

    def test_code_the_till_does_not_take(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Given bytes that are no barcode, then that is said, and no control byte comes to the terminal."""
        scanner_command._told(Scan("main", 1, b"\x1b[2J\x07\xff", 0.0))
        said = capsys.readouterr().out
        assert "код не распознан" in said
        assert said.replace("\n", "").isprintable()

    def test_broken_frames_and_states(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Given a broken frame and a scanner that went away, then both are said."""
        scanner_command._told(Broken("main", 2, "too_long", 0.0))
        scanner_command._told(Status("main", "gone", "/dev/ttyUSB0"))
        assert capsys.readouterr().out.splitlines() == [
            "main #2: кадр испорчен (too_long)",
            "main: gone /dev/ttyUSB0",
        ]

    def test_serial_line_is_listened_to(self, conf: Path, data: Path) -> None:
        """Given a serial scanner, when it scans, then the command says so at once, until Ctrl+C; exit 0."""
        device, line = os.openpty()
        tty.setraw(line)
        section = f"[Scanner.main]\ntype = serial\nport = {os.ttyname(line)}\n"
        (conf / "ncash.ini.d" / "devices.ini").write_text(section, encoding="utf-8")
        command = [sys.executable, "-m", "cashier", "scanner", "--conf", str(conf), "--data", str(data)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stdout is not None
            said = iter(process.stdout.readline, "")
            assert "main: ready" in next(line for line in said if "ready" in line)
            os.write(device, b"4600682000013\r")
            assert "касса примет как: 4600682000013" in next(line for line in said if "касса" in line)
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 0
        os.close(device)
        os.close(line)
        assert not data.exists()
