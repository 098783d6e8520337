"""A keyboard scanner: real `input_event` bytes through the real reader process, a named pipe for the device."""

import asyncio
import errno
import os
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices import HidConfig, HidScanner
from devices.hid import reader
from devices.hid.events import EventStream
from devices.hid.find import find
from devices.hid.scanner import _refusal
from tests.devices.conftest import Running, Till
from tests.devices.typist import DROPPED, REPORT, all_typed, key, presses, stamped, typed

MARK = "0104600494694201215ABCdef\x1d91EE10\x1d92c2lnbmF0dXJl"


class Keyboard:
    """A device node made of a named pipe; the test types on it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.plug()

    def plug(self) -> None:
        """Make the node; both ends stay open here, so that neither opening blocks."""
        os.mkfifo(self.path)
        self._end = os.open(self.path, os.O_RDWR)

    def unplug(self) -> None:
        """Take the node away; its reader sees the end."""
        self.path.unlink()
        os.close(self._end)

    def type(self, events: bytes) -> None:
        """Send events as the kernel would, whole ones."""
        for start in range(0, len(events), 2400):
            os.write(self._end, stamped(events[start : start + 2400]))


@pytest.fixture
def keyboard(tmp_path: Path) -> Iterator[Keyboard]:
    """Return a plugged keyboard."""
    made = Keyboard(tmp_path / "event3")
    yield made
    if made.path.exists():
        made.unplug()


@pytest.fixture
def scanner(keyboard: Keyboard) -> HidScanner:
    """Return a scanner on the keyboard."""
    return HidScanner(HidConfig("pistol", device=str(keyboard.path)))


class TestReading:
    async def test_a_mark_arrives(self, keyboard: Keyboard, scanner: HidScanner, running: Running, till: Till) -> None:
        """Both cases, GS as Ctrl+], Enter at the end."""
        async with running(scanner):
            keyboard.type(all_typed(MARK + "\r"))
            await till.until(lambda till: till.codes == [MARK.encode()])
            scanner.signal(True)  # noqa: FBT003 - see Scanner
        assert till.states == ["opening", "ready", "stopped"]
        assert (till.numbers, scanner.name) == ([1], "pistol")

    async def test_a_fast_scan_with_the_loop_stalled_loses_nothing(
        self, keyboard: Keyboard, scanner: HidScanner, running: Running, till: Till
    ) -> None:
        """The reader process takes the events while the till is busy; its own delay is no pause either."""

        def scan() -> None:
            for events in typed((MARK + "\r") * 5):
                keyboard.type(events)
                time.sleep(0.001)

        async with running(scanner):
            hand = threading.Thread(target=scan)
            hand.start()
            time.sleep(0.5)  # noqa: ASYNC251 - the stall
            await till.until(lambda till: till.codes == [MARK.encode()] * 5)
            hand.join()
        assert till.faults == []

    async def test_a_pause_is_told(self, keyboard: Keyboard, scanner: HidScanner, running: Running, till: Till) -> None:
        """Half a code and then nothing is one fault; the rest belongs to it."""
        async with running(scanner):
            keyboard.type(all_typed("4600"))
            await till.until(lambda till: till.faults == ["too_slow"])
            keyboard.type(all_typed("494\r4607\r"))
            await till.until(lambda till: till.codes == [b"4607"])

    async def test_lost_events_are_told_and_nothing_is_guessed(
        self, keyboard: Keyboard, scanner: HidScanner, running: Running, till: Till
    ) -> None:
        """After SYN_DROPPED neither half of the code is used, and held keys are let go."""
        async with running(scanner):
            keyboard.type(all_typed("46") + key(42, 1) + DROPPED + all_typed("9")[:48] + REPORT + all_typed("42\r"))
            keyboard.type(all_typed("4607a\r"))
            await till.until(lambda till: till.codes == [b"4607a"])
        assert till.faults == ["lost_events"]

    async def test_a_till_without_room_lets_the_reader_keep_the_events(
        self, keyboard: Keyboard, scanner: HidScanner, running: Running, till: Till
    ) -> None:
        """More than the pipe holds is kept, and arrives in order when there is room."""
        till.room = 0
        codes = [b"%08d" % number for number in range(1000)]
        async with running(scanner):
            for code in codes:
                await asyncio.to_thread(keyboard.type, all_typed(code.decode() + "\r"))
            await till.until(lambda till: till.states[-1] == "stopped")
            till.room = float("inf")
            await till.until(lambda till: till.codes == codes)


class TestHotPlug:
    async def test_unplug_and_replug(
        self, keyboard: Keyboard, scanner: HidScanner, running: Running, till: Till
    ) -> None:
        """Unplug is seen within 1 s, half a code is dropped, replug works within 2 s."""
        async with running(scanner):
            keyboard.type(all_typed("46"))
            await asyncio.sleep(0.05)
            keyboard.unplug()
            await till.until(lambda till: till.states[-1] == "gone", patience=1)
            keyboard.plug()
            await till.until(lambda till: till.states[-1] == "ready", patience=2)
            keyboard.type(all_typed("4607\r"))
            await till.until(lambda till: till.codes == [b"4607"])
        assert till.faults == ["cut_off"]

    async def test_a_scanner_that_nobody_names_is_gone(self, till: Till) -> None:
        """With nothing to know it by, no keyboard is taken."""
        task = asyncio.create_task(HidScanner(HidConfig("pistol")).run(till))
        await till.until(lambda till: till.states == ["opening", "gone"])
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def test_a_device_that_is_not_there_is_tried_again(
        self, keyboard: Keyboard, scanner: HidScanner, till: Till
    ) -> None:
        """It is told once, and read when it comes."""
        keyboard.unplug()
        task = asyncio.create_task(scanner.run(till))
        await till.until(lambda till: till.states == ["opening", "gone"])
        keyboard.plug()
        await till.until(lambda till: till.states == ["opening", "gone", "ready"])
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def test_cancelling_while_it_opens_leaves_no_process(self, scanner: HidScanner, till: Till) -> None:
        """The process that comes up late is ended (an unended one would be a warning, and so a failure)."""
        task = asyncio.create_task(scanner.run(till))
        await till.until(lambda till: till.states == ["opening"])
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert till.states == ["opening", "stopped"]

    def test_a_device_that_another_program_holds_is_denied(self) -> None:
        """The reader's exit status tells."""
        assert isinstance(_refusal(errno.EBUSY), PermissionError)
        assert isinstance(_refusal(errno.EACCES), PermissionError)
        assert not isinstance(_refusal(errno.ENODEV), PermissionError)


class TestReader:
    """The reader's program, in a thread of this process."""

    def test_it_ends_when_the_device_has_gone(self, keyboard: Keyboard) -> None:
        """What it had is handed over before."""
        ours, theirs = os.pipe()
        keyboard.type(all_typed("1"))
        result: list[int] = []
        thread = threading.Thread(target=lambda: result.append(reader.main(str(keyboard.path), theirs)))
        thread.start()
        first = os.read(ours, reader.EVENT.size)
        keyboard.unplug()
        thread.join()
        os.close(theirs)
        assert reader.EVENT.unpack(first)[2:] == (reader.EV_LED, reader.LED_CAPSL, 0)
        assert presses(os.read(ours, 1000)) == [(2, 1), (2, 0)]
        os.close(ours)
        assert result == [errno.ENODEV]

    def test_it_ends_when_the_till_has_gone(self, keyboard: Keyboard) -> None:
        """Even if nothing is scanned any more: a grabbed keyboard must come free."""
        ours, theirs = os.pipe()
        result: list[int] = []
        thread = threading.Thread(target=lambda: result.append(reader.main(str(keyboard.path), theirs)))
        thread.start()
        os.read(ours, reader.EVENT.size)
        os.close(ours)
        thread.join(5)
        os.close(theirs)
        assert result == [0]

    def test_a_device_that_another_program_holds_is_told_by_the_status(
        self, keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A grab that is refused ends the reader: to share the keyboard would be to lose codes to others."""

        def refuse(*_: object) -> None:
            raise OSError(errno.EBUSY, "x")

        monkeypatch.setattr("fcntl.ioctl", refuse)
        assert reader.main(str(keyboard.path), 1) == errno.EBUSY

    def test_a_device_that_cannot_be_opened_is_told_by_the_status(self, tmp_path: Path) -> None:
        """The status is the error's number."""
        assert reader.main(str(tmp_path / "nothing"), 1) == errno.ENOENT


class TestEvents:
    """What the events mean, without a process."""

    def test_only_presses_give_characters(self) -> None:
        """Repeats made by the kernel, scan codes, reports and other lamps are signs of life only."""
        other_lamp = reader.EVENT.pack(0, 0, reader.EV_LED, 0, 1)
        assert characters(key(30, 1) + key(30, 2) + key(30, 0) + other_lamp) == b"a"

    def test_the_lamp_turns_letters(self) -> None:
        """As the reader tells it first, and as it changes."""
        lamp = reader.EVENT.pack(0, 0, reader.EV_LED, reader.LED_CAPSL, 1)
        assert characters(lamp + all_typed("aB1")) == b"Ab1"

    def test_nothing_counts_between_a_drop_and_the_next_report(self) -> None:
        """The kernel's rule; the drop itself is told."""
        arrivals = EventStream().feed(key(30, 1) + DROPPED + key(31, 1)[:48] + REPORT + key(32, 1))
        assert [arrival.data for arrival in arrivals if arrival.data != b""] == [b"a", None, b"d"]

    def test_each_has_the_kernel_s_time(self) -> None:
        """Seconds and microseconds."""
        (arrival,) = EventStream().feed(reader.EVENT.pack(5, 250_000, 1, 30, 1))
        assert (arrival.data, arrival.at) == (b"a", 5.25)

    @given(st.integers(1, 100))
    def test_events_may_be_cut_anywhere(self, size: int) -> None:
        """A pipe knows no events."""
        events, stream = all_typed(MARK), EventStream()
        pieces = [events[start : start + size] for start in range(0, len(events), size)]
        assert b"".join(arrival.data or b"" for piece in pieces for arrival in stream.feed(piece)) == MARK.encode()


def characters(events: bytes) -> bytes:
    """Return the characters of events."""
    return b"".join(arrival.data or b"" for arrival in EventStream().feed(events))


def sysfs_keyboard(root: Path, number: int, name: str, phys: str, keys: str = "fffffffffffffffe") -> None:
    """Describe a device as the kernel does; those on USB are of one vendor."""
    vendor = "05e0" if phys.startswith("usb") else "0001"
    device = root / f"event{number}" / "device"
    (device / "id").mkdir(parents=True)
    (device / "capabilities").mkdir()
    for file, text in {"name": name, "phys": phys, "id/vendor": vendor, "id/product": "1200"}.items():
        (device / file).write_text(text + "\n")
    (device / "capabilities" / "key").write_text(f"1000000000007 {keys}\n")


class TestFinding:
    @pytest.fixture
    def sysfs(self, tmp_path: Path) -> Path:
        """Describe the cashier's keyboard, a scanner with a second node for its settings, and its twin."""
        sysfs_keyboard(tmp_path, 2, "AT Translated Set 2 keyboard", "isa0060/serio0/input0")
        sysfs_keyboard(tmp_path, 10, "Symbol Scanner", "usb-1/input0")
        sysfs_keyboard(tmp_path, 9, "Symbol Scanner Control", "usb-1/input1", keys="0")
        sysfs_keyboard(tmp_path, 11, "Symbol Scanner", "usb-2/input0")
        return tmp_path

    @pytest.mark.parametrize(
        ("config", "path"),
        [
            (HidConfig("x", vendor=0x05E0), "/dev/input/event10"),
            (HidConfig("x", vendor=0x05E0, product=0x1200, phys="usb-2/input0"), "/dev/input/event11"),
            (HidConfig("x", device_name="Symbol Scanner"), "/dev/input/event10"),
            (HidConfig("x", device_name="Symbol Scanner", product=0x1201), None),
            (HidConfig("x", device_name="Symbol Scanner Control"), None),
            (HidConfig("x", device="/dev/input/by-id/a"), "/dev/input/by-id/a"),
            (HidConfig("x"), None),
        ],
    )
    def test_all_that_is_named_must_agree(self, sysfs: Path, config: HidConfig, path: str | None) -> None:
        """And only a device that types is taken."""
        assert find(config, sysfs) == path

    def test_a_device_pulled_out_meanwhile_is_no_match(self, sysfs: Path) -> None:
        """Its files have gone while its name is still listed."""
        for file in (sysfs / "event10" / "device").rglob("*"):
            if file.is_file():
                file.unlink()
        assert find(HidConfig("x", vendor=0x05E0), sysfs) == "/dev/input/event11"


def test_the_kernel_s_event_is_24_bytes() -> None:
    """As on every 64-bit Linux."""
    assert reader.EVENT.size == struct.calcsize("qqHHi") == 24
