"""The outbox as the cash server's delivery sees it: messages about receipts hold the receipts themselves."""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cashier.core.told import KIND
from cashier.exports import Exports
from cashier.ports import NotYetError
from cashier.remote.carrier import SOON
from cashier.remote.roles import Box
from cashier.store.connect import StoreError
from cashier.store.outbox import Lane, Message, Outcome

log = logging.getLogger("cashier.queue")


@dataclass(frozen=True, slots=True)
class DocumentsBox:
    """Tells receipts from the journal when they are sent; one that cannot be read is parked and stops no other."""

    box: Box
    exports: Exports
    again: Callable[[], None]
    """Told when to look again at what was not ready."""

    async def first(self, destination: str, held: Collection[Lane], limit: int, /) -> Sequence[Message]:
        """Return the first messages that wait, as `Outbox` does.

        Raises:
            StoreError: the file cannot be read.
        """
        found = await self.box.first(destination, held, limit)
        whole: list[Message] = []
        for message in found:
            whole += [message] if message.kind != KIND else await self._told(message)
        return whole

    async def _told(self, message: Message) -> list[Message]:
        try:
            body = await asyncio.to_thread(self.exports.document_body, message)
        except NotYetError:
            asyncio.get_running_loop().call_later(SOON, self.again)
            return []
        except StoreError as error:
            if error.trouble != "corrupt":
                raise
            log.warning("message %d was parked: %s", message.number, error.message)
            await self.settle([Outcome(message.seq, "parked", error.message)])
            self.again()
            return []
        return [replace(message, body=body.decode())]

    async def settle(self, outcomes: Sequence[Outcome], /) -> None:
        """Write down what became of messages.

        Raises:
            StoreError: the disk does not take it.
        """
        await self.box.settle(outcomes)

    async def purge(self, before: datetime, /) -> None:
        """Delete what was delivered and is older.

        Raises:
            StoreError: the disk does not take it.
        """
        await self.box.purge(before)
