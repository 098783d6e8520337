"""The reader process: takes key events out of the kernel the moment they come and keeps them until the till has time.

    python reader.py /dev/input/event3

The kernel keeps 64 events for a reader, about 10 characters of a scan. A program that also draws a screen is late for
some of them; this one does nothing else. It is a script by itself, of the standard library and without imports from
this package, and so up in a few hundredths of a second.

To standard output go RECORDs: seconds of `time.monotonic()`, and type, code and value of `struct input_event` (Linux
input-event-codes.h). Only what decides about characters is passed on: keys down and up, the CapsLock lamp, dropped
events. The first record is the lamp and says that the device is open and grabbed. Exit status: 0 the till has
gone, ENODEV the device has gone, else the errno that kept it from being opened.
"""

import errno
import fcntl
import os
import select
import struct
import sys
import time

EVENT = struct.Struct("@llHHi")
RECORD = struct.Struct("=dHHi")

EV_SYN, EV_KEY, EV_LED = 0, 1, 0x11
SYN_REPORT, SYN_DROPPED = 0, 3
LED_CAPSL = 1
KEY_UP, KEY_DOWN = 0, 1

EVIOCGRAB = 0x40044590
EVIOCGLED = 0x80084519

GONE = errno.ENODEV

CHUNK = 64 * EVENT.size
"""Bytes of one read: the whole ring of the kernel."""

KEPT = 1 << 20
"""Bytes of records kept for a till that does not read, some 500 codes; then the kernel has to drop."""


def main(path: str, till: int) -> int:
    """Copy from the device to the till's pipe until one of the two has gone; return the exit status."""
    try:
        device = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        lamp = _grab(device)
    except OSError as error:
        return error.errno or GONE
    os.set_blocking(till, False)
    kept = bytearray(_record(EV_LED, LED_CAPSL, lamp))
    try:
        _copy(device, till, kept)
        os.set_blocking(till, True)
        os.write(till, kept)
    except BrokenPipeError:
        return 0
    finally:
        os.close(device)
    return GONE


def _grab(device: int) -> int:
    """Keep the events from everybody else; return the CapsLock lamp. A pipe, in tests, has nothing to grab."""
    lamps = bytearray(8)
    try:
        fcntl.ioctl(device, EVIOCGRAB, 1)
        fcntl.ioctl(device, EVIOCGLED, lamps)
    except OSError as error:
        if error.errno not in {errno.ENOTTY, errno.EINVAL}:
            raise
    return lamps[0] >> LED_CAPSL & 1


def _copy(device: int, till: int, kept: bytearray) -> None:
    """Return when the device has gone; what the till has not read yet is in `kept` then."""
    dropping = False
    watch = select.poll()
    while True:
        watch.register(till, select.POLLOUT if kept else 0)
        watch.register(device, select.POLLIN if len(kept) < KEPT else 0)
        ready = dict(watch.poll())
        if device in ready:
            events = _read(device)
            if not events:
                return
            dropping = _note(events, kept, dropping=dropping)
        if ready.get(till, 0) & select.POLLERR:
            # Polled even when there is nothing to write: a till that has died must not leave its keyboard grabbed.
            raise BrokenPipeError
        if till in ready:
            del kept[: os.write(till, kept)]


def _read(device: int) -> bytes:
    try:
        return os.read(device, CHUNK)
    except OSError:
        return b""


def _note(events: bytes, kept: bytearray, *, dropping: bool) -> bool:
    """Append the events that matter; after SYN_DROPPED none does up to the next SYN_REPORT (kernel: event-codes)."""
    for _, _, kind, code, value in EVENT.iter_unpack(events):
        if (kind, code) == (EV_SYN, SYN_DROPPED):
            dropping = True
            kept += _record(EV_SYN, SYN_DROPPED, 0)
        elif (kind, code) == (EV_SYN, SYN_REPORT):
            dropping = False
        elif not dropping and (kind == EV_KEY or (kind, code) == (EV_LED, LED_CAPSL)) and value in {KEY_UP, KEY_DOWN}:
            kept += _record(kind, code, value)
    return dropping


def _record(kind: int, code: int, value: int) -> bytes:
    return RECORD.pack(time.monotonic(), kind, code, value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdout.fileno()))
