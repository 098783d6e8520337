"""SIGKILL while a restart settles a charge, a registering, a paper or a closing; the next start settles the rest."""

import asyncio
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from signal import SIGKILL
from tempfile import TemporaryDirectory

from cashier.core import facts as f
from tests.faults import tracer
from tests.faults.figures import Figures, caught
from tests.faults.invariants import violations
from tests.faults.money import finished
from tests.faults.money_controls import DAY, Control, broken_off, found_by, repeats_the_charge
from tests.faults.person import sound
from tests.faults.process import Process

AT_ONCE = 2
DARK: tuple[type[f.AnyFact], ...] = (f.TenderTaken, f.RegisterBegun, f.PrintEnded, f.ShiftClosed)
"""What the crash kept from being written down: the answer of the terminal, and so on."""


def counted(crashed: Path) -> list[tracer.Call]:
    """Start on the folder, let everything be settled, and list the calls."""
    with TemporaryDirectory() as name, Process(shutil.copytree(crashed, Path(name) / "data"), paper="roll") as till:
        with tracer.traced(till.hand, Path(name) / "trace"):
            till.play(())
        return tracer.calls(Path(name) / "trace")


def killed_at(crashed: Path, call: tracer.Call) -> tuple[bool, list[str]]:
    """Kill the settling start as it enters a call, finish the day; tell whether it came so far, and what is wrong."""
    with TemporaryDirectory() as name:
        data, log = shutil.copytree(crashed, Path(name) / "data"), Path(name) / "trace"
        with Process(data, paper="roll") as till:
            with tracer.traced(till.hand, log, f"{call.name}:signal=SIGKILL:when={call.number}"):
                status = till.play(())
            found = finished(data, DAY, "roll", sound)
            found += violations(data, till.acknowledged, at_rest=True)
        reached = status == -SIGKILL and call in tracer.calls(log)
    return reached, [f"{crashed.name}, {call.name} {call.number}: {word}" for word in found]


def swept(crashed: Path, *, short: bool) -> list[tuple[bool, list[str]]]:
    """Kill at each call of a start on the folder, or at each third sync."""
    made: Sequence[tracer.Call] = counted(crashed)
    points = [call for call in made if call.name in tracer.SYNCING][::3] if short else made
    with ThreadPoolExecutor(AT_ONCE) as tills:
        return list(tills.map(lambda call: killed_at(crashed, call), points))


def rehearse(*, short: bool) -> Figures:
    """Kill the settling of each thing that a crash can leave open."""
    figures = Figures("kill while money is settled", skipped=tracer.permitted())
    if figures.skipped:
        return figures
    for kind in DARK:
        with TemporaryDirectory() as name:
            crashed = Path(name) / f"without {kind.__name__}"
            asyncio.run(broken_off(crashed, Control(kind)))
            outcomes = swept(crashed, short=short)
        figures.counts[f"{kind.__name__} not written, points"] = len(outcomes)
        figures.done += sum(reached for reached, _ in outcomes)
        figures.violations += [word for _, found in outcomes for word in found]
        figures.violations += ["not every point was reached"] if not all(reached for reached, _ in outcomes) else []
    figures.control = caught("a charge that is repeated", found_by(Control(f.TenderTaken, repeats_the_charge)))
    return figures
