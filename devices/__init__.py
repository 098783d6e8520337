"""Scanners, printers, the fiscal port and the payment terminal of a till. Knows nothing of tills.

A scanner is built from its settings and run with a sink, which gets every happening in order:

    scanner = SerialScanner(SerialConfig("counter", "/dev/ttyUSB0"))
    await scanner.run(sink)

A printer is built from its settings and asked to print; what came of it is a value:

    outcome = await FilePrinter("archive", folder).print(PrintJob("receipt-1", (PaperLine("Хлеб", right="45.00"),)))

Nothing here imports a hardware library before it is needed.
"""

from devices.fiscal import (
    FiscalDocument,
    FiscalLine,
    FiscalOutcome,
    FiscalPayment,
    FiscalPort,
    FiscalState,
    SimulatedFiscal,
)
from devices.framing import Framer, Framing
from devices.happening import Broken, Happening, Reason, Scan, Scanner, Sink, State, Status
from devices.hid import HidConfig, HidScanner
from devices.payment import CardSlip, PaymentTerminal, SimulatedTerminal, TerminalOutcome
from devices.printing import (
    EscposConfig,
    EscposPrinter,
    FilePrinter,
    Paper,
    PaperLine,
    Printer,
    PrintJob,
    PrintOutcome,
    SimulatedPrinter,
    to_text,
)
from devices.report import Aim, Report, describe
from devices.serial import SerialConfig, SerialScanner
from devices.simulated import SimulatedConfig, SimulatedScanner
from devices.terminal import TerminalConfig, TerminalScanner
from devices.wedge import Wedge, WedgeConfig

__all__ = [
    "Aim",
    "Broken",
    "CardSlip",
    "EscposConfig",
    "EscposPrinter",
    "FilePrinter",
    "FiscalDocument",
    "FiscalLine",
    "FiscalOutcome",
    "FiscalPayment",
    "FiscalPort",
    "FiscalState",
    "Framer",
    "Framing",
    "Happening",
    "HidConfig",
    "HidScanner",
    "Paper",
    "PaperLine",
    "PaymentTerminal",
    "PrintJob",
    "PrintOutcome",
    "Printer",
    "Reason",
    "Report",
    "Scan",
    "Scanner",
    "SerialConfig",
    "SerialScanner",
    "SimulatedConfig",
    "SimulatedFiscal",
    "SimulatedPrinter",
    "SimulatedScanner",
    "SimulatedTerminal",
    "Sink",
    "State",
    "Status",
    "TerminalConfig",
    "TerminalOutcome",
    "TerminalScanner",
    "Wedge",
    "WedgeConfig",
    "describe",
    "to_text",
]
