"""The gate of restrictions: to whom and when goods may be sold (spec T8)."""

from cashier.gates.restrictions._limits import Limits, RestrictionRules
from cashier.gates.restrictions.gate import NAME, RestrictionsGate

__all__ = ["NAME", "Limits", "RestrictionRules", "RestrictionsGate"]
