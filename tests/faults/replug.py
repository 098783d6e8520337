"""The scanner is unplugged in the middle of a frame and plugged in again, under a running till."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.figures import Figures, caught
from tests.faults.journal import facts, wait_for
from tests.faults.sale import BREAD, MILK
from tests.faults.serial_line import Line
from tests.faults.terminal import Terminal

SEEN = 1.0
"""Seconds within which an unplug is seen."""

TAKEN = 0.15
"""Seconds that a line may take to hand bytes on, and the till to read them; well below the gap of a frame."""

BACK = 2.0
"""Seconds within which a plugged scanner works."""


def _log(till: Terminal) -> str:
    return (till.data / "cashier.log").read_text("utf-8")


def _codes(till: Terminal) -> list[str]:
    return [fact["line"]["product"]["barcode"] for fact in facts(till.data) if fact["type"] == "LineAdded"]


def replugged(times: int) -> tuple[int, float, float, list[str]]:
    """Unplug and plug again and again; return how often, the slowest of each in seconds, and what went wrong."""
    gone, back, found = 0.0, 0.0, []
    with TemporaryDirectory() as name:
        line = Line(Path(name) / "tty")
        with Terminal(Path(name)) as till:
            till.shows("counter: готов")
            till.sign_in()
            for index in range(times):
                line.send(MILK[:5].encode())
                _until_taken(till, line)
                line.unplug()
                gone = max(gone, _until_logged(till, "device counter gone", index + 1))
                line.plug()
                back = max(back, _until_logged(till, "device counter ready", index + 2))
                line.send(f"{BREAD}\r".encode())
                wait_for(lambda: till.read(0.05) or "Хлеб ржаной" in till.text, lambda: None)
                _until_logged(till, "broken: cut_off", index + 1)
            found += [] if set(_codes(till)) == {BREAD} else [f"lines are {_codes(till)}"]
            found += [] if till.alive else ["the till has ended"]
            done = _log(till).count("device counter gone")
            line.unplug()
    found += [f"unplug seen after {gone:.2f} s"] if gone > SEEN else []
    return done, gone, back, found + ([f"works {back:.2f} s after the plug"] if back > BACK else [])


def _until_taken(till: Terminal, line: Line) -> None:
    taken = time.monotonic() + TAKEN
    wait_for(lambda: time.monotonic() > taken and not line.unread, lambda: till.read(0.01))


def _until_logged(till: Terminal, words: str, times: int) -> float:
    return wait_for(lambda: _log(till).count(words) >= times, lambda: till.read(0.01))


def control() -> bool:
    """Send the half and the next frame without an unplug between them: another code than either must come of it."""
    with TemporaryDirectory() as name:
        line = Line(Path(name) / "tty")
        with Terminal(Path(name)) as till:
            till.shows("counter: готов")
            till.sign_in()
            line.send(f"{MILK[:5]}{BREAD}\r".encode())
            till.shows("не найден")
            line.unplug()
            return not _codes(till)


def rehearse(*, short: bool) -> Figures:
    """Unplug three times or fifty."""
    times = 3 if short else 50
    done, gone, back, found = replugged(times)
    figures = Figures("unplug and replug", {"times": done, "seen in": f"{gone:.2f} s", "back in": f"{back:.2f} s"})
    figures.done, figures.violations = done, found
    figures.control = caught("half a frame that is kept", control())
    return figures
