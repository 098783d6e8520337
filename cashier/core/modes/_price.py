"""States of «Проверка цены»: goods are looked for, and told of; nothing is written down, nothing reserved (spec S8)."""

from msgspec import Struct

from cashier.core.catalogue import Product
from cashier.core.modes._goods import Selling
from cashier.core.money import Kopecks
from cashier.core.reading import Reading
from cashier.core.say import Say


class CheckingPrice(Struct, frozen=True):
    """Goods are looked for by scan, code or words of the name; the list follows the typing."""

    back: Selling
    """The sale as it was left, with its quantity and what stood typed."""
    entry: str = ""
    products: tuple[Product, ...] = ()
    chosen: int = 0
    reading: Reading | None = None
    """Of the scan the goods of the list were found by."""
    coded: bool = False
    """The entry is being looked up as a code, before it is taken for words."""
    problem: Say | None = None
    """Why there is nothing to show of what was scanned or typed last."""


class Remark(Struct, frozen=True):
    """What one gate has told of goods, and what it waits for."""

    prices: tuple[Say, ...] = ()
    lines: tuple[Say, ...] = ()
    token: str = ""
    """Of what is being asked outside; empty where nothing is."""
    wait: Say | None = None
    """What stands in the place of amounts until it is answered."""
    amounts: tuple[Say, ...] = ()
    price: Kopecks | None = None
    """As in `cashier.core.gate.Known`."""


class ShowingPrice(Struct, frozen=True):
    """The card of goods: their price, and what the gates know of them."""

    back: Selling
    product: Product
    reading: Reading | None = None
    """Of the scan they were found by."""
    remarks: tuple[Remark, ...] = ()
    """By gates, in their order."""
    first: int = 0
    """Line from which it is read, where there are more than fit."""

    @property
    def lines(self) -> tuple[Say, ...]:
        """All that gates have told: what concerns the price, how much there is or the wait for it, then the rest."""
        told = self.remarks
        prices = (own for remark in told for own in remark.prices)
        amounts = (own for remark in told for own in (*remark.amounts, *((remark.wait,) if remark.wait else ())))
        return (*prices, *amounts, *(own for remark in told for own in remark.lines))

    @property
    def price(self) -> Kopecks:
        """What a unit costs: as a gate has it, else the dictionaries."""
        return next((own.price for own in self.remarks if own.price is not None), self.product.price)
