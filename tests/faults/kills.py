"""SIGKILL at every system call of a scripted sale that changes a file."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from signal import SIGKILL
from tempfile import TemporaryDirectory

from tests.faults import tracer
from tests.faults.figures import Figures, caught
from tests.faults.invariants import violations
from tests.faults.process import Process
from tests.faults.sabotage import forget_last
from tests.faults.sale import NEXT_SALE, SALE, settle

SCRIPT = (*SALE, *NEXT_SALE)
AT_ONCE = 2
"""Tills killed side by side."""


def counted() -> list[tracer.Call]:
    """Play the sale to its end and list its calls."""
    with TemporaryDirectory() as name, Process(Path(name) / "data") as till:
        log = Path(name) / "trace"
        with tracer.traced(till.hand, log):
            till.play(SCRIPT)
        return tracer.calls(log)


def killed_at(call: tracer.Call) -> tuple[bool, list[str]]:
    """Kill the sale as it enters a call; tell whether it came so far, and what is wrong afterwards."""
    with TemporaryDirectory() as name, Process(Path(name) / "data") as till:
        log = Path(name) / "trace"
        with tracer.traced(till.hand, log, f"{call.name}:signal=SIGKILL:when={call.number}"):
            status = till.play(SCRIPT)
        reached = status == -SIGKILL and call in tracer.calls(log)
        found = violations(till.data, till.acknowledged)
        settle(till.data)
        found += violations(till.data, till.acknowledged, at_rest=True)
        return reached, [f"{call.name} {call.number}: {word}" for word in found]


def rehearse(*, short: bool) -> Figures:
    """Kill at all calls, or at a choice of the syncs and of the others."""
    figures = Figures("kill at every system call", skipped=tracer.permitted())
    if figures.skipped:
        return figures
    made = counted()
    points = tracer.chosen(made, syncs=5, others=40) if short else made
    figures.done, figures.violations = kill_all(points)
    figures.violations += [f"killed at {figures.done} of {len(points)} points"] if figures.done != len(points) else []
    syncs = sum(call.name in tracer.SYNCING for call in made)
    figures.counts = {"calls": len(made), "of them syncs": syncs, "points": len(points), "killed there": figures.done}
    figures.control = caught("acknowledged rows cut off the journal", control())
    return figures


def kill_all(points: Sequence[tracer.Call]) -> tuple[int, list[str]]:
    """Kill at each of the calls; return how many were reached, and all violations."""
    with ThreadPoolExecutor(AT_ONCE) as tills:
        outcomes = list(tills.map(killed_at, points))
    return sum(reached for reached, _ in outcomes), [word for _, found in outcomes for word in found]


def control() -> list[str]:
    """Sell without a fault, then take the last rows away as a till would that shows before it commits."""
    with TemporaryDirectory() as name, Process(Path(name) / "data") as till:
        till.play(SALE)
        forget_last(till.data)
        return violations(till.data, till.acknowledged)
