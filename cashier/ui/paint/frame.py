"""What frames the screen: the header, the rules, the entry line, the key bar."""

from functools import lru_cache

from cashier.core.say import Say
from cashier.core.view_model import Entry, Header, Hint, Level, View
from cashier.ui.paint.pen import Pen
from cashier.ui.paint.row import Row, Span, breadth, centred, gap, spread, trimmed
from cashier.ui.paint.text import clean, cut, width

_STATUS = 28
_ROOMY = 90
"""Cells from which the header spells everything out."""
_LEAST_NAME = 6
"""A name cut shorter than that tells nobody who it is."""
_LEVELS = {Level.OK: "status_ok", Level.WARNING: "status_warning", Level.ALARM: "status_alarm"}


@lru_cache(64)
def header(pen: Pen, top: Header, cells: int, *, sale: bool) -> Row:
    """Draw the top line; the cashier's name gives way first, then the place, which never changes."""
    sign = pen.signs.of(top.level)
    status = Span(f" {sign} {cut(pen.text(top.status), _STATUS)} ", _LEVELS[top.level])
    right = (status, Span(f"  {pen.catalogue.moment(top.at)} ", "header"))
    start: Row = (Span(f" {pen.text(top.place)}  ", "header"),)
    if sale:
        receipt = f" {pen.text(top.receipt if cells >= _ROOMY else top.receipt_short)}  "
        start = (*start, Span(f"{pen.text(top.kind)} ", "header_kind"), Span(receipt, "header"))
    if breadth(start) + breadth(right) > cells:
        start = (*gap(1, "header"), *start[1:])
    name = cut(clean(top.cashier), cells - breadth(start) - breadth(right) - 1)
    shown = name if len(name) >= min(_LEAST_NAME, len(top.cashier)) else ""
    return spread(cells, (*start, Span(shown, "header")), right, "header")


@lru_cache(64)
def rule(pen: Pen, cells: int, *, training: bool, more: str = "") -> Row:
    """Draw a line across; in training it says so."""
    line = "─"
    end: Row = (Span(f" {more} ", "more"), Span(line * 2, "rule")) if more else ()
    if not training:
        return (Span(line * (cells - breadth(end)), "rule"), *end)
    words = Span(f" {pen.say('training_banner')} ", "training")
    side = (cells - width(words.text)) // 2
    return (
        Span(line * side, "rule"),
        words,
        Span(line * (cells - side - width(words.text) - breadth(end)), "rule"),
        *end,
    )


def entry(pen: Pen, line: Entry | None, cells: int, right: Row, role: str) -> Row:
    """Draw what is being typed; the end of a long entry stays in sight."""
    if line is None:
        return spread(cells, (), right, role)
    times = f"{pen.catalogue.quantity(line.times)} {pen.signs.storno} " if line.times else ""
    caption = Span(f" {pen.text(line.caption)} ", "entry_caption")
    start: Row = (caption, Span(times, "entry_times"))
    room = max(cells - breadth(start) - breadth(right) - 3, 8)
    text = clean(line.text)
    text = text if width(text) <= room else "…" + text[1 - room :]
    return spread(cells, (*start, Span(text, "entry"), Span(" ", "cursor")), right, role)


@lru_cache(64)
def hints(pen: Pen, keys: tuple[Hint, ...], cells: int) -> Row:
    """Draw the key bar: as many of the keys as there is room for, the most important first."""
    row: Row = gap(1, "bar")
    *others, last = [_hint(pen, hint) for hint in keys if hint.keys] or [()]
    for one in others:
        if breadth(row) + breadth(one) + breadth(last) <= cells:
            row = (*row, *one)
    return spread(cells, (*row, *last), (), "bar")


def _hint(pen: Pen, hint: Hint) -> Row:
    caps = "".join(pen.catalogue.key(key) for key in hint.keys)
    return (Span(clean(caps), "key"), Span(f" {pen.text(hint.caption)}  ", "bar"))


def footer(pen: Pen, keys: tuple[Hint, ...], cells: int) -> Row:
    """Draw the keys of a dialog in its last row, centred; many of them stand closer."""
    row = _footer(pen, keys, 4)
    row = row if breadth(row) <= cells else _footer(pen, keys, 2)
    return centred(cells, trimmed(row, cells), "dialog")


def _footer(pen: Pen, keys: tuple[Hint, ...], apart: int) -> Row:
    parts: Row = ()
    for hint in keys:
        if hint.keys:
            caps = "".join(pen.catalogue.key(key) for key in hint.keys)
            parts = (*parts, *gap(apart if parts else 0, "dialog"), Span(clean(caps), "dialog_key"))
            parts = (*parts, Span(f" {pen.text(hint.caption)}", "dialog_quiet"))
    return parts


def beside(pen: Pen, view: View, waiting: Say | None) -> Row:
    """Say at the right of the entry what is being waited for, what was refused, how much is queued."""
    parts: Row = ()
    if waiting is not None and view.wait is not None:
        cancel = view.wait.cancel
        words = pen.text(waiting)
        if cancel and cancel.keys:
            words = f"{words}   {pen.catalogue.key(cancel.keys[0])} — {pen.text(cancel.caption)}"
        parts = (Span(words, "wait"),)
    elif view.notice is not None:
        parts = (Span(pen.text(view.notice), "notice"),)
    if view.queued is not None:
        parts = (*parts, *gap(3 if parts else 0), Span(pen.text(view.queued), "queued"))
    return (*parts, *gap(1)) if parts else ()
