"""The outbox as the status sees it: how much waits for other systems, and since when."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from cashier.store.connect import open_for_reading, plain_words

_COUNT: Final = """SELECT count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'parked'),
    (SELECT time FROM outbox WHERE state = 'waiting' ORDER BY seq LIMIT 1) FROM outbox"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Messages of the outbox."""

    count: int
    """Not delivered yet."""
    parked: int
    """Rejected by whom they were for."""
    oldest: datetime | None
    """Time of the first one not delivered, with its offset."""


def waiting(path: Path) -> Waiting:
    """Count the messages of a documents.db; reads beside whoever writes, from any thread.

    Raises:
        StoreError: the file cannot be read.
    """
    with closing(open_for_reading(path)) as conn, plain_words(path):
        count, parked, oldest = conn.execute(_COUNT).fetchone()
    return Waiting(count, parked, datetime.fromisoformat(oldest) if oldest else None)
