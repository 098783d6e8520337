"""A serial scanner on a pseudo-terminal."""

import asyncio
import errno
import os
import time
from pathlib import Path

import pytest

from devices import Framing, SerialConfig, SerialScanner
from devices.serial import open_port
from tests.devices.conftest import Line, Running, Till


@pytest.fixture
def scanner(line: Line) -> SerialScanner:
    """Return a scanner on the line."""
    return SerialScanner(SerialConfig("counter", str(line.path)))


class TestReading:
    async def test_a_scan_arrives(self, line: Line, scanner: SerialScanner, running: Running, till: Till) -> None:
        """A mark with GS comes as it was sent."""
        async with running(scanner):
            line.send(b"0104600494694201215ABC\x1d91EE10\r\n")
            await till.until(lambda till: till.codes == [b"0104600494694201215ABC\x1d91EE10"])
        assert till.states == ["opening", "ready", "stopped"]
        assert (till.numbers, scanner.name) == ([1], "counter")

    async def test_a_stalled_loop_loses_and_breaks_nothing(
        self, line: Line, scanner: SerialScanner, running: Running, till: Till
    ) -> None:
        """The loop's own delay is not taken for a pause of the scanner."""
        async with running(scanner):
            line.send(b"4600")
            await asyncio.sleep(0.01)
            time.sleep(0.5)  # noqa: ASYNC251 - the stall
            line.send(b"494694201\r")
            line.send(b"4607\r")
            await till.until(lambda till: till.codes == [b"4600494694201", b"4607"])
        assert till.faults == []

    async def test_a_pause_is_told_at_once(
        self, line: Line, scanner: SerialScanner, running: Running, till: Till
    ) -> None:
        """The cashier need not wait for the terminator to hear of it."""
        async with running(scanner):
            line.send(b"4600")
            await till.until(lambda till: till.faults == ["too_slow"])
            line.send(b"49\r4607\r")
            await till.until(lambda till: till.codes == [b"4607"])
        assert till.numbers == [1, 2]

    async def test_a_wrong_terminator_is_told_at_every_scan(
        self, line: Line, scanner: SerialScanner, running: Running, till: Till
    ) -> None:
        """A scanner that ends in LF where CR is set: no scan goes by in silence."""
        async with running(scanner):
            for told in (1, 2, 3):
                line.send(b"4600\n")
                await till.until(lambda till, told=told: till.faults == ["too_slow"] * told)  # type: ignore[misc]
        assert till.numbers == [1, 2, 3]

    async def test_silence_ends_a_frame_where_no_suffix_is_set(self, line: Line, running: Running, till: Till) -> None:
        """The gap is the scanner's terminator."""
        config = SerialConfig("counter", str(line.path), framing=Framing(suffix=None, gap=0.05))
        async with running(SerialScanner(config)):
            line.send(b"4600")
            await till.until(lambda till: till.codes == [b"4600"])


class TestFullQueue:
    async def test_the_reader_stops_says_so_and_goes_on(
        self, line: Line, scanner: SerialScanner, running: Running, till: Till
    ) -> None:
        """Ten thousand frames pass through a till that takes a few at a time, each once and in order."""
        codes = [b"%08d" % number for number in range(10_000)]
        till.room = 3
        async with running(scanner):
            sending = asyncio.create_task(asyncio.to_thread(_send_all, line.device, codes))
            await till.until(lambda till: till.states[-1] == "stopped")
            till.room = float("inf")
            await till.until(lambda till: len(till.codes) == len(codes), patience=20)
            await sending
        assert till.codes == codes
        assert till.states[:4] == ["opening", "ready", "stopped", "ready"]


@pytest.mark.alone
class TestHotPlug:
    async def test_unplug_and_replug(self, line: Line, scanner: SerialScanner, running: Running, till: Till) -> None:
        """Unplug is seen within 1 s, half a frame is dropped, replug works within 2 s."""
        async with running(scanner):
            line.send(b"46")
            await asyncio.sleep(0.05)
            line.unplug()
            await till.until(lambda till: till.states[-1] == "gone", patience=1)
            line.plug()
            await till.until(lambda till: till.states[-1] == "ready", patience=2)
            line.send(b"4607\r")
            await till.until(lambda till: till.codes == [b"4607"])
        assert till.faults == ["cut_off"]
        assert till.numbers == [1, 2]

    async def test_a_port_that_is_not_there_is_tried_again(self, tmp_path: Path, till: Till) -> None:
        """It is told once, not at every try."""
        scanner = SerialScanner(SerialConfig("counter", str(tmp_path / "nothing")))
        task = asyncio.create_task(scanner.run(till))
        await till.until(lambda till: till.states == ["opening", "gone"])
        await asyncio.sleep(1.1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert till.states == ["opening", "gone", "stopped"]


class TestRefusedPorts:
    async def test_a_port_in_use_is_denied(self, line: Line, scanner: SerialScanner, running: Running) -> None:
        """A second program may not take a part of the bytes."""
        async with running(scanner):
            with pytest.raises(PermissionError):
                open_port(SerialConfig("second", str(line.path)))

    def test_the_system_s_refusal_is_told_apart(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Rights are denied; that a port is not there is another matter."""
        for number, denied in ((errno.EACCES, True), (errno.ENOENT, False)):

            def refuse(*_: object, number: int = number) -> int:
                raise OSError(number, "x")

            monkeypatch.setattr("os.open", refuse)
            with pytest.raises(OSError, match="x") as refusal:
                open_port(SerialConfig("counter", "/dev/nothing"))
            assert isinstance(refusal.value, PermissionError) == denied

    async def test_a_forbidden_port_is_denied(self, till: Till) -> None:
        """The state tells the system's words."""

        def forbidden(_: SerialConfig) -> Line:
            raise PermissionError(errno.EACCES, "x")

        task = asyncio.create_task(SerialScanner(SerialConfig("counter", "x"), forbidden).run(till))  # type: ignore[arg-type]
        await till.until(lambda till: till.states == ["opening", "denied"])
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    def test_impossible_settings_are_a_device_fault(self, line: Line) -> None:
        """A line cannot have 9 bits; the till lives on and says so."""
        with pytest.raises(OSError, match="byte"):
            open_port(SerialConfig("counter", str(line.path), bytesize=9))


class TestSignal:
    async def test_the_scanner_is_told(self, line: Line, running: Running) -> None:
        """A tone of its own for acceptance and for refusal, if its manual gives one."""
        scanner = SerialScanner(SerialConfig("counter", str(line.path), accept=b"\x07", refuse=b"\x15"))
        scanner.signal(True)  # noqa: FBT003 - see Scanner
        async with running(scanner):
            scanner.signal(True)  # noqa: FBT003 - see Scanner
            scanner.signal(False)  # noqa: FBT003 - see Scanner
            assert line.received(2) == b"\x07\x15"
        scanner.signal(True)  # noqa: FBT003 - see Scanner


def _send_all(device: int, codes: list[bytes]) -> None:
    for code in codes:
        rest = code + b"\r"
        while rest:
            rest = rest[os.write(device, rest) :]
