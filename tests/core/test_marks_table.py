"""Every group of the table (domain/marking.md 1): what identifies it, what is put back, what is not certain."""

import biip
import pytest

from cashier.core.marks import GS, Code, Damage, Damaged, ki_of, looks_like_mark, read
from cashier.core.marks.mrc import ALPHABET, mrc_kopecks
from tests.core.mark_codes import BLOCK, LETTERS, MILK, PACK, SAMPLES, WATER, Mark

NOT_CERTAIN = {
    "beer": "as long as an identification code of 13",
    "gs1": "fits nothing of the table",
    "shoes of 93": "a camera whose serial has 240 in it",
}
"""What cannot be told once GS is lost, and what it may be instead."""


@pytest.mark.parametrize("mark", SAMPLES, ids=lambda mark: f"{mark.group}-{len(mark.code)}")
class TestEveryGroup:
    def test_code_is_read_with_what_identifies_it(self, mark: Mark) -> None:
        """Given a code of a group, when it is scanned, then code, КИ, GTIN and layout are known."""
        assert read(mark.code.encode()) == Code(mark.code, mark.ki, mark.gtin, mark.group)

    def test_lost_gs_is_put_back_where_certain(self, mark: Mark) -> None:
        """Given a scanner that transmits no GS, when a code is scanned, then GS is back, or the scan refused."""
        answer = read(mark.code.replace(GS, "").encode())
        if {mark.group, f"{mark.group} of {len(mark.code)}"} & NOT_CERTAIN.keys():
            assert answer == Damaged(Damage.NO_GS)
        else:
            assert answer == Code(mark.code, mark.ki, mark.gtin, mark.group, repaired=mark.has_gs)

    def test_stored_code_is_identified(self, mark: Mark) -> None:
        """Given a code as stored, or its КИ from a white list, then the КИ is told."""
        assert ki_of(mark.code) == ki_of(mark.ki) == mark.ki

    def test_code_looks_like_a_mark(self, mark: Mark) -> None:
        """Given a code, with GS or without, then it is no plain barcode."""
        assert looks_like_mark(mark.code.encode())
        assert looks_like_mark(mark.code.replace(GS, "").encode())

    def test_biip_agrees(self, mark: Mark) -> None:
        """Given a code with its GS, then an independent library reads the same; packs are none of its business."""
        message = biip.parse(mark.code).gs1_message
        if mark.group == "tobacco_pack":
            assert message is None
        elif message is not None:
            found = {part.ai.ai: part.value for part in message.element_strings}
            assert (found["01"], f"01{found['01']}21{found['21']}") == (mark.gtin, mark.ki)


class TestNotCertain:
    @pytest.mark.parametrize(
        "scanned",
        [
            pytest.param("0104610053147452215d,OiLl93dGVz", id="31: a beer or a КИ of 13"),
            pytest.param("0104607809591454215abcdefghijkl240ABCD", id="38: a serial of 20 that may end in 240"),
            pytest.param("0104607809591454215abc1", id="a serial of five is none of the table"),
            pytest.param("01046004399312562193abc", id="a КИ cut short that has the length of a pack's"),
            pytest.param("010460043993125621JgXJ5.TABCDEFGH", id="a КИ with a stranger's tail"),
        ],
    )
    def test_codes_without_gs_that_may_be_another_are_refused(self, scanned: str) -> None:
        """Given no GS and more than one thing the code may have been, or none, then it is refused."""
        assert read(scanned.encode()) == Damaged(Damage.NO_GS)

    def test_a_serial_with_check_part_in_it_is_not_an_identification_code(self) -> None:
        """Given a milk without GS and one stray character, then it is not taken for a КИ of 13."""
        assert read((MILK.code.replace(GS, "") + "x").encode()) == Damaged(Damage.NO_GS)

    def test_camera_that_may_be_shoes(self) -> None:
        """Given a serial of 20 with 240 in it, then a lost GS of shoes is as likely, and the scan is refused."""
        camera = f"0104607809591454215abcdefghijkl240ABCD{GS}91EE07{GS}92{'A' * 44}"
        assert read(camera.encode()) == Damaged(Damage.NO_GS)

    def test_pack_with_price_that_may_be_an_identification_code(self) -> None:
        """Given 25 characters that are a pack with МРЦ as well as a КИ of GS1, then only an AIM identifier decides."""
        both = "01046004399312" + "5621abc" + "AABC"
        assert read(both.encode()) == Damaged(Damage.NO_GS)
        assert ki_of(both) == both


class TestPacks:
    def test_pack_that_begins_like_gs1(self) -> None:
        """Given a pack whose first characters are 01…21, then only AIM can tell it is one."""
        pack = "01046004399312" + "5621abc" + "AAAA" + "Hwvf"
        assert pack[16:18] == "21"
        assert read(pack.encode()) == read(b"]d2" + pack.encode()) == Damaged(Damage.NO_GS)
        assert read(b"]d1" + pack.encode()) == Code(pack, pack[:21], pack[:14], "tobacco_pack")

    def test_digits_only_are_barcodes(self) -> None:
        """Given 29 digits, then it is three barcodes and no pack."""
        assert read(b"00000046198488" + b"7" * 15) == Damaged(Damage.GLUED)

    @pytest.mark.parametrize("wrong", ["00000046198489X?io+qCABm8wAYa", "00000046198488X?io+qCA(m8wAYa"])
    def test_wrong_check_digit_or_price_is_no_pack(self, wrong: str) -> None:
        """Given a wrong check digit of the GTIN, or a price outside its alphabet, then it is no pack."""
        assert read(wrong.encode()) == Code(wrong, wrong)

    def test_pack_has_no_gs(self) -> None:
        """Given 29 characters with GS among them, then they are no pack."""
        code = PACK.code[:17] + GS + PACK.code[18:]
        assert read(code.encode()) == Code(code, PACK.code[:17])

    @pytest.mark.parametrize("around", ["F{}", "{}F", "4{}", "{}00"])
    def test_pack_with_a_scanners_own_letter_is_refused(self, around: str) -> None:
        """Given a prefix or suffix the till does not know of, then a pack is refused, not sold as something unknown."""
        assert read(around.format(PACK.code).encode()) == Damaged(Damage.STRUCTURE)
        assert looks_like_mark(around.format(PACK.code).encode())


class TestUnknown:
    @pytest.mark.parametrize("code", ["RU-430302-AAA4050108", "4600682000013", "22N0000000000ABC" * 4, "A"])
    def test_anything_else_is_left_to_the_masks(self, code: str) -> None:
        """Given a code of no layout, then it is itself, and its КИ is all of it."""
        assert read(code.encode()) == Code(code, code)

    def test_unknown_with_gs_is_identified_by_what_stands_before_it(self) -> None:
        """Given a code of no layout with GS, then the text up to the first GS identifies it."""
        code = f"00146000000000000018{GS}10AB"
        assert read(code.encode()) == Code(code, "00146000000000000018")
        assert ki_of(code) == ki_of(GS + code) == "00146000000000000018"

    @pytest.mark.parametrize("text", ["", "тест²", "²²²²²²²²²²²²²²1234567"])
    def test_any_text_has_something_that_identifies_it(self, text: str) -> None:
        """Given text that was never a code, then it identifies itself."""
        assert ki_of(text) == text


class TestMrc:
    @pytest.mark.parametrize(
        ("text", "kopecks"),
        [
            *(("AAAA", 0), ("ABUA", 8_000), ("ABm8", 9_500), ("AB.A", 12_000), ("ADD8", 19_500), ("ADI8", 19_900)),
            *(("ADvo", 23_000), ("ACyA", 16_800), ("????", 40_959_999), ("AAA", None), ("AAAAA", None), ("AA(A", None)),
        ],
    )
    def test_price_of_a_pack(self, text: str, kopecks: int | None) -> None:
        """Given four characters of a pack, then they are its maximum price, or nothing."""
        assert mrc_kopecks(text) == kopecks

    def test_alphabet_is_the_marks_own_but_for_brackets(self) -> None:
        """Given the alphabets, then a price has 80 of the 82 characters of a mark."""
        assert set(LETTERS) - set(ALPHABET) == {"(", ")"}
        assert len(ALPHABET) == 80
        assert len(set(LETTERS)) == 82


def test_case_is_part_of_the_serial() -> None:
    """Given two serials that differ in case, then they are two marks."""
    assert ki_of(WATER.code) != ki_of(WATER.code.swapcase())
    assert read(BLOCK.code.swapcase().encode()) == Code(
        BLOCK.code.swapcase(),
        BLOCK.ki.swapcase(),
        BLOCK.gtin,
        "tobacco_block",
    )
