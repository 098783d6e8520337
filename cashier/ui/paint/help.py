"""The help: every action with its keys, by context."""

from cashier.core.view_model import Hint, Section, View
from cashier.ui.paint import frame
from cashier.ui.paint.pen import Pen
from cashier.ui.paint.row import BROAD, Row, Span, centred, gap, spread
from cashier.ui.paint.text import clean, cut, left

_KEYS = 13
_COLUMN = 40
"""Cells that keys and caption need at the least."""


def help_screen(pen: Pen, view: View, cells: int, height: int) -> list[Row]:
    """Return exactly so many rows: everything between the header and the key bar."""
    broad = min(cells, BROAD)
    count = max(min(broad // _COLUMN, len(view.help)), 1)
    columns = _columns(pen, view.help, broad // count, count)
    deep = max(len(rows) for rows in columns)
    body: list[Row] = [centred(cells, (Span(pen.say("title_help"), "shop"),)), gap(cells)]
    for at in range(deep):
        parts = [rows[at] if at < len(rows) else gap(broad // count) for rows in columns]
        body.append(centred(cells, tuple(span for part in parts for span in part)))
    body = body[: height - 1]
    return [frame.rule(pen, cells, training=view.training), *body, *[gap(cells)] * (height - 1 - len(body))]


def _columns(pen: Pen, sections: tuple[Section, ...], column: int, count: int) -> list[list[Row]]:
    """Put each section under what is the shortest column so far."""
    columns: list[list[Row]] = [[] for _ in range(count)]
    for section in sections:
        shortest = min(columns, key=len)
        shortest += [*([gap(column)] if shortest else []), *_section(pen, section, column)]
    return columns


def _section(pen: Pen, section: Section, column: int) -> list[Row]:
    title = spread(column, (Span(f"  {pen.text(section.title)}", "detail_strong"),))
    return [title, *(_hint(pen, hint, column) for hint in section.hints if hint.keys)]


def _hint(pen: Pen, hint: Hint, column: int) -> Row:
    caps = "  ".join(clean(pen.catalogue.key(key)) for key in hint.keys)
    keys = Span(left(f"  {caps}", _KEYS), "key_plain")
    return spread(column, (keys, Span(cut(f" {pen.text(hint.caption)}", column - _KEYS), "base")))
