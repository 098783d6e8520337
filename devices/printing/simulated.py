"""A printer without hardware, for the demo and for tests."""

from typing import Literal

from devices.printing.job import PRINTED, PrintJob, PrintOutcome

Fault = Literal["", "off", "out_of_paper", "dies_in_middle"]


class SimulatedPrinter:
    """Keeps what it printed, every copy and every repeat, as paper would."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.fault: Fault = ""
        """What is wrong with it from now on."""
        self.printed: list[PrintJob] = []
        """Whole papers, one per copy, oldest first."""
        self.torn: list[PrintJob] = []
        """Papers that stopped in the middle."""
        self.drawer_opened = 0
        """How often the drawer was opened."""

    async def print(self, job: PrintJob) -> PrintOutcome:
        """Print at once; see `Printer`."""
        match self.fault:
            case "off" | "out_of_paper":
                return PrintOutcome("failed", self.fault)
            case "dies_in_middle":
                self.torn.append(job)
                return PrintOutcome("unknown", "no_answer")
            case _:
                self.drawer_opened += job.drawer
                self.printed += [job] * job.copies
                return PRINTED
