"""The sale: the receipt, a dialog over its lower half, the total under it."""

from cashier.core.view_model import Dialog, View
from cashier.ui.paint import back_sheet, dialog, frame, sheet, total
from cashier.ui.paint.pen import Pen
from cashier.ui.paint.row import BROAD, Row, centred, gap

_AIRY = 30
_LEAST_LINES = 2


def sale(pen: Pen, view: View, cells: int, height: int) -> list[Row]:
    """Return exactly so many rows: everything between the header and the last rule."""
    broad = min(cells, BROAD)
    air = [gap(cells)] if height >= _AIRY else []
    room = height - 3 - total.HEIGHT - 2 * len(air)
    panel = dialog.panel(pen, view.dialog, broad, room - _kept(view.dialog)) if view.dialog else []
    rows = room - len(panel)
    if view.form:
        above, below = back_sheet.hidden(view.form, rows)
        lines, head = back_sheet.body(pen, view.form, broad, rows), back_sheet.head(pen, broad, above)
    else:
        above, below = sheet.hidden(view.sheet, rows)
        lines, head = sheet.body(pen, view.sheet, broad, rows), sheet.head(pen, broad, above)
    return [
        frame.rule(pen, cells, training=view.training),
        gap(cells) if view.sheet.paper and not view.form else centred(cells, head),
        *(centred(cells, row) for row in (*lines, *panel)),
        frame.rule(pen, cells, training=view.training, more=f"↓ {below}" if below else ""),
        *air,
        *(centred(cells, row) for row in total.panel(pen, view.figure, view.details, broad)),
        *air,
    ]


def _kept(panel: Dialog) -> int:
    """Return how many lines stay in sight over a dialog; what is only read may cover them all, to be read whole."""
    return 0 if panel.only_read else _LEAST_LINES
