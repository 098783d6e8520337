"""Whatever is scanned, chosen and taken off: no more than МРЦ, no less than the minimum or МРЦ (spec T6, T9)."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from cashier.gates.price import LegalKind
from tests.core.discounted import off_line, off_receipt, on_line, on_receipt
from tests.core.goods import BREAD
from tests.core.hand import Hand
from tests.gates.priced import Kiosk, carton, kind, pack, priced

ROUBLES = st.integers(150, 156).map(lambda own: own * 100)
"""Prices so near each other that every order of them comes up."""
KOPECKS = st.integers(-2, 2)
NEAR = st.builds(int.__add__, ROUBLES, KOPECKS)


Deed = Callable[[Hand, str], Hand]
"""Gives a discount."""


class Sold(NamedTuple):
    """A pack or a carton as it is scanned, and the key that takes a row if there is a window."""

    price: int
    floor: int
    others: list[int]
    most: int
    """МРЦ in kopecks; zero where it cannot be read."""
    in_kopecks: bool
    row: str

    def highest(self) -> int | None:
        """Return МРЦ as the spec reads it."""
        return self.most or None

    def lowest(self) -> int:
        """Return the minimum as the spec has it: that of the catalogue, or МРЦ where that is lower."""
        return min(self.floor, self.most) if self.most else self.floor


GOODS = st.builds(
    Sold,
    NEAR,
    st.just(0) | NEAR,
    st.lists(NEAR, max_size=3),
    st.just(0) | ROUBLES,
    st.booleans(),
    st.sampled_from(("enter", "1", "2", "3", "4", "up", "down")),
)
DEEDS = st.sampled_from((on_line, off_line, on_receipt, off_receipt))
NUMBERS = st.sampled_from(("0", "0.01", "0.5", "1", "3.33", "10", "50", "99.99", "100", "151", "1000"))


def sell(kiosk: Kiosk, own: Sold, number: int) -> bool:
    """Scan it and choose; tell whether it was sold."""
    before = len(kiosk.sold)
    read = carton if own.in_kopecks else pack
    kiosk.take(read(priced(own.price, *own.others, floor=own.floor), own.most, f"s{number}"))
    if kiosk.question:
        kiosk.press(own.row)
    if kiosk.question:
        kiosk.press("enter")
    kiosk.press("escape")
    return len(kiosk.sold) > before


def hold(kiosk: Kiosk, sold: list[Sold], law: int) -> None:
    """Check what no choice and no discount may change."""
    packs = [line for line in kiosk.receipt.live if line.ki]
    assert len(packs) == len(sold)
    for line, own in zip(packs, sold, strict=True):
        highest = own.highest()
        unit = law * (10 if own.in_kopecks else 1)
        assert highest is None or line.price <= highest
        assert line.price in {own.price, *own.others, highest}
        assert max(own.lowest(), unit) <= line.sum <= line.price
    assert kiosk.receipt.total == sum(line.sum for line in kiosk.receipt.live)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(GOODS, min_size=1, max_size=4),
    st.sampled_from((0, 15, 15150, 15400)),
    st.lists(st.tuples(DEEDS, NUMBERS, st.integers(0, 4)), max_size=6),
)
def test_between_minimum_and_maximum(goods: list[Sold], law: int, deeds: list[tuple[Deed, str, int]]) -> None:
    """Given packs at any prices, any rows chosen, then any discounts, then each line stays between its bounds."""
    legal: tuple[LegalKind, ...] = (kind(law, (date(2099, 1, 1), 90000)),) if law else ()
    kiosk = Kiosk.open(legal=legal).scan(BREAD.barcode)
    sold = [own for number, own in enumerate(goods) if sell(kiosk, own, number)]
    hold(kiosk, sold, law)
    for deed, number, line in deeds:
        kiosk.press("home", *("down",) * line)
        deed(kiosk, number).press("escape", "escape")
        hold(kiosk, sold, law)


@settings(max_examples=150, deadline=None)
@given(GOODS)
def test_sold_wherever_a_price_is_left(own: Sold) -> None:
    """Given a pack at any prices, then it is sold where the spec leaves a price, and refused where it leaves none."""
    highest, lowest = own.highest(), own.lowest()
    if highest is not None and own.price >= highest:
        left = {highest}
    else:
        left = {price for price in (own.price, *own.others) if lowest <= price <= (highest or price)}
    kiosk = Kiosk.open()
    assert sell(kiosk, own, 1) == bool(left)
    assert {price for _, price in kiosk.sold} <= left
