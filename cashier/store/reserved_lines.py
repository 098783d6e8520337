"""Whether lines of a receipt count on reserves of an article, or may yet."""

from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from cashier.store.connect import open_for_reading, plain_words

_LINE: Final = """SELECT closed IN (0, 3), closed <> 2 AND EXISTS
    (SELECT 1 FROM goodsitem WHERE documentid = document.documentid AND code = ?2 AND status = 0)
    FROM document WHERE identifier = ?1"""


class Counting(NamedTuple):
    """What a receipt has of an article."""

    goes_on: bool
    """It is not over, and may get a line."""
    has_line: bool
    """A live one, and the receipt was not given up."""


def counting(path: Path, receipt: str, code: str) -> Counting:
    """Tell whether a receipt has a live line of an article, or may get one; from any thread.

    Raises:
        StoreError: the file cannot be read.
    """
    with closing(open_for_reading(path)) as conn, plain_words(path):
        row = conn.execute(_LINE, (receipt, code)).fetchone()
    return Counting(*map(bool, row)) if row else Counting(goes_on=False, has_line=False)
