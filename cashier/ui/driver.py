"""The terminal's driver: Textual's own, with an input thread that no byte can kill (domain/textual.md 1.3, 8).

Differences from upstream: bytes are decoded by `Decoder`, the mouse is never switched on, and every byte first passes
the app's `bytes_filter`, for scanners that type into the terminal.
"""

import logging
import os
import selectors
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from cashier.ui.decoding import Decoder

if TYPE_CHECKING:
    from textual.app import App

log = logging.getLogger("cashier")

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

    _filter_fails = False
    """The filter's last call failed, and that is in the log already."""

    def __init__(
        self, app: "App[int]", *, debug: bool = False, mouse: bool = False, size: tuple[int, int] | None = None
    ) -> None:
        """Start without a mouse, whatever is asked."""
        del mouse
        super().__init__(app, debug=debug, mouse=False, size=size)
        # Upstream starts one more input thread at each SIGCONT, and two readers of one terminal swap keys.
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        signal.signal(signal.SIGCONT, signal.SIG_DFL)
        self._decoder = Decoder()

    def run_input_thread(self) -> None:
        """Read until the program ends; a terminal that is gone ends it, so that a supervisor starts it anew."""
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if not selector.select(SILENCE):
                    self._dispatch(self._decoder.feed(self._filter(b"")))
                    self._dispatch(self._decoder.expire())
                elif data := self._read():
                    self._dispatch(self._decoder.feed(self._filter(data)))
                else:
                    self._app.call_later(self._app.exit, 1, 1)
                    return

    def _filter(self, data: bytes) -> bytes:
        """Let the bytes pass the app's filter; one that fails stops no key: the cashier types on."""
        passes: BytesFilter = getattr(self._app, "bytes_filter", unfiltered)
        try:
            passed = passes(data)
        except Exception:
            if not self._filter_fails:
                log.exception("bytes filter")
            self._filter_fails = True
            return data
        self._filter_fails = False
        return passed

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _CHUNK)
        except OSError:
            return b""

    def _dispatch(self, messages: list[Message]) -> None:
        for message in messages:
            self.process_message(message)
