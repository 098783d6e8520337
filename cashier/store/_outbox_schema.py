"""Forms of documents.db: messages are found by what has become of them, and counted for each destination by itself."""

from typing import Final

from cashier.store.migrations import Step

OUTBOX: Final = Step("2026-11-22 outbox by state", ("CREATE INDEX outbox_by_state ON outbox (state, destination)",))

NUMBERING: Final = Step(
    "2026-11-22 numbers of messages",
    (
        # All there was went to the cash server, whose numbers go on without a gap.
        "ALTER TABLE outbox ADD COLUMN number INTEGER NOT NULL DEFAULT 0",
        "UPDATE outbox SET number = seq",
        "CREATE TABLE numbering (destination TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT",
        "INSERT INTO numbering SELECT 'cash_server', seq FROM sqlite_sequence WHERE name = 'outbox'",
    ),
)
