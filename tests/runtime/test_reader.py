"""Scans read to marks and barcodes, with what masks, dictionaries and past receipts say of them."""

import logging
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import process_time

import pytest
from msgspec.structs import replace

from cashier.core.catalogue import Product
from cashier.core.events import Found, Scanned
from cashier.core.reading import Reading, Standing
from cashier.lookups import Lookups
from cashier.masks import Masks
from cashier.reader import Reader
from cashier.settings import load
from cashier.settings.model import MarkCategory
from cashier.store.connect import StoreError
from tests.core.goods import MILK
from tests.exchange.trade_files import Shop, item
from tests.runtime.rig import NOON
from tests.settings.test_settings_shipped import CONF, uncommented

KI = "010463633245536021561BtxPs9VbAP"
GTIN = "04636332455360"
CODE = f"{KI}\x1d93dGVz"
MASK = r"01(?<barcode>[0-9]{14})21.{13}\s*93(?<check>.{4})\s*"
WATER = MarkCategory(name="Water", mask=MASK)
PACK = "00000046198488X?io+qCABm8wAYa"


@dataclass
class Store:
    """Dictionaries and past receipts of a test: one bottle, and what is said of its mark."""

    past: Standing = Standing.UNKNOWN
    white: frozenset[str] = frozenset()
    broken: str = ""
    asked: list[str] = field(default_factory=list)

    def by_gtin(self, gtin: str, now: datetime, /) -> tuple[Product, ...]:
        """One item has the bottle's code."""
        assert now == NOON
        return (MILK,) if self._answers("by_gtin") and gtin == GTIN else ()

    def standing(self, ki: str, /) -> Standing:
        """What is set."""
        return self.past if self._answers("standing") and ki == KI else Standing.UNKNOWN

    def in_white_list(self, ki: str, /) -> bool:
        """What is set."""
        return self._answers("in_white_list") and ki in self.white

    def _answers(self, name: str) -> bool:
        self.asked.append(name)
        if self.broken == name:
            raise StoreError(name, "broken")
        return True


def reader(store: Store, *categories: MarkCategory, gs: bytes = b"") -> Reader:
    """A reader of the scanner «main»."""
    return Reader(Masks(categories or (WATER,)), store, store, {"main": gs} if gs else {})


def scan(data: bytes, device: str = "main") -> Scanned:
    """A scan."""
    return Scanned(device, 1, data)


def read(data: bytes, *categories: MarkCategory, store: Store | None = None, gs: bytes = b"") -> Reading:
    """Read one scan."""
    return reader(store or Store(), *categories, gs=gs).read(scan(data), NOON)


class TestMark:
    def test_everything_known_of_it_is_told(self) -> None:
        """Given a code that a mask accepts, then code, КИ, category, captures, goods and past are in one value."""
        reading = read(b"]d2" + CODE.encode() + b"\r", store=Store(past=Standing.SOLD))
        assert reading == Reading(
            barcode=GTIN,
            products=(MILK,),
            code=CODE,
            ki=KI,
            gtin=GTIN,
            category="Water",
            named=True,
            properties=(("check", "dGVz"),),
            standing=Standing.SOLD,
        )

    def test_mask_without_barcode_finds_no_goods(self) -> None:
        """Given such a mask, then the code is accepted and no item is looked for (spec M5)."""
        reading = read(CODE.encode(), replace(WATER, mask=r"01[0-9]{14}21.{13}\s*93.{4}"))
        assert (reading.accepted, reading.named, reading.barcode, reading.products) == (True, False, "", ())
        assert reading.known_as == GTIN

    def test_mask_that_captured_nothing_names_no_item(self) -> None:
        """Given a mask whose barcode is optional, when the code has none, then it is the mark of any item (spec M5)."""
        own = replace(WATER, mask=r"(01(?<barcode>[0-9]{14})21.{13}\s*93.{4}|[A-Z]{4}-[0-9]{6}-[A-Z]{3})")
        assert read(CODE.encode(), own).named
        bare = read(b"KLMN-123456-XYZ", own)
        assert (bare.accepted, bare.named, bare.barcode) == (True, False, "")

    def test_lost_gs_is_put_back_before_the_mask_looks(self) -> None:
        """Given a scanner that drops GS where its place is certain, then the full code has it."""
        pack = read(b"010460043993125621JgXJ5.T800511200093Mdlr", replace(WATER, mask=r"01.{14}21.{7}8005.*"))
        assert pack.code == "010460043993125621JgXJ5.T\x1d8005112000\x1d93Mdlr"

    def test_scanner_spells_gs_its_own_way(self) -> None:
        """Given `gs` in the section of a scanner, then it is GS there; another scanner's text stays as it is."""
        data = CODE.replace("\x1d", "~~").encode()
        assert read(data, gs=b"~~").code == CODE
        assert reader(Store(), gs=b"~~").read(scan(data, "other"), NOON).category is None

    def test_white_list_is_asked_where_the_category_asks(self) -> None:
        """Given a category with the till's white list, then its answer is there; the server's check goes before it."""
        own = replace(WATER, enable_mark_verify_local=True)
        assert [
            read(CODE.encode(), own, store=Store(white=white)).white for white in (frozenset({KI}), frozenset())
        ] == [
            True,
            False,
        ]
        store = Store(white=frozenset({KI}))
        assert read(CODE.encode(), replace(own, enable_mark_verify=True), store=store).white is None
        assert store.asked == ["by_gtin", "standing"]

    @pytest.mark.parametrize("broken", ["by_gtin", "standing", "in_white_list"])
    def test_store_that_cannot_be_read_accepts_no_mark(self, broken: str, caplog: pytest.LogCaptureFixture) -> None:
        """Given a database that fails, then the mark is not taken, for it may have been sold; the log says why."""
        with caplog.at_level(logging.ERROR, "cashier"):
            reading = read(CODE.encode(), replace(WATER, enable_mark_verify_local=True), store=Store(broken=broken))
        assert reading == Reading(code=CODE, ki=KI, gtin=GTIN)
        assert [record.getMessage().partition(":")[0] for record in caplog.records] == ["mark"]


class TestNoMark:
    def test_code_that_no_mask_takes(self) -> None:
        """Given the code of a group whose mask is not set, then it is a code without a category."""
        reading = read(PACK.encode())
        assert (reading.code, reading.ki, reading.category) == (PACK, PACK[:21], None)

    @pytest.mark.parametrize("data", [b"4600682000013", b"]E04600682000013\r", b"ABC-123", b"A^B", b"AB|12"])
    def test_barcode_is_one_as_before(self, data: bytes) -> None:
        """Given a plain barcode of digits or letters, then it is one, without goods: they are looked up as ever."""
        reading = read(data)
        text = data.decode().strip().removeprefix("]E0")
        assert reading == Reading(barcode=text)

    def test_mask_decides_before_the_barcode(self) -> None:
        """Given goods whose mark is no GS1 code, then a mask for it makes it a mark."""
        furs = MarkCategory(name="Furs", mask=r"RU-\d{6}-[A-Z]{3}\d{7}")
        reading = read(b"RU-430302-AAA4050108", furs)
        assert (reading.category, reading.ki, reading.named) == ("Furs", "RU-430302-AAA4050108", False)
        assert read(b"RU-430302-AAA405010", furs).barcode == "RU-430302-AAA405010"

    @pytest.mark.parametrize(
        ("data", "damage"),
        [
            (b"0104610053147452215d,OiLl93dGVz", "no_gs"),
            (CODE.encode() * 2, "glued"),
            (b"0104636332455360" + b"x" * 600, "too_long"),
        ],
    )
    def test_damage_is_named(self, data: bytes, damage: str) -> None:
        """Given a scan that seems to be a mark, then why it cannot be read is told."""
        reading = read(data)
        assert (reading.damage, reading.code, reading.barcode) == (damage, "", "")

    def test_whatever_comes_is_answered(self) -> None:
        """Given every single byte, or none, then each is a barcode of one sign, damage, or nothing at all."""
        for data in (b"", *(bytes([byte]) for byte in range(256))):
            reading = read(data)
            assert not (reading.damage and reading.barcode)
            assert bool(reading.barcode) == (data.isascii() and 0x20 < (data or b" ")[0] < 0x7F)


class TestLookups:
    def test_goods_of_a_barcode_are_looked_up(self, tmp_path: Path) -> None:
        """Given a barcode, then its goods come with it, whether marks are asked for or not; a mark keeps its own."""
        shop = Shop(tmp_path)
        shop.aif(item("1"))
        for lookups in (Lookups(shop.dictionaries), Lookups(shop.dictionaries, reader(Store()))):
            read = lookups.read_scan(scan(b"4601"), NOON)
            assert (read.scan, read.reading.barcode) == (scan(b"4601"), "4601")
            assert Found(read.reading.products) == lookups.find_code("4601", NOON)
            assert read.reading.products
        lookups = Lookups(shop.dictionaries, reader(Store()))
        assert lookups.read_scan(scan(CODE.encode()), NOON).reading.products == (MILK,)
        shop.close()

    def test_without_marks_every_text_is_a_barcode(self, tmp_path: Path) -> None:
        """Given a till that asks for no marks, then a code of one is a barcode like any, and noise is none."""
        shop = Shop(tmp_path)
        shop.aif(item("1"))
        lookups = Lookups(shop.dictionaries)
        assert lookups.read_scan(scan(PACK.encode()), NOON).reading == Reading(barcode=PACK)
        assert lookups.read_scan(scan(b"\x1b[2J"), NOON).reading == Reading()
        shop.close()


@pytest.mark.skipif(sys.gettrace() is not None, reason="a tracer slows everything down")
def test_scan_is_read_in_two_hundred_microseconds(tmp_path: Path) -> None:
    """Given all shipped masks, then parse, repair and mask take 200 µs for 99 scans of 100; the best of five."""
    text = (CONF / "ncash.ini.d" / "markedgoods.ini").read_text(encoding="utf-8")
    (tmp_path / "ncash.ini").write_text(uncommented(text, named=True), encoding="utf-8")
    settings = load(tmp_path).settings
    assert settings is not None
    own = reader(Store(), *settings.marked_goods.categories)
    scans = [scan(data) for data in (CODE.encode(), b"]d1" + PACK.encode(), CODE.replace("\x1d", "^]").encode())]

    def slowest() -> float:
        spent = []
        for number in range(600):
            begun = process_time()
            own.read(scans[number % len(scans)], NOON)
            spent.append(process_time() - begun)
        return sorted(spent)[int(len(spent) * 0.99)]

    assert min(slowest() for _ in range(5)) <= 200e-6
