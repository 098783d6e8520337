"""The reader process: takes key events out of the kernel the moment they come and keeps them until the till has time.

    python reader.py /dev/input/event3

The kernel keeps 64 events for a reader. A program that also draws a screen is late for some of them; this one only
copies. It is a script by itself, of the standard library and without imports from this package, and so up in a few
hundredths of a second.

To standard output go `struct input_event`s as the kernel gave them, stamped by it with the clock of `time.monotonic()`.
The first is made up: it tells the CapsLock lamp, and that the device is open and grabbed. Exit status: 0 the till has
gone, ENODEV the device has gone, else the errno that kept it from being opened.
"""

import array
import errno
import fcntl
import os
import select
import struct
import sys
import time

EVENT = struct.Struct("@llHHi")
"""Seconds, microseconds, type, code, value; numbers of Linux input-event-codes.h."""

EV_SYN, EV_KEY, EV_LED = 0, 1, 0x11
LED_CAPSL = 1

EVIOCGLED = 0x80084519
EVIOCGRAB = 0x40044590
EVIOCSMASK = 0x40104593
EVIOCSCLOCKID = 0x400445A0

GONE = errno.ENODEV
CHUNK = 64 * EVENT.size
"""Bytes of one read: the whole ring of the kernel."""

KEPT = 1 << 22
"""Bytes kept for a till that does not read, some thousand codes; then the kernel has to drop."""


def main(path: str, till: int) -> int:
    """Copy from the device to the till's pipe until one of the two has gone; return the exit status."""
    try:
        device = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        lamp = _claim(device)
    except OSError as error:
        return error.errno or GONE
    os.set_blocking(till, False)
    kept = bytearray(EVENT.pack(0, 0, EV_LED, LED_CAPSL, lamp))
    try:
        _copy(device, till, kept)
        os.set_blocking(till, True)
        os.write(till, kept)
    except BrokenPipeError:
        return 0
    finally:
        os.close(device)
    return GONE


def _claim(device: int) -> int:
    """Keep the events from everybody else; return the CapsLock lamp. A pipe, in tests, has nothing to claim."""
    lamps = bytearray(8)
    try:
        fcntl.ioctl(device, EVIOCGRAB, 1)
        fcntl.ioctl(device, EVIOCSCLOCKID, struct.pack("i", time.CLOCK_MONOTONIC))
        # Scan codes, a third of all events, would only crowd the kernel's ring.
        types = array.array("B", (1 << EV_SYN | 1 << EV_KEY | 1 << EV_LED).to_bytes(8, "little"))
        fcntl.ioctl(device, EVIOCSMASK, struct.pack("IIQ", EV_SYN, len(types), types.buffer_info()[0]))
        fcntl.ioctl(device, EVIOCGLED, lamps)
    except OSError as error:
        if error.errno != errno.ENOTTY:
            raise
    return lamps[0] >> LED_CAPSL & 1


def _copy(device: int, till: int, kept: bytearray) -> None:
    """Return when the device has gone; what the till has not read yet is in `kept` then."""
    watch = select.poll()
    while True:
        # The till's end is polled even with nothing to write: if it dies, its keyboard must not stay grabbed.
        watch.register(till, select.POLLOUT if kept else 0)
        watch.register(device, select.POLLIN if len(kept) < KEPT else 0)
        ready = dict(watch.poll())
        if device in ready and not _drain(device, kept):
            return
        if ready.get(till, 0) & select.POLLERR:
            raise BrokenPipeError
        if till in ready:
            del kept[: os.write(till, kept)]


def _drain(device: int, kept: bytearray) -> bool:
    """Read until nothing is left, for the ring fills again while one looks elsewhere; False if the device has gone."""
    try:
        while len(kept) < KEPT and (events := os.read(device, CHUNK)):
            kept += events
    except BlockingIOError:
        return True
    except OSError:
        return False
    return len(kept) >= KEPT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdout.fileno()))
