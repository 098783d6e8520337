"""Whether lines of a receipt count on reserves of an article."""

from contextlib import closing
from pathlib import Path
from typing import Final

from cashier.store.connect import open_for_reading, plain_words

_LINE: Final = """SELECT 1 FROM document JOIN goodsitem USING (documentid)
    WHERE identifier = ? AND closed <> 2 AND code = ? AND status = 0 LIMIT 1"""


def counts_on(path: Path, receipt: str, code: str) -> bool:
    """Tell whether a receipt that was not cancelled has a live line of an article; from any thread.

    Raises:
        StoreError: the file cannot be read.
    """
    with closing(open_for_reading(path)) as conn, plain_words(path):
        return conn.execute(_LINE, (receipt, code)).fetchone() is not None
