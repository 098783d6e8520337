"""`cashier scanner`: what arrives, byte by byte, and what the till makes of it."""

import os
import signal
import subprocess
import sys
import termios
import tty
from pathlib import Path

import pytest

from cashier.scanner_command import _heard, told
from cashier.settings import Settings
from cashier.settings import model as s
from devices import Broken, Scan, Status
from tests.runtime.conftest import Do

MAIN = s.Scanner(name="main", port="/dev/null")
ROOT = Path(__file__).parent.parent.parent


class TestScanner:
    def test_without_a_scanner(self, do: Do) -> None:
        """Given no scanner in the settings, then 2 and what to do."""
        result = do("scanner")
        assert result.exit_code == 2
        assert "[Scanner." in result.output

    def test_chunk_is_taken_to_pieces(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Given a scan with AIM prefix and GS as a caret, then bytes, ends, spelling and the verdict are said."""
        assert told(MAIN, print)(Scan("main", 3, b"]d2010460^]91\r", 0.0))
        said = capsys.readouterr().out
        for part in ("main #3", "5d 64 32", "0d", "GS1 DataMatrix", "^]", "в конце: ␍", "касса примет как: 010460^]91"):
            assert part in said

    def test_code_the_till_does_not_take(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Given bytes that are no barcode, then that is said, and no control byte comes to the terminal."""
        told(MAIN, print)(Scan("main", 1, b"\x1b[2J\x07\xff\r", 0.0))
        said = capsys.readouterr().out
        assert "код не распознан" in said
        assert said.replace("\n", "").isprintable()

    def test_scanner_that_ends_otherwise(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Given a scanner that ends in LF where CR is set, then every scan shows bytes, the fault and what to set."""
        tell = told(MAIN, print)
        for number in (1, 2):
            tell(Scan("main", number, b"4600\n", float(number)))
            said = capsys.readouterr().out
            for part in ("34 36 30 30 0a", "кадр испорчен (too_slow", "сканер шлёт \\n: поставьте suffix = \\n"):
                assert part in said

    def test_lost_bytes_and_states(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Given more bytes than can be shown and a scanner that went away, then both are said."""
        tell = told(MAIN, print)
        tell(Broken("main", 2, "too_long", 0.0))
        tell(Status("main", "gone", "/dev/\x1b[2J"))
        assert capsys.readouterr().out.splitlines() == [
            "main #2: байты пропали (too_long: больше 512 байт)",
            "main: gone /dev/␛[2J",
        ]

    def test_only_one_scanner_types(self) -> None:
        """Given two keyboard scanners, then the first is heard: there is one terminal."""
        own = tuple(s.Scanner(name=name, type="keyboard") for name in ("one", "two"))
        assert [scanner.name for scanner in _heard(Settings(scanners=own))] == ["one"]

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
            assert "34 36 30 30 36 38 32 30 30 30 30 31 33 0d" in next(line for line in said if "байт" in line)
            assert "касса примет как: 4600682000013" in next(line for line in said if "касса" in line)
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 0
        os.close(device)
        os.close(line)
        assert not data.exists()

    def test_keyboard_scanner_is_listened_to(self, conf: Path, data: Path) -> None:
        """Given a scanner that types, when it scans, then raw bytes are shown; Ctrl+C ends and restores."""
        device, line = os.openpty()
        before = termios.tcgetattr(line)
        section = "[Scanner.keys]\ntype = keyboard\nprefix = \\x02\n"
        (conf / "ncash.ini.d" / "devices.ini").write_text(section, encoding="utf-8")
        command = [sys.executable, "-m", "cashier", "scanner", "--conf", str(conf), "--data", str(data)]
        with subprocess.Popen(command, stdin=line, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stdout is not None
            said = iter(process.stdout.readline, "")
            assert "keys: ready" in next(line for line in said if "ready" in line)
            os.write(device, b"\x024600682000013\r")
            assert "02 34 36" in next(line for line in said if "байт" in line)
            assert "касса примет как: 4600682000013" in next(line for line in said if "касса" in line)
            os.write(device, b"\x03")
            assert process.wait(10) == 0
        assert termios.tcgetattr(line) == before
        os.close(device)
        os.close(line)
