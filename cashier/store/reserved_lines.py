"""Whether lines of a receipt count on reserves of an article, or may yet."""

from contextlib import closing
from pathlib import Path
from typing import Final

from cashier.store.connect import open_for_reading, plain_words

_LINE: Final = """SELECT 1 FROM document WHERE identifier = ?1 AND (closed IN (0, 3) OR closed = 1 AND EXISTS
    (SELECT 1 FROM goodsitem WHERE documentid = document.documentid AND code = ?2 AND status = 0))"""


def counts_on(path: Path, receipt: str, code: str) -> bool:
    """Tell whether a receipt has a live line of an article, or is not over and may get one; from any thread.

    Raises:
        StoreError: the file cannot be read.
    """
    with closing(open_for_reading(path)) as conn, plain_words(path):
        return conn.execute(_LINE, (receipt, code)).fetchone() is not None
