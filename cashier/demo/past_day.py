"""What was sold yesterday: on the demo's till, on another one of the shop, and in another shop."""

from collections.abc import Callable
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from cashier.core.catalogue import Person, Product
from cashier.core.discounts import Discount
from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths, pieces
from cashier.demo.marks import MILK as MILK_CODE
from cashier.demo.marks import PERFUME as PERFUME_CODE
from cashier.demo.past_names import MILK, PACK, PERFUME, SHOP, TILL
from cashier.demo.past_shift import PastShift, Pay, Place
from cashier.demo.tobacco import RED

OWN: Final = Place(SHOP, TILL, 1)
OTHER_TILL: Final = Place(SHOP, "2", 57)
OTHER_SHOP: Final = Place("78", "1", 12)

BREAD, APPLES, CHEESE, WATER, CHOCOLATE, BAG = (
    *("4600682000013", "4600682000693", "4600682000785"),
    *("4600682000211", "4600682000433", "4600682000532"),
)
"""Barcodes of plain goods of `goods.aif`."""

Find = Callable[[str], Product]
"""Finds goods by their barcode."""

_CASHIER: Final = Person("1", "Иванова", 1)
_MRC: Final = slice(21, 25)
"""Where МРЦ stands in the code of a pack."""


def own_shift(day: date, zone: ZoneInfo, find: Find, pay: Pay) -> PastShift:
    """Sell on the demo's till: a receipt for each way to give back, and the shift is closed."""
    till = PastShift(OWN, day, zone, _CASHIER)
    till.begin("discount", 18, 5).add(find(BREAD), pieces(3)).add(find(CHOCOLATE), pieces(2))
    till.grant(Discount(percent=1000)).close(Kopecks(500_00))
    till.begin("marked", 18, 20)
    for mark in MILK:
        till.add(find(MILK_CODE[1:]), mark=mark)
    till.add(find(PERFUME_CODE[1:]), mark=PERFUME)
    till.add(find(RED[1:]), mark=PACK, properties=(("mrc", PACK[_MRC]),))
    # Something beside the marks: what a return of the whole receipt takes.
    till.add(find(BREAD)).close(Kopecks(4000_00))
    till.begin("weighed", 18, 40).add(find(APPLES), Thousandths(745)).add(find(CHEESE), Thousandths(352)).close()
    till.begin("card", 19, 10).add(find(WATER), pieces(6)).add(find(BAG)).card(pay).close()
    till.begin("split", 19, 30).add(find(CHOCOLATE), pieces(2)).add(find(BREAD)).card(pay, Kopecks(100_00)).close()
    sale = till.begin("part", 19, 45).add(find(BREAD), pieces(4)).add(find(WATER), pieces(2)).close()
    till.begin("part_back", 20, 15, sale).give_back(1, pieces(1)).close()
    till.begin("cancelled", 20, 40).add(find(CHOCOLATE)).add(find(BAG)).cancel()
    till.z()
    return till


def other_shifts(day: date, zone: ZoneInfo, find: Find) -> tuple[PastShift, ...]:
    """Sell elsewhere; the first receipts of both tills have one number with the first of the demo's."""
    till, shop = PastShift(OTHER_TILL, day, zone, _CASHIER), PastShift(OTHER_SHOP, day, zone, _CASHIER)
    till.begin("other_till", 17, 30).add(find(BREAD), pieces(2)).add(find(CHOCOLATE)).close(Kopecks(300_00))
    shop.begin("other_shop", 16, 15).add(find(WATER), pieces(3)).close()
    return till, shop
