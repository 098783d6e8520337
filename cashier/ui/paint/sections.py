"""What stands in a dialog above and below its list: the text, what was wrong with the answer before, the keys."""

from cashier.core.money import Kopecks
from cashier.core.view_model import Dialog, Tone
from cashier.ui.paint.digits import big
from cashier.ui.paint.frame import footer
from cashier.ui.paint.pen import Pen
from cashier.ui.paint.row import Row, Span, breadth, centred, gap, spread
from cashier.ui.paint.text import cut, left, width, wrap

_TEXT_ROWS = 3
_COMMA = ", "
_PART_ROWS = 2
"""Rows of each part of a text in two."""


def sections(pen: Pen, dialog: Dialog, inner: int, room: int) -> tuple[list[Row], list[Row], list[Row]]:
    """Return text, problem and keys in at most so many rows; blank rows go first, then the end of the text."""
    parts = _body(pen, dialog, inner), _problem(pen, dialog, inner), _keys(pen, dialog, inner)
    body, problem, keys = _tight(parts, room)
    body = body[: room - len(problem) - len(keys)]
    last = not (_is_list(dialog) or problem or keys)
    return body[:-1] if last else body, problem, keys


def _is_list(dialog: Dialog) -> bool:
    return bool(dialog.options or dialog.empty or dialog.lines)


def _tight(parts: tuple[list[Row], ...], room: int) -> tuple[list[Row], ...]:
    """Take blank rows out, the upper ones first, until the parts fit or there are none left."""
    over = sum(map(len, parts)) - room
    blank = [(at, number) for at, part in enumerate(parts) for number, row in enumerate(part) if _is_blank(row)]
    out = set(blank[: max(over, 0)])
    return tuple([row for number, row in enumerate(part) if (at, number) not in out] for at, part in enumerate(parts))


def _is_blank(row: Row) -> bool:
    return not any(span.text.strip() for span in row)


def _body(pen: Pen, dialog: Dialog, inner: int) -> list[Row]:
    rows: list[Row] = []
    for number, words in enumerate(dialog.body):
        role = "dialog_strong" if number == 0 or dialog.weighty else "dialog"
        said = _flowing if dialog.tone is Tone.ERROR else _said
        rows += said(pen.parts(words), inner, role)
        rows += [gap(inner, "dialog")] if number == 0 and len(dialog.body) > 1 and dialog.tone is Tone.ERROR else []
    if dialog.price is not None:
        rows += _price(pen, dialog.price, pen.text(dialog.unit) if dialog.unit else "", inner)
    if dialog.scan:
        asking = f"{pen.signs.mark}  {pen.say('hold_scanner')}"
        rows += [gap(inner, "dialog"), centred(inner, (Span(asking, "dialog_strong"),), "dialog")]
    return [*rows, gap(inner, "dialog")] if rows else []


def _price(pen: Pen, price: Kopecks, unit: str, inner: int) -> list[Row]:
    """Draw what goods cost in big digits, small where there is no room, and beside it what it is the price of."""
    amount = pen.catalogue.money(price)
    digits = next((own for own in _forms(pen, amount) if len(own[0]) + width(unit) + 2 <= inner), (amount,))
    beside = (*("",) * (len(digits) - 1), f"  {unit}")
    return [
        spread(inner, (Span(row, "dialog_strong"), Span(word, "dialog_quiet")), (), "dialog")
        for row, word in zip(digits, beside, strict=True)
    ]


def _forms(pen: Pen, amount: str) -> tuple[tuple[str, ...], ...]:
    return (*((big(amount, blocks=True),) if pen.signs.blocks else ()), big(amount, blocks=False))


def told(pen: Pen, dialog: Dialog, inner: int) -> tuple[list[Row], int]:
    """Return what is only read, and the row at which its first line begins."""
    parted = [_line(pen.parts(line), inner) for line in dialog.lines]
    return [row for rows in parted for row in rows], sum(map(len, parted[: dialog.first]))


def _line(parts: tuple[str, ...], inner: int) -> list[Row]:
    """Draw a text; of one in two parts the second stands at the right, or below where there is no room for both."""
    text, value = parts[0], " ".join(parts[1:])
    if value and width(text) + 2 + width(value) <= inner:
        return [spread(inner, (Span(text, "dialog"),), (Span(value, "dialog"),), "dialog")]
    below = _listed(value, inner - 2) if value else []
    lines = (*wrap(text, inner, _TEXT_ROWS), *(f"  {line}" for line in below))
    return [(Span(left(cut(line, inner), inner), "dialog"),) for line in lines]


def _listed(value: str, cells: int) -> list[str]:
    """Break a list after its commas: a sum has spaces, and is never broken. What is no list breaks as any text."""
    first, *others = value.split(_COMMA)
    if any(width(piece) >= cells for piece in (first, *others)):
        return wrap(value, cells, _TEXT_ROWS)
    rows = [first]
    for piece in others:
        longer = f"{rows[-1]}{_COMMA}{piece}"
        rows[-1:] = [longer] if width(longer) < cells else [f"{rows[-1]},", piece]
    return rows


def _said(parts: tuple[str, ...], inner: int, role: str) -> list[Row]:
    """Draw a text; of one in two parts the second, a sum, stands whole at the right, and the first gives way."""
    text, *rest = parts
    if not rest:
        return [(Span(left(line, inner), role),) for line in wrap(text, inner, _TEXT_ROWS)]
    value = (Span(cut(f"  {' '.join(rest)}", inner // 2), role),)
    lines = wrap(text, inner - breadth(value), _PART_ROWS) or [""]
    first = spread(inner, (Span(lines[0], role),), value, "dialog")
    return [first, *((Span(left(line, inner), role),) for line in lines[1:])]


def _flowing(parts: tuple[str, ...], inner: int, role: str) -> list[Row]:
    """Draw a text as it runs; of one in two parts the first, a name, gives way to a second that is to be read whole."""
    text, *rest = parts
    kept = len(wrap(" ".join(rest), inner, _TEXT_ROWS))
    words = " ".join((*wrap(text, inner, max(_TEXT_ROWS - kept, 1)), *rest))
    return [(Span(left(line, inner), role),) for line in wrap(words, inner, _TEXT_ROWS)]


def _problem(pen: Pen, dialog: Dialog, inner: int) -> list[Row]:
    if dialog.problem is None:
        return []
    what, *advice = pen.parts(dialog.problem)
    blank = [gap(inner, "dialog")] if _is_list(dialog) or not dialog.body else []
    said = [(Span(left(line, inner), "problem"),) for line in wrap(what, inner, _PART_ROWS if advice else _TEXT_ROWS)]
    done = [(Span(left(line, inner), "dialog"),) for line in wrap(" ".join(advice), inner, _PART_ROWS)]
    return [*blank, *said, *done]


def _keys(pen: Pen, dialog: Dialog, inner: int) -> list[Row]:
    if not any(hint.keys for hint in dialog.keys):
        return []
    blank = [gap(inner, "dialog")] if _is_list(dialog) or dialog.problem else []
    return [*blank, footer(pen, dialog.keys, inner)]
