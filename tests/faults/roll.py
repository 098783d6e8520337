"""A printer with paper: whatever is printed stays, so that a paper printed twice is there twice."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from devices import PrintJob, PrintOutcome
from devices._durable import Records
from devices.printing.job import PRINTED

Paper = Literal["file", "roll"]
"""Which printer a rehearsed till has: one that writes a paper over, or one that cannot."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper on the roll."""

    identifier: str


class Roll:
    """Puts one durable record for each paper into `roll.jsonl`; it asks and answers like a printer on a cable."""

    name = "roll"

    def __init__(self, data: Path) -> None:
        """Take the roll of a data folder."""
        self._sheets = Records(data / "printer" / "roll.jsonl", Sheet)

    async def print(self, job: PrintJob) -> PrintOutcome:
        """Print, whatever is on the roll already."""
        await asyncio.to_thread(self._sheets.add, Sheet(job.identifier))
        return PRINTED

    async def open_drawer(self) -> PrintOutcome:
        """Do nothing: no drawer hangs on it."""
        return PRINTED

    def printed(self) -> list[str]:
        """Return the identifiers of all papers, the last one first."""
        return [sheet.identifier for sheet in self._sheets.newest_first()]


def papers(data: Path) -> Counter[str]:
    """Count the papers of each document, of both kinds of printer."""
    return Counter(path.stem for path in (data / "receipts").glob("*.txt")) + Counter(Roll(data).printed())
