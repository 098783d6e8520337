"""Plays a keyboard scanner: the key events that the kernel would give for a code."""

import time
from itertools import chain

from devices.hid.keys import PLAIN, SHIFTED
from devices.hid.reader import EVENT

SHIFT, CTRL, ENTER, RIGHT_BRACKET = 42, 29, 28, 27
DOWN, UP = 1, 0
MSC_SCAN = 4
MARK = "0104600494694201215ABCdef\x1d91EE10\x1d92c2lnbmF0dXJl"
DROPPED = EVENT.pack(0, 0, 0, 3, 0)
REPORT = EVENT.pack(0, 0, 0, 0, 0)

CODES = {char: code for code, char in reversed(PLAIN.items())}
SHIFTED_CODES = {char: code for code, char in reversed(SHIFTED.items()) if char not in CODES}


def key(code: int, value: int) -> bytes:
    """Return one key going down or up, with the scan code before and the report after, as USB keyboards send it."""
    return EVENT.pack(0, 0, MSC_SCAN, MSC_SCAN, 0x70000 + code) + EVENT.pack(0, 0, 1, code, value) + REPORT


def tap(code: int) -> bytes:
    """Return a key going down and up."""
    return key(code, DOWN) + key(code, UP)


def under(modifier: int, code: int) -> bytes:
    """Return a key tapped while another is held."""
    return key(modifier, DOWN) + tap(code) + key(modifier, UP)


def typed(text: str) -> list[bytes]:
    """Return the events of each character, Enter for CR, Ctrl+] for GS."""
    return [_one(char) for char in text]


def _one(char: str) -> bytes:
    if char == "\r":
        return tap(ENTER)
    if char == "\x1d":
        return under(CTRL, RIGHT_BRACKET)
    return tap(CODES[char]) if char in CODES else under(SHIFT, SHIFTED_CODES[char])


def presses(events: bytes) -> list[tuple[int, int]]:
    """Return code and value of the keys among events."""
    return [(code, value) for _, _, kind, code, value in EVENT.iter_unpack(events) if kind == 1]


def all_typed(text: str) -> bytes:
    """Return the events of a whole text."""
    return b"".join(chain(typed(text)))


def stamped(events: bytes) -> bytes:
    """Return the events with the time of now, as the kernel stamps them."""
    seconds, rest = divmod(time.monotonic(), 1)
    return b"".join(EVENT.pack(int(seconds), int(rest * 1e6), *event[2:]) for event in EVENT.iter_unpack(events))
