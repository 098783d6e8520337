"""`cashier scanner`: what arrives, byte by byte, and what the till makes of it."""

import os
import signal
import subprocess
import sys
import termios
import tty
from pathlib import Path

import pytest
from msgspec.structs import replace

from cashier.core.marks import Damage
from cashier.mark_hearing import DAMAGES, MarkEar
from cashier.scanner_command import _heard, told
from cashier.settings import Settings
from cashier.settings import model as s
from devices import Broken, Scan, Status
from tests.runtime.conftest import Do

MAIN = s.Scanner(name="main", port="/dev/null")
MARKS = MarkEar(s.Settings(), MAIN)
MILK = s.MarkCategory(name="Milk", mask=r"01(?<barcode>\d{14})21.{6}93.{4}(3103(?<weight>\d{6}))?")
CODE = "0103041094787443215Qbag!\x1d93Zjqw\x1d3103000353"
ROOT = Path(__file__).parent.parent.parent


def said_of(capsys: pytest.CaptureFixture[str], data: bytes, *, on: bool = True, gs: bytes = b"") -> str:
    """What is said of one chunk of a till that sells milk by weight."""
    own = replace(MAIN, gs=gs)
    goods = s.MarkedGoods(categories=(MILK,))
    settings = s.Settings(plugins=s.Plugins(markedgoods=on), marked_goods=goods)
    assert told(own, print, MarkEar(settings, own))(Scan("main", 1, data, 0.0))
    said = capsys.readouterr().out
    assert said.replace("\n", "").isprintable()
    return said


class TestScanner:
    def test_without_a_scanner(self, do: Do) -> None:
        """Given no scanner in the settings, then 2 and what to do."""
        result = do("scanner")
        assert result.exit_code == 2
        assert "[Scanner." in result.output

    def test_chunk_is_taken_to_pieces(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Given a scan with AIM prefix and GS as a caret, then bytes, ends, spelling and the verdict are said."""
        assert told(MAIN, print, MARKS)(Scan("main", 3, b"]d2010460^]91\r", 0.0))
        said = capsys.readouterr().out
        for part in ("main #3", "5d 64 32", "0d", "GS1 DataMatrix", "^]", "в конце: ␍", "касса примет как: 010460^]91"):
            assert part in said

    def test_code_of_a_mark_is_read_as_the_till_does(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Given a mark with GS as a caret, then its kind, КИ, repair and the mask that takes it are said."""
        heard = said_of(capsys, CODE.replace("\x1d", "^]").encode() + b"\r")
        for part in (
            "GS передан как: ^]",
            "код маркировки: 0103041094787443215Qbag!␝93Zjqw␝3103000353",
            "вид: milk_weighed, восстановлен",
            "КИ: 0103041094787443215Qbag!   GTIN: 03041094787443",
            "маска: [MarkedGoods.Milk]   barcode = 03041094787443, weight = 000353",
            "касса примет как: код маркировки, категория [MarkedGoods.Milk]",
        ):
            assert part in heard
        assert "восстановлен" not in said_of(capsys, f"{CODE}\r".encode())

    def test_mark_that_no_mask_takes(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Given a pack of tobacco where only milk is set, then it is read, no mask takes it, the till refuses it."""
        heard = said_of(capsys, b"]d100000046198488X?io+qCABm8wAYa\r")
        for part in (
            "вид: tobacco_pack",
            "маска: ни одна не подходит",
            "касса не примет",
            "DataMatrix ECC 200, not GS1",
        ):
            assert part in heard

    @pytest.mark.parametrize(
        ("data", "parts"),
        [
            (b"0104610053147452215d,OiLl93dGVz\r", ("разделители GS потеряны", "включите в сканере передачу GS")),
            (CODE.encode() * 2 + b"\r", ("два кода подряд", "считывайте по одному")),
        ],
    )
    def test_damaged_mark(self, capsys: pytest.CaptureFixture[str], data: bytes, parts: tuple[str, ...]) -> None:
        """Given a damaged code, then what is wrong and what to do is said, and the till does not take it."""
        heard = said_of(capsys, data)
        for part in ("код маркировки не читается", "что делать", "касса не примет", *parts):
            assert part in heard

    def test_every_damage_has_its_words(self) -> None:
        """None is left without advice."""
        assert set(DAMAGES) == set(Damage)

    def test_plain_barcode_has_nothing_of_a_mark(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Given a barcode, then it is one, whether marks are asked for or not."""
        heard = said_of(capsys, b"]E04600682000013\r")
        assert "касса примет как: 4600682000013" in heard
        assert "маркировки" not in heard

    def test_mark_on_a_till_that_asks_for_none(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Given the plugin off, then the mark is read all the same, and that it is off is said."""
        heard = said_of(capsys, b"0103041094787443215Qbag!\x1d93Zjqw\r", on=False)
        for part in ("вид: milk", "касса не примет", "markedgoods = on"):
            assert part in heard

    def test_own_spelling_of_gs_is_honoured(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Given `gs` in the scanner's section, then that is GS, and without it the same text is no code."""
        data = CODE.replace("\x1d", "~").encode() + b"\r"
        assert "категория [MarkedGoods.Milk]" in said_of(capsys, data, gs=b"~")
        assert "категория" not in said_of(capsys, data)

    def test_code_the_till_does_not_take(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Given bytes that are no barcode, then that is said, and no control byte comes to the terminal."""
        told(MAIN, print, MARKS)(Scan("main", 1, b"\x1b[2J\x07\xff\r", 0.0))
        said = capsys.readouterr().out
        assert "код не распознан" in said
        assert said.replace("\n", "").isprintable()

    def test_scanner_that_ends_otherwise(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Given a scanner that ends in LF where CR is set, then every scan shows bytes, the fault and what to set."""
        tell = told(MAIN, print, MARKS)
        for number in (1, 2):
            tell(Scan("main", number, b"4600\n", float(number)))
            said = capsys.readouterr().out
            for part in ("34 36 30 30 0a", "кадр испорчен (too_slow", "сканер шлёт \\n: поставьте suffix = \\n"):
                assert part in said

    def test_lost_bytes_and_states(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Given more bytes than can be shown and a scanner that went away, then both are said."""
        tell = told(MAIN, print, MARKS)
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
