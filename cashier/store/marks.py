"""What closed receipts of this till say of a mark (spec M10): one look-up by its identification code."""

from pathlib import Path
from typing import Final

from cashier.core.reading import Standing
from cashier.store.connect import open_for_reading, plain_words

_LAST: Final = """SELECT line.opcode FROM goodsitem line JOIN document USING (documentid)
    WHERE line.ki = ? AND line.status = 0 AND line.opcode IN (50, 56, 58) AND document.closed = 1
    ORDER BY line.goodsitemid DESC LIMIT 1"""
_SALE: Final = 50


class PastMarks:
    """The read side of documents.db for marks; the file must be of this program's form.

    A look-up costs microseconds and is a read transaction of its own: it sees whatever was committed before it.
    """

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            StoreError: no such file, no database or a damaged one.
        """
        self._path = path
        self._conn = open_for_reading(path)

    def close(self) -> None:
        """Let the file go."""
        self._conn.close()

    def standing(self, ki: str) -> Standing:
        """Tell what the last closed receipt with this mark did: sold it (opcode 50) or took it back (56, 58).

        Storno'd lines and receipts that are open, postponed or given up do not count. A text that is no Unicode is
        not known.

        Raises:
            StoreError: the file cannot be read.
        """
        try:
            with plain_words(self._path):
                rows = self._conn.execute(_LAST, (ki,)).fetchall()
        except UnicodeEncodeError:
            return Standing.UNKNOWN
        if not rows:
            return Standing.UNKNOWN
        return Standing.SOLD if rows[0][0] == _SALE else Standing.RETURNED
