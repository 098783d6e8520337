"""From bytes of one device to numbered happenings in the till's queue."""

import asyncio
import time
from collections import deque
from itertools import count

from devices.framing import Framer, Framing
from devices.happening import Broken, Happening, Reason, Scan, Sink, State, Status

OFFER_AGAIN = 0.02
"""Seconds between two offers to a full queue."""

HOLD = 512
"""Frames kept while the queue is full. One read of a port, 4096 bytes, has no more of eight bytes and longer."""


class Intake:
    """Numbers the frames of one scanner, keeps them while the till's queue is full, tells each state once."""

    def __init__(self, device: str, framing: Framing) -> None:
        self._device = device
        self._framer = Framer(framing)
        self._numbers = count(1)
        self._held: deque[Scan | Broken] = deque()
        self._sink: Sink | None = None
        self._state: tuple[State, str] = ("stopped", "")

    @property
    def deadline(self) -> float | None:
        """The moment of `time.monotonic()` at which silence means something, None if it means nothing."""
        return self._framer.deadline

    def connect(self, sink: Sink | None) -> None:
        """Hand everything to this sink from now on; None keeps it."""
        self._sink = sink

    def tell(self, state: State, detail: str) -> None:
        """Tell the device's state unless it was the last one told."""
        if (state, detail) != self._state:
            self._state = (state, detail)
            self._say(state, detail)

    def take(self, data: bytes, now: float) -> None:
        """Take bytes that came by `now`."""
        self._deliver_all(self._framer.feed(data, now))

    def expire(self, now: float) -> None:
        """Take note that nothing has come by `now`."""
        self._deliver_all(self._framer.expire(now))

    def cut(self) -> None:
        """Drop half a frame because the device has gone."""
        self._deliver_all(self._framer.cut())

    def lose(self, now: float) -> None:
        """Drop the frame under way because a part of it was lost at `now`."""
        self._deliver_all(self._framer.lose(now))

    def deliver(self, piece: bytes | Reason) -> None:
        """Number a frame or a fault and hand it over, or keep it behind those that wait already."""
        number, now = next(self._numbers), time.monotonic()
        reason: Reason | None = "overflow" if len(self._held) >= HOLD else None
        if isinstance(piece, bytes) and reason is None:
            self._held.append(Scan(self._device, number, piece, now))
        else:
            self._held.append(Broken(self._device, number, reason or _reason(piece), now))
        if len(self._held) == 1:
            self._offer()

    async def drained(self) -> None:
        """Wait until the till has taken everything, saying so if that takes longer than one offer."""
        if not self._held or self._offer():
            return
        self._say("stopped", "the till's queue is full")
        while not self._offer():  # noqa: ASYNC110 - a full queue has no event to wait for, by the sink's contract
            await asyncio.sleep(OFFER_AGAIN)
        self._say(*self._state)

    def _deliver_all(self, pieces: list[bytes | Reason]) -> None:
        for piece in pieces:
            self.deliver(piece)

    def _offer(self) -> bool:
        while self._held and self._hand(self._held[0]):
            self._held.popleft()
        return not self._held

    def _say(self, state: State, detail: str) -> None:
        self._hand(Status(self._device, state, detail))

    def _hand(self, happening: Happening) -> bool:
        return self._sink is not None and self._sink(happening)


def _reason(piece: bytes | Reason) -> Reason:
    return "overflow" if isinstance(piece, bytes) else piece
