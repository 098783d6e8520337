"""The stand-in cash server, for the demo, trainers and tests: marks, queue, orders, sales, returns, faults on demand.

Light to import and to make: what speaks HTTP is loaded when `app` is first asked for.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cashier.demo.book import Book
from cashier.demo.cash_protocol import Status
from cashier.demo.faults import CASH_PATHS
from cashier.demo.inbox import Inbox, Taken
from cashier.demo.mark_rules import Mark
from cashier.demo.orders import Orders
from cashier.demo.registry import Registry
from cashier.demo.returns import TABLES as OF_RETURNS
from cashier.demo.sold import TABLE as RECEIPTS
from cashier.demo.sold import Sold
from cashier.demo.stand_in import StandIn

if TYPE_CHECKING:
    from starlette.applications import Starlette


TABLES: Final = (
    """CREATE TABLE IF NOT EXISTS marks (
        ki TEXT PRIMARY KEY, state TEXT NOT NULL, receipt TEXT NOT NULL, till TEXT NOT NULL, since TEXT NOT NULL,
        before TEXT NOT NULL) STRICT""",
    """CREATE TABLE IF NOT EXISTS reserves (
        key TEXT PRIMARY KEY, ki TEXT NOT NULL, receipt TEXT NOT NULL, answer TEXT NOT NULL,
        released INTEGER NOT NULL) STRICT""",
    "CREATE INDEX IF NOT EXISTS reserves_of_mark ON reserves (ki, receipt)",
    "CREATE TABLE IF NOT EXISTS whitelist (ki TEXT, barcode TEXT, PRIMARY KEY (ki, barcode)) STRICT",
    """CREATE TABLE IF NOT EXISTS messages (
        n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL, till TEXT NOT NULL,
        type TEXT NOT NULL, time TEXT NOT NULL, body TEXT NOT NULL, result TEXT NOT NULL, effect TEXT NOT NULL)
        STRICT""",
    "CREATE TABLE IF NOT EXISTS orders_taken (number TEXT PRIMARY KEY) STRICT",
    RECEIPTS,
    *OF_RETURNS,
)


class CashServer(StandIn):
    """Marks and messages in a file, or without one until it is closed. May be used from any thread."""

    def __init__(self, db: Path | None = None) -> None:
        super().__init__(Book(TABLES, db), CASH_PATHS)
        self.registry = Registry(self.book)
        self.sold = Sold(self.book)
        self.inbox = Inbox(self.registry, self.sold)
        self.orders = Orders(self.book)

    @cached_property
    def app(self) -> "Starlette":
        """The ASGI application."""
        from cashier.demo.cash_app import application  # noqa: PLC0415 - a till's start must not pay for it

        return application(self)

    def put(self, ki: str, state: Status, receipt: str = "") -> None:
        """Force a mark into a state."""
        self.registry.put(ki, state, receipt)

    def list_white(self, barcodes: Mapping[str, Sequence[str]]) -> None:
        """List marks with their barcodes; the white list is on from its first mark."""
        self.registry.list_white(barcodes)

    def marks(self) -> list[Mark]:
        """Return the marks it knows, in the order of their last changes."""
        return self.registry.marks()

    def state(self, ki: str) -> Status:
        """Return the state of one mark."""
        with self.book.transaction():
            return self.registry.mark(ki).state

    def messages(self) -> list[Taken]:
        """Return the messages it took, in order, with their effects."""
        return self.inbox.taken()

    def reset(self) -> None:
        """Forget all marks and messages, the white list, who took which order, receipts and claims, and the faults."""
        self.registry.reset()
        self.sold.reset()
        self.book.empty("orders_taken")
        self.fault = ""
