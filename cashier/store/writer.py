"""The writer thread: the screen lives on while the disk works, and commits keep their order."""

import asyncio
import logging
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Literal

from cashier.core.facts import AnyFact, ReceiptCancelled, ReceiptClosed
from cashier.store.connect import StoreError, Trouble
from cashier.store.documents import Documents

log = logging.getLogger("cashier.store")


class Writer:
    """Commits facts in a thread of its own; it alone uses its `Documents` from then on."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._thread = ThreadPoolExecutor(1, "writer")

    def commit(self, at: datetime, facts: tuple[AnyFact, ...]) -> Awaitable[Trouble | Literal[""]]:
        """Write facts down, all or none; return the trouble, empty when they are durable. The log has it in words.

        The disk is at work when this returns; what it returns waits for the end.
        """
        loop = asyncio.get_running_loop()
        stamp = at.isoformat(timespec="milliseconds")
        written = loop.run_in_executor(self._thread, self._documents.commit, stamp, facts)
        return self._outcome(written, facts)

    async def _outcome(self, written: Awaitable[None], facts: tuple[AnyFact, ...]) -> Trouble | Literal[""]:
        try:
            await written
        except StoreError as error:
            log.error("commit: %s", error)  # noqa: TRY400 - the text says all, a traceback nothing
            return error.trouble
        if any(isinstance(fact, ReceiptClosed | ReceiptCancelled) for fact in facts):
            asyncio.get_running_loop().run_in_executor(self._thread, self._tidy)
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
