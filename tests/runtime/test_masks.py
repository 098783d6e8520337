"""Masks: what they take, what they capture, in which order, and how long they may think."""

import logging
import subprocess
import sys
from pathlib import Path
from time import process_time

import pytest

from cashier.masks import Accepted, Masks, check_mask
from cashier.settings.model import MarkCategory

ROOT = Path(__file__).parent.parent.parent
WATER = "010463633245536021561BtxPs9VbAP\x1d93dGVz"
WATER_MASK = r"01(?<barcode>[0-9]{14})21.{13}\s*93.{4}\s*"
HOSTILE = r"(a|aa)+b"
BAIT = "a" * 90


def masks(*texts: str) -> Masks:
    """Masks of categories A, B, … in this order."""
    return Masks(tuple(MarkCategory(name=chr(65 + number), mask=text) for number, text in enumerate(texts)))


def taken(code: str, *texts: str) -> Accepted:
    """What is made of a code that one of the masks takes."""
    accepted = masks(*texts).match(code)
    assert accepted is not None
    return accepted


class TestMatch:
    def test_mask_of_the_seed_takes_a_code_without_its_gs(self) -> None:
        """Given a code with GS and a mask with blanks in its place, then it is taken, and nothing captured has GS."""
        accepted = taken(WATER, WATER_MASK)
        assert (accepted.category.name, accepted.named, accepted.barcode) == ("A", True, "04636332455360")
        assert accepted.properties == ()

    @pytest.mark.parametrize("code", [f"{WATER}x", f"x{WATER}", WATER[:-1], "", "4600682000013"])
    def test_code_must_match_as_a_whole(self, code: str) -> None:
        """Given a code that only holds what the mask wants, or less, then it is not taken."""
        assert masks(WATER_MASK).match(code) is None

    def test_first_in_file_order_decides(self) -> None:
        """Given two masks that match, then the first one's category has the code."""
        assert taken("12", "1.", ".2").category.name == "A"
        assert taken("32", "1.", ".2").category.name == "B"

    def test_groups_are_properties_in_the_order_of_the_mask(self) -> None:
        """Given groups of any name, then those that took part are kept, an empty one as well, the others not."""
        accepted = taken("5z", r"(?<weight>\d)(?<b>x)?(?<barcode>y)?(?<a>z)(?<empty>)")
        assert accepted.properties == (("weight", "5"), ("a", "z"), ("empty", ""))
        assert (accepted.named, accepted.barcode) == (True, "")

    def test_mask_without_barcode_names_none(self) -> None:
        """Given a mask that captures no barcode on purpose, then the item of the code is not asked for."""
        accepted = taken(WATER, r"01[0-9]{14}21.{13}\s*93.{4}")
        assert (accepted.named, accepted.barcode) == (False, "")

    def test_barcode_may_stand_in_both_branches(self) -> None:
        """Given one name twice, then whichever took part is the barcode."""
        assert taken("y22", r"x(?<barcode>\d)|y(?<barcode>\d\d)").barcode == "22"

    def test_digits_and_letters_are_ascii(self) -> None:
        """Given digits of another script, then they are no digits to a mask: PCRE has it so."""
        assert masks(r"\d\w").match("٣ж") is None

    def test_no_masks_take_nothing(self) -> None:
        """Given no category, then no code is a mark."""
        assert masks().match(WATER) is None


class TestGs:
    @pytest.mark.parametrize("gs", [r"\x1d", r"\x1D", r"\u001d", r"\035", "\x1d", r"[\x1d]", r"[^0-9]", r"\\\x1d?.?"])
    def test_mask_that_names_gs_sees_it(self, gs: str) -> None:
        """Given a mask that names GS, then it is held against the code as it is; one that does not, without GS."""
        found = masks(f"21ab{gs}93").match("21ab\x1d93")
        assert (found is not None) == (gs not in (r"[^0-9]", r"\\\x1d?.?"))

    def test_escaped_backslash_before_x1d_names_nothing(self) -> None:
        """Given a mask that wants a backslash and the letters x1d, then it sees no GS."""
        assert taken("\\x1d\x1d", r"\\x1d").category.name == "A"

    def test_what_is_captured_has_gs_only_where_the_mask_names_it(self) -> None:
        """Given the same code, then a mask decides by naming GS whether a property may hold it."""
        assert taken("a\x1db", "(?<all>.+)").properties == (("all", "ab"),)
        assert taken("a\x1db", r"(?<all>a\x1db)").properties == (("all", "a\x1db"),)


@pytest.mark.alone
class TestTime:
    def test_hostile_mask_is_cut_off_and_the_next_one_tried(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given a mask that would think for hours, then it has 20 ms and counts as no match; the log says so once."""
        both = masks(HOSTILE, "a+")
        with caplog.at_level(logging.WARNING, "cashier"):
            spent = []
            for _ in range(3):
                begun = process_time()
                accepted = both.match(BAIT)
                spent.append(process_time() - begun)
                assert accepted is not None
                assert accepted.category.name == "B"
        assert min(spent) < 0.025  # of the processor: other programs do not count
        assert [record.getMessage() for record in caplog.records] == [
            "mask of [MarkedGoods.A]: cut off on a code of 90 characters"
        ]

    def test_bait_is_no_match_of_a_short_code(self) -> None:
        """Given the same mask and a code it can decide, then it decides: the cut is what ends the long one."""
        assert masks(HOSTILE).match("a" * 10) is None
        assert taken("aaab", HOSTILE).category.name == "A"

    def test_each_length_is_told_once(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given codes of two lengths, then two lines."""
        own = masks(HOSTILE)
        with caplog.at_level(logging.WARNING, "cashier"):
            for code in (BAIT, BAIT, f"{BAIT}a"):
                assert own.match(code) is None
        assert len(caplog.records) == 2

    def test_masks_together_have_a_limit(self, caplog: pytest.LogCaptureFixture) -> None:
        """Given a dozen masks that would think for hours, then the screen waits for a tenth of a second at most."""
        many = masks(*(f"{HOSTILE}x{{{number}}}" for number in range(12)), "a+")
        with caplog.at_level(logging.WARNING, "cashier"):
            begun = process_time()
            assert many.match(BAIT) is None
        assert process_time() - begun < 0.15
        assert caplog.records[-1].getMessage().endswith("and those after it had no time")

    def test_nobody_without_masks_loads_the_engine(self) -> None:
        """Given a till without masks, then `regex` is not loaded: its start does not wait."""
        code = "import sys; from cashier.masks import Masks; Masks(()); print('regex' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
        assert done.stdout.strip() == "False"


class TestCheck:
    @pytest.mark.parametrize(
        ("mask", "reason"),
        [
            (WATER_MASK, ""),
            (r"(?|(a)|(b))(?>c+)d++\K?", ""),
            ("ab(", "знак 4: нет закрывающей скобки «)»"),
            ("ab)", "знак 3: лишняя закрывающая скобка «)»"),
            ("[a", "знак 3: нет закрывающей скобки «]»"),
            ("*a", "знак 1: нечего повторять: перед * + ? {} ничего нет"),
            ("a**", "знак 3: два знака повторения подряд"),
            ("a{2,1}", "знак 3: в {} первое число больше второго"),
            ("(?<barcode", "знак 11: имя группы не закрыто знаком «>»"),
            (r"\q", "знак 3: неизвестная запись после «\\»"),
            ("(?u)a", "ASCII, LOCALE and UNICODE flags are mutually incompatible"),
            ("(" * 1900, "слишком много вложенных скобок"),
            ("((a{100}){100}){100}", "слишком много повторений {} друг в друге"),
            ("(?:a{65535}){65535}", "слишком много повторений {} друг в друге"),
        ],
    )
    def test_mask_that_does_not_compile_is_told_with_its_place(self, mask: str, reason: str) -> None:
        """Given a mask as somebody typed it, then what is wrong is said in words, and at which character."""
        assert check_mask(mask) == reason
