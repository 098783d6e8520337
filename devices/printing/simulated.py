"""A printer without hardware, for the demo and for tests."""

from collections import deque
from typing import Literal

from devices.printing.job import PRINTED, PrintJob, PrintOutcome

Fault = Literal["", "off", "out_of_paper", "dies_in_middle"]

REMEMBERED = 1000
"""Papers kept, of a demo that may run for days."""


class SimulatedPrinter:
    """Keeps what it printed, every copy and every repeat, as paper would."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.fault: Fault = ""
        """What is wrong with it from now on."""
        self._printed: deque[PrintJob] = deque(maxlen=REMEMBERED)
        self._torn: deque[PrintJob] = deque(maxlen=REMEMBERED)
        self.drawer_opened = 0
        """How often the drawer was opened."""

    @property
    def printed(self) -> list[PrintJob]:
        """Whole papers, one per copy, oldest first, the last `REMEMBERED` of them."""
        return list(self._printed)

    @property
    def torn(self) -> list[PrintJob]:
        """Papers that stopped in the middle, the last `REMEMBERED` of them."""
        return list(self._torn)

    async def print(self, job: PrintJob) -> PrintOutcome:
        """Print at once; see `Printer`."""
        match self.fault:
            case "off" | "out_of_paper":
                return PrintOutcome("failed", self.fault)
            case "dies_in_middle":
                self._torn.append(job)
                return PrintOutcome("unknown", "no_answer")
            case _:
                self.drawer_opened += job.drawer
                self._printed.extend([job] * job.copies)
                return PRINTED

    async def open_drawer(self) -> PrintOutcome:
        """Count it; see `Printer`. A drawer hangs on the printer, and needs no paper."""
        if self.fault == "off":
            return PrintOutcome("failed", "off")
        self.drawer_opened += 1
        return PRINTED
