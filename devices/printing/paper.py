"""What stands on a receipt: lines with a style, laid out for a paper of so many characters.

    >>> print(to_text((PaperLine("Хлеб", right="45.00"), PaperLine(kind="rule")), width=12), end="")
    Хлеб   45.00
    ------------

Texts may come from outside: characters that are no characters (controls, direction marks) become `?` here, so that no
name of a product can command a printer.
"""

import textwrap
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

Style = Literal["normal", "bold", "big"]
"""big: twice as wide and as high, so half as many characters in a line."""

Align = Literal["left", "center", "right"]
Kind = Literal["text", "qr", "rule", "cut"]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of text, which is wrapped if it is too long, or a QR code of `text`, a rule or a cut.

    `right` is set at the right edge of the last line that `text` takes; with it `align` has no meaning.
    """

    text: str = ""
    style: Style = "normal"
    align: Align = "left"
    kind: Kind = "text"
    right: str = ""


Paper = tuple[PaperLine, ...]


def to_text(paper: Paper, width: int) -> str:
    """Return the paper as plain text of at most `width` characters a line, each line ended; big is as wide as plain."""
    plain = (replace(line, style="normal") for line in paper)
    return "".join(f"{row.rstrip()}\n" for line in plain for row in rows(line, width))


def rows(line: PaperLine, width: int) -> list[str]:
    """Return a line as rows of at most `width` characters, of half as many where the style is big."""
    columns = max(width // 2 if line.style == "big" else width, 1)
    match line.kind:
        case "rule":
            return ["-" * columns]
        case "cut":
            return [""]
        case "qr":
            return _wrapped(f"[QR {clean(line.text)}]", columns)
        case _:
            return _text_rows(line, columns)


def clean(text: str) -> str:
    """Return the text with every character that is no visible one replaced."""
    return "".join("?" if unicodedata.category(char)[0] == "C" or char in "\u2028\u2029" else char for char in text)


def _text_rows(line: PaperLine, columns: int) -> list[str]:
    text, right = clean(line.text), clean(line.right)
    if right:
        return _two_sided(text, right, columns)
    aligned = {"left": str.ljust, "center": str.center, "right": str.rjust}[line.align]
    return [aligned(row, columns) for row in _wrapped(text, columns)]


def _two_sided(text: str, right: str, columns: int) -> list[str]:
    *above, last = _wrapped(text, columns)
    *over, right = _wrapped(right, columns)
    if len(last) + 1 + len(right) > columns:
        return [*above, last, *over, right.rjust(columns)]
    return [*above, *over, last + right.rjust(columns - len(last))]


def _wrapped(text: str, columns: int) -> list[str]:
    return textwrap.wrap(text, columns, break_on_hyphens=False) or [""]
