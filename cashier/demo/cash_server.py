"""The stand-in cash server, for the demo, trainers and tests: marks, the tills' queue and faults on demand.

Light to import and to make: what speaks HTTP is loaded when `app` is first asked for.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from cashier.demo.book import Book
from cashier.demo.cash_protocol import Status
from cashier.demo.faults import Fault, FaultName, Faults
from cashier.demo.inbox import Inbox, Taken
from cashier.demo.mark_rules import Mark
from cashier.demo.registry import Registry

if TYPE_CHECKING:
    from starlette.applications import Starlette


class CashServer:
    """Marks and messages in a file, or without one until it is closed. May be used from any thread."""

    def __init__(self, db: Path | None = None) -> None:
        self.book = Book(db)
        self.registry = Registry(self.book)
        self.inbox = Inbox(self.registry)
        self.faults = Faults()

    @cached_property
    def app(self) -> "Starlette":
        """The ASGI application."""
        from cashier.demo.cash_app import application  # noqa: PLC0415 - a till's start must not pay for it

        return application(self)

    @property
    def fault(self) -> FaultName:
        """What goes wrong with questions about marks; set it, and it goes wrong with the queue as well."""
        return self.faults.of("status").fault

    @fault.setter
    def fault(self, name: FaultName) -> None:
        self.faults.set(Fault(name))

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
        """Forget all marks and messages, the white list and the faults."""
        self.registry.reset()
        self.fault = ""

    def close(self) -> None:
        """Let its file go."""
        self.book.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
