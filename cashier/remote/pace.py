"""How long to wait before a repetition, and which messages others must not overtake meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from cashier.store.outbox import Lane

_DOUBLINGS: Final = 30
"""More would be no longer wait, only a larger number."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Waits that double up to a limit, in seconds; by chance shorter, so that tills do not come back all at once."""

    shortest: float
    longest: float
    chance: Callable[[], float]
    """Anything from 0 to 1."""

    def wait(self, failures: int) -> float:
        """Return the wait after the first failure (0) or a later one."""
        doubled: float = self.shortest * 2 ** min(failures, _DOUBLINGS)
        return min(doubled, self.longest) * (1 - self.chance() / 2)


@dataclass(slots=True)
class Held:
    """Lanes whose first message the server does not take yet: nothing of them is sent before its time."""

    pace: Pace
    _lanes: dict[Lane, tuple[int, float]] = field(default_factory=dict)
    """Failures so far, and the moment of the next try."""

    def hold(self, lane: Lane, since: float) -> None:
        """Hold a lane back, each time for longer."""
        failures = self._lanes[lane][0] + 1 if lane in self._lanes else 0
        self._lanes[lane] = failures, since + self.pace.wait(failures)

    def put_off(self, lane: Lane, due: float) -> None:
        """Hold a lane back until then; that is no failure."""
        self._lanes[lane] = self._lanes[lane][0] if lane in self._lanes else -1, due

    def free(self, lane: Lane) -> None:
        """Forget a lane: its message is through, or parked."""
        self._lanes.pop(lane, None)

    def lanes(self, now: float) -> list[Lane]:
        """Return the lanes whose time has not come."""
        return [lane for lane, (_, due) in self._lanes.items() if due > now]

    def next(self, now: float) -> float:
        """Return the seconds until the time of the next lane comes; infinite for none."""
        return min((due - now for _, due in self._lanes.values() if due > now), default=float("inf"))
