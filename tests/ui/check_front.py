"""A front in a kiosk whose stock is counted outside: the last gate asks there when a price is checked."""

from typing import Final

from msgspec.structs import replace

from cashier.core import effects as e
from cashier.core.catalogue import Product
from cashier.core.events import Answered, NoReply, Reply, Scanned
from cashier.core.reading import Reading
from cashier.core.scans import barcode_of
from tests.core.stock import StockGate
from tests.ui.price_front import BASKET, PriceFront

GATE: Final = StockGate()
NAME: Final = GATE.name


class CheckFront(PriceFront):
    """Sells what a kiosk has; `stock` is what is said of it outside: empty while nobody has answered, `?` for never."""

    def __init__(
        self, *goods: Product, stock: str = "12", legal: int = 0, inside: bool = True, gate: StockGate = GATE
    ) -> None:
        """Start at the sale screen, `inside` a receipt with a basket in it."""
        super().__init__(*goods, legal=legal)
        self.stock = stock
        self.show(rules=replace(self.till.rules, gates=(*self.till.rules.gates, gate)))
        for product in BASKET if inside else ():
            self.scan(product.barcode)

    def _do(self, effect: e.Effect) -> None:
        match effect:
            case e.RunGate(gate, token) if gate == NAME:
                if self.stock:
                    self._step(Answered(token, NoReply("late") if self.stock == "?" else Reply(self.stock)))
            case _:
                super()._do(effect)

    def _read(self, scan: Scanned) -> Reading:
        barcode = barcode_of(scan.data) or ""
        found = tuple(own for own in self._goods if barcode and own.barcode == barcode)
        return self.readings.get(scan.data) or Reading(barcode, found)
