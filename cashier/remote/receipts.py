"""Receipts of other tills as the cash server tells them: objects of domain/ukm5.md 3.5, hostile until read.

The server adds what came back of each: `returns`, also of those that are only claimed, and `refunds` of completed ones.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from cashier.core.catalogue import MARKED_KINDS, Kind, Product
from cashier.core.marks import ki_of
from cashier.core.money import ZERO, Kopecks
from cashier.core.quantity import LIMIT, Thousandths, is_whole
from cashier.core.sales import Paid, Sale, SoldLine
from cashier.core.tender import TenderKind
from cashier.remote import _receipt_shapes as shapes
from cashier.store.past_sales import Back

Known = Callable[[str, str], Product | None]
"""Finds what the dictionaries have under a code and a barcode."""

Word = Literal["cancelled", "no_sale", "other_shop", "unreadable"]
"""Why goods do not come back by a receipt that the server has; no_sale: it is a return."""

MOST_LINES: Final = 2000
"""Positions of a receipt, and entries of what came back of it: more is a broken answer."""

LONGEST_MARK: Final = 500
"""Characters of a mark at most."""

_KINDS: Final = {"cash": TenderKind.CASH, "card": TenderKind.CARD}
_ATTRIBUTES: Final = {"markedTobacco": Kind.TOBACCO, "markedGoods": Kind.MARKED}
_EXCISE: Final = {
    "TOBACCO": Kind.TOBACCO,
    "ALCOHOL": Kind.ALCOHOL,
    "MEDIC": Kind.MEDICINE,
    "MARKEDGOODS": Kind.MARKED,
}
_NO: Final = frozenset({"", "0", "false", "no"})


@dataclass(frozen=True, slots=True)
class Told:
    """A sale as the server knows it, without what came back."""

    sale: Sale
    returns: tuple[tuple[str, int, Thousandths, Kopecks], ...] = ()
    """GUID of a return, position, how much, what was given back for it."""
    refunds: tuple[tuple[str, TenderKind, Kopecks], ...] = ()

    def back(self, but: frozenset[str]) -> Back:
        """Add up what came back by all returns but those that the till knows itself."""
        lines, money = dict[int, tuple[Thousandths, Kopecks]](), dict[TenderKind, Kopecks]()
        for name, position, quantity, amount in self.returns:
            if name not in but:
                so_far, paid = lines.get(position, (0, 0))
                lines[position] = Thousandths(so_far + quantity), Kopecks(paid + amount)
        for name, kind, amount in self.refunds:
            if name not in but:
                money[kind] = Kopecks(money.get(kind, ZERO) + amount)
        return Back(lines, money)


def read(receipt: msgspec.Raw, shop: str, known: Known) -> Told | Word:
    """Read one receipt; `shop` is the number of this one."""
    try:
        head = msgspec.json.decode(receipt, type=shapes.Head)
        if shapes.text(head.store_id) not in {"", shop}:
            return "other_shop"
        if head.receipt_type != "Sale":
            return "no_sale"
        if head.result != "Completed":
            return "cancelled"
        return _told(msgspec.json.decode(receipt, type=shapes.Receipt), shop, known)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return "unreadable"


def _told(own: shapes.Receipt, shop: str, known: Known) -> Told:
    returns, refunds = own.returns or (), own.refunds or ()
    if max(len(own.items), len(returns), len(refunds)) > MOST_LINES:
        raise ValueError(len(own.items))
    numbered = own.removed_items or any(item.pos_num is not None for item in own.items)
    names = (one.value for one in own.additional.properties or () if one.code == "RECEIPT_GUID")
    sale = Sale(
        shapes.guid(next(names, None)),
        shop,
        shapes.text(own.pos_id),
        shapes.whole(own.shift_number),
        shapes.whole(own.number),
        shapes.moment(own.dates.date_close),
        lines=tuple(_line(item, item.pos_num if numbered else place, known) for place, item in enumerate(own.items, 1)),
        paid=tuple(_paid(payment) for payment in own.payments or ()),
        own=False,
    )
    if len({line.position for line in sale.lines}) < len(sale.lines):
        raise ValueError(sale.identifier)
    # Money goes back by the way it came: what was paid in none of them could not be given back.
    if sum(line.sum for line in sale.lines) > sum(payment.amount for payment in sale.paid):
        raise ValueError(sale.identifier)
    return Told(
        sale,
        tuple(
            (shapes.guid(o.back), shapes.whole(o.position), shapes.quantity(o.quantity), shapes.roubles(o.amount))
            for o in returns
        ),
        tuple((shapes.guid(o.back), _tender(o.p_type), shapes.roubles(o.amount)) for o in refunds),
    )


def _line(own: shapes.Item, position: shapes.Number, known: Known) -> SoldLine:
    """Read a position; tills of old did not number them, and of theirs nothing may have been taken out."""
    said = own.product_info
    properties = _texts(said.properties)
    mark, ki = properties.get("MARK", ""), properties.get("KI", "")
    if max(len(mark), len(ki)) > LONGEST_MARK:
        raise ValueError(len(mark))
    quantity, price = shapes.quantity(own.total_quantity), shapes.roubles(own.price)
    if not 0 < quantity <= LIMIT:
        raise ValueError(quantity)
    product = _product(own, known, price, marked=bool(mark))
    return SoldLine(
        shapes.whole(position),
        product if is_whole(quantity) else replace(product, fractional=True),
        quantity,
        price,
        shapes.roubles(own.total_with_discounts),
        min_price=shapes.roubles(own.min_price) if shapes.bare(own.min_price) is not None else ZERO,
        mark=mark,
        ki=ki or (ki_of(mark) if mark else ""),
    )


def _product(own: shapes.Item, known: Known, price: Kopecks, *, marked: bool) -> Product:
    """Make goods of what the dictionaries know of them, else of what the receipt tells.

    What was sold by its mark comes back by it, whatever the dictionaries here say.
    """
    said = own.product_info
    code, barcode, told = shapes.text(said.scu), shapes.text(said.barcode), _kind(said)
    if marked and told not in MARKED_KINDS:
        told = Kind.MARKED
    found = known(code, barcode)
    if found:
        kind = told if marked and found.kind not in MARKED_KINDS else found.kind
        name, barcode = shapes.text(said.name) or found.name, barcode or found.barcode
        return replace(found, name=name, price=price, barcode=barcode, kind=kind, alternatives=())
    if not (code or barcode):
        raise ValueError(said)
    rates = [shapes.vat(tax.rate) for tax in own.taxes or ()]
    return Product(
        code or barcode,
        shapes.text(said.name) or code or barcode,
        price,
        barcode,
        unit=shapes.text(said.measure) or "шт",
        fractional=shapes.text(said.measure_prec)[:1] not in {"", "0"},
        kind=told,
        group=shapes.text(said.item_group),
        tax=shapes.text(said.tax_group),
        vat=rates[0] if rates else None,
    )


def _kind(said: shapes.Product) -> Kind:
    """Tell a kind of goods by an attribute, or by that of the mark; what nobody tells is plain."""
    for code, value in _texts(said.attributes).items():
        if code in _ATTRIBUTES and value.lower() not in _NO:
            return _ATTRIBUTES[code]
    return _EXCISE.get(_texts(said.properties).get("EXCISE_TYPE", ""), Kind.PLAIN)


def _texts(properties: Iterable[shapes.Property] | None) -> dict[str, str]:
    """Take values by their codes as they are; of two of one code the first counts: what masks captured comes last."""
    texts: dict[str, str] = {}
    for own in properties or ():
        texts.setdefault(str(own.code), "" if own.value is None else str(own.value))
    return texts


def _paid(own: shapes.Payment) -> Paid:
    kind = _tender(own.p_type)
    return Paid(kind, shapes.roubles(own.amount), shapes.text(own.rrn) if kind is TenderKind.CARD else "")


def _tender(word: shapes.Number) -> TenderKind:
    kind = _KINDS.get(shapes.text(word).lower())
    if kind is None:
        raise ValueError(word)
    return kind
