"""The fiscal device: what a till may ask of one, and one that only pretends."""

from devices.fiscal.port import (
    FiscalDocument,
    FiscalLine,
    FiscalOutcome,
    FiscalPayment,
    FiscalPort,
    FiscalState,
    Kind,
)
from devices.fiscal.simulated import STAGES, Fault, SimulatedFiscal, Stage

__all__ = [
    "STAGES",
    "Fault",
    "FiscalDocument",
    "FiscalLine",
    "FiscalOutcome",
    "FiscalPayment",
    "FiscalPort",
    "FiscalState",
    "Kind",
    "SimulatedFiscal",
    "Stage",
]
