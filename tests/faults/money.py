"""SIGKILL at every file-changing call of payment and of the end of a day; then a person finishes the day."""

import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from signal import SIGKILL
from tempfile import TemporaryDirectory

from cashier.folder import DataFolder
from cashier.store.documents import Documents
from tests.faults import tracer
from tests.faults.books import mistakes
from tests.faults.day import CARD_SALE, CASH_SALE, CLOSING, RECEIPTS, Day, ZReport
from tests.faults.figures import Figures, caught
from tests.faults.invariants import violations
from tests.faults.money_controls import PAYMENT, SHIFT, Control, found_by
from tests.faults.person import Sabotage, sound, spend, switched_off
from tests.faults.process import Process
from tests.faults.roll import Paper
from tests.faults.shown import Shown

AT_ONCE = 2
_STARTS: dict[Paper, tuple[Sabotage, ...]] = {"roll": (sound, switched_off), "file": (switched_off, sound)}
_PAPERS: tuple[Paper, ...] = ("roll", "file")


@dataclass(frozen=True)
class Part:
    """A part of a day that is killed."""

    name: str
    before: Day
    """Done without a fault."""
    killed: Day
    after: Day
    """Done when the till is well again."""
    files: frozenset[str]
    """Where its commit points are: a kill must come at each of these files."""
    controls: tuple[Control, ...]

    @property
    def day(self) -> Day:
        """All of it."""
        return (*self.before, *self.killed, *self.after)


_FISCAL = frozenset({"documents.db-wal", ".open.json.new", "fiscal.jsonl", "paper"})
_CARDS = _FISCAL | {"terminal.jsonl"}
ALL = {
    "payment": Part("kill in payment", (), RECEIPTS, (ZReport(),), _CARDS, PAYMENT),
    "shift": Part("kill at the end of a day", (CASH_SALE, CARD_SALE), CLOSING, (), _FISCAL, SHIFT),
}
CHOICE = {
    "payment": Part("kill in payment", (CASH_SALE,), (CARD_SALE,), (ZReport(),), _CARDS, PAYMENT),
    "shift": Part("kill at the end of a day", (CASH_SALE,), (ZReport(),), (CASH_SALE,), _FISCAL, SHIFT),
}
"""What the tests kill: one payment by card and one Z, at each of their syncs."""


@dataclass(frozen=True)
class Prepared:
    """A folder before the part that is killed, and what is given to the till there."""

    part: Part
    data: Path
    stands: Shown
    inputs: tuple[str, ...]
    paper: Paper

    @classmethod
    def make(cls, part: Part, folder: Path, paper: Paper) -> "Prepared":
        """Do what comes before, and see once what a person gives to a till that works."""
        data = folder / "before"
        spend(data, part.before, paper=paper)
        inputs = spend(shutil.copytree(data, folder / "sound"), (*part.before, *part.killed), paper=paper)
        return cls(part, data, stand(data), tuple(inputs), paper)

    def counted(self, folder: Path) -> list[tracer.Call]:
        """Play the part to its end and list its calls, with the files they are about."""
        with Process(shutil.copytree(self.data, folder / "counted"), paper=self.paper) as till:
            with tracer.traced(till.hand, folder / "trace"):
                till.play(self.inputs)
            return tracer.calls(folder / "trace")

    def killed_at(self, call: tracer.Call, start: Sabotage) -> tuple[bool, list[str]]:
        """Kill the part as it enters a call, finish the day; tell whether it came so far, and what is wrong."""
        with TemporaryDirectory() as name:
            data, log = shutil.copytree(self.data, Path(name) / "data"), Path(name) / "trace"
            with Process(data, paper=self.paper) as till:
                with tracer.traced(till.hand, log, f"{call.name}:signal=SIGKILL:when={call.number}"):
                    status = till.play(self.inputs)
                reached = status == -SIGKILL and call in tracer.calls(log)
                said = (self.stands, *till.acknowledged)
                found = violations(data, said)
                found += finished(data, self.part.day, self.paper, start)
                found += violations(data, said, at_rest=True)
        return reached, [f"{self.paper}, {start.__name__}, {call.name} {call.number}: {word}" for word in found]


def stand(data: Path) -> Shown:
    """Tell how far the journal of a folder has come."""
    with closing(Documents(DataFolder(data).documents)) as documents:
        return Shown(documents._seq, documents._head.hex(), "", None, None)


def finished(data: Path, day: Day, paper: Paper, start: Sabotage) -> list[str]:
    """Start again, let a person finish the day, and check the books."""
    try:
        spend(data, day, paper=paper, sabotage=start)
    except (AssertionError, TimeoutError) as stuck:
        return [f"the day cannot be finished: {stuck!r}"]
    return mistakes(data, day)


def swept(part: Part, paper: Paper, *, syncs_only: bool) -> Figures:
    """Kill a part at its calls, or at its syncs, and finish the day each time; by turns the devices are off then."""
    figures = Figures(part.name)
    with TemporaryDirectory() as name:
        prepared = Prepared.make(part, Path(name), paper)
        made, places = prepared.counted(Path(name)), tracer.places(Path(name) / "trace")
        points = [call for call in made if call.name in tracer.SYNCING or not syncs_only]
        with ThreadPoolExecutor(AT_ONCE) as tills:
            outcomes = list(tills.map(prepared.killed_at, points, cycle(_STARTS[paper])))
    hit = Counter(_place(places[call]) for call in points)
    figures.done = sum(reached for reached, _ in outcomes)
    figures.violations = [word for _, found in outcomes for word in found]
    figures.violations += [f"killed at {figures.done} of {len(points)} points"] if figures.done != len(points) else []
    figures.violations += [f"no kill at {file}" for file in sorted(part.files - hit.keys())]
    figures.counts = {
        "calls": len(made),
        "points": len(points),
        **{f"at {file}": hit[file] for file in sorted(part.files)},
    }
    return figures


def _place(file: str) -> str:
    return "paper" if file == "roll.jsonl" or ".txt" in file else file


def rehearse(*, short: bool, name: str) -> Figures:
    """Kill at all calls, and again at the syncs with a file for a printer; or at the syncs of one payment or one Z."""
    part = (CHOICE if short else ALL)[name]
    figures = Figures(part.name, skipped=tracer.permitted())
    if figures.skipped:
        return figures
    for paper in _PAPERS[: 1 if short else 2]:
        own = swept(part, paper, syncs_only=short or paper == "file")
        figures.done += own.done
        figures.violations += own.violations
        figures.counts |= {f"{paper}: {what}": count for what, count in own.counts.items()}
    missed = [control.name for control in part.controls if not found_by(control)]
    figures.control = caught(f"{len(part.controls)} sabotages, unseen: {missed or 'none'}", not missed)
    return figures
