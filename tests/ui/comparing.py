"""Compares what was drawn with the file that holds how it looked; SNAPSHOT_UPDATE=1 writes the files anew."""

import os
from pathlib import Path

SNAPSHOTS = Path(__file__).parent / "snapshots"
PICTURES = Path(__file__).parent / "pictures"


def same_as_file(file: Path, drawn: str) -> bool:
    """Tell whether something looks as it did."""
    if os.environ.get("SNAPSHOT_UPDATE"):
        file.write_text(drawn, "utf-8")
    assert file.exists(), f"no {file.name}: run with SNAPSHOT_UPDATE=1 and look at it"
    assert drawn == file.read_text("utf-8"), f"{file.stem} looks different"
    return True
