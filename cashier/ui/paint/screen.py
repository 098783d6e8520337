"""The whole screen: a view and a size become rows. Pure, so that tests read the screen as text."""

from enum import StrEnum

from msgspec import Struct

from cashier.core.say import Say
from cashier.core.view_model import Scene, View
from cashier.ui.paint import frame
from cashier.ui.paint.help import help_screen
from cashier.ui.paint.pen import Pen
from cashier.ui.paint.row import BROAD, Row, Span, breadth, centred, gap, spread
from cashier.ui.paint.sale import sale
from cashier.ui.paint.sign_in import sign_in

LEAST_WIDTH, LEAST_HEIGHT = 80, 24


class Answer(StrEnum):
    """What the entry line flashes for; the values are roles of the themes."""

    YES = "flash_accepted"
    NO = "flash"


class Moment(Struct, frozen=True):
    """What only the screen's clock knows."""

    waiting: Say | None = None
    """The wait that has taken long enough to be spoken of."""
    flash: Answer | None = None
    """The entry line flashes: a key or scan was taken, or refused."""


def paint(pen: Pen, view: View, width: int, height: int, moment: Moment) -> list[Row]:
    """Return exactly `height` rows of exactly `width` cells."""
    if not fits(width, height):
        return _too_small(pen, width, height)
    top = frame.header(pen, view.header, width, sale=bool(view.header.cashier))
    if view.scene is Scene.SIGN_IN and view.sign_in is not None:
        middle = sign_in(pen, view, view.sign_in, width, height - 2, moment.waiting)
        return [top, *middle, frame.hints(pen, view.keys, width)]
    if view.scene is Scene.HELP:
        return [top, *help_screen(pen, view, width, height - 2), frame.hints(pen, view.keys, width)]
    middle = sale(pen, view, width, height - 4)
    rule = frame.rule(pen, width, training=view.training)
    return [top, *middle, rule, *_bottom(pen, view, width, moment)]


def fits(width: int, height: int) -> bool:
    """Tell whether a sale can be seen in a window of this size; a till is not worked blind."""
    return width >= LEAST_WIDTH and height >= LEAST_HEIGHT


def _bottom(pen: Pen, view: View, width: int, moment: Moment) -> list[Row]:
    """Return entry line and key bar; a notice too long for the one takes the place of the other."""
    role, broad = moment.flash or "base", min(width, BROAD)
    beside = frame.beside(pen, view, moment.waiting, broad)
    low = frame.hints(pen, view.keys, broad)
    if breadth(beside) > broad // 2:
        low, beside = spread(broad, (*gap(1), *beside)), ()
    entry = frame.entry(pen, view.entry, broad, beside, role)
    return [centred(width, entry), centred(width, low, low[-1].role)]


def _too_small(pen: Pen, width: int, height: int) -> list[Row]:
    words = pen.say("too_small", width=width, height=height)
    rows = [gap(width)] * max(height, 1)
    rows[len(rows) // 2] = centred(width, (Span(words, "problem_plain"),))
    return rows
