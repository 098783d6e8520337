"""The checker's own red controls: whatever is done to a sound folder by hand must be found, each by its invariant."""

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import sabotage
from tests.faults.figures import Figures, caught
from tests.faults.invariants import violations
from tests.faults.kills import SCRIPT
from tests.faults.process import Process

SABOTAGES: tuple[tuple[Callable[[Path], None], str], ...] = (
    (sabotage.forget_last, "I1"),
    (sabotage.lose_line, "I1"),
    (sabotage.flip_journal, "журнал"),
    (sabotage.flip_table, "таблица"),
    (sabotage.unbalance, "I7"),
    (sabotage.lose_message, "I8"),
    (sabotage.double_number, "I9"),
    (sabotage.register_twice, "I6"),
    (sabotage.lose_paper, "I6"),
)
"""What is done, and how the sentence begins that must come of it."""


def sound(folder: Path) -> Process:
    """Sell without a fault."""
    till = Process(folder / "data")
    till.play(SCRIPT)
    return till


def found_by(harm: Callable[[Path], None], till: Process) -> list[str]:
    """Do the harm to a copy of what was sold, and check."""
    with TemporaryDirectory() as name:
        data = shutil.copytree(till.data, Path(name) / "data")
        harm(data)
        return violations(data, till.acknowledged, at_rest=True)


def rehearse(*, short: bool) -> Figures:
    """Check a sound folder, and one for each sabotage."""
    del short
    with TemporaryDirectory() as name, sound(Path(name)) as till:
        figures = Figures("checker", {"sabotages": len(SABOTAGES), "turns checked": len(till.acknowledged)})
        figures.done = len(till.acknowledged)
        figures.violations = found_by(lambda _data: None, till)
        missed = [
            harm.__name__
            for harm, word in SABOTAGES
            if not any(found.startswith(word) for found in found_by(harm, till))
        ]
    figures.control = caught(f"{len(SABOTAGES)} sabotages, unseen: {missed or 'none'}", not missed)
    return figures
