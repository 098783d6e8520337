"""Any code of the table, under anything a scanner does to it: the exact code or a refusal, never another serial."""

import string
from collections.abc import Callable

import biip
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cashier.core.marks import Code, Damage, Damaged, ki_of, looks_like_mark, read
from tests.core.mark_codes import (
    CERTAIN_SPELLINGS,
    GS,
    LEGAL_SPELLINGS,
    SPELLINGS,
    Mark,
    barcodes,
    gs1_marks,
    marks,
    numbers,
    packs,
    typed_in_russian,
    without,
)

CYRILLIC = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ№")
AIMS = ("", "]d2", "]d1", "]Q3", "]C1")
ENDS = ("", "\r", "\r\n", "\n", "\t", GS, GS + "\r")

quick = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check_safe(mark: Mark, answer: Code | Damaged) -> None:
    """Check that an answer is the mark itself or a refusal."""
    if isinstance(answer, Code):
        assert (answer.code, answer.ki, answer.gtin) == (mark.code, mark.ki, mark.gtin)


def lose_some(mark: Mark, draw: Callable[[st.SearchStrategy[set[int]]], set[int]]) -> str:
    """Return the mark's code with any of its GS lost."""
    return without(mark.code, draw(st.sets(st.integers(0, 3))))


class TestCodesWithEveryGs:
    @quick
    @given(gs1_marks(), st.sampled_from(ENDS))
    def test_codes_of_gs1_are_read_as_they_are(self, mark: Mark, end: str) -> None:
        """Given a whole GS1 code, when it is scanned, then it is that code, unless it can be another."""
        answer = read((mark.code + end).encode())
        check_safe(mark, answer)
        if isinstance(answer, Code):
            assert answer.layout == mark.group or {answer.layout, mark.group} <= {"beer", "milk", "water"}
            assert not answer.repaired

    @quick
    @given(packs(), st.sampled_from(("", "]d1")), st.sampled_from(ENDS))
    def test_packs_are_read_as_they_are(self, mark: Mark, aim: str, end: str) -> None:
        """Given a pack, when it is scanned, then its first 21 characters identify it."""
        check_safe(mark, read((aim + mark.code + end).encode()))

    @quick
    @given(gs1_marks())
    def test_biip_reads_the_same_serial(self, mark: Mark) -> None:
        """Given a code with its GS, then an independent library sees the same GTIN and serial."""
        answer = read(b"]d2" + mark.code.encode())
        message = biip.parse(mark.code, config=biip.ParseConfig(gs1_element_strings_verify_date=False)).gs1_message
        if isinstance(answer, Code) and message is not None:
            values = {part.ai.ai: part.value for part in message.element_strings}
            assert (values["01"], values["21"]) == (answer.gtin, answer.ki[18:])


class TestLostGs:
    @quick
    @given(marks(), st.data())
    def test_any_lost_gs_is_put_back_or_the_scan_refused(self, mark: Mark, data: st.DataObject) -> None:
        """Given a scanner that swallows some GS, or all, when a code is scanned, then no other serial comes out."""
        check_safe(mark, read(lose_some(mark, data.draw).encode()))

    @quick
    @given(gs1_marks())
    def test_identification_code_alone_is_not_another_code(self, mark: Mark) -> None:
        """Given an identification code alone, when it is read, then it is itself or refused."""
        answer = read(mark.ki.encode())
        check_safe(Mark("ki", mark.ki, mark.ki, mark.gtin), answer)

    def test_a_resolver_that_takes_the_first_fit_is_caught(self) -> None:
        """Given a resolver that puts GS where it first may stand, then these properties fail."""

        def naive(data: bytes) -> Code:
            text = data.decode()
            at = min((at for at in (text.find(own, 24) for own in ("93", "91", "8005", "10")) if at > 0), default=-1)
            return Code(text[:at] + GS + text[at:], text[:at], text[2:16])

        @settings(quick, database=None, phases=[Phase.generate])
        @given(gs1_marks())
        def lost(mark: Mark) -> None:
            check_safe(mark, naive(mark.code.replace(GS, "").encode()))

        with pytest.raises((AssertionError, ExceptionGroup)):
            lost()


class TestSpelledGs:
    @quick
    @given(marks(), st.sampled_from(CERTAIN_SPELLINGS), st.booleans())
    def test_spelled_by_what_no_mark_holds(self, mark: Mark, spelling: str, first: bool) -> None:  # noqa: FBT001 - drawn
        """Given a scanner that writes GS in characters no mark holds, then the code is the one with true GS."""
        scanned = (GS if first else "") + mark.code
        plain = read(mark.code.encode())
        spelled = read(scanned.replace(GS, spelling).encode())
        check_safe(mark, spelled)
        assert getattr(spelled, "code", spelled) == getattr(plain, "code", plain)

    @quick
    @given(marks(), st.sampled_from(LEGAL_SPELLINGS), st.data())
    def test_spelled_by_what_a_mark_may_hold(self, mark: Mark, spelling: str, data: st.DataObject) -> None:
        """Given a scanner that writes <GS> and may lose one, then the code is right or refused."""
        check_safe(mark, read(lose_some(mark, data.draw).replace(GS, spelling).encode()))

    @quick
    @given(marks(), st.sampled_from([*SPELLINGS, "/", "~", "F8"]), st.data())
    def test_spelled_as_the_settings_say(self, mark: Mark, spelling: str, data: st.DataObject) -> None:
        """Given a scanner with its own spelling in the settings, then the code is right or refused."""
        scanned = lose_some(mark, data.draw).replace(GS, spelling)
        check_safe(mark, read(scanned.encode(), spelling.encode()))


class TestEverythingAtOnce:
    @quick
    @given(
        st.one_of(gs1_marks(), packs()),
        st.sampled_from(["", *SPELLINGS]),
        st.sampled_from(AIMS),
        st.booleans(),
        st.data(),
    )
    def test_no_wrong_serial(self, mark: Mark, spelling: str, aim: str, russian: bool, data: st.DataObject) -> None:  # noqa: FBT001 - drawn
        """Given lost and spelled GS, an AIM identifier, terminators and a Russian layout, then right or refused."""
        if mark.group == "tobacco_pack":
            aim = "]d1" if aim else ""
        scanned = aim + lose_some(mark, data.draw)
        scanned = scanned.replace(GS, spelling) if spelling else scanned
        typed = typed_in_russian(scanned) if russian and scanned.isascii() else scanned
        if typed == scanned or not CYRILLIC.isdisjoint(typed):
            check_safe(mark, read((typed + data.draw(st.sampled_from(ENDS))).encode()))

    @quick
    @given(marks(), st.one_of(barcodes(), marks()), st.booleans(), st.sampled_from(("", "\r", "\t", "]d2")), st.data())
    def test_two_scans_in_one(
        self,
        mark: Mark,
        second: str | Mark,
        turned: bool,  # noqa: FBT001 - drawn
        between: str,
        data: st.DataObject,
    ) -> None:
        """Given two scans that came as one, when they are read, then neither passes for a code of a layout."""
        both = [lose_some(mark, data.draw), second if isinstance(second, str) else lose_some(second, data.draw)]
        answer = read(between.join(reversed(both) if turned else both).encode())
        assert isinstance(answer, Damaged)

    @quick
    @given(marks(), st.text(string.ascii_letters + string.digits, min_size=1, max_size=3), st.data())
    def test_a_scanners_own_prefix(self, mark: Mark, prefix: str, data: st.DataObject) -> None:
        """Given a prefix that nobody told the till of, then the scan is refused, with its GS or without."""
        assert isinstance(read((prefix + lose_some(mark, data.draw)).encode()), Damaged)

    @quick
    @given(
        marks().filter(lambda mark: mark.group not in ("tobacco_carton", "tobacco_block")),
        st.text(string.ascii_letters, min_size=1, max_size=3),
    )
    def test_a_scanners_own_suffix(self, mark: Mark, suffix: str) -> None:
        """Given letters behind a code whose last field has its length, then the scan is refused."""
        assert isinstance(read((mark.code + suffix).encode()), Damaged)


class TestIdentificationCodes:
    @quick
    @given(marks(), st.data())
    def test_stored_codes_are_identified_as_they_were_read(self, mark: Mark, data: st.DataObject) -> None:
        """Given whatever was read, then its identification code is found again from the code as stored."""
        answer = read(lose_some(mark, data.draw).encode())
        if isinstance(answer, Code):
            assert ki_of(answer.code) == answer.ki

    @quick
    @given(marks())
    def test_white_lists_may_hold_codes_without_gs(self, mark: Mark) -> None:
        """Given a list of whole codes without GS, then each is identified, or stays the text it is."""
        bare = mark.code.replace(GS, "")
        assert ki_of(bare) in {mark.ki, bare}


class TestHostileInput:
    @quick
    @given(st.binary(max_size=600), st.binary(max_size=4))
    def test_bytes_never_raise(self, data: bytes, gs: bytes) -> None:
        """Given bytes of any kind, then they are read, asked about and identified without an error."""
        read(data, gs)
        looks_like_mark(data)

    @quick
    @given(st.text(max_size=200))
    def test_texts_never_raise(self, text: str) -> None:
        """Given text of any kind, then it is read and identified without an error."""
        read(text.encode("utf-8", "replace"))
        assert text.replace(GS, "").startswith(ki_of(text)) or GS in text

    @quick
    @given(st.one_of(numbers(8), numbers(12), numbers(13), numbers(14)), st.sampled_from(("", "]E0", "]I1")))
    def test_plain_barcodes_are_no_marks(self, number: str, aim: str) -> None:
        """Given a plain barcode, then it is not taken for a mark, and read as what it is."""
        assert not looks_like_mark((aim + number).encode())
        assert read((aim + number).encode()) == Code(number, number)

    @quick
    @given(marks(), st.data())
    def test_damaged_marks_still_look_like_marks(self, mark: Mark, data: st.DataObject) -> None:
        """Given a mark with lost GS, then it is told from a barcode, so that the cashier hears why."""
        assert looks_like_mark(lose_some(mark, data.draw).encode())

    def test_a_megabyte_is_refused_at_once(self) -> None:
        """Given a megabyte, then it is too long, and no plain barcode."""
        assert read(b"0" * 1_000_000) == Damaged(Damage.TOO_LONG)
        assert looks_like_mark(b"0" * 1_000_000)
