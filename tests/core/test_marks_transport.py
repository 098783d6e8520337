"""What scanners do to a code on the way to the till (domain/marking.md 6), and that it is undone or told."""

import json

import pytest

from cashier.core.marks import GS, Code, Damage, Damaged, looks_like_mark, read
from tests.core.mark_codes import BLOCK, MILK, PACK, SPELLINGS, WATER, typed_in_russian

AS_PRINTED = Code(MILK.code, MILK.ki, MILK.gtin, "milk")
REPAIRED = Code(MILK.code, MILK.ki, MILK.gtin, "milk", repaired=True)


class TestGs:
    def test_gs_survives_reading_json_and_back(self) -> None:
        """Given a code with GS, when it is read, written as JSON and read again, then it is the same, byte for byte."""
        answer = read(MILK.code.encode())
        assert isinstance(answer, Code)
        assert json.loads(json.dumps(answer.code)) == MILK.code
        assert answer.code.encode().count(b"\x1d") == 1

    @pytest.mark.parametrize("spelling", SPELLINGS)
    def test_every_known_spelling(self, spelling: str) -> None:
        """Given a scanner's own spelling of GS, when nothing is set, then it is GS."""
        assert read((spelling + MILK.code).replace(GS, spelling).encode()) == REPAIRED

    def test_spelling_as_a_byte_of_latin(self) -> None:
        """Given GS as the byte 0xE8, then it is GS, set or not."""
        data = MILK.code.encode().replace(b"\x1d", b"\xe8")
        assert read(data) == read(data, b"\xe8") == REPAIRED

    def test_set_spelling_is_the_only_one(self) -> None:
        """Given a set spelling, then it and the true GS are GS, and no other."""
        tilde = MILK.code.replace(GS, "~").encode()
        assert read(tilde, b"~") == REPAIRED
        assert read(MILK.code.encode(), b"~") == AS_PRINTED
        assert read(tilde) == read(MILK.code.replace(GS, "|").encode(), b"~") == Damaged(Damage.ALPHABET)

    def test_set_spelling_under_a_russian_layout(self) -> None:
        """Given a spelling set as meant or as it arrives, when the layout is Russian, then it is GS."""
        typed = typed_in_russian(MILK.code.replace(GS, "^]"))
        assert ":ъ" in typed
        assert read(typed.encode(), b"^]") == read(typed.encode(), ":ъ".encode()) == read(typed.encode()) == REPAIRED
        assert read(MILK.code.encode(), "ъ@".encode()) == AS_PRINTED

    def test_spelling_that_is_part_of_the_serial(self) -> None:
        """Given a serial that holds <GS> itself, then it stays, and what may be either is refused."""
        pack = PACK.code[:14] + "a<GS>bc" + "ABm8wAYa"
        assert read(pack.encode()) == Code(pack, pack[:21], pack[:14], "tobacco_pack")
        fur = "RU-<GS>-AAA4050108"
        assert read(fur.encode()) == Code(fur, fur)
        milk = "0103041094787443215Qbag!93<GS>"
        assert read(milk.encode()) == Damaged(Damage.NO_GS)

    def test_two_scans_with_a_spelling_in_the_second(self) -> None:
        """Given a block and a pack whose serial holds <GS>, when they come as one, then it is no lot of the block."""
        pack = PACK.code[:14] + "a<GS>10" + "ABm8wAYa"
        block = BLOCK.code + GS + "24014276281"
        assert read((block + pack).encode()) == Damaged(Damage.GLUED)

    def test_spelled_and_part_of_the_serial_at_once(self) -> None:
        """Given a serial that holds <GS> and a scanner that writes it for GS, then the serial is not cut short."""
        milk = f"010304109478744321a<GS>10x{GS}93Zjqw".replace(GS, "<GS>")
        assert read(milk.encode()) == Damaged(Damage.NO_GS)

    def test_spelled_but_of_no_sound_structure(self) -> None:
        """Given <GS> in a code that is not sound either way, then it is refused for what is wrong with it."""
        assert read((WATER.code + GS + "55X").replace(GS, "<GS>").encode()) == Damaged(Damage.STRUCTURE)


class TestAround:
    @pytest.mark.parametrize("before", ["", "]d2", "]d2" + GS, GS, "]Q3", "\t "])
    @pytest.mark.parametrize("after", ["", "\r", "\r\n", "\n", "\t", " ", GS, GS + "\r\n"])
    def test_identifier_and_terminator_are_no_part_of_the_code(self, before: str, after: str) -> None:
        """Given an AIM identifier, a first FNC1 and a terminator, then the code is as printed, and not repaired."""
        assert read((before + MILK.code + after).encode()) == AS_PRINTED

    @pytest.mark.parametrize("around", ["{}\r{}", "{}\r\n{}", "{}\t{}", "{}]d2{}", "{}{}", "{}]E04600682000013"])
    def test_two_scans_in_one(self, around: str) -> None:
        """Given two scans that came as one, then the cashier is told so."""
        assert read(around.format(MILK.code, WATER.code).encode()) == Damaged(Damage.GLUED)
        assert looks_like_mark(around.format(MILK.code, WATER.code).encode())

    @pytest.mark.parametrize(
        "both",
        [
            *(PACK.code + PACK.code, "4600682000013" + PACK.code, PACK.code + "4600682000013", MILK.code + PACK.code),
            *(MILK.code + "46006820", BLOCK.code + "2401234567891", "4600682000013" + MILK.code),
        ],
    )
    def test_two_scans_of_different_kinds_in_one(self, both: str) -> None:
        """Given a pack, a code and a barcode in one scan, then it is refused, even where it could pass for a field."""
        answer = read(both.encode())
        assert isinstance(answer, Damaged)
        assert looks_like_mark(both.encode())


class TestLayout:
    def test_russian_layout_is_reversed(self) -> None:
        """Given a keyboard scanner under the Russian layout, then the code is as printed."""
        assert read(typed_in_russian("]d2" + MILK.code).encode()) == REPAIRED

    def test_dangerous_signs_are_reversed_with_the_letters(self) -> None:
        """Given a pack full of signs that stay signs under the Russian layout, then each is put right."""
        pack = PACK.code[:14] + "/?&.,;:" + "ABm8" + "\"'<>"
        typed = typed_in_russian(pack)
        assert typed[14:17] == ".,?"
        assert read(typed.encode()) == Code(pack, pack[:21], pack[:14], "tobacco_pack", repaired=True)

    def test_gs_typed_as_a_bar(self) -> None:
        """Given GS as a bar under the Russian layout, then its slash is a bar, and that is GS."""
        typed = typed_in_russian(WATER.code.replace(GS, "|"))
        assert "/" in typed
        assert read(typed.encode()) == Code(WATER.code, WATER.ki, WATER.gtin, "water", repaired=True)

    def test_a_layout_switched_in_the_middle_is_refused(self) -> None:
        """Given Latin letters among Russian ones, then nobody knows what was typed."""
        assert read((MILK.code[:20] + typed_in_russian(MILK.code[20:]) + "Q").encode()) == Damaged(Damage.ALPHABET)


class TestNoise:
    @pytest.mark.parametrize(
        ("data", "damage"),
        [
            *((b"", Damage.EMPTY), (b"\r\n", Damage.EMPTY), (b"\x1d", Damage.EMPTY), (b"]d2", Damage.EMPTY)),
            *((b"0" * 513, Damage.TOO_LONG), (b"01\x0004", Damage.BYTES), (b"\x1b[2J", Damage.BYTES)),
            *((b"46\xff06", Damage.ALPHABET), ("ў".encode(), Damage.ALPHABET), (b"0104~93", Damage.ALPHABET)),
        ],
    )
    def test_noise_is_refused_with_its_reason(self, data: bytes, damage: Damage) -> None:
        """Given nothing, too much, or characters no mark holds, then the reason is told."""
        assert read(data) == Damaged(damage)

    @pytest.mark.parametrize("plain", ["46006820", "]E04600682000013", "AB 12", "LOYAL-12345", "А1", "", "X" * 30])
    def test_plain_barcodes_are_no_marks(self, plain: str) -> None:
        """Given what a shop prints itself, then it is not taken for a mark."""
        assert not looks_like_mark(plain.encode())

    @pytest.mark.parametrize("mark", ["]d24600682", "00A\x1d10", "RU-430302|AAA4050108-XX", "\x1b01046004399312562112"])
    def test_traces_of_a_mark_are_seen(self, mark: str) -> None:
        """Given a matrix, a GS or the beginning of a mark, then it is one, maybe damaged."""
        assert looks_like_mark(mark.encode())
