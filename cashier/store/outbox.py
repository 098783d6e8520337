"""The outbox: messages for other systems, written by the journal, kept until delivered and a week longer.

The week is for their identifiers: a message that a crash words again is still known and goes out once.
"""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from cashier.store.connect import open_for_reading, plain_words
from cashier.store.writer import Writer

CHUNK: Final = 200
"""Rows changed in one transaction: a sale that is committed meanwhile waits for one."""

_TOLD: Final = "NOT (?1 AND destination = 'cash_server' AND type = 'document')"
_COUNT: Final = f"""SELECT (SELECT count(*) FROM outbox WHERE state = 'waiting' AND {_TOLD}),
    (SELECT count(*) FROM outbox WHERE state = 'parked'),
    (SELECT min(seq) FROM outbox WHERE state = 'waiting' AND {_TOLD})"""
_TIME: Final = "SELECT time FROM outbox WHERE seq = ?"
_NEXT: Final = """SELECT seq, identifier, type, key, time, body, number, tries FROM outbox
    WHERE state = 'waiting' AND destination = ?
    AND CASE key WHEN '' THEN seq ELSE key END NOT IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ?"""
_WAITS: Final = "SELECT 1 FROM outbox WHERE state = 'waiting' AND destination = ? AND key = ? LIMIT 1"
_OLD: Final = "SELECT seq FROM outbox WHERE state = 'delivered' AND julianday(time) < julianday(?)"
_SETTLE: Final = "UPDATE outbox SET state = ?, tries = tries + ?, reason = ? WHERE seq = ? AND state = 'waiting'"
_DELETE: Final = "DELETE FROM outbox WHERE seq = ? AND state = 'delivered'"

Lane = str | int
"""Messages that keep their order among themselves: those of a key; one without a key is alone, under its number."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Messages of the outbox."""

    count: int
    """Not delivered yet."""
    parked: int
    """Rejected by whom they were for."""
    oldest: datetime | None
    """Time of the first one not delivered, with its offset."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message that waits."""

    seq: int
    identifier: str
    kind: str
    key: str
    """Of the mark; empty for none."""
    time: str
    """ISO 8601, with the shop's offset."""
    body: str
    """JSON."""
    number: int = 0
    """Counted for its destination, without gaps."""
    tries: int = 0
    """How often it was sent in vain."""

    @property
    def lane(self) -> Lane:
        """Which messages this one must not overtake."""
        return self.key or self.seq


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message that was sent."""

    seq: int
    state: Literal["waiting", "delivered", "parked"]
    reason: str = ""
    """Why it was not delivered, for people."""
    tried: bool = True
    """False: nobody can have heard of it."""


def waiting(path: Path, *, alone: bool = False) -> Waiting:
    """Count the messages of a documents.db; reads beside whoever writes, from any thread.

    Args:
        path: Of the database.
        alone: The till has no cash server: nobody waits for its receipts, which are not counted.

    Raises:
        StoreError: the file cannot be read.
    """
    with closing(open_for_reading(path)) as conn, plain_words(path):
        conn.execute("BEGIN")
        count, parked, first = conn.execute(_COUNT, (alone,)).fetchone()
        oldest = conn.execute(_TIME, (first,)).fetchone()
    return Waiting(count, parked, datetime.fromisoformat(oldest[0]) if oldest else None)


class Outbox:
    """The outbox of a running till, as whoever delivers it sees it: read in threads, changed by the writer."""

    def __init__(self, path: Path, writer: Writer) -> None:
        self._path, self._writer = path, writer

    async def first(self, destination: str, held: Collection[Lane], limit: int) -> tuple[Message, ...]:
        """Return the first messages that wait for this destination, in order, one of a lane and none of those held.

        Raises:
            StoreError: the file cannot be read.
        """
        lanes = msgspec.json.encode(tuple(held)).decode()
        rows = await asyncio.to_thread(self._read, _NEXT, destination, lanes, limit)
        found: dict[Lane, Message] = {}
        for message in (Message(*row) for row in rows):
            found.setdefault(message.lane, message)
        return tuple(found.values())

    async def waits(self, destination: str, key: str) -> bool:
        """Tell whether a message of this key waits for this destination.

        Raises:
            StoreError: the file cannot be read.
        """
        return bool(await asyncio.to_thread(self._read, _WAITS, destination, key))

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        """Write down what became of messages: durable when this returns.

        Raises:
            StoreError: the disk does not take it; some of it may be written.
        """
        await self._change(_SETTLE, [(own.state, own.tried, own.reason, own.seq) for own in outcomes])

    async def purge(self, before: datetime) -> None:
        """Delete what was delivered and is older than this.

        Raises:
            StoreError: the disk does not take it.
        """
        await self._change(_DELETE, await asyncio.to_thread(self._read, _OLD, before.isoformat()))

    def _read(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        with closing(open_for_reading(self._path)) as conn, plain_words(self._path):
            return conn.execute(sql, parameters).fetchall()

    async def _change(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        for chunk in _chunks(rows):
            await self._writer.change(sql, chunk)


def _chunks(rows: Sequence[tuple[object, ...]]) -> Iterator[Sequence[tuple[object, ...]]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]
