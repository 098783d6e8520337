"""A front in a kiosk: the gates of price and restrictions are the real ones, and so is that of marks before them."""

from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from cashier.core.catalogue import Product
from tests.ui.fake_front import BREAD, IVANOVA, MILK, NOW, TWIN_A, WATER
from tests.ui.mark_front import MarkFront
from tests.ui.price_goods import KIOSK, gates

BASKET: Final = (BREAD, MILK, WATER, TWIN_A)
"""Goods that nothing is asked about."""


class PriceFront(MarkFront):
    """Sells what a kiosk has."""

    def __init__(self, *goods: Product, cashier: str = IVANOVA.code, days: int = 0, legal: int = 0) -> None:
        """Start at the sale screen.

        Args:
            goods: what there is instead of the shelf.
            cashier: code of who sits there; a senior.
            days: days since the last document.
            legal: lowest lawful price of tobacco, in kopecks.
        """
        super().__init__(goods=(*BASKET, *(goods or KIOSK)), cashier=cashier)
        dated = (NOW - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S") if days else ""
        self.show(rules=replace(self.till.rules, gates=gates(legal)), ledger=replace(self.till.ledger, dated=dated))
