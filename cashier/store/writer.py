"""The writer thread: the screen lives on while the disk works, and commits keep their order."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Literal

from cashier.core.facts import AnyFact
from cashier.store.connect import StoreError, Trouble
from cashier.store.documents import Documents, is_end

log = logging.getLogger("cashier.store")


class Writer:
    """Commits facts in a thread of its own; it alone uses its `Documents` from then on."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._thread = ThreadPoolExecutor(1, "writer")
        self._last: asyncio.Future[None] | None = None

    def commit(self, at: datetime, facts: tuple[AnyFact, ...]) -> Awaitable[Trouble | Literal[""]]:
        """Write facts down, all or none; return the trouble, empty when they are durable. The log has it in words.

        The disk is at work when this returns; what it returns waits for the end. Statements that need no disk are made
        here and now, so that the thread, which the screen's painting would slow down, has one thing to do: to wait.
        """
        stamp = at.isoformat(timespec="milliseconds")
        try:
            if self._idle:
                self._documents.begin(stamp, facts)
                written = self._sent(self._documents.finish)
                # Hands the interpreter over: else the thread would wait for the painting before it waits for the disk.
                time.sleep(0)
                return self._outcome(written, facts)
        except StoreError as error:
            return self._outcome(_failed(error), facts)
        return self._outcome(self._sent(self._documents.commit, stamp, facts), facts)

    async def change(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Change what the journal does not tell of, between two commits, all or none.

        Raises:
            StoreError: the disk does not take it; nothing was changed.
        """
        # Whoever waits may be cancelled; the thread is not idle before it has done it.
        await asyncio.shield(self._sent(self._documents.change, sql, rows))

    def _sent(self, work: Callable[..., None], *details: object) -> Awaitable[None]:
        self._last = asyncio.get_running_loop().run_in_executor(self._thread, work, *details)
        return self._last

    @property
    def _idle(self) -> bool:
        """Tell whether the thread has nothing to do: the connection may be used here."""
        return self._last is None or self._last.done()

    async def _outcome(self, written: Awaitable[None], facts: tuple[AnyFact, ...]) -> Trouble | Literal[""]:
        try:
            await written
        except StoreError as error:
            log.error("commit: %s", error)  # noqa: TRY400 - the text says all, a traceback nothing
            return error.trouble
        if is_end(facts):
            self._sent(self._tidy)
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


async def _failed(error: StoreError) -> None:
    raise error
