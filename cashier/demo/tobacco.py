"""Packs and cartons of tobacco for the trainee's panel: a row for each way in which МРЦ settles a price (spec T6)."""

from typing import Final

from cashier.core.marks import GS
from cashier.core.marks.mrc import mrc_text
from cashier.core.samples import Sample

RED, BLUE, CARTON, STICKS = ("04600682100089", "04600682100096", "04600682100102", "04600682100119")
"""GTINs of the tobacco of `goods.aif`."""

_ROUBLE: Final = 100
_CHECK: Final = "demo"

_PACKS: Final = (
    ("Сигареты: МРЦ 219 выше цены, на выбор ещё две", RED, 219),
    ("Сигареты: МРЦ 205 выше цены, другие цены ещё выше", RED, 205),
    ("Сигареты: МРЦ 199 выше цены, других цен нет", BLUE, 199),
    ("Сигареты: МРЦ 200 равна цене", RED, 200),
    ("Сигареты: МРЦ 185 ниже цены", RED, 185),
    ("Сигареты: МРЦ 160 ниже минимальной цены", RED, 160),
    ("Сигареты: МРЦ 140 ниже единой минимальной цены", RED, 140),
    ("Сигареты: МРЦ не читается, на выбор все цены", RED, 0),
    ("Стики: МРЦ не указана, других цен нет", STICKS, 0),
)
"""Caption, GTIN, МРЦ in roubles; 0 is how a pack says that it has none."""


def samples(own: str) -> tuple[Sample, ...]:
    """Return what the trainee's panel offers; `own` are the characters by which this start's packs are its own."""
    packs = ((caption, pack(gtin, f"5{own}p{n}", price)) for n, (caption, gtin, price) in enumerate(_PACKS, 1))
    rows = (
        ("Сигареты: штрих-код", RED[1:]),
        *packs,
        ("Сигареты, блок: МРЦ 1890 ниже цены", carton(CARTON, f"5{own}c1", 1890)),
    )
    return tuple(Sample(caption, code.encode()) for caption, code in rows)


def pack(gtin: str, serial: str, price: int) -> str:
    """Write a code of a pack: 29 characters without identifiers; `serial` has seven, the price is in roubles."""
    return f"{gtin}{serial}{mrc_text(price * _ROUBLE)}{_CHECK}"


def carton(gtin: str, serial: str, price: int) -> str:
    """Write a code of a carton: its price stands under identifier 8005."""
    return GS.join((f"01{gtin}21{serial}", f"8005{price * _ROUBLE:06}", f"93{_CHECK}"))
