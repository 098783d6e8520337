"""Strict readers of our JSON of УКМ 5: every field there is, no other one (domain/ukm5.md 3.5)."""

from decimal import Decimal

import msgspec

Strict = msgspec.Struct


class Amount(Strict, forbid_unknown_fields=True):
    amount: Decimal
    code: str


class Quantity(Strict, forbid_unknown_fields=True):
    amount: Decimal
    decimals: int


class Property(Strict, forbid_unknown_fields=True):
    code: str
    value: str


class Person(Strict, forbid_unknown_fields=True, rename="camel"):
    id: str
    name: str
    role_id: int


class Client(Strict, forbid_unknown_fields=True, rename={"card_number": "cardNumber", "loyality": "loyalitySysUID"}):
    surname: str
    name: str
    patronymic: str
    category: str
    card_number: str
    loyality: str


class Additional(Strict, forbid_unknown_fields=True, rename="camel"):
    supervisor: Person | None
    client: Client
    discount_cards: list[str]
    coupons_codes: list[str]
    properties: list[Property]
    marketing_results: list[object]


class Discount(Strict, forbid_unknown_fields=True):
    scope: str
    type: str
    size: Decimal
    amount: Amount


class Tax(Strict, forbid_unknown_fields=True, rename="camel"):
    tax_group: int | str
    rate: Decimal
    amount: Amount


class Calculated(Strict, forbid_unknown_fields=True, rename="camel"):
    receipt_currency_code: str
    items_count: int
    amount: Amount
    total_discount_amount: Amount
    discounts: list[Discount]
    taxes: list[Tax]


class Product(Strict, forbid_unknown_fields=True, rename="camel"):
    scu: str
    name: str
    description: str
    barcode: str
    barcode_quantity: Quantity
    measure: str
    measure_prec: int
    item_group: str
    tax_group: int | str
    attributes: list[Property]
    alternative_prices: list[Amount]
    properties: list[Property]


class Item(Strict, forbid_unknown_fields=True, rename="camel", kw_only=True):
    pos_num: int
    source_pos_num: int = 0
    item_source: str
    enable_edit_pos: str
    quantity_by_cashier: Quantity
    total_quantity: Quantity
    price: Amount
    min_price: Amount
    total_amount: Amount
    discount_amount: Amount
    total_with_discounts: Amount
    discounts: list[Discount]
    taxes: list[Tax]
    coupons_codes: list[str]
    product_info: Product


class Payment(Strict, forbid_unknown_fields=True, rename="camel"):
    payment_id: int
    name: str
    p_type: str
    device_type: str
    currency_id: int
    amount: Amount
    amount_with_change: Amount
    authorization_code: str
    card_number: str
    rrn: str
    uuid: str
    qr_requisites: str
    card_entry_mode: str
    slips: list[str]


class Dates(Strict, forbid_unknown_fields=True, rename="camel"):
    date_open: str
    date_close: str


class Receipt(Strict, forbid_unknown_fields=True, rename="camel"):
    id: int
    number: int
    global_doc_number: int
    receipt_type: str
    result: str
    store_id: str
    pos_id: str
    pos_number: int | str
    pos_name: str
    shift_id: str
    shift_number: str
    cashier_id: int | str
    cashier_name: str
    dates: Dates
    additional: Additional
    calculated: Calculated
    items: list[Item]
    removed_items: list[Item]
    payments: list[Payment]


class Package(Strict, forbid_unknown_fields=True):
    elements: list[Receipt]


def read(data: bytes) -> Receipt:
    """Read one receipt."""
    return msgspec.json.decode(data, type=Receipt)


def read_package(data: bytes) -> list[Receipt]:
    """Read what a request or a file has."""
    return msgspec.json.decode(data, type=Package).elements
