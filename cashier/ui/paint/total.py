"""The panel under the receipt: the current line at the left, the big sum at the right."""

from functools import lru_cache

from cashier.core.view_model import Detail, Figure
from cashier.ui.paint.digits import ROWS, big
from cashier.ui.paint.pen import Pen
from cashier.ui.paint.row import Row, Span, breadth, gap, spread
from cashier.ui.paint.text import cut, width

HEIGHT = ROWS + 1
_MARGIN = 2
_VALUE = 14


@lru_cache(64)
def panel(pen: Pen, figure: Figure, details: tuple[Detail, ...], cells: int) -> tuple[Row, ...]:
    """Return the rows of the panel."""
    sums = _figure(pen, figure, cells * 2 // 3)
    room = cells - max(breadth(row) for row in sums) - 2 * _MARGIN - 1
    facts = [_detail(pen, detail, room, first=number == 0) for number, detail in enumerate(details[:HEIGHT])]
    facts += [()] * (HEIGHT - len(facts))
    pairs = zip(facts, sums, strict=True)
    return tuple(spread(cells, (*gap(_MARGIN), *fact), (*row, *gap(_MARGIN))) for fact, row in pairs)


def _figure(pen: Pen, figure: Figure, room: int) -> list[Row]:
    role = f"figure_{figure.weight}"
    amount = pen.catalogue.money(figure.amount)
    digits = big(amount, blocks=pen.signs.blocks)
    if len(digits[0]) > room:
        digits = big(amount, blocks=False)
    count = f"{pen.text(figure.count)}    " if figure.count else ""
    caption = (Span(count, "quiet"), Span(pen.text(figure.caption), "figure_caption"))
    return [*((Span(row, role),) for row in digits), caption]


def _detail(pen: Pen, detail: Detail, room: int, *, first: bool) -> Row:
    role = "detail_first" if first and detail.strong else "detail_strong" if detail.strong else "detail"
    caption = pen.text(detail.caption)
    if detail.value is None:
        return (Span(cut(caption, room), role),)
    value = pen.text(detail.value)
    return (Span(cut(f"{caption:<{_VALUE}}", room - width(value) - 1), "detail"), Span(f"{value:>{_VALUE}}", role))
