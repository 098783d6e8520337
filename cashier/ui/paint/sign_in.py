"""The sign-in: where one is, code, password, what is wrong, how the devices are."""

from cashier.core.say import Say
from cashier.core.view_model import SignIn, State, View
from cashier.ui.paint import dialog, frame
from cashier.ui.paint.pen import Pen
from cashier.ui.paint.row import Row, Span, centred, gap, spread
from cashier.ui.paint.text import clean, cut, left, width, wrap

_BROAD = 52
_CAPTION = 18
_SAID = 2


def sign_in(pen: Pen, view: View, asked: SignIn, cells: int, height: int, waiting: Say | None) -> list[Row]:
    """Return exactly so many rows: everything between the header and the key bar."""
    rows = [*_place(pen, asked), *_fields(pen, asked)]
    if view.dialog:
        rows += dialog.panel(pen, view.dialog, cells, height - len(rows) - _SAID)
    else:
        rows += [*_said(pen, view, waiting), *_open_receipt(pen, asked), *_states(pen, asked)]
    rows = rows[: height - 2]
    before = max((height - 1 - len(rows)) // 2, 1)
    body = [*[gap(cells)] * before, *(centred(cells, row) for row in rows)]
    return [frame.rule(pen, cells, training=view.training), *body, *[gap(cells)] * (height - 1 - len(body))]


def _place(pen: Pen, asked: SignIn) -> list[Row]:
    return [(Span(cut(pen.text(asked.shop), _BROAD), "shop"),), (Span(pen.text(asked.till), "quiet"),), (), ()]


def _fields(pen: Pen, asked: SignIn) -> list[Row]:
    code = _field(pen.say("sign_in_code"), asked.code, active=not asked.typing_password)
    return [code, (), _field(pen.say("sign_in_password"), asked.dots, active=asked.typing_password), ()]


def _field(caption: str, text: str, *, active: bool) -> Row:
    room = _BROAD - _CAPTION
    text = clean(text)
    while width(text) > room - 2:
        text = text[1:]
    cursor = (Span(" ", "cursor"),) if active else ()
    box = spread(room, (Span(f" {text}", "field"), *cursor), (), "field")
    return (Span(left(caption, _CAPTION), "field_caption" if active else "quiet"), *box)


def _said(pen: Pen, view: View, waiting: Say | None) -> list[Row]:
    words = waiting or view.notice
    lines = wrap(pen.text(words), _BROAD, _SAID) if words else []
    rows: list[Row] = [(Span(line, "wait" if waiting else "problem_plain"),) for line in lines]
    return [*rows, *[()] * (_SAID - len(rows))]


def _open_receipt(pen: Pen, asked: SignIn) -> list[Row]:
    said = [words for words in (asked.locked, asked.receipt) if words]
    lines = [line for words in said for line in wrap(pen.text(words), _BROAD, 2)]
    return [*((Span(line, "detail_strong"),) for line in lines), ()]


def _states(pen: Pen, asked: SignIn) -> list[Row]:
    return [row for state in asked.states for row in _state(pen, state)]


def _state(pen: Pen, state: State) -> list[Row]:
    sign = pen.signs.of(state.level)
    first, *more = wrap(pen.text(state.text), _BROAD - 2, 2)
    rows: list[Row] = [(Span(left(f"{sign} ", 2), f"state_{state.level}"), Span(left(first, _BROAD - 2), "quiet"))]
    return [*rows, *((Span(left(f"  {line}", _BROAD), "quiet"),) for line in more)]
