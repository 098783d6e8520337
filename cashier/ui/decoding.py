"""Bytes of the terminal → Textual's messages, whatever the bytes are. Without a terminal, so that tests feed bytes."""

import time
from codecs import getincrementaldecoder
from collections.abc import Callable

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.message import Message

from cashier.ui.sifting import Piece, Sifter


class Decoder:
    """Decodes, sifts and parses. No byte stops it: what is not UTF-8 is replaced, a parser that stumbles is renewed."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._sifter = Sifter(clock)
        self._parser = XTermParser()

    def feed(self, data: bytes) -> list[Message]:
        """Return what the bytes say."""
        return self._parsed(self._sifter.feed(self._decode(data)))

    def expire(self) -> list[Message]:
        """Return what a silence says about what was kept back."""
        return self._parsed(self._sifter.expire())

    def _parsed(self, pieces: list[Piece]) -> list[Message]:
        return [message for piece in pieces for message in self._messages(piece)]

    def _messages(self, piece: Piece) -> list[Message]:
        if isinstance(piece, Message):
            return [piece]
        try:
            return list(self._parser.feed(piece))
        except (ValueError, ParseError, StopIteration, RuntimeError):
            self._parser = XTermParser()
            return []
