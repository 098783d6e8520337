"""The lowest prices that the law allows for tobacco (ЕМЦ): dated, by kind of goods (spec T9; domain/marking.md 2.2)."""

from datetime import date
from typing import Final

from msgspec import Struct

from cashier.core.catalogue import Kind, Product
from cashier.core.money import ZERO, Kopecks

CARTON: Final = 10
"""Packs in a carton."""


class LegalPrice(Struct, frozen=True):
    """What the law allows from a day on."""

    begins: date
    pack: Kopecks
    packs: int = CARTON
    """In a carton."""

    def of(self, *, carton: bool) -> Kopecks:
        """Return the lowest price of a unit."""
        return Kopecks(self.pack * (self.packs if carton else 1))


class LegalKind(Struct, frozen=True):
    """A kind of goods with its prices."""

    prices: tuple[LegalPrice, ...]
    """In order of days."""
    items: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    """Codes of the goods; where neither names any, all tobacco that no other kind names."""

    @property
    def names_goods(self) -> bool:
        """It says itself which goods are of the kind."""
        return bool(self.items or self.groups)

    def price(self, today: date) -> LegalPrice | None:
        """Return what holds on a day: the latest that has begun; None before the first one."""
        return next((own for own in reversed(self.prices) if own.begins <= today), None)


def legal_minimum(kinds: tuple[LegalKind, ...], product: Product, today: date, *, carton: bool) -> Kopecks:
    """Return the lowest lawful price of a unit of goods on a day; zero where the settings name none."""
    kind = _kind_of(kinds, product)
    own = kind.price(today) if kind else None
    return own.of(carton=carton) if own else ZERO


def _kind_of(kinds: tuple[LegalKind, ...], product: Product) -> LegalKind | None:
    """Find the kind of goods: an item by its code goes before its nearest group, both before tobacco in general."""
    for own in kinds:
        if product.code in own.items:
            return own
    for group in product.groups:
        for own in kinds:
            if group in own.groups:
                return own
    if product.kind is not Kind.TOBACCO:
        return None
    return next((own for own in kinds if not own.names_goods), None)
