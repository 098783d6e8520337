"""The gate of marked goods: the scan-mark dialog, the checks of a mark, its reserve and what follows (spec M4-M15)."""

from cashier.gates.marked_goods._asking import Order, Request
from cashier.gates.marked_goods._rules import NAME, Category, MarkRules
from cashier.gates.marked_goods._statuses import RESERVED, STATUSES
from cashier.gates.marked_goods.gate import MarkedGoodsGate

__all__ = ["NAME", "RESERVED", "STATUSES", "Category", "MarkRules", "MarkedGoodsGate", "Order", "Request"]
