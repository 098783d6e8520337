"""The form of a return by receipt: a window on the positions of the sale, always with the chosen one in sight."""

from functools import lru_cache

from cashier.core.view_model import BackRow, BackSheet
from cashier.ui.paint.pen import Pen
from cashier.ui.paint.row import Row, Span, gap, spread
from cashier.ui.paint.text import clean, left

_SOLD, _BACK, _LEFT, _NOW, _SUM = 8, 8, 8, 9, 11


def head(pen: Pen, cells: int, above: int) -> Row:
    """Return the captions of the columns; hidden rows above are counted."""
    more = f"  ↑ {above}" if above else ""
    sold, before, left_over = pen.say("head_back_sold"), pen.say("head_back_before"), pen.say("head_back_left")
    numbers = _columns(sold, before, left_over, pen.say("head_back_now"), pen.say("head_back_sum"))
    caption = (
        Span(f"{pen.say('head_number'):>4} ", "head"),
        Span(" " + pen.say("head_name"), "head"),
        Span(more, "more"),
    )
    return spread(cells, caption, (Span(f"  {numbers} ", "head"),), "head")


def hidden(sheet: BackSheet, rows: int) -> tuple[int, int]:
    """Return how many rows stand above and below the window, which moves by half its height."""
    half = max(rows // 2, 1)
    above = max(-(-(sheet.chosen + 1 - rows) // half), 0) * half
    return above, max(len(sheet.rows) - above - rows, 0)


def body(pen: Pen, sheet: BackSheet, cells: int, rows: int) -> list[Row]:
    """Return exactly so many rows."""
    first, _ = hidden(sheet, rows)
    window = list(enumerate(sheet.rows[first : first + rows], first))
    shown = [_row(pen, own, cells, chosen=number == sheet.chosen) for number, own in window]
    return shown + [gap(cells)] * (rows - len(shown))


@lru_cache(256)
def _row(pen: Pen, own: BackRow, cells: int, *, chosen: bool) -> Row:
    """Draw a position; a tick says that it comes back, another sign that it stands in the return receipt."""
    quiet = own.shut and not chosen
    role = "line_selected" if chosen else "quiet" if quiet else "line"
    money, quantity = pen.catalogue.money, pen.catalogue.quantity
    numbers = _columns(
        quantity(own.sold),
        quantity(own.back) if own.back else "",
        quantity(own.left) if own.left else "",
        quantity(own.now) if own.now else "",
        money(own.amount) if own.now else "",
    )
    tick = pen.signs.fixed if own.fixed else pen.signs.ticked if own.now else pen.signs.empty
    sign = pen.signs.selected if chosen else " "
    room = cells - 10 - len(numbers)
    back = "line_selected" if chosen else "base"
    return (
        Span(f"{sign}{own.position:>3}  {' ' if own.shut else tick} ", back),
        Span(left(clean(own.name), room), role),
        Span(pen.signs.mark if own.marked else " ", back),
        Span(numbers, role),
        Span(" ", back),
    )


def _columns(sold: str, back: str, left_over: str, now: str, amount: str) -> str:
    return f"{sold:>{_SOLD}}{back:>{_BACK}}{left_over:>{_LEFT}}{now:>{_NOW}}{amount:>{_SUM}}"
