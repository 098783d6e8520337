"""The payment terminal: what a till may ask of one, and one that only pretends."""

from devices.payment.port import CardSlip, PaymentTerminal, TerminalOutcome
from devices.payment.simulated import Fault, SimulatedTerminal

__all__ = ["CardSlip", "Fault", "PaymentTerminal", "SimulatedTerminal", "TerminalOutcome"]
