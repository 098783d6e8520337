"""The gate of stock control: every line is reserved by an external system (СКО) before it is in (spec S1-S10)."""

from cashier.gates.stock_control._words import DESTINATION, NAME, Answer, Request, Reserve, Undo, cancelled
from cashier.gates.stock_control.gate import StockControlGate

__all__ = ["DESTINATION", "NAME", "Answer", "Request", "Reserve", "StockControlGate", "Undo", "cancelled"]
