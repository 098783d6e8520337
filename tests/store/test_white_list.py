"""The white list by identification code, and goods by the barcode that a mask captured."""

import sqlite3
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cashier.core.marks import GS, Code, read
from cashier.store.dictionaries import Dictionaries

NOON = datetime(2026, 1, 15, 12)  # noqa: DTZ001 - the till's local time
WATER = "0104600682000112215ABCDEFabcdef"
MILK = "0104600682000020215Pack1"
BEER = "01046006820000992155bEEr7"
CLOTHES_TAIL = f"91EE10{GS}92{'x' * 44}"
CIGARETTES = "00000046198488X?io+qC"
FUR = "RU-430302-AAA4050108"


@pytest.fixture
def writer(empty: sqlite3.Connection) -> sqlite3.Connection:
    """Empty dictionaries, opened as integrators do: to write with SQL."""
    return empty


def allow(writer: sqlite3.Connection, *marks: str | bytes, barcode: str = "") -> None:
    """Put marks into the white list."""
    insert = "INSERT INTO excisemarkwhite (excisemarkid, barcode) VALUES (?, ?)"
    writer.executemany(insert, ((mark, barcode) for mark in marks))


class TestWhiteList:
    @pytest.mark.parametrize(
        ("listed", "ki"),
        [
            (WATER, WATER),
            (f"{WATER}{GS}93dGVz", WATER),
            (f"{WATER}93dGVz", WATER),
            (f"{WATER}{GS}{CLOTHES_TAIL}", WATER),
            (f"{WATER}{CLOTHES_TAIL}".replace(GS, ""), WATER),
            (f"{MILK}93dGVz", MILK),
            (f"{MILK}{GS}93dGVz{GS}3103000350", MILK),
            (f"{BEER}{GS}93dGVz", BEER),
            (f"{BEER}93dGVz", BEER),
            (CIGARETTES, CIGARETTES),
            (f"{CIGARETTES}ABm8", CIGARETTES),
            (f"{CIGARETTES}ABm8wAYa", CIGARETTES),
            (FUR, FUR),
        ],
    )
    def test_listed_whatever_is_behind_the_code(
        self, writer: sqlite3.Connection, dictionaries: Dictionaries, listed: str, ki: str
    ) -> None:
        """Given a bare КИ or a full code of some check part, with GS or without, then its mark is in the list."""
        assert not dictionaries.in_white_list(ki)
        allow(writer, listed)
        assert dictionaries.in_white_list(ki)

    @pytest.mark.parametrize(
        ("listed", "ki"),
        [
            (WATER, WATER[:-1]),
            (WATER, WATER.upper()),
            (WATER[:-1], WATER),
            (f"{WATER}9", WATER),
            (f"{WATER}{GS}93dGVz", WATER[:25]),
            (f"{FUR}1", FUR),
            (f"{CIGARETTES}ABm8", CIGARETTES[:-1]),
            (WATER, ""),
            (WATER, "\ud800"),
            (WATER.encode(), WATER),
            (f"{GS}{WATER}", WATER),
            (f"\ud7ff{WATER}", WATER),
            (f"{WATER}\U0010ffff", WATER),
        ],
    )
    def test_not_listed(
        self, writer: sqlite3.Connection, dictionaries: Dictionaries, listed: str | bytes, ki: str
    ) -> None:
        """Given another mark in the list, even one that differs by a letter's case, then this one is not in it."""
        allow(writer, listed)
        assert not dictionaries.in_white_list(ki)

    def test_two_ways_to_read_a_code_without_gs(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given a code without GS that may be beer or a longer serial, then the scan's КИ says which it is."""
        listed = f"{BEER}93dGVz"
        assert not isinstance(read(listed.encode()), Code)
        allow(writer, listed)
        assert [dictionaries.in_white_list(ki) for ki in (BEER, listed, BEER[:24])] == [True, True, False]

    def test_found_among_those_that_begin_alike(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given thousands of marks and barcodes around it, then the mark is found, and a beginning of them is not."""
        allow(writer, *(f"{WATER[:-4]}{number:04}" for number in range(5000)))
        allow(writer, f"{WATER[:-4]}0777{GS}93dGVz", barcode="4600")
        allow(writer, f"{WATER[:-4]}", f"{WATER[:-4]}{GS}93abcd")
        assert dictionaries.in_white_list(f"{WATER[:-4]}4999")
        assert dictionaries.in_white_list(WATER[:-4])
        assert not dictionaries.in_white_list(WATER[:-5])

    def test_list_is_fresh(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given a mark looked for before, when it is listed and taken off, then each look-up says what is true now."""
        told = [dictionaries.in_white_list(WATER)]
        allow(writer, WATER)
        told.append(dictionaries.in_white_list(WATER))
        writer.execute("DELETE FROM excisemarkwhite")
        told.append(dictionaries.in_white_list(WATER))
        assert told == [False, True, False]

    @settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(ki=st.text(max_size=40), listed=st.text(max_size=40))
    def test_any_text_is_answered(
        self, writer: sqlite3.Connection, dictionaries: Dictionaries, ki: str, listed: str
    ) -> None:
        """Whatever stands in the list and whatever is asked, the answer is yes or no: yes where they are the same."""
        writer.execute("DELETE FROM excisemarkwhite")
        allow(writer, listed)
        assert dictionaries.in_white_list(listed)
        assert dictionaries.in_white_list(ki) in {True, False}


class TestByGtin:
    @pytest.mark.parametrize(
        ("barcode", "captured"),
        [
            ("4600682000112", "04600682000112"),
            ("46198488", "00000046198488"),
            ("012345678905", "00012345678905"),
            ("0012345678905", "00012345678905"),
            ("14600682000119", "14600682000119"),
            ("4600682000112", "4600682000112"),
            ("46198488", "0000046198488"),
            ("Ы-1", "Ы-1"),
        ],
    )
    def test_found_as_goods_have_it(
        self, writer: sqlite3.Connection, dictionaries: Dictionaries, barcode: str, captured: str
    ) -> None:
        """Given goods with an EAN-13, UPC-12 or EAN-8, then the 14 digits of their marks find them."""
        goods(writer, barcode)
        assert [found.barcode for found in dictionaries.by_gtin(captured, NOON)] == [barcode]

    def test_the_longest_form_counts(self, writer: sqlite3.Connection, dictionaries: Dictionaries) -> None:
        """Given goods by several forms of one GTIN, then those of the first form are found, all of them."""
        goods(writer, "46198488", code="1")
        goods(writer, "0000046198488", code="2")
        goods(writer, "0000046198488", code="3")
        assert [found.code for found in dictionaries.by_gtin("00000046198488", NOON)] == ["2", "3"]

    @pytest.mark.parametrize(
        "captured",
        ["", "0", "04600682000119", "14600682000112", "٠٤٦٠٠٦٨٢٠٠٠١١٢", "\ud800", "0460068200011'", "²" * 14],
    )
    def test_anything_else_finds_nothing(
        self, writer: sqlite3.Connection, dictionaries: Dictionaries, captured: str
    ) -> None:
        """Given another number, a box of the goods or a hostile text, then nothing is found."""
        goods(writer, "4600682000112")
        assert dictionaries.by_gtin(captured, NOON) == ()


class TestMarkedGoods:
    @pytest.mark.parametrize("table", ["tmc", "barcodes"])
    def test_ignored_marking_asks_for_no_mark(
        self, writer: sqlite3.Connection, dictionaries: Dictionaries, table: str
    ) -> None:
        """Given marked goods whose marking is to be ignored, then no goods are marked, until others come."""
        goods(writer, "1", code="1")
        writer.execute("UPDATE tmc SET op_mode = 262144")
        writer.execute(f"UPDATE {table} SET tmctype = 7")  # noqa: S608 - names of ours
        ignored = dictionaries.has_marked_goods()
        goods(writer, "2", code="2")
        writer.execute(f"UPDATE {table} SET tmctype = 3 WHERE code = '2'")  # noqa: S608 - names of ours
        assert (ignored, dictionaries.has_marked_goods()) == (False, True)


def goods(writer: sqlite3.Connection, barcode: str, code: str = "1") -> None:
    """Put goods with a barcode into the dictionaries."""
    writer.execute("INSERT INTO tmc (code, bcode, name, price) VALUES (?, ?, 'Товар', 10)", (code, barcode))
    writer.execute("INSERT INTO barcodes (barcode, code) VALUES (?, ?)", (barcode, code))
