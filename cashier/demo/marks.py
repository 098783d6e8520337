"""Marks of the demo: codes a trainee holds under the scanner, and what the stand-in cash server knows of them.

Each start of the demo has packs of its own: what was sold yesterday is sold for good.
"""

import string
from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct

from cashier.core.marks import GS
from cashier.core.samples import Sample
from cashier.demo.cash_protocol import Status

MILK, CHEESE, MINERAL, SHOES, PERFUME, CAMERA, SHIRT = (
    *("04600682100010", "04600682100027", "04600682100034", "04600682100041"),
    *("04600682100058", "04600682100065", "04600682100072"),
)
"""GTINs of the marked goods of `goods.aif`."""

_KEY: Final = "demo"
_SIGNATURE: Final = "ZGVtbyBzaWduYXR1cmUgb2YgdGhlIHRyYWluaW5nIHRpbGw="[:44]
_DIGITS: Final = string.digits + string.ascii_letters

_STATUSES: Final[tuple[tuple[str, Status], ...]] = (
    ("уже проданы", "SOLD"),
    ("возвращены, можно продать", "RETURNED"),
    ("в резерве другой кассы", "RESERVED_SALE"),
    ("сняты с резерва, можно продать", "UNRESERVED_SALE"),
    ("в резерве возврата", "RESERVED_RETURN"),
    ("сняты с резерва возврата", "UNRESERVED_RETURN"),
    ("нет в белом списке", "NOT_IN_WHITELIST"),
    ("нет штрих-кода для белого списка", "WHITELIST_NO_BARCODE"),
    ("в белом списке другой штрих-код", "WHITELIST_MISMATCH"),
    ("статус неизвестен", "UNKNOWN"),
)
"""All statuses but «не зарегистрирована», which any other pack has."""

_RU: Final = str.maketrans(
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>/?&^",
    "йцукенгшщзхъфывапролджэячсмитьбюЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ.,?:",
)


class Known(Struct, frozen=True):
    """A pack of which the stand-in server knows something from the start."""

    caption: str
    code: str
    status: Status

    @property
    def ki(self) -> str:
        """What the server knows it by."""
        return self.code.partition(GS)[0]


def session(moment: int) -> str:
    """Write the moment of a start, in tens of seconds, as four characters of a serial: enough for four years."""
    text = ""
    for _ in range(4):
        moment, digit = divmod(moment, len(_DIGITS))
        text = _DIGITS[digit] + text
    return text


def known(own: str) -> tuple[Known, ...]:
    """Return one pack for each status of the server."""
    return tuple(
        Known(f"Духи: {words}", _signed(PERFUME, f"5statu{own}:{number:02}"), status)
        for number, (words, status) in enumerate(_STATUSES, 1)
    )


def milk(own: str, piece: int) -> str:
    """Write the code of a pack of milk; `own` are four characters by which packs are somebody's own."""
    return _checked(MILK, f"5{own}{piece}")


def perfume(own: str, piece: int) -> str:
    """Write the code of a bottle of perfume likewise."""
    return _signed(PERFUME, f"5perfu-{own}:{piece}")


def samples(own: str) -> tuple[Sample, ...]:
    """Return what the trainee's panel offers: sound codes, damaged ones, those the server knows of."""
    others = ((pack.caption, pack.code) for pack in known(own))
    return tuple(Sample(caption, code.encode()) for caption, code in (*_sound(own), *_damaged(own), *others))


def _sound(own: str) -> tuple[tuple[str, str], ...]:
    packs = ((f"Молоко: марка {piece}", milk(own, piece)) for piece in range(1, 5))
    return (
        ("Молоко маркированное: штрих-код", MILK[1:]),
        *packs,
        ("Сыр весовой: штрих-код", CHEESE[1:]),
        ("Сыр весовой: марка, в ней вес 0,353 кг", _checked(CHEESE, f"5{own}1", "3103000353")),
        ("Вода минеральная: штрих-код", MINERAL[1:]),
        *_pieces("Вода минеральная", MINERAL, "water", own, _checked),
        *_pieces("Туфли", SHOES, "shoes", own, _signed_long),
        *((f"Духи: марка {piece}", perfume(own, piece)) for piece in (1, 2)),
        ("Фотокамера: марка", _signed(CAMERA, f"5camera-{own}:0000001")),
        *_pieces("Футболка", SHIRT, "shirt", own, _signed),
    )


def _pieces(name: str, gtin: str, serial: str, own: str, write: Callable[[str, str], str]) -> Iterator[tuple[str, str]]:
    """Return two packs of goods with long serials."""
    return ((f"{name}: марка {piece}", write(gtin, f"5{serial}-{own}:{piece}")) for piece in (1, 2))


def _damaged(own: str) -> tuple[tuple[str, str], ...]:
    lost, russian = _signed(SHIRT, f"5shirt-{own}:3"), _signed(SHIRT, f"5shirt-{own}:4")
    two = milk(own, 8), milk(own, 9)
    return (
        ("Футболка: сканер теряет GS, но код ясен", lost.replace(GS, "")),
        # As a keyboard scanner types it that spells GS as `^]`, while the Russian layout is on.
        ("Футболка: сканер в русской раскладке", russian.replace(GS, "^]").translate(_RU)),
        ("Молоко: код повреждён", two[0][:-3]),
        ("Молоко: два кода сразу", "".join(two)),
    )


def _checked(gtin: str, serial: str, *more: str) -> str:
    """Write a code with a short check part: food and drink."""
    return GS.join((f"01{gtin}21{serial}", f"93{_KEY}", *more))


def _signed(gtin: str, serial: str, signature: str = _SIGNATURE) -> str:
    """Write a code with a key and a signature: clothes, perfume, cameras, shoes."""
    return GS.join((f"01{gtin}21{serial}", f"91{_KEY}", f"92{signature}"))


def _signed_long(gtin: str, serial: str) -> str:
    """Write a code of shoes: its signature is twice as long."""
    return _signed(gtin, serial, (_SIGNATURE * 2)[:88])
