"""Type-ahead: keys and scans with no gap, and over a stall, make the same journal as slow ones."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.faults.figures import Figures, caught
from tests.faults.journal import kinds, story, wait_for
from tests.faults.sale import BREAD, CHOCOLATE, MILK, SIGN_OUT
from tests.faults.serial_line import Line
from tests.faults.terminal import Terminal

GAP = 0.03
"""Seconds between two keys of a slow cashier."""

STALL = 0.5

TYPED = (
    *("2", "enter", "2", "enter"),
    *(*BREAD, "enter", "3", "asterisk", *MILK, "enter", *CHOCOLATE, "enter"),
    *("f6", "5", "enter", "up", "delete"),
    *("9", "9", "9", "enter", "enter"),
    *("f5", "м", "о", "л", "escape", "escape", "7", "escape", "2", "backspace"),
    *("plus", "escape", "plus", "1", "0", "0", "0", "enter"),
    *("1", "0", "0", "1", "enter", "f4", "escape", "plus", "enter"),
    *SIGN_OUT,
)
"""Two receipts: quantity, storno, an unknown code, a search given up, payment left and taken up again."""

SCANNED = (BREAD, MILK, CHOCOLATE, MILK, BREAD)
AFTER_SCANS = ("f6", "4", "enter", "up", "delete", "plus", "5", "0", "0", "0", "enter", *SIGN_OUT)

Way = Callable[[Terminal, tuple[Callable[[], None], ...]], None]


def slowly(till: Terminal, strokes: tuple[Callable[[], None], ...]) -> None:
    """One after the other, each with time to be drawn."""
    for stroke in strokes:
        stroke()
        while till.read(GAP):
            pass


def at_once(_till: Terminal, strokes: tuple[Callable[[], None], ...]) -> None:
    """All of them with no gap."""
    for stroke in strokes:
        stroke()


def over_a_stall(till: Terminal, strokes: tuple[Callable[[], None], ...]) -> None:
    """All of them while the program stands still."""
    till.stall(STALL, partial(at_once, till, strokes))


def typed(way: Way, keys: tuple[str, ...] = TYPED) -> list[Any]:
    """Type a whole day in one way and return its journal."""
    with TemporaryDirectory() as name, Terminal(Path(name)) as till:
        till.shows("Код кассира")
        way(till, tuple(partial(till.type, key) for key in keys))
        wait_for(lambda: kinds(till.data)["SignedOut"], lambda: till.read(0.05))
        return story(till.data)


def scanned(way: Way) -> list[Any]:
    """Scan and type in one way; keys begin when the scans have become lines: the two have no order between them."""
    with TemporaryDirectory() as name:
        line = Line(Path(name) / "tty")
        with Terminal(Path(name)) as till:
            till.shows("counter: готов")
            till.sign_in()
            way(till, tuple(partial(line.send, f"{code}\r".encode()) for code in SCANNED))
            wait_for(lambda: _entered(till) == len(SCANNED), lambda: till.read(0.05))
            way(till, tuple(partial(till.type, key) for key in AFTER_SCANS))
            wait_for(lambda: kinds(till.data)["SignedOut"], lambda: till.read(0.05))
            line.unplug()
            return story(till.data)


def _entered(till: Terminal) -> int:
    made = kinds(till.data)
    return made["LineAdded"] + made["QuantityChanged"]


DAYS: tuple[Callable[[Way], list[Any]], ...] = (typed, scanned)


def _stories(way: Way) -> dict[Callable[[Way], list[Any]], list[Any]]:
    """Spend the days side by side."""
    with ThreadPoolExecutor(len(DAYS)) as cashiers:
        return dict(zip(DAYS, cashiers.map(lambda day: day(way), DAYS), strict=True))


def rehearse(*, short: bool) -> Figures:
    """Compare the ways, once or ten times."""
    slow = _stories(slowly)
    figures = Figures("type-ahead")
    runs = 0
    for _ in range(1 if short else 10):
        for way in (at_once, over_a_stall):
            for what, made in _stories(way).items():
                runs += 1
                figures.violations += [] if made == slow[what] else [f"{what.__name__} {way.__name__} is another story"]
    keys = len(TYPED) + len(AFTER_SCANS)
    figures.done = min(map(len, slow.values()))
    figures.counts = {"runs": runs, "keys": keys, "scans": len(SCANNED), "facts": sum(map(len, slow.values()))}
    swapped = (*TYPED[:20], TYPED[21], TYPED[20], *TYPED[22:])
    figures.control = caught("two keys swapped", typed(at_once, swapped) != slow[typed])
    return figures
