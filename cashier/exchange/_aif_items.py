"""AIF commands about goods, barcodes and prices: what each changes."""

from collections.abc import Iterator
from typing import Any, Final

from cashier.exchange import _aif_shapes as shapes
from cashier.exchange._aif_periods import periods
from cashier.exchange._fields import (
    code,
    flag,
    moment,
    money,
    optional_code,
    quantity,
    refuse,
    required_money,
    shaped,
    text,
)
from cashier.store import forms
from cashier.store._price_rows import Scope
from cashier.store.loading import Change, Forget, Put, Value

_ITEM_OPTIONS: Final = (
    *("disablebackinsale", "disableinventshow", "disableinventsale", "disableinventback", "visualverify", "ageverify"),
    *("requiresalerestrict", "egaisverify", "prepackaged", "nopdfegaisverify", "alcoset", "freesale", "rfidverify"),
    *("lowweight", "weightcontrolbypass", "tobacco", "shoes", "fuzzyweight", "ignoremarking", "markdownverify"),
)
_PRICE_OPTIONS: Final = (
    *("enablepricemanual", "requirepricemanual", "requireselectprice", "requiredeferredprice"),
    "enableexcisemarkprice",
)
_PRICE_MODE: Final = 1
_SALE_OFF: Final = "2"
"""`doctype` of a price that is a promotion."""
_OF_ITEM: Final = ("additionalprice", "sellrestrictperiod", "attributeage", "barcodes", "tmc")


def item(body: dict[str, Any]) -> Iterator[Change]:
    """`addInventItem`: the item with all the barcodes, prices and periods it names."""
    record = shaped(body, shapes.Item)
    key = code(record.inventcode, "inventcode")
    yield Put(forms.ITEM, (key, *_item_row(record)))
    main = optional_code(record.barcode, "barcode")
    if main:
        yield Put(forms.MAIN_BARCODE, (main, key, record.tmctype))
    for barcode in record.barcodes:
        yield from _item_barcode(key, barcode)
    if record.additionalprices is not None:
        yield from _extra_prices(key, "", record.additionalprices)
    if record.sellrestrictperiods is not None:
        yield from periods(key, record.sellrestrictperiods)


def delete_item(body: dict[str, Any]) -> Iterator[Change]:
    """`deleteInventItem`: the item with everything that hangs on it."""
    key = code(shaped(body, shapes.ItemKey).inventcode, "inventcode")
    yield from forget_item(key)


def forget_item(key: str) -> Iterator[Change]:
    """Delete an item, its barcodes, prices and periods."""
    for table in _OF_ITEM:
        yield Forget(table, ("code",), (key,))
    yield Forget("prices", ("key", "scope"), (key, Scope.ITEM))


def barcode(body: dict[str, Any]) -> Iterator[Change]:
    """`addBarcode`."""
    record = shaped(body, shapes.Barcode)
    if record.code is None:
        refuse("code", "не указано")
    yield Put(
        forms.BARCODE,
        (
            code(record.barcode, "barcode"),
            code(record.code, "code"),
            text(record.name, "name"),
            optional_code(record.measure if record.measure is not None else record.measurecode, "measure"),
            quantity(record.quantdefault, "quantdefault"),
            optional_code(record.ntin, "ntin"),
            record.tmctype,
        ),
    )


def delete_barcode(body: dict[str, Any]) -> Iterator[Change]:
    """`deleteBarcode`."""
    record = shaped(body, shapes.BarcodeKey)
    key = code(record.barcode, "barcode")
    if record.code is None:
        yield Forget("barcodes", ("barcode",), (key,))
    else:
        yield Forget("barcodes", ("barcode", "code"), (key, code(record.code, "code")))


def price(body: dict[str, Any]) -> Iterator[Change]:
    """`addPrice`: a price from a moment on, of a barcode or of an item."""
    record = shaped(body, shapes.Price)
    yield Put(
        forms.PRICE,
        (
            code(record.barcode, "barcode"),
            Scope.EITHER,
            int(str(record.doctype) == _SALE_OFF),
            moment(record.effectivedate, "effectivedate"),
            moment(record.effectivedateend, "effectivedateend", end=True),
            required_money(record.price, "price"),
            money(record.minprice, "minprice"),
        ),
    )


def delete_price(body: dict[str, Any]) -> Iterator[Change]:
    """`deletePrice`."""
    key = code(shaped(body, shapes.PriceKey).barcode, "barcode")
    yield Forget("prices", ("key", "scope"), (key, Scope.EITHER))


def extra_price(body: dict[str, Any]) -> Iterator[Change]:
    """`addAdditionalPrice`."""
    record = shaped(body, shapes.ExtraPrice)
    yield _extra_price(_item_of(record), optional_code(record.barcode, "barcode"), record)


def delete_extra_price(body: dict[str, Any]) -> Iterator[Change]:
    """`deleteAdditionalPrice`: one price of an item, or all of them when no `pricecode` is named."""
    record = shaped(body, shapes.ExtraPriceKey)
    key = _item_of(record)
    if record.pricecode is None:
        yield Forget("additionalprice", ("code",), (key,))
    else:
        yield Forget("additionalprice", ("code", "pricecode"), (key, code(record.pricecode, "pricecode")))


def _item_row(record: shapes.Item) -> tuple[Value, ...]:
    return (
        optional_code(record.barcode, "barcode"),
        text(record.name, "name") or text(record.rtext, "rtext"),
        text(record.articul, "articul"),
        optional_code(record.measurecode, "measurecode"),
        quantity(record.cquant, "cquant"),
        quantity(record.defaultquantity, "defaultquantity"),
        money(record.price, "price"),
        money(record.minprice, "minprice"),
        money(record.minretailprice, "minretailprice"),
        optional_code(record.taxgroupcode, "taxgroupcode"),
        optional_code(record.deptcode, "deptcode"),
        optional_code(record.inventgroup, "inventgroup"),
        record.opmode | _bits(record.options, "inventitemoptions", _ITEM_OPTIONS, 0),
        _bits(record.options, "priceoptions", _PRICE_OPTIONS, _PRICE_MODE),
        record.age,
        optional_code(record.ntin, "ntin"),
        record.paymentobject,
        record.alcoholpercent,
    )


def _item_barcode(key: str, record: shapes.Barcode) -> Iterator[Change]:
    own = code(record.barcode, "barcodes.barcode")
    yield Put(
        forms.ITEM_BARCODE,
        (
            own,
            key,
            money(record.price, "barcodes.price"),
            money(record.minprice, "barcodes.minprice"),
            money(record.minretailprice, "barcodes.minretailprice"),
            quantity(record.cquant, "barcodes.cquant"),
            text(record.name, "barcodes.name"),
            optional_code(record.measurecode, "barcodes.measurecode"),
            quantity(record.quantdefault, "barcodes.quantdefault"),
            record.tmctype,
            optional_code(record.ntin, "barcodes.ntin"),
        ),
    )
    if record.additionalprices is not None:
        yield from _extra_prices(key, own, record.additionalprices)


def _extra_prices(key: str, own: str, records: list[shapes.ExtraPrice]) -> Iterator[Change]:
    yield Forget("additionalprice", ("code", "barcode"), (key, own))
    for record in records:
        yield _extra_price(key, own, record)


def _extra_price(key: str, own: str, record: shapes.ExtraPrice) -> Put:
    number, cost = code(record.pricecode, "pricecode"), required_money(record.price, "additionalprices.price")
    return Put(forms.EXTRA_PRICE, (key, own, number, cost, text(record.name, "additionalprices.name")))


def _item_of(record: shapes.ExtraPrice | shapes.ExtraPriceKey) -> str:
    named = record.inventcode if record.inventcode is not None else record.code
    if named is None:
        refuse("inventcode", "не указано")
    return code(named, "inventcode")


def _bits(options: dict[str, Any], part: str, names: tuple[str, ...], unsaid: int) -> int:
    chosen = options.get(part)
    if chosen is None:
        return unsaid
    if not isinstance(chosen, dict):
        refuse(f"options.{part}", "значение не того вида")
    return sum(1 << bit for bit, name in enumerate(names) if name in chosen and flag(chosen[name], name))
