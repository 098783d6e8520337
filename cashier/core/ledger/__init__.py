"""The ledger: where the till stands, as a fold of its facts. Live work and replay after a crash share this one path."""

from cashier.core.ledger._books import FORM, MOST_ORDERS, MOST_PAPERS, Failures, Ledger, Locked, Paper
from cashier.core.ledger._fold import apply, fold

__all__ = ["FORM", "MOST_ORDERS", "MOST_PAPERS", "Failures", "Ledger", "Locked", "Paper", "apply", "fold"]
