"""Receipts put aside, for the tests of what becomes of them."""

from cashier.core import modes as m
from cashier.core.gate import Gate
from cashier.core.rights import CASHIER, Right
from cashier.core.state import Rules
from tests.core.goods import BREAD
from tests.core.hand import Hand

Z = ("f10", *("down",) * m.MENU.index("menu_z_report"), "enter")
"""Keys that close the shift, as far as its questions."""


def free(*gates: Gate) -> Rules:
    """Make rules where a cashier may do everything."""
    return Rules(rights=dict.fromkeys(Right, CASHIER), gates=gates)


def bread(hand: Hand, count: int = 1) -> Hand:
    """Sell loaves."""
    return hand.write(f"{count}*").scan(BREAD.barcode)


def aside(hand: Hand) -> list[tuple[int, int]]:
    """Return number and total of the receipts put aside, in order."""
    return [(own.number, own.total) for own in hand.till.ledger.postponed]
