"""States in which goods are sold, looked for, chosen, weighed or counted."""

from msgspec import Struct

from cashier.core.catalogue import Folder, Product
from cashier.core.quantity import Thousandths
from cashier.core.reading import Reading


class Selling(Struct, frozen=True):
    """The sale screen: scans and codes become lines."""

    entry: str = ""
    times: Thousandths | None = None


class Finding(Struct, frozen=True):
    """The dictionaries are asked for what was scanned, typed or chosen."""

    text: str
    """Empty while a scan is being read."""
    times: Thousandths | None = None
    source: str = ""


class Choosing(Struct, frozen=True):
    """Several goods answer to one code: the cashier takes one."""

    products: tuple[Product, ...]
    times: Thousandths | None = None
    source: str = ""
    chosen: int = 0
    reading: Reading | None = None
    """Of the mark they were found by."""


class Weighing(Struct, frozen=True):
    """Goods by weight or measure came without a quantity: it is typed."""

    product: Product
    source: str = ""
    entry: str = ""
    reading: Reading | None = None
    """Of the scan it was found by: its mark, or a barcode that had to be read for one."""


class Searching(Struct, frozen=True):
    """Directory search by words of the name; the list follows the typing."""

    entry: str = ""
    products: tuple[Product, ...] = ()
    chosen: int = 0
    times: Thousandths | None = None


class Browsing(Struct, frozen=True):
    """The pick-list: folders within folders."""

    path: tuple[Folder, ...] = ()
    entries: tuple[Folder, ...] = ()
    chosen: int = 0
    times: Thousandths | None = None


class Requantifying(Struct, frozen=True):
    """A new quantity of the selected line is typed."""

    position: int
    entry: str = ""
