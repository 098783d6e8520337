"""A whole till in a shop with marked goods, with a cash server that answers, is silent, or takes its time."""

import asyncio
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from cashier.core.catalogue import Product
from cashier.core.events import Found
from cashier.core.ledger import Ledger
from cashier.core.reading import Reading
from cashier.gates.marked_goods import NAME, RESERVED
from cashier.ports import NoAnswerError
from tests.core.goods import by_code
from tests.gates.marked import FREE, KEFIR, LENIENT, SHELF, gate
from tests.runtime.rig import Rig
from tests.ui.running import text
from tests.ui.sitting import Cashier
from tests.waiting import until

ASKS = ("╔═ Считайте код маркировки ═", "▣  Поднесите сканер к DataMatrix")
"""What the scan-mark dialog shows whenever it stands."""


class CashServer:
    """Says `status` of every mark and reserves it; `down`: answers nothing; `open` clear: hangs."""

    def __init__(self, status: str = FREE) -> None:
        self.status, self.down = status, False
        self.asked: list[str] = []
        """Operations, in order."""
        self.open = asyncio.Event()
        self.open.set()

    async def __call__(self, body: str) -> str:
        """Answer the gate."""
        operation = msgspec.json.decode(body)["request"]["operation"]
        self.asked.append(operation)
        await self.open.wait()
        if self.down:
            raise NoAnswerError
        return RESERVED if operation == "reserve" else self.status


class MarkRig(Rig):
    """A rig whose scans may be marks."""

    def __init__(
        self,
        server: CashServer | None = None,
        category: Any = LENIENT,
        ledger: Ledger | None = None,
        **common: Any,
    ) -> None:
        self.server = server or CashServer()
        super().__init__(gate(category, **common), ledger=ledger, handlers={NAME: self.server})
        rules = replace(self.pump.till.rules, reads_marks=True, checks_marks=True)
        self.pump.till = replace(self.pump.till, rules=rules)
        self.shop.find_code = self._find_code  # type: ignore[method-assign]

    @staticmethod
    def _find_code(text: str, now: datetime) -> Found:
        assert now.tzinfo is not None
        marked: tuple[Product, ...] = tuple(own for own in SHELF if text in {own.barcode, own.code})
        return Found(marked or by_code(text))

    def take(self, reading: Reading) -> "MarkRig":
        """Hold a mark, or what seems to be one, under the scanner."""
        data = reading.code or f"?{reading.damage}"
        self.shop.readings[data.encode()] = reading
        self.scan(data)
        return self


def panel(screen: str) -> str:
    """Read what a dialog says, in one line, without its frame."""
    rows = (row.strip().strip("║").strip() for row in screen.split("\n") if row.strip().startswith("║"))
    return " ".join(row for row in rows if row)


async def asked(cashier: Cashier, barcode: str = KEFIR.barcode) -> str:
    """Scan the barcode of marked goods, return the screen with the dialog."""
    cashier.rig.scan(barcode)
    return await cashier.sees(*ASKS)


async def refused(rig: MarkRig, cashier: Cashier) -> None:
    """Wait until what was done last is refused with a sound."""
    await until(lambda: bool(rig.tones) and not rig.tones[-1], what=lambda: text(cashier.app))
