"""Sections about the people at the till, its money and its state."""

from typing import Annotated

from msgspec import Struct

from cashier.core.money import Kopecks
from cashier.settings.kinds import Choice, Duration, Key, Whole
from cashier.settings.trade_kinds import Roubles

ROLE = Whole(1, 3)
MEGABYTES = Whole(0, 1_000_000)


class Rights(Struct, frozen=True, kw_only=True):
    """`[Rights]`: the lowest role of an action: 1 cashier, 2 senior cashier, 3 administrator."""

    storno_line: Annotated[int, Key("storno_line", ROLE)] = 1
    storno_receipt: Annotated[int, Key("storno_receipt", ROLE)] = 2
    choose_price: Annotated[int, Key("choose_price", ROLE)] = 1
    refund: Annotated[int, Key("refund", ROLE)] = 2
    discount: Annotated[int, Key("discount", ROLE)] = 2
    cash_in: Annotated[int, Key("cash_in", ROLE)] = 1
    cash_out: Annotated[int, Key("cash_out", ROLE)] = 2
    open_drawer: Annotated[int, Key("open_drawer", ROLE)] = 1
    card_outcome: Annotated[int, Key("card_outcome", ROLE)] = 2
    """Say what became of a card operation or of closing a shift when the device is silent."""
    x_report: Annotated[int, Key("x_report", ROLE)] = 1
    z_report: Annotated[int, Key("z_report", ROLE)] = 2
    users: Annotated[int, Key("users", ROLE)] = 3
    confirm_age: Annotated[int, Key("confirm_age", ROLE)] = 1
    """Answer for the age of the buyer."""
    confirm_clock: Annotated[int, Key("confirm_clock", ROLE)] = 2
    """Answer for the clock of the till where it is more than a day off the last document."""


class LockTimer(Struct, frozen=True, kw_only=True):
    """`[HW.LOCKTIMER]`: the till locks itself."""

    timeout: Annotated[float, Key("timeout", Duration(0, 86_400))] = 300.0
    """Seconds without a key or scan; 0 = never."""


class PaymentTerminal(Struct, frozen=True, kw_only=True):
    """`[PaymentTerminal]`: what takes cards."""

    type: Annotated[str, Key("type", Choice("manual", "simulated"))] = "manual"
    """Manual = stands alone: the cashier says whether it was paid."""
    timeout: Annotated[float, Key("timeout", Duration(1, 600))] = 120.0
    """Seconds until a silent terminal is asked for its last operation."""


class Drawer(Struct, frozen=True, kw_only=True):
    """`[Drawer]`: how much cash the drawer should hold."""

    warning: Annotated[Kopecks | None, Key("warning", Roubles())] = None
    """Above it the till asks for a cash out; None = never."""
    limit: Annotated[Kopecks | None, Key("limit", Roubles())] = None
    """A cash in that would bring the drawer above it is refused; None = none is."""


class Shift(Struct, frozen=True, kw_only=True):
    """`[Shift]`: the working day of the till."""

    alarm: Annotated[float, Key("alarm", Duration(0, 86_400))] = 900.0
    """Seconds before the 24 hours of a shift are over from which the status is yellow."""


class Status(Struct, frozen=True, kw_only=True):
    """`[Status]`: from where on the status is yellow or red."""

    disk_warning: Annotated[int, Key("diskWarning", MEGABYTES)] = 500
    """Free megabytes below which the status is yellow."""
    disk_alarm: Annotated[int, Key("diskAlarm", MEGABYTES)] = 50
    """Free megabytes below which the status is red."""
    dictionaries_days: Annotated[int, Key("dictionariesDays", Whole(1, 366))] = 3
    """Days since the last import after which the status is yellow."""
    queue_warning: Annotated[int, Key("queueWarning", Whole(1, 1_000_000))] = 100
    """Waiting messages from which the status is yellow."""
