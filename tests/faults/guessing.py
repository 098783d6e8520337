"""An automated attacker guesses a password for half an hour: at the sign-in and at the question for another's right.

The machine's clock is set to and fro, the program and the machine are started again; only time that really goes by
counts. The sharpest attacker loses no time over any of that.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from cashier.core import modes as m
from cashier.core.events import PasswordChecked
from cashier.core.machines.delays import LONGEST
from tests.faults.clock import ZONE
from tests.faults.day import keys
from tests.faults.figures import Figures, caught
from tests.faults.headless import Headless
from tests.faults.person import Person, at_work
from tests.faults.sale import BREAD

WINDOW = 1800.0
"""Seconds of the attack."""

MOST = 10
"""Comparisons that an attacker may get in that time, for one code."""

VICTIM, ACCOMPLICE, OTHER = "2", "1", "3"
"""Code and password of each are the same: the senior who is attacked, a cashier who helps, and one who works."""

_DAYS = 400


@dataclass(frozen=True)
class Way:
    """How it is attacked; each chance is that of one guess."""

    name: str
    for_right: bool = False
    """At the question for another's right, by a cashier who is signed in."""
    starts: float = 0.0
    """Chance that the program is started again."""
    boots: float = 0.0
    """Chance that the machine is, with it: its clocks begin anew."""
    jumps: float = 0.0
    """Chance that the wall clock is set to another day."""


WAYS = (
    Way("hammered"),
    Way("started again each time", starts=1.0),
    Way("machine started again", boots=0.2),
    Way("clock set to and fro", jumps=1.0),
    Way("right of another", for_right=True),
    Way("everything", starts=0.2, boots=0.1, jumps=0.5),
    Way("everything, right of another", for_right=True, starts=0.1, boots=0.1, jumps=0.5),
)


@dataclass
class Attacked:
    """A till whose clocks belong to the attacker, and what was compared there."""

    data: Path
    up: float = 5_000.0
    """Uptime."""
    spent: float = 0.0
    """Seconds that really went by."""
    off: timedelta = timedelta()
    """How wrong the wall clock is."""
    compared: Counter[str] = field(default_factory=Counter)

    def go_on(self, seconds: float) -> None:
        """Let time go by."""
        self.up += seconds
        self.spent += seconds

    def arm(self, till: Headless) -> None:
        """Count what is compared, and take the wall clock away."""
        check = till.house.hands.check

        async def counted(code: str, password: str) -> PasswordChecked:
            self.compared[code] += 1
            return await check(code, password)

        till.house.hands.check = counted
        till.pump._clock = lambda: datetime.now(ZONE) + self.off

    @contextmanager
    def clocks(self) -> Iterator[None]:
        """Let the program read this uptime."""
        with patch("cashier.pump.uptime", lambda: self.up), patch("tests.faults.headless.uptime", lambda: self.up):
            yield


async def attack(till: Attacked, way: Way, tick: float, chance: random.Random, most: int) -> None:
    """Guess once in each tick until the time is over, or so many were compared."""
    while till.spent < WINDOW and till.compared[VICTIM] < most:
        async with at_work(till.data, sabotage=till.arm) as attacker:
            while till.spent < WINDOW and till.compared[VICTIM] < most:
                await _guess(attacker, way, f"{chance.randrange(10**6):06}")
                till.go_on(tick)
                till.off = timedelta(days=chance.randint(-_DAYS, _DAYS)) if chance.random() < way.jumps else till.off
                boots = chance.random() < way.boots
                till.up = 1.0 if boots else till.up
                if boots or chance.random() < way.starts:
                    break


async def _guess(attacker: Person, way: Way, password: str) -> None:
    if way.for_right and not isinstance(attacker.till.pump.till.mode, m.Approving):
        await attacker.give(keys(ACCOMPLICE, "enter", ACCOMPLICE, "enter"))
        await attacker.give(() if attacker.ledger.receipt else (f"s:{BREAD}",))
        await attacker.give(keys("/"))
    await attacker.give(keys(VICTIM, "enter", *password, "enter"))


async def _still_works(till: Attacked) -> list[str]:
    """See that another gets in at once, and whoever was attacked after the longest delay."""
    found = []
    for code, wait in ((OTHER, 0.0), (VICTIM, LONGEST)):
        async with at_work(till.data, sabotage=till.arm) as person:
            till.go_on(wait)
            await person.give(keys(code, "enter", code, "enter"))
            signed_in = person.ledger.cashier
            found += [] if signed_in and signed_in.code == code else [f"{code} cannot sign in"]
    return found


def attacked(way: Way, tick: float, most: int = 10 * MOST) -> tuple[int, list[str]]:
    """Attack a fresh till in one way; return how often it compared, and what is wrong."""
    with TemporaryDirectory() as name:
        till = Attacked(Path(name))
        with till.clocks():
            asyncio.run(attack(till, way, tick, random.Random(way.name), most))  # noqa: S311 - chance, not secrets
            compared = till.compared[VICTIM]
            found = asyncio.run(_still_works(till))
    found += [f"{compared} comparisons"] if compared > MOST else []
    return compared, [f"{way.name}: {word}" for word in found]


def control(tick: float) -> int:
    """Attack a till that delays nobody; return how often it compared."""
    with patch("cashier.core.machines.delays.delay", lambda _failures: 0.0):
        return attacked(WAYS[0], tick)[0]


def rehearse(*, short: bool) -> Figures:
    """Attack in every way, each second or each ten."""
    tick = 10.0 if short else 1.0
    outcomes = [attacked(way, tick) for way in WAYS]
    compared = [count for count, _ in outcomes]
    figures = Figures("guessing", {"ways": len(WAYS), "guesses": round(len(WAYS) * WINDOW / tick)})
    figures.done = min(compared)
    figures.counts["comparisons for one code at the most"] = max(compared)
    figures.violations = [word for _, found in outcomes for word in found]
    free = control(tick)
    figures.control = caught(f"without the delay {free} or more", free >= 10 * MOST)
    return figures
