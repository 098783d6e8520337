"""SIGKILL in a day with marks: at the system calls of the till's files, and at each step of each request."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from queue import SimpleQueue
from signal import SIGKILL
from tempfile import TemporaryDirectory

from tests.faults import tracer
from tests.faults.figures import Figures, caught
from tests.faults.invariants import violations
from tests.faults.mark_controls import CONTROLS, found_by
from tests.faults.mark_person import finished, settled
from tests.faults.mark_server import Market
from tests.faults.mark_weather import ALL, EVERYWHERE, SHORT, Request, Weather, deadly
from tests.faults.money import stand
from tests.faults.process import Process

AT_ONCE = 2
ENOUGH = 0.95
"""Part of the points that must be reached: queue and sale go side by side, and the last answers find no till."""
Point = tracer.Call | Request


@dataclass(frozen=True)
class Sweep:
    """Kills in one weather."""

    weather: Weather
    markets: SimpleQueue[Market]

    @contextmanager
    def _market(self) -> Iterator[Market]:
        market = self.markets.get()
        try:
            yield market
        finally:
            self.markets.put(market)

    def counted(self) -> tuple[list[tracer.Call], list[Request]]:
        """Play the day to its end; list the calls, and how far each request came."""
        passed: list[Request] = []
        with self._market() as market, TemporaryDirectory() as name:
            data, log = Path(name) / "data", Path(name) / "trace"
            marked = self.weather.over(market, data)
            market.passed = lambda number, stage: passed.append((number, stage))
            with Process(data, marked=marked) as till, tracer.traced(till.hand, log):
                assert till.play(self.weather.given) == 0
            return tracer.calls(log), passed

    def killed_at(self, point: Point, *, give_up: bool) -> tuple[bool, list[str]]:
        """Kill the day at a point, finish it; tell whether it came so far, and what is wrong."""
        with self._market() as market, TemporaryDirectory() as name:
            data = Path(name) / "data"
            marked = self.weather.over(market, data)
            stands = [stand(data)] if self.weather.crash else []
            with Process(data, marked=marked) as till:
                with _deadly(market, till, point, Path(name) / "trace"):
                    status = till.play(self.weather.given)
                said = [*stands, *till.acknowledged]
            found = violations(data, said)
            market.mend()
            found += settled(data, market, checked=self.weather.checked)
            found += violations(data, said, at_rest=True)
            found += [*finished(data, market, give_up=give_up), *violations(data, at_rest=True)]
        return status == -SIGKILL, [f"{self.weather.name}, {point}: {word}" for word in found]

    def swept(self, points: Sequence[Point]) -> tuple[int, list[str]]:
        """Kill at each of the points; every other time the open receipt is given up and not paid."""
        with ThreadPoolExecutor(AT_ONCE) as tills:
            outcomes = list(tills.map(lambda one, up: self.killed_at(one, give_up=up), points, cycle((False, True))))
        return sum(reached for reached, _ in outcomes), [word for _, found in outcomes for word in found]


def _deadly(market: Market, till: Process, point: Point, log: Path) -> AbstractContextManager[None]:
    if isinstance(point, tracer.Call):
        return tracer.traced(till.hand, log, f"{point.name}:signal=SIGKILL:when={point.number}")
    return deadly(market, till, point)


@contextmanager
def markets(folder: Path) -> Iterator[SimpleQueue[Market]]:
    """Open a server for each till that is killed beside others."""
    with ExitStack() as stack:
        free: SimpleQueue[Market] = SimpleQueue()
        for number in range(AT_ONCE):
            free.put(stack.enter_context(Market(folder / f"server-{number}.db")))
        yield free


def chosen(weather: Weather, made: Sequence[tracer.Call], passed: Sequence[Request]) -> list[Point]:
    """Choose where to kill: everywhere in fair weather and at a restart, else at syncs and requests; a few in tests."""
    syncs = [call for call in made if call.name in tracer.SYNCING]
    if weather is SHORT:
        return [*syncs[::9], *passed[1::9]]
    return [*(made if weather in EVERYWHERE else syncs), *passed]


def rehearse(*, short: bool) -> Figures:
    """Kill in all weathers, or at a choice of points of a short day."""
    figures = Figures("kill with marks", skipped=tracer.permitted())
    if figures.skipped:
        return figures
    with TemporaryDirectory() as name, markets(Path(name)) as free:
        for weather in (SHORT,) if short else ALL:
            sweep = Sweep(weather, free)
            points = chosen(weather, *sweep.counted())
            reached, found = sweep.swept(points)
            figures.done += reached
            figures.violations += found
            figures.violations += (
                [f"{weather.name}: killed at {reached} only"] if reached < ENOUGH * len(points) else []
            )
            figures.counts |= {f"{weather.name}: points": len(points), f"{weather.name}: killed": reached}
    missed = [control.name for control in CONTROLS if not found_by(control)]
    figures.control = caught(f"{len(CONTROLS)} sabotages, unseen: {missed or 'none'}", not missed)
    return figures
