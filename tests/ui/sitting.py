"""A cashier before a whole till: real screen, real pump and house, a disk and devices that only pretend."""

import gc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from cashier.core.modes import Passing, Popup, Reporting, Weighing
from cashier.core.passage import Questioned
from cashier.ui.app import TillApp
from tests.core.goods import PASSWORDS
from tests.runtime.rig import Rig
from tests.ui.running import RU, text, typed
from tests.waiting import until

UNREAD = (Popup, Reporting, Weighing)
"""What takes no key, or no barcode, before it is on the glass; so does a question of a gate."""


class Cashier:
    """Reads the screen and types; never faster than the screen is where it must be read first."""

    def __init__(self, app: TillApp, rig: Rig) -> None:
        self.app, self.rig = app, rig

    async def sees(self, *words: str) -> str:
        """Wait until all the words are on the screen, return the screen."""

        def seen() -> bool:
            mode = self.rig.till.mode
            asked = isinstance(mode, Passing) and isinstance(mode.at, Questioned)
            read = not (asked or isinstance(mode, UNREAD)) or self.rig.pump._painted[0] is mode
            return read and all(own in text(self.app) for own in words)

        await until(seen, what=lambda: f"{words} not in {self.rig.till.mode}\n{text(self.app)}")
        return text(self.app)

    def types(self, *keys: str) -> None:
        """Press keys without waiting for anything."""
        typed(self.app, *keys)

    async def signs_in(self, code: str) -> None:
        """Type code and password of somebody of the shop."""
        await self.sees("Код кассира")
        self.types(*code, "enter", *PASSWORDS[code][0], "enter")
        await self.sees("ПРОДАЖА", PASSWORDS[code][1].name)

    async def holds(self, *barcodes: str) -> None:
        """Hold goods under the scanner, one after the other."""
        for barcode in barcodes:
            receipt = self.rig.till.ledger.receipt
            before = len(receipt.lines) if receipt else 0
            self.rig.scan(barcode)
            await self.sees(f"▶{before + 1:>3}  ")


@asynccontextmanager
async def sitting(rig: Rig, size: tuple[int, int] = (80, 25)) -> AsyncIterator[Cashier]:
    """Run the till with its screen, without a terminal."""
    app = TillApp(rig.front, RU)

    def signal(accepted: bool) -> None:  # noqa: FBT001 - the form of the till's own signal
        rig.tones.append(accepted)
        app.signal(accepted=accepted)

    rig.hands.signal = signal
    with _collector_put_back():
        async with app.run_test(size=size):
            await until(lambda: bool(rig.till.devices))
            yield Cashier(app, rig)


@contextmanager
def _collector_put_back() -> Iterator[None]:
    """Put the garbage collector back, which a working house sets up for weeks."""
    thresholds = gc.get_threshold()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)
