"""What frames the screen: the header, the rules, the entry line, the key bar."""

from functools import lru_cache

from cashier.core.say import Say
from cashier.core.view_model import Entry, Header, Hint, Level, View
from cashier.ui.paint.pen import Pen
from cashier.ui.paint.row import Row, Span, breadth, centred, gap, spread, trimmed
from cashier.ui.paint.text import clean, cut, width

_STATUS = 36
"""Cells for what is wrong: the longest text of the till's own, of which nothing may be cut."""
_ROOMY = 90
"""Cells from which the header spells everything out."""
_LEAST_SAID = 24
"""Cells that the first part of a notice keeps."""
_LEAST_NAME = 6
"""A name cut shorter than that tells nobody who it is."""
_LEVELS = {Level.OK: "status_ok", Level.WARNING: "status_warning", Level.ALARM: "status_alarm"}


@lru_cache(64)
def header(pen: Pen, top: Header, cells: int, *, sale: bool) -> Row:
    """Draw the top line; for what is wrong the place gives way, then the shift, then the cashier's name."""
    role = "header_back" if top.back else "header"
    sign = pen.signs.of(top.level)
    status = Span(f" {sign} {cut(pen.text(top.status), _STATUS)} ", _LEVELS[top.level])
    right = (status, Span(f"  {pen.catalogue.moment(top.at)} ", role))
    place: Row = (Span(f" {pen.text(top.place)}  ", role),)
    room = cells - breadth(right)
    receipt = _receipt(pen, top, top.receipt if cells >= _ROOMY else top.receipt_short, role) if sale else ()
    if breadth(place) + breadth(receipt) > room:
        place = gap(1, role)
        if sale and not _name(top, room - 1 - breadth(receipt)):
            receipt = _receipt(pen, top, top.receipt_alone, role)
    start = (*place, *receipt)
    return spread(cells, (*start, Span(_name(top, room - breadth(start)), role)), right, role)


def _receipt(pen: Pen, top: Header, number: Say, role: str) -> Row:
    return Span(f"{pen.text(top.kind)} ", f"{role}_kind"), Span(f" {pen.text(number)}  ", role)


def _name(top: Header, room: int) -> str:
    name = cut(clean(top.cashier), room - 1)
    return name if len(name) >= min(_LEAST_NAME, len(top.cashier)) else ""


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


def beside(pen: Pen, view: View, waiting: Say | None, cells: int) -> Row:
    """Say at the right of the entry what is being waited for, what was refused, how much is queued."""
    parts: Row = ()
    if waiting is not None and view.wait is not None:
        cancel = view.wait.cancel
        words = pen.text(waiting)
        if cancel and cancel.keys:
            words = f"{words}   {pen.catalogue.key(cancel.keys[0])} — {pen.text(cancel.caption)}"
        parts = (Span(words, "wait"),)
    elif view.notice is not None:
        parts = (Span(_notice(pen, view.notice, cells - 2), "notice"),)
    if view.queued is not None:
        parts = (*parts, *gap(3 if parts else 0), Span(pen.text(view.queued), "queued"))
    return (*parts, *gap(1)) if parts else ()


def _notice(pen: Pen, notice: Say, cells: int) -> str:
    """Write a notice; where one in two parts is too long the first, a name, gives way."""
    first, *rest = pen.parts(notice)
    reason = " ".join(rest)
    room = max(cells - width(reason) - 1, _LEAST_SAID) if rest else cells
    return " ".join((cut(first, room), *rest))
