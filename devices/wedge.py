"""Scanners that type into the terminal: a filter before any key handling, the last resort.

With a prefix that no key produces (STX) everything from prefix to suffix is a scan and the rest is the keyboard.
Without one only speed tells: a run of printable bytes, 8 or more, less than 50 ms apart, that ends in the suffix. A
typed key then waits those 50 ms to be known as typed, and a slow scanner is taken for typing: set a prefix.
"""

import time
from dataclasses import dataclass, field
from itertools import count

from devices.framing import Framing
from devices.happening import Broken, Reason, Scan

BURST_LENGTH = 8
BURST_GAP = 0.05
"""Seconds; scanners type a key in 1 to 30 ms, people seldom below 60."""

ESCAPE = b"\x1b"

Split = tuple[list[Scan | Broken], bytes]
"""What the scanner said, and the bytes that are for the keyboard."""


@dataclass(frozen=True, slots=True)
class WedgeConfig:
    """A scanner that types. `framing.suffix` None is possible: silence then ends a scan."""

    name: str
    framing: Framing = field(default_factory=Framing)


class Wedge:
    """Splits what the terminal sends, raw bytes, into scans and typing. Clockless but for `Scan.at`."""

    def __init__(self, config: WedgeConfig) -> None:
        self._name = config.name
        self._framing = config.framing
        self._gap = config.framing.gap if config.framing.prefix else min(config.framing.gap, BURST_GAP)
        self._numbers = count(1)
        self._kept = bytearray()
        self._last = 0.0
        self._skipping = False
        self._ended_by_cr = False

    @property
    def deadline(self) -> float | None:
        """The moment from which `expire` has something to do, None if nothing is kept back."""
        return self._last + self._gap if self._kept or self._skipping else None

    def feed(self, data: bytes, now: float) -> Split:
        """Take what was read from the terminal at `now` (seconds, never going back)."""
        found, keys = self.expire(now)
        self._last = now
        if not self._framing.prefix and ESCAPE in data:
            # A key's escape sequence must stay whole and at once; no scanner types one.
            kept = bytes(self._kept)
            self._kept.clear()
            return found, keys + kept + data
        typed = bytearray(keys)
        for value in data:
            found += self._take(value, typed)
        return found, bytes(typed)

    def expire(self, now: float) -> Split:
        """Decide by silence about the bytes that were kept back."""
        if self.deadline is None or now < self.deadline:
            return [], b""
        kept, skipping = bytes(self._kept), self._skipping
        self._kept.clear()
        self._skipping = False
        if skipping:
            return [], b""
        return self._decide(kept)

    def _decide(self, kept: bytes) -> Split:
        prefix = self._framing.prefix
        if not kept.startswith(prefix) or (not prefix and self._framing.suffix):
            return [], kept
        payload = kept.removeprefix(prefix)
        if self._framing.suffix:
            return [self._broken("too_slow")], b""
        if not prefix and len(payload) < BURST_LENGTH:
            return [], kept
        return [self._scan(payload)], b""

    def _take(self, value: int, typed: bytearray) -> list[Scan | Broken]:
        ended_by_cr, self._ended_by_cr = self._ended_by_cr, False
        if ended_by_cr and value == ord("\n"):
            return []
        self._kept.append(value)
        if self._ends():
            return self._end(typed)
        if not self._skipping and not self._may_be_scan():
            self._release(typed)
        return self._bounded()

    def _ends(self) -> bool:
        return self._framing.suffix is not None and self._inside() and self._kept.endswith(self._framing.suffix)

    def _inside(self) -> bool:
        return self._skipping or self._kept.startswith(self._framing.prefix)

    def _may_be_scan(self) -> bool:
        prefix, suffix = self._framing.prefix, self._framing.suffix or b""
        if prefix:
            return self._inside() or prefix.startswith(self._kept)
        return _printable(self._kept[-1]) or self._kept[-1] in suffix

    def _release(self, typed: bytearray) -> None:
        # What looked like the beginning of a prefix was typing up to where a prefix may begin again.
        prefix = self._framing.prefix
        while self._kept and not (prefix and prefix.startswith(self._kept)):
            typed.append(self._kept.pop(0))

    def _end(self, typed: bytearray) -> list[Scan | Broken]:
        kept, skipping = bytes(self._kept), self._skipping
        suffix, prefix = self._framing.suffix or b"", self._framing.prefix
        self._kept.clear()
        self._skipping = False
        payload = kept.removeprefix(prefix).removesuffix(suffix)
        if not skipping and not prefix and len(payload) < BURST_LENGTH:
            typed += kept
            return []
        self._ended_by_cr = suffix == b"\r"
        return [] if skipping or not payload else [self._scan(payload)]

    def _bounded(self) -> list[Scan | Broken]:
        if self._skipping:
            del self._kept[: -len(self._framing.suffix or b" ")]
        elif len(self._kept) > self._framing.limit + len(self._framing.suffix or b""):
            self._kept.clear()
            self._skipping = True
            return [self._broken("too_long")]
        return []

    def _scan(self, payload: bytes) -> Scan:
        return Scan(self._name, next(self._numbers), payload, time.monotonic())

    def _broken(self, reason: Reason) -> Broken:
        return Broken(self._name, next(self._numbers), reason, time.monotonic())


def _printable(value: int) -> bool:
    """Tell whether a byte belongs to text, to Cyrillic in UTF-8, or is GS."""
    return value == 0x1D or (value >= ord(" ") and value != 0x7F)  # noqa: PLR2004 - GS and DEL
