"""Forms in which records reach the tables of the dictionaries: which columns a record decides, and which it may leave.

Two kinds of record may speak of one row (an item names its barcodes, `addBarcode` says what they are), each deciding
columns of its own; forms of a table are written in the order of `FORMS`, so the order in a file does not matter.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of row. A row is the values of `keys`, `sets` and `keeps`, in this order."""

    name: str
    table: str
    keys: tuple[str, ...]
    sets: tuple[str, ...] = ()
    """Columns that always become what the record says."""
    keeps: tuple[str, ...] = ()
    """Columns that stay as they are when the record says nothing (NULL or an empty text)."""
    only_known: bool = False
    """Changes rows already there, makes none."""

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of a row of this form."""
        return self.keys + self.sets + self.keeps


UNIT: Final = Form("unit", "units", ("code",), ("name", "flag"))
GROUP: Final = Form("inventgroup", "inventgroup", ("groupcode",), ("parentgroupcode", "groupname"))
TAX: Final = Form("taxgroup", "taxgroup", ("idtaxgroup",), ("taxes",))
ITEM: Final = Form(
    "item",
    "tmc",
    ("code",),
    (
        *("bcode", "name", "articul", "measure", "cquant", "quantdefault", "price", "minprice", "minretailprice"),
        *("vatcode1", "dcode", "groupcode", "op_mode", "price_mode", "age", "ntin", "paymentobject"),
        "alcoholpercent",
    ),
)
PRICED_APART: Final = Form(
    "priced_apart", "tmc", ("code",), ("name", "measure", "fractional", "groupcode", "vatcode1"), ("bcode", "tmctype")
)
"""An item of УКМ 5: its prices are records of their own."""
ITEM_KIND: Final = Form("item_kind", "barcodes", ("code",), ("tmctype",), only_known=True)
ITEM_BARCODE: Final = Form(
    "item_barcode",
    "barcodes",
    ("barcode", "code"),
    ("price", "minprice", "minretailprice", "cquant"),
    ("name", "measure", "quantdefault", "tmctype", "ntin"),
)
BARCODE: Final = Form(
    "barcode", "barcodes", ("barcode", "code"), ("name", "measure", "quantdefault", "ntin"), ("tmctype",)
)
MAIN_BARCODE: Final = Form("main_barcode", "barcodes", ("barcode", "code"), (), ("tmctype",))
"""A barcode an item only mentions."""
PRICE: Final = Form("price", "prices", ("key", "scope", "promo", "datefrom"), ("dateto", "price", "minprice"))
EXTRA_PRICE: Final = Form("extra_price", "additionalprice", ("code", "barcode", "pricecode"), ("price", "name"))
PERIOD: Final = Form(
    "period",
    "sellrestrictperiod",
    ("code", "position"),
    ("datestart", "dateend", "daystart", "dayend", "timestart", "timeend"),
)
ATTRIBUTE_AGE: Final = Form("attribute_age", "attributeage", ("code", "attribute"), ("age",))
"""An attribute of УКМ 5 that restricts the sale of an item by the buyer's age."""
PICK: Final = Form("pick", "picklist", ("code",), ("parent", "name", "tmccode", "barcode", "itemorder"))
PERSON: Final = Form("person", "mol", ("code",), ("name", "login", "rank", "locked"), ("password",))
ROLE: Final = Form("role", "roleuser", ("usercode", "rolecode"), ("rule",))
WHITE: Final = Form("white", "excisemarkwhite", ("excisemarkid", "barcode"), ("excisetype", "shopcode", "serialnumber"))
KI: Final = "ki"
"""No column: a delete of `excisemarkwhite` that names it is of all rows whose mark has this identification code."""

_RESTRICTIONS: Final = (PERIOD, ATTRIBUTE_AGE)
_OTHERS: Final = (
    *(UNIT, GROUP, TAX, ITEM, PRICED_APART, ITEM_KIND, MAIN_BARCODE, ITEM_BARCODE, BARCODE),
    *(PRICE, EXTRA_PRICE, PICK, PERSON, ROLE, WHITE),
)
FORMS: Final = (*_RESTRICTIONS, *_OTHERS)
"""In the order they are written: a running till never finds goods before what restricts them."""
TABLES: Final = {form.table: form.keys for form in (*_OTHERS, *_RESTRICTIONS) if not form.only_known}
"""Tables that can be loaded, with their keys, in the order rows are deleted: nor does it find them after that."""
SPARED: Final = {
    "mol": "code NOT IN (SELECT usercode FROM roleuser WHERE rolecode = 3)",
    "roleuser": "usercode NOT IN (SELECT usercode FROM roleuser WHERE rolecode = 3)",
}
"""Rows that a `clear` may take; an administrator is never one, or nobody could sign in."""
