"""SIGKILL at the system calls of a restart that has something to settle; the start after it must settle the rest once.

What is open: a reservation's cancelling that nobody has answered, a line on its way out, and a paper that was begun.
"""

import asyncio
import shutil
import sqlite3
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from signal import SIGKILL
from tempfile import TemporaryDirectory

from cashier.core.facts import IntentSettled
from cashier.folder import DataFolder
from cashier.store.documents import Documents
from devices import FilePrinter, PrintJob, PrintOutcome
from tests.faults import tracer
from tests.faults.clock import ZONE
from tests.faults.figures import Figures, caught
from tests.faults.headless import Headless, build
from tests.faults.invariants import violations
from tests.faults.journal import facts, kinds
from tests.faults.process import PATIENCE, Process, goods
from tests.faults.reserving import NAME, reserve
from tests.faults.sale import BREAD, MILK, SIGN_IN, settle
from tests.faults.shown import Shown

_SOLD = (f"s:{BREAD}", "k:plus", "k:1", "k:0", "k:0", "k:0", "k:enter")
_LEAVING = (f"s:{BREAD}", f"s:{MILK}", "k:delete")
AT_ONCE = 2
_OPEN = 3
"""Intent, line and paper."""


@dataclass(frozen=True)
class _Jammed(FilePrinter):
    """A printer that takes a job and says nothing."""

    async def print(self, job: PrintJob) -> PrintOutcome:
        del job
        await asyncio.Event().wait()
        raise AssertionError


@dataclass(frozen=True)
class Crashed:
    """A folder as a crash left it, what had been shown, and what a start that nobody disturbs makes of it."""

    data: Path
    shown: Shown
    kinds: Counter[str]
    messages: tuple[str, ...]


async def _deaf(body: str) -> str:
    """Reserve, but never answer a cancelling."""
    if body.startswith("cancel"):
        await asyncio.Event().wait()
    return await reserve(body)


async def _sell(till: Headless) -> Shown:
    """Sell until all is open that a crash can leave open."""
    changed, hands = asyncio.Event(), till.house.hands
    hands.handlers[NAME] = _deaf
    assert isinstance(hands.press.printer, FilePrinter)
    hands.press = replace(hands.press, printer=_Jammed("jammed", hands.press.printer.folder))
    till.house.pump.watch(changed.set)
    work = asyncio.create_task(till.house.run())
    try:
        async with asyncio.timeout(PATIENCE):
            for line in (*SIGN_IN, *_SOLD, *_LEAVING):
                till.feed(line)
            while till.shown().open < _OPEN:
                changed.clear()
                await changed.wait()
        return till.shown()
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work
        till.close()


def crashed(folder: Path) -> Crashed:
    """Make a folder with an open intent, a line on its way out and an open print."""
    data = folder / "crashed"
    shown = asyncio.run(_sell(build(DataFolder(data), goods())))
    undisturbed = shutil.copytree(data, folder / "undisturbed")
    settle(undisturbed)
    return Crashed(data, shown, kinds(undisturbed), messages(undisturbed))


def messages(data: Path) -> tuple[str, ...]:
    """List what is to be told outside."""
    with closing(sqlite3.connect(DataFolder(data).documents)) as conn:
        return tuple(row[0] for row in conn.execute("SELECT identifier || ' ' || body FROM outbox ORDER BY 1"))


def settled(crash: Crashed, data: Path, said: Sequence[Shown] = ()) -> list[str]:
    """Check a folder after the start that settled the rest: sound, and each outcome written exactly once."""
    found = violations(data, (crash.shown, *said), at_rest=True)
    made, told = kinds(data), messages(data)
    found += [f"outcomes {made} instead of {crash.kinds}"] if made != crash.kinds else []
    return found + ([f"messages {told} instead of {crash.messages}"] if told != crash.messages else [])


def counted(crash: Crashed) -> list[tracer.Call]:
    """Start on the folder, let everything be settled, and list the calls."""
    with TemporaryDirectory() as name, Process(shutil.copytree(crash.data, Path(name) / "data")) as till:
        with tracer.traced(till.hand, Path(name) / "trace"):
            till.play(())
        return tracer.calls(Path(name) / "trace")


def killed_at(crash: Crashed, call: tracer.Call) -> tuple[bool, list[str]]:
    """Kill the settling start as it enters a call, start again; tell whether it came so far, and what is wrong."""
    with TemporaryDirectory() as name, Process(shutil.copytree(crash.data, Path(name) / "data")) as till:
        log = Path(name) / "trace"
        with tracer.traced(till.hand, log, f"{call.name}:signal=SIGKILL:when={call.number}"):
            status = till.play(())
        said = till.acknowledged
        found = violations(till.data, (crash.shown, *said))
        settle(till.data)
        found += settled(crash, till.data, said)
        reached = status == -SIGKILL and call in tracer.calls(log)
        return reached, [f"{call.name} {call.number}: {word}" for word in found]


def control(crash: Crashed, folder: Path) -> bool:
    """Write one outcome a second time: it must be found, and an undisturbed start must not be."""
    data = shutil.copytree(crash.data, folder / "control")
    settle(data)
    sound = settled(crash, data)
    token = next(fact["token"] for fact in facts(data) if fact["type"] == "IntentSettled")
    with closing(Documents(DataFolder(data).documents)) as documents:
        documents.commit(datetime.now(ZONE).isoformat(), (IntentSettled(token, "compensated"),))
    return not sound and bool(settled(crash, data))


def rehearse(*, short: bool) -> Figures:
    """Kill at all calls of the restart, or at a choice of them."""
    figures = Figures("kill during recovery", skipped=tracer.permitted())
    if figures.skipped:
        return figures
    with TemporaryDirectory() as name:
        crash = crashed(Path(name))
        made = counted(crash)
        points = tracer.chosen(made, syncs=3, others=5) if short else made
        with ThreadPoolExecutor(AT_ONCE) as tills:
            outcomes = list(tills.map(lambda call: killed_at(crash, call), points))
        figures.control = caught("an outcome written twice", control(crash, Path(name)))
    figures.done = sum(reached for reached, _ in outcomes)
    figures.violations = [word for _, found in outcomes for word in found]
    figures.violations += [f"killed at {figures.done} of {len(points)} points"] if figures.done != len(points) else []
    figures.counts = {
        "left open": crash.shown.open,
        "calls": len(made),
        "points": len(points),
        "killed there": figures.done,
    }
    return figures
