"""What hangs on a headless till that sells marked goods: gate, reader, network; put together as in the program."""

import asyncio
from collections.abc import Collection
from contextlib import ExitStack

from msgspec import Struct
from msgspec.structs import replace

from cashier.core.state import Rules
from cashier.demo.addresses import STATUS, Addresses
from cashier.demo.start import demo_settings
from cashier.folder import DataFolder
from cashier.lookups import Lookups
from cashier.network import Network
from cashier.outside import Handler
from cashier.pump import Pump
from cashier.settings import Settings
from cashier.settings.model import Queue
from cashier.store.dictionaries import Dictionaries
from cashier.store.outbox import Lane, Message, Outbox
from cashier.store.writer import Writer
from cashier.till import NO_EXTRAS, Parts, _reader, rules_of
from tests.faults.clock import now


class Marked(Struct, frozen=True):
    """How a till stands to the cash server."""

    root: str
    till: int = 3
    timeout: float = 2.0
    """Seconds in total for a question about a mark."""
    ignores: bool = True
    """It sells without an answer."""
    queue: bool = True
    """It delivers its queue, and an input has been dealt with when the queue is empty again."""

    @property
    def settings(self) -> Settings:
        """Settings of the demo, with retries that a rehearsal can wait for."""
        made = demo_settings(Settings(), Addresses(self.root + STATUS))
        checked = {"mark_verify_timeout": self.timeout, "ignore_mark_verify_errors": self.ignores}
        own = made.marked_goods
        categories = tuple(replace(category, **checked) for category in own.categories)
        return replace(
            made,
            till=replace(made.till, cashcode=self.till),
            marked_goods=replace(own, **checked, categories=categories),
            queue=Queue(url=f"{self.root}/queue" if self.queue else "", retry_min=0.1, retry_max=0.2),
        )


class Watched(Outbox):
    """An outbox that knows whether something waits in it."""

    def __init__(self, path: DataFolder, writer: Writer) -> None:
        super().__init__(path.documents, writer)
        self.empty = asyncio.Event()

    async def first(self, destination: str, held: Collection[Lane], limit: int) -> tuple[Message, ...]:
        """Look what waits; what is held back waits as well."""
        self.empty.clear()
        found = await super().first(destination, held, limit)
        if not (found or held):
            self.empty.set()
        return found


class Post:
    """The till's way to the cash server."""

    def __init__(self, marked: Marked, folder: DataFolder, dictionaries: Dictionaries, writer: Writer) -> None:
        """Hang on the writer of the till, whose documents are open."""
        parts = Parts(marked.settings, folder, NO_EXTRAS, dictionaries, writer)
        self._held = ExitStack()
        self.rules: Rules = rules_of(parts.settings, NO_EXTRAS, writer._documents.ledger)
        self.lookups = Lookups(dictionaries, _reader(parts, self._held))
        self.network = Network(parts, now, lambda: writer._documents.ledger)
        self.outbox = Watched(folder, writer)
        self.network.delivery.outbox = self.outbox
        self.handlers: dict[str, Handler] = self.network.handlers
        self.awaited = marked.queue
        """Nothing has been dealt with while a message waits."""

    @property
    def busy(self) -> bool:
        """Tell whether a message may be on its way."""
        return self.awaited and not self.outbox.empty.is_set()

    def hang_on(self, pump: Pump) -> None:
        """Be woken by what is committed to the outbox."""

        def wake() -> None:
            self.outbox.empty.clear()
            self.network.delivery.wake()

        pump.queued = (wake,)

    def close(self) -> None:
        """Let the files go."""
        self._held.close()
