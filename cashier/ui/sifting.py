"""What the terminal sends, sorted out before Textual's parser sees it (domain/textual.md 1.2 and 1.3).

Textual waits for up to 32 characters when a sequence is unknown to it and then types them: a garbled reply of the
terminal becomes digits in the entry line, Esc before Enter is lost, an unclosed paste swallows every later key. So only
whole sequences that mean a key go on; a lone Esc is told at once as soon as another character follows it.
"""

import re
import time
from collections.abc import Callable

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS, IGNORE_SEQUENCE
from textual.message import Message

ESC = "\x1b"
PASTE_BEGIN = "\x1b[200~"
PASTE_END = "\x1b[201~"
PASTE_LIMIT = 0.5
"""Seconds after which a paste that is not closed ends by itself."""

_WHOLE = re.compile(
    r"\x1b(?:\[\[[A-E]|\[[0-?]*[ -/]*[@-~]|O[ -~]|[\]P_^X][^\x07\x1b]{0,256}(?:\x07|\x1b\\))",
)
_BEGUN = re.compile(r"\x1b(?:\[\[?|\[[0-?]*[ -/]*|O)?")
_TORN = re.compile(r"\x1b\[[0-?]*[ -/]*")
_REPORT = re.compile(r"\x1b\[\?[0-9]+;[0-9]\$y")
"""A terminal tells which modes it has: Textual asks for that."""

_NUMPAD = {"\x1bOl": ","}
"""Sequences that Textual does not know and that mean a key."""

Piece = str | Message
"""Text for Textual's parser, or a message that is finished already."""


class Sifter:
    """Takes the terminal's text in pieces as they come and keeps back what is not whole."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept = ""
        self._pasted: str | None = None
        self._deadline = 0.0

    def feed(self, text: str) -> list[Piece]:
        """Sort out what was read."""
        out = self._overdue()
        text, self._kept = self._kept + text, ""
        while text:
            text = self._paste(text, out) if self._pasted is not None else self._one(text, out)
        return out

    def expire(self) -> list[Piece]:
        """Decide by silence: a lone Esc is the key; any other beginning is broken and dropped."""
        out = self._overdue()
        if self._pasted is None and self._kept:
            if self._kept == ESC:
                out.append(_escape())
            self._kept = ""
        return out

    def _one(self, text: str, out: list[Piece]) -> str:
        head, esc, _ = text.partition(ESC)
        if head:
            out.append(head)
            return text[len(head) :]
        if _BEGUN.fullmatch(text):
            self._kept = text
            return ""
        if whole := _WHOLE.match(text):
            self._sequence(whole.group(), out)
            return text[whole.end() :]
        if torn := _TORN.match(text):
            return text[torn.end() :]
        out.append(_escape())
        return text[len(esc) :]

    def _sequence(self, sequence: str, out: list[Piece]) -> None:
        known = ANSI_SEQUENCES_KEYS.get(sequence, IGNORE_SEQUENCE)
        if sequence == PASTE_BEGIN:
            self._pasted, self._deadline = "", self._clock() + PASTE_LIMIT
        elif sequence in _NUMPAD:
            out.append(_NUMPAD[sequence])
        elif known is not IGNORE_SEQUENCE or _REPORT.fullmatch(sequence):
            out.append(sequence)

    def _paste(self, text: str, out: list[Piece]) -> str:
        body, end, rest = f"{self._pasted}{text}".partition(PASTE_END)
        self._pasted = body
        if end:
            self._close(out)
        return rest

    def _overdue(self) -> list[Piece]:
        out: list[Piece] = []
        if self._pasted is not None and self._clock() >= self._deadline:
            self._close(out)
        return out

    def _close(self, out: list[Piece]) -> None:
        out.append(events.Paste(self._pasted or ""))
        self._pasted = None


def _escape() -> events.Key:
    return events.Key("escape", ESC)
