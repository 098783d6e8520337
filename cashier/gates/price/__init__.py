"""The gate of prices: МРЦ, the choice among alternative prices, the legal minimum (spec T6, T9)."""

from cashier.gates.price._legal import LegalKind, LegalPrice
from cashier.gates.price.gate import NAME, PriceGate

__all__ = ["NAME", "LegalKind", "LegalPrice", "PriceGate"]
