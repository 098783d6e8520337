"""A keyboard scanner: real `input_event` bytes through the real reader process, a named pipe for the device."""

import asyncio
import errno
import threading
import time

import pytest

from devices import HidConfig, HidScanner
from devices.hid.scanner import _refusal
from tests.devices.conftest import Keyboard, Running, Till
from tests.devices.typist import DROPPED, MARK, REPORT, all_typed, key, typed


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


@pytest.mark.alone
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

    async def test_a_reader_that_does_not_come_up_is_ended(
        self, scanner: HidScanner, till: Till, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """And tried again like any device that is not there."""
        monkeypatch.setattr("devices.hid.scanner.START", 0.0)
        task = asyncio.create_task(scanner.run(till))
        await till.until(lambda till: till.states == ["opening", "gone"])
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    def test_a_device_that_another_program_holds_is_denied(self) -> None:
        """The reader's exit status tells."""
        assert isinstance(_refusal(errno.EBUSY), PermissionError)
        assert isinstance(_refusal(errno.EACCES), PermissionError)
        assert not isinstance(_refusal(errno.ENODEV), PermissionError)
