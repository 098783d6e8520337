"""Shapes of a receipt as the cash server tells it, and its values.

Each reader of a value raises `ValueError` for what is none.
"""

from datetime import datetime
from decimal import Decimal
from typing import Final

import msgspec

from cashier.core.money import Kopecks, from_roubles
from cashier.core.quantity import Thousandths
from cashier.remote.said import plain

LONGEST_NAME: Final = 64
"""Characters of a GUID at most, and of what stands in its place."""

_MOST: Final = 10**9
"""A number beyond that counts nothing a till has."""

Number = int | float | str | None
"""A number as servers write it, with or without quotes."""


class Amount(msgspec.Struct, frozen=True):
    """Money or a quantity: an object, with what else is nobody's business."""

    amount: Number = None


class Property(msgspec.Struct, frozen=True):
    """A named value."""

    code: Number = None
    value: Number | bool = None


class Product(msgspec.Struct, frozen=True, rename="camel"):
    """Goods as they were sold."""

    scu: Number = None
    name: Number = None
    barcode: Number = None
    measure: Number = None
    measure_prec: Number = None
    item_group: Number = None
    tax_group: Number = None
    attributes: list[Property] | None = None
    properties: list[Property] | None = None


class Tax(msgspec.Struct, frozen=True):
    """One tax of a position, in percent."""

    rate: Number = None


class Item(msgspec.Struct, frozen=True, rename="camel"):
    """One position."""

    product_info: Product
    pos_num: Number = None
    total_quantity: Amount | Number = None
    price: Amount | Number = None
    min_price: Amount | Number = None
    total_with_discounts: Amount | Number = None
    taxes: list[Tax] | None = None


class Payment(msgspec.Struct, frozen=True, rename="camel"):
    """One payment; change is taken off."""

    p_type: Number = None
    amount: Amount | Number = None
    rrn: Number = None


class Returned(msgspec.Struct, frozen=True):
    """What came back of a position with one return, or is claimed."""

    back: Number = msgspec.field(name="return", default=None)
    position: Number = None
    quantity: Amount | Number = None
    amount: Amount | Number = None


class Refund(msgspec.Struct, frozen=True, rename="camel"):
    """Money that was given back with one return."""

    back: Number = msgspec.field(name="return", default=None)
    p_type: Number = None
    amount: Amount | Number = None


class Dates(msgspec.Struct, frozen=True, rename="camel"):
    """Moments of the receipt."""

    date_close: str | None = None


class Additional(msgspec.Struct, frozen=True):
    """What does not fit elsewhere: the GUID."""

    properties: list[Property] | None = None


class Head(msgspec.Struct, frozen=True, rename="camel"):
    """What tells whether goods may come back by it at all."""

    receipt_type: str
    result: str
    store_id: Number = None


class Receipt(msgspec.Struct, frozen=True, rename="camel"):
    """The rest of a receipt."""

    dates: Dates
    additional: Additional
    items: list[Item]
    removed_items: list[msgspec.Raw] | None = None
    payments: list[Payment] | None = None
    number: Number = None
    shift_number: Number = None
    pos_id: Number = None
    returns: list[Returned] | None = None
    refunds: list[Refund] | None = None


def guid(value: Number | bool) -> str:  # noqa: FBT001 - what servers write, not how the call is meant
    """Read a GUID, or what stands in its place."""
    name = "" if value is None else str(value).strip()
    if not (name and name.isprintable() and len(name) <= LONGEST_NAME):
        raise ValueError(value)
    return name


def text(value: Number) -> str:
    """Write a value as one harmless, short line; empty for none."""
    return "" if value is None else plain(str(value))


def moment(value: str | None) -> str:
    """Read a moment of the shop's local time."""
    return datetime.fromisoformat((value or "").strip()).replace(tzinfo=None).isoformat(timespec="seconds")


def bare(value: Amount | Number) -> Number:
    """Take a number out of its object."""
    return value.amount if isinstance(value, Amount) else value


def roubles(value: Amount | Number) -> Kopecks:
    """Read roubles; nothing below zero was sold or given back."""
    amount = from_roubles(_given(bare(value)))
    if amount < 0:
        raise ValueError(value)
    return amount


def quantity(value: Amount | Number) -> Thousandths:
    """Read a quantity; nothing finer than a thousandth was sold."""
    thousandths = decimal(bare(value)) * 1000
    if thousandths < 0 or thousandths != int(thousandths):
        raise ValueError(value)
    return Thousandths(int(thousandths))


def whole(value: Number) -> int:
    """Read a number that counts something, from 1 on."""
    number = decimal(value)
    if number < 1 or number != int(number):
        raise ValueError(value)
    return int(number)


def vat(percent: Number) -> int:
    """Read a rate in hundredths of a percent."""
    return int(decimal(percent) * 100)


def decimal(value: Number) -> Decimal:
    """Read a number."""
    try:
        number = Decimal(str(_given(value)).strip())
    except ArithmeticError:
        raise ValueError(value) from None
    if not number.is_finite() or not -_MOST <= number <= _MOST:
        raise ValueError(value)
    return number


def _given(value: Number) -> float | str:
    if value is None:
        raise ValueError(value)
    return value
