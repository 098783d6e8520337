"""A whole till in a kiosk whose stock is counted outside: a warehouse that answers, is silent, or takes its time."""

import asyncio
from datetime import datetime

from msgspec.structs import replace

from cashier.core.catalogue import Product
from cashier.core.events import Scanned, ScanRead
from cashier.core.reading import Reading
from cashier.core.scans import barcode_of
from cashier.ports import NoAnswerError
from tests.core.stock import StockGate
from tests.ui.price_rig import PriceRig


class Warehouse:
    """Says how much there is of everything; `down`: answers nothing; `open` clear: hangs."""

    def __init__(self) -> None:
        self.stock, self.down = "12", False
        self.asked: list[str] = []
        """Codes of goods, in order."""
        self.open = asyncio.Event()
        self.open.set()

    async def __call__(self, body: str) -> str:
        """Answer the gate."""
        self.asked.append(body.split()[1])
        await self.open.wait()
        if self.down:
            raise NoAnswerError
        return self.stock


class CheckRig(PriceRig):
    """Sells what a kiosk has; the last gate asks the warehouse when a price is checked."""

    def __init__(self, *goods: Product) -> None:
        super().__init__(*goods)
        self.warehouse = Warehouse()
        stock = StockGate()
        self.hands.handlers = {**self.hands.handlers, stock.name: self.warehouse}
        rules = self.pump.till.rules
        self.pump.till = replace(self.pump.till, rules=replace(rules, gates=(*rules.gates, stock)))
        self.shop.read_scan = self._read_scan  # type: ignore[method-assign]

    def _read_scan(self, scan: Scanned, now: datetime) -> ScanRead:
        barcode = barcode_of(scan.data) or ""
        plain = Reading(barcode, self._find_goods(barcode, now).products if barcode else ())
        return ScanRead(scan, self.shop.readings.get(scan.data) or plain)
