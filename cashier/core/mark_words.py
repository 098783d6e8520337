"""What the cashier reads of a scan that should have been a mark."""

from cashier.core.catalogue import Product
from cashier.core.reading import Reading
from cashier.core.say import Say, say

ONE_BY_ONE = say("quantity_of_marked"), say("quantity_of_marked_advice")
"""Goods with a mark are never counted: what is wrong, and what to do."""


def trouble(reading: Reading) -> tuple[Say, Say] | None:
    """Return what is wrong with a scan that should be a mark, and what to do; None for a mark or a plain barcode."""
    if reading.damage:
        return say("mark_unread"), _DAMAGES.get(reading.damage, say("mark_unread_advice"))
    if reading.code and not reading.accepted:
        return say("mark_unread"), say("mark_no_mask_advice")
    return None


def misfit(reading: Reading, product: Product) -> tuple[Say, Say] | None:
    """Return why a scan is not a mark of these goods, and what to do; None if it is one (spec M5)."""
    damaged = trouble(reading)
    if damaged:
        return damaged
    if not reading.accepted:
        return say("mark_unread"), say("mark_not_one_advice")
    if reading.named and product.code not in {own.code for own in reading.products}:
        return _of_other_item(reading), say("mark_of_other_item_advice")
    return None


def _of_other_item(reading: Reading) -> Say:
    if not reading.products:
        return say("mark_of_other_item")
    return say("mark_of_other_item_named", name=reading.products[0].name)


_DAMAGES = {
    "no_gs": say("mark_no_gs_advice"),
    "glued": say("mark_glued_advice"),
    "alphabet": say("mark_alphabet_advice"),
}
