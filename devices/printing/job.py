"""What is asked of a printer, and what came of it."""

from dataclasses import dataclass
from typing import Literal, Protocol

from devices.printing.paper import Paper

Trouble = Literal["", "off", "out_of_paper", "no_answer", "broken", "refused"]
"""off: cannot be reached. no_answer: reached, then silent. broken: the connection broke. refused: cannot print this."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A paper to print. `identifier` is the receipt's own; a printer to files gives each identifier one file.

    `drawer` opens the cash drawer before the first line.
    """

    identifier: str
    paper: Paper
    copies: int = 1
    drawer: bool = False


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """What came of a job.

    printed: the printer has taken all of it, and said so if it can. failed: certainly nothing was printed, so it may
    be printed again. unknown: a part or all of it may be on paper; a person looks, or the fiscal device is asked.
    `detail` is for the log: the operating system's words.
    """

    result: Literal["printed", "failed", "unknown"]
    trouble: Trouble = ""
    detail: str = ""


PRINTED = PrintOutcome("printed")


class Printer(Protocol):
    """A printer of any kind."""

    @property
    def name(self) -> str:
        """The name from the settings."""
        ...

    async def print(self, job: PrintJob) -> PrintOutcome:
        """Print, within a deadline of the printer's own. Faults are outcomes; nothing is raised."""
        ...

    async def open_drawer(self) -> PrintOutcome:
        """Open the cash drawer and print nothing; a printer without a drawer does nothing and says printed."""
        ...
