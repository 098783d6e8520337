"""Random kills of the whole program: after the restart the same receipt stands on the screen, soon."""

import random
import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from cashier.core.facts import from_json
from cashier.core.ledger import Ledger, fold
from cashier.core.quantity import to_text
from cashier.core.receipt import Line as ReceiptLine
from cashier.folder import DataFolder
from cashier.store.connect import open_for_reading
from cashier.store.journal import entries
from tests.faults.figures import Figures, caught
from tests.faults.invariants import violations
from tests.faults.journal import NeverCameError
from tests.faults.sabotage import forget_last, forget_receipt
from tests.faults.sale import BREAD, CHOCOLATE, MILK, QUIT, UNKNOWN
from tests.faults.serial_line import Line
from tests.faults.terminal import Terminal

READY = 3.0
"""Seconds from the start to a sign-in that stands on the screen."""

LONGEST = 0.6
"""Seconds of work between two kills at the most."""

_ROW = re.compile(r"^[▶ ] +(\d+) +(× )?(\S.*?)  +(\S+)  +[\d ]+,\d\d  +[\d ]+,\d\d$", re.MULTILINE)
_NUMBER = re.compile(r"чек (\d+)")
_KEYS = (
    ("f6", "2", "enter"),
    ("up",),
    ("delete",),
    ("escape",),
    ("enter",),
    ("plus", "enter"),
    ("plus", "1", "0", "0", "0", "enter"),
    ("f4", "enter"),
    ("/", "5", "enter"),
    ("f11",),
    ("f11", "1"),
    ("f10", "4", "5", "0", "enter"),
    ("f10", "6", "enter"),
)
_TO_THE_SALE = ("escape", "escape", "enter")
"""Leave a payment, or pay the rest where money was taken."""


LINES_SOLD = 2

Row = tuple[int, str, str, bool]
"""Position, name, quantity, storno."""


@dataclass
class Tally:
    """What came of all the kills."""

    kills: int = 0
    slowest: float = 0.0
    compared: int = 0
    """Lines on the screen before the kills."""
    rows: int = 0
    """Lines on the screen after them."""
    found: list[str] = field(default_factory=list)


def rows(text: str) -> list[Row]:
    """Read the receipt off the screen."""
    return [(int(found[1]), found[3], found[4], bool(found[2])) for found in _ROW.finditer(text)]


def work(till: Terminal, line: Line, chance: random.Random) -> str:
    """Scan and press what comes to mind for a random time; return the last picture that was whole."""
    end, shown = monotonic() + chance.random() * LONGEST, till.text
    while monotonic() < end:
        code = chance.choice((BREAD, MILK, CHOCOLATE, UNKNOWN))
        chance.choice((partial(line.send, f"{code}\r".encode()), partial(till.type, *chance.choice(_KEYS))))()
        shown = shown if till.read(0.02) else till.text
    return shown


def killed_again_and_again(times: int, seed: int) -> Tally:
    """Kill a till at random moments and start it again on the same data, as often as told."""
    chance, tally = random.Random(seed), Tally()  # noqa: S311 - chance, not secrets
    with TemporaryDirectory() as name:
        line = Line(Path(name) / "tty")
        shown = ""
        for _ in range(times):
            with Terminal(Path(name)) as till:
                _come_back(till, shown, tally)
                shown = work(till, line, chance)
                till.kill()
            tally.kills += 1
            tally.compared += len(rows(shown))
            tally.found += violations(till.data, later=True)
        with Terminal(Path(name)) as till:
            _come_back(till, shown, tally)
            till.type(*_TO_THE_SALE, *QUIT, "enter")
            till.end()
        tally.found += violations(till.data, at_rest=True)
        line.unplug()
    tally.found += [f"ready after {tally.slowest:.1f} s"] if tally.slowest > READY else []
    tally.found += [] if tally.rows and tally.compared else ["no line was ever on the screen, before a kill or after"]
    return tally


def _come_back(till: Terminal, shown: str, tally: Tally) -> None:
    tally.slowest = max(tally.slowest, till.shows("Код кассира"))
    till.sign_in()
    tally.found += _same(till, shown)
    tally.rows += len(rows(till.text))


def _same(till: Terminal, shown: str) -> list[str]:
    """Compare the screen with the journal, and the journal with what stood on the screen before the kill."""
    wanted, known = _receipts(till.data)
    if not _waits_for(till, wanted):
        return [f"the journal has {wanted}, the screen is\n{till.text}"]
    lost = {row[:2] for row in rows(shown)} - {row[:2] for row in known.get(_number(shown), [])}
    return [f"shown before the kill and lost: {lost}"] if lost else []


def _number(text: str) -> int:
    """Read the number of the receipt off the top line; 0 when there is none."""
    found = _NUMBER.search(text.partition("\n")[0])
    return int(found[1]) if found else 0


def _waits_for(till: Terminal, wanted: list[Row]) -> bool:
    try:
        till.until(lambda text: rows(text) == wanted, 3)
    except NeverCameError:
        return False
    return True


def _receipts(data: Path) -> tuple[list[Row], dict[int, list[Row]]]:
    """Read the rows of the receipt that must be on the screen, and of every receipt by its number as it stood last."""
    ledger, known = Ledger(), dict[int, list[Row]]()
    with closing(open_for_reading(DataFolder(data).documents)) as conn:
        for entry in entries(conn):
            ledger = fold(ledger, (from_json(entry.body),))
            if ledger.receipt:
                known[ledger.receipt.number] = [_row(line) for line in ledger.receipt.lines]
    stands = ledger.receipt or (ledger.last if ledger.parting else None)
    return [_row(line) for line in stands.lines] if stands else [], known


def _row(line: ReceiptLine) -> Row:
    return line.position, line.product.name, to_text(line.quantity).replace(".", ","), line.storno


def control(harm: Callable[[Path], None]) -> list[str]:
    """Take something off the journal between a kill and the restart: it must be missed on the screen."""
    with TemporaryDirectory() as name:
        with Terminal(Path(name)) as till:
            till.sign_in()
            till.type(*BREAD, "enter", *MILK, "enter")
            till.until(lambda text: len(rows(text)) == LINES_SOLD)
            shown = till.text
        harm(till.data)
        with Terminal(Path(name)) as again:
            again.sign_in()
            return _same(again, shown)


def rehearse(*, short: bool) -> Figures:
    """Kill six times, or two hundred and fifty."""
    tally = killed_again_and_again(6 if short else 250, 1)
    counts = {"kills": tally.kills, "lines shown before": tally.compared, "after": tally.rows}
    figures = Figures("random kills", {**counts, "slowest start": f"{tally.slowest:.2f} s"}, tally.found)
    missed = all([control(forget_last), control(forget_receipt)])
    figures.done, figures.control = tally.kills, caught("a line, and a whole receipt, lost before the restart", missed)
    return figures
