"""A second till on the same data folder is refused in words; after a kill the folder is free."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.figures import Figures, caught
from tests.faults.process import PATIENCE, ROOT
from tests.faults.terminal import Terminal

REFUSED = 2
WORDS = "Касса уже запущена на этой папке данных"


def second(data: Path, command: str = "run") -> tuple[int, str]:
    """Start another till on a folder; return its exit status and what it said."""
    words = [sys.executable, "-m", "cashier", command, "--data", str(data), "--conf", str(data.with_name("conf"))]
    done = subprocess.run(
        words, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    return done.returncode, done.stderr


def refused_and_freed() -> tuple[int, list[str]]:
    """Start tills beside a first, kill the first, start again; return how many were refused, and what went wrong."""
    refused, found = 0, []
    with TemporaryDirectory() as name:
        with Terminal(Path(name)) as till:
            till.shows("Код кассира")
            for command in ("run", "demo"):
                status, said = second(till.data, command)
                refused += status == REFUSED
                if status != REFUSED or WORDS not in said or str(till.pid) not in said:
                    found.append(f"{command}: status {status}, «{said}»")
            till.sign_in()
        with Terminal(Path(name)) as again:
            again.sign_in()
    return refused, found


def control() -> bool:
    """Take the lock's file away under the first till: the second one must then start."""
    with TemporaryDirectory() as name, Terminal(Path(name)) as till:
        till.shows("Код кассира")
        (till.data / "till.lock").unlink()
        with Terminal(Path(name)) as other:
            other.shows("Код кассира")
            return other.alive


def rehearse(*, short: bool) -> Figures:
    """Do it once, or ten times."""
    times = 1 if short else 10
    figures = Figures("second start", {"times": times})
    outcomes = [refused_and_freed() for _ in range(times)]
    figures.done = sum(refused for refused, _ in outcomes)
    figures.violations = [word for _, found in outcomes for word in found]
    figures.control = caught("a folder without its lock", control())
    return figures
