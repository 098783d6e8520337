"""The gate of returns by receipt: no more comes back than was sold, on whatever till (spec R6)."""

from cashier.gates.returns._words import (
    CLAIM,
    DESTINATION,
    NAME,
    RELEASE,
    Answer,
    Claimed,
    Left,
    Request,
)
from cashier.gates.returns.gate import OFFLINE, ReturnRules, ReturnsGate, key_of

__all__ = [
    "CLAIM",
    "DESTINATION",
    "NAME",
    "OFFLINE",
    "RELEASE",
    "Answer",
    "Claimed",
    "Left",
    "Request",
    "ReturnRules",
    "ReturnsGate",
    "key_of",
]
