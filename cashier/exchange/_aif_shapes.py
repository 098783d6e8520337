"""Shapes of AIF records: the fields of domain/artix.md 5.4 that the till keeps, in small letters."""

from decimal import Decimal
from typing import Annotated, Any

import msgspec

from cashier.exchange._fields import Code

Kind = Annotated[int, msgspec.Meta(ge=0, le=8)]
Years = Annotated[int, msgspec.Meta(ge=0, le=150)]
Small = Annotated[int, msgspec.Meta(ge=0, le=2**31)]
Ordinal = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31)]


class ExtraPrice(msgspec.Struct):
    """One of `additionalprices`, or the body of `addAdditionalPrice`."""

    price: Decimal
    pricecode: Code = "1"
    name: Code | None = None
    inventcode: Code | None = None
    code: Code | None = None
    barcode: Code | None = None


class Barcode(msgspec.Struct):
    """Body of `addBarcode`, or one of `barcodes` of an item."""

    barcode: Code
    code: Code | None = None
    name: Code | None = None
    measure: Code | None = None
    measurecode: Code | None = None
    tmctype: Kind | None = None
    quantdefault: Decimal | None = None
    cquant: Decimal | None = None
    price: Decimal | None = None
    minprice: Decimal | None = None
    minretailprice: Decimal | None = None
    ntin: Code | None = None
    additionalprices: list[ExtraPrice] | None = None


class Period(msgspec.Struct):
    """One of `sellrestrictperiods`."""

    datestart: str | None = None
    dateend: str | None = None
    daystart: int | None = None
    dayend: int | None = None
    timestart: str | None = None
    timeend: str | None = None


class Item(msgspec.Struct):
    """Body of `addInventItem`."""

    inventcode: Code
    name: Code
    rtext: Code | None = None
    inventgroup: Code | None = None
    barcode: Code | None = None
    barcodes: list[Barcode] = []
    price: Decimal | None = None
    minprice: Decimal | None = None
    minretailprice: Decimal | None = None
    additionalprices: list[ExtraPrice] | None = None
    options: dict[str, Any] = {}
    sellrestrictperiods: list[Period] | None = None
    deptcode: Code | None = None
    taxgroupcode: Code | None = None
    measurecode: Code | None = None
    articul: Code | None = None
    defaultquantity: Decimal | None = None
    cquant: Decimal | None = None
    age: Years | None = None
    alcoholpercent: Annotated[float, msgspec.Meta(ge=0, le=100)] | None = None
    opmode: Small = 0
    paymentobject: Small | None = None
    ntin: Code | None = None
    tmctype: Kind | None = None


class ItemKey(msgspec.Struct):
    """Body of `deleteInventItem`."""

    inventcode: Code


class BarcodeKey(msgspec.Struct):
    """Body of `deleteBarcode`; without the item, the barcode goes from every one."""

    barcode: Code
    code: Code | None = None


class Unit(msgspec.Struct):
    """Body of `addUnit` and `deleteUnit`."""

    unitcode: Code
    name: Code | None = None
    fractional: Any = 0


class Group(msgspec.Struct):
    """Body of `addInventGroup` and `deleteInventGroup`."""

    groupcode: Code
    parentgroupcode: Code | None = None
    groupname: Code | None = None


class TaxRate(msgspec.Struct):
    """One of the taxes of a tax group."""

    name: Code | None = None
    rate: Decimal | None = None
    changebase: Code | bool | None = None


class TaxGroup(msgspec.Struct):
    """Body of `addTaxGroup` and `deleteTaxGroup`."""

    idtaxgroup: Code
    taxes: list[TaxRate] = []


class Price(msgspec.Struct):
    """Body of `addPrice`; `barcode` is a barcode or the code of an item."""

    barcode: Code
    price: Decimal
    minprice: Decimal | None = None
    doctype: Code = 1
    effectivedate: str | None = None
    effectivedateend: str | None = None


class PriceKey(msgspec.Struct):
    """Body of `deletePrice`."""

    barcode: Code


class ExtraPriceKey(msgspec.Struct):
    """Body of `deleteAdditionalPrice`."""

    inventcode: Code | None = None
    code: Code | None = None
    barcode: Code | None = None
    pricecode: Code | None = None


class Pick(msgspec.Struct):
    """Body of `addPicklist` and `deletePicklist`; goods have `tmccode` or `barcode`, a folder has neither."""

    code: Code
    name: Code | None = None
    parent: Code | None = None
    tmccode: Code | None = None
    barcode: Code | None = None
    itemorder: Ordinal = 0


class Role(msgspec.Struct):
    """One of `roleusers`."""

    rolecode: Small
    rule: Small = 1


class Person(msgspec.Struct):
    """Body of `addMCashUser` and `deleteMCashUser`."""

    code: Code
    name: Code | None = None
    login: Code | None = None
    password: Code | None = None
    rank: Code | None = None
    locked: Any = 0
    roleusers: list[Role] = []


class Listed(msgspec.Struct):
    """One of the barcodes a mark is listed with."""

    value: Code


class WhiteMark(msgspec.Struct):
    """Body of `addExciseMarksWhite` and `deleteExciseMarkWhite`."""

    excisemarkid: str
    barcodes: list[Listed] = []
    excisetype: Code = "ALCOHOL"
    shopcode: Code | None = None
    serialnumber: Code | None = None
