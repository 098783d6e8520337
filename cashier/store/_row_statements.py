"""What the statements of all projections share: how a document is found, and how it comes to its end."""

from typing import Any

Statement = tuple[str, tuple[Any, ...]]

DOCUMENT = "(SELECT documentid FROM document WHERE identifier = ?)"
"""Key of the document of a receipt, bound to its identifier."""
OF_DOCUMENT = "SELECT cashcode, documentid, scode"
"""What rows of a document copy from it."""
SHIFT = "(SELECT workshiftid FROM workshift WHERE shiftnum = ?)"
"""Key of a shift, bound to its number."""


def ended(receipt: str, closed: int, at: str) -> Statement:
    """Complete (1) or cancel (2) a document."""
    return f"UPDATE document SET closed = ?, time_end = ? WHERE documentid = {DOCUMENT}", (closed, at, receipt)


def numbered(shift: int, number: int) -> Statement:
    """Let a shift know the number of its latest document."""
    sql = "UPDATE workshift SET checknum1 = coalesce(checknum1, ?1), checknum2 = ?1 WHERE shiftnum = ?2"
    return sql, (number, shift)
