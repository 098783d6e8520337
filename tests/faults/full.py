"""A disk that is full or fails: the till says so at once, loses nothing it has shown, and works again afterwards."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import disk, tracer
from tests.faults.figures import Figures, caught
from tests.faults.invariants import violations
from tests.faults.process import Process, SilentError
from tests.faults.sabotage import forget_last
from tests.faults.sale import BREAD, GROUPS, SALE, settle
from tests.faults.shortage import Filler, Shortage, SizeLimit
from tests.faults.shown import Shown, ShownReceipt

SOON = 1.0
"""Seconds within which the trouble must be said."""

RETRIES = 5
_QUIET = "a disk that took nothing led to no refusal"


@dataclass
class Outcome:
    """What a sale on a bad disk came to."""

    refusals: int = 0
    slowest: float = 0.0
    found: list[str] = field(default_factory=list)
    started: bool = True
    failed: bool = True
    """The disk was really bad."""


def sold(till: Process, shortage: Shortage) -> Outcome:
    """Sell; each part of the sale is first tried on the bad disk and then, if it was refused, again on the good one."""
    outcome = Outcome()
    till.go()
    till.heard(1)
    for group in GROUPS:
        shortage.begin()
        refused = _tried(till, group, outcome)
        shortage.end()
        for _ in range(RETRIES):
            if not refused:
                break
            till.ask("k:enter")
            refused = _tried(till, group, outcome)
        else:
            outcome.found.append(f"{group} does not work again")
    outcome.found += _left_open(till)
    till.end()
    return outcome


def _left_open(till: Process) -> list[str]:
    """Sell one thing more, which shows that the disk is well; nothing may be left without an outcome then."""
    for _ in range(RETRIES):
        last = till.ask("k:escape", "k:escape", f"s:{BREAD}")
        if not last.said.startswith("disk_"):
            break
    return [f"{last.open} intents, lines or papers are left open while the till works"] if last.open else []


def _tried(till: Process, group: tuple[str, ...], outcome: Outcome) -> bool:
    """Do a part of the sale; tell whether the disk was said to refuse it, with nothing changed."""
    for line in group:
        known, began = len(till.acknowledged), time.monotonic()
        after = till.ask(line)
        took = time.monotonic() - began
        if after.said.startswith("disk_"):
            outcome.refusals += 1
            outcome.slowest = max(outcome.slowest, took)
            outcome.found += [f"{line}: said after {took:.1f} s"] if took > SOON else []
            outcome.found += _moved(till.acknowledged[known - 1 :], line)
            return True
    return False


def _moved(turns: list[Shown], line: str) -> list[str]:
    """Tell whether the turn that was refused changed anything that the turn before it had shown."""
    refused = next(index for index, turn in enumerate(turns) if turn.said.startswith("disk_"))
    before, after = turns[refused - 1], turns[refused]
    same = (_open(before), before.seq, before.head) == (_open(after), after.seq, after.head)
    return [] if same else [f"{line} was refused, but {before} became {after}"]


def _open(turn: Shown) -> ShownReceipt | None:
    return turn.receipt if turn.receipt and not turn.receipt.closed else None


def checked(till: Process, outcome: Outcome) -> Outcome:
    """Check the folder after the sale, start again and check once more."""
    outcome.found += violations(till.data, till.acknowledged)
    settle(till.data)
    outcome.found += violations(till.data, till.acknowledged, at_rest=True)
    return outcome


def small_limit() -> Outcome:
    """Sell under a limit of file size that comes and goes."""
    with TemporaryDirectory() as name, Process(Path(name) / "data") as till:
        return checked(till, sold(till, SizeLimit(till.pid)))


def small_disk() -> Outcome:
    """Sell on a small disk that is full again and again."""
    with disk.in_memory(4096) as mounted, Process(mounted / "data") as till:
        return checked(till, sold(till, Filler(mounted / "filler")))


def failing(call: tracer.Call, error: str) -> Outcome:
    """Sell with one system call that fails."""
    with TemporaryDirectory() as name, Process(Path(name) / "data") as till:
        try:
            with tracer.traced(till.hand, Path(name) / "trace", f"{call.name}:error={error}:when={call.number}"):
                outcome = sold(till, Shortage())
        except SilentError as silence:
            outcome = Outcome(started=bool(till.acknowledged))
            outcome.found += [f"ended: {silence}"] if outcome.started else []
        outcome = checked(till, outcome)
        outcome.failed = tracer.injected(Path(name) / "trace")
        outcome.found += [] if outcome.failed else ["the call was never made"]
        outcome.found = [f"{error} at {call.name} {call.number}: {word}" for word in outcome.found]
        return outcome


def rehearse(*, short: bool) -> Figures:
    """Sell under a size limit, on a small disk, and with each write or sync failing once."""
    figures = Figures("full or failing disk")
    outcomes = [small_limit()]
    notes = [word for word in (disk.missing("tmpfs"), tracer.permitted()) if word]
    outcomes += [] if disk.missing("tmpfs") else [small_disk()]
    swept = [] if tracer.permitted() else sweep(short=short)
    outcomes += swept
    figures.done = sum(outcome.refusals for outcome in outcomes) + sum(outcome.failed for outcome in swept)
    figures.counts = {
        "refusals said": sum(outcome.refusals for outcome in outcomes),
        "slowest": f"{max(outcome.slowest for outcome in outcomes) * 1000:.0f} ms",
        "calls failed": sum(outcome.failed for outcome in swept),
        "starts refused": sum(not outcome.started for outcome in swept),
        **({"left out": "; ".join(notes)} if notes else {}),
    }
    figures.violations = [word for outcome in outcomes for word in outcome.found]
    figures.violations += (
        [] if all(outcome.refusals for outcome in outcomes[: len(outcomes) - len(swept)]) else [_QUIET]
    )
    figures.control = caught("a sale shown and not kept", control())
    return figures


def sweep(*, short: bool) -> list[Outcome]:
    """Let each call of a sale fail once, or a choice of them, with EIO and ENOSPC by turns."""
    with TemporaryDirectory() as name, Process(Path(name) / "data") as till:
        with tracer.traced(till.hand, Path(name) / "trace"):
            till.play(SALE)
        made = tracer.calls(Path(name) / "trace")
    points = tracer.chosen(made, syncs=6, others=60) if short else made
    errors = [("EIO", "ENOSPC")[index % 2] for index in range(len(points))]
    with ThreadPoolExecutor(2) as tills:
        return list(tills.map(failing, points, errors))


def control() -> list[str]:
    """Lose what was acknowledged, as a till would that goes on when a commit fails."""
    with TemporaryDirectory() as name, Process(Path(name) / "data") as till:
        till.play(SALE)
        forget_last(till.data)
        return violations(till.data, till.acknowledged)
