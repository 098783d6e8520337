"""States about money: cards, shifts, receipts put aside, discounts, cash without a sale."""

from typing import Literal

from msgspec import Struct

from cashier.core.shifts import Direction, ShiftReport

ASK_AGAIN, DONE = 0, 1
"""Rows of the question what a silent device has done; the one after them is that it has not."""


CHARGE_ROWS = {
    "silent": ("charge_ask_again", "charge_done", "charge_not_done"),
    "manual": ("charge_not_done", "charge_done"),
}
"""What can be answered when a payment terminal does not, by stage: keys of the text catalogue.

Of one that stands alone the first row is that nothing was paid: no Enter too many may say that it was.
"""

CLOSING_ROWS = ("closing_ask_again", "closing_done", "closing_not_done")
"""What can be answered when the fiscal device does not: keys of the text catalogue."""


class Charging(Struct, frozen=True):
    """A payment terminal is at work on the ledger's charge, is silent about it, or stands alone and is read by eye."""

    stage: Literal["waiting", "asking", "silent", "manual"] = "waiting"
    """waiting: for the operation. asking: what became of it."""
    chosen: int = 0


class Closing(Struct, frozen=True):
    """The fiscal device is asked to close the shift, or is silent about it."""

    token: str
    stage: Literal["asking", "waiting", "silent"] = "asking"
    """asking: for its last document, nothing can have happened yet."""
    chosen: int = 0


POSTPONED_ROWS = ("postponed_keep", "postponed_cancel")
"""What can be done with a receipt put aside when the shift is closed: keys of the text catalogue."""


class SettlingPostponed(Struct, frozen=True):
    """Before a shift is closed: what to do with each receipt that was put aside."""

    kept: tuple[str, ...] = ()
    """Identifiers of those that were decided to stay."""
    chosen: int = 0


class Restoring(Struct, frozen=True):
    """The receipts that were put aside: one is taken up again."""

    chosen: int = 0


class Discounting(Struct, frozen=True):
    """A discount on the selected position or on the receipt is typed; how it is meant is the key that ends it."""

    whole: bool = False
    entry: str = ""


class MovingCash(Struct, frozen=True):
    """A sum that goes into the drawer or comes out of it is typed."""

    direction: Direction
    entry: str = ""


class Reporting(Struct, frozen=True):
    """A report on the screen, also while its paper is printed."""

    report: ShiftReport
