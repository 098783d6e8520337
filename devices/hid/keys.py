"""From key events to characters: a US keyboard, as scanners play it. Key codes are those of Linux input-event-codes.h.

Scanners send GS (0x1D) as Ctrl+], as F8 or as Alt+029 on the keypad; all three come out as 0x1D.
"""

ROWS = {
    2: ("1234567890-=", "!@#$%^&*()_+"),
    16: ("qwertyuiop[]", "QWERTYUIOP{}"),
    30: ("asdfghjkl;'`", 'ASDFGHJKL:"~'),
    43: ("\\zxcvbnm,./", "|ZXCVBNM<>?"),
    55: ("*", "*"),
    57: (" ", " "),
    71: ("789-456+1230.", "789-456+1230."),
    86: ("\\", "|"),
    98: ("/", "/"),
    117: ("=", "="),
    121: (",", ","),
}
"""First key code of a row: its characters without and with Shift. Keypad digits stand for themselves in any NumLock."""

PLAIN = {first + place: char for first, (row, _) in ROWS.items() for place, char in enumerate(row)}
SHIFTED = {first + place: char for first, (_, row) in ROWS.items() for place, char in enumerate(row)}
CONTROLS = {1: b"\x1b", 14: b"\x08", 15: b"\t", 28: b"\r", 66: b"\x1d", 96: b"\r"}
"""Escape, Backspace, Tab, Enter, F8, keypad Enter; no modifier changes them."""

KEYPAD_DIGITS = {71: 7, 72: 8, 73: 9, 75: 4, 76: 5, 77: 6, 79: 1, 80: 2, 81: 3, 82: 0}
SHIFTS, CTRLS, ALTS = frozenset({42, 54}), frozenset({29, 97}), frozenset({56, 100})
MODIFIERS = SHIFTS | CTRLS | ALTS
CAPS_LOCK = 58


class Decoder:
    """Follows the modifiers of one keyboard as a computer would.

    A scanner that finds the CapsLock lamp lit, or presses CapsLock itself, sends letters in the other case for the
    computer to turn back; so letters follow the lamp as it was when the keyboard was grabbed, and every press after.
    """

    def __init__(self) -> None:
        self._held: set[int] = set()
        self._caps = False
        self._number = ""

    def lamp(self, *, lit: bool) -> None:
        """Take the state of the CapsLock lamp."""
        self._caps = lit

    def forget(self) -> None:
        """Let go of all keys, for events were lost."""
        self._held.clear()
        self._number = ""

    def down(self, code: int) -> bytes:
        """Press a key; return the characters this gives, mostly one, often none."""
        if code in MODIFIERS:
            self._held.add(code)
        elif code == CAPS_LOCK:
            self._caps = not self._caps
        elif code in CONTROLS:
            return CONTROLS[code]
        elif code in PLAIN:
            return self._printable(code)
        return b""

    def up(self, code: int) -> bytes:
        """Release a key; releasing Alt gives the character whose number was typed under it."""
        self._held.discard(code)
        if code not in ALTS or not self._number:
            return b""
        number, self._number = int(self._number), ""
        return bytes([number % 256])

    def _printable(self, code: int) -> bytes:
        if self._held & ALTS:
            self._number = (self._number + str(KEYPAD_DIGITS.get(code, "")))[-4:]
            return b""
        plain = PLAIN[code]
        shifted = bool(self._held & SHIFTS) != (self._caps and plain.isalpha())
        char = ord(SHIFTED[code] if shifted else plain)
        return _control(char) if self._held & CTRLS else bytes([char])


def _control(char: int) -> bytes:
    r"""Return what Ctrl makes of a character: @ A to Z [ \ ] ^ _ have one, in either case."""
    return bytes([char & 0x1F]) if char >= ord("@") else b""
