"""What a scanner tells the till, and the two ends of that conversation."""

from dataclasses import dataclass
from typing import Literal, Protocol

Reason = Literal["too_long", "too_slow", "cut_off", "overflow", "lost_events"]
"""Why a frame cannot be used.

too_long: more bytes than the limit. too_slow: a pause inside the frame. cut_off: its start or its end is missing
(unplugged, no prefix). overflow: the till did not take frames for so long that this one was let go. lost_events: the
kernel dropped key events.
"""

State = Literal["opening", "ready", "gone", "denied", "stopped"]
"""What can be had from a device now.

opening: not tried yet. ready: scans arrive. gone: not there, tried again by itself. denied: there, but not allowed or
held by another program, tried again by itself. stopped: takes nothing, because `run` has ended or the till's queue is
full; the detail says which, and `ready` follows the latter.
"""


@dataclass(frozen=True, slots=True)
class Scan:
    """One complete frame: `data` is what stood between prefix and suffix, GS (0x1D) kept.

    `number` counts every frame of the device from 1, broken ones too, and is never used twice in a run. `at` is the
    moment of `time.monotonic()` when the frame was complete, in seconds.
    """

    device: str
    number: int
    data: bytes
    at: float


@dataclass(frozen=True, slots=True)
class Broken:
    """A frame that cannot be used; nothing of its content is told, lest half a code be sold."""

    device: str
    number: int
    reason: Reason
    at: float


@dataclass(frozen=True, slots=True)
class Status:
    """A device changed its state; `detail` is the operating system's own words or the device's path."""

    device: str
    state: State
    detail: str


Happening = Scan | Broken | Status


class Sink(Protocol):
    """Takes what scanners tell. Called in the event loop, must not block.

    `False` for a Scan or a Broken means that the till's queue is full: it was not taken. The scanner then reads no
    further, says `Status(stopped)`, offers the same happening again every 20 ms and goes on in order once it is taken;
    until then the kernel's buffers hold what arrives. A Status is told once whatever the answer, so it should not be
    counted against the queue.
    """

    def __call__(self, happening: Happening, /) -> bool:
        """Take one happening; False if there is no room for it."""
        ...


class Scanner(Protocol):
    """A scanner of any kind."""

    @property
    def name(self) -> str:
        """The name from the settings, `device` in every happening."""
        ...

    async def run(self, sink: Sink) -> None:
        """Read until cancelled. Opens, and opens again after an unplug; no fault of the device is raised."""
        ...

    def signal(self, accepted: bool, /) -> None:  # noqa: FBT001 - the question has two answers and no third
        """Sound or flash on the device itself, where it can; never blocks, never fails."""
        ...
