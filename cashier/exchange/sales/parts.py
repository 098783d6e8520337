"""What all forms of a receipt say alike: its properties, discounts and taxes, the kind of a mark, names of files."""

from decimal import Decimal
from typing import Final, NamedTuple

from cashier.core.catalogue import Kind
from cashier.core.discounts import Discount, Share
from cashier.core.ended import Ended
from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths
from cashier.core.receipt import Line, Receipt

Property = tuple[str, str]
"""Code and value."""

_EXCISE: Final = {Kind.TOBACCO: "TOBACCO", Kind.ALCOHOL: "ALCOHOL", Kind.MEDICINE: "MEDIC"}
_SAFE: Final = frozenset("-_")


class Taken(NamedTuple):
    """What one discount took off a line."""

    whole: bool
    """It was given on the whole receipt."""
    granted: Discount
    amount: Kopecks


def roubles(amount: Kopecks) -> Decimal:
    """Write an amount as a number with two digits after the point."""
    return Decimal(amount).scaleb(-2)


def units(quantity: Thousandths) -> Decimal:
    """Write a quantity as a number with three digits after the point."""
    return Decimal(quantity).scaleb(-3)


def percent(hundredths: int) -> Decimal:
    """Write hundredths of a percent as percents with two digits after the point."""
    return Decimal(hundredths).scaleb(-2)


def gross(receipt: Receipt) -> Kopecks:
    """Return the sum of the lines that are sold, before discounts."""
    return Kopecks(sum(line.gross for line in receipt.live))


def discounts(receipt: Receipt, line: Line) -> tuple[Taken, ...]:
    """Tell what took how much off a line: its own discount, and its part of that of the receipt.

    Goods that come back by a receipt tell only how much; where rounding puts them a kopeck above the price, nothing.
    """
    if line.origin:
        back = Taken(whole=False, granted=Discount(amount=line.discount), amount=line.discount)
        return (back,) if line.discount > 0 else ()
    own = min(Share(line.gross, line.floor, line.granted).taken, line.discount)
    rest = Kopecks(line.discount - own)
    parts = [Taken(whole=False, granted=line.granted, amount=Kopecks(own))] if line.granted and own else []
    whole = receipt.granted or Discount(amount=rest)
    return tuple([*parts, Taken(whole=True, granted=whole, amount=rest)] if rest else parts)


def excise_type(line: Line) -> str:
    """Name the kind of the mark as `goodsitem.excisetype` has it; empty for a line without one."""
    return _EXCISE.get(line.product.kind, "MARKEDGOODS") if line.mark else ""


def properties(ended: Ended) -> tuple[Property, ...]:
    """Return the additional properties of a receipt; those that say nothing of it are left out."""
    receipt = ended.receipt
    found = (
        ("RECEIPT_GUID", receipt.identifier),
        *_returned(receipt),
        ("FISCAL_NUMBER", str(ended.fiscal or "")),
        *(("ORDER", number) for number in receipt.orders),
        ("AGE_CONFIRMED", str(receipt.age or "")),
        ("AGE_BY_DOCUMENT", "true" if receipt.proven else ""),
        ("ENDED_BY_CODE", ended.by.code),
        ("ENDED_BY_NAME", ended.by.name),
    )
    return tuple((code, value) for code, value in found if value)


def _returned(receipt: Receipt) -> tuple[Property, ...]:
    """Name the sale that goods come back by, and why they do."""
    sale, reason = receipt.sale, ("RETURN_REASON", receipt.reason)
    if sale is None:
        return (reason,)
    return (
        ("SALE_GUID", sale.identifier),
        ("SALE_NUMBER", str(sale.number)),
        ("SALE_SHIFT", str(sale.shift)),
        ("SALE_TILL", sale.till),
        ("SALE_DATE", sale.at),
        reason,
    )


def properties_of(line: Line) -> tuple[Property, ...]:
    """Return the properties of a line: the order it came from, and what the mask captured of its mark (spec T7)."""
    return (*((("ORDER", line.order),) if line.order else ()), *line.properties)


def file_name(ended: Ended, suffix: str) -> str:
    """Name the file of a receipt (interfaces.md, Exports): `receipt_77_3_412_15_1.xml`."""
    receipt = ended.receipt
    parts = (_plain(ended.shop), _plain(ended.till), receipt.shift, receipt.number)
    return f"receipt_{'_'.join(map(str, parts))}_1.{suffix}"


def _plain(code: str) -> str:
    """Leave of a code what a name of a file may have anywhere; `0` where a journal of old does not tell it."""
    return "".join(sign for sign in code if (sign.isascii() and sign.isalnum()) or sign in _SAFE) or "0"
