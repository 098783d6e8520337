"""A front in a shop with marked goods: the gate is the real one, the cash server and what scans are read as pretend."""

from typing import Final

import msgspec
from msgspec.structs import replace

from cashier.core import effects as e
from cashier.core.catalogue import Kind, Product
from cashier.core.events import Answered, Event, NoReply, Reply, Scanned, ScanRead
from cashier.core.money import Kopecks
from cashier.core.reading import Reading
from cashier.gates.marked_goods import RESERVED
from tests.core.hand import plain
from tests.gates.marked import FREE, LENIENT, STRICT, gate
from tests.ui.fake_front import APPLES, BREAD, IVANOVA, MILK, WATER, FakeFront

PACK: Final = replace(MILK, kind=Kind.MARKED)
BOTTLE: Final = replace(WATER, kind=Kind.MARKED)
DRESS: Final = Product(
    "1010",
    "Платье женское трикотажное с длинным рукавом, размер 46–48, тёмно-синее, состав хлопок 95 %, эластан 5 %",
    Kopecks(1_234_567_890),
    "4600000000109",
    kind=Kind.MARKED,
)
"""Name and price are longer than any row."""
CHEESE: Final = replace(APPLES, kind=Kind.MARKED)
"""By weight."""
SHELF: Final = (BREAD, PACK, BOTTLE, DRESS, CHEESE)


class MarkFront(FakeFront):
    """Sells what is on the shelf; the server says `status` of every mark and reserves it, or `silent` says nothing."""

    def __init__(
        self,
        *,
        goods: tuple[Product, ...] = SHELF,
        without: bool = False,
        ignore: bool = True,
        training: bool = False,
        cashier: str = IVANOVA.code,
    ) -> None:
        """Start at the sale screen."""
        own = gate(LENIENT if ignore else STRICT, without_mark=without)
        super().__init__(goods=goods, gates=(own,), training=training)
        self.status, self.silent, self.open = FREE, False, True
        self.readings: dict[bytes, Reading] = {}
        """What scans are read as; whatever is not here is a plain barcode."""
        self._at = 0.0
        self.show(rules=replace(self.till.rules, reads_marks=True, checks_marks=True))
        self.sign_in(cashier)

    def take(self, *readings: Reading, after: float = 5.0) -> "MarkFront":
        """Hold marks, or what seems to be one, under the scanner, each so many seconds after the one before."""
        for reading in readings:
            data = (reading.code or f"?{reading.damage}").encode("utf-8", "replace")
            self.readings[data] = reading
            self._at += after
            self.scan(data)
        return self

    def _step(self, event: Event) -> None:
        super()._step(replace(event, at=self._at) if isinstance(event, Scanned) else event)

    def _do(self, effect: e.Effect) -> None:
        match effect:
            case e.ReadScan(scan):
                self._step(ScanRead(scan, self._read(scan)))
            case e.RunGate(_, token, body) if self.open:
                self._step(Answered(token, NoReply("failed") if self.silent else Reply(self._said(body))))
            case e.RunGate():
                pass
            case _:
                super()._do(effect)

    def _read(self, scan: Scanned) -> Reading:
        return self.readings.get(scan.data) or plain(scan.data)

    def _said(self, body: str) -> str:
        reserves = msgspec.json.decode(body)["request"]["operation"] == "reserve"
        return RESERVED if reserves else self.status
