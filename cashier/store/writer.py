"""The writer thread: the screen lives on while the disk works, and commits keep their order."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from cashier.core.facts import AnyFact, ReceiptCancelled, ReceiptClosed
from cashier.store.connect import StoreError
from cashier.store.documents import Documents

log = logging.getLogger("cashier.store")


class Writer:
    """Commits facts in a thread of its own; it alone uses its `Documents` from then on."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._thread = ThreadPoolExecutor(1, "writer")

    async def commit(self, at: datetime, facts: tuple[AnyFact, ...]) -> str:
        """Write facts down, all or none; return the trouble in plain words, empty when they are durable."""
        loop = asyncio.get_running_loop()
        stamp = at.isoformat(timespec="milliseconds")
        try:
            await loop.run_in_executor(self._thread, self._documents.commit, stamp, facts)
        except StoreError as error:
            return str(error)
        if any(isinstance(fact, ReceiptClosed | ReceiptCancelled) for fact in facts):
            loop.run_in_executor(self._thread, self._tidy)
        return ""

    def close(self) -> None:
        """Finish what was begun and let the file go."""
        self._thread.shutdown()
        self._documents.close()

    def _tidy(self) -> None:
        try:
            self._documents.tidy()
        except StoreError as error:
            log.warning("checkpoint: %s", error)
