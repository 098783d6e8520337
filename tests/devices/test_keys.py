"""Key events become the characters of a US keyboard."""

import string

import pytest

from devices.hid.keys import Decoder
from tests.devices.typist import CTRL, SHIFT, all_typed, key, presses, tap, under

ALT = 56
CAPS_LOCK = 58
F8 = 66
KEYPAD = {"0": 82, "1": 79, "2": 80, "3": 81, "4": 75, "5": 76, "6": 77, "7": 71, "8": 72, "9": 73}
PRINTABLE = string.digits + string.ascii_letters + string.punctuation + " "


def decoded(events: bytes, decoder: Decoder | None = None) -> bytes:
    """Decode events from the start, or where a decoder stands."""
    decoder = decoder or Decoder()
    return b"".join(decoder.down(code) if value else decoder.up(code) for code, value in presses(events))


class TestCharacters:
    @pytest.mark.parametrize("char", PRINTABLE)
    def test_every_printable_character_can_be_typed(self, char: str) -> None:
        """With Shift where a US keyboard needs it."""
        assert decoded(all_typed(char)) == char.encode()

    # Code and character straight from the kernel's input-event-codes.h and a US keyboard, not from our table.
    @pytest.mark.parametrize(
        ("code", "plain", "shifted"),
        [
            (2, "1", "!"),
            (3, "2", "@"),
            (7, "6", "^"),
            (11, "0", ")"),
            (12, "-", "_"),
            (13, "=", "+"),
            (16, "q", "Q"),
            (25, "p", "P"),
            (26, "[", "{"),
            (27, "]", "}"),
            (30, "a", "A"),
            (38, "l", "L"),
            (39, ";", ":"),
            (40, "'", '"'),
            (41, "`", "~"),
            (43, "\\", "|"),
            (44, "z", "Z"),
            (50, "m", "M"),
            (51, ",", "<"),
            (52, ".", ">"),
            (53, "/", "?"),
            (55, "*", "*"),
            (57, " ", " "),
            (74, "-", "-"),
            (78, "+", "+"),
            (83, ".", "."),
            (86, "\\", "|"),
            (98, "/", "/"),
            (117, "=", "="),
            (121, ",", ","),
        ],
    )
    def test_a_key_gives_its_character(self, code: int, plain: str, shifted: str) -> None:
        """The ends of each row and the keys that stand alone."""
        assert decoded(tap(code)) == plain.encode()
        assert decoded(under(SHIFT, code)) == decoded(under(54, code)) == shifted.encode()

    @pytest.mark.parametrize(("digit", "code"), KEYPAD.items())
    def test_the_keypad_types_digits(self, digit: str, code: int) -> None:
        """In any state of NumLock."""
        assert decoded(tap(code)) == digit.encode()

    @pytest.mark.parametrize(("code", "expected"), [(28, b"\r"), (96, b"\r"), (15, b"\t"), (1, b"\x1b"), (14, b"\x08")])
    def test_control_keys(self, code: int, expected: bytes) -> None:
        """Both Enters are CR, Tab is Tab."""
        assert decoded(tap(code)) == expected

    def test_other_keys_give_nothing(self) -> None:
        """F1, arrows, NumLock and keys that do not exist."""
        assert decoded(tap(59) + tap(103) + tap(69) + tap(240) + tap(767)) == b""

    def test_a_repeat_made_by_the_kernel_is_not_a_key(self) -> None:
        """A second press without a release would be one; the reader passes repeats on to nobody."""
        assert decoded(key(2, 1) + key(3, 1) + key(2, 0) + key(3, 0)) == b"12"


class TestGs:
    def test_ctrl_right_bracket(self) -> None:
        """With either Ctrl."""
        assert decoded(under(CTRL, 27)) == decoded(under(97, 27)) == b"\x1d"

    def test_f8(self) -> None:
        """What some scanners are set to send."""
        assert decoded(tap(F8)) == b"\x1d"

    @pytest.mark.parametrize("number", ["029", "29", "0029"])
    def test_alt_and_a_number(self, number: str) -> None:
        """The number counts when Alt is let go."""
        events = b"".join(tap(KEYPAD[digit]) for digit in number)
        assert decoded(key(ALT, 1) + events + key(ALT, 0)) == b"\x1d"
        assert decoded(key(100, 1) + events + key(100, 0)) == b"\x1d"

    def test_alt_alone_and_alt_with_letters_give_nothing(self) -> None:
        """They are no characters."""
        assert decoded(tap(ALT) + under(ALT, 30)) == b""

    def test_every_control_byte_can_be_typed(self) -> None:
        """Ctrl with @, the letters and the five signs after Z gives 0 to 31."""
        for char in string.ascii_letters:
            assert decoded(key(CTRL, 1) + all_typed(char) + key(CTRL, 0)) == bytes([ord(char) & 31])
        assert decoded(key(CTRL, 1) + all_typed("@[\\]^_1") + key(CTRL, 0)) == b"\x00\x1b\x1c\x1d\x1e\x1f"


class TestCapsLock:
    def test_a_press_turns_letters_and_only_letters(self) -> None:
        """Up to the next press, as a computer does it."""
        assert decoded(tap(CAPS_LOCK) + all_typed("aB1!") + tap(CAPS_LOCK) + all_typed("aB1!")) == b"Ab1!aB1!"

    def test_a_lit_lamp_is_answered_by_the_scanner(self) -> None:
        """It sends the other case, or turns CapsLock off around the code; both come out right."""
        decoder = Decoder()
        decoder.lamp(lit=True)
        assert decoded(all_typed("Ab"), decoder) == b"aB"
        assert decoded(tap(CAPS_LOCK) + all_typed("Ab") + tap(CAPS_LOCK), decoder) == b"Ab"
        decoder.lamp(lit=False)
        assert decoded(all_typed("Ab"), decoder) == b"Ab"


class TestLostEvents:
    def test_keys_held_are_let_go(self) -> None:
        """Their release may have been among the lost."""
        decoder = Decoder()
        decoded(key(SHIFT, 1) + key(ALT, 1) + tap(82), decoder)
        decoder.forget()
        assert decoded(tap(30) + key(ALT, 0), decoder) == b"a"
