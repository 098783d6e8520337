"""Answers of the dictionaries in the form the machines take them."""

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cashier.core.events import FolderListed, Found, PeopleListed, Scanned, ScanRead
from cashier.core.reading import Reading
from cashier.core.scans import barcode_of
from cashier.store.connect import StoreError
from cashier.store.dictionaries import Dictionaries

if TYPE_CHECKING:
    from cashier.reader import Reader

log = logging.getLogger("cashier")


class Lookups:
    """Looks goods up; a dictionary that cannot be read finds nothing and says so in the log."""

    def __init__(self, dictionaries: Dictionaries, reader: "Reader | None" = None) -> None:
        """Take the dictionaries, and what reads marks; None where marks are not asked for."""
        self._dictionaries, self._reader = dictionaries, reader

    def find_code(self, text: str, now: datetime) -> Found:
        """Look up a barcode, else an inventory code."""
        try:
            products = self._dictionaries.by_barcode(text, now)
            if not products:
                by_code = self._dictionaries.by_code(text, now)
                products = (by_code,) if by_code else ()
        except StoreError as error:
            log.error("look-up: %s", error)  # noqa: TRY400 - the text says all, a traceback nothing
            products = ()
        return Found(products)

    def read_scan(self, scan: Scanned, now: datetime) -> ScanRead:
        """Read a scan as a mark or as a barcode; the goods of a barcode are looked up as when it is typed."""
        reading = self._reader.read(scan, now) if self._reader else _barcode(scan.data)
        if reading.barcode and not reading.code:
            reading = replace(reading, products=self.find_code(reading.barcode, now).products)
        return ScanRead(scan, reading)

    def find_name(self, words: str, now: datetime) -> Found:
        """Look up words of a name, or a code."""
        try:
            coded = self.find_code(words.strip(), now).products if words.strip() else ()
            codes = {product.code for product in coded}
            named = (own for own in self._dictionaries.by_name(words, now) if own.code not in codes)
            return Found((*coded, *named))
        except StoreError as error:
            log.error("search: %s", error)  # noqa: TRY400 - the same
            return Found(())

    def list_folder(self, code: str) -> FolderListed:
        """Open a folder of the pick-list."""
        try:
            return FolderListed(self._dictionaries.folder(code))
        except StoreError as error:
            log.error("pick-list: %s", error)  # noqa: TRY400 - the same
            return FolderListed(())

    def list_people(self) -> PeopleListed:
        """List who works on the till; nobody if the dictionaries cannot be read."""
        try:
            return PeopleListed(self._dictionaries.people())
        except StoreError as error:
            log.error("people: %s", error)  # noqa: TRY400 - the same
            return PeopleListed(())


def _barcode(data: bytes) -> Reading:
    return Reading(barcode=barcode_of(data) or "")
