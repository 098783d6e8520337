"""Whether the dictionaries have goods that somebody names by code, for `cashier check`."""

from pathlib import Path
from typing import Final

from cashier.store.connect import open_for_reading, plain_words

_ITEM: Final = "SELECT 1 FROM tmc WHERE code = ?1"
_GROUP: Final = """SELECT 1 FROM inventgroup WHERE groupcode = ?1
    UNION ALL SELECT 1 FROM tmc WHERE groupcode = ?1 LIMIT 1"""

_TOBACCO: Final = "SELECT code FROM tmc WHERE tmctype = 3 UNION SELECT code FROM barcodes WHERE tmctype = 3"


class KnownGoods:
    """The dictionaries, open to read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._conn = open_for_reading(path)

    def close(self) -> None:
        """Let the file go."""
        self._conn.close()

    def has(self, key: str, code: str) -> bool:
        """Tell whether there is an `item`, or a `group` with a name or with items, of a code.

        Raises:
            StoreError: the dictionaries cannot be read.
        """
        with plain_words(self._path):
            return self._conn.execute(_GROUP if key == "group" else _ITEM, (code,)).fetchone() is not None

    def tobacco(self) -> tuple[str, ...]:
        """List the codes of all items that are tobacco, or a barcode of which is.

        Raises:
            StoreError: the dictionaries cannot be read.
        """
        with plain_words(self._path):
            return tuple(code for (code,) in self._conn.execute(_TOBACCO))
