"""What the cash server reads of a receipt that a till tells of (domain/ukm5.md 3.5); all else is kept as it came."""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths
from cashier.demo.cash_protocol import Guid, Number, Text, read

SALE: Final = "Sale"
BY_RECEIPT: Final = "RefundOnReceipt"
"""`receiptType` of a sale, and of a return by receipt."""

RECEIPT_GUID: Final = "RECEIPT_GUID"
SALE_GUID: Final = "SALE_GUID"
"""Codes of additional properties: names of the receipt, and of the sale that it gives back."""

Place = Annotated[int, Meta(ge=1, le=2**31 - 1)]
"""Position of a line in a receipt."""
Figure = Annotated[float, Meta(ge=0, le=1e12)]
"""Roubles or units."""


class Amount(Struct, frozen=True):
    """Money in roubles, or a quantity in units."""

    amount: Figure

    @property
    def kopecks(self) -> Kopecks:
        """The sum of money."""
        return to_kopecks(self.amount)

    @property
    def thousandths(self) -> Thousandths:
        """The quantity."""
        return to_thousandths(self.amount)


class Named(Struct, frozen=True):
    """Goods."""

    name: Text = ""


class Item(Struct, frozen=True, rename="camel"):
    """A line that was sold or given back."""

    pos_num: Place
    total_quantity: Amount
    total_with_discounts: Amount
    source_pos_num: Place | None = None
    """In the sale receipt."""
    product_info: Named = Named()


class Payment(Struct, frozen=True, rename="camel"):
    """Money of one kind; what stays of it."""

    p_type: Text
    amount: Amount


class Property(Struct, frozen=True):
    """An additional property."""

    code: str
    value: object = ""


class Additional(Struct, frozen=True):
    """Additional part."""

    properties: tuple[Property, ...]


class Dates(Struct, frozen=True, rename="camel"):
    """When it was begun and ended: shop's time, ISO 8601."""

    date_close: Text


class Told(Struct, frozen=True, rename="camel"):
    """A receipt."""

    receipt_type: Text
    result: Literal["Completed", "Cancelled"]
    store_id: Text | Number
    pos_id: Text | Number
    shift_number: Text | Number
    number: Number
    dates: Dates
    additional: Additional
    items: tuple[Item, ...] = ()
    payments: tuple[Payment, ...] = ()

    @property
    def guid(self) -> str:
        """Its name."""
        return self._named(RECEIPT_GUID)

    @property
    def sale(self) -> str:
        """Name of the sale that it gives back; empty for none."""
        return self._named(SALE_GUID) if self.receipt_type == BY_RECEIPT else ""

    @property
    def is_paid_sale(self) -> bool:
        """Tell whether anything of it may come back."""
        return self.receipt_type == SALE and self.completed

    @property
    def gives_back(self) -> bool:
        """Tell whether it says of claims what became of them; a cancelled return need not name its sale."""
        return self.receipt_type == BY_RECEIPT and bool(self.sale or not self.completed)

    @property
    def completed(self) -> bool:
        """Tell whether it was paid."""
        return self.result == "Completed"

    def _named(self, code: str) -> str:
        guids = [each.value for each in self.additional.properties if each.code == code]
        try:
            return msgspec.convert(guids, tuple[Guid])[0].lower()
        except msgspec.ValidationError:
            return ""


def told(body: bytes) -> Told | str:
    """Read a receipt.

    Returns:
        The receipt, or in Russian why it is none.
    """
    whole = read(body, dict[str, object])  # what is kept goes out again, so none of it may be unreadable
    receipt = whole if isinstance(whole, str) else read(body, Told)
    if isinstance(receipt, str) or receipt.guid:
        return receipt
    return f"В чеке должно быть одно свойство {RECEIPT_GUID}, и в нём UUID"


def to_kopecks(roubles: float) -> Kopecks:
    """Take a sum out of JSON."""
    return Kopecks(round(roubles * 100))


def to_thousandths(units: float) -> Thousandths:
    """Take a quantity out of JSON."""
    return Thousandths(round(units * 1000))
