"""In which weather a day with marks is killed: how the server is, and what a crash has left from before."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from os import kill
from pathlib import Path
from signal import SIGKILL

from msgspec.structs import replace as changed

from cashier.demo.faults import Fault, FaultName
from tests.faults import mark_day
from tests.faults.day import Inputs
from tests.faults.mark_server import Asked, Market, Stage
from tests.faults.mark_till import Marked
from tests.faults.process import Process

SLOW = Fault("slow", seconds=0.3)
"""Longer than the till waits then."""

Request = tuple[int, Stage]


@dataclass(frozen=True)
class Weather:
    """How the server is while a till is killed; afterwards it is well."""

    name: str
    inputs: Inputs
    spoilt: Mapping[Asked, Fault | FaultName] = field(default_factory=dict)
    queue: bool = True
    timeout: float = 2.0
    ignores: bool = True
    checked: bool = True
    """A line stands only with its reserve."""
    crash: Request | None = None
    """Of the day, whose queue is off: it is the restart after that which is killed."""

    def over(self, market: Market, data: Path) -> Marked:
        """Let it be so, and return how the till stands to the server."""
        market.clear()
        market.server.put(mark_day.ki(mark_day.SOLD_ELSEWHERE), "SOLD")
        market.rivals = frozenset({mark_day.ki(mark_day.LOST)})
        market.weather = self.spoilt
        marked = Marked(market.root, timeout=self.timeout, ignores=self.ignores, queue=self.queue)
        if self.crash:
            _crash(market, data, changed(marked, queue=False), self.inputs, self.crash)
        return marked

    @property
    def given(self) -> Inputs:
        """What the till is given that is killed; a restart has enough to do by itself."""
        return () if self.crash else self.inputs


def _crash(market: Market, data: Path, marked: Marked, inputs: Inputs, request: Request) -> None:
    with Process(data, marked=marked) as till, deadly(market, till, request):
        assert till.play(inputs) == -SIGKILL
    market.still()
    market.bodies.clear()


@contextmanager
def deadly(market: Market, till: Process, request: Request) -> Iterator[None]:
    """Kill the till when a request has come so far."""

    def passed(number: int, stage: Stage) -> None:
        if (number, stage) == request:
            kill(till.pid, SIGKILL)

    market.passed = passed
    yield
    market.passed = lambda _number, _stage: None


FAIR = Weather("fair", mark_day.DAY)
LOST = Weather("answers lost", mark_day.UNCHECKED, {"status": "lost", "reserve": "lost"}, queue=False)
DOWN = Weather("server down", mark_day.UNCHECKED, {"status": "down", "reserve": "down"}, queue=False, checked=False)
LATE = Weather("reserves too late", mark_day.OVERTAKEN, {"reserve": SLOW}, timeout=0.1, ignores=False)
RESTART = replace(FAIR, name="restart", crash=(11, "asked"))
"""With an open reserve, the fifth, and messages that wait."""
TOBACCO = Weather("tobacco", mark_day.TOBACCO)
SMOKED = replace(TOBACCO, name="restart with tobacco", crash=(3, "done"))
"""With two packs at prices that were chosen; the reserve of the second one is made, and its answer lost."""
SHORT = Weather("fair", mark_day.SHORT)
ALL = (FAIR, LOST, DOWN, LATE, RESTART, TOBACCO, SMOKED)
EVERYWHERE = (FAIR, RESTART, TOBACCO, SMOKED)
"""Killed at each system call, not at the syncs alone."""
