"""The form of documents.db in which the facts of one receipt are found in a journal of years.

Both indexes hold one row for a receipt; of every other row of the journal only the first letters are looked at.
"""

from typing import Final

from cashier.store.migrations import Step


def _tells(kind: str) -> str:
    return f"""body GLOB '{{"type":"{kind}"*'"""


def _first(field: str) -> str:
    """Take a text out of a row. A reader of JSON would stop at a damaged row, and with it whoever looks for damage."""
    start = f"""instr(body, '"{field}":"') + {len(field) + len('"":"')}"""
    return f"""substr(body, {start}, instr(substr(body, {start}), '"') - 1)"""


OPENING: Final = f"{_tells('ReceiptOpened')} AND {_first('identifier')}"
"""To be compared with an identifier: finds the row that opens a receipt."""

ENDING: Final = f"({_tells('ReceiptClosed')} OR {_tells('ReceiptCancelled')}) AND {_first('receipt')}"
"""The same: the row that ends it."""


def _index(name: str, condition: str) -> str:
    rows, _, key = condition.rpartition(" AND ")
    return f"CREATE INDEX {name} ON journal ({key}) WHERE {rows}"


PAST: Final = Step(
    "2026-11-22 journal by receipt", (_index("journal_opening", OPENING), _index("journal_ending", ENDING))
)
