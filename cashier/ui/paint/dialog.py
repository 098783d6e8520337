"""Dialogs: a framed panel over the lower half of the receipt."""

from collections.abc import Iterable
from typing import NamedTuple

from cashier.core.view_model import Dialog, Level, Option
from cashier.ui.paint.pen import Pen
from cashier.ui.paint.row import Row, Span, breadth, centred, gap, spread
from cashier.ui.paint.sections import sections, told
from cashier.ui.paint.text import cut, left, width

_PADDING = 2
_AIRY = 16
_MORE = 8
"""Cells of the frame that are kept for the number of hidden rows."""
_LEAST_DOTS = 4
_APART = 3
"""Cells between a digit, a sum and what is said of it."""
_NARROW, _WIDE = 66, 84
_LEVELS = {Level.OK: "dialog_quiet", Level.WARNING: "option_digit", Level.ALARM: "problem"}


def panel(pen: Pen, dialog: Dialog, cells: int, most: int) -> list[Row]:
    """Draw a dialog with at most so many rows, its frame included; a long list shows the part around its choice."""
    outer = min(cells - 4, _WIDE if cells >= _WIDE + 40 else _NARROW)
    inner = outer - 2 - 2 * _PADDING
    body, problem, keys = sections(pen, dialog, inner, most - 2 - bool(dialog.options or dialog.empty or dialog.lines))
    read, first = told(pen, dialog, inner)
    count = len(read) or len(dialog.options)
    air, keys, room = _aired(count, most - 2 - len(body) - len(problem), inner, keys, airy=most >= _AIRY)
    window = _window(count, first if read else dialog.chosen - max(room, 1) // 2, room)
    listed = read[window.above : count - window.below] if read else _options(pen, dialog, inner, window)
    rows = [*air, *body, *listed, *problem, *keys]
    return [centred(cells, row) for row in _framed(pen, dialog, rows, inner, window)]


def _aired(count: int, room: int, inner: int, keys: list[Row], *, airy: bool) -> tuple[list[Row], list[Row], int]:
    """Return the blank row at the top, the keys, and the room for a list; where rows would be hidden, air goes."""
    air = [gap(inner, "dialog")] if airy else []
    for above, below in ((air, keys), ([], keys)):
        if count <= room - len(above) - len(below):
            return above, below, room - len(above) - len(below)
    return [], keys[-1:], room - len(keys[-1:])


class _Window(NamedTuple):
    """The part of a list that is shown, and how many rows are hidden on either side of it."""

    above: int
    below: int

    def of(self, options: tuple[Option, ...]) -> list[tuple[int, Option]]:
        """Return the rows that are shown, with their numbers."""
        return list(enumerate(options[self.above : len(options) - self.below], self.above))


def _window(count: int, first: int, most: int) -> _Window:
    """Show so many rows from one on, or from an earlier one if they would not be filled."""
    most = max(most, 1)
    first = min(max(first, 0), max(count - most, 0))
    return _Window(first, max(count - first - most, 0))


def _framed(pen: Pen, dialog: Dialog, rows: Iterable[Row], inner: int, window: _Window) -> Iterable[Row]:
    """Put the frame around; its right corners count the rows that are hidden above and below."""
    corner, line, right, side, low, last = tuple(pen.signs.frame)
    role, whole = f"frame_{dialog.tone}", inner + 2 * _PADDING
    title = f" {cut(pen.text(dialog.title), inner - 2 - _MORE)} "
    start = (Span(f"{corner}{line}", role), Span(title, f"title_{dialog.tone}"))
    yield _edge(start, f"↑ {window.above}" if window.above else "", line, right, role, whole + 2)
    for row in rows:
        yield (Span(side, role), *gap(_PADDING, "dialog"), *row, *gap(_PADDING, "dialog"), Span(side, role))
    yield _edge((Span(low, role),), f"↓ {window.below}" if window.below else "", line, last, role, whole + 2)


def _edge(start: Row, more: str, line: str, corner: str, role: str, cells: int) -> Row:
    end: Row = (Span(f" {more} ", "dialog_key"), Span(line + corner, role)) if more else (Span(corner, role),)
    return (*start, Span(line * (cells - breadth(start) - breadth(end)), role), *end)


def _options(pen: Pen, dialog: Dialog, inner: int, window: _Window) -> list[Row]:
    if not dialog.options:
        return [(Span(left(pen.text(dialog.empty), inner), "dialog_quiet"),)] if dialog.empty else []
    if dialog.only_read:
        return [_read(pen, option, inner) for _, option in window.of(dialog.options)]
    levelled = any(option.level for option in dialog.options)
    column = max(map(width, pen.signs.levels)) if levelled else 1
    sums = max((width(pen.text(option.caption)) for option in dialog.options if option.is_sum), default=0)
    return [
        _option(pen, option, inner, (column, sums), chosen=number == dialog.chosen)
        for number, option in window.of(dialog.options)
    ]


def _option(pen: Pen, option: Option, inner: int, columns: tuple[int, int], *, chosen: bool) -> Row:
    """Draw a row that may be taken; the columns are those of what it begins with, and of sums."""
    role = "option_chosen" if chosen else "dialog"
    sign = pen.signs.selected if chosen else " "
    lead, lead_role = _lead(pen, option)
    start = (Span(f"{sign} ", role), Span(f"{left(lead, columns[0])} ", role if chosen else lead_role))
    if option.is_sum:
        remark = pen.text(option.value) if option.value else ""
        return spread(inner, (*start, *_sum(pen.text(option.caption), remark, columns[1], chosen=chosen)), (), role)
    value = (Span(f"  {pen.text(option.value)} ", role),) if option.value else gap(1, role)
    name = Span(cut(pen.text(option.caption), inner - breadth(start) - breadth(value)), role)
    return spread(inner, (*start, name), value, role)


def _sum(amount: str, remark: str, column: int, *, chosen: bool) -> Row:
    """Draw a sum far enough from the digit before it that nobody reads the two as one."""
    role, quiet = ("option_chosen", "option_chosen") if chosen else ("dialog", "dialog_quiet")
    return Span(" " * (_APART + column - width(amount)) + amount, role), Span(f"{' ' * _APART}{remark}", quiet)


def _read(pen: Pen, option: Option, inner: int) -> Row:
    """Draw a row that is only read; dots lead the eye to its value."""
    role = "dialog_strong" if option.strong else "dialog"
    value = pen.text(option.value) if option.value else ""
    name = cut(pen.text(option.caption), inner - width(value) - _LEAST_DOTS)
    dots = "." * (inner - width(name) - width(value) - 2) if value else ""
    return spread(inner, (Span(f"{name} ", role), Span(dots, "dialog_quiet")), (Span(f" {value}", role),), "dialog")


def _lead(pen: Pen, option: Option) -> tuple[str, str]:
    """Return what a row begins with, and its role: the sign of its level, or the digit that takes it."""
    if option.level:
        return pen.signs.of(option.level), _LEVELS[option.level]
    return (str(option.digit) if option.digit else ""), "option_digit"
