r"""Cuts a stream of bytes into frames.

    >>> framer = Framer(Framing())
    >>> framer.feed(b"4600494694201\r\n46", now=0.0)
    [b'4600494694201']
    >>> framer.feed(b"07\r", now=0.01)
    [b'4607']
    >>> framer.feed(b"half", now=1.0), framer.expire(now=1.4)
    ([], ['too_slow'])

The rule is that of UnifiedPOS, made stricter: a frame counts only between two terminators, with at most `limit` bytes
and at most `gap` seconds between its bytes; anything else is one fault and a fresh start at the next terminator. Until
then nothing is lost without a word: what comes after a further pause, the next scan of a scanner whose terminator is
another one, is a fault again, at most one per `gap`.
"""

from dataclasses import dataclass

from devices.happening import Reason


@dataclass(frozen=True, slots=True)
class Framing:
    """How a scanner marks the ends of a frame.

    `prefix` must open every frame when it is not empty. `suffix` None means that silence of `gap` seconds ends a frame;
    after CR a line feed is swallowed. `limit` counts bytes without the suffix.
    """

    prefix: bytes = b""
    suffix: bytes | None = b"\r"
    gap: float = 0.3
    limit: int = 512


class Framer:
    """Pure: the bytes and the moments come in, frames (bytes) and faults (reasons) come out, in order."""

    def __init__(self, framing: Framing) -> None:
        self._framing = framing
        self._buffer = bytearray()
        self._last = 0.0
        self._skipping = False
        self._silence_heals = False
        self._quiet = False
        """While skipping: silence has come, so what follows is no more of what was told."""
        self._untold = False
        """While skipping: bytes were dropped that no fault has told of."""
        self._told = 0.0

    @property
    def deadline(self) -> float | None:
        """The moment from which `expire` has something to do, None while no frame is begun."""
        begun = not self._quiet if self._skipping else bool(self._buffer)
        return self._last + self._framing.gap if begun else None

    def feed(self, data: bytes, now: float) -> list[bytes | Reason]:
        """Take bytes that came by `now` (seconds, never going back).

        Silence before them is not judged here: a reader that knows when they came calls `expire` first, one that may
        have been late itself does not, lest its own delay be taken for the scanner's.
        """
        self._last = now
        self._buffer += data
        found = self._terminated() + self._overlong()
        if self._skipping and self._quiet and data:
            self._quiet, self._untold = False, True
        return found

    def expire(self, now: float) -> list[bytes | Reason]:
        """End by silence what has waited for its next byte for the whole gap."""
        if self.deadline is None or now < self.deadline:
            return []
        if self._silence_heals or self._framing.suffix is None:
            return self._end_by_silence()
        told = self._skipping and not self._untold
        if not told:
            self._skip(now)
        self._quiet = True
        return [] if told else ["too_slow"]

    def cut(self) -> list[bytes | Reason]:
        """Drop half a frame because the device has gone, and start afresh."""
        begun = self._untold if self._skipping else bool(self._buffer)
        self._restart()
        return ["cut_off"] if begun else []

    def lose(self, now: float) -> list[bytes | Reason]:
        """Drop the frame under way because a part of it was lost.

        What follows up to the next terminator, or up to a silence if the terminator was lost too, is its rest.
        """
        told = self._skipping and not self._untold
        self._skip(now)
        self._last = now
        self._silence_heals = True
        return [] if told else ["lost_events"]

    def _terminated(self) -> list[bytes | Reason]:
        found: list[bytes | Reason] = []
        if suffix := self._framing.suffix:
            while (end := self._buffer.find(suffix)) >= 0:
                body = bytes(self._buffer[:end])
                del self._buffer[: end + len(suffix)]
                found += self._close(body)
            if suffix == b"\r" and not self._skipping:
                self._buffer[:] = self._buffer.lstrip(b"\n")
        return found

    def _overlong(self) -> list[bytes | Reason]:
        spare = max(len(self._framing.suffix or b"") - 1, 0)
        if self._skipping:
            self._keep_tail()
        elif len(self._buffer) > self._framing.limit + spare:
            self._skip(self._last)
            self._silence_heals = self._framing.suffix is None
            return ["too_long"]
        return []

    def _close(self, body: bytes) -> list[bytes | Reason]:
        if self._skipping:
            untold = self._untold or (self._quiet and bool(body))
            self._skipping = self._silence_heals = self._quiet = self._untold = False
            return ["too_slow"] if untold and self._last - self._told >= self._framing.gap else []
        return self._judge(body.lstrip(b"\n") if self._framing.suffix == b"\r" else body)

    def _end_by_silence(self) -> list[bytes | Reason]:
        body = b"" if self._skipping else bytes(self._buffer)
        self._restart()
        return self._judge(body)

    def _judge(self, body: bytes) -> list[bytes | Reason]:
        if not body or body == self._framing.prefix:
            return []
        if len(body) > self._framing.limit:
            return ["too_long"]
        if not body.startswith(self._framing.prefix):
            return ["cut_off"]
        return [body.removeprefix(self._framing.prefix)]

    def _skip(self, now: float) -> None:
        self._skipping, self._quiet, self._untold, self._told = True, False, False, now
        self._keep_tail()

    def _keep_tail(self) -> None:
        # A terminator of several bytes may have begun already.
        tail = max(len(self._framing.suffix or b"") - 1, 0)
        del self._buffer[: len(self._buffer) - tail]

    def _restart(self) -> None:
        self._buffer.clear()
        self._skipping = self._silence_heals = self._quiet = self._untold = False
