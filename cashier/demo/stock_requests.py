"""Requests of tills as the stand-in СКО reads them."""

from typing import Final

from starlette.requests import Request

from cashier.demo.endpoints import is_guid
from cashier.demo.stock_rules import NO_GUID, NO_PLACE, NO_QUANTITY, NO_SKU, Asked, Heard, is_name, quantity_of

KEY, UNDO = "Idempotency-Key", "Idempotency-Undo"
RESERVATION: Final = "reservation"


def heard(request: Request) -> Heard:
    """Note a request as it came."""
    query, headers = request.query_params, request.headers
    named = (query.get("sku", ""), query.get("quantity", ""), headers.get(KEY, ""), headers.get(UNDO, ""))
    return Heard(request.method, request.url.path, *named)


def asked_of(request: Request, header: str) -> Asked | str:
    """Read a wish to reserve or to cancel.

    Args:
        request: The request.
        header: Which one names the reserve; empty: none is looked at.

    Returns:
        The wish, or in Russian why there is none.
    """
    names, query = request.path_params, request.query_params
    key = request.headers.get(header, "").lower() if header else ""
    quantity = quantity_of(query.get("quantity", ""))
    if not is_guid(names[RESERVATION]):
        return f"{RESERVATION} {NO_GUID}"
    if key and not is_guid(key):
        return f"{header} {NO_GUID}"
    if not (is_name(names["store"]) and is_name(names["pos"])):
        return NO_PLACE
    if not is_name(query.get("sku", "")):
        return NO_SKU
    if quantity is None:
        return NO_QUANTITY
    return Asked(names["store"], names["pos"], names[RESERVATION].lower(), query["sku"], quantity, key)
