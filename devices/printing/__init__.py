"""Papers and the printers for them."""

from devices.printing.escpos import EscposConfig, EscposPrinter
from devices.printing.file import FilePrinter
from devices.printing.job import Printer, PrintJob, PrintOutcome, Trouble
from devices.printing.paper import Paper, PaperLine, to_text
from devices.printing.simulated import SimulatedPrinter

__all__ = [
    "EscposConfig",
    "EscposPrinter",
    "FilePrinter",
    "Paper",
    "PaperLine",
    "PrintJob",
    "PrintOutcome",
    "Printer",
    "SimulatedPrinter",
    "Trouble",
    "to_text",
]
