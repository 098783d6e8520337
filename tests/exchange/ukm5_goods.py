"""Elements of УКМ 5: one pack of cigarettes and what it costs."""

from typing import Any

from tests.exchange.trade_files import Command

LIVE = {"dateFrom": "2020-01-01T00:00:00", "dateTo": "2099-01-01T00:00:00"}


def goods(code: str = "000304", **fields: Any) -> Command:
    """Write an element of `items`."""
    common = {"id": code, "name": "Сигареты", "measure": "шт", "measprec": 0, "itemGroup": "182", "taxgroupId": 1}
    return {**common, "delete": False, "barcodes": [{"id": "4600", "quantity": 1}], "attributes": [], **fields}


def price(amount: float = 189.0, **fields: Any) -> Command:
    """Write an element of `itemPrices`."""
    return {"itemId": "000304", "price": amount, "minprice": 150.0, "isPromoPrice": False, **LIVE, **fields}


def barcode_price(amount: float, **fields: Any) -> Command:
    """Write an element of `barcodePrices`."""
    return {"barcodeId": "4600", "price": amount, "minprice": 1, "isPromoPrice": False, **LIVE, **fields}
