"""The stand-in СКО, for the demo, trainers and tests: stock, reserves, pushed receipts, faults on demand.

Light to import and to make: what speaks HTTP is loaded when `app` is first asked for.
"""

from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cashier.core.quantity import Thousandths
from cashier.demo.book import Book
from cashier.demo.faults import STOCK_PATHS
from cashier.demo.holdings import Holdings, holdings
from cashier.demo.reserves import TABLES, Reserves
from cashier.demo.stand_in import StandIn
from cashier.demo.stock_receipts import Receipts
from cashier.demo.stock_rules import Heard, Level

if TYPE_CHECKING:
    from starlette.applications import Starlette

_NAMES: Final = ("stock", "reserves", "receipts")


class StockServer(StandIn):
    """Stock and reserves in a file, or without one until it is closed. May be used from any thread."""

    def __init__(self, db: Path | None = None, *, endless: bool = False, ignores_keys: bool = False) -> None:
        """Open it.

        Args:
            db: The file.
            endless: There are 50 to 100 of every article nobody has set, however many are sold; else it is unknown.
            ignores_keys: It is a server that knows nothing of the headers of spec S10.
        """
        super().__init__(Book(TABLES, db), STOCK_PATHS)
        self.reserves = Reserves(self.book, endless=endless)
        self.receipts = Receipts(self.reserves)
        self.ignores_keys = ignores_keys
        self._heard: dict[int, Heard] = {}
        self._numbers = count()

    @cached_property
    def app(self) -> "Starlette":
        """The ASGI application."""
        from cashier.demo.stock_app import application  # noqa: PLC0415 - a till's start must not pay for it

        return application(self)

    @property
    def endless(self) -> bool:
        """Whether there is enough of every article nobody has set."""
        return self.reserves.endless

    @endless.setter
    def endless(self, on: bool) -> None:
        self.reserves.endless = on

    def set(self, sku: str, on_hand: Thousandths, measure: str = "шт") -> None:
        """Say how much there is of an article, reserved or not."""
        self.reserves.set(sku, on_hand, measure)

    def stock(self, sku: str) -> Level | None:
        """Return how much there is of an article; None: it is unknown."""
        return self.reserves.level(sku)

    def held(self, reservation: str) -> dict[str, Thousandths]:
        """Return what is held for a receipt, by article."""
        return self.reserves.held(reservation)

    def holdings(self) -> Holdings:
        """Return all it holds."""
        return holdings(self.reserves)

    @property
    def log(self) -> tuple[Heard, ...]:
        """What tills asked, in the order in which it came."""
        return tuple(self._heard.values())

    def hear(self, request: Heard) -> int:
        """Note a request; return under which number."""
        number = next(self._numbers)
        self._heard[number] = request
        return number

    def answered(self, number: int, status: int) -> None:
        """Note how a request was answered, if it is not forgotten."""
        if number in self._heard:
            self._heard[number] = self._heard[number]._replace(status=status)

    def forget(self) -> None:
        """Forget stock, reserves, receipts and requests."""
        self.book.empty(*_NAMES)
        self._heard = {}

    def reset(self) -> None:
        """Forget all that, and the faults."""
        self.forget()
        self.fault = ""
