"""A clock that nobody can set: it goes on while the machine sleeps, and only a start of the machine puts it back."""

import time
from typing import Final

_CLOCK: Final[int | None] = getattr(time, "CLOCK_BOOTTIME", None)


def uptime() -> float:
    """Tell the seconds on it; where the system has no such clock, on one that stands still while the machine sleeps."""
    return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)
