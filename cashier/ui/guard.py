"""The last door before the terminal: no control character gets out, whoever wrote it."""

from functools import lru_cache

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from cashier.ui.paint.text import clean


@lru_cache(1024)
def _guarded(text: str) -> str:
    return clean(text)


class ControlFilter(LineFilter):
    """Replaces C0, C1, bidi and zero-width characters in whatever is drawn."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with clean text; those that are clean already stay the same."""
        del background
        return [s if s.control or (text := _guarded(s.text)) == s.text else Segment(text, s.style) for s in segments]
