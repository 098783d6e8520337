"""Goods sold with discounts."""

from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.catalogue import Product
from cashier.core.events import Found
from cashier.core.money import Kopecks
from cashier.core.rights import CASHIER, Right
from cashier.core.state import Rules
from tests.core.goods import BREAD, MILK
from tests.core.hand import Hand

FREE = dict.fromkeys(Right, CASHIER)
DEAR = replace(MILK, code="20", name="Молоко с минимальной ценой", barcode="20", min_price=Kopecks(8500))
FIXED = replace(BREAD, code="21", name="Хлеб по твёрдой цене", barcode="21", min_price=BREAD.price)


def at_the_till(*products: Product, rules: Rules | None = None) -> Hand:
    """Let a cashier who may give discounts sell goods."""
    return sell(Hand.signed_in(rules=replace(rules or Rules(), rights=FREE)), *products)


def sell(hand: Hand, *products: Product) -> Hand:
    """Sell goods by their barcodes; the dictionaries know these too."""
    for product in products:
        hand.answers_at_once = False
        hand.scan(product.barcode)
        if isinstance(hand.till.mode, m.Finding):
            hand.give(Found((product,)))
        hand.answers_at_once = True
    return hand


def on_line(hand: Hand, percent: str) -> Hand:
    """Give a percentage on the selected position."""
    return hand.press("/").write(percent).press("enter")


def off_line(hand: Hand, roubles: str) -> Hand:
    """Give a sum on the selected position."""
    return hand.press("/").write(roubles).press("plus")


def whole(hand: Hand) -> Hand:
    """Open the discount of the receipt."""
    hand.press("/")
    assert isinstance(hand.till.mode, m.Discounting)
    return hand if hand.till.mode.whole else hand.press("down")


def on_receipt(hand: Hand, percent: str) -> Hand:
    """Give a percentage on the receipt."""
    return whole(hand).write(percent).press("enter")


def off_receipt(hand: Hand, roubles: str) -> Hand:
    """Give a sum on the receipt."""
    return whole(hand).write(roubles).press("plus")


def taken(hand: Hand) -> list[int]:
    """Return what is taken off each live line."""
    return [line.discount for line in hand.receipt.live]
