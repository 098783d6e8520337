"""Compares a painted screen with the file that holds how it looked; SNAPSHOT_UPDATE=1 writes the files anew."""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"


def same_as_snapshot(name: str, grid: str) -> bool:
    """Tell whether a screen looks as it did."""
    file = FOLDER / f"{name}.txt"
    if os.environ.get("SNAPSHOT_UPDATE"):
        file.write_text(grid, "utf-8")
    assert file.exists(), f"no snapshot {file.name}: run with SNAPSHOT_UPDATE=1 and look at it"
    assert grid == file.read_text("utf-8"), f"{name} looks different"
    return True
