"""What a scan is: a plain barcode, or a mark with everything that masks, dictionaries and past receipts say of it."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from cashier.core.catalogue import Product
from cashier.core.events import Scanned
from cashier.core.marks import Code, Damage, Damaged, looks_like_mark, read
from cashier.core.reading import Reading, Standing
from cashier.core.scans import barcode_of
from cashier.masks import Accepted, Masks
from cashier.store.connect import StoreError

log = logging.getLogger("cashier")


class Past(Protocol):
    """The closed receipts of this till."""

    def standing(self, ki: str, /) -> Standing:
        """Tell what they say of a mark last."""
        ...


class Goods(Protocol):
    """The dictionaries, as far as marks go."""

    def by_gtin(self, gtin: str, now: datetime, /) -> tuple[Product, ...]:
        """Find goods by what a mask captured as `barcode`."""
        ...

    def in_white_list(self, ki: str, /) -> bool:
        """Tell whether a mark may be sold."""
        ...


class Reader:
    """Reads scans where marks are asked for; answers at once, from memory and by indexed look-ups."""

    def __init__(self, masks: Masks, past: Past, goods: Goods, spellings: Mapping[str, bytes]) -> None:
        """Take what is known here.

        Args:
            masks: of the categories that work.
            past: closed receipts.
            goods: dictionaries.
            spellings: how each scanner spells GS, by its name; without an entry all known forms are tried.
        """
        self._masks, self._past, self._goods, self._spellings = masks, past, goods, spellings

    def read(self, scan: Scanned, now: datetime) -> Reading:
        """Read a scan; a plain barcode comes back without its goods, which are looked up as ever."""
        code = read(scan.data, self._spellings.get(scan.device, b""))
        if isinstance(code, Damaged):
            return plain(scan.data, code.damage)
        accepted = self._masks.match(code.code)
        if accepted:
            return self._marked(code, accepted, now)
        return _unaccepted(code) if code.layout else plain(scan.data)

    def _marked(self, code: Code, accepted: Accepted, now: datetime) -> Reading:
        """Tell all that is known of a mark; without past receipts or dictionaries it is taken for none."""
        category = accepted.category
        asks_list = category.enable_mark_verify_local and not category.enable_mark_verify
        try:
            return Reading(
                barcode=accepted.barcode,
                products=self._goods.by_gtin(accepted.barcode, now) if accepted.barcode else (),
                code=code.code,
                ki=code.ki,
                gtin=code.gtin,
                category=category.name,
                named=accepted.named and bool(accepted.barcode),
                properties=accepted.properties,
                standing=self._past.standing(code.ki),
                white=self._goods.in_white_list(code.ki) if asks_list else None,
            )
        except StoreError as error:
            log.error("mark: %s", error)  # noqa: TRY400 - the text says all, a traceback nothing
            return _unaccepted(code)


def plain(data: bytes, damage: Damage = Damage.STRUCTURE) -> Reading:
    """Read a scan as a barcode; as damaged if it seems to be a mark. What can be neither comes back empty."""
    return Reading(damage=damage.value) if looks_like_mark(data) else Reading(barcode=barcode_of(data) or "")


def _unaccepted(code: Code) -> Reading:
    return Reading(code=code.code, ki=code.ki, gtin=code.gtin)
