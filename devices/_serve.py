"""Keeps one device open and reads it: the loop that serial and HID scanners share."""

import asyncio
import contextlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from devices._intake import Intake
from devices.happening import Sink

OPEN_AGAIN = 0.5
"""Seconds between two tries to open a device."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Bytes that came, None for some that were lost; `at` is when by `time.monotonic()`, None if nobody saw it."""

    data: bytes | None
    at: float | None


class Source(Protocol):
    """An open device whose descriptor says when there is something to read."""

    @property
    def detail(self) -> str:
        """What to show beside `ready`, the device's path."""
        ...

    @property
    def lag(self) -> float:
        """Seconds that what has come may be on its way to us, for silence to be believed."""
        ...

    def fileno(self) -> int:
        """Return the descriptor to wait for."""
        ...

    def read(self) -> list[Arrival]:
        """Return what has come, nothing if nothing has.

        Raises:
            OSError: the device has gone.
        """
        ...

    def close(self) -> None:
        """Let the device go; called in a thread, may block, never fails."""
        ...


async def serve(opened: Callable[[], Source], intake: Intake, sink: Sink) -> None:
    """Open the device, read it, open it again, until cancelled. `opened` is called in a thread and may block."""
    intake.connect(sink)
    intake.tell("opening", "")
    try:
        while True:
            await _session(opened, intake)
            await intake.drained()
            await asyncio.sleep(OPEN_AGAIN)
    finally:
        intake.tell("stopped", "")
        intake.connect(None)


async def _session(opened: Callable[[], Source], intake: Intake) -> None:
    """Read from one opening of the device to its end, which is told as a state."""
    try:
        source = await _open(opened)
        try:
            intake.tell("ready", source.detail)
            await _pull(source, intake)
        finally:
            intake.cut()
            # In a thread: the kernel may wait for a line's last bytes to go out, and a process to end.
            await asyncio.to_thread(source.close)
    except PermissionError as error:
        intake.tell("denied", _words(error))
    except OSError as error:
        intake.tell("gone", _words(error))


async def _open(opened: Callable[[], Source]) -> Source:
    opening = asyncio.ensure_future(asyncio.to_thread(opened))
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        # A thread cannot be called back: what it opens late must be closed.
        with contextlib.suppress(OSError):
            await asyncio.to_thread((await opening).close)
        raise


async def _pull(source: Source, intake: Intake) -> None:
    # Silence is believed only after a read that found nothing: when the loop itself was late, bytes may be waiting.
    while True:
        await _readable(source.fileno(), None if intake.deadline is None else intake.deadline + source.lag)
        pieces = source.read()
        if not pieces:
            intake.expire(time.monotonic() - source.lag)
        for piece in pieces:
            _take(piece, intake)
        await intake.drained()


def _take(piece: Arrival, intake: Intake) -> None:
    at = time.monotonic() if piece.at is None else piece.at
    if piece.at is not None:
        intake.expire(at)
    if piece.data is None:
        intake.lose(at)
    else:
        intake.take(piece.data, at)


async def _readable(descriptor: int, until: float | None) -> None:
    """Return when there is something to read, an end included, or when the moment `until` has come."""
    loop = asyncio.get_running_loop()
    woken: asyncio.Future[None] = loop.create_future()
    loop.add_reader(descriptor, _wake, woken)
    try:
        await asyncio.wait([woken], timeout=None if until is None else max(until - time.monotonic(), 0))
    finally:
        loop.remove_reader(descriptor)


def _wake(woken: "asyncio.Future[None]") -> None:
    if not woken.done():
        woken.set_result(None)


def _words(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else str(error)
