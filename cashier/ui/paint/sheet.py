"""The receipt: a window on its lines that always has the selected one in sight, or a printed paper."""

import re
from functools import lru_cache

from cashier.core.receipt import Line
from cashier.core.view_model import Sheet
from cashier.ui.paint.pen import Pen
from cashier.ui.paint.row import Row, Span, centred, gap, spread
from cashier.ui.paint.text import clean, left, width

_QUANTITY, _PRICE, _SUM = 9, 12, 13


def head(pen: Pen, cells: int, above: int) -> Row:
    """Return the captions of the columns; hidden lines above are counted."""
    more = f"  ↑ {above}" if above else ""
    numbers = _columns(pen.say("head_quantity"), pen.say("head_price"), pen.say("head_sum"))
    caption = (
        Span(f"{pen.say('head_number'):>4} ", "head"),
        Span(" " + pen.say("head_name"), "head"),
        Span(more, "more"),
    )
    return spread(cells, caption, (Span(f"  {numbers} ", "head"),), "head")


def hidden(sheet: Sheet, rows: int) -> tuple[int, int]:
    """Return how many lines stand above and below the window.

    It moves by half its height, so that most scans move no line: the eye keeps its place, and the screen paints one
    row and not all of them.
    """
    if sheet.paper:
        return 0, 0
    half = max(rows // 2, 1)
    wanted = sheet.selected or len(sheet.lines)
    above = max(-(-(wanted - rows) // half), 0) * half
    return above, max(len(sheet.lines) - above - rows, 0)


def body(pen: Pen, sheet: Sheet, cells: int, rows: int) -> list[Row]:
    """Return exactly so many rows; the cost does not depend on the length of the receipt."""
    if sheet.paper:
        return _paper(sheet.paper, cells, rows)
    first, _ = hidden(sheet, rows)
    lines = sheet.lines[first : first + rows]
    shown = [line_row(pen, line, cells, selected=line.position == sheet.selected) for line in lines]
    return shown + [gap(cells)] * (rows - len(shown))


@lru_cache(256)
def line_row(pen: Pen, line: Line, cells: int, *, selected: bool) -> Row:
    """Draw one line; a storno'd one has a sign, and its text is struck through."""
    role = ("storno" if line.storno else "line") + ("_selected" if selected else "")
    back = "line_selected" if selected else "base"
    catalogue, signs = pen.catalogue, pen.signs
    numbers = _columns(catalogue.quantity(line.quantity), catalogue.money(line.price), catalogue.money(line.sum))
    sign = signs.storno + " " if line.storno else ""
    sign += f"{signs.waits if line.waits_for_mark else signs.order} " if line.order else ""
    room = cells - 8 - len(numbers) - len(sign)
    name = clean(line.product.name)
    mark = signs.mark if line.mark else " "
    return (
        Span(f"{signs.selected if selected else ' '}{line.position:>3}  {sign}", back),
        Span(left(name, room) if not line.storno else _fitted(name, room), role),
        *gap(room - width(_fitted(name, room)) if line.storno else 0, back),
        Span(mark, back),
        *(_struck(numbers, role, back) if line.storno else (Span(numbers, role),)),
        Span(" ", back),
    )


def _struck(numbers: str, role: str, back: str) -> Row:
    """Strike the figures through, not the blanks between them."""
    pieces = re.split(r"(  +)", numbers)
    return tuple(Span(piece, back if piece.isspace() else role) for piece in pieces if piece)


def _fitted(name: str, room: int) -> str:
    return left(name, room).rstrip()


def _columns(quantity: str, price: str, amount: str) -> str:
    return f"{quantity:>{_QUANTITY}} {price:>{_PRICE - 1}} {amount:>{_SUM - 1}}"


def _paper(paper: str, cells: int, rows: int) -> list[Row]:
    """Show the end of what was printed; its beginning is on the paper as well."""
    lines = [clean(line) for line in paper.rstrip("\n").split("\n")]
    broad = max(width(line) for line in lines) + 2
    shown = [centred(cells, (Span(left(" " + line, broad), "paper"),)) for line in lines[-rows:]]
    return shown + [gap(cells)] * (rows - len(shown))
