"""Where the stand-in servers answer: what a till's settings have to say."""

from typing import Final

from msgspec import Struct

STATUS: Final = "/CSrest/rest/sales/exciseMark/status"
"""The vendor's path of questions about marks."""
QUEUE: Final = "/queue"
ORDERS: Final = "/orders"
SALES: Final = "/receipts"
RETURNS: Final = "/returns"
"""Below `[CashServer] url`, as `SALES` is."""
RECEIPTS: Final = "/api/1.0/receipts"


class Addresses(Struct, frozen=True):
    """Addresses of both servers; an empty one: there is no such server."""

    marks: str = ""
    """`[MarkedGoods] markVerifyUrl`."""
    queue: str = ""
    """`[Queue] url`."""
    orders: str = ""
    """`[Orders] url`."""
    stock: str = ""
    """`[StockControl] url`."""
    receipts: str = ""
    """`[Export] pushUrl`."""
    cash_server: str = ""
    """`[CashServer] url`."""


def addresses(cash: str, stock: str) -> Addresses:
    """Return what to set, given the roots of the cash server and of СКО."""
    return Addresses(cash + STATUS, cash + QUEUE, cash + ORDERS, stock, stock + RECEIPTS, cash)
