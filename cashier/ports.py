"""What the pump needs of the house around it, by role."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Literal, Protocol

from cashier.core import effects as e
from cashier.core.events import FolderListed, Found, PeopleListed, Scanned, ScanRead
from cashier.core.facts import AnyFact
from cashier.store.connect import Trouble


class Journal(Protocol):
    """Keeps facts; awaited, so that the screen lives while the disk works."""

    def commit(self, at: datetime, facts: tuple[AnyFact, ...], /) -> Awaitable[Trouble | Literal[""]]:
        """Begin to write facts down, all or none; what is awaited is the trouble, empty when they are durable."""
        ...


class Goods(Protocol):
    """Answers look-ups at once: microseconds, so no thread."""

    def find_code(self, text: str, now: datetime) -> Found:
        """Look up a barcode or an inventory code."""
        ...

    def read_scan(self, scan: Scanned, now: datetime) -> ScanRead:
        """Read a scan as a barcode or as a mark, with what is known of it here."""
        ...

    def find_name(self, words: str, now: datetime) -> Found:
        """Look up words of a name."""
        ...

    def list_folder(self, code: str) -> FolderListed:
        """Open a folder of the pick-list."""
        ...

    def list_people(self) -> PeopleListed:
        """List who works on the till."""
        ...


class Outside(Protocol):
    """Does what lies outside; answers come back through the bus."""

    def do(self, effect: e.Effect) -> None:
        """Start an effect; must not block and must not raise."""
        ...


class NotYetError(Exception):
    """A message cannot be sent yet: what it tells of is not at its end."""


class NoAnswerError(Exception):
    """Somebody outside gave no answer that could be used; the text is one line for the log, without secrets."""
