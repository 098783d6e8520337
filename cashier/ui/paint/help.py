"""The help: every action with its keys, one column for each context."""

from cashier.core.view_model import Hint, Section, View
from cashier.ui.paint import frame
from cashier.ui.paint.pen import Pen
from cashier.ui.paint.row import BROAD, Row, Span, centred, gap, spread
from cashier.ui.paint.text import clean, cut, left

_KEYS = 13


def help_screen(pen: Pen, view: View, cells: int, height: int) -> list[Row]:
    """Return exactly so many rows: everything between the header and the key bar."""
    column = min(cells, BROAD) // max(len(view.help), 1)
    columns = [_section(pen, section, column) for section in view.help]
    deep = max((len(rows) for rows in columns), default=0)
    body: list[Row] = [centred(cells, (Span(pen.say("title_help"), "shop"),)), gap(cells)]
    for at in range(deep):
        parts = [rows[at] if at < len(rows) else gap(column) for rows in columns]
        body.append(centred(cells, tuple(span for part in parts for span in part)))
    body = body[: height - 1]
    return [frame.rule(pen, cells, training=view.training), *body, *[gap(cells)] * (height - 1 - len(body))]


def _section(pen: Pen, section: Section, column: int) -> list[Row]:
    title = spread(column, (Span(f"  {pen.text(section.title)}", "detail_strong"),))
    return [title, *(_hint(pen, hint, column) for hint in section.hints if hint.keys)]


def _hint(pen: Pen, hint: Hint, column: int) -> Row:
    caps = "  ".join(clean(pen.catalogue.key(key)) for key in hint.keys)
    keys = Span(left(f"  {caps}", _KEYS), "key_plain")
    return spread(column, (keys, Span(cut(f" {pen.text(hint.caption)}", column - _KEYS), "base")))
