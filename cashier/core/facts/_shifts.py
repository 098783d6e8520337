"""Facts about a shift: its opening, cash without a sale, its closing."""

from cashier.core.catalogue import Person
from cashier.core.facts._base import Fact
from cashier.core.shifts import CashMove, ShiftReport


class ShiftOpened(Fact, frozen=True):
    """The first document of a shift was begun.

    Shop and till are those of the settings at that moment; journals of earlier programs do not say them.
    """

    number: int
    at: str
    cashier: Person
    shop: str = ""
    till: str = ""


class CashMoved(Fact, frozen=True):
    """Cash was put into the drawer or taken out of it without a sale."""

    move: CashMove
    shop: str = ""
    till: str = ""


class ClosingBegun(Fact, frozen=True):
    """The fiscal device is about to be asked to close the shift; `ShiftClosed` or `ClosingLeft` follows."""

    token: str
    shift: int
    before: int
    """Number of the last fiscal document there was."""
    at: str
    by: Person


class ClosingLeft(Fact, frozen=True):
    """The shift was certainly not closed."""

    token: str
    reason: str = ""
    by: Person | None = None
    """Who said so in the place of the device."""


class ShiftClosed(Fact, frozen=True):
    """The shift is closed; its Z report holds what it had."""

    report: ShiftReport
    fiscal: int = 0
    """Number of the fiscal document; 0 where a person said in the place of the device that it is closed."""
    by: Person | None = None
    """Who said so in the place of the device."""
