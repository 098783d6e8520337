"""The fifth form of documents.db: lines say which order of the order server they came from; NULL for none."""

from typing import Final

from cashier.store.migrations import Step

ORDERS: Final = Step("2026-11-22 orders", ("ALTER TABLE goodsitem ADD COLUMN extdocid TEXT",))
