"""The terminal's driver: Textual's own, with an input thread that no byte can kill (domain/textual.md 1.3, 8).

Differences from upstream: bytes that are not UTF-8 are replaced, sequences are sifted before they are parsed, a parser
that stumbles is replaced by a new one, the mouse is never switched on, and every byte first passes the app's
`bytes_filter`, for scanners that type into the terminal.
"""

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from cashier.ui.sifting import Piece, Sifter

if TYPE_CHECKING:
    from textual.app import App

BytesFilter = Callable[[bytes], bytes]
"""Called with what was read, and with nothing after a silence, so that it can give back what it kept."""

SILENCE = 0.03
"""Seconds without a byte after which a lone Esc is the key and no sequence."""

_CHUNK = 4096


def unfiltered(data: bytes) -> bytes:
    """Let all bytes pass: no scanner types into this terminal."""
    return data


class TillDriver(LinuxDriver):
    """Reads keys from a terminal that may send anything."""

    def __init__(
        self, app: "App[int]", *, debug: bool = False, mouse: bool = False, size: tuple[int, int] | None = None
    ) -> None:
        """Start without a mouse, whatever is asked."""
        del mouse
        super().__init__(app, debug=debug, mouse=False, size=size)
        self._filter: BytesFilter = getattr(app, "bytes_filter", unfiltered)
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._sifter = Sifter()
        self._parser = XTermParser(debug)

    def run_input_thread(self) -> None:
        """Read until the program ends; a closed terminal is waited for, not spun upon."""
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if not selector.select(SILENCE):
                    self._take(self._filter(b""))
                    self._dispatch(self._sifter.expire())
                elif data := os.read(self.fileno, _CHUNK):
                    self._take(self._filter(data))
                else:
                    self.exit_event.wait(SILENCE)

    def _take(self, data: bytes) -> None:
        if data:
            self._dispatch(self._sifter.feed(self._decode(data)))

    def _dispatch(self, pieces: list[Piece]) -> None:
        for piece in pieces:
            for message in self._messages(piece):
                self.process_message(message)

    def _messages(self, piece: Piece) -> list[Message]:
        if isinstance(piece, Message):
            return [piece]
        try:
            return list(self._parser.feed(piece))
        except (ValueError, ParseError, StopIteration, RuntimeError):
            self._parser = XTermParser()
            return []
