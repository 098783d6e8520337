"""УКМ 5 import JSON: one file is one request body, `{"elements": [ … ]}` (domain/ukm5.md 6.2).

The kind of an element is told by its fields; one too bare for that (only an id and `delete`) is of the kind of the
element before it. What is missing from an object is not taken back: deletes are explicit.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from cashier.exchange import _ukm5_shapes as shapes
from cashier.exchange._aif_items import forget_item
from cashier.exchange._aif_rest import parent_of
from cashier.exchange._fields import code, optional_code, quantity, refuse, shaped, text
from cashier.exchange._framing import elements
from cashier.exchange._ukm5_attributes import ages, kind_of
from cashier.exchange._ukm5_prices import alternatives, barcode_price, item_price
from cashier.exchange.intake import Build, Intake
from cashier.store import forms
from cashier.store.loading import Change, Forget, Put

OPENING: Final = re.compile(r'\s*\{\s*"elements"\s*:\s*\[', re.IGNORECASE)


def read(path: Path, source: BinaryIO, intake: Intake) -> None:
    """Take the elements of a file.

    Raises:
        UnreadableError: not UTF-8, or the list breaks off.
    """
    intake.unit = "запись"
    before = ""
    for place, value in enumerate(elements(path, source, OPENING), 1):
        element = intake.opened(place, value)
        if element is None:
            continue
        before = _kind(element) or before
        if build := _BUILDS.get(before):
            intake.take(place, before, build, element)
        elif before:
            intake.pass_over(before)
        else:
            intake.skip(place, "", "непонятно, что это за запись", "Проверьте поля записи")


def group(body: dict[str, Any]) -> Iterator[Change]:
    """`groupItems`; owner "0" is the root."""
    record = shaped(body, shapes.Group)
    key = code(record.id, "id")
    if record.gone:
        yield Forget("inventgroup", ("groupcode",), (key,))
    else:
        yield Put(forms.GROUP, (key, parent_of(record.owner, "owner"), text(record.name, "name")))


def item(body: dict[str, Any]) -> Iterator[Change]:
    """`items`; `measprec` above zero means goods sold by weight or measure."""
    record = shaped(body, shapes.Item)
    key = code(record.id, "id")
    if record.gone:
        yield from forget_item(key)
        return
    if record.name is None:
        refuse("name", "не указано")
    kind = kind_of(record.attributes)
    yield from ages(key, record.attributes)
    live = [barcode for barcode in record.barcodes if not barcode.gone]
    main = code(live[0].id, "barcodes.id") if live else ""
    yield Put(forms.PRICED_APART, (key, *_item_row(record), main, kind))
    if kind is not None:
        yield Put(forms.ITEM_KIND, (key, kind))
    for barcode in record.barcodes:
        yield _barcode(key, barcode, kind)
    yield from alternatives(key, "", record.alternativeprices)


def picklist(body: dict[str, Any]) -> Iterator[Change]:
    """`picklists`: a folder with exactly these goods."""
    record = shaped(body, shapes.Picklist)
    key = code(record.id, "id")
    yield Forget("picklist", ("code",), (key,))
    yield Forget("picklist", ("parent",), (key,))
    if record.gone:
        return
    yield Put(forms.PICK, (key, "", text(record.name, "name"), "", "", 0))
    for order, goods in enumerate(record.items, 1):
        product = code(goods, "items")
        yield Put(forms.PICK, (f"{key}/{product}", key, "", product, "", order))


_BUILDS: Final[dict[str, Build]] = {
    "groupItems": group,
    "items": item,
    "itemPrices": item_price,
    "barcodePrices": barcode_price,
    "picklists": picklist,
}
_SIGNS: Final = (
    ("barcodePrices", {"barcodeid"}),
    ("itemProperties", {"properties"}),
    ("itemPrices", {"itemid"}),
    ("securityScale", {"item_id", "weight"}),
    ("picklists", {"items", "isglobal", "stores"}),
    ("items", {"barcodes", "measprec", "measure", "itemgroup", "taxgroupid", "alternativeprices", "descr"}),
    ("groupItems", {"owner"}),
)
"""Fields any of which tells the kind, asked in this order."""


def _kind(element: dict[str, Any]) -> str:
    return next((kind for kind, signs in _SIGNS if not signs.isdisjoint(element)), "")


def _item_row(record: shapes.Item) -> tuple[str | int, ...]:
    return (
        text(record.name, "name"),
        text(record.measure, "measure"),
        int(record.measprec > 0),
        parent_of(record.itemgroup, "itemGroup"),
        optional_code(record.taxgroupid, "taxgroupId"),
    )


def _barcode(key: str, record: shapes.Barcode, kind: int | None) -> Change:
    own = code(record.id, "barcodes.id")
    if record.gone:
        return Forget("barcodes", ("barcode", "code"), (own, key))
    holds = quantity(record.quantity, "barcodes.quantity")
    return Put(forms.ITEM_BARCODE, (own, key, None, None, None, holds, None, None, None, kind, None))
