"""Dialogs: a framed panel over the lower half of the receipt."""

from collections.abc import Iterable

from cashier.core.view_model import Dialog, Option, Tone
from cashier.ui.paint.frame import footer
from cashier.ui.paint.pen import Pen
from cashier.ui.paint.row import Row, Span, breadth, centred, gap, spread
from cashier.ui.paint.text import cut, left, width, wrap

_PADDING = 2
_BODY_ROWS = 3
_AIRY = 16
_NARROW, _WIDE = 66, 84


def panel(pen: Pen, dialog: Dialog, cells: int, most: int) -> list[Row]:
    """Draw a dialog with at most so many rows, its frame included; a long list shows the part around its choice."""
    outer = min(cells - 4, _WIDE if cells >= _WIDE + 40 else _NARROW)
    inner = outer - 2 - 2 * _PADDING
    air: list[Row] = [gap(inner, "dialog")] if most >= _AIRY else []
    room = most - 2 - len(air)
    end = [*_problem(pen, dialog, inner), *_footer(pen, dialog, inner)]
    body = _body(pen, dialog, inner)[: room - len(end) - 1]
    rows = [*air, *body, *_options(pen, dialog, inner, room - len(body) - len(end)), *end]
    return [centred(cells, row) for row in _framed(pen, dialog, rows, inner)]


def _framed(pen: Pen, dialog: Dialog, rows: Iterable[Row], inner: int) -> Iterable[Row]:
    corner, line, right, side, low, last = tuple(pen.signs.frame)
    role = f"frame_{dialog.tone}"
    title = cut(pen.text(dialog.title), inner - 2)
    rest = line * (inner + 2 * _PADDING - width(title) - 3)
    yield (Span(f"{corner}{line}", role), Span(f" {title} ", f"title_{dialog.tone}"), Span(f"{rest}{right}", role))
    for row in rows:
        yield (Span(side, role), *gap(_PADDING, "dialog"), *row, *gap(_PADDING, "dialog"), Span(side, role))
    yield (Span(low + line * (inner + 2 * _PADDING) + last, role),)


def _body(pen: Pen, dialog: Dialog, inner: int) -> list[Row]:
    rows: list[Row] = []
    for number, words in enumerate(dialog.body):
        role = "dialog_strong" if number == 0 else "dialog"
        rows += [(Span(left(line, inner), role),) for line in wrap(pen.text(words), inner, _BODY_ROWS)]
        rows += [gap(inner, "dialog")] if number == 0 and len(dialog.body) > 1 and dialog.tone is Tone.ERROR else []
    if dialog.scan:
        asking = f"{pen.signs.mark}  {pen.say('hold_scanner')}"
        rows += [gap(inner, "dialog"), centred(inner, (Span(asking, "dialog_strong"),), "dialog")]
    return [*rows, gap(inner, "dialog")] if rows else []


def _options(pen: Pen, dialog: Dialog, inner: int, most: int) -> list[Row]:
    if not dialog.options:
        return [(Span(left(pen.text(dialog.empty), inner), "dialog_quiet"),)] if dialog.empty else []
    count, most = len(dialog.options), max(most, 1)
    first = min(max(dialog.chosen - most // 2, 0), max(count - most, 0))
    shown = list(enumerate(dialog.options))[first : first + most]
    return [_option(pen, option, inner, chosen=number == dialog.chosen) for number, option in shown]


def _option(pen: Pen, option: Option, inner: int, *, chosen: bool) -> Row:
    role = "option_chosen" if chosen else "dialog"
    sign = pen.signs.selected if chosen else " "
    digit = str(option.digit) if option.digit else " "
    value = (Span(f"  {pen.text(option.value)} ", role),) if option.value else gap(1, role)
    start = (Span(f"{sign} ", role), Span(f"{digit} ", "option_digit" if not chosen else role))
    name = Span(cut(pen.text(option.caption), inner - breadth(start) - breadth(value)), role)
    return spread(inner, (*start, name), value, role)


def _problem(pen: Pen, dialog: Dialog, inner: int) -> list[Row]:
    if dialog.problem is None:
        return []
    lines = wrap(pen.text(dialog.problem), inner, _BODY_ROWS)
    return [gap(inner, "dialog"), *((Span(left(line, inner), "problem"),) for line in lines)]


def _footer(pen: Pen, dialog: Dialog, inner: int) -> list[Row]:
    blank = [gap(inner, "dialog")] if dialog.options or dialog.empty or dialog.problem else []
    return [*blank, footer(pen, dialog.keys, inner)]
