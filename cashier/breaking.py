"""Faults that a trainee gives to simulated devices."""

from typing import Any

import msgspec

from cashier.cards import Cards
from cashier.printing import Press
from devices.fiscal import Fault as FiscalFault
from devices.fiscal import SimulatedFiscal
from devices.payment import Fault as TerminalFault
from devices.payment import SimulatedTerminal
from devices.printing import SimulatedPrinter
from devices.printing.simulated import Fault as PrinterFault


def break_device(device: str, fault: str, press: Press, cards: Cards) -> None:
    """Give `printer`, `terminal` or `fiscal` a fault, or none; a real device keeps working.

    Raises:
        msgspec.ValidationError: the device knows no such fault.
    """
    fiscal = press.registrar and press.registrar.device
    match device:
        case "printer" if isinstance(press.printer, SimulatedPrinter):
            press.printer.fault = _fault(fault, PrinterFault)
        case "terminal" if isinstance(cards.terminal, SimulatedTerminal):
            cards.terminal.fault = _fault(fault, TerminalFault)
        case "fiscal" if isinstance(fiscal, SimulatedFiscal):
            fiscal.fault = _fault(fault, FiscalFault)
        case _:
            return


def _fault(fault: str, known: Any) -> Any:  # noqa: ANN401 - the faults of a device are its own type
    return msgspec.convert(fault, known)
