"""The fourth form of documents.db: messages are found by what has become of them, however many were delivered."""

from typing import Final

from cashier.store.migrations import Step

OUTBOX: Final = Step("2026-11-22 outbox by state", ("CREATE INDEX outbox_by_state ON outbox (state, destination)",))
