"""Cutting files into records without holding a whole file in memory.

What cannot be cut (another encoding, a file that breaks off) makes the file unreadable; a record that is cut out but
is no JSON is given back as `Broken`.
"""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn

from cashier.exchange.report import UnreadableError

LONGEST: Final = 64 * 1024 * 1024
"""Bytes of the longest record; more is no record."""

_BLOCK: Final = 1 << 20
_TOKEN: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[{}\[\]]', re.DOTALL)
_NO_GAP: Final = re.compile(r"[^ \t\r\n]")
_SEND_AGAIN: Final = "Выгрузите файл заново и повторите загрузку"


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that is no JSON."""

    reason: str


def unreadable(path: Path, what: str, advice: str = _SEND_AGAIN) -> UnreadableError:
    """Word the refusal of a file."""
    return UnreadableError(f"{path.name}: {what}", advice)


def not_utf8(path: Path, place: str) -> UnreadableError:
    """Word the refusal of a file in another encoding."""
    return unreadable(path, f"не UTF-8 ({place})", "Сохраните файл в кодировке UTF-8")


def closing(text: str, start: int) -> int | None:
    """Find where the object or array beginning at `start` closes, be it JSON or not; None if it does not."""
    depth = 0
    if text[start] not in "{[":
        return None
    for token in _TOKEN.finditer(text, start):
        depth += 1 if token[0] in "{[" else -1 if token[0] in "}]" else 0
        if depth == 0:
            return token.end()
    return None


def elements(path: Path, source: BinaryIO, opening: re.Pattern[str]) -> Iterator[Any]:
    """Read the elements of the array that begins at `opening`, one by one.

    Raises:
        UnreadableError: not UTF-8, or the array does not end as it should.
    """
    window = _Window(path, source)
    start = opening.match(window.text)
    if start is None:
        raise unreadable(path, "нет списка записей")
    window.position = start.end()
    if window.next_sign() == "]":
        return
    while True:
        yield window.element()
        sign = window.next_sign()
        window.position += 1
        if sign == "]":
            return
        if sign != ",":
            raise unreadable(path, "нарушено строение JSON, после записи нет запятой")
        window.next_sign()


class _Window:
    """A part of the text of a file, moving forward."""

    def __init__(self, path: Path, source: BinaryIO) -> None:
        self._path = path
        self._source = source
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._json = json.JSONDecoder(parse_constant=_no_number)
        self.text = ""
        self.position = 0
        self._more()

    def next_sign(self) -> str:
        """Move to the next sign that is no space, and show it."""
        while True:
            found = _NO_GAP.search(self.text, self.position)
            if found:
                self.position = found.start()
                return found[0]
            self.position = len(self.text)
            self._need_more()

    def element(self) -> Any:  # noqa: ANN401 - JSON of a stranger
        """Read the value at the position and move behind it."""
        while True:
            value, end = self._value()
            if end is not None and end < len(self.text):
                self.position = end
                return value
            self._need_more()

    def _value(self) -> tuple[Any, int | None]:
        try:
            return self._json.raw_decode(self.text, self.position)
        except (ValueError, RecursionError) as error:
            return _reason(error), closing(self.text, self.position)

    def _need_more(self) -> None:
        if len(self.text) - self.position > LONGEST:
            raise unreadable(self._path, "слишком длинная запись")
        if not self._more():
            raise unreadable(self._path, "файл обрывается или нарушено строение JSON")

    def _more(self) -> bool:
        self.text = self.text[self.position :]
        self.position = 0
        block = self._source.read(max(_BLOCK, len(self.text)))
        try:
            self.text += self._decode(block, not block)
        except UnicodeDecodeError:
            raise not_utf8(self._path, f"около байта {self._source.tell()}") from None
        return bool(block)


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _reason(error: Exception) -> Broken:
    return Broken(
        "слишком глубокая вложенность" if isinstance(error, RecursionError) else "не JSON или число не того вида"
    )
