"""What people see of the outbox and may do with it: messages not delivered, and a parked one put back."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from cashier.store.connect import open_for_reading, open_for_writing, plain_words, transaction

_LIST: Final = """SELECT identifier, time, destination, type, key, state, tries, reason FROM outbox
    WHERE state IN ('parked', 'waiting') ORDER BY state, seq"""
_FOUND: Final = """SELECT identifier FROM outbox
    WHERE state = 'parked' AND substr(identifier, 1, length(?1)) = lower(?1) LIMIT 2"""
_RETRY: Final = "UPDATE outbox SET state = 'waiting', reason = '' WHERE identifier = ?"
_DISMISS: Final = "UPDATE outbox SET state = 'dismissed' WHERE identifier = ?"


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that is not delivered; every text may come from outside."""

    identifier: str
    time: str
    """ISO 8601, with the shop's offset."""
    destination: str
    kind: str
    key: str
    state: Literal["parked", "waiting"]
    tries: int
    reason: str
    """Why it was not delivered the last time; empty while it was not tried."""


def undelivered(path: Path) -> Iterator[Undelivered]:
    """Tell of each message not delivered, the parked ones first, in order.

    Raises:
        StoreError: the file cannot be read.
    """
    with closing(open_for_reading(path)) as conn, plain_words(path):
        for row in conn.execute(_LIST):
            yield Undelivered(*row)


def put_back(path: Path, beginning: str) -> tuple[str, ...]:
    """Let the one parked message whose identifier begins so be sent again; beside a running till as well.

    Returns:
        Identifiers of the parked messages found: one was put back; none or two, and nothing was changed.

    Raises:
        StoreError: the file cannot be used.
    """
    return _changed(path, beginning, _RETRY)


def dismiss(path: Path, beginning: str) -> tuple[str, ...]:
    """Take note of a rejection: the message stays in the file, and is neither sent again nor spoken of.

    Returns:
        As `put_back`.

    Raises:
        StoreError: the file cannot be used.
    """
    return _changed(path, beginning, _DISMISS)


def _changed(path: Path, beginning: str, change: str) -> tuple[str, ...]:
    with closing(open_for_writing(path)) as conn, plain_words(path), transaction(conn):
        found = tuple(identifier for (identifier,) in conn.execute(_FOUND, (beginning,)))
        if len(found) == 1:
            conn.execute(change, found)
    return found
