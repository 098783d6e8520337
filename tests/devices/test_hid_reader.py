"""The reader process from inside, and what the events mean."""

import errno
import os
import struct
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.hid import reader
from devices.hid.events import EventStream
from tests.devices.conftest import Keyboard
from tests.devices.typist import DROPPED, MARK, REPORT, all_typed, key, presses


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

    def test_a_keyboard_is_claimed_before_it_is_read(self, keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch) -> None:
        """Grab, clock, mask, lamp; the lamp is told."""
        asked: list[int] = []

        def accept(_: int, request: int, argument: object) -> None:
            asked.append(request)
            if isinstance(argument, bytearray):
                argument[0] = 0b111

        monkeypatch.setattr("fcntl.ioctl", accept)
        device = os.open(keyboard.path, os.O_RDONLY | os.O_NONBLOCK)
        assert reader._claim(device) == 1
        os.close(device)
        assert asked == [reader.EVIOCGRAB, reader.EVIOCSCLOCKID, reader.EVIOCSMASK, reader.EVIOCGLED]

    def test_a_device_that_breaks_is_gone(self, tmp_path: Path) -> None:
        """Any error of reading, here that of a folder, is an end."""
        folder = os.open(tmp_path, os.O_RDONLY)
        assert not reader._drain(folder, bytearray())
        os.close(folder)

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


def test_the_kernel_s_event_is_24_bytes() -> None:
    """As on every 64-bit Linux."""
    assert reader.EVENT.size == struct.calcsize("qqHHi") == 24
