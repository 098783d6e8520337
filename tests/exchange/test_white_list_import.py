"""Files bring marks into the white list, undo what scanners did to them, and take them off by identification code."""

import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cashier.store.connect import transaction
from cashier.store.dictionaries import prepare_dictionaries
from tests.exchange.trade_files import Command, Shop

GS = "\x1d"
KI = "0104600682000112215ABCDEFabcdef"
FULL = f"{KI}{GS}93dGVz"
BEER = "0104600682000099215bEEr71"
EGAIS = "22N00002NUVLTTX4G0AZ4LM10415003000001ZYXWVUTSRQPONMLKJIHGFEDCBA98765"
CLEAR: Command = {"command": "clearExciseMarkWhite"}


def allow(mark: object, *barcodes: str) -> Command:
    """Write `addExciseMarksWhite`."""
    listed = [{"value": barcode} for barcode in barcodes]
    return {"command": "addExciseMarksWhite", "excisemarkswhite": {"barcodes": listed, "excisemarkid": mark}}


def forbid(mark: object) -> Command:
    """Write `deleteExciseMarkWhite`."""
    return {"command": "deleteExciseMarkWhite", "excisemarkid": mark}


def kept(shop: Shop) -> list[str]:
    """List what stands in the white list."""
    return [mark for (mark,) in shop.kept("SELECT excisemarkid FROM excisemarkwhite")]


class TestAdding:
    @pytest.mark.parametrize("mark", [KI, FULL, f"{KI}{GS}91EE10{GS}92{'x' * 44}", EGAIS, "RU-430302-AAA4050108"])
    def test_sound_mark_is_kept_as_it_came(self, shop: Shop, mark: str) -> None:
        """Given a bare КИ, a full code or a mark of another kind, then it stands in the list byte for byte."""
        assert shop.aif(allow(mark)).bad == []
        assert kept(shop) == [mark]

    @pytest.mark.parametrize(
        "mark", [f"]d2{FULL}", f"{GS}{FULL}", f"{FULL}\r", f"{FULL}\r\n", f"{KI}93dGVz", FULL.replace(GS, "<GS>")]
    )
    def test_damage_of_transport_is_undone(self, shop: Shop, mark: str) -> None:
        """Given a mark as a badly set scanner sends it, then its exact code stands in the list, and its КИ is found."""
        assert shop.aif(allow(mark)).bad == []
        assert kept(shop) == [FULL]
        assert shop.dictionaries.in_white_list(KI)

    def test_uncertain_mark_stays_as_given(self, shop: Shop) -> None:
        """Given a code without GS that may be read in two ways, then it stays so: the scan decides."""
        shop.aif(allow(f"{BEER}93dGVz"))
        assert kept(shop) == [f"{BEER}93dGVz"]
        assert shop.dictionaries.in_white_list(BEER)

    @pytest.mark.parametrize(
        "mark",
        [
            "",
            " ",
            "\n",
            FULL + FULL,
            f"{KI}{GS}{GS}93dGVz",
            "x" * 1001,
            f"{KI}\x00",
            f"{KI}\x1b[2J",
            "🥛" * 9,
            7,
            None,
            [],
        ],
    )
    def test_what_is_no_mark_is_named(self, shop: Shop, mark: object) -> None:
        """Given a record that holds no mark, then it is named and skipped, and the others are loaded."""
        report = shop.aif(allow(KI), allow(mark), allow(EGAIS))
        (bad,) = report.bad
        assert (bad.place, bad.command) == ("file0.txt, строка 4", "addExciseMarksWhite")
        assert bad.reason
        assert bad.advice
        assert kept(shop) == [KI, EGAIS]

    def test_barcodes_are_kept_with_it(self, shop: Shop) -> None:
        """Given a mark with two barcodes, then it stands with each."""
        shop.aif(allow(FULL, "4600", "4601"))
        assert shop.kept("SELECT barcode FROM excisemarkwhite") == [("4600",), ("4601",)]


class TestTakingOff:
    @pytest.mark.parametrize("listed", [KI, FULL, f"{KI}{GS}93OTHR", f"{KI}93dGVz"])
    @pytest.mark.parametrize("named", [KI, FULL, f"]d2{FULL}"])
    def test_by_identification_code(self, shop: Shop, listed: str, named: str) -> None:
        """Given a mark in the list, when a file takes it off in whatever spelling, then it is off, and alone."""
        another = KI[:-1] + "F"
        shop.aif(allow(listed, "1", "2"), allow(another))
        assert shop.aif(forbid(named)).bad == []
        assert kept(shop) == [another]

    def test_row_of_an_integrator(self, shop: Shop) -> None:
        """Given codes put in with SQL, without GS and as a blob, when the mark is taken off, only its code goes."""
        with closing(prepare_dictionaries(shop.path)) as conn, transaction(conn):
            insert = "INSERT INTO excisemarkwhite (excisemarkid) VALUES (?)"
            conn.executemany(insert, [(f"{KI}93dGVz",), (f"{KI}x",), (KI.encode(),)])
        shop.aif(forbid(KI))
        assert set(shop.kept("SELECT excisemarkid FROM excisemarkwhite")) == {(f"{KI}x",), (KI.encode(),)}

    def test_uncertain_mark_takes_only_itself_off(self, shop: Shop) -> None:
        """Given codes without GS that may be read in two ways, when one is taken off as it came, only it goes."""
        shop.aif(allow(f"{GS}{BEER}93dGVz"), allow(f"{GS}{BEER[:-1]}893dGVz"))
        shop.aif(forbid(f"{GS}{BEER}93dGVz"))
        assert kept(shop) == [f"{BEER[:-1]}893dGVz"]

    def test_order_in_a_file_counts(self, shop: Shop) -> None:
        """Given a mark listed, taken off by its КИ and listed with another check part, then the last one stands."""
        shop.aif(allow(f"{KI}{GS}93OTHR"))
        shop.aif(allow(f"{KI}{GS}93SAME"), forbid(KI), allow(FULL))
        assert kept(shop) == [FULL]

    def test_listed_and_taken_off_in_one_file(self, shop: Shop) -> None:
        """Given a mark listed and then taken off, then it is not in the list."""
        shop.aif(allow(FULL), allow(EGAIS), forbid(f"{KI}{GS}93OTHR"))
        assert kept(shop) == [EGAIS]

    def test_cleared_list_has_what_comes_after(self, shop: Shop) -> None:
        """Given a list, when a file clears it and names marks, then only those after the clear stand in it."""
        shop.aif(allow(KI), allow(EGAIS))
        shop.aif(allow("before"), CLEAR, allow(FULL), forbid(EGAIS))
        assert kept(shop) == [FULL]

    @pytest.mark.parametrize("mark", ["", FULL + FULL, "x" * 1001, 7, None])
    def test_nothing_is_taken_off_by_what_is_no_mark(self, shop: Shop, mark: object) -> None:
        """Given a delete that names no mark, then it is told, and the list stays."""
        report = shop.aif(allow(KI), forbid(mark))
        assert len(report.bad) == 1
        assert kept(shop) == [KI]

    def test_the_same_file_again_changes_nothing(self, shop: Shop) -> None:
        """Given a file loaded, when it is loaded again, then the list is the same."""
        commands = (allow(KI, "1"), forbid(EGAIS), allow(f"]d2{FULL}"), allow(EGAIS))
        shop.aif(*commands)
        before = shop.dump()
        shop.aif(*commands)
        assert shop.dump()["excisemarkwhite"] == before["excisemarkwhite"]


SPELLINGS = ("{ki}", "{ki}\x1d93dGVz", "]d2{ki}\x1d93dGVz", "{ki}\x1d93OTHR", "{ki}93dGVz")
KEPT = ("{ki}", "{ki}\x1d93dGVz", "{ki}\x1d93dGVz", "{ki}\x1d93OTHR", "{ki}\x1d93dGVz")
"""How the list spells what comes in each of `SPELLINGS`."""
STEP = st.tuples(
    st.sampled_from(["allow", "allow", "allow", "forbid", "clear"]), st.sampled_from("abA"), st.integers(0, 4)
)


@settings(max_examples=40, deadline=None)
@given(files=st.lists(st.lists(STEP, max_size=8), min_size=1, max_size=3))
def test_any_files_agree_with_the_plain_model(files: list[list[tuple[str, str, int]]]) -> None:
    """Whatever files do to some marks in whatever spelling, the list is what doing it one by one would leave."""
    listed: set[tuple[str, str]] = set()
    with tempfile.TemporaryDirectory() as folder, closing(Shop(Path(folder))) as shop:
        for file in files:
            commands = []
            for word, letter, way in file:
                ki = KI[:-1] + letter
                if word == "clear":
                    listed.clear()
                    commands.append(CLEAR)
                elif word == "allow":
                    listed.add((ki, KEPT[way].format(ki=ki)))
                    commands.append(allow(SPELLINGS[way].format(ki=ki)))
                else:
                    listed = {row for row in listed if row[0] != ki}
                    commands.append(forbid(SPELLINGS[way].format(ki=ki)))
            shop.aif(*commands)
            assert set(kept(shop)) == {code for _, code in listed}
            assert all(shop.dictionaries.in_white_list(KI[:-1] + one) == (one in _ends(listed)) for one in "abA")


def _ends(listed: set[tuple[str, str]]) -> set[str]:
    return {ki[-1] for ki, _ in listed}
