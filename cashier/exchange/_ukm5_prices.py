"""`itemPrices` and `barcodePrices` of УКМ 5, and the other prices that goods may be sold at: what each changes."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from cashier.exchange import _ukm5_shapes as shapes
from cashier.exchange._fields import code, moment, money, refuse, shaped
from cashier.store import forms
from cashier.store._price_rows import Scope
from cashier.store.loading import Change, Forget, Put


def item_price(body: dict[str, Any]) -> Iterator[Change]:
    """`itemPrices`; a deleted regular price is the stop-list: no price of the item is left."""
    record = shaped(body, shapes.Price)
    if record.itemid is None:
        refuse("itemId", "не указано")
    key = code(record.itemid, "itemId")
    yield from _price(key, Scope.ITEM, record)
    yield from alternatives(key, "", record.alternativeprices)


def barcode_price(body: dict[str, Any]) -> Iterator[Change]:
    """`barcodePrices`."""
    record = shaped(body, shapes.Price)
    if record.barcodeid is None:
        refuse("barcodeId", "не указано")
    key = code(record.barcodeid, "barcodeId")
    yield from _price(key, Scope.BARCODE, record)
    yield from alternatives("", key, record.alternativeprices)


def alternatives(item: str, barcode: str, amounts: Sequence[Decimal] | None) -> Iterator[Change]:
    """Let exactly these be the other prices of an item, or of whatever has a barcode; None leaves them as they are."""
    if amounts is None:
        return
    yield Forget("additionalprice", ("code", "barcode"), (item, barcode))
    for number, amount in enumerate(amounts, 1):
        yield Put(forms.EXTRA_PRICE, (item, barcode, str(number), money(amount, "alternativePrices"), ""))


def _price(key: str, scope: Scope, record: shapes.Price) -> Iterator[Change]:
    if record.gone and record.ispromoprice:
        yield Forget("prices", ("key", "scope", "promo"), (key, scope, 1))
    elif record.gone:
        yield Forget("prices", ("key", "scope"), (key, scope))
    elif record.price is None:
        refuse("price", "не указано")
    else:
        start, end = moment(record.datefrom, "dateFrom"), moment(record.dateto, "dateTo", end=True)
        amounts = (money(record.price, "price"), money(record.minprice, "minprice"))
        yield Put(forms.PRICE, (key, scope, int(bool(record.ispromoprice)), start, end, *amounts))
