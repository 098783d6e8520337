"""All rehearsals by name, and their run from the command line."""

import argparse
import logging
import sys
import time
from collections.abc import Callable
from functools import partial

from tests.faults import (
    checker,
    full,
    garbage,
    guessing,
    hostile,
    kills,
    mark_answers,
    mark_offline,
    mark_races,
    marks,
    money,
    power,
    recovery,
    replug,
    second,
    secrecy,
    settling,
    stock_sim,
    sudden,
    typeahead,
)
from tests.faults.figures import Figures

REHEARSALS: dict[str, tuple[Callable[..., Figures], int]] = {
    "checker": (checker.rehearse, 10),
    "kills": (kills.rehearse, 120),
    "recovery": (recovery.rehearse, 60),
    "payment": (partial(money.rehearse, name="payment"), 1200),
    "shift": (partial(money.rehearse, name="shift"), 600),
    "settling": (settling.rehearse, 200),
    "marks": (marks.rehearse, 1500),
    "races": (mark_races.rehearse, 200),
    "offline": (mark_offline.rehearse, 90),
    "answers": (mark_answers.rehearse, 30),
    "stock": (stock_sim.rehearse, 400),
    "guessing": (guessing.rehearse, 90),
    "ext4": (partial(power.rehearse, kind="ext4"), 120),
    "xfs": (partial(power.rehearse, kind="xfs"), 150),
    "disk": (full.rehearse, 90),
    "typeahead": (typeahead.rehearse, 90),
    "garbage": (garbage.rehearse, 120),
    "scans": (hostile.rehearse, 30),
    "replug": (replug.rehearse, 90),
    "secrets": (secrecy.rehearse, 5),
    "second": (second.rehearse, 40),
    "random": (sudden.rehearse, 400),
}
"""What is rehearsed, and about how many seconds the long form takes."""


def main() -> int:
    """Rehearse what was named, or everything; 0 when all of it is good or, by name, skipped."""
    times = ", ".join(f"{name} {seconds} s" for name, (_, seconds) in REHEARSALS.items())
    parser = argparse.ArgumentParser(
        description="Fault rehearsals of the till.", epilog=f"Long forms take about: {times}"
    )
    parser.add_argument("--short", action="store_true", help="the forms that the tests run")
    parser.add_argument("names", nargs="*", metavar="name", help=f"{', '.join(REHEARSALS)}; none is all")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in REHEARSALS]
    if unknown:
        parser.error(f"no such rehearsal: {', '.join(unknown)}")
    # What a till of this program logs belongs to no terminal.
    logging.getLogger("cashier").addHandler(logging.NullHandler())
    made = [_run(name, short=options.short) for name in options.names or REHEARSALS]
    skipped = sum(bool(figures.skipped) for figures in made)
    sys.stdout.write(f"rehearsed {len(made) - skipped}, skipped {skipped}\n")
    return int(not all(figures.good or figures.skipped for figures in made))


def _run(name: str, *, short: bool) -> Figures:
    began = time.monotonic()
    figures = REHEARSALS[name][0](short=short)
    sys.stdout.write(f"{figures} [{time.monotonic() - began:.0f} s]\n")
    sys.stdout.flush()
    return figures


if __name__ == "__main__":
    sys.exit(main())
