"""Scanners on the real kernel, in the guest of `scripts/vm-devices`; skipped everywhere else.

The guest is some 25 times slower than its host: what is proved here is behaviour and order, not speed.
"""

import asyncio
import errno
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices import Framing, HidConfig, HidScanner, SerialConfig, SerialScanner
from devices.hid.find import find
from tests.devices.conftest import Running, Till
from tests.devices.typist import all_typed, typed

pytestmark = [
    pytest.mark.skipif("HID_VM" not in os.environ, reason="needs a real kernel with scanners: ./scripts/vm-devices"),
    pytest.mark.timeout(300),
]

PATIENT = Framing(gap=10.0)
"""A slow guest is not a slow scanner."""

USB_KEYBOARD = HidConfig("pistol", vendor=0x0627, product=0x0001, framing=PATIENT)
AT_KEYBOARD = HidConfig("cashier", device_name="AT Translated Set 2 keyboard")
UINPUT = HidConfig("burst", vendor=0x05E0, product=0x1200)
PORT = SerialConfig("counter", "/dev/ttyUSB0", framing=PATIENT)

MARK = "0104600494694201215ABCdef\x1d91EE10\x1d92c2lnbmF0"
CODE = "0104600494694201215ABCdefGHIjkl+/MNO=pqr"


def say(line: str) -> None:
    """Tell the host to play the scanner, or print a figure there."""
    with Path(os.environ["HID_VM"]).open("w") as host:
        host.write(f"\n{line}\n")


def type_on_keyboard(text: str) -> None:
    """Let the host type."""
    say("@type " + text.encode("unicode_escape").decode().replace("\\r", "\\n"))


def send_on_port(text: str) -> None:
    """Let the host send to the serial port."""
    say("@serial " + json.dumps(text))


async def ready(till: Till, times: int) -> None:
    """Wait until a scanner has become ready so many times."""
    await till.until(lambda till: till.states.count("ready") == times)


async def unplug_and_replug(till: Till, device: str) -> None:
    """Pull the plug, see it, put it back, see it; print how long each took.

    An unplug counts from the order to the host, a replug from when the kernel has the device.
    """
    started = time.monotonic()
    say(f"@unplug {device}")
    await till.until(lambda till: till.states[-1] == "gone")
    gone = time.monotonic()
    say("@pause 1000")  # QEMU takes its time to let go of its own end
    say(f"@plug {device}")
    there = Path("/dev/ttyUSB0").exists if device == "serial" else lambda: find(USB_KEYBOARD) is not None
    async with asyncio.timeout(60):
        while not there():  # noqa: ASYNC110 - a device node has no event here
            await asyncio.sleep(0.05)
    plugged = time.monotonic()
    await till.until(lambda till: till.states[-1] == "ready")
    say(f"figure: {device} unplug seen {gone - started:.2f} s, ready {time.monotonic() - plugged:.2f} s after replug")


def grabbed_by_others(path: str) -> bool:
    """Tell whether a grab is refused because somebody has it."""
    from evdev import InputDevice  # noqa: PLC0415 - Linux only

    device = InputDevice(path)
    try:
        device.grab()
    except OSError as error:
        return error.errno == errno.EBUSY
    finally:
        device.close()
    return False


@pytest.fixture
def console() -> Iterator[Callable[[], bytes]]:
    """Return what is typed to the text console so far; it is one line each."""
    descriptor = os.open("/dev/tty1", os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)

    def read() -> bytes:
        try:
            return os.read(descriptor, 1000)
        except BlockingIOError:
            return b""

    yield read
    os.close(descriptor)


class TestUsbKeyboard:
    async def test_scan_grab_unplug_replug(self, running: Running, till: Till, console: Callable[[], bytes]) -> None:
        """The scanner is heard by the till alone, the cashier's keyboard by everybody; half a code is dropped."""
        async with running(HidScanner(USB_KEYBOARD)):
            type_on_keyboard(MARK + "\r")
            await till.until(lambda till: till.codes == [MARK.encode()])
            assert console() == b""
            assert grabbed_by_others(find(USB_KEYBOARD) or "")
            assert not grabbed_by_others(find(AT_KEYBOARD) or "")

            type_on_keyboard("46")
            say("@pause 500")
            await unplug_and_replug(till, "kbd")
            type_on_keyboard("4607\r")
            await till.until(lambda till: till.codes == [MARK.encode(), b"4607"])
            assert till.faults == ["cut_off"]
            assert console() == b""
        assert not grabbed_by_others(find(USB_KEYBOARD) or "")

    async def test_a_keyboard_held_by_another_program_is_denied(self, till: Till) -> None:
        """And taken as soon as that lets go."""
        from evdev import InputDevice  # noqa: PLC0415 - Linux only

        other = InputDevice(find(USB_KEYBOARD))
        other.grab()
        task = asyncio.create_task(HidScanner(USB_KEYBOARD).run(till))
        await till.until(lambda till: till.states[-1:] == ["denied"])
        other.close()
        await till.until(lambda till: till.states[-1] == "ready")
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def test_the_cashier_s_keyboard_reaches_the_console(
        self, running: Running, till: Till, console: Callable[[], bytes]
    ) -> None:
        """While the scanner is out the host types on the other keyboard."""
        async with running(HidScanner(USB_KEYBOARD)):
            say("@unplug kbd")
            await till.until(lambda till: till.states[-1] == "gone")
            type_on_keyboard("123\r")
            typed_there = b""
            async with asyncio.timeout(60):
                while b"123\n" not in typed_there:
                    typed_there += console()
                    await asyncio.sleep(0.05)
            say("@plug kbd")
            await ready(till, 2)
        assert till.codes == []


class TestUsbSerial:
    async def test_scan_unplug_replug(self, running: Running, till: Till) -> None:
        """A mark with GS, a cut-off half, and a scan after the replug."""
        async with running(SerialScanner(PORT)):
            send_on_port(MARK + "\r\n")
            await till.until(lambda till: till.codes == [MARK.encode()])
            send_on_port("46")
            say("@pause 500")
            await unplug_and_replug(till, "serial")
            send_on_port("4607\r")
            await till.until(lambda till: till.codes == [MARK.encode(), b"4607"])
        assert till.faults == ["cut_off"]

    async def test_a_stalled_loop_loses_nothing(self, running: Running, till: Till) -> None:
        """Fifty codes sent while nobody reads."""
        codes = [b"%013d" % number for number in range(50)]
        async with running(SerialScanner(PORT)):
            send_on_port("".join(f"{code.decode()}\r" for code in codes))
            time.sleep(0.5)  # noqa: ASYNC251 - the stall
            await till.until(lambda till: till.codes == codes)
        assert till.faults == []


@pytest.fixture
def burst() -> Iterator[Callable[[str, float], None]]:
    """Return a scanner of uinput that types a text with so many seconds between its characters."""
    from evdev import UInput  # noqa: PLC0415 - Linux only

    with UInput(name="Burst", vendor=0x05E0, product=0x1200) as device:

        def scan(text: str, pause: float) -> None:
            for events in typed(text):
                os.write(device.fd, events)
                time.sleep(pause)

        yield scan


async def bursts(till: Till, scan: Callable[[str, float], None], pause: float) -> None:
    """Scan ten times, each into a stall of the loop of half a second, and print what came."""
    for times in range(1, 11):
        hand = threading.Thread(target=scan, args=(CODE + "\r", pause))
        hand.start()
        time.sleep(0.5)  # noqa: ASYNC251 - the stall
        hand.join()
        await till.until(lambda till, times=times: len(till.numbers) == times)  # type: ignore[misc]
        await asyncio.sleep(0.5)
    say(f"figure: burst at {pause * 1000:g} ms a key: {len(till.codes)} of 10 whole, faults {till.faults}")


class TestBurst:
    """A code of forty characters; the kernel's ring holds some fifteen."""

    @pytest.mark.parametrize("pause", [0.005, 0.001])
    async def test_a_fast_scan_with_the_loop_stalled_loses_nothing(
        self, running: Running, till: Till, burst: Callable[[str, float], None], pause: float
    ) -> None:
        """As fast as scanners type; USB has no reports oftener than every millisecond."""
        async with running(HidScanner(UINPUT)):
            await bursts(till, burst, pause)
        assert till.codes == [CODE.encode()] * 10

    async def test_faster_than_any_scanner_a_loss_is_told_and_nothing_is_guessed(
        self, running: Running, till: Till, burst: Callable[[str, float], None]
    ) -> None:
        """Without any pause the slow guest loses some; each code comes whole or as one fault."""
        async with running(HidScanner(UINPUT)):
            await bursts(till, burst, 0)
        assert set(till.codes) <= {CODE.encode()}
        assert set(till.faults) <= {"lost_events"}
        assert till.numbers == list(range(1, 11))

    def test_control_one_that_does_not_read_in_time_loses(self, burst: Callable[[str, float], None]) -> None:
        """Without the reader process the same scan is dropped by the kernel: the tests above can fail."""
        descriptor = os.open(find(UINPUT) or "", os.O_RDONLY | os.O_NONBLOCK)
        burst(CODE + "\r", 0.001)
        time.sleep(0.5)
        got = len(os.read(descriptor, 1 << 16))
        os.close(descriptor)
        assert got < len(all_typed(CODE + "\r")) / 2
