"""A printer behind a device file, as on USB: the bytes that reach it, and what it is when it does not take them."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from devices import EscposConfig, EscposPrinter, PaperLine, PrintJob
from devices.printing import escpos
from devices.printing.escpos import PULSE
from devices.printing.wires import FileWire
from tests.devices.conftest import Line

JOB = PrintJob("1-7-42", (PaperLine("Молоко 3,2%", right="89.90"), PaperLine(kind="cut")), drawer=True)


def printer(path: Path) -> EscposPrinter:
    """Return a printer behind a device."""
    return EscposPrinter(EscposConfig("usb", device=path))


async def test_it_prints_on_a_device(line: Line) -> None:
    """Given a device that only takes, then the drawer opens and the text comes in the printer's code page."""
    assert (await printer(line.path).print(JOB)).result == "printed"
    got = b""
    while not got.endswith(b"\x1dV\x00"):
        got += os.read(line.device, 4096)
    assert PULSE in got
    assert "Молоко 3,2%".encode("cp866") in got


async def test_a_device_that_is_not_there_is_off(tmp_path: Path) -> None:
    """Given a printer that is unplugged, then certainly nothing was printed."""
    outcome = await printer(tmp_path / "lp0").print(JOB)
    assert (outcome.result, outcome.trouble) == ("failed", "off")


def test_answer_of_the_paper_sensor(line: Line) -> None:
    """Given a device that answers, then its answer is read; silence is nothing."""
    wire = FileWire(line.path)
    os.write(line.device, b"\x12")
    assert wire.receive(5) == b"\x12"
    assert wire.receive(0) == b""
    wire.close()


def test_a_device_that_takes_nothing_more(line: Line) -> None:
    """Given a printer that has stopped taking, then sending ends at its deadline."""
    wire = FileWire(line.path)
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        wire.send(bytes(1 << 20), 0.1)
    assert time.monotonic() - began < 2
    wire.close()


def test_a_device_opened_to_write_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a device whose answers nobody may read, then it is written to all the same."""
    path = tmp_path / "lp0"
    path.touch()
    real: Callable[..., int] = os.open

    def open_(name: Path, flags: int) -> int:
        if flags & os.O_RDWR:
            raise PermissionError
        return real(name, flags)

    monkeypatch.setattr("devices.printing.wires.os.open", open_)
    wire = escpos.connect(EscposConfig("usb", device=path))
    wire.send(b"paper", 1)
    assert wire.receive(0.1) == b""
    wire.close()
    assert path.read_bytes() == b"paper"
