"""The scenes that fill the screen: sign-in, sale, help."""

from cashier.core.say import Say
from cashier.core.view_model import Level, Section, SignIn, State, View
from cashier.ui.paint import dialog, frame, sheet, total
from cashier.ui.paint.pen import Pen
from cashier.ui.paint.row import Row, Span, breadth, centred, gap, spread
from cashier.ui.paint.text import clean, cut, left, wrap

_BROAD = 120
_AIRY = 30
_SIGN_IN = 52
_FIELD = 18
_ABOVE_DIALOG = 8


def sale(pen: Pen, view: View, cells: int, height: int) -> list[Row]:
    """Draw everything between the header and the entry line."""
    broad = min(cells, _BROAD)
    air = [gap(cells)] if height >= _AIRY else []
    room = height - 3 - total.HEIGHT - 2 * len(air)
    panel = dialog.panel(pen, view.dialog, broad, room - 2) if view.dialog else []
    rows = room - len(panel)
    above = sheet.first_shown(view.sheet, rows)
    below = max(len(view.sheet.lines) - above - rows, 0)
    lines = [*sheet.body(pen, view.sheet, broad, rows), *panel]
    more = f"↓ {below}" if below and not view.sheet.paper else ""
    return [
        frame.rule(pen, cells, training=view.training),
        centred(cells, sheet.head(pen, broad, 0 if view.sheet.paper else above), "head"),
        *(centred(cells, row) for row in lines),
        frame.rule(pen, cells, training=view.training, more=more),
        *air,
        *(centred(cells, row) for row in total.panel(pen, view.figure, view.details, broad)),
        *air,
    ]


def sign_in(pen: Pen, view: View, asked: SignIn, cells: int, height: int, waiting: Say | None) -> list[Row]:
    """Draw the sign-in: where one is, code, password, what is wrong, how the devices are."""
    inner = _SIGN_IN
    fields = [
        _field(pen.say("sign_in_code"), asked.code, inner, active=not asked.typing_password),
        _field(pen.say("sign_in_password"), asked.dots, inner, active=asked.typing_password),
    ]
    words = waiting or view.notice
    said = wrap(pen.text(words), inner, 2) if words else []
    said_role = "wait" if waiting else "problem_plain"
    rows: list[Row] = [
        (Span(cut(pen.text(asked.shop), inner), "shop"),),
        (Span(pen.text(asked.till), "quiet"),),
        (),
        (),
        *(row for field in fields for row in (field, ())),
        *((Span(line, said_role),) for line in said),
        *[()] * (2 - len(said)),
        *_open_receipt(pen, asked, inner),
        *_states(pen, asked, inner),
    ]
    if view.dialog:
        rows = [*rows[:_ABOVE_DIALOG], *dialog.panel(pen, view.dialog, cells, height - _ABOVE_DIALOG - 2)]
    rows = rows[: height - 2]
    before = max((height - 1 - len(rows)) // 2, 1)
    top = frame.rule(pen, cells, training=view.training)
    blank = [gap(cells)]
    body = [*blank * before, *(centred(cells, row) for row in rows)]
    return [top, *body, *blank * (height - 1 - len(body))]


def _field(caption: str, text: str, inner: int, *, active: bool) -> Row:
    room = inner - _FIELD - 1
    shown = clean(text)[-room + 1 :]
    cursor = (Span(" ", "cursor"),) if active else ()
    box = spread(room, (Span(f" {shown}", "field"), *cursor), (), "field")
    return (Span(left(caption, _FIELD), "field_caption" if active else "quiet"), *box)


def _open_receipt(pen: Pen, asked: SignIn, inner: int) -> list[Row]:
    if asked.open_receipt is None:
        return [()]
    return [*((Span(line, "detail_strong"),) for line in wrap(pen.text(asked.open_receipt), inner, 2)), ()]


def _states(pen: Pen, asked: SignIn, inner: int) -> list[Row]:
    return [row for state in asked.states for row in _state(pen, state, inner)]


def _state(pen: Pen, state: State, inner: int) -> list[Row]:
    sign = pen.signs.levels[list(Level).index(state.level)]
    name = f"{clean(state.name)}: " if state.name else ""
    first, *more = wrap(f"{name}{pen.text(state.text)}", inner - 2, 2)
    rows: list[Row] = [(Span(f"{sign} ", f"state_{state.level}"), Span(left(first, inner - 2), "quiet"))]
    return [*rows, *((Span(left(f"  {line}", inner), "quiet"),) for line in more)]


def help_screen(pen: Pen, view: View, cells: int, height: int) -> list[Row]:
    """Draw the keys, one column for each context."""
    broad = min(cells, _BROAD)
    column = broad // max(len(view.help), 1)
    columns = [_section(pen, section, column) for section in view.help]
    deep = max((len(rows) for rows in columns), default=0)
    body: list[Row] = [centred(cells, (Span(pen.say("title_help"), "shop"),)), gap(cells)]
    for at in range(deep):
        parts = [rows[at] if at < len(rows) else gap(column) for rows in columns]
        body.append(centred(cells, tuple(span for part in parts for span in part)))
    body = body[: height - 1]
    return [frame.rule(pen, cells, training=view.training), *body, *[gap(cells)] * (height - 1 - len(body))]


def _section(pen: Pen, section: Section, column: int) -> list[Row]:
    rows: list[Row] = [spread(column, (Span(f"  {pen.text(section.title)}", "detail_strong"),))]
    for hint in section.hints:
        caps = "  ".join(clean(pen.catalogue.key(key)) for key in hint.keys)
        keys = Span(left(f"  {caps}", 13), "key_plain")
        rows.append(spread(column, (keys, Span(cut(pen.text(hint.caption), column - 14), "base"))))
    return [row if breadth(row) else gap(column) for row in rows]
