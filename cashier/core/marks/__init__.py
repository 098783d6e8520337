"""Codes of marks: what a scanner sent, read to the exact code or refused (domain/marking.md 1 and 6; M15)."""

from cashier.core.marks._code import GS, Code, Damage, Damaged
from cashier.core.marks._read import ki_of, looks_like_mark, read

__all__ = ["GS", "Code", "Damage", "Damaged", "ki_of", "looks_like_mark", "read"]
