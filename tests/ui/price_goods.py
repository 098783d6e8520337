"""A kiosk: packs whose mark names МРЦ, beer and energy drinks that are not sold to everybody or at every hour."""

from datetime import time
from typing import Final

from msgspec.structs import replace

from cashier.core.catalogue import Kind, Period, Product
from cashier.core.gate import Gate
from cashier.core.money import Kopecks
from cashier.core.reading import Reading
from cashier.gates.price import LegalKind, PriceGate
from cashier.gates.restrictions import RestrictionsGate
from tests.gates import priced as kiosk
from tests.gates.marked import gate as marks_gate

PACK: Final = Product(
    "2001",
    "Сигареты «Пример» синие",
    Kopecks(19500),
    "4600000000208",
    kind=Kind.TOBACCO,
    alternatives=(Kopecks(21000), Kopecks(22500)),
)
"""One of three prices."""
NIGHTS: Final = Period(begins=time(23), ends=time(8))
BEER: Final = Product("2101", "Пиво светлое 0,45 л", Kopecks(8990), "4600000002103", min_age=18, periods=(NIGHTS,))
ENERGY: Final = Product("2102", "Напиток энергетический 0,5 л", Kopecks(11990), "4600000002110", min_age=18)
GLUE: Final = Product("2103", "Клей", Kopecks(5990), "4600000002127", min_age=21)
KIOSK: Final = (PACK, BEER, ENERGY, GLUE)


def gates(legal: int = 0) -> tuple[Gate, ...]:
    """Return the gates in their order; `legal`: lowest lawful price of all tobacco, in kopecks."""
    kinds: tuple[LegalKind, ...] = (kiosk.kind(legal),) if legal else ()
    return RestrictionsGate(), marks_gate(), PriceGate(legal=kinds)


def priced(*others: int, product: Product = PACK) -> Product:
    """Return goods with other alternative prices, in kopecks."""
    return replace(product, alternatives=tuple(map(Kopecks, others)))


def pack(product: Product = PACK, roubles: int = 230, serial: str = "a") -> Reading:
    """Read the mark of a pack with МРЦ in whole roubles; 0: none was set."""
    return kiosk.pack(product, roubles * 100, serial)


def carton(product: Product = PACK, roubles: int = 230, serial: str = "c") -> Reading:
    """Read the mark of a carton."""
    return kiosk.carton(product, roubles * 100, serial)
