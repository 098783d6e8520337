"""Kinds of values devices need: bytes with escapes, USB numbers, hosts, numbers of bits."""

import re

from cashier.settings.kinds import Kind, Phrase, phrase

ESCAPES = {rb"\r": b"\r", rb"\n": b"\n", rb"\t": b"\t", rb"\\": b"\\"}
ESCAPE = re.compile(rb"\\(?:x[0-9a-fA-F]{2}|[rnt\\])")
WRITTEN = re.compile(rb"(?:[^\\]|" + ESCAPE.pattern + rb")+")
LONGEST = 16


class Spelling(Kind[bytes]):
    r"""Bytes a device sends, written with the escapes `\r \n \t \\ \x02`; one word stands for no bytes at all."""

    def __init__(self, word: str) -> None:
        self.word = word

    @property
    def allowed(self) -> Phrase:
        """The escapes and the word."""
        return phrase("spelling", word=self.word)

    def read(self, text: str) -> bytes | None:
        """At most sixteen bytes; what is not ASCII goes in as UTF-8."""
        if text == self.word:
            return b""
        raw = text.encode()
        value = ESCAPE.sub(_unescape, raw)
        return value if WRITTEN.fullmatch(raw) and len(value) <= LONGEST else None

    def show(self, value: bytes) -> str:
        """Escapes again, for blanks and quotes, too: they would be lost at the edges."""
        shown = "".join(map(_escape, value))
        return f"\\x{value[0]:02x}{shown[1:]}" if shown == self.word else shown or self.word


def _unescape(found: "re.Match[bytes]") -> bytes:
    return ESCAPES.get(found[0]) or bytes.fromhex(found[0][2:].decode())


def _escape(byte: int) -> str:
    named = next((text.decode() for text, value in ESCAPES.items() if value == bytes([byte])), None)
    plain = ord("!") <= byte <= ord("~") and byte != ord('"')
    return named or (chr(byte) if plain else f"\\x{byte:02x}")


class UsbNumber(Kind[int]):
    """Vendor or product number of a USB device: four hexadecimal digits as `lsusb` prints them."""

    @property
    def allowed(self) -> Phrase:
        """The form of the number."""
        return phrase("usb")

    def read(self, text: str) -> int | None:
        """With or without `0x`."""
        found = re.fullmatch("(?:0x)?([0-9a-fA-F]{1,4})", text)
        return int(found[1], 16) if found else None

    def show(self, value: int) -> str:
        """Four digits."""
        return f"{value:04x}"


class Host(Kind[str]):
    """A host with or without a port."""

    @property
    def allowed(self) -> Phrase:
        """The form of a host."""
        return phrase("host")

    def read(self, text: str) -> str | None:
        """Name or IPv4 address, then perhaps a colon and a port up to 65535."""
        found = re.fullmatch(r"[A-Za-z0-9._-]{1,253}(?::([0-9]{1,5}))?", text)
        return text if found and 0 < int(found[1] or "1") < 1 << 16 else None
