"""Power cuts while the till sells, on ext4 and XFS; the control is a till that does not wait for the disk (NORMAL)."""

import random
import shutil
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.faults import disk
from tests.faults.figures import Figures, caught
from tests.faults.invariants import violations
from tests.faults.process import Process
from tests.faults.sale import BREAD, CHOCOLATE, MILK, SIGN_IN, settle

_RECEIPT = (*(f"s:{BREAD}", f"s:{MILK}", f"s:{CHOCOLATE}") * 4, "k:f6", "k:2", "k:enter", "k:plus", "k:enter")
SCRIPT = (*SIGN_IN, *_RECEIPT * 12)
MOST_TURNS = 120
"""Turns after which the power is cut at the latest."""

LOSES = 0.25
"""Part of the cuts in which the control has to lose something."""


def cut_once(powered: disk.PoweredDisk, chance: random.Random, synchronous: str = "") -> tuple[int, list[str]]:
    """Sell until the power goes; return how many turns with something to keep were acknowledged, and what is wrong."""
    data = powered.mounted / "data"
    shutil.rmtree(data, ignore_errors=True)
    with Process(data, synchronous) as till:
        till.go()
        till.send(*SCRIPT)
        till.heard(chance.randrange(1, MOST_TURNS))
        time.sleep(chance.random() * 0.005)
        acknowledged = till.acknowledged
        powered.cut()
    powered.unmount()
    powered.mount()
    found = violations(data, acknowledged, later=True)
    settle(data)
    return sum(said.seq > 0 for said in acknowledged), found + violations(data, acknowledged, later=True, at_rest=True)


def cuts(kind: str, times: int, seed: int) -> list[tuple[int, list[str]]]:
    """Cut the power of one disk again and again."""
    chance = random.Random(seed)  # noqa: S311 - chance, not secrets
    with disk.powered(kind) as powered:
        return [cut_once(powered, chance) for _ in range(times)]


def idle(series: Sequence[tuple[int, list[str]]]) -> list[str]:
    """Tell of a series of cuts before each of which nothing had been acknowledged: it could lose nothing."""
    return [] if any(turns for turns, _ in series) else [f"nothing was acknowledged before any of {len(series)} cuts"]


def lost(kind: str, most: int, enough: int) -> tuple[int, int]:
    """Cut the power of a till that does not wait for the disk until enough cuts have lost something; (lost, cuts)."""
    chance, losses = random.Random(2), 0  # noqa: S311 - chance, not secrets
    with disk.powered(kind) as powered:
        for made in range(1, most + 1):
            _, found = cut_once(powered, chance, "NORMAL")
            losses += any("I1" in word for word in found)
            if losses == enough:
                return losses, made
    return losses, most


def rehearse(*, short: bool, kind: str = "ext4") -> Figures:
    """Cut the power of a till as it is, and of one that was sabotaged."""
    figures = Figures(f"power cut, {kind}", skipped=disk.missing(kind))
    if figures.skipped:
        return figures
    times = 4 if short else 250
    with ThreadPoolExecutor(2) as disks:
        halves = list(disks.map(lambda half: cuts(kind, (times + half) // 2, half), (0, 1)))
    outcomes = [outcome for half in halves for outcome in half]
    figures.done = sum(turns for turns, _ in outcomes)
    figures.counts = {"cuts": len(outcomes), "turns acknowledged": figures.done}
    figures.violations = [word for half in halves for word in idle(half)]
    figures.violations += [word for _, found in outcomes for word in found]
    losses, made = lost(kind, 20, 1) if short else lost(kind, 40, 40)
    good = losses >= (1 if short else LOSES * made)
    figures.control = caught(f"synchronous=NORMAL lost acknowledged rows in {losses} of {made} cuts", good)
    return figures
